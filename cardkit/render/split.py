"""A table too wide for its terminal, as several tables under each other that share their first columns."""

from dataclasses import replace

from cardkit.ground.text import Language, Text
from cardkit.render.cells import width
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.layout import GAP, measured
from cardkit.render.numbers import cell_text
from cardkit.render.table import Row, Table, Unit
from cardkit.render.terminal import NARROWEST


def cells_needed(
    table: Table, language: Language, *, unit: Unit = "yuan", glyphs: Glyphs = UNICODE
) -> list[int]:
    """Cells that each column needs to be shown whole, its heading folded where it holds numbers."""
    needed = []
    for at, column in enumerate(table.columns):
        numbers: list[str] = []
        texts: list[str] = []
        for row in table.rows:
            said = cell_text(row.cells[at], column, language, unit=unit, glyphs=glyphs)
            (texts if isinstance(row.cells[at], Text | str) else numbers).append(said)
        measure = measured(column, column.heading(unit).to(language), numbers, texts)
        whole = max(map(width, texts), default=0)
        needed.append(max(measure.least, whole) if column.numeric else measure.wanted)
    return needed


def fits(
    table: Table, language: Language, *, columns: int, unit: Unit = "yuan", glyphs: Glyphs = UNICODE
) -> bool:
    """Whether every column can be shown whole in so many cells across."""
    needed = cells_needed(table, language, unit=unit, glyphs=glyphs)
    return sum(needed) + GAP * (len(needed) - 1) <= max(columns, NARROWEST)


def split(
    table: Table,
    shared: int,
    language: Language,
    *,
    columns: int,
    unit: Unit = "yuan",
    glyphs: Glyphs = UNICODE,
) -> tuple[Table, ...]:
    """The table in parts that fit so many cells, each beginning with the first `shared` columns.

    The parts are as equal as can be, and have at least one column of their own each. The title stands above
    the first part, the notes below the last.
    """
    needed = cells_needed(table, language, unit=unit, glyphs=glyphs)
    if shared >= len(needed):
        return (table,)
    room = max(columns, NARROWEST) - sum(needed[:shared]) - GAP * (shared - 1)
    own = range(shared, len(needed))
    most = 1
    while most < len(own) and all(
        sum(needed[at] + GAP for at in part) <= room for part in _dealt(own, most + 1)
    ):
        most += 1
    parts = _dealt(own, most)
    kept = tuple(range(shared))
    return tuple(
        replace(
            _columns(table, (*kept, *part)),
            title=table.title if first else None,
            notes=table.notes if part is parts[-1] else (),
        )
        for first, part in ((part is parts[0], part) for part in parts)
    )


def _dealt(columns: range, most: int) -> list[range]:
    """The columns in their order, dealt into the fewest parts of at most so many, the longer parts first."""
    count = -(-len(columns) // most)
    least, longer = divmod(len(columns), count)
    sizes = [least + 1] * longer + [least] * (count - longer)
    return [columns[sum(sizes[:at]) : sum(sizes[: at + 1])] for at in range(count)]


def _columns(table: Table, positions: tuple[int, ...]) -> Table:
    return Table(
        None,
        tuple(table.columns[at] for at in positions),
        tuple(Row(tuple(row.cells[at] for at in positions), row.emphasis) for row in table.rows),
    )
