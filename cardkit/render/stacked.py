"""A table too wide for its terminal: one block per row, one line per value."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.text import Text as Styled

from cardkit.ground.text import Text
from cardkit.render.cells import folded, padded, width
from cardkit.render.glyphs import Glyphs
from cardkit.render.layout import NARROWEST_NAME
from cardkit.render.table import Table
from cardkit.render.tones import EMPHASIS, final, tone


def stacked(
    table: Table, headings: Sequence[str], texts: Sequence[Sequence[str]], room: int, glyphs: Glyphs
) -> Styled:
    """Every column as `name: value`; a line outgrows the room before a number is cut."""
    shown = [at for at, column in enumerate(table.columns) if column.kind != "bar"]
    numbers = [
        width(words[at])
        for row, words in zip(table.rows, texts, strict=True)
        for at in shown
        if not isinstance(row.cells[at], Text | str)
    ]
    value_cells = max([room * 2 // 5, *numbers])
    name_cells = max(
        NARROWEST_NAME, min(max(width(headings[at]) for at in shown) + 1, room - value_cells - 1)
    )
    value_cells = max(value_cells, room - name_cells - 1)
    lines: list[Styled] = []
    for row, words in zip(table.rows, texts, strict=True):
        lines.append(final(glyphs.line * (name_cells + 1 + value_cells), "dim"))
        for at in shown:
            column = table.columns[at]
            names = folded(headings[at] + ":", name_cells)
            values = folded(words[at], value_cells)
            for name, value in zip_longest(names, values, fillvalue="") if words[at] else ():
                line = final(padded(name, name_cells) + " ", EMPHASIS[row.emphasis])
                shown_value = padded(value, value_cells, right=column.numeric)
                lines.append(line.append(shown_value, style=tone(row.cells[at], column)))
    return final("\n").join(lines)
