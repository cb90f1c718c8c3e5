"""A table too wide is dealt into parts that fit and lose nothing."""

from fractions import Fraction

import pytest

from cardkit.ground.text import Language, Text, same
from cardkit.render.cells import width
from cardkit.render.split import cells_needed, fits, split
from cardkit.render.table import Column, Row, Table
from cardkit.render.terminal import NARROWEST

WIDE = Table(
    Text("标题", "title"),
    (
        Column("name", Text("模块", "module")),
        *(Column(f"c{at}", Text(f"第{at}客群", f"segment {at}"), "amount", signed=True) for at in range(9)),
        Column("last", same("last"), "percent"),
    ),
    (
        Row((same("宠物医疗折扣"), *(123_456 * 10**at for at in range(9)), Fraction(1, 3))),
        Row((same("Airline mileage pack"), *(None for _ in range(10)))),
    ),
    (Text("说明", "note"),),
)


@pytest.mark.parametrize("columns", [1, 40, 60, 80, 120, 400])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_fits_and_together_they_are_the_table(columns: int, language: Language) -> None:
    parts = split(WIDE, 1, language, columns=columns)
    dealt = [column for part in parts for column in part.columns[1:]]
    assert tuple(dealt) == WIDE.columns[1:]
    for part in parts:
        assert part.columns[0] == WIDE.columns[0]
        assert [row.cells[0] for row in part.rows] == [row.cells[0] for row in WIDE.rows]
        assert len(part.columns) == 2 or fits(part, language, columns=columns)
    sizes = [len(part.columns) for part in parts]
    assert max(sizes) - min(sizes) <= 1
    assert parts[0].title == WIDE.title
    assert parts[-1].notes == WIDE.notes
    assert not any(part.notes for part in parts[:-1])
    assert not any(part.title for part in parts[1:])


def test_a_table_with_room_enough_stays_whole() -> None:
    assert len(split(WIDE, 1, "en", columns=400)) == 1
    assert not fits(WIDE, "en", columns=NARROWEST)


def test_names_and_the_word_for_no_number_are_shown_whole() -> None:
    needed = cells_needed(WIDE, "zh")
    assert needed[0] == width("Airline mileage pack")
    assert min(needed) >= width("不适用")
