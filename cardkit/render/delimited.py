"""Tables for programs and spreadsheets: column keys, plain numbers, no title, no notes, no bars.

Amounts are decimal numbers in the currency's unit (`-12.40`), percentages fractions of one (`0.0045`);
a value that does not exist is an empty field.
"""

import csv as standard_csv
import io
from decimal import Decimal
from fractions import Fraction

from cardkit.ground.money import plain_number, to_yuan
from cardkit.ground.safe import clean, disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.render.table import Cell, Column, Table

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
"""What spreadsheets take for a formula, in full width too."""


def tsv(table: Table, language: Language) -> str:
    """Tab-separated lines, a header first; text never holds a tab or a line break."""
    lines = [
        [one_line(field) if isinstance(field, str) else str(field) for field in fields]
        for fields in _fields(table, language)
    ]
    return "".join("\t".join(map(disarm, line)) + "\n" for line in lines)


def csv(table: Table, language: Language) -> str:
    """RFC 4180 with CRLF lines, and the byte order mark by which Excel knows UTF-8.

    A text that a spreadsheet would compute is guarded by an apostrophe; numbers stay numbers.
    """
    buffer = io.StringIO()
    writer = standard_csv.writer(buffer, lineterminator="\r\n")
    for fields in _fields(table, language):
        writer.writerow([_guarded(field) if isinstance(field, str) else field for field in fields])
    return "\ufeff" + buffer.getvalue()


def _guarded(text: str) -> str:
    harmless = disarm(clean(text, keep_newlines=True))
    return "'" + harmless if text.lstrip(" \n").startswith(_FORMULA_STARTS) else harmless


def _fields(table: Table, language: Language) -> list[list[str | int | Decimal]]:
    shown = tuple(table.lasting())
    header: list[str | int | Decimal] = [table.columns[at].key for at in shown]
    rows = [[plain(row.cells[at], table.columns[at], language) for at in shown] for row in table.rows]
    return [header, *rows]


def plain(value: Cell, column: Column, language: Language) -> str | int | Decimal:
    """A cell for a program: numbers as numbers, text as it is (not yet cleaned), nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, int) and column.kind == "amount":
        return to_yuan(value)
    if isinstance(value, Fraction):
        return Decimal(plain_number(value))
    return value if isinstance(value, int) else str(value)
