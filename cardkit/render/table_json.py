"""Tables as JSON objects: one for each row, by column key."""

from fractions import Fraction
from typing import Any

from cardkit.ground.money import plain_number
from cardkit.ground.text import Language, Text
from cardkit.render.data_json import count, money
from cardkit.render.table import Bar, Cell, Column, Table


def table_objects(table: Table, language: Language) -> list[dict[str, Any]]:
    """Each row as an object; amounts are decimal strings, bars are left out."""
    return [
        {table.columns[at].key: _value(row.cells[at], table.columns[at], language) for at in table.lasting()}
        for row in table.rows
    ]


def _value(cell: Cell, column: Column, language: Language) -> Any:
    if isinstance(cell, Text):
        return cell.to(language)
    if isinstance(cell, Fraction):
        return plain_number(cell)
    if isinstance(cell, int):
        return money(cell) if column.kind == "amount" else count(cell)
    return None if isinstance(cell, Bar) else cell
