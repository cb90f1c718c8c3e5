"""One step of a milestone: what has to be reached, in which time, and what it brings."""

from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Choice, Identifier, Money, Number, Rate, UnitCost, Whole, Words
from cardkit.ground.text import Text
from cardkit.mechanics.common import COMPARISONS
from cardkit.mechanics.period import PERIODS

METRICS = (
    "spend",
    "purchases",
    "first-spend",
    "months-on-target",
    "instalment-months",
    "tenure-years",
    "team-share",
    "referrals",
    "approval",
    "event",
)
"""What a milestone counts. Spend and purchases are drawn from the segment's distributions and team-share
from the team; the others need a probability, or probabilities month by month."""

STREAKS = ("months-on-target", "instalment-months")
"""Metrics that count months in a row."""

NEEDS = {
    "spend": ("threshold",),
    "purchases": ("threshold",),
    "first-spend": ("threshold",),
    "months-on-target": ("threshold", "streak"),
    "instalment-months": ("streak",),
    "tenure-years": ("threshold",),
    "team-share": ("share",),
    "referrals": ("threshold",),
    "approval": (),
    "event": ("condition",),
}
"""What a step must say for each metric; spend and purchases also a window, or within how many days."""


@record
class Step:
    """One step of a milestone.

    The threshold is in the metric's own unit: yuan of spend (of each month, for months on target), number
    of purchases, years, or friends. A team's is a share of its staff.
    """

    threshold: Figure | None = item(
        FigureOf(Number(decimals=2), by_segment=False),
        Text("门槛", "threshold"),
        Text(
            "按指标的单位：消费额（元）、笔数、年数或人数。",
            "In the metric's unit: yuan, purchases, years or friends.",
        ),
        default=None,
        public=True,
        example=3000,
    )
    share: Figure | None = item(
        FigureOf(Rate(), by_segment=False),
        Text("团队占比", "share of the team"),
        Text("团队达标的员工比例；只用于 team-share。", "Share of the staff, for team-share only."),
        default=None,
        public=True,
        example="80%",
    )
    comparison: str = item(
        Choice(COMPARISONS),
        Text("门槛比较", "comparison"),
        Text("`>=` 为满，`>` 为超过；两者价格不同。", "`>=` reaches, `>` exceeds: two different prices."),
        default=">=",
        public=True,
    )
    window: str | None = item(
        Choice(PERIODS),
        Text("统计周期", "window"),
        Text(
            "在哪个周期内统计消费或笔数；只数 within_days 的那些天时不写，此时要给 probability。",
            "The period in which spend or purchases are counted; left out where they count over within_days, "
            "which then needs a probability.",
        ),
        default=None,
        public=True,
        example="calendar-month",
    )
    within_days: int | None = item(
        Whole(1, 3660),
        Text("期限（天）", "within so many days"),
        Text(
            "多少天内达成，含最后一天；从 clock 起算，不写 clock 则从核卡日起算。",
            "Days to reach it, last day inclusive; from the clock's start, else from approval.",
        ),
        default=None,
        public=True,
        example=65,
    )
    clock: str | None = item(
        Identifier(),
        Text("计时起点", "clock"),
        Text("活动中哪个计时器的 id。", "The id of one of the campaign's clocks."),
        default=None,
        public=True,
        example="first-spend",
    )
    streak: int | None = item(
        Whole(1, 120),
        Text("连续月数", "months in a row"),
        Text("需要连续多少个月。", "How many consecutive months it takes."),
        default=None,
        public=True,
        example=3,
    )
    condition: Text | None = item(
        Words(),
        Text("条件", "condition"),
        Text(
            "只用于 event：写给客户看的条件，后面接奖励。",
            "For event only: the condition in the customer's words; the reward follows it.",
        ),
        default=None,
        public=True,
        example={"zh": "生日当月", "en": "in the month of your birthday"},
    )
    reward: Text = item(
        Words(),
        Text("奖励", "reward"),
        Text("得到什么，连量词写，如“一个月视频会员”。", "What it brings, e.g. one month of videos."),
        public=True,
        example={"zh": "一个月视频会员", "en": "one month of video membership"},
    )
    reward_face: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("奖励面值", "face value of the reward"),
        Text("客户看到的金额。", "The amount that the customer reads."),
        default=None,
        public=True,
        example=25,
    )
    probability: Figure | None = item(
        FigureOf(Rate()),
        Text("达成概率", "probability"),
        Text(
            "达成的概率；写了就不再由分布推算。",
            "Probability that it is reached; takes the place of what distributions would say.",
        ),
        default=None,
        example="20%",
    )
    unit_cost: Figure = item(
        FigureOf(UnitCost()),
        Text("奖励成本", "cost of the reward"),
        Text("一份奖励的成本；团队奖为整队一份。", "Cost of one reward; for a team, of the whole team's."),
        example=15,
    )
    retail_value: Figure = item(
        FigureOf(Money()),
        Text("零售价值", "retail value"),
        Text("一份奖励对客户的零售价。", "What one reward costs at retail."),
        example=25,
    )
    claim: Figure = item(
        FigureOf(Rate()),
        Text("领取率", "claim rate"),
        Text("达成者中领取奖励的比例；默认 100%。", "Share of those who reach it that claim it."),
        default=fixed(1, "everyone who reaches it"),
        example="90%",
    )


def met(step: Step, threshold: Fraction, reached: Fraction) -> bool:
    """Whether a concrete amount or count satisfies the step: `>=` reaches the threshold, `>` exceeds it."""
    return reached >= threshold if step.comparison == ">=" else reached > threshold


def least_count(threshold: Fraction, comparison: str) -> int:
    """The smallest whole number that reaches (`>=`) or exceeds (`>`) a threshold."""
    return -(-threshold // 1) if comparison == ">=" else threshold // 1 + 1
