"""Earn (积分累积): points on spend, with a multiplier, a rounding level and caps in points or spend."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import floor, inf

from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Number, Reference, UnitCost
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.capping import (
    capped,
    expected_capped_amount,
    expected_capped_count,
    expected_capped_sum,
)
from cardkit.mechanics.exposure import Exposure, at_most, most_a_year
from cardkit.mechanics.nested import Cap, interpolated
from cardkit.mechanics.occasion import Occasion
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.whole_steps import WholeSteps
from cardkit.mechanics.wording import Wording, grouped, yuan

MONTHS_A_YEAR = 12


@record
class Earn(Benefit):
    """Points on spend: factor·floor(X / yuan per point) for each period, after the caps.

    A `total` multiplier m comes on top of points that are earned elsewhere, so its factor is m − 1; an
    `incremental` one grants m times as many points by itself; without a multiplier the factor is 1.
    `rounding` says what X is: each purchase, a day, a statement, or nothing is rounded at all. With an
    `occasion` only so many days or months of the year count. Cost = points·cost per point·redemption rate;
    value = points·value per point·redemption rate.
    """

    currency: str = item(
        Reference(("points-currency",)),
        Text("积分种类", "points currency"),
        Text("累积哪种积分或里程。", "Which points or miles are earned."),
        public=True,
        example="points",
    )
    yuan_per_point: Figure = item(
        FigureOf(Number(above=0), by_segment=False),
        Text("每分所需消费", "yuan per point"),
        Text("消费多少元积 1 分（倍数之前）。", "Spend in yuan for one point, before the multiplier."),
        public=True,
        example=20,
    )
    multiplier: Figure | None = item(
        FigureOf(Number(above=0), by_segment=False),
        Text("倍数", "multiplier"),
        Text("几倍积分；必须同时写 multiplier_counts。", "How many times; needs multiplier_counts."),
        default=None,
        public=True,
        example=3,
    )
    multiplier_counts: str | None = item(
        Choice(("total", "incremental")),
        Text("倍数含义", "what the multiplier counts"),
        Text(
            "total：含基础积分的总倍数，只发超出的部分；incremental：基础积分之外再给这么多倍。",
            "total: including the base points, so that this benefit grants what is beyond them; "
            "incremental: so many times on top of them.",
        ),
        default=None,
        public=True,
        example="total",
    )
    rounding: str = item(
        Choice(("none", "purchase", "day", "statement")),
        Text("取整层级", "rounding level"),
        Text(
            "不足 1 分的部分在哪一级舍去：不舍、每笔、每天或每账单。",
            "Where parts of a point are dropped: never, for each purchase, day or statement.",
        ),
        default="none",
        public=True,
    )
    occasion: Occasion | None = item(
        Record(Occasion),
        Text("限定时段", "occasion"),
        Text(
            "只有这些天或月的消费才算，如生日当月；不写为全年。",
            "Only spend in these days or months counts, such as the birthday month; all year when left out.",
        ),
        default=None,
        public=True,
    )
    cost_per_point: Figure | None = item(
        FigureOf(UnitCost()),
        Text("每分合同价", "contract price of a point"),
        Text(
            "向合作方购买的合同价；不写则用积分种类的平均兑换成本。",
            "What a partner charges for a point; the currency's own cost per point when left out.",
        ),
        default=None,
        example=0.06,
    )

    LIMITED_BY = ("points", "spend")

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        if (self.multiplier is None) != (self.multiplier_counts is None):
            yield (
                "multiplier_counts",
                Text("要写明倍数是总倍数还是额外倍数", "A multiplier must say what it counts"),
                Text("写 total 或 incremental", "write total or incremental, beside a multiplier"),
            )
        if self.multiplier is not None and self.multiplier_counts == "total":
            entries = self.multiplier.entries
            if any(entry.value <= 1 for entry in entries):
                yield (
                    "multiplier",
                    Text("总倍数必须大于 1", "A total multiplier must be more than 1"),
                    Text("1 倍等于没有加速", "a total of 1 grants nothing beyond the base points"),
                )
        yield from self._out_of_occasion()
        for limit in self.limits:
            if limit.metric in self.LIMITED_BY and not self._fits_rounding(limit.metric, limit.period):
                yield (
                    "limits",
                    Text("这一上限与取整层级不一致", "This cap doesn't go with the rounding level"),
                    Text(
                        "上限周期不能短于取整层级；先取整时消费额上限须与取整同周期；按笔上限须按笔取整",
                        "a cap's period can't be shorter than what is rounded; with rounding, a cap on spend "
                        "has the period that is rounded; a cap for each purchase needs rounding: purchase",
                    ),
                )

    def _out_of_occasion(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Rounding and caps that an occasion would cut into pieces."""
        if self.occasion is None:
            return
        days = self.occasion.period == "calendar-day"
        if self.rounding == "statement" or (self.rounding == "day" and not days):
            yield (
                "rounding",
                Text("取整层级与限定时段不一致", "The rounding level doesn't go with the occasion"),
                Text("改为 none 或 purchase", "write none or purchase"),
            )
        shortest = PER_YEAR[self.occasion.period]
        if any(PER_YEAR.get(limit.period, 0) > shortest for limit in self.limits):
            yield (
                "limits",
                Text("上限周期不能短于限定时段的周期", "A cap's period is shorter than the occasion's"),
                Text("改用同周期或更长的上限", "take the occasion's period or a longer one"),
            )

    def _fits_rounding(self, metric: str, period: str) -> bool:
        """Whether a cap is taken before or after what is rounded, without splitting it."""
        if period == "purchase":
            return self.rounding == "purchase"
        rounded = {"none": 0, "purchase": 0, "day": PER_YEAR["calendar-day"], "statement": MONTHS_A_YEAR}
        if metric == "spend" and self.rounding != "none":
            return self.rounding != "purchase" and PER_YEAR[period] == rounded[self.rounding]
        return self.rounding in ("none", "purchase") or PER_YEAR[period] <= rounded[self.rounding]

    def factor(self, setting: Setting) -> Fraction:
        """Points for each base point: m − 1 of a total multiplier, m of an incremental one, else 1."""
        multiplier = setting.optional(self, "multiplier")
        if multiplier is None:
            return Fraction(1)
        return multiplier - 1 if self.multiplier_counts == "total" else multiplier

    def periodic_caps(self, setting: Setting) -> tuple[Cap, ...]:
        """The caps in points, shortest period first; caps for each purchase are not among them."""
        step, factor = setting.read(self, "yuan_per_point"), self.factor(setting)
        caps = []
        for limit in self.limits:
            if limit.period == "purchase":
                continue
            most = setting.read(limit, "most")
            if limit.metric == "spend":
                steps = most / step
                most = factor * (steps if self.rounding == "none" else floor(steps))
            per_year = PER_YEAR[limit.period]
            if self.occasion is not None:
                per_year = min(per_year, self.occasion.periods)
            caps.append(Cap(per_year, most))
        return tuple(sorted(caps, key=lambda cap: -cap.per_year))

    def basis(self, setting: Setting) -> Basis:
        """Spend of what is rounded or capped first; tickets when each purchase is rounded."""
        period = self._basis_period()
        periods = PER_YEAR[period] if self.occasion is None else self.occasion.periods
        if self.rounding != "purchase":
            return Basis("amount", periods, setting.spend(self.scope, period))
        count, ticket = setting.purchases(self.scope, period), setting.ticket(self.scope)
        return Basis("tickets", periods, ticket, count)

    def _basis_period(self) -> str:
        if self.occasion is not None:
            return self.occasion.period
        if self.rounding in ("day", "statement"):
            return {"day": "calendar-day", "statement": "statement-month"}[self.rounding]
        shortest = min(
            (limit.period for limit in self.limits if limit.period != "purchase"),
            key=lambda name: -PER_YEAR[name],
            default="calendar-month",
        )
        if self.rounding == "none" or PER_YEAR[shortest] > MONTHS_A_YEAR:
            return shortest
        return "calendar-month"

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Points granted in the year: rounded at their level, then capped, the shortest period first."""
        step, factor = setting.read(self, "yuan_per_point"), self.factor(setting)
        if self.rounding == "none":
            points = [factor * sum(period, Fraction(0)) / step for period in year]
        elif self.rounding == "purchase":
            most = self._most_by_purchase(setting)
            points = [
                sum((self._limited(factor * floor(ticket / step), most) for ticket in period), Fraction(0))
                for period in year
            ]
        else:
            points = [factor * floor(sum(period, Fraction(0)) / step) for period in year]
        return capped(points, self.periodic_caps(setting))

    def _most_by_purchase(self, setting: Setting) -> Fraction | None:
        """The most points for one purchase; a cap on its spend counts whole steps of it."""
        step, factor = setting.read(self, "yuan_per_point"), self.factor(setting)
        most = None
        for limit in self.limits:
            if limit.period == "purchase":
                points = setting.read(limit, "most")
                if limit.metric == "spend":
                    points = factor * floor(points / step)
                most = self._limited(points, most)
        return most

    @staticmethod
    def _limited(points: Fraction, most: Fraction | None) -> Fraction:
        return points if most is None else min(points, most)

    def expected_points(self, setting: Setting) -> Fraction:
        """Points that one enrolled holder is expected to be granted in a year, after the caps."""
        basis, caps = self.basis(setting), self.periodic_caps(setting)
        step, factor = setting.read(self, "yuan_per_point"), self.factor(setting)
        assert basis.amount is not None
        if basis.kind == "tickets":
            assert basis.count is not None
            most = self._most_by_purchase(setting)
            limited = partial(_limited_points, WholeSteps(basis.amount, step), factor, most)
            return expected_capped_sum(basis.count, limited, basis.periods, caps, unit=factor)
        if self.rounding == "none":
            return expected_capped_amount(basis.amount, basis.periods, factor / step, caps)
        return expected_capped_count(WholeSteps(basis.amount, step), basis.periods, factor, caps)

    def expect(self, setting: Setting) -> Expected:
        """Points, their cost and their value for one enrolled holder in a year."""
        points = setting.note(
            Text("每位参与者一年积分", "points of one enrolled holder a year"), self.expected_points(setting)
        )
        redeemed = points * setting.note(
            Text("兑换率", "redemption rate"), setting.redemption_rate(self.currency)
        )
        unit_cost = setting.optional(self, "cost_per_point")
        if unit_cost is None:
            unit_cost = setting.cost_per_point(self.currency)
        setting.note(Text("每分成本", "cost per point"), unit_cost)
        worth = setting.value_per_point(self.currency)
        return Expected(points, cost=redeemed * unit_cost, value=redeemed * worth)

    def exposure(self, setting: Setting) -> Exposure:
        """Every periodic cap reached and every point redeemed, at the mean cost of a point."""
        unit_cost = setting.optional(self, "cost_per_point")
        if unit_cost is None:
            unit_cost = setting.cost_per_point(self.currency)
        return at_most(most_a_year(self.periodic_caps(setting)), unit_cost)

    def promise(self, words: Wording) -> Text:
        """每消费 20 元累积 1 积分 / points: 1 for every CNY 20 spent: right for any currency, one or many."""
        name, step = words.name(self.currency), yuan(words.value(self.yuan_per_point))
        base = Text(f"每消费 {step.zh}累积 1 {name.zh}", f"{name.en}: 1 for every {step.en} spent")
        if self.occasion is not None:
            when = self.occasion.when
            return Text(f"{when.zh}：", f"{when.en}: ") + self._promise_any_time(base, name, step, words)
        return self._promise_any_time(base, name, step, words)

    def _promise_any_time(self, base: Text, name: Text, step: Text, words: Wording) -> Text:
        if self.multiplier is None:
            return base
        shown = grouped(words.value(self.multiplier))
        if self.multiplier_counts == "total":
            return Text(
                f"{name.zh}总计 {shown} 倍（含基础{name.zh}；基础为{base.zh}）",
                f"{shown}× {name.en} in total, base included (base: 1 for every {step.en} spent)",
            )
        return Text(
            f"在基础{name.zh}之外额外 {shown} 倍（基础为{base.zh}）",
            f"an extra {shown}× {name.en} on top of the base (base: 1 for every {step.en} spent)",
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """The caps, and where parts of a point are dropped."""
        level = {
            "none": (),
            "purchase": (Text("每笔不足 1 分的部分不计", "parts of a point are dropped for each purchase"),),
            "day": (Text("每日不足 1 分的部分不计", "parts of a point are dropped for each day"),),
            "statement": (
                Text("每账单周期不足 1 分的部分不计", "parts of a point are dropped for each statement"),
            ),
        }[self.rounding]
        caps = Benefit.details(self, words)
        if self.multiplier_counts == "total" and caps:
            beyond = Text("基础之外", "beyond the base ")
            caps = tuple(beyond + cap for cap in caps)
        return caps + level


def _limited_points(steps: WholeSteps, factor: Fraction, most: Fraction | None, limit: float) -> float:
    """E[min(points, limit)] of one purchase: factor·⌊T / step⌋, at most `most`."""
    if limit == inf and most is None:
        return float(factor) * steps.mean
    bounds = [] if limit == inf else [exact(limit)]
    tightest = min(bounds if most is None else [*bounds, most])
    return float(interpolated(steps.limited_expected_value, tightest / factor) * factor)
