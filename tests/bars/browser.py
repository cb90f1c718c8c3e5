"""The customer's page in a real browser: its style applies, nothing is blocked or fetched, it reads well.

`python -m tests.bars.browser [--quick] [--pictures FOLDER]`

Needs chromium and chromedriver, and says so where they are missing. With a folder it leaves pictures of each
page there, of a phone and of a wide screen, and a PDF.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from cardkit.ground.text import LANGUAGES, same
from cardkit.model.expression import parse
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import Sheet
from cardkit.render import sheet_html
from cardkit.source.load import load
from tests.bars import page_questions as ask
from tests.bars.outcome import finish, quick
from tests.bars.webdriver import Browser, browser

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 22)
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "bundle": ("city-roots@new-resident", ()),
    "senior": ("silver-ease@senior", ()),
    "unsellable": ("base-card+airport-lounge@gen-z", ()),
    "campaigns": ("base-card@gen-z", ("first-spend-journey", "festival-gift", "churn-rescue")),
}
RUNS = "document.title='run'"
HOSTILE = f'</style><script>{RUNS}</script><img src=x onerror="{RUNS}">' + "x" * 300
WIDTHS = (320, 390, 768, 1200)
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
LOOKS = (("screen", "light"), ("screen", "dark"), ("print", "light"), ("print", "dark"))


def sheets() -> Iterator[tuple[str, Sheet]]:
    """The pages that are looked at, and one in which the catalog's texts attack."""
    catalog = load(ROOT / "catalog")
    for name, (expression, campaigns) in PAGES.items():
        yield name, sheet_of(catalog, parse(catalog, expression).product, AS_OF, campaigns)
    yield "hostile", attacked(sheet_of(catalog, parse(catalog, PAGES["bundle"][0]).product, AS_OF))


def attacked(sheet: Sheet) -> Sheet:
    """The sheet with a hostile text in every kind of place that a catalog's text reaches."""
    text = same(HOSTILE)
    sections = tuple(
        replace(
            section,
            name=text,
            about=text,
            rights=tuple(replace(it, name=text, promise=text, place=text) for it in section.rights),
        )
        for section in sheet.sections
    )
    fees = tuple(replace(line, name=text, notes=(text,)) for line in sheet.fees)
    boxes = tuple(replace(box, name=text) for box in sheet.instalments)
    return replace(sheet, title=text, issuer=text, sections=sections, fees=fees, instalments=boxes)


def faults(session: Browser, page: Path, sheet: Sheet) -> Iterator[str]:
    """What is wrong with a page, in words."""
    session.media("screen")
    session.width(1200)
    session.requests()
    session.open(page)
    yield from _contained(session, page)
    yield from _prominent(session, sheet)
    for pixels in WIDTHS:
        session.width(pixels)
        yield from (f"{pixels} pixels across: {fault}" for fault in _readable(session, sheet))
    for kind, scheme in LOOKS:
        session.media(kind, scheme)
        if faint := session.asked(ask.FAINT, LEAST_CONTRAST):
            yield f"{kind}, {scheme}: too faint: {faint[:5]}"
    session.media("screen")
    if not session.paper().startswith(b"%PDF"):
        yield "it doesn't print"
    if said := session.complaints():
        yield f"the console says {said}"


def _contained(session: Browser, page: Path) -> Iterator[str]:
    if (style := session.asked(ask.STYLE)) != ask.STYLED:
        yield f"the style doesn't apply: {style}"
    if others := [url for url in session.requests() if url != page.as_uri()]:
        yield f"it asks for {others}"
    if foreign := session.asked(ask.FOREIGN):
        yield f"{foreign} elements that run, fetch or lead elsewhere"
    if session.asked(ask.TITLE) == "run":
        yield "a script ran"


def _prominent(session: Browser, sheet: Sheet) -> Iterator[str]:
    rates, stronger = session.asked(ask.STRONGER)
    if stronger or rates < 2 * len(sheet.instalments):
        yield f"stronger than one of {rates} highest annual rates: {stronger}"


def _readable(session: Browser, sheet: Sheet) -> Iterator[str]:
    if wide := session.asked(ask.TOO_WIDE):
        yield f"wider than its place: {wide}"
    if (top := session.asked(ask.MARK)) != (None if sheet.sellable else 0):
        yield f"the mark “not for sale” stands at {top}"


def sees_a_lost_style(session: Browser, page: Path) -> bool:
    """Whether the bar notices what it is for: a style whose hash is wrong is refused by the policy."""
    broken = page.with_name("broken.html")
    html = page.read_text(encoding="utf-8").replace("<style>", "<style> ", 1)
    broken.write_text(html, encoding="utf-8")
    session.width(1200)
    session.open(broken)
    return session.asked(ask.STYLE) == ask.UNSTYLED and any("style" in it for it in session.complaints())


def keep_pictures(session: Browser, page: Path, folder: Path) -> None:
    """Leave what a reader sees of a page in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    session.open(page)
    for name, pixels, scheme in (("phone", 390, "light"), ("wide", 1200, "light"), ("dark", 390, "dark")):
        session.media("screen", scheme)
        session.width(pixels)
        session.width(pixels, session.asked(ask.HEIGHT))
        session.picture(folder / f"{page.stem}-{name}.png")
    session.media("")
    (folder / f"{page.stem}.pdf").write_bytes(session.paper())


def main(arguments: Sequence[str]) -> int:
    """Look at every page in both languages."""
    folder = Path(arguments[arguments.index("--pictures") + 1]) if "--pictures" in arguments else None
    found, count = [], 0
    with tempfile.TemporaryDirectory() as place, browser() as session:
        for name, sheet in sheets():
            if quick(arguments) and name not in ("bundle", "unsellable"):
                continue
            for language in LANGUAGES:
                page = Path(place) / f"{name}-{language}.html"
                page.write_text(sheet_html.render(sheet, language), encoding="utf-8", newline="\n")
                found += [f"{page.stem}: {fault}" for fault in faults(session, page, sheet)]
                count += 1
                if folder is not None:
                    keep_pictures(session, page, folder)
        if not sees_a_lost_style(session, page):
            found.append("a style with a wrong hash goes unnoticed")
    return finish("pages in a browser", f"{len(found)} faults in {count} pages", found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
