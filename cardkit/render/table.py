"""The one table value that every data command produces; renderers turn it into text."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from cardkit.ground.frozen import frozen
from cardkit.ground.money import Fen
from cardkit.ground.text import Text


@frozen
class Bar:
    """A stretch of a bar column, in fen, drawn on the scale of the whole column: a waterfall's step."""

    start: Fen
    end: Fen


Kind = Literal["text", "amount", "count", "percent", "bar"]
"""What a column holds: amounts are whole fen, percentages fractions of one, bars stretches in fen.

Bars are drawn on terminals only; every other format leaves them out.
"""

Cell: TypeAlias = Text | str | int | Fraction | Bar | None
"""A cell's value. None: there is no such value, which people read as 不适用 / n.a.

A text may stand in a column of numbers (a reason in place of a price).
"""

Unit = Literal["yuan", "wan"]
"""How people read amounts: in the currency's unit, or in ten thousands of it (rounded to two decimals)."""

Emphasis = Literal["plain", "total", "highlight", "muted"]

NOT_APPLICABLE = Text("不适用", "n.a.")


@frozen
class Column:
    """A column: `key` is its stable ASCII name for programs, `name` the one that people read.

    `unit` is the currency of amounts (元 / CNY). `signed` shows a plus before positive numbers.
    `droppable` says what goes first when room is short: 1 before 2; 0 never goes.
    `whole` text is never cut (ids, which people type); `wrapped` text folds over several lines:
    reasons, sentences. Any other text is a name, and gives way.
    `decimals` is the number of decimals of percentages, for people.
    `per_customer` amounts stay in the currency's own unit when others are read in ten thousands of it.
    """

    key: str
    name: Text
    kind: Kind = "text"
    unit: Text | None = None
    signed: bool = False
    droppable: int = 0
    whole: bool = False
    wrapped: bool = False
    decimals: int = 2
    per_customer: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it stands flush right, and is never cut."""
        return self.kind in ("amount", "count", "percent")

    def heading(self, unit: Unit = "yuan") -> Text:
        """The name with the unit of its amounts: `贡献 (万元)`, `contribution (10k CNY)`."""
        if self.unit is None:
            return self.name
        scaled = unit == "wan" and self.kind == "amount" and not self.per_customer
        factor = Text("万", "10k ") if scaled else Text("", "")
        return self.name + Text(" (", " (") + factor + self.unit + Text(")", ")")


@dataclass(frozen=True, slots=True)
class Row:
    """One cell per column. A total stands under a rule, a highlighted row behind an arrow."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, a title above and notes below; raises ValueError when a row doesn't fit."""

    title: Text | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        keys = {column.key for column in self.columns}
        if not keys or len(keys) != len(self.columns):
            raise ValueError("a table needs columns, and keys that differ")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, but a row of {len(row.cells)} cells")

    def lasting(self) -> Iterator[int]:
        """Positions of the columns that formats other than a terminal show: all but bars."""
        return (at for at, column in enumerate(self.columns) if column.kind != "bar")
