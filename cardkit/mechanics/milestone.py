"""Milestone (达标奖): rewards for reaching steps: a spend target, months in a row, a share of a team."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from cardkit.ground.distribution import Binomial
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import exact
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Boolean, Choice, Number, Rate
from cardkit.ground.text import Text, joined
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure
from cardkit.mechanics.milestone_step import METRICS, NEEDS, STREAKS, Step, least_count, met
from cardkit.mechanics.milestone_wording import step_text
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording

DRAWN = ("spend", "purchases")
"""Metrics whose probabilities follow from the segment's distributions."""


@record
class Milestone(Benefit):
    """Rewards for reaching steps: Σ P(step)·claim·reward.

    With mode `highest` only the highest step reached is paid, so a step counts P(it) − P(the next). A
    streak's probability is the product of its months', each given the months before. A team's reward is
    one for the employer: P(more than a share of the staff activates)·reward ÷ staff, by a binomial count.
    """

    metric: str = item(
        Choice(METRICS),
        Text("指标", "metric"),
        Text("按什么衡量达标。", "What has to be reached."),
        public=True,
        example="spend",
    )
    steps: tuple[Step, ...] = item(
        ListOf(Record(Step), least=1, most=50),
        Text("档位", "steps"),
        Text("各档门槛与奖励，从低到高。", "Thresholds and rewards, from the lowest to the highest."),
        public=True,
    )
    mode: str = item(
        Choice(("cumulative", "highest")),
        Text("发放方式", "mode"),
        Text("各档累计发放，或只发最高一档。", "Every step reached is paid, or the highest one only."),
        default="cumulative",
        public=True,
    )
    repeats: bool = item(
        Boolean(),
        Text("每周期重复", "in every window"),
        Text("一年中每个统计周期都可获得；默认一年一次。", "In every window, or once a year if left out."),
        default=False,
        public=True,
    )
    month_probabilities: tuple[Figure, ...] = item(
        ListOf(FigureOf(Rate()), most=120),
        Text("逐月达标概率", "probabilities by month"),
        Text(
            "第 1、2、3…个月达标的概率，各以前几个月都达标为条件。",
            "Probability of month 1, 2, 3 …, each given that the months before were on target.",
        ),
        default=(),
        example=["55%", "75%", "85%"],
    )
    staff: Figure | None = item(
        FigureOf(Number(decimals=0, least=1)),
        Text("团队人数", "staff"),
        Text("一个团队有多少员工；只用于 team-share。", "Staff of one team; for team-share only."),
        default=None,
        example=200,
    )
    p_activate: Figure | None = item(
        FigureOf(Rate()),
        Text("员工开卡概率", "probability that one activates"),
        Text("一位员工开卡激活的概率；只用于 team-share。", "For one of the staff; for team-share only."),
        default=None,
        example="78%",
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        for key in NEEDS[self.metric]:
            if any(getattr(step, key) is None for step in self.steps):
                yield (
                    "steps",
                    Text(f"{self.metric} 的每一档都要写 {key}", f"A step of {self.metric} needs its {key}"),
                    Text("补上，或改 metric", "write it, or change the metric"),
                )
        for key, metrics in (("share", ("team-share",)), ("streak", STREAKS), ("condition", ("event",))):
            if self.metric not in metrics and any(getattr(step, key) is not None for step in self.steps):
                yield (
                    "steps",
                    Text(f"指标 {self.metric} 不用 {key}", f"A step of {self.metric} has no {key}"),
                    Text(f"{key} 只用于 {'、'.join(metrics)}", f"{key} is for {' and '.join(metrics)}"),
                )
        if self.metric in DRAWN and any(step.window is None for step in self.steps):
            yield from self._without_window()
        if self.metric in DRAWN and len({step.window for step in self.steps}) > 1:
            yield (
                "steps",
                Text("各档要用同一统计周期", "All steps count in the same window"),
                Text("不同周期请拆成两项权益", "make two benefits of two windows"),
            )
        if self.repeats and self.metric not in DRAWN:
            yield (
                "repeats",
                Text("只有消费额和笔数可以每周期重复", "Only spend and purchases have windows that repeat"),
                Text("删去 repeats", "leave repeats out"),
            )
        if self.month_probabilities and self.metric not in STREAKS:
            yield (
                "month_probabilities",
                Text("逐月概率只用于连续达标", "Probabilities by month are for months in a row"),
                Text("改用档位的 probability", "give the steps a probability instead"),
            )

    def _without_window(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Spend and purchases need a time: a window, or days; of days no distribution is known."""
        if self.repeats or any(step.window is None and step.within_days is None for step in self.steps):
            yield (
                "steps",
                Text(f"{self.metric} 的每一档都要写 window", f"A step of {self.metric} needs its window"),
                Text(
                    "补上；若只数某些天，写 within_days 和 probability，不写 repeats",
                    "write it; or within_days and a probability, without repeats",
                ),
            )
        elif any(step.window is None and step.probability is None for step in self.steps):
            yield (
                "steps",
                Text("按天数达标的每一档都要写 probability", "A step over days needs its probability"),
                Text("补上，或改用 window 由分布推算", "write it, or let a window's distribution say it"),
            )

    def capped(self) -> bool:
        """Steps are reached once in each window; only friends can be referred without end, by their steps."""
        return True

    def basis(self, setting: Setting) -> Basis | None:
        """Spend or count of purchases of the window; none where probabilities are given."""
        window = self.steps[0].window
        if self.metric not in DRAWN or window is None or any(step.probability for step in self.steps):
            return None
        periods = PER_YEAR[window] if self.repeats else 1
        if self.metric == "spend":
            return Basis("amount", periods, amount=setting.spend(self.scope, window))
        return Basis("count", periods, count=setting.purchases(self.scope, window))

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Rewards granted, before anyone claims them.

        A period holds its spend (yuan), purchases, years or friends; for streaks each period is a month: its
        spend for months on target, 1 or 0 for instalments. For a team it is the number of active staff, and
        the result is the team's rewards for each of its staff, as in `expect`.
        """
        totals = [sum(period, Fraction(0)) for period in year]
        if self.metric in STREAKS:
            return self._granted([self._longest_run(step, totals, setting) for step in self.steps])
        if self.metric == "team-share":
            staff, active = setting.read(self, "staff"), sum(totals, Fraction(0))
            reached = [met(step, setting.read(step, "share") * staff, active) for step in self.steps]
            return self._granted(reached) / staff
        if self.metric in ("approval", "event"):
            return self._granted([any(totals)] * len(self.steps))
        thresholds = [setting.read(step, "threshold") for step in self.steps]
        rewards = Fraction(0)
        for total in totals:
            pairs = zip(self.steps, thresholds, strict=True)
            rewards += self._granted([met(step, threshold, total) for step, threshold in pairs])
        return rewards

    def _longest_run(self, step: Step, months: list[Fraction], setting: Setting) -> bool:
        """Whether so many months in a row are on target."""
        threshold = setting.optional(step, "threshold")
        run = longest = 0
        for month in months:
            on_target = month > 0 if threshold is None else met(step, threshold, month)
            run = run + 1 if on_target else 0
            longest = max(longest, run)
        return longest >= (step.streak or 1)

    def _granted(self, reached: list[bool]) -> Fraction:
        """Rewards for the steps reached: all of them, or the highest one."""
        return Fraction(sum(reached) if self.mode == "cumulative" else any(reached))

    def probability(self, step: Step, setting: Setting) -> Fraction:
        """Probability that a holder (or team) reaches a step in one window."""
        given = setting.optional(step, "probability")
        if given is not None:
            return given
        if self.metric == "team-share":
            return team_probability(
                setting.read(self, "staff"),
                setting.read(self, "p_activate"),
                setting.read(step, "share"),
                step.comparison,
            )
        if self.month_probabilities:
            return self._streak_probability(step, setting)
        basis = self.basis(setting)
        if basis is None:
            return setting.read(step, "probability")
        threshold = setting.read(step, "threshold")
        if basis.amount is not None:
            reaches = basis.amount.at_least if step.comparison == ">=" else basis.amount.above
            return exact(reaches(float(threshold)))
        assert basis.count is not None
        return exact(basis.count.at_least(least_count(threshold, step.comparison)))

    def _streak_probability(self, step: Step, setting: Setting) -> Fraction:
        """The product of the first months' probabilities, as many as the streak is long."""
        months = setting.read_each(self, "month_probabilities")
        streak = step.streak or 1
        if streak > len(months):
            raise CardkitError(
                Text(
                    f"连续 {streak} 个月需要 {streak} 个逐月概率，只有 {len(months)} 个",
                    f"A streak of {streak} months needs {streak} probabilities; there are {len(months)}",
                ),
                Text("补全 month_probabilities", "complete month_probabilities"),
            )
        product = Fraction(1)
        for month in months[:streak]:
            product *= month
        return product

    def expect(self, setting: Setting) -> Expected:
        """Rewards granted to one enrolled holder in a year; cost and value of those that are claimed."""
        reached = [self.probability(step, setting) for step in self.steps]
        for step, probability in zip(self.steps, reached, strict=True):
            setting.note(Text(f"达成概率：{step.reward.zh}", f"P(reached): {step.reward.en}"), probability)
        if self.mode == "highest":
            paid = [max(Fraction(0), here - above) for here, above in pairwise([*reached, Fraction(0)])]
        else:
            paid = reached
        basis = self.basis(setting)
        windows = Fraction(1 if basis is None else basis.periods)
        if self.metric == "team-share":
            windows /= setting.read(self, "staff")
        units = cost = value = Fraction(0)
        for step, probability in zip(self.steps, paid, strict=True):
            granted = probability * windows
            claimed = granted * setting.read(step, "claim")
            units += granted
            cost += claimed * setting.read(step, "unit_cost")
            value += claimed * setting.read(step, "retail_value")
        return Expected(units, cost=cost, value=value)

    def exposure(self, setting: Setting) -> Exposure:
        """Every step (or the dearest) reached in every window and claimed by everyone."""
        costs = [setting.read(step, "unit_cost") for step in self.steps]
        paid = costs if self.mode == "cumulative" else [max(costs)]
        window = self.steps[0].window
        windows = Fraction(PER_YEAR[window] if self.repeats and window is not None else 1)
        if self.metric == "team-share":
            windows /= setting.read(self, "staff")
        return Exposure(len(paid) * windows, sum(paid, Fraction(0)) * windows, max(costs))

    def promise(self, words: Wording) -> Text:
        """连续 3 个自然月每月消费满 3,000 元，得健康体检一次 / a health check when you spend … ."""
        return joined([step_text(self.metric, step, words) for step in self.steps], "；", "; ")

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, whether steps add up, and how often."""
        lines = list(Benefit.details(self, words))
        if len(self.steps) > 1:
            lines.append(
                Text("各档奖励累计发放", "every step that you reach is rewarded")
                if self.mode == "cumulative"
                else Text("只发放达到的最高一档", "only the highest step that you reach is rewarded")
            )
        if self.repeats:
            lines.append(Text("每个统计周期均可获得", "can be earned in every such period"))
        return tuple(lines)


def team_probability(staff: Fraction, p_activate: Fraction, share: Fraction, comparison: str) -> Fraction:
    """P(K ≥ or > share·staff), K binomial: how many of the staff activate, independently of each other.

    “Exceeds 80 %” and “reaches 80 %” are different prices: of 200, 161 or 160 must activate.
    """
    least = least_count(share * staff, comparison)
    return exact(Binomial(int(staff), float(p_activate)).at_least(least))
