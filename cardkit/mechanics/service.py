"""Service (服务): people who look after a tier of customers, such as a personal manager or a concierge."""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Money, Number, UnitCost, Words
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.exposure import Exposure, once
from cardkit.mechanics.period import PERIODS
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, at_least, within, yuan


@record
class Service(Benefit):
    """A service tier: share·(staff ÷ customers per manager + contacts·unit), for a holder and year.

    The share is P(spend of the window reaches the threshold), or everyone enrolled without a threshold.
    """

    about: Text = item(
        Words(),
        Text("服务内容", "what it does"),
        Text("写给客户看的一句话。", "One sentence in the customer's words."),
        public=True,
        example={"zh": "专属权益管家", "en": "a personal benefits manager"},
    )
    tier_threshold: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("分层门槛", "threshold of the tier"),
        Text(
            "统计周期内消费达到多少元；不写表示不看消费。", "Spend of the window in yuan; none if left out."
        ),
        default=None,
        public=True,
        example=10000,
    )
    comparison: str = item(
        Choice(COMPARISONS),
        Text("门槛比较", "comparison"),
        Text("`>=` 为满，`>` 为超过。", "`>=` reaches the threshold, `>` exceeds it."),
        default=">",
        public=True,
    )
    window: str | None = item(
        Choice(PERIODS),
        Text("统计周期", "window"),
        Text("按月（月均）还是按年统计消费。", "A month's spend (on average) or a year's."),
        default=None,
        public=True,
        example="calendar-month",
    )
    staff_cost: Figure | None = item(
        FigureOf(UnitCost()),
        Text("人力成本", "staff cost"),
        Text("一位客户经理一年的成本。", "Cost of one manager and year."),
        default=None,
        example=180000,
    )
    customers_per_manager: Figure | None = item(
        FigureOf(Number(above=0)),
        Text("人均服务客户数", "customers per manager"),
        Text("一位客户经理服务多少位客户。", "How many customers one manager looks after."),
        default=None,
        example=600,
    )
    contacts: Figure | None = item(
        FigureOf(Number()),
        Text("年联系次数", "contacts a year"),
        Text("每位客户一年用几次。", "How often one customer turns to it in a year."),
        default=None,
        example=3,
    )
    contact_cost: Figure | None = item(
        FigureOf(UnitCost()),
        Text("单次成本", "cost of a contact"),
        Text("一次联系的成本。", "What one contact costs the bank."),
        default=None,
        example=8,
    )
    retail_value: Figure = item(
        FigureOf(Money()),
        Text("零售价值", "retail value"),
        Text("一年服务对客户的零售价。", "What a year of it costs at retail."),
        example=200,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if (self.staff_cost is None) != (self.customers_per_manager is None):
            yield (
                "staff_cost",
                Text("staff_cost 和 customers_per_manager 要一起写", "These two go together"),
                Text("两个都写，或都不写", "write both staff_cost and customers_per_manager, or neither"),
            )
        if (self.contacts is None) != (self.contact_cost is None):
            yield (
                "contacts",
                Text("contacts 和 contact_cost 要一起写", "These two go together"),
                Text("两个都写，或都不写", "write both contacts and contact_cost, or neither"),
            )
        if self.staff_cost is None and self.contacts is None:
            yield (
                "staff_cost",
                Text("服务没有成本", "This service says nothing of its cost"),
                Text("写人力成本或联系成本", "write staff_cost or contacts; a free one is contacts: 0"),
            )
        if (self.tier_threshold is None) != (self.window is None):
            yield (
                "window",
                Text("门槛和统计周期要一起写", "A threshold and its window go together"),
                Text("写明按月还是按年", "name the period whose spend is counted"),
            )

    def capped(self) -> bool:
        """Always: staff is planned by head, contacts by assumption."""
        return True

    def basis(self, setting: Setting) -> Basis | None:
        """Spend of the window; none for a tier without a threshold."""
        if self.window is None:
            return None
        return Basis("amount", 1, amount=setting.spend(self.scope, self.window))

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """1 for a customer who is served, 0 for one whose mean spend of a window misses the threshold."""
        threshold = setting.optional(self, "tier_threshold")
        if threshold is None:
            return Fraction(1)
        mean = sum((sum(period, Fraction(0)) for period in year), Fraction(0)) / len(year)
        return Fraction(mean >= threshold if self.comparison == ">=" else mean > threshold)

    def tier_share(self, setting: Setting) -> Fraction:
        """Share of the enrolled holders who are in the tier."""
        basis = self.basis(setting)
        if basis is None:
            return Fraction(1)
        assert basis.amount is not None
        reaches = basis.amount.at_least if self.comparison == ">=" else basis.amount.above
        return setting.note(
            Text("进入该层的比例", "share in the tier"),
            exact(reaches(float(setting.read(self, "tier_threshold")))),
        )

    def cost_per_customer(self, setting: Setting) -> Fraction:
        """Yuan for one customer who is served, and year."""
        cost = Fraction(0)
        if self.staff_cost is not None:
            cost += setting.read(self, "staff_cost") / setting.read(self, "customers_per_manager")
        if self.contacts is not None:
            cost += setting.read(self, "contacts") * setting.read(self, "contact_cost")
        return setting.note(Text("每位客户一年服务成本", "cost of serving one customer a year"), cost)

    def expect(self, setting: Setting) -> Expected:
        """Share served, its cost and its retail value for one enrolled holder in a year."""
        share = self.tier_share(setting)
        return Expected(
            share,
            cost=share * self.cost_per_customer(setting),
            value=share * setting.read(self, "retail_value"),
        )

    def exposure(self, setting: Setting) -> Exposure:
        """Everyone in the tier: staff is planned by head, contacts by assumption."""
        return once(self.cost_per_customer(setting))

    def promise(self, words: Wording) -> Text:
        """专属权益管家：自然月内消费超过 10,000 元 / a manager for spending more than CNY 10,000."""
        if self.tier_threshold is None or self.window is None:
            return self.about
        least = at_least(self.comparison, yuan(words.value(self.tier_threshold)))
        window = within(self.window)
        if self.window.endswith("month"):
            window = Text(f"平均每{window.zh.removesuffix('内')}", f"{window.en} on average")
        return Text(
            f"{window.zh}消费{least.zh}：{self.about.zh}",
            f"{self.about.en}, when you spend {least.en} {window.en}",
        )
