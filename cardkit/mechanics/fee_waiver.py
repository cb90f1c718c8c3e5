"""Fee waiver (费用减免): a fee that is not charged, in part or whole, with or without a condition."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Boolean, Choice, Number, Rate
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import COMPARISONS
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
        Choice(("none", "spend-year", "purchases-year", "first-year")),
        Text("条件", "condition"),
        Text(
            "无条件、一年消费额、一年消费笔数，或仅首年。",
            "None, a year's spend, a year's number of purchases, or the first year only.",
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
        if self.condition == "none":
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
        if self.condition == "none":
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
        given_up = fee * setting.read(self, "waived") * self.probability(setting)
        return Expected(given_up, revenue={"waiver": -given_up}, pays=-given_up)

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
