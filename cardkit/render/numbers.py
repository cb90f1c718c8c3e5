"""Cells as people read them: grouped amounts with two decimals, signed where the column says so."""

from fractions import Fraction

from cardkit.ground.money import to_yuan
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.table import NOT_APPLICABLE, Bar, Cell, Column, Unit


def amount(fen: int, *, signed: bool = False, unit: Unit = "yuan", glyphs: Glyphs = UNICODE) -> str:
    """Fen as `1,234.50`, `−12.40` or `+3.10`; in wan rounded half-even to two decimals."""
    shown = round(Fraction(abs(fen), 10_000)) if unit == "wan" else abs(fen)
    return sign(fen, signed=signed, glyphs=glyphs) + f"{to_yuan(shown):,}"


def percentage(
    rate: Fraction | int, decimals: int = 2, *, signed: bool = False, glyphs: Glyphs = UNICODE
) -> str:
    """A fraction of one as `12.50%`, rounded half-even, with exactly so many decimals."""
    scaled = round(abs(Fraction(rate)) * 100 * 10**decimals)
    whole, part = divmod(scaled, 10**decimals)
    digits = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    return sign(rate, signed=signed, glyphs=glyphs) + digits + "%"


def sign(value: Fraction | int, *, signed: bool, glyphs: Glyphs) -> str:
    """The sign before a number's digits; zero has none."""
    if value < 0:
        return glyphs.minus
    return "+" if signed and value > 0 else ""


def cell_text(
    value: Cell, column: Column, language: Language, *, unit: Unit = "yuan", glyphs: Glyphs = UNICODE
) -> str:
    """A cell as people read it, on one line, safe to print wherever it may be wrapped."""
    if value is None:
        return NOT_APPLICABLE.to(language)
    if isinstance(value, Text | str):
        plain = value.to(language) if isinstance(value, Text) else value
        return disarm(one_line(plain), anywhere=True)
    if isinstance(value, Bar):
        return ""
    match column.kind:
        case "amount" if isinstance(value, int):
            own = "yuan" if column.per_customer else unit
            return amount(value, signed=column.signed, unit=own, glyphs=glyphs)
        case "percent":
            return percentage(value, column.decimals, signed=column.signed, glyphs=glyphs)
        case _:
            digits = f"{abs(value):,}" if isinstance(value, int) else str(abs(value))
            return sign(value, signed=column.signed, glyphs=glyphs) + digits
