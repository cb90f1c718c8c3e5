"""A table side by side, each column at the width that was found for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import Box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as RichTable
from rich.text import Text as Styled

from cardkit.render.cells import cut, folded, padded
from cardkit.render.glyphs import Glyphs
from cardkit.render.layout import GAP, Layout
from cardkit.render.table import Bar, Cell, Column, Table
from cardkit.render.tones import BLUE, EMPHASIS, ORANGE, final, tone


@dataclass(frozen=True, slots=True)
class Fixed:
    """A table at its own width: rich squeezes and cuts whatever a narrower console can't hold."""

    table: RichTable
    cells: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.table, options.update(width=self.cells))


def grid(
    table: Table, headings: Sequence[str], texts: Sequence[Sequence[str]], layout: Layout, glyphs: Glyphs
) -> Fixed:
    """The columns of the layout, a rule under the header and above each total."""
    shown = RichTable(
        box=_ruled(glyphs),
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),  # the box itself puts one cell between columns
        header_style="bold",
    )
    for at, cells in zip(layout.shown, layout.widths, strict=True):
        heading = [
            padded(line, cells, right=table.columns[at].numeric) for line in folded(headings[at], cells)
        ]
        shown.add_column(final("\n".join(heading)), width=cells)
    spread = {at: _spread(table, at) for at in layout.shown if table.columns[at].kind == "bar"}
    for row, words in zip(table.rows, texts, strict=True):
        if row.emphasis == "total":
            shown.add_section()
        shown.add_row(
            *(
                _bar(row.cells[at], spread[at], cells, glyphs)
                if at in spread
                else _cell(words[at], row.cells[at], table.columns[at], cells, glyphs)
                for at, cells in zip(layout.shown, layout.widths, strict=True)
            ),
            style=EMPHASIS[row.emphasis],
        )
    return Fixed(shown, sum(layout.widths) + GAP * (len(layout.widths) - 1))


def _cell(words: str, value: Cell, column: Column, cells: int, glyphs: Glyphs) -> Styled:
    if column.wrapped:
        return final("\n".join(folded(words, cells)))
    return final(padded(cut(words, cells, glyphs), cells, right=column.numeric), tone(value, column))


def _spread(table: Table, at: int) -> tuple[int, int]:
    """The least and the greatest fen of a bar column, zero included."""
    bars = [row.cells[at] for row in table.rows]
    ends = [0, *(end for bar in bars if isinstance(bar, Bar) for end in (bar.start, bar.end))]
    return min(ends), max(ends)


def _bar(value: Cell, spread: tuple[int, int], cells: int, glyphs: Glyphs) -> Styled:
    least, greatest = spread
    if not isinstance(value, Bar) or least == greatest:
        return Styled("")
    low, high = sorted((value.start, value.end))
    first = (low - least) * (cells - 1) // (greatest - least)
    last = max(first, ((high - least) * cells - 1) // (greatest - least))
    rising = value.end >= value.start
    return final(" " * first + glyphs.block * (last - first + 1), BLUE if rising else ORANGE)


def _ruled(glyphs: Glyphs) -> Box:
    """One rule under the header and one above a total: no frames, so that a selection pastes cleanly."""
    blank, rule = "    ", f" {glyphs.line}{glyphs.line} "
    lines = [blank, blank, rule, blank, rule, blank, blank, blank]
    return Box("".join(f"{line}\n" for line in lines), ascii=glyphs.line.isascii())
