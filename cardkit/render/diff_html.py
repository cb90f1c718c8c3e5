"""A difference as one self-contained page: no script, nothing fetched, small charts of before and after."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cardkit.diff.change import MoneyChange
from cardkit.diff.difference import Difference
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Language, Text
from cardkit.render import diff_tables
from cardkit.render import diff_words as words
from cardkit.render.glyphs import UNICODE
from cardkit.render.numbers import amount, cell_text
from cardkit.render.sheet_html import policy, shown
from cardkit.render.table import Cell, Column, Table

_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {"zh": "zh-CN", "en": "en"}
_CHART = Text("之前（浅）与之后（深）", "before (light) and after (dark)")
_WIDTH = 100
_LEAST = 0.5
"""A bar that is nearly nothing is still seen."""


@frozen
class Bars:
    """The contribution before and after, as two bars on the scale of their table: start and width."""

    old: tuple[float, float]
    new: tuple[float, float]
    zero: float
    label: str
    """What the chart shows, for those who don't see it."""


@frozen
class Part:
    """A table, and a chart for each of its rows; none where it isn't about money."""

    table: Table
    charts: tuple[Bars | None, ...] = ()


def render(found: Difference, language: Language, about: Text) -> str:
    """The page. Its only style is named by its hash in the page's policy; everything else is refused."""
    style = _style_sheet()
    page: str = (
        _environment(language)
        .get_template("diff.html.j2")
        .render(
            lang=_TAGS[language],
            policy=policy(style),
            style=style,
            title=Text("产品目录的变化", "What this change does to the catalog"),
            verdict=words.verdict(found, UNICODE),
            promises=diff_tables.told(found),
            labels=diff_tables,
            parts=_parts(found),
            chart=_CHART,
            said=partial(_said, language),
            about=about,
        )
    )
    return page


def _parts(found: Difference) -> list[Part]:
    money = (
        (diff_tables.money(found), found.offers.changes),
        (diff_tables.touched(found), found.touched.changes),
        (diff_tables.edges(found), found.edges.changes),
    )
    parts = [Part(table, _charts(changes)) for table, changes in money if table is not None]
    rest = (diff_tables.counts, diff_tables.examples, diff_tables.wording, diff_tables.fields)
    return parts + [Part(table) for table in (make(found) for make in rest) if table is not None]


def _charts(changes: Sequence[MoneyChange]) -> tuple[Bars | None, ...]:
    sides = [
        [0 if each is None else each.contribution for each in (change.before, change.after)]
        for change in changes
    ]
    low = min((value for pair in sides for value in pair), default=0)
    high = max((value for pair in sides for value in pair), default=0)
    low, high = min(low, 0), max(high, 0)
    scale = _WIDTH / max(high - low, 1)
    return tuple(_bars(pair[0], pair[1], low, scale) for pair in sides)


def _bars(old: int, new: int, low: int, scale: float) -> Bars:
    zero = round(-low * scale, 2)
    ends = [round((value - low) * scale, 2) for value in (old, new)]
    placed = [(min(zero, end), round(max(abs(end - zero), _LEAST), 2)) for end in ends]
    said = f"{amount(old, signed=True)} → {amount(new, signed=True)}"
    return Bars(placed[0], placed[1], zero, said)


@cache
def _style_sheet() -> Markup:
    # Ours and in ASCII: escaping it would change its hash, and the page would lose its style.
    return Markup((_TEMPLATES / "diff.css").read_text(encoding="utf-8"))  # noqa: S704 - not a catalog's


@cache
def _environment(language: Language) -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=partial(shown, language),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _said(language: Language, value: Cell, column: Column) -> str:
    return cell_text(value, column, language)
