"""CK6: thresholds that rise, can be reached in their time, and aren't nested without a word."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.milestone import Milestone
from cardkit.mechanics.milestone_step import Step
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.service import Service
from cardkit.mechanics.wording import grouped
from cardkit.model.campaign import Campaign

FALLING = Code("CK601", "falling-thresholds")
UNREACHABLE = Code("CK602", "unreachable-step")
NESTED = Code("CK603", "nested-thresholds", Severity.NOTE)

DAYS_A_MONTH = 28
"""Days of the shortest month: so many days may hold a month that counts."""


def _height(checking: Checking, step: Step) -> tuple[Fraction, Fraction] | None:
    """How high a step is: its threshold or share, then its months in a row; None without a value."""
    figure = step.threshold if step.threshold is not None else step.share
    entry = figure.on(checking.as_of) if figure is not None else None
    if figure is not None and entry is None:
        return None
    value = entry.value if entry is not None else Fraction(0)
    return value, Fraction(step.streak or 1)


@check(FALLING)
def falling_thresholds(checking: Checking) -> Iterable[Finding]:
    """The steps of a milestone don't rise.

    达标奖的各档门槛没有从低到高。

    Why: A later step would be reached before an earlier one, so that “the highest step” pays the wrong
        reward.
    为什么：后一档反而先达到，“只发最高一档”就会发错奖励。
    Bad (campaigns/welcome.yaml benefits/0/steps/1):
        threshold: 5 # here
    Good (campaigns/welcome.yaml benefits/0/steps/1):
        threshold: 50
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.on_sale:
        if not isinstance(held.benefit, Milestone) or held.benefit.metric in ("approval", "event"):
            continue
        for index, (lower, higher) in enumerate(pairwise(held.benefit.steps), 1):
            before, after = _height(checking, lower), _height(checking, higher)
            if before is None or after is None:
                continue
            rises = after[0] >= before[0] and after[1] >= before[1] and after != before
            if rises or higher.clock != lower.clock or higher.within_days != lower.within_days:
                continue
            key = (
                "streak"
                if higher.streak and after[0] == before[0]
                else ("share" if higher.share else "threshold")
            )
            at = 1 if key == "streak" else 0
            scale = 100 if key == "share" else 1
            here, earlier = grouped(after[at] * scale), grouped(before[at] * scale)
            yield Finding(
                FALLING,
                checking.at_held(held, "steps", index, key),
                Text(
                    f"这一档是 {here}，前一档是 {earlier}，没有升高",
                    f"This step is at {here} and the one before at {earlier}: it doesn't rise",
                ),
                Text(
                    "按门槛从低到高排列，不要重复",
                    "list the steps from the lowest to the highest, none twice",
                ),
                held.holder.id,
                (
                    Related(
                        checking.at_held(held, "steps", index - 1, key),
                        Text("前一档在这里", "the step before"),
                    ),
                ),
            )


@check(UNREACHABLE)
def unreachable_step(checking: Checking) -> Iterable[Finding]:
    """A step takes more time than there is.

    达标所需的时间比给的时间还长。

    Why: Three months in a row don't fit a campaign of two months: nobody can ever reach it, and the page
        promises it.
    为什么：连续三个月放不进两个月的活动：谁都达不到，页面却在承诺。
    Bad (campaigns/welcome.yaml benefits/0):
        metric: months-on-target
        steps:
          - threshold: 1000
            streak: 11 # here
            reward: {zh: 一次体检, en: a health check}
            probability: 20%
            unit_cost: 200
            retail_value: 400
    Good (campaigns/welcome.yaml benefits/0):
        metric: months-on-target
        steps:
          - threshold: 1000
            streak: 3
            reward: {zh: 一次体检, en: a health check}
            probability: 20%
            unit_cost: 200
            retail_value: 400
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.on_sale:
        if not isinstance(held.benefit, Milestone):
            continue
        for index, step in enumerate(held.benefit.steps):
            for days, said, place in _times(held, step):
                key, needed = _needed_days(held.benefit, step)
                if key and needed > days:
                    yield Finding(
                        UNREACHABLE,
                        checking.at_held(held, "steps", index, key),
                        Text(
                            f"至少要 {needed} 天，而{said.zh}只有 {days} 天",
                            f"It takes at least {needed} days, and {said.en} has {days}",
                        ),
                        Text("延长时间，或减少要求的月数", "give it more time, or ask for fewer months"),
                        held.holder.id,
                        (
                            Related(
                                checking.at(held.holder, *place),
                                Text(f"{said.zh}在这里", f"{said.en} is here"),
                            ),
                        ),
                    )
                    break


def _needed_days(benefit: Milestone, step: Step) -> tuple[str, int]:
    """The key that asks for time, and the fewest days that it takes; no key where it takes none."""
    if step.streak is not None:
        return "streak", step.streak * DAYS_A_MONTH
    if benefit.metric == "tenure-years":
        return "threshold", 0  # years before the campaign count too
    if step.within_days is not None and step.clock is None:
        return "within_days", 1
    return "", 0


def _times(held: Held, step: Step) -> list[tuple[int, Text, tuple[str | int, ...]]]:
    """The days that a step has: by its own bound, by its clock, by the campaign's window."""
    found: list[tuple[int, Text, tuple[str | int, ...]]] = []
    campaign = held.holder if isinstance(held.holder, Campaign) else None
    if step.within_days is not None:
        found.append((step.within_days, Text("它的期限", "its own time"), held.path))
    for number, clock in enumerate(campaign.clocks if campaign else ()):
        if clock.id == step.clock:
            found.append(
                (clock.days, Text(f"时限 {clock.id}", f"the clock {clock.id}"), ("clocks", number, "days"))
            )
    if campaign and campaign.window.since and campaign.window.until:
        days = (campaign.window.until - campaign.window.since).days + 1
        found.append((days, Text("活动期", "the campaign"), ("window",)))
    return found


@check(NESTED)
def nested_thresholds(checking: Checking) -> Iterable[Finding]:
    """Whoever reaches one threshold of a service has reached the other as well.

    达到一项服务的门槛，就一定已达到另一项。

    Why: 200,000 yuan a year is more than 10,000 × 12: every customer of the higher tier is in the lower one,
        so that both are paid for. Say so, or the tiers are counted as if they were different people.
    为什么：年消费 200,000 元高于 10,000 × 12：高一层的客户都在低一层里，两份都要付成本；不写明就会当成两
        批人。
    Bad (services/check-up.yaml):
        kind: service
        id: check-up
        name: {zh: 财务体检, en: Financial check-up}
        owner: service-team
        level: value-added
        benefits:
          - id: yearly-check
            mechanic: service
            name: {zh: 年度财务体检, en: Yearly financial check-up}
            about: {zh: 每年一次财务体检, en: a financial check-up each year}
            tier_threshold: 200000 # here
            window: calendar-year
            contacts: 1
            contact_cost: 60
            retail_value: 200
    Good (services/personal-service.yaml):
        level: value-added
    Source: practice of card centres 信用卡中心实务
    """
    tiers: list[tuple[Fraction, Held, Service]] = []
    for held in checking.on_sale:
        benefit = held.benefit
        if isinstance(benefit, Service) and benefit.tier_threshold is not None and benefit.window is not None:
            entry = benefit.tier_threshold.on(checking.as_of)
            if entry is not None:
                tiers.append((entry.value * PER_YEAR[benefit.window], held, benefit))
    tiers.sort(key=lambda each: each[0])
    for position, (year, held, benefit) in enumerate(tiers):
        for lower_year, lower, lower_benefit in reversed(tiers[:position]):
            if (lower_benefit.scope != benefit.scope) or not _same_people(checking, held, lower):
                continue
            here, implied = grouped(year), grouped(lower_year)
            yield Finding(
                NESTED,
                checking.at_held(held, "tier_threshold"),
                Text(
                    f"一年消费 {here} 元的客户，都已超过 {lower.reference} 的一年 {implied} 元："
                    "两项服务的人群是包含关系",
                    f"Whoever spends {here} a year has passed the {implied} a year of "
                    f"{lower.reference}: its customers are among those of the other",
                ),
                Text(
                    "确认两层服务同时提供，成本各算一份",
                    "make sure that both are meant to be given, and paid for, together",
                ),
                held.holder.id,
                (
                    Related(
                        checking.at_held(lower, "tier_threshold"),
                        Text("被包含的门槛", "the threshold that it implies"),
                    ),
                ),
            )
            break


def _same_people(checking: Checking, one: Held, other: Held) -> bool:
    return bool(checking.together.segments(one.holder) & checking.together.segments(other.holder))
