"""A small waterfall, and how a table looks once it is printed."""

import io
from collections.abc import Callable
from fractions import Fraction

import pytest
from rich.console import Console, RenderableType

from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.render.table import Bar, Column, Row, Table

YUAN = Text("元", "CNY")
COLUMNS = (
    Column("line", Text("项目", "line"), whole=True),
    Column("name", Text("名称", "name")),
    Column("amount", Text("金额", "amount"), "amount", YUAN, signed=True),
    Column("bar", Text("图", "bar"), "bar", droppable=1),
    Column("running", Text("累计", "running total"), "amount", YUAN, droppable=2),
    Column("share", Text("占收入", "of revenue"), "percent"),
)

Printed = Callable[[RenderableType], str]


@pytest.fixture
def printed() -> Printed:
    def print_plain(renderable: RenderableType) -> str:
        out = io.StringIO()
        console = Console(
            file=out, width=20, force_terminal=False, markup=False, emoji=False, highlight=False
        )
        console.print(renderable, end="", crop=False)
        return out.getvalue()

    return print_plain


@pytest.fixture
def waterfall() -> Table:
    def bar(start: int, end: int) -> Bar:
        return Bar(Fen(start), Fen(end))

    fee = Text("年费收入（刚性年费）", "Annual fee, rigid")
    lounge = Text("机场贵宾厅权益成本，每年六次，可带一人", "Airport lounge, six visits a year with a guest")
    return Table(
        Text(
            "travel-gold+lounge@frequent-flyer 每户每年",
            "travel-gold+lounge@frequent-flyer per holder and year",
        ),
        COLUMNS,
        (
            Row(("annual-fee", fee, Fen(123_456_789), bar(0, 123_456_789), Fen(123_456_789), Fraction(1))),
            Row(
                ("lounge", lounge, Fen(-8_640_000), bar(123_456_789, 114_816_789), Fen(114_816_789), None),
                "highlight",
            ),
            Row(("pet-care", Text("未上线", "not live"), None, None, None, None), "muted"),
            Row(
                (
                    "total",
                    Text("贡献", "Contribution"),
                    Fen(114_816_789),
                    bar(0, 114_816_789),
                    None,
                    Fraction(93, 100),
                ),
                "total",
            ),
        ),
        (Text("目录 demo 3f2a9c，2026-01-01", "catalog demo 3f2a9c, as of 2026-01-01"),),
    )
