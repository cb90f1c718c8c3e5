"""Interaction groups: benefits whose prices don't simply add up."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.leaf import BenefitReference, Choice, Words
from cardkit.ground.text import Text
from cardkit.mechanics.common import Limit
from cardkit.model.entity import Entity

MOST_MEMBERS = 6
HOW = ("best", "accumulate", "exclusive", "waive", "redeem", "share")


@record
class Interaction(Entity):
    """A declared group of at most six benefits, priced as one term for each subset that a product has."""

    how: str = item(
        Choice(HOW),
        Text("怎样相互作用", "how"),
        Text(
            "best 同一消费取最优；accumulate 叠加（可设共同上限）；exclusive 只给列在最前的一个；"
            "waive 同一费用多种减免；redeem 同一积分多种兑换；share 附属卡共享。",
            "best: the better one on the same purchases; accumulate: both, perhaps under a shared cap; "
            "exclusive: the first listed alone; waive: several ways to waive one fee; "
            "redeem: options of one points currency; share: a sharing pack and what it shares.",
        ),
    )
    members: tuple[str, ...] = item(
        ListOf(BenefitReference(), least=2, most=MOST_MEMBERS),
        Text("成员", "members"),
        Text(
            "ENTITY/BENEFIT；`card/BENEFIT` 指产品所用卡的同名权益。",
            "ENTITY/BENEFIT; `card/BENEFIT` is the benefit of that id on the product's card.",
        ),
    )
    cap: Limit | None = item(
        Record(Limit),
        Text("共同上限", "shared cap"),
        Text("成员合计的上限，按所列顺序使用。", "A cap on their sum, used up in the order listed."),
        default=None,
        public=True,
    )
    reason: Text = item(
        Words(),
        Text("说明", "reason"),
        Text("为什么相互作用，客户也看。", "Why; the customer reads it."),
        public=True,
    )
