"""Tables on a terminal, at any width."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import RenderableType

from cardkit.ground.money import Fen
from cardkit.ground.text import LANGUAGES, Language, Text, same
from cardkit.render.glyphs import Glyphs
from cardkit.render.numbers import amount, percentage
from cardkit.render.table import Column, Row, Table
from cardkit.render.terminal import render

Printed = Callable[[RenderableType], str]
Golden = Callable[[str, str], None]
AMOUNTS = ("+1,234,567.89", "−86,400.00", "+1,148,167.89")


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_every_width_rows_are_equally_wide_and_amounts_whole(
    waterfall: Table, printed: Printed, language: Language
) -> None:
    for columns in range(40, 141):
        lines = printed(render(waterfall, language, columns=columns)).splitlines()
        body = lines[next(at for at, line in enumerate(lines) if "─" in line) : -1]
        assert {cell_len(line) for line in body} == {cell_len(body[0])}, columns
        assert cell_len(body[0]) <= columns
        for text in (*AMOUNTS, "travel-gold", "annual-fee", "pet-care", "100.00%"):
            assert any(text in line for line in lines), (columns, text)


def test_bars_go_first_then_the_running_total_then_rows_are_stacked(
    waterfall: Table, printed: Printed
) -> None:
    def shown(columns: int) -> tuple[bool, bool, bool]:
        text = printed(render(waterfall, "zh", columns=columns))
        return ("█" in text, "累计" in text, "名称:" in text)

    stages = [shown(columns) for columns in range(140, 39, -1)]
    assert list(dict.fromkeys(stages)) == [
        (True, True, False),
        (False, True, False),
        (False, False, False),
        (False, True, True),
    ]


def test_names_are_cut_by_cells_and_never_below_eight(printed: Printed) -> None:
    names = (Column("name", same("name")), Column("amount", same("amount"), "amount"))
    table = Table(None, names, (Row((same("航空里程包" * 9), Fen(10**30))),))
    digits = "10,000,000,000,000,000,000,000,000,000.00"
    side_by_side = printed(render(table, "zh", columns=8 + 2 + 41)).splitlines()
    assert side_by_side[-1] == f"航空里…   {digits}"
    stacked = printed(render(table, "zh", columns=8 + 2 + 40)).splitlines()
    assert stacked[-1].split() == ["amount:", digits]


def test_an_amount_wider_than_the_terminal_is_printed_in_full(printed: Printed) -> None:
    table = Table(None, (Column("amount", same("amount"), "amount", signed=True),), (Row((-(10**60),)),))
    assert amount(-(10**60), signed=True) in printed(render(table, "en", columns=40))


def test_the_waterfall_reads_well_wide_and_narrow(waterfall: Table, printed: Printed, golden: Golden) -> None:
    golden("waterfall-zh-100.txt", printed(render(waterfall, "zh", columns=100)))
    golden("waterfall-en-72.txt", printed(render(waterfall, "en", columns=72, unit="wan")))
    ascii_only = Glyphs.for_encoding("ascii")
    golden("waterfall-en-40-ascii.txt", printed(render(waterfall, "en", columns=40, glyphs=ascii_only)))


@pytest.mark.parametrize(
    ("fen", "unit", "shown"),
    [
        (-1240, "yuan", "−12.40"),
        (310, "yuan", "+3.10"),
        (0, "yuan", "0.00"),
        (123_456_789_00, "yuan", "+123,456,789.00"),
        (12_345_678, "wan", "+12.35"),
        (-5_000, "wan", "−0.00"),
        (15_000, "wan", "+0.02"),
    ],
)
def test_amounts_are_grouped_signed_and_have_two_decimals(fen: int, unit: str, shown: str) -> None:
    assert amount(fen, signed=True, unit="wan" if unit == "wan" else "yuan") == shown


def test_percentages_round_half_even_and_keep_their_decimals() -> None:
    assert percentage(Fraction(1, 8), 1) == "12.5%"
    assert percentage(Fraction(-1, 3), signed=True) == "−33.33%"
    assert percentage(Fraction(5, 1000), 0) == "0%"


def test_signs_are_the_best_that_the_encoding_has() -> None:
    gbk, plain = Glyphs.for_encoding("gbk"), Glyphs.for_encoding("no-such-encoding")
    assert (gbk.yuan, gbk.tick, gbk.block, gbk.minus, gbk.ellipsis) == ("￥", "√", "█", "-", "…")
    assert (plain.yuan, plain.tick, plain.block, plain.line, plain.ellipsis) == ("CNY", "OK", "#", "-", "..")


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="1 columns, but a row of 2 cells"):
        Table(None, (Column("a", Text("甲", "a")),), (Row((1, 2)),))
