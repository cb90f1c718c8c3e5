"""CK4: what one benefit may cost is bounded, and its caps and assumptions agree with each other."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.ground.finding import Code, Finding, Related
from cardkit.ground.money import percent, plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.discount import Discount
from cardkit.mechanics.earn import Earn
from cardkit.model.interaction import Interaction

UNBOUNDED = Code("CK402", "unbounded-reward")
CAPS_DISAGREE = Code("CK403", "caps-disagree")
NO_TAKE_UP = Code("CK404", "missing-take-up")


@check(UNBOUNDED)
def unbounded_reward(checking: Checking) -> Iterable[Finding]:
    """A reward has neither a cap, of its own or shared, nor a pool of units.

    奖励既没有自己的或共同的上限，也没有按份数或金额计的总名额。

    Why: It is an unlimited liability: one customer with a terminal of their own can take any amount.
    为什么：这是无限责任：一个自己有收款终端的客户想拿多少就拿多少。
    Bad (modules/pet-care.yaml benefits/1):
        rate: 2% # here
        # no limits
    Good (modules/pet-care.yaml benefits/1):
        limits:
          - {metric: spend, most: 750, period: calendar-month}
    Source: practice of card centres 信用卡中心实务
    """
    shared = _under_shared_caps(checking)
    for held in checking.on_sale:
        benefit = held.benefit
        # A pool of places says how many customers, not how much each of them may take.
        pooled = benefit.pool is not None and benefit.pool.counts == "units"
        if benefit.capped() or pooled or held.reference in shared:
            continue
        key = next(
            (key for key in ("rate", "amount", "yuan_per_point") if getattr(benefit, key, None) is not None),
            "id",
        )
        what = Text("没有上限，也没有总名额：是无限责任", "It has no cap and no pool: an unlimited liability")
        hint = Text(
            "写 limits（如每自然月最多返多少），或写 pool",
            "write limits, such as the most in a calendar month, or a pool",
        )
        if isinstance(benefit, Discount):
            what = Text(
                "次数或单次金额没有上限，也没有总名额：是无限责任",
                "Its uses or the amount of one use have no cap, and there is no pool: an unlimited liability",
            )
            hint = Text("写 uses 和 cap_per_use，或写 pool", "write uses and cap_per_use, or a pool")
        yield Finding(UNBOUNDED, checking.at_held(held, key), what, hint, held.holder.id)


def _under_shared_caps(checking: Checking) -> set[str]:
    """The benefits, by `ENTITY/BENEFIT`, that a group caps together with others."""
    found = set()
    for group in checking.live(Interaction):
        if group.cap is not None:
            for reference in group.members:
                holder, _, name = reference.partition("/")
                found |= (
                    {f"{card}/{name}" for card in checking.catalog.cards} if holder == "card" else {reference}
                )
    return found


def _value(checking: Checking, figure: Figure | None) -> Fraction | None:
    """The value for all segments on the day."""
    entry = figure.on(checking.as_of) if figure is not None else None
    return None if entry is None else entry.value


def _reward_of_spend(checking: Checking, held: Held, spend: Fraction) -> Fraction | None:
    """What a benefit grants on an amount of spend, before its cap; None where that can't be told."""
    benefit = held.benefit
    if isinstance(benefit, Cashback):
        rate = _value(checking, benefit.rate)
        return None if rate is None else spend * rate
    if isinstance(benefit, Earn):
        step = _value(checking, benefit.yuan_per_point)
        factor = _value(checking, benefit.multiplier) if benefit.multiplier is not None else Fraction(1)
        if step is None or factor is None:
            return None
        return spend / step * (factor - 1 if benefit.multiplier_counts == "total" else factor)
    return None


@check(CAPS_DISAGREE)
def caps_disagree(checking: Checking) -> Iterable[Finding]:
    """A cap on the reward and a cap on the spend that counts are two different caps.

    奖励上限和计入消费上限对不上。

    Why: When both are given for one period, the reward cap must be the spend cap × (rate − base); else the
        page promises one amount and the system pays another.
    为什么：同一周期两个上限都写时，奖励上限应等于消费上限 ×（比例 − 基础）；否则页面承诺一个数，
        系统付另一个数。
    Bad (cards/gold-card.yaml core/1):
        limits:
          - {metric: points, most: 1000, period: calendar-month} # here
          - {metric: spend, most: 30000, period: calendar-month}
    Good (cards/gold-card.yaml core/1):
        limits:
          - {metric: points, most: 1000, period: calendar-month}
          - {metric: spend, most: 20000, period: calendar-month}
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.on_sale:
        for index, limit in enumerate(held.benefit.limits):
            if limit.metric not in ("reward", "points"):
                continue
            for number, other in enumerate(held.benefit.limits):
                if other.metric != "spend" or (other.period, other.level) != (limit.period, limit.level):
                    continue
                most, spend = _value(checking, limit.most), _value(checking, other.most)
                full = None if spend is None else _reward_of_spend(checking, held, spend)
                if most is None or spend is None or full is None or most == full:
                    continue
                cap, counted, granted = plain_number(most), plain_number(spend), plain_number(full, 2)
                yield Finding(
                    CAPS_DISAGREE,
                    checking.at_held(held, "limits", index, "most"),
                    Text(
                        f"计入消费 {counted} 元时奖励是 {granted}，上限却写 {cap}",
                        f"Spend of {counted} grants {granted}, but the cap says {cap}",
                    ),
                    Text(
                        f"写 {plain_number(full, 2)}，或只留一个上限",
                        f"write {plain_number(full, 2)}, or keep one of the caps",
                    ),
                    held.holder.id,
                    (
                        Related(
                            checking.at_held(held, "limits", number, "most"),
                            Text("计入消费的上限在这里", "the cap on spend is here"),
                        ),
                    ),
                )


@check(NO_TAKE_UP)
def missing_take_up(checking: Checking) -> Iterable[Finding]:
    """A benefit must be registered for or claimed, and nothing says how many do.

    权益要报名或领取，却没有写多少人会这么做。

    Why: Not everybody enrols; taken as 100% the benefit looks dearer than it is, taken as 0% it is free.
    为什么：不是人人都会报名；按 100% 算偏贵，按 0% 算等于免费。
    Bad (modules/pet-care.yaml benefits/0):
        enrolment: register # here
        # no take_up
    Good (modules/pet-care.yaml benefits/0):
        enrolment: register
        take_up: {value: 60%, source: pilot of 2025, status: measured}
    Source: docs/mechanics.md
    """
    for held in without_take_up(checking):
        word = held.benefit.enrolment
        yield Finding(
            NO_TAKE_UP,
            checking.at_held(held, "enrolment"),
            Text(
                f"{word} 需要 take_up：有多少人会{'报名' if word == 'register' else '领取'}",
                f"enrolment: {word} needs a take_up: the share of those who {word}",
            ),
            Text("写 take_up，如 35%，并注明来源", "write take_up, such as 35%, with its source"),
            held.holder.id,
        )


def without_take_up(checking: Checking) -> Iterator[Held]:
    """Benefits that must be enrolled in and don't say how many do."""
    for held in checking.on_sale:
        if held.benefit.enrolment != "automatic" and held.benefit.take_up is None:
            yield held


def shown_share(total: Fraction) -> str:
    """A sum of shares as a percentage."""
    return percent(total, 4)
