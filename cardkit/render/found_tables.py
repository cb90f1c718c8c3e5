"""What a search found, over all kinds or by the day on which it ends."""

from collections.abc import Sequence
from datetime import date

from cardkit.ground.text import Text, same
from cardkit.model.entity import Entity
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.selection import next_end
from cardkit.render.entity_tables import STATUS
from cardkit.render.table import Column, Row, Table

KIND = Column("kind", Text("种类", "kind"), droppable=1)
ID = Column("id", same("id"), whole=True)
NAME = Column("name", Text("名称", "name"))
OWNER = Column("owner", Text("负责人", "owner"), droppable=2)
STATUS_COLUMN = Column("status", Text("状态", "status"), droppable=3)


def found_table(entities: Sequence[Entity], notes: tuple[Text, ...]) -> Table:
    """Entities of several kinds: what they are, who answers for them."""
    rows = tuple(
        Row((KIND_OF_WORD[one.kind].name, same(one.id), one.name, same(one.owner), STATUS[one.status]))
        for one in entities
    )
    return Table(None, (KIND, ID, NAME, OWNER, STATUS_COLUMN), rows, notes)


def ending_table(entities: Sequence[Entity], as_of: date, notes: tuple[Text, ...]) -> Table:
    """Entities in the order in which they end: the last day, of what, and how many days are left."""
    columns = (
        Column("until", Text("末日", "last day"), whole=True),
        Column("days_left", Text("剩余天数", "days left"), "count"),
        Column("ends", Text("到期的", "what ends"), whole=True),
        KIND,
        ID,
        NAME,
        OWNER,
        STATUS_COLUMN,
    )
    rows = []
    for one in entities:
        end = next_end(one, as_of)
        assert end is not None, "only what ends is listed by its end"
        days = (end.until - as_of).days
        head = (same(str(end.until)), days, end.what)
        about = (KIND_OF_WORD[one.kind].name, same(one.id), one.name, same(one.owner), STATUS[one.status])
        rows.append(Row((*head, *about)))
    return Table(None, columns, tuple(rows), notes)
