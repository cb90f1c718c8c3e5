"""Pages as they look: goldens of a shipped bundle, widths, and names that try to break out."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardkit.ground.safe import one_line
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import Sheet
from cardkit.render import sheet_json, sheet_markdown
from cardkit.render.cells import width
from cardkit.render.data_json import dumps
from cardkit.render.glyphs import Glyphs
from cardkit.render.sheet_terminal import wrapped

HOSTILE = [
    "[/foo]",
    "[gold]x",
    "<script>alert(1)</script>",
    "a | b",
    "two\nlines",
    "::error::x",
    "\n::error file=x::y",
    "##[command]x",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202ereversed",
    "**bold** `code` ![x](http://e)",
    "a" * 200,
    "汉" * 200,
]


@pytest.fixture(scope="module")
def city_roots(shipped: Catalog, kit: Any) -> Sheet:
    return sheet_of(shipped, parse(shipped, "city-roots@new-resident").product, kit.AS_OF)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bundle_reads_like_this(language: Any, city_roots: Sheet, printed: Any, golden: Any) -> None:
    golden(f"city-roots.{language}.txt", printed(city_roots, language, 80))
    golden(f"city-roots.{language}.md", sheet_markdown.render(city_roots, language))


def test_a_bundle_as_data_reads_like_this(city_roots: Sheet, golden: Any) -> None:
    golden("city-roots.zh.json", dumps(sheet_json.document(city_roots, "zh")))


@pytest.mark.parametrize("columns", [20, 40, 57, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(
    language: Any, columns: int, city_roots: Sheet, printed: Any
) -> None:
    lines = printed(city_roots, language, columns).splitlines()
    assert max(map(width, lines)) <= max(columns, 40)


@pytest.mark.parametrize(("language", "encoding"), [("zh", "gbk"), ("en", "gbk"), ("en", "ascii")])
def test_a_page_has_no_sign_that_the_stream_cannot_show(
    language: Any, encoding: str, city_roots: Sheet, printed: Any
) -> None:
    page = printed(city_roots, language, 80, Glyphs.for_encoding(encoding))
    assert page.encode(encoding)


def hostile(small_catalog: Any, kit: Any, name: str) -> Sheet:
    """A sheet of a catalog in which every text is the name."""
    both = kit.texts(name, name)
    cap = {"metric": "reward", "most": 60, "period": "calendar-month"}
    loan = {
        "purpose": both,
        "book": "consumption",
        "tenors": [{"months": 6, "customer_rate": "0.5%"}],
        "minimum_amount": 600,
        "maximum_amount": 5000,
        "reference_rate": "0.7%",
        "contracts": 0.1,
        "mean_principal": 800,
    }
    back = kit.right("cashback", "back", name=both, rate="1%", exclusions=[both], scope={"places": both})
    card = kit.card_data(
        back, kit.right("instalment", "loan", name=both, **loan), name=both, description=both
    )
    module = kit.module_data("more", kit.right("cashback", rate="2%", name=both), name=both)
    group = kit.group_data("card/back", "more/example", reason=both, cap=cap)
    campaign = kit.campaign_data(kit.right("cashback", rate="1%", name=both), name=both, organiser=both)
    ours = kit.settings_data() | {"issuer": both}
    catalog = small_catalog(module, group, campaign, card=card, settings=ours)
    sheet: Sheet = kit.sheet_for(catalog, "plain-card", "more", campaigns=("welcome",))
    return sheet


def shape(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: shape(value) for key, value in document.items()}
    if isinstance(document, list):
        return [shape(value) for value in document]
    return None


RUNNER_COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")


def is_intact(sheet: Sheet, tame: Sheet, printed: Any) -> None:
    """Whether a sheet has the structure of a tame one, in every format."""
    for language in ("zh", "en"):
        page = sheet_markdown.render(sheet, language)
        rows = page.splitlines()
        expected = sheet_markdown.render(tame, language).splitlines()
        assert [_marks(row) for row in rows] == [_marks(row) for row in expected]
        assert "<" not in page.replace("<!-- -->", "")
        text = dumps(sheet_json.document(sheet, language))
        assert shape(json.loads(text)) == shape(sheet_json.document(tame, language))
        for columns in (40, 80):
            plain = printed(sheet, language, columns)
            assert max(map(width, plain.splitlines())) <= columns
            assert not RUNNER_COMMAND.search(plain)
            assert not CONTROL.search(plain)
        for output in (page, text):
            assert not RUNNER_COMMAND.search(output)
            assert not CONTROL.search(output)


def _marks(row: str) -> tuple[str, int]:
    """What makes a line markup: how it begins, and how many cells of a table it has."""
    begin = re.match(r"\s*(#+ |- |> - |> |\| |\*\*|\*(?=\w)|)", row)
    assert begin is not None
    return begin[0] if begin[1] else "", row.count("|")  # spaces alone are no markup


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leaves_the_structure_intact(
    name: str, small_catalog: Any, kit: Any, printed: Any
) -> None:
    is_intact(hostile(small_catalog, kit, name), hostile(small_catalog, kit, "tame"), printed)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_leaves_the_structure_intact(name: str, small_catalog: Any, kit: Any, printed: Any) -> None:
    is_intact(hostile(small_catalog, kit, name), hostile(small_catalog, kit, "tame"), printed)


@given(text=st.text(max_size=200), cells=st.integers(2, 60))
def test_wrapping_loses_nothing_but_spaces_and_keeps_to_its_width(text: str, cells: int) -> None:
    text = one_line(text)
    lines = wrapped(text, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= cells for line in lines)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("每笔满 50 元返 5 元，每月最多 5 次。", 20, ["每笔满 50 元返 5", "元，每月最多 5 次。"]),
        ("at most CNY 50,000 a year", 14, ["at most", "CNY 50,000 a", "year"]),
        ("首末日均含（含当天）。", 20, ["首末日均含（含当", "天）。"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_a_reader_would(text: str, cells: int, lines: list[str]) -> None:
    assert wrapped(text, cells) == lines
