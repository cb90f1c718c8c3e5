"""The customer's page in HTML: whole, self-contained, and nothing in it that a catalog's text could run."""

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import LANGUAGES, Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.preview import labels
from cardkit.preview.instalments import headline
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import Sheet
from cardkit.render import sheet_markdown
from cardkit.render.sheet_html import in_ascii, render
from cardkit.source.load import load

AS_OF = date(2026, 11, 22)
BUNDLE = "city-roots@new-resident"
UNSELLABLE = "base-card+airport-lounge@gen-z"
WITHOUT_END = {"meta"}
ATTRIBUTES = {
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "datetime",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "tabindex",
}
HOSTILE = (
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='x:y",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "<!-- --><![CDATA[ ]]>",
    "&lt;b&gt; &#60; &amp",
    "javascript:alert(1) http://example.com/x.js",
    "::error::x",
    "##[error]##vso[task.setvariable variable=x]y",
    "\x1b[31mred\x07\x00",
    "\u202egnp.exe\u200b\ufeff",
    "two\r\n\nlines\u2028three",
    "\ud800\uffff",
    "汉" * 300,
    "x" * 300,
)


@dataclass
class Page(HTMLParser):
    """A page taken apart; a tag that isn't closed where it should be fails at once."""

    html: str
    style: str = ""
    open: list[str] = field(default_factory=list)
    tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Each text with the tags around it: `html body main p`."""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A text may stand in a page's own ids and classes never, so attributes belong to its structure.
        self.tags.append((tag, tuple(attrs)))
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        elif data.strip():
            self.texts.append((" ".join(self.open), data))

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"a declaration: {data}")

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    @property
    def structure(self) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        """The tags, but for the style's hash."""
        return [it for it in self.tags if ("http-equiv", POLICY) not in it[1]]

    @property
    def policy(self) -> str:
        (found,) = (dict(it)["content"] for tag, it in self.tags if ("http-equiv", POLICY) in it)
        return found or ""

    @property
    def seen(self) -> str:
        """What a reader sees, the title included."""
        return "\n".join(text for _, text in self.texts)


POLICY = "Content-Security-Policy"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The shipped catalog, its hash fixed so that goldens live longer than it."""
    return replace(load(Path(__file__).parents[2] / "catalog"), hash="0123456789abcdef" * 4)


@pytest.fixture(scope="module")
def bundle(catalog: Catalog) -> Sheet:
    return sheet_of(catalog, parse(catalog, BUNDLE).product, AS_OF)


@pytest.fixture(scope="module")
def sheets(catalog: Catalog) -> list[Sheet]:
    """Every bundle and saved product with every campaign, and one that may not be sold."""
    campaigns = tuple(catalog.campaigns)
    words = [*(f"{it.id}@{it.segments[0]}" for it in catalog.bundles.values()), *catalog.products, UNSELLABLE]
    return [sheet_of(catalog, parse(catalog, word).product, AS_OF, campaigns) for word in words]


def texts_of(value: Any) -> Iterator[Text]:
    """Every text in a sheet."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for one in fields(value):
            # a right's source is its section's name, and its periods stand in its sentences
            if one.name not in ("source", "periods", "purpose", "card", "segment"):
                yield from texts_of(getattr(value, one.name))


def saying(value: Any, text: Text) -> Any:
    """A copy of a sheet in which every text is this one."""
    if isinstance(value, Text):
        return text
    if isinstance(value, tuple):
        return tuple(saying(part, text) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: saying(getattr(value, one.name), text) for one in fields(value)})
    return value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_runs_nothing_fetches_nothing_and_leads_nowhere(
    sheets: list[Sheet], language: Language
) -> None:
    for sheet in sheets:
        page = Page(render(sheet, language))
        assert {tag for tag, _ in page.tags}.isdisjoint(
            {"script", "link", "img", "iframe", "object", "a", "form", "base"}
        )
        assert {name for _, it in page.tags for name, _ in it} <= ATTRIBUTES
        assert "://" not in page.html
        assert not re.search(r"url\(|@import|expression\(", page.style)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_allows_the_style_that_is_in_the_page_and_nothing_else(
    bundle: Sheet, language: Language
) -> None:
    for html_page in (render(bundle, language), in_ascii(render(bundle, language))):
        page = Page(html_page)
        digest = b64encode(sha256(page.style.encode()).digest()).decode()
        assert page.policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        first = html_page.index("<meta http-equiv")
        assert first < html_page.index("<style>"), "a policy holds for what stands after it"


def test_the_style_is_ascii_so_that_its_hash_holds_in_every_encoding(sheets: list[Sheet]) -> None:
    assert all(Page(render(sheet, "zh")).style.isascii() for sheet in sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_paper_says_that_a_product_may_not_be_sold(
    catalog: Catalog, bundle: Sheet, language: Language
) -> None:
    refused = sheet_of(catalog, parse(catalog, UNSELLABLE).product, AS_OF)
    assert on_paper(render(refused, language)) == [labels.NOT_FOR_SALE.to(language)]
    assert on_paper(render(bundle, language)) == []


def on_paper(html_page: str) -> list[str]:
    """What stands at the foot of every printed sheet."""
    found = re.findall(r'@bottom-left \{ content: "([^"]*)"', Page(html_page).style)
    return [re.sub(r"\\([0-9a-f]+) ", lambda it: chr(int(it[1], 16)), text) for text in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_sheet_stands_on_the_page(sheets: list[Sheet], language: Language) -> None:
    for sheet in sheets:
        seen = Page(render(sheet, language)).seen
        missing = [text.to(language) for text in texts_of(sheet) if text.to(language) not in seen]
        assert missing == [], sheet.product
        for box in sheet.instalments:
            assert headline(box).to(language) in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_stands_on_the_page_that_the_other_formats_do_not_have(
    sheets: list[Sheet], language: Language
) -> None:
    figure = re.compile(r"\d[\d,.]*\d|\d")
    for sheet in sheets:
        known = set(figure.findall(html.unescape(sheet_markdown.render(sheet, language, limit=10**6))))
        assert set(figure.findall(Page(render(sheet, language)).seen)) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundle_has_this_outline(bundle: Sheet, language: Language, golden: Any) -> None:
    page = Page(render(bundle, language))
    lines = [
        f"{'  ' * (place.count(' ') - 2)}{place.rpartition(' ')[2]} {text}"
        for place, text in page.texts
        if place.endswith((" title", " h1", " h2", " h3", " th", " dt", " time"))
    ]
    golden(f"sheet-outline.{language}.txt", "\n".join(lines) + "\n")


def test_the_page_names_its_language_and_every_table_its_headings(bundle: Sheet) -> None:
    for language, tag in (("zh", "zh-CN"), ("en", "en")):
        page = Page(render(bundle, language))  # type: ignore[arg-type]  # a literal in a tuple
        assert page.tags[0] == ("html", (("lang", tag),))
        cells = [dict(it) for name, it in page.tags if name == "th"]
        assert cells
        assert all(cell["scope"] in ("col", "row") for cell in cells)


def test_the_highest_annual_rate_comes_before_the_monthly_one(sheets: list[Sheet]) -> None:
    boxes = 0
    for sheet in sheets:
        page = Page(render(sheet, "zh"))
        assert "手续费" not in page.seen
        rates = [index for index, (tag, it) in enumerate(page.tags) if ("class", "rate") in it and tag == "p"]
        rights = [right for section in sheet.sections for right in section.rights if right.highest_rate]
        assert len(rates) == len(rights) + len(sheet.instalments)
        for index in rates:
            assert page.tags[index - 1][0] == "h3", "nothing but the name stands before it"
        for right in rights:
            assert right.highest_rate is not None
            assert page.seen.index(right.highest_rate.zh) < page.seen.index(right.promise.zh)
        boxes += len(sheet.instalments)
    assert boxes > 3


def test_a_product_that_may_not_be_sold_says_so_at_the_top_in_the_title_and_at_the_end(
    catalog: Catalog, bundle: Sheet
) -> None:
    sheet = sheet_of(catalog, parse(catalog, UNSELLABLE).product, AS_OF)
    page = Page(render(sheet, "en"))
    marked = [place.split()[1:] for place, text in page.texts if labels.NOT_FOR_SALE.en in text]
    assert marked == [
        ["head", "title"],
        ["body", "p", "span"],
        ["body", "main", "div", "h2"],
        ["body", "footer", "div", "p"],
    ]
    assert all(reason.en in page.seen for reason in sheet.reasons)
    assert labels.NOT_FOR_SALE.en not in Page(render(bundle, "en")).seen


def test_a_page_of_changed_values_names_them_at_the_top_and_at_the_end(bundle: Sheet) -> None:
    changed = same("what if city-card.annual_fee=100")
    sheet = replace(bundle, version=replace(bundle.version, assumed=changed))
    page = Page(render(sheet, "en"))
    assert [place.split()[1] for place, text in page.texts if changed.en in text] == ["head", "body", "body"]


@cache
def tame_page(sheet: Sheet, language: Language) -> Page:
    return Page(render(saying(sheet, same("tame")), language))


def hostile_page_is_intact(sheet: Sheet, text: str) -> None:
    for language in LANGUAGES:
        plain = tame_page(sheet, language)
        page = Page(render(saying(sheet, same(text)), language))
        assert page.structure == plain.structure
        assert len(on_paper(page.html)) == len(on_paper(plain.html))
        shown = disarm(one_line(text), anywhere=True)
        if shown.strip():
            assert page.seen.count(shown) >= plain.seen.count("tame")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", page.html)
        assert not re.search(r"^\s*::|##\[|##vso\[", page.html, re.MULTILINE)
        assert page.html.encode("utf-8")
        assert Page(in_ascii(page.html)).seen == page.seen


@settings(deadline=None, max_examples=50)
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)))
@example(text="")
def test_any_text_leaves_the_structure_intact(bundle: Sheet, text: str) -> None:
    hostile_page_is_intact(bundle, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_structure_intact(catalog: Catalog, text: str) -> None:
    sheet = sheet_of(catalog, parse(catalog, UNSELLABLE).product, AS_OF, ("first-spend-journey",))
    assumed = replace(sheet, version=replace(sheet.version, assumed=same("tame")))
    hostile_page_is_intact(assumed, text)
