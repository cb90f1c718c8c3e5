"""Tables on a terminal: an amount is never cut, at any width from forty cells."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.render.cells import folded
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.grid import grid
from cardkit.render.layout import Measure, fitted, measured
from cardkit.render.numbers import cell_text
from cardkit.render.stacked import stacked
from cardkit.render.table import Row, Table, Unit
from cardkit.render.tones import final

NARROWEST = 40
"""Cells below which nothing is laid out any narrower."""


def render(
    table: Table, language: Language, *, columns: int, unit: Unit = "yuan", glyphs: Glyphs = UNICODE
) -> Group:
    """The table for so many cells across. Its lines are final: print it without cropping."""
    room = max(columns, NARROWEST)
    headings = [_safe(column.heading(unit).to(language)) for column in table.columns]
    texts = [_texts(table, row, language, unit, glyphs) for row in table.rows]
    layout = fitted([_measure(table, at, headings[at], texts) for at in range(len(headings))], room)
    body: RenderableType = (
        stacked(table, headings, texts, room, glyphs)
        if layout is None
        else grid(table, headings, texts, layout, glyphs)
    )
    title = [] if table.title is None else [_prose(table.title.to(language), room, "bold")]
    return Group(*title, body, *(_prose(note.to(language), room, "dim") for note in table.notes))


def _safe(text: str) -> str:
    return disarm(one_line(text), anywhere=True)


def _prose(text: str, room: int, style: str) -> Styled:
    return final("\n".join(folded(_safe(text), room)), style)


def _measure(table: Table, at: int, heading: str, texts: Sequence[Sequence[str]]) -> Measure:
    numbers: list[str] = []
    words: list[str] = []
    for row, cells in zip(table.rows, texts, strict=True):
        (words if isinstance(row.cells[at], Text | str) else numbers).append(cells[at])
    return measured(table.columns[at], heading, numbers, words)


def _texts(table: Table, row: Row, language: Language, unit: Unit, glyphs: Glyphs) -> list[str]:
    """A row's cells as text, an arrow before the first of a highlighted row: colour alone says nothing."""
    pairs = zip(row.cells, table.columns, strict=True)
    texts = [cell_text(value, column, language, unit=unit, glyphs=glyphs) for value, column in pairs]
    if row.emphasis == "highlight":
        texts[0] = f"{glyphs.arrow} {texts[0]}"
    return texts
