"""Outcomes of expectations as a table, for files and pipes; terminals get `expectation_text`."""

from collections.abc import Sequence

from cardkit.expectations.outcome import Outcome
from cardkit.ground.text import Text, same
from cardkit.render.table import Cell, Column, Row, Table

STATUS = {True: Text("成立", "holds"), False: Text("不成立", "fails")}

COLUMNS = (
    Column("place", Text("位置", "place"), whole=True, droppable=2),
    Column("status", Text("结果", "status"), whole=True, droppable=3),
    Column("name", Text("预期", "expectation"), wrapped=True),
    Column("subject", Text("产品或政策", "product or policy"), wrapped=True),
    Column("as_of", Text("截至", "as of"), whole=True, droppable=1),
    Column("what", Text("看什么", "what"), wrapped=True, droppable=1),
    Column("expected", Text("应为", "expected"), wrapped=True),
    Column("got", Text("实为", "got"), wrapped=True),
    Column("why", Text("为什么", "why"), wrapped=True),
)


def outcomes_table(outcomes: Sequence[Outcome], *, every: bool) -> Table:
    """A row for each thing that is not as expected; with `every`, also one for each that holds."""
    rows = [row for outcome in outcomes if every or not outcome.holds for row in _rows(outcome)]
    return Table(None, COLUMNS, tuple(rows))


def _rows(outcome: Outcome) -> list[Row]:
    place = same(f"{outcome.site.file}:{outcome.site.span.line}")
    expectation = outcome.expectation
    subject, day = same(expectation.subject), same(str(outcome.as_of))
    head = (place, STATUS[outcome.holds], expectation.name, subject, day)
    if outcome.holds:
        nothing: tuple[Cell, ...] = (same(""), same(""), same(""), same(""))
        return [Row((*head, *nothing), "muted")]
    return [Row((*head, miss.what, miss.expected, miss.got, miss.why)) for miss in outcome.misses]
