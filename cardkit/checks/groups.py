"""CK3: interaction groups that the engine can price."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.earn import Earn
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.redeem import Redeem
from cardkit.model.card import Card
from cardkit.model.interaction import Interaction
from cardkit.pricing.interaction_terms import Member, interaction_terms
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.setting import RealSetting

UNEQUAL = Code("CK303", "group-of-unequals")


@check(UNEQUAL)
def group_of_unequals(checking: Checking) -> Iterable[Finding]:
    """The members of an interaction group can't be priced together in the way that it says.

    相互作用组的成员不能按它写的方式一起定价。

    Why: “The better one” of two cashbacks is decided period by period on the same purchases; with another
        period, scope or mechanic there is no such thing, and the group has no price.
    为什么：两种返现“取最优”是在同一批消费上逐周期比较的；周期、范围或机制不同就无从比较，这个组也就没有价
        格。
    Bad (rules/dining-best.yaml):
        members: [card/core-points, pet-care/dining-cashback] # here
    Bad (modules/pet-care.yaml benefits/1):
        scope: {categories: [grocery]}
    Good (rules/dining-best.yaml):
        members: [card/core-cashback, pet-care/dining-cashback]
    Source: docs/architecture.md
    """
    for group in checking.live(Interaction):
        members = list(_members(checking, group))
        if len(members) < 2:
            continue
        found = _misfit(group, [benefit for _, benefit in members]) or _priced(checking, group)
        if found is not None:
            message, hint = found
            yield Finding(UNEQUAL, checking.at(group, "members"), message, hint, group.id)


def _members(checking: Checking, group: Interaction) -> Iterator[tuple[str, Benefit]]:
    for reference in group.members:
        holder = reference.partition("/")[0]
        cards = checking.catalog.cards if holder == "card" else [None]
        for card in cards:
            benefit = checking.catalog.benefit(reference, card)
            if benefit is not None:
                yield reference, benefit
                break


_NO_PACK = (
    Text(
        "share 的第一个成员是共享包（feature），其余成员要写 sharing",
        "A share group lists the pack (a feature) first; each other member says how it is shared",
    ),
    Text("在被共享的权益里写 sharing", "write sharing in each benefit that the pack shares"),
)


def _misfit(group: Interaction, benefits: list[Benefit]) -> tuple[Text, Text] | None:
    """What the mechanics alone show."""
    if group.how == "waive":
        fees = {benefit.fee if isinstance(benefit, FeeWaiver) else "" for benefit in benefits}
        if len(fees) > 1 or "" in fees:
            return (
                Text("waive 的成员要减免同一项费用", "Members of a waive group waive one and the same fee"),
                Text("只留减免同一费用的权益", "keep the benefits that waive one fee"),
            )
    elif group.how == "redeem":
        points = {benefit.currency if isinstance(benefit, Redeem | Earn) else "" for benefit in benefits}
        if len(points) > 1 or "" in points or not any(isinstance(benefit, Redeem) for benefit in benefits):
            return (
                Text(
                    "redeem 的成员是同一种积分的累积和兑换",
                    "Members of a redeem group earn and redeem one currency",
                ),
                Text("每种积分一个组", "make one group for each points currency"),
            )
    elif group.how == "share":
        shared = all(benefit.sharing is not None for benefit in benefits[1:])
        return None if shared and isinstance(benefits[0], Feature) else _NO_PACK
    elif group.how != "accumulate" or group.cap is not None:
        by_rate = all(isinstance(benefit, Cashback) and benefit.rate is not None for benefit in benefits)
        how = f"{group.how} under a shared cap" if group.cap else group.how
        message = Text(
            f"{group.how} 只能用于按比例的消费返现", f"Only cashback by rate can be priced as {how}"
        )
        hint = Text("改用 how: accumulate，不设共同上限", "use how: accumulate, without a shared cap")
        return None if by_rate else (message, hint)
    return None


def _priced(checking: Checking, group: Interaction) -> tuple[Text, Text | None] | None:
    """What the engine says where it can't price the group; a missing figure is another check's."""
    catalog = checking.catalog
    if checking.settings is None:
        return None
    holders = [reference.partition("/")[0] for reference in group.members]
    names = [name for name in holders if isinstance(catalog.entities.get(name), Card)] or list(catalog.cards)
    for name in names:
        card = catalog.cards[name]
        members = tuple(
            Member(catalog.entities[card.id if holder == "card" else holder], benefit)
            for holder, reference in zip(holders, group.members, strict=True)
            if (benefit := catalog.benefit(reference, card.id)) is not None
        )
        segment = next((catalog.segments[each] for each in sorted(checking.together.segments(card))), None)
        if len(members) < 2 or segment is None:
            continue
        try:
            interaction_terms(group, members, RealSetting(checking.day, card, segment, card, group.id))
        except MissingFigure:
            continue
        except CardkitError as error:
            return error.message, error.hint
        except KeyError:
            return None  # something that it needs doesn't exist: said by unknown-id
        return None
    return None
