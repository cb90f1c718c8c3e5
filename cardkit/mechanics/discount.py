"""Discount (折扣): a rate or an amount off what a visit costs, capped per use, for a number of visits."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import fsum, inf

from cardkit.ground.distribution import AmountDistribution, CountDistribution, CountTable
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Choice, Money, Number, Rate, Reference
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.capping import capped, expected_capped_sum
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.exposure import Exposure, at_most, most_a_year
from cardkit.mechanics.nested import Cap
from cardkit.mechanics.period import PER_YEAR, PERIODS
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, at_least, every, rate, times, yuan

MOST_USES = 366
"""The most uses of a period that are told apart when their discounts together are capped."""


@record
class Discount(Benefit):
    """A discount at visits: E[min(V, F)]·E[min(r·T, cap)] for each period.

    V is the count of visits, F the uses of a period, T the ticket of a visit. With a minimum spend, only
    visits that reach it count and use one up. An amount off is never more than the ticket. The discount
    itself is its cost and its value to the customer.
    """

    rate: Figure | None = item(
        FigureOf(Rate(), by_segment=False),
        Text("折扣比例", "rate off"),
        Text("减去价格的多少（八折写 20%）。", "Share of the price taken off, or an amount."),
        default=None,
        public=True,
        example="20%",
    )
    amount: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("立减金额", "amount off"),
        Text("每次立减多少元；与 rate 二选一。", "Yuan taken off each time; or a rate."),
        default=None,
        public=True,
        example=30,
    )
    cap_per_use: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("单次上限", "cap per use"),
        Text("一次最多减多少元，含。", "The most that is taken off at one visit, inclusive."),
        default=None,
        public=True,
        example=200,
    )
    uses: Figure | None = item(
        FigureOf(Number(decimals=0, least=1), by_segment=False),
        Text("次数", "uses"),
        Text("每个周期可用几次；不写表示不限。", "Uses in one period; unlimited when left out."),
        default=None,
        public=True,
        example=4,
    )
    period: str = item(
        Choice(PERIODS),
        Text("周期", "period"),
        Text("次数按什么周期重新计算。", "The period after which the uses start anew."),
        public=True,
        example="calendar-year",
    )
    minimum_spend: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("使用门槛", "minimum spend"),
        Text("单次消费达到多少元才可用。", "What a visit must cost for the discount to apply."),
        default=None,
        public=True,
    )
    comparison: str = item(
        Choice(COMPARISONS),
        Text("门槛比较", "comparison"),
        Text("`>=` 为满，`>` 为超过。", "`>=` reaches the minimum spend, `>` exceeds it."),
        default=">=",
        public=True,
    )
    usage: str = item(
        Reference(("usage",)),
        Text("需求来源", "usage"),
        Text("客群的哪项年使用量是它的到店次数。", "Which of the segment's usages a year are its visits."),
        example="clinic-visits",
    )
    demand_share: Figure = item(
        FigureOf(Rate(most=1000)),
        Text("需求占比", "demand share"),
        Text("该使用量中会用到这项折扣的比例。", "Share of that usage that turns to this discount."),
        default=fixed(1, "all of the usage"),
    )

    LIMITED_BY = ("reward",)

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if (self.amount is None) == (self.rate is None):
            yield (
                "rate",
                Text("rate 和 amount 要写一个且只写一个", "Give a rate or an amount off, and only one"),
                Text("删去其中一个", "keep the one that the contract states"),
            )
        if any(PER_YEAR.get(limit.period, 366) > PER_YEAR[self.period] for limit in self.limits):
            yield (
                "limits",
                Text("上限周期不能短于次数周期", "A cap's period can't be shorter than that of the uses"),
                Text("单次上限写 cap_per_use", "a cap for each use is cap_per_use"),
            )

    def capped(self) -> bool:
        """A number of uses, each with a most: a cap on it, or an amount off."""
        each = self.cap_per_use is not None or self.amount is not None
        return bool(self.limits) or (self.uses is not None and each)

    def basis(self, setting: Setting) -> Basis:
        """Visits of one period, each with its ticket."""
        periods = PER_YEAR[self.period]
        factor = setting.read(self, "demand_share") / periods
        if self.sharing is not None:
            factor *= setting.sharing_factor(self.sharing)
        visits = setting.usage(self.usage, factor)
        return Basis("tickets", periods, setting.usage_ticket(self.usage), visits)

    def _terms(self, setting: Setting) -> tuple[Fraction, Fraction | None]:
        """The discount as a share of the ticket and the most yuan of it; an amount off is all, up to it."""
        cap = setting.optional(self, "cap_per_use")
        if self.amount is None:
            return setting.read(self, "rate"), cap
        amount = setting.read(self, "amount")
        return Fraction(1), amount if cap is None else min(amount, cap)

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Yuan taken off in the year: at the first visits of each period that reach the minimum spend."""
        share, cap = self._terms(setting)
        least, uses = setting.optional(self, "minimum_spend"), setting.optional(self, "uses")
        discounts = []
        for period in year:
            qualifying = [ticket for ticket in period if self._reaches(ticket, least)]
            counted = qualifying if uses is None else qualifying[: int(uses)]
            each = [ticket * share if cap is None else min(ticket * share, cap) for ticket in counted]
            discounts.append(sum(each, Fraction(0)))
        return capped(discounts, self._caps(setting))

    def _caps(self, setting: Setting) -> list[Cap]:
        return [Cap(PER_YEAR[limit.period], setting.read(limit, "most")) for limit in self.limits]

    def _reaches(self, ticket: Fraction, least: Fraction | None) -> bool:
        if least is None:
            return True
        return ticket >= least if self.comparison == ">=" else ticket > least

    def expect(self, setting: Setting) -> Expected:
        """Yuan taken off for one enrolled holder in a year; cost and value are the discount itself."""
        basis = self.basis(setting)
        visits, ticket = basis.count, basis.amount
        assert visits is not None
        assert ticket is not None
        share, cap = self._terms(setting)
        least = setting.optional(self, "minimum_spend")
        qualifying = self._qualifying(ticket, float(least or 0))
        if qualifying == 0 or share == 0:
            return Expected(Fraction(0))
        most = inf if cap is None else float(cap)
        limited = partial(self._limited, ticket, (float(share), most), float(least or 0))
        setting.note(
            Text("每次合格到店期望减免", "expected discount of a qualifying visit, E[min(r·T, cap)]"),
            exact(limited(inf)),
        )
        counted = visits.scaled(qualifying) if qualifying < 1 else visits
        uses = setting.optional(self, "uses")
        used = counted.mean if uses is None else counted.limited_expected_value(int(uses))
        setting.note(Text("每周期期望次数 E[min(V, F)]", "expected uses a period, E[min(V, F)]"), exact(used))
        if self.limits:
            table = counted if uses is None else _first(counted, int(uses))
            discount = expected_capped_sum(table, limited, basis.periods, self._caps(setting))
        else:
            discount = exact(used) * exact(limited(inf)) * basis.periods
        return Expected(discount, cost=discount, value=discount)

    def _limited(
        self,
        ticket: AmountDistribution,
        terms: tuple[float, float],
        least: float,
        limit: float,
    ) -> float:
        """E[min(r·T, cap, limit)] of a visit that reaches the minimum spend."""
        share, most = terms[0], min(terms[1], limit)
        full = max(most / share, least)
        expected = share * ticket.partial_expectation(least, full)
        if full < inf:
            expected += most * ticket.at_least(full)
        if self.comparison == ">" and least > 0:  # the tickets of exactly the minimum don't count
            alone = ticket.at_least(least) - ticket.above(least)
            expected -= alone * min(share * least, most)
        return expected / self._qualifying(ticket, least)

    def _qualifying(self, ticket: AmountDistribution, least: float) -> float:
        """Share of the visits that reach the minimum spend."""
        if least == 0:
            return 1.0
        return ticket.at_least(least) if self.comparison == ">=" else ticket.above(least)

    def exposure(self, setting: Setting) -> Exposure:
        """Every use at the most for one visit, within the periodic caps; a rate alone bounds no visit."""
        bounds = [most_a_year(self._caps(setting))]
        uses, (_, each) = setting.optional(self, "uses"), self._terms(setting)
        if uses is not None and each is not None:
            bounds.append(uses * PER_YEAR[self.period] * each)
        return at_most(min((bound for bound in bounds if bound is not None), default=None), Fraction(1))

    def promise(self, words: Wording) -> Text:
        """每自然年 4 次减免 20% / 20% off, 4 times a calendar year."""
        if self.rate is not None:
            share = rate(words.value(self.rate))
            off = Text(f"优惠 {share.zh}", f"{share.en} off")
        else:
            assert self.amount is not None
            amount = yuan(words.value(self.amount))
            off = Text(f"立减 {amount.zh}", f"{amount.en} off")
        if self.uses is None:
            return Text(f"每次{off.zh}，次数不限", f"{off.en} each time, as often as you like")
        count, period = times(words.value(self.uses)), every(self.period)
        return Text(f"{period.zh} {count.zh}，每次{off.zh}", f"{off.en}, {count.en} {period.en}")

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, the most for one visit, and what a visit must cost."""
        lines = list(Benefit.details(self, words))
        if self.cap_per_use is not None:
            cap = yuan(words.value(self.cap_per_use))
            lines.append(Text(f"每次最多减 {cap.zh}", f"at most {cap.en} each time"))
        if self.minimum_spend is not None:
            least = at_least(self.comparison, yuan(words.value(self.minimum_spend)))
            lines.append(Text(f"单次消费{least.zh}可用", f"when a visit costs {least.en}"))
        return tuple(lines)


def _first(visits: CountDistribution, uses: int) -> CountDistribution:
    """min(V, F): the visits of a period at which there is still a use left."""
    if uses > MOST_USES:
        raise CardkitError(
            Text("次数太多，无法与金额上限一起定价", "So many uses can't be priced together with a cap"),
            Text(f"最多 {MOST_USES} 次，或不写 uses", f"at most {MOST_USES} uses, or leave uses out"),
        )
    shares = [(count, visits.probability(count)) for count in range(uses)]
    return CountTable((*shares, (uses, max(0.0, 1 - fsum(share for _, share in shares)))))
