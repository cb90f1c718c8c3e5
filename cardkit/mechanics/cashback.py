"""Cashback (消费返现): money back on purchases, a fixed amount each or a rate of what was spent."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from math import inf

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Money, Rate
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.capping import (
    capped,
    expected_capped_amount,
    expected_capped_count,
    expected_capped_reward,
    expected_capped_sum,
)
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.exposure import Exposure, at_most, most_a_year
from cardkit.mechanics.nested import Cap
from cardkit.mechanics.period import PER_YEAR, PERIODS
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.ticket_bounds import TicketBounds, falls_below, tickets_text
from cardkit.mechanics.tiers import RateTier, Tiers, tiers_contradictions, tiers_of, tiers_text
from cardkit.mechanics.wording import Wording, rate, yuan


@record
class Cashback(Benefit):
    """Money back on purchases.

    Fixed amount A on each purchase of at least a minimum: A·E[min(K, n)] for each period, K being the
    count of qualifying purchases. Rate r with a cap on the reward: E[min(r·X, cap)] = r·LEV(cap / r),
    X being the period's spend in scope. A cap for each purchase prices from the ticket instead. With tiers
    the rate depends on the period's spend: marginal rates hold for the part of it within each tier, whole
    ones for all of it. A minimum or maximum ticket leaves the spend on purchases within its bounds.
    """

    amount: Figure | None = item(
        FigureOf(Money()),
        Text("每笔返现额", "amount"),
        Text(
            "每笔合格消费返还的固定金额；与 rate、tiers 三选一。",
            "Returned on each purchase; or give a rate, or tiers.",
        ),
        default=None,
        public=True,
        example=5,
    )
    rate: Figure | None = item(
        FigureOf(Rate()),
        Text("返现比例", "rate"),
        Text(
            "返还消费额的比例；与 amount、tiers 三选一。",
            "Share of the spend that is returned; or give an amount, or tiers.",
        ),
        default=None,
        public=True,
        example="1%",
    )
    tiers: tuple[RateTier, ...] = item(
        ListOf(Record(RateTier), most=20),
        Text("分档比例", "tiers"),
        Text(
            "比例随周期消费额分档，从低到高；要同时写 tier_rates 和 window。",
            "Rates by how much is spent in the window, rising; needs tier_rates and a window.",
        ),
        default=(),
        public=True,
        example=[{"from_spend": 0, "rate": "1%"}, {"from_spend": 2000, "rate": "2%"}],
    )
    tier_rates: str | None = item(
        Choice(("marginal", "whole")),
        Text("分档计算方式", "what a tier's rate holds for"),
        Text(
            "marginal：只对落在该档的部分；whole：达到该档后对周期内全部消费。",
            "marginal: the part of the spend within the tier; whole: all the window's spend, once reached.",
        ),
        default=None,
        public=True,
        example="marginal",
    )
    window: str | None = item(
        Choice(tuple(period for period in PERIODS if period != "calendar-day")),
        Text("分档统计周期", "window of the tiers"),
        Text("按哪个周期的消费额分档。", "The period whose spend decides the tier."),
        default=None,
        public=True,
        example="calendar-month",
    )
    minimum_ticket: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("单笔门槛", "minimum ticket"),
        Text("单笔消费达到多少才算。", "Only purchases that reach this amount count."),
        default=None,
        public=True,
        example=50,
    )
    maximum_ticket: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("单笔上限", "maximum ticket"),
        Text(
            "单笔不超过多少才算，含；超过的整笔不计。若超过部分才不计，写按笔的 limits。",
            "Only purchases of at most this amount count, inclusive; a larger one doesn't count at all. "
            "Where it counts up to an amount, write a limit by purchase.",
        ),
        default=None,
        public=True,
        example=5000,
    )
    comparison: str = item(
        Choice(COMPARISONS),
        Text("门槛比较", "comparison"),
        Text("`>=` 为满，`>` 为超过。", "`>=` reaches the minimum ticket, `>` exceeds it."),
        default=">=",
        public=True,
    )

    LIMITED_BY = ("times", "reward", "spend")

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if [self.amount is not None, self.rate is not None, bool(self.tiers)].count(True) != 1:
            yield (
                "rate",
                Text(
                    "amount、rate、tiers 要写一个且只写一个", "Give an amount, a rate or tiers, and only one"
                ),
                Text("只留合同写明的那一个", "keep the one that the contract states"),
            )
        yield from tiers_contradictions(self.tiers, self.tier_rates, self.window, self.limits)
        least, most = self.minimum_ticket, self.maximum_ticket
        if least is not None and most is not None and falls_below(most, least):
            yield (
                "maximum_ticket",
                Text("单笔上限低于单笔门槛", "The maximum ticket is below the minimum"),
                Text("没有一笔消费算得上：写对两个金额", "no purchase would count: mend one of the two"),
            )
        wrong = "spend" if self.amount is not None else "times"
        if any(limit.metric == wrong for limit in self.limits):
            yield (
                "limits",
                Text(
                    "固定金额按次数设上限，比例按消费额", "A fixed amount is capped in times, a rate in spend"
                ),
                Text("也可以按返还金额 reward", "or cap the reward"),
            )
        if self.amount is not None and any(limit.period == "purchase" for limit in self.limits):
            yield (
                "limits",
                Text("固定金额不需要按笔上限", "A fixed amount needs no cap for each purchase"),
                Text("amount 就是每笔的金额", "the amount is what each purchase returns"),
            )

    def periodic_caps(self, setting: Setting) -> tuple[Cap, ...]:
        """The caps on reward in yuan, shortest period first; a cap on times becomes times × amount."""
        caps = []
        for limit in self.limits:
            if limit.period == "purchase":
                continue
            most = setting.read(limit, "most")
            if limit.metric == "times":
                assert self.amount is not None, "a cap on times goes with a fixed amount"
                most *= setting.read(self, "amount")
            elif limit.metric == "spend":
                assert self.amount is None, "a cap on spend goes with a rate"
                most = self._back(setting)(most)
            caps.append(Cap(PER_YEAR[limit.period], most))
        return tuple(sorted(caps, key=lambda cap: -cap.per_year))

    def _back(self, setting: Setting) -> Callable[[Fraction], Fraction]:
        """Yuan back on a period's spend in scope, before every cap."""
        return self._tiers(setting).of if self.tiers else setting.read(self, "rate").__mul__

    def _tiers(self, setting: Setting) -> Tiers:
        steps = [(setting.read(tier, "from_spend"), setting.read(tier, "rate")) for tier in self.tiers]
        return tiers_of(steps, self.tier_rates == "whole")

    def basis(self, setting: Setting) -> Basis:
        """Fixed: count of qualifying purchases. Rate: spend of the period; tickets if capped by purchase."""
        period = self.window or min(
            (limit.period for limit in self.limits if limit.period != "purchase"),
            key=lambda name: -PER_YEAR[name],
            default="calendar-month",
        )
        periods = PER_YEAR[period]
        if self.amount is not None:
            count = setting.purchases(self.scope, period)
            if self._bounds_tickets():
                count = count.scaled(float(self._counted_chance(setting)))
            return Basis("count", periods, count=count)
        if self._by_purchase():
            return Basis(
                "tickets", periods, setting.ticket(self.scope), setting.purchases(self.scope, period)
            )
        spend = setting.spend(self.scope, period)
        if self._bounds_tickets():
            spend = spend.scaled(float(self.counted_share(setting)))
        return Basis("amount", periods, amount=spend)

    def _bounds_tickets(self) -> bool:
        return self.minimum_ticket is not None or self.maximum_ticket is not None

    def _bounds(self, setting: Setting) -> TicketBounds:
        """Which tickets count."""
        least, most = setting.optional(self, "minimum_ticket"), setting.optional(self, "maximum_ticket")
        return TicketBounds(least, most, self.comparison == ">")

    def _counted_chance(self, setting: Setting) -> Fraction:
        return setting.note(
            Text("单笔金额算得上的概率", "P(a ticket counts)"),
            exact(self._bounds(setting).chance(setting.ticket(self.scope))),
        )

    def counted_share(self, setting: Setting) -> Fraction:
        """Share of the spend in scope that is on tickets which count; 1 where every ticket does."""
        if not self._bounds_tickets():
            return Fraction(1)
        ticket = setting.ticket(self.scope)
        return setting.note(
            Text("算得上的消费占比", "share of spend on tickets that count"),
            exact(self._bounds(setting).spend(ticket, inf) / ticket.mean) if ticket.mean else Fraction(0),
        )

    def _by_purchase(self) -> bool:
        """Whether a rate has a cap for each purchase, so that tickets decide and not the period's spend."""
        return any(limit.period == "purchase" for limit in self.limits)

    def _most_by_purchase(self, setting: Setting) -> Fraction:
        """The most yuan back on one purchase."""
        share = setting.read(self, "rate")
        return min(
            setting.read(limit, "most") * (share if limit.metric == "spend" else 1)
            for limit in self.limits
            if limit.period == "purchase"
        )

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Yuan returned in the year: each purchase or period by its own cap, then the longer ones."""
        if self.amount is not None:
            amount = setting.read(self, "amount")
            rewards = [sum(period) * amount for period in year]
        elif self._by_purchase():
            most, bounds = self._most_by_purchase(setting), self._bounds(setting)
            share = setting.read(self, "rate")
            rewards = [
                sum((min(spent * share, most) for spent in period if bounds.count(spent)), Fraction(0))
                for period in year
            ]
        else:
            back = self._back(setting)
            rewards = [back(sum(period, Fraction(0))) for period in year]
        return capped([Fraction(reward) for reward in rewards], self.periodic_caps(setting))

    def expect(self, setting: Setting) -> Expected:
        """Yuan returned to one enrolled holder in a year; cost and customer value are the cash itself."""
        basis = self.basis(setting)
        caps = self.periodic_caps(setting)
        if basis.kind == "count":
            assert basis.count is not None
            returned = expected_capped_count(basis.count, basis.periods, setting.read(self, "amount"), caps)
        elif self.tiers:
            assert basis.amount is not None
            limited = partial(self._tiers(setting).limited, basis.amount)
            returned = expected_capped_reward(limited, basis.periods, caps)
        elif basis.kind == "amount":
            assert basis.amount is not None
            returned = expected_capped_amount(basis.amount, basis.periods, setting.read(self, "rate"), caps)
        else:
            assert basis.count is not None
            limited = partial(self._limited_by_ticket, basis, setting)
            returned = expected_capped_sum(basis.count, limited, basis.periods, caps)
        setting.note(Text("每位参与者一年返现", "returned to one enrolled holder a year"), returned)
        return Expected(units=returned, cost=returned, value=returned)

    def _limited_by_ticket(self, basis: Basis, setting: Setting, limit: float) -> float:
        """E[min(R, limit)] of one purchase: r·E[T; T counts, T < m/r] + m·P(T counts, T ≥ m/r), m the cap."""
        assert basis.amount is not None
        share = float(setting.read(self, "rate"))
        most = min(float(self._most_by_purchase(setting)), limit)
        if share == 0 or most == 0:
            return 0.0
        bounds = self._bounds(setting)
        full = most / share
        return share * bounds.spend(basis.amount, full) + most * bounds.chance(basis.amount, full)

    def exposure(self, setting: Setting) -> Exposure:
        """Every periodic cap reached; a cap for each purchase alone bounds no year."""
        return at_most(most_a_year(self.periodic_caps(setting)), Fraction(1))

    def promise(self, words: Wording) -> Text:
        """每笔满 50 元返 5 元 / returns CNY 5 on each purchase of at least CNY 50."""
        counted = self._tickets_text(words)
        if self.amount is not None:
            back = yuan(words.value(self.amount))
            if counted is None:
                return Text(f"每笔消费返 {back.zh}", f"{back.en} back on each purchase")
            return Text(f"每笔{counted.zh}返 {back.zh}", f"{back.en} back on each purchase of {counted.en}")
        if self.tiers:
            assert self.window is not None
            return tiers_text(self.tiers, self.tier_rates == "whole", self.window, words)
        assert self.rate is not None
        share = rate(words.value(self.rate))
        if counted is None:
            return Text(f"消费返现 {share.zh}", f"{share.en} cashback on purchases")
        on = f"{share.en} cashback on purchases of {counted.en}"
        return Text(f"单笔{counted.zh}的消费返现 {share.zh}", on)

    def _tickets_text(self, words: Wording) -> Text | None:
        return tickets_text(self.minimum_ticket, self.maximum_ticket, self.comparison, words)

    def details(self, words: Wording) -> tuple[Text, ...]:
        """The caps; with tiers also which purchases count."""
        counted = self._tickets_text(words)
        if not self.tiers or counted is None:
            return Benefit.details(self, words)
        only = Text(f"只计单笔{counted.zh}的消费", f"only purchases of {counted.en} count")
        return (only, *Benefit.details(self, words))
