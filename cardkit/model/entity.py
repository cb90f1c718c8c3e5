"""What every entity of a catalog has: identity, owner, lifecycle."""

from datetime import date

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.leaf import Choice, Identifier, Line, Reference, Words
from cardkit.ground.text import Text
from cardkit.mechanics.common import Window

LIFECYCLE = ("draft", "pilot", "live", "retired")


@record
class Entity:
    """One file of a catalog."""

    kind: str = item(
        Line(),
        Text("类型", "kind"),
        Text("实体类型，与所在文件夹一致。", "The kind; agrees with the folder."),
    )
    id: str = item(
        Identifier(),
        Text("编号", "id"),
        Text("与文件名一致，在整个目录中唯一。", "Equals the file's name; unique across kinds."),
        public=True,
    )
    name: Text = item(
        Words(),
        Text("名称", "name"),
        Text("客户和报表看到的名称。", "The name in pages and tables."),
        public=True,
    )
    short_name: Text | None = item(
        Words(),
        Text("简称", "short name"),
        Text("窄表格里用的名称。", "For narrow tables."),
        default=None,
        public=True,
    )
    owner: str = item(
        Line(100), Text("负责人", "owner"), Text("谁对这个文件负责。", "Who answers for this file.")
    )
    status: str = item(
        Choice(LIFECYCLE),
        Text("状态", "status"),
        Text(
            "draft 草稿，pilot 仅指定客群，live 在售，retired 停售。",
            "draft, pilot (named segments only), live, or retired.",
        ),
        default="live",
    )
    pilot_segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("试点客群", "pilot segments"),
        Text("试点时只卖给这些客群。", "While in pilot, sold to these segments only."),
        default=(),
    )
    valid: Window | None = item(
        Record(Window),
        Text("有效期", "valid"),
        Text("可售期间，首末日都含。", "When it may be sold, both ends inclusive."),
        default=None,
        public=True,
    )
    description: Text | None = item(
        Words(),
        Text("说明", "description"),
        Text("一两句话，客户看得到。", "A sentence or two that the customer reads."),
        default=None,
        public=True,
    )
    source: str | None = item(
        Line(),
        Text("来源", "source"),
        Text(
            "数字整体的来源；单个数字可另写 source。",
            "Where the file's figures come from, unless a figure says.",
        ),
        default=None,
    )


def active(entity: Entity, as_of: date) -> bool:
    """Whether a rule, bundle or group is in force on a day: live or in pilot, and within its dates."""
    return entity.status in ("live", "pilot") and (entity.valid is None or entity.valid.holds(as_of))
