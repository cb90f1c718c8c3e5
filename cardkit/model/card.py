"""Base cards (基础卡种)."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Choice, Money, Rate, Reference, UnitCost, Whole
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.registry import BENEFIT
from cardkit.model.entity import Entity

TIERS = ("standard", "gold", "platinum", "black")


@record
class Operating:
    """What running an account costs the bank."""

    fixed: Figure = item(
        FigureOf(UnitCost()),
        Text("固定成本", "fixed cost"),
        Text("每活跃账户每年的固定成本。", "Yuan per active account and year."),
        example=36,
    )
    variable: Figure = item(
        FigureOf(Rate()),
        Text("变动成本率", "variable cost"),
        Text("占消费额的比例。", "Share of the account's spend."),
        example="0.02%",
    )


@record
class Card(Entity):
    """A base card: what it costs, how much room it has, and the core rights that are always there."""

    tier: str = item(Choice(TIERS), Text("等级", "tier"), Text("卡片等级。", "The card's tier."), public=True)
    annual_fee: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("年费", "annual fee"),
        Text("每年的主卡年费，减免前。", "Yuan a year for the main card, before waivers."),
        public=True,
        example=300,
    )
    fx_markup: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("货币转换费率", "foreign-exchange markup"),
        Text("境外消费加收的比例。", "Added to purchases in foreign currencies."),
        default=fixed(0, "none"),
        public=True,
        example="1.5%",
    )
    slots: int = item(
        Whole(0, 50),
        Text("模块槽位", "slots"),
        Text(
            "最多可加的模块槽位数；模块默认占一个。",
            "Room for modules; a module takes one unless it says more.",
        ),
        public=True,
    )
    eligible_segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("可售客群", "eligible segments"),
        Text("只卖给这些客群；不写表示全部。", "Sold to these segments only; all when left out."),
        default=(),
    )
    minimum_age: int = item(
        Whole(0, 120),
        Text("最低年龄", "minimum age"),
        Text("主卡持卡人满多少周岁。", "Age of the main card holder in years, inclusive."),
        default=18,
        public=True,
    )
    core: tuple[Benefit, ...] = item(
        ListOf(BENEFIT, least=1),
        Text("核心权益", "core"),
        Text(
            "始终存在、不能移除的权益：返现、积分与兑换。", "Rights that can't be removed: cashback, points."
        ),
        public=True,
    )
    benefits: tuple[Benefit, ...] = item(
        ListOf(BENEFIT),
        Text("卡片权益", "benefits"),
        Text("这张卡特有的权益。", "Rights of this card in particular."),
        default=(),
        public=True,
    )
    operating: Operating = item(
        Record(Operating),
        Text("运营成本", "operating"),
        Text("账户运营成本。", "Cost of running an account."),
    )
    acquisition_cost: Figure = item(
        FigureOf(Money()),
        Text("获客成本", "acquisition cost"),
        Text("获得一位活跃客户的成本。", "Yuan for one active customer, spread over the expected life."),
        example=180,
    )

    @property
    def rights(self) -> tuple[Benefit, ...]:
        """Core rights first, then the card's own."""
        return self.core + self.benefits
