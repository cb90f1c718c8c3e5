"""Partners (合作方): merchants, airlines, insurers, networks and the contracts with them."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import Record
from cardkit.ground.shape.leaf import Choice, Line
from cardkit.ground.text import Text
from cardkit.mechanics.common import Window
from cardkit.model.entity import Entity


@record
class Partner(Entity):
    """Who provides or pays for a right."""

    type: str = item(
        Choice(("merchant", "airline", "insurer", "network", "provider", "employer")),
        Text("类别", "type"),
        Text("商户、航司、保险公司、卡组织、服务商、雇主。", "What kind of partner."),
    )
    contract: Window = item(
        Record(Window),
        Text("合同期", "contract"),
        Text("合同的首末日，都含。", "First and last day, inclusive."),
    )
    contract_number: str | None = item(
        Line(100),
        Text("合同编号", "contract number"),
        Text("合同编号。", "The contract's number."),
        default=None,
    )
