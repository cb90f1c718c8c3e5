"""Waivers (放行): broken promises that somebody has approved, with a reason and an end, beside the catalog.

A file lies in `waivers/` of the catalog's folder. It is read as strictly as an entity, but is none: it has no
id, changes no price and no content hash, and nothing refers to it.
"""

from datetime import date

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.leaf import Day, Line
from cardkit.ground.text import Text


@record
class Waiver:
    """One approved break: of which promise, by whom, why, and until when the approval holds."""

    check: str = item(
        Line(60),
        Text("检查", "check"),
        Text("CK8 的代码或名称，如 fee-raised。", "Code or name of a check of CK8, such as fee-raised."),
        example="fee-raised",
    )
    entity: str = item(
        Line(200),
        Text("实体", "entity"),
        Text("哪个实体的承诺；目录设置写 catalog.yaml。", "Whose promise; catalog.yaml for the settings."),
        example="city-card",
    )
    field: str | None = item(
        Line(500),
        Text("字段", "field"),
        Text(
            "只放行这个字段，如 annual_fee 或 benefits/lounge/count；不写则整个实体的这类承诺。",
            "This field alone, as annual_fee or benefits/lounge/count; all of the entity when left out.",
        ),
        default=None,
        example="annual_fee",
    )
    owner: str = item(
        Line(100), Text("批准人", "owner"), Text("谁批准并负责。", "Who approves and answers for it.")
    )
    reason: str = item(
        Line(1000),
        Text("原因", "reason"),
        Text("为什么可以，客户如何得知。", "Why it may be, and how customers are told."),
    )
    until: date = item(
        Day(),
        Text("有效至", "until"),
        Text("批准到哪一天为止，含。", "Last day on which the approval holds, inclusive."),
        example="2027-03-31",
    )


@record
class Waivers:
    """The whole of a file of waivers."""

    waivers: tuple[Waiver, ...] = item(
        ListOf(Record(Waiver), least=1, most=500),
        Text("放行", "waivers"),
        Text("批准了的违约，每条一个。", "Approved breaks, one each."),
    )
