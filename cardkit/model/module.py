"""Rights modules (权益模块)."""

from collections.abc import Mapping
from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, MapOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Boolean, Identifier, Line, Money, Number, Rate, Reference, Whole
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.registry import BENEFIT
from cardkit.model.entity import Entity


@record
class CustomerType:
    """Customers of a segment who choose and use a module alike: what selection (逆选择) is made of."""

    share: Fraction = item(
        Rate(),
        Text("占比", "share"),
        Text("占客群的比例，各类之和 100%。", "Share of the segment; all sum to 100%."),
    )
    choose: Fraction = item(
        Rate(), Text("选择概率", "choose"), Text("选择该模块的概率。", "Probability of choosing the module.")
    )
    usage: Mapping[str, Fraction] = item(
        MapOf(Reference(("usage",)), Number()),
        Text("年使用量", "usage"),
        Text("这类客户的年使用量均值。", "Their mean usage a year."),
    )


@record
class Demand:
    """How a segment takes to a module."""

    choose: Figure | None = item(
        FigureOf(Rate(), by_segment=False),
        Text("选择概率", "choose"),
        Text(
            "客群中选择该模块的比例；有客户类型时由类型算出。",
            "Share of the segment that chooses it; follows from the types where they are given.",
        ),
        default=None,
        example="18%",
    )
    types: tuple[CustomerType, ...] = item(
        ListOf(Record(CustomerType)),
        Text("客户类型", "customer types"),
        Text(
            "选择者与平均客户用得不一样时，按类型写。",
            "Where those who choose it use it differently from the average customer.",
        ),
        default=(),
    )
    source: str | None = item(
        Line(),
        Text("来源", "source"),
        Text("需求假设的来源。", "Where the assumptions come from."),
        default=None,
    )


@record
class Module(Entity):
    """A rights module: what it costs a year, how much room it takes, and the rights in it."""

    group: str = item(
        Reference(("module-group",)),
        Text("分组", "group"),
        Text("catalog.yaml 里 module_groups 的一组。", "One of module_groups in catalog.yaml."),
        public=True,
        example="travel",
    )
    price: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("标价", "price"),
        Text("持有人每年支付的标价；免费写 0。", "List price, yuan a year; 0 when free."),
        public=True,
        example=199,
    )
    slots: int = item(
        Whole(0, 10),
        Text("占用槽位", "slots"),
        Text("占用卡片几个模块槽位。", "Slots of the card that it takes."),
        default=1,
        public=True,
    )
    partner: str | None = item(
        Reference(("partner",)),
        Text("合作方", "partner"),
        Text(
            "提供权益的合作方；模块不能比其合同更久。",
            "Who provides it; a module can't outlive the contract.",
        ),
        default=None,
    )
    eligible_segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("可售客群", "eligible segments"),
        Text("只卖给这些客群；不写表示全部。", "Sold to these segments only; all when left out."),
        default=(),
    )
    preselected: bool = item(
        Boolean(),
        Text("默认勾选", "preselected"),
        Text(
            "在办卡页面上默认勾选。收费的不允许。", "Ticked when the page opens; never where it costs money."
        ),
        default=False,
    )
    attributes: Mapping[str, Fraction] | None = item(
        MapOf(Identifier(), Number()),
        Text("属性", "attributes"),
        Text("预算规则要相加的数。", "Numbers that budget rules add up."),
        default=None,
    )
    benefits: tuple[Benefit, ...] = item(
        ListOf(BENEFIT, least=1),
        Text("权益", "benefits"),
        Text("模块里的权益。", "The rights in the module."),
        public=True,
    )
    segments: Mapping[str, Demand] | None = item(
        MapOf(Reference(("segment",)), Record(Demand)),
        Text("各客群需求", "segments"),
        Text("各客群的选择概率与客户类型。", "Who chooses it in each segment, and how they use it."),
        default=None,
    )

    @property
    def rights(self) -> tuple[Benefit, ...]:
        """The benefits, under the name that cards, modules, services and campaigns share."""
        return self.benefits
