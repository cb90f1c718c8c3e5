"""Fee waiver (费用减免): a fee that is not charged, in part or whole, with or without a condition."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Boolean, Choice, Number, Rate, Reference
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.exposure import Exposure
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, at_least, grouped, rate, within, yuan

FEES = {
    "annual": Text("年费", "annual fee"),
    "fx-markup": Text("货币转换费", "foreign-exchange markup"),
}
"""The fees of a card that a benefit may waive: those that are its revenue, as `Setting.fee` knows them."""


def waived_by_any(probabilities: Sequence[Fraction]) -> Fraction:
    """Probability that at least one of several independent ways waives a fee: 1 − Π(1 − p).

    Several ways to waive one fee don't add up: nobody is let off the same fee twice.
    """
    charged = Fraction(1)
    for probability in probabilities:
        charged *= 1 - probability
    return 1 - charged


@record
class FeeWaiver(Benefit):
    """A fee waived: fee·share waived·P(condition)·collection, as a negative revenue line.

    It has no cost and no value of its own: the bank gets less and the customer pays less. First year free
    beside a condition waives for new holders in any case and for the others if they meet the condition.
    A fee paid with points is a waiver too, and the points that are handed over for it are taken off again:
    the bank keeps what redeeming them would have cost, the customer goes without what they are worth.
    """

    fee: str = item(
        Choice(tuple(FEES)),
        Text("减免的费用", "fee"),
        Text("减免哪一项费用。", "Which fee is waived."),
        public=True,
        example="annual",
    )
    waived: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("减免比例", "share waived"),
        Text("减免多少；默认全免。", "How much of it is waived; all when left out."),
        default=fixed(1, "the whole fee"),
        public=True,
        example="50%",
    )
    condition: str = item(
        Choice(("none", "spend-year", "purchases-year", "first-year", "points")),
        Text("条件", "condition"),
        Text(
            "无条件、一年消费额、一年消费笔数、仅首年，或用积分抵付。",
            "None, a year's spend, a year's number of purchases, the first year only, or paid with points.",
        ),
        default="none",
        public=True,
    )
    threshold: Figure | None = item(
        FigureOf(Number(decimals=2, above=0), by_segment=False),
        Text("门槛", "threshold"),
        Text("消费额（元）或笔数。", "Yuan of spend, or number of purchases."),
        default=None,
        public=True,
        example=50000,
    )
    comparison: str = item(
        Choice(COMPARISONS),
        Text("门槛比较", "comparison"),
        Text("`>=` 为满，`>` 为超过。", "`>=` reaches the threshold, `>` exceeds it."),
        default=">=",
        public=True,
    )
    window: str = item(
        Choice(("anniversary-year", "calendar-year")),
        Text("统计周期", "window"),
        Text("按持卡年还是自然年统计。", "Whether a card year or a calendar year is counted."),
        default="anniversary-year",
        public=True,
    )
    currency: str | None = item(
        Reference(("points-currency",)),
        Text("积分种类", "points currency"),
        Text("用哪种积分抵付；只用于 points。", "Which points pay it; for points only."),
        default=None,
        public=True,
        example="points",
    )
    points: Figure | None = item(
        FigureOf(Number(decimals=0, above=0), by_segment=False),
        Text("所需积分", "points"),
        Text("抵付一次需要多少积分；只用于 points。", "Points that pay it once; for points only."),
        default=None,
        public=True,
        example=60000,
    )
    first_year_free: bool = item(
        Boolean(),
        Text("首年免", "first year free"),
        Text("首年无条件免，之后看条件。", "Waived in the first year in any case, then by the condition."),
        default=False,
        public=True,
    )
    new_share: Figure | None = item(
        FigureOf(Rate()),
        Text("首年客户占比", "share of new holders"),
        Text("持有人中处于首年的比例。", "Share of the holders who are in their first year."),
        default=None,
        example="20%",
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if (self.threshold is not None) != (self.condition in ("spend-year", "purchases-year")):
            yield (
                "threshold",
                Text("按消费额或笔数减免才有门槛", "Spend and purchases, and only they, have a threshold"),
                Text("补上 threshold，或改 condition", "write a threshold, or change the condition"),
            )
        if (self.new_share is not None) != (self.first_year_free or self.condition == "first-year"):
            yield (
                "new_share",
                Text(
                    "首年减免需要首年客户占比，其余不需要", "A free first year, and only it, has a new_share"
                ),
                Text("写明持有人中处于首年的比例", "write the share of holders in their first year"),
            )
        if self.first_year_free and self.condition in ("none", "first-year"):
            yield (
                "first_year_free",
                Text("这一条件已经包含首年", "This condition includes the first year already"),
                Text("删去 first_year_free", "leave first_year_free out"),
            )

        if {self.currency is not None, self.points is not None} != {self.condition == "points"}:
            yield (
                "points",
                Text(
                    "用积分抵付要写 currency 和 points，其余不写",
                    "Paying with points, and only that, has points",
                ),
                Text("写明用哪种积分、多少分", "write the points currency, and how many of them"),
            )
        if self.condition == "points" and self.enrolment == "automatic":
            yield (
                "enrolment",
                Text("用积分抵付由客户选择", "Paying with points is the customer's choice"),
                Text(
                    "写 enrolment: claim，并在 take_up 写多少人会用积分抵付",
                    "write enrolment: claim, and as take_up the share of holders who pay with points",
                ),
            )

    def capped(self) -> bool:
        """Always: no more than the fee can be waived."""
        return True

    def basis(self, setting: Setting) -> Basis | None:
        """The year's spend or count of purchases; none where nothing is counted."""
        if self.condition == "spend-year":
            return Basis("amount", 1, amount=setting.spend(self.scope, self.window))
        if self.condition == "purchases-year":
            return Basis("count", 1, count=setting.purchases(self.scope, self.window))
        return None

    def probability(self, setting: Setting) -> Fraction:
        """Probability that a holder is let off the fee."""
        ways = []
        if self.condition in ("none", "points"):
            ways.append(Fraction(1))
        if self.first_year_free or self.condition == "first-year":
            ways.append(setting.read(self, "new_share"))
        basis = self.basis(setting)
        if basis is not None:
            ways.append(self._reached(basis, setting.read(self, "threshold")))
        return setting.note(Text("减免概率", "P(waived)"), waived_by_any(ways))

    def _reached(self, basis: Basis, threshold: Fraction) -> Fraction:
        if basis.amount is not None:
            reaches = basis.amount.at_least if self.comparison == ">=" else basis.amount.above
            return exact(reaches(float(threshold)))
        assert basis.count is not None
        whole = -(-threshold // 1) if self.comparison == ">=" else threshold // 1 + 1
        return exact(basis.count.at_least(whole))

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Yuan not charged to a holder with this year's spend or purchases, once the first year is over."""
        fee = setting.fee(self.fee) * setting.read(self, "waived")
        if self.condition in ("none", "points"):
            return fee
        if self.condition == "first-year":
            return Fraction(0)
        counted = sum((sum(period, Fraction(0)) for period in year), Fraction(0))
        threshold = setting.read(self, "threshold")
        met = counted >= threshold if self.comparison == ">=" else counted > threshold
        return fee if met else Fraction(0)

    def expect(self, setting: Setting) -> Expected:
        """Yuan not charged to one enrolled holder in a year: less revenue, less to pay, no cost."""
        fee = setting.note(Text("费用", "fee"), setting.fee(self.fee))
        chance = self.probability(setting)
        given_up = fee * setting.read(self, "waived") * chance
        if self.condition != "points":
            return Expected(given_up, revenue={"waiver": -given_up}, pays=-given_up)
        kept, worth = (chance * each for each in self.points_taken(setting))
        return Expected(given_up, revenue={"waiver": -given_up, "points-taken": kept}, pays=worth - given_up)

    def points_taken(self, setting: Setting) -> tuple[Fraction, Fraction]:
        """The points that pay the fee once: what redeeming them would cost, and what they are worth; yuan.

        Earning them was priced as if they went into the currency's redemption options, so it is taken off.
        """
        if self.condition != "points":
            return Fraction(0), Fraction(0)
        assert self.currency is not None
        points = setting.read(self, "points")
        cost, worth = setting.cost_per_point(self.currency), setting.value_per_point(self.currency)
        kept = setting.note(Text("抵付积分的成本", "cost of the points that pay it"), points * cost)
        return kept, setting.note(Text("抵付积分的价值", "worth of the points that pay it"), points * worth)

    def exposure(self, setting: Setting) -> Exposure:
        """The fee given up for every holder: revenue that doesn't come."""
        amount = setting.fee(self.fee) * setting.read(self, "waived")
        return Exposure(amount, amount, Fraction(1))

    def promise(self, words: Wording) -> Text:
        """年费全免：持卡年内消费满 50,000 元 / annual fee waived for spending at least CNY 50,000."""
        fee, share = FEES[self.fee], words.value(self.waived)
        part = rate(share)
        off = (
            Text(f"免{fee.zh}", f"no {fee.en}")
            if share == 1
            else Text(f"{fee.zh}减免 {part.zh}", f"{part.en} off the {fee.en}")
        )
        if self.condition == "none":
            return off
        if self.condition == "first-year":
            return Text(f"首年{off.zh}", f"{off.en} in the first year")
        if self.condition == "points":
            return self._paid_with_points(words)
        assert self.threshold is not None
        count, year = words.value(self.threshold), within(self.window)
        if self.condition == "spend-year":
            least = at_least(self.comparison, yuan(count))
            met = Text(f"{year.zh}消费{least.zh}", f"when you spend {least.en} {year.en}")
        else:
            shown = grouped(count)
            least = at_least(self.comparison, Text(f"{shown} 笔", f"{shown} purchases"))
            met = Text(f"{year.zh}消费{least.zh}", f"when you make {least.en} {year.en}")
        then = Text(f"{met.zh}，{off.zh}", f"{off.en} {met.en}")
        if self.first_year_free:
            return Text(f"首年{off.zh}；此后", f"{off.en} in the first year; after that, ") + then
        return then

    def _paid_with_points(self, words: Wording) -> Text:
        assert self.points is not None
        assert self.currency is not None
        fee, share, name = FEES[self.fee], words.value(self.waived), words.name(self.currency)
        count = grouped(words.value(self.points))
        if share == 1:
            return Text(
                f"{count} {name.zh}可抵一年{fee.zh}", f"{count} {name.en} pay the {fee.en} for a year"
            )
        part = rate(share)
        return Text(
            f"{count} {name.zh}可抵一年{fee.zh}的 {part.zh}",
            f"{count} {name.en} pay {part.en} of the {fee.en} for a year",
        )
