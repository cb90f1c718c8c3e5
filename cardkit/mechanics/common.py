"""What all benefits have in common: who may, where, how often, until when, who pays, how many there are."""

from collections.abc import Iterable, Iterator
from datetime import date

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Choice, Day, Line, Money, Number, Rate, Reference, Whole, Words
from cardkit.ground.text import Text
from cardkit.mechanics.period import PERIODS

COMPARISONS = (">=", ">")
"""`>=` is 满 / at least; `>` is 超过 / more than. The two are different prices."""


@record
class Eligibility:
    """Who may have the benefit."""

    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("只给这些客群；不写表示不限。", "Only these segments may have it; all when left out."),
        default=(),
    )
    holder: str = item(
        Choice(("main", "main-and-supplementary")),
        Text("持卡人", "holder"),
        Text("仅主卡，或主卡和附属卡。", "The main card holder only, or supplementary holders too."),
        default="main",
        public=True,
    )
    minimum_age: int | None = item(
        Whole(0, 120),
        Text("最低年龄", "minimum age"),
        Text("满多少周岁，含。", "Age in years, inclusive."),
        default=None,
        public=True,
    )
    condition: Text | None = item(
        Words(),
        Text("资格条件", "condition"),
        Text("写给客户看的资格条件。", "A condition of eligibility in the customer's words."),
        default=None,
        public=True,
    )
    share: Figure = item(
        FigureOf(Rate()),
        Text("符合资格的比例", "eligible share"),
        Text(
            "持有产品的活跃客户中符合资格的比例。", "Share of the product's active holders who are eligible."
        ),
        default=fixed(1, "all holders"),
        example="85%",
    )


@record
class Scope:
    """Which purchases count."""

    categories: tuple[str, ...] = item(
        ListOf(Reference(("category",)), least=1),
        Text("消费类别", "categories"),
        Text("这些类别的消费才算；不写表示全部。", "Spend categories that count; all when left out."),
        default=(),
        public=True,
        example=["dining"],
    )
    excluded_categories: tuple[str, ...] = item(
        ListOf(Reference(("category",)), least=1),
        Text("除外类别", "excluded categories"),
        Text(
            "除这些类别外都算；与 categories 二选一。",
            "All spend but these categories counts; or name those that do.",
        ),
        default=(),
        public=True,
        example=["public-welfare"],
    )
    share: Figure = item(
        FigureOf(Rate()),
        Text("范围内占比", "share in scope"),
        Text(
            "所列类别的消费中真正落在范围内（商户、日期、渠道）的比例。",
            "Share of the categories' spend that falls into the scope (merchants, days, channels).",
        ),
        default=fixed(1, "whole categories"),
        example="30%",
    )
    partner: str | None = item(
        Reference(("partner",)),
        Text("合作方", "partner"),
        Text("只在这家合作方的消费才算。", "Only purchases at this partner count."),
        default=None,
        public=True,
    )
    places: Text | None = item(
        Words(),
        Text("地点", "places"),
        Text("写给客户看的地点或商户范围。", "Where it holds, in the customer's words."),
        default=None,
        public=True,
    )
    calendar: Text | None = item(
        Words(),
        Text("日期", "days"),
        Text("写给客户看的日期范围，如每周三。", "On which days, in the customer's words, e.g. Wednesdays."),
        default=None,
        public=True,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Categories are named one way or the other."""
        if self.categories and self.excluded_categories:
            yield (
                "excluded_categories",
                Text(
                    "categories 和 excluded_categories 只写一个",
                    "Name the categories that count, or the others",
                ),
                Text("已列出的类别之外本来就不算", "what isn't listed in categories doesn't count anyway"),
            )

    def covers(self, categories: Iterable[str]) -> tuple[str, ...]:
        """Those of some categories that are in scope, in their order; the share in scope left aside."""
        if self.categories:
            return tuple(name for name in categories if name in self.categories)
        return tuple(name for name in categories if name not in self.excluded_categories)


METRICS = {
    "times": Text("次数", "times"),
    "reward": Text("返还金额", "amount returned"),
    "points": Text("积分", "points"),
    "spend": Text("计入的消费额", "spend that counts"),
}


@record
class Limit:
    """A cap: how much of a metric in which period, at which level."""

    metric: str = item(
        Choice(tuple(METRICS)),
        Text("限制什么", "metric"),
        Text("次数、返还金额、积分或计入的消费额。", "Times, amount returned, points, or spend that counts."),
        public=True,
    )
    most: Figure = item(
        FigureOf(Number(decimals=2), by_segment=False),
        Text("上限", "most"),
        Text("每个周期最多多少，含。", "The most in one period, inclusive."),
        public=True,
        example=50,
    )
    period: str = item(
        Choice(("purchase", *PERIODS)),
        Text("周期", "period"),
        Text("上限按什么周期重新计算。", "The period after which the cap starts anew."),
        public=True,
        example="calendar-month",
    )
    level: str = item(
        Choice(("customer", "account", "card")),
        Text("层级", "level"),
        Text("按客户、账户还是单张卡计算。", "Counted per customer, account or card."),
        default="customer",
        public=True,
    )


@record
class Window:
    """A span of days, both ends inclusive; an end that is left out is open."""

    since: date | None = item(
        Day(),
        Text("首日", "first day"),
        Text("第一天，含。", "First day, inclusive."),
        default=None,
        public=True,
        key="from",
    )
    until: date | None = item(
        Day(),
        Text("末日", "last day"),
        Text("最后一天，含。", "Last day, inclusive."),
        default=None,
        public=True,
    )

    def holds(self, day: date) -> bool:
        """Whether a day lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@record
class Validity(Window):
    """When a benefit holds."""

    days_after_grant: int | None = item(
        Whole(1, 3660),
        Text("发放后有效天数", "days after grant"),
        Text("发放后多少天内用完，含最后一天。", "Days to use it after it was granted, last day inclusive."),
        default=None,
        public=True,
    )


@record
class Funder:
    """One of those who pay for a benefit."""

    payer: str = item(
        Reference(("partner", "payer")),
        Text("付款方", "payer"),
        Text("合作方 id，或 bank（银行）、network（卡组织）。", "A partner's id, or bank, or network."),
    )
    share: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("分摊比例", "share"),
        Text("承担成本的比例；各方之和为 100%。", "Share of the cost; all shares sum to 100%."),
        example="30%",
    )
    cap: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("分摊上限", "cap"),
        Text(
            "付款方一年最多承担的金额（全部客户合计）。",
            "The most that the payer gives in a year, over all customers.",
        ),
        default=None,
    )


@record
class Funding:
    """Who pays for a benefit, and who owns what a cap leaves unpaid."""

    shares: tuple[Funder, ...] = item(
        ListOf(Record(Funder), least=1),
        Text("分摊", "shares"),
        Text("付款方与比例。", "Payers and their shares."),
    )
    shortfall: str = item(
        Reference(("partner", "payer")),
        Text("差额承担方", "owner of the shortfall"),
        Text("某方到达上限后，剩余部分由谁承担。", "Who pays what remains after a payer's cap."),
        default="bank",
    )
    contract: str | None = item(
        Line(),
        Text("合同", "contract"),
        Text("合同编号或来源。", "The contract's number, or another source."),
        default=None,
    )


@record
class Pool:
    """A quota for all customers together (名额)."""

    units: Figure = item(
        FigureOf(Number(decimals=0), by_segment=False),
        Text("名额", "units"),
        Text("每个周期的总名额。", "Units for all customers in one period."),
        public=True,
        example=12500,
    )
    counts: str = item(
        Choice(("units", "customers")),
        Text("名额按什么数", "what is counted"),
        Text(
            "units：发放的份数或金额；customers：每个周期报名成功的客户数，额满后报不上名。",
            "units: what is granted, in units or yuan; customers: those who get a place in the period; once "
            "all places are taken nobody else registers.",
        ),
        default="units",
        public=True,
    )
    periods: int = item(
        Whole(1, 366),
        Text("周期数", "periods"),
        Text("一年内有多少个周期有名额。", "In how many periods of a year the quota is offered."),
        public=True,
        example=7,
    )
    period: str = item(
        Choice(PERIODS),
        Text("周期", "period"),
        Text("名额按什么周期发放。", "The period in which the quota is offered."),
        public=True,
        example="calendar-month",
    )


@record
class Sharing:
    """How a benefit is shared with supplementary card holders once a sharing pack is held."""

    people: int = item(
        Whole(1, 10),
        Text("可共享人数", "people"),
        Text("可与几位家人共享。", "With how many family members it may be shared."),
        public=True,
    )
    demand_factor: Figure = item(
        FigureOf(Number()),
        Text("需求倍数", "demand factor"),
        Text("共享后需求是原来的多少倍；次数上限不变。", "Demand once shared, as a multiple; limits stay."),
        example=1.6,
    )
