"""Cashback (消费返现): money back on purchases, a fixed amount each or a rate of what was spent."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import inf

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Money, Rate
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.capping import (
    Cap,
    capped,
    expected_capped_amount,
    expected_capped_count,
    expected_capped_sum,
)
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, at_least, rate, yuan


@record
class Cashback(Benefit):
    """Money back on purchases.

    Fixed amount A on each purchase of at least a minimum: A·E[min(K, n)] for each period, K being the
    count of qualifying purchases. Rate r with a cap on the reward: E[min(r·X, cap)] = r·LEV(cap / r),
    X being the period's spend in scope. A cap for each purchase prices from the ticket instead.
    """

    amount: Figure | None = item(
        FigureOf(Money()),
        Text("每笔返现额", "amount"),
        Text("每笔合格消费返还的固定金额；与 rate 二选一。", "Returned on each purchase; or give a rate."),
        default=None,
        public=True,
        example=5,
    )
    rate: Figure | None = item(
        FigureOf(Rate()),
        Text("返现比例", "rate"),
        Text(
            "返还消费额的比例；与 amount 二选一。", "Share of the spend that is returned; or give an amount."
        ),
        default=None,
        public=True,
        example="1%",
    )
    minimum_ticket: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("单笔门槛", "minimum ticket"),
        Text("单笔消费达到多少才算。", "Only purchases that reach this amount count."),
        default=None,
        public=True,
        example=50,
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
        if (self.amount is None) == (self.rate is None):
            yield (
                "rate",
                Text("amount 和 rate 要写一个且只写一个", "Give either an amount or a rate, and only one"),
                Text("删去其中一个", "keep the one that the contract states"),
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
                assert self.rate is not None, "a cap on spend goes with a rate"
                most *= setting.read(self, "rate")
            caps.append(Cap(PER_YEAR[limit.period], most))
        return tuple(sorted(caps, key=lambda cap: -cap.per_year))

    def basis(self, setting: Setting) -> Basis:
        """Fixed: count of qualifying purchases. Rate: spend of the period; tickets if capped by purchase."""
        period = min(
            (limit.period for limit in self.limits if limit.period != "purchase"),
            key=lambda name: -PER_YEAR[name],
            default="calendar-month",
        )
        periods = PER_YEAR[period]
        least = setting.optional(self, "minimum_ticket")
        if self.amount is not None:
            count = setting.purchases(self.scope, period)
            if least is not None:
                ticket = setting.ticket(self.scope)
                reaches = ticket.at_least if self.comparison == ">=" else ticket.above
                share = setting.note(
                    Text("达到单笔门槛的概率", "P(ticket reaches the minimum)"), exact(reaches(float(least)))
                )
                count = count.scaled(float(share))
            return Basis("count", periods, count=count)
        if self._by_purchase():
            return Basis(
                "tickets", periods, setting.ticket(self.scope), setting.purchases(self.scope, period)
            )
        spend = setting.spend(self.scope, period)
        if least is not None:
            ticket = setting.ticket(self.scope)
            share = setting.note(
                Text("达到门槛的消费占比", "share of spend on tickets that reach the minimum"),
                exact(ticket.partial_expectation(float(least), inf) / ticket.mean),
            )
            spend = spend.scaled(float(share))
        return Basis("amount", periods, amount=spend)

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
        else:
            share = setting.read(self, "rate")
            most = self._most_by_purchase(setting) if self._by_purchase() else None
            least = None if most is None else setting.optional(self, "minimum_ticket")
            rewards = [
                sum(
                    (
                        spent * share if most is None else min(spent * share, most)
                        for spent in period
                        if least is None or (spent >= least if self.comparison == ">=" else spent > least)
                    ),
                    Fraction(0),
                )
                for period in year
            ]
        return capped([Fraction(reward) for reward in rewards], self.periodic_caps(setting))

    def expect(self, setting: Setting) -> Expected:
        """Yuan returned to one enrolled holder in a year; cost and customer value are the cash itself."""
        basis = self.basis(setting)
        caps = self.periodic_caps(setting)
        if basis.kind == "count":
            assert basis.count is not None
            returned = expected_capped_count(basis.count, basis.periods, setting.read(self, "amount"), caps)
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
        """E[min(R, limit)] of one purchase: r·E[T; least ≤ T < m/r] + m·P(T ≥ m/r), m the tighter cap."""
        assert basis.amount is not None
        share = float(setting.read(self, "rate"))
        most = min(float(self._most_by_purchase(setting)), limit)
        if share == 0 or most == 0:
            return 0.0
        least = float(setting.optional(self, "minimum_ticket") or 0)
        full = max(most / share, least)
        expected = share * basis.amount.partial_expectation(least, full) + most * basis.amount.at_least(full)
        if self.comparison == ">" and least > 0:  # the tickets of exactly the minimum don't count
            alone = basis.amount.at_least(least) - basis.amount.above(least)
            expected -= alone * min(share * least, most)
        return expected

    def promise(self, words: Wording) -> Text:
        """每笔满 50 元返 5 元 / returns CNY 5 on each purchase of at least CNY 50."""
        least = None
        if self.minimum_ticket is not None:
            least = at_least(self.comparison, yuan(words.value(self.minimum_ticket)))
        if self.amount is not None:
            back = yuan(words.value(self.amount))
            if least is None:
                return Text(f"每笔消费返 {back.zh}", f"{back.en} back on each purchase")
            return Text(f"每笔{least.zh}返 {back.zh}", f"{back.en} back on each purchase of {least.en}")
        assert self.rate is not None
        share = rate(words.value(self.rate))
        if least is None:
            return Text(f"消费返现 {share.zh}", f"{share.en} cashback on purchases")
        return Text(f"单笔{least.zh}的消费返现 {share.zh}", f"{share.en} cashback on purchases of {least.en}")
