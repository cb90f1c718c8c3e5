"""Entitlement (权益次数): a number of uses in a period, such as lounge visits, passes or health checks."""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.ground.distribution import AmountDistribution, Binomial, Empirical
from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import Record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import (
    Boolean,
    Choice,
    Money,
    Number,
    Rate,
    Reference,
    UnitCost,
    Whole,
    Words,
)
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.capping import expected_capped_sum
from cardkit.mechanics.exposure import Exposure, at_most
from cardkit.mechanics.nested import Cap
from cardkit.mechanics.period import PER_YEAR, PERIODS
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, every, grouped


@record
class Guests:
    """How many guests may come along, and whether each takes a use."""

    most: int = item(
        Whole(1, 10),
        Text("最多几人", "most"),
        Text("每次最多带几位同行人。", "Guests that one visit may bring."),
        public=True,
        example=1,
    )
    counted: bool = item(
        Boolean(),
        Text("是否扣次", "whether a guest takes a use"),
        Text("每位同行人扣一次；写 false 表示不扣。", "Each guest takes a use; false where guests are free."),
        default=True,
        public=True,
    )
    places_taken: Figure = item(
        FigureOf(Rate()),
        Text("同行占比", "share of the places taken"),
        Text(
            "同行名额中实际有人同行的比例，每个名额相互独立。",
            "Share of the guests' places that are taken, each independently.",
        ),
        example="35%",
    )

    def party(self, setting: Setting) -> AmountDistribution:
        """How many come to one visit, the holder included: 1 + a binomial number of guests."""
        guests = Binomial(self.most, float(setting.read(self, "places_taken")))
        return Empirical(tuple((1.0 + number, guests.probability(number)) for number in range(self.most + 1)))


@record
class Entitlement(Benefit):
    """A number of uses in each period.

    Cost basis `per-use`: E[min(D, Q)]·unit cost for each period, D being the demand. `per-issue`: claim
    rate·wholesale price, paid once issued whether used or not. `per-eligible`: wholesale for every holder.
    Guests who take a use each add to the demand; guests who are free come with the visits that count.
    """

    count: Figure = item(
        FigureOf(Number(decimals=0, least=1), by_segment=False),
        Text("次数", "count"),
        Text("每个周期可用多少次。", "Uses in one period."),
        public=True,
        example=6,
    )
    period: str = item(
        Choice(PERIODS),
        Text("周期", "period"),
        Text("次数按什么周期重新计算。", "The period after which the count starts anew."),
        public=True,
        example="calendar-year",
    )
    unit: Text = item(
        Words(),
        Text("单位", "unit"),
        Text("用的是什么，前面会写“6 次”。", "What one use is, e.g. lounge visit."),
        public=True,
    )
    usage: str | None = item(
        Reference(("usage",)),
        Text("需求来源", "usage"),
        Text("客群的哪项年使用量是它的需求。", "Which of the segment's usages a year is the demand for it."),
        default=None,
        example="lounge-visits",
    )
    demand_share: Figure = item(
        FigureOf(Rate(most=1000)),
        Text("需求占比", "demand share"),
        Text("该使用量中会用到这项权益的比例。", "Share of that usage that turns to this benefit."),
        default=fixed(1, "all of the usage"),
    )
    guests: Guests | None = item(
        Record(Guests),
        Text("同行人", "guests"),
        Text("可带同行人；仅用于按使用计价。", "Guests who may come along; for cost per use only."),
        default=None,
        public=True,
    )
    cost_basis: str = item(
        Choice(("per-use", "per-issue", "per-eligible")),
        Text("计价方式", "cost basis"),
        Text("按使用、按发放，或按资格人数付费。", "Paid by use, by issue, or for everyone eligible."),
        default="per-use",
    )
    unit_cost: Figure = item(
        FigureOf(UnitCost()),
        Text("单位成本", "unit cost"),
        Text(
            "按使用：每次成本；其余：每份批发价。",
            "Per use: cost of one use; otherwise: wholesale of one issue.",
        ),
        example=110,
    )
    claim: Figure | None = item(
        FigureOf(Rate()),
        Text("领取率", "claim rate"),
        Text("按发放计价时领取的比例。", "Share that claims it; needed for cost per issue."),
        default=None,
    )
    retail_value: Figure = item(
        FigureOf(Money()),
        Text("零售价值", "retail value"),
        Text("一次（或一份）对客户的零售价。", "What one use (or one issue) costs at retail."),
        example=180,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if self.cost_basis == "per-use" and self.usage is None:
            yield (
                "usage",
                Text("按使用计价需要 usage", "Cost per use needs a usage"),
                Text("写明用客群的哪项年使用量", "name the segment's usage that is the demand"),
            )
        if self.cost_basis == "per-issue" and self.claim is None:
            yield (
                "claim",
                Text("按发放计价需要 claim", "Cost per issue needs a claim rate"),
                Text("写明领取的比例，如 85%", "write the share that claims it, such as 85%"),
            )

        if self.guests is not None and self.cost_basis != "per-use":
            yield (
                "guests",
                Text("同行人只用于按使用计价", "Guests are for cost per use"),
                Text("改为 per-use，或删去 guests", "write per-use, or leave guests out"),
            )

    def capped(self) -> bool:
        """Always: the count is the cap."""
        return True

    def basis(self, setting: Setting) -> Basis | None:
        """Demand of one period, a count; none where what is issued doesn't depend on demand."""
        if self.usage is None or self.cost_basis != "per-use":
            return None
        periods = PER_YEAR[self.period]
        factor = setting.read(self, "demand_share") / periods
        if self.sharing is not None:
            factor *= setting.sharing_factor(self.sharing)
        visits = setting.usage(self.usage, factor)
        if self.guests is None:
            return Basis("count", periods, count=visits)
        return Basis("tickets", periods, self.guests.party(setting), visits)

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Uses granted in the year: demand of each period up to the count.

        With guests a period holds how many came to each visit, the holder included; free guests come with
        as many visits as the count allows.
        """
        count = setting.read(self, "count")
        if self.guests is not None and not self.guests.counted:
            return sum((sum(period[: int(count)], Fraction(0)) for period in year), Fraction(0))
        return sum((min(sum(period, Fraction(0)), count) for period in year), Fraction(0))

    def expect(self, setting: Setting) -> Expected:
        """Uses, their cost and their retail value for one enrolled holder in a year."""
        count, unit_cost = setting.read(self, "count"), setting.read(self, "unit_cost")
        retail = setting.read(self, "retail_value")
        basis = self.basis(setting)
        if basis is not None:
            limited = setting.note(
                Text("每周期期望使用 E[min(D, Q)]", "expected uses a period, E[min(D, Q)]"),
                self._expected_uses(basis, int(count)),
                f"Σ P(D ≥ j), j = 1..{count}" + (", and their guests" if self.guests is not None else ""),
            )
            uses = limited * basis.periods
            return Expected(units=uses, cost=uses * unit_cost, value=uses * retail)
        periods = PER_YEAR[self.period]
        issued = Fraction(1) if self.cost_basis == "per-eligible" else setting.read(self, "claim")
        issued = setting.note(
            Text("每位参与者一年发放份数", "issues to one enrolled holder a year"), issued * count * periods
        )
        return Expected(units=issued, cost=issued * unit_cost, value=issued * retail)

    def exposure(self, setting: Setting) -> Exposure:
        """Every use (or issue) of every period, with as many free guests as it may bring."""
        units = setting.read(self, "count") * PER_YEAR[self.period]
        if self.guests is not None and not self.guests.counted:
            units *= 1 + self.guests.most
        return at_most(units, setting.read(self, "unit_cost"))

    def _expected_uses(self, basis: Basis, count: int) -> Fraction:
        """Expected uses of one period."""
        assert basis.count is not None
        if self.guests is None:
            return exact(basis.count.limited_expected_value(count))
        assert basis.amount is not None
        if not self.guests.counted:
            return exact(basis.count.limited_expected_value(count)) * exact(basis.amount.mean)
        party = basis.amount.limited_expected_value
        return expected_capped_sum(basis.count, party, 1, [Cap(1, Fraction(count))], unit=Fraction(1))

    def promise(self, words: Wording) -> Text:
        """每自然年 6 次机场贵宾厅 / 6 lounge visits a calendar year."""
        count = words.value(self.count)
        period = every(self.period)
        return Text(
            f"{period.zh} {grouped(count)} 次{self.unit.zh}", f"{grouped(count)} × {self.unit.en} {period.en}"
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """The caps, and who may come along."""
        if self.guests is None:
            return Benefit.details(self, words)
        most = self.guests.most
        people = Text(f"每次可带 {most} 位同行人", f"bring {most} guest{'' if most == 1 else 's'} each time")
        takes = (
            Text("每位同行人扣 1 次", "each guest takes one use")
            if self.guests.counted
            else Text("同行人不扣次", "guests don't take a use")
        )
        return (*Benefit.details(self, words), people, takes)
