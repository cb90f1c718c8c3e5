"""CK3: interaction groups name benefits that meet, each in one group, and packs that share."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.overlap import groups_of
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.feature import Feature
from cardkit.model.card import Card
from cardkit.model.interaction import Interaction

IN_TWO_GROUPS = Code("CK302", "benefit-in-two-groups")
NEVER_MEET = Code("CK304", "group-never-meets", Severity.WARNING)
UNDECLARED_SHARING = Code("CK314", "undeclared-sharing")


@check(IN_TWO_GROUPS)
def benefit_in_two_groups(checking: Checking) -> Iterable[Finding]:
    """A benefit is in two interaction groups that one product can have.

    一项权益在两个相互作用组里，同一个产品会同时有这两个组。

    Why: Each group is priced as one term, so the benefit would be counted twice. Groups whose other members
        a rule keeps apart, such as seven plans of which one is chosen, are no fault.
    为什么：每个组作为一项来定价，这项权益会被算两次。其余成员由规则隔开的组（如七选一的方案）不算错。
    Bad (rules/second-best.yaml):
        kind: interaction
        id: second-best
        name: {zh: 又一个取最优, en: Another best}
        owner: card-team
        how: best
        members: [card/core-cashback, pet-care/dining-cashback] # here
        reason: {zh: 只返最高的一份, en: only the better one counts}
    Good (rules/dining-best.yaml):
        how: best
    Source: docs/architecture.md
    """
    taken_by: dict[str, dict[str, int]] = {}
    cards = list(checking.catalog.cards)
    for group in checking.catalog.interactions.values():
        if group.status in ("draft", "retired"):
            continue
        for index, reference in enumerate(group.members):
            holder, _, name = reference.partition("/")
            marks = [f"{entity}/{name}" for entity in cards] if holder == "card" else [reference]
            earlier = {name: at for mark in marks for name, at in taken_by.get(mark, {}).items()}
            for mark in marks:
                taken_by.setdefault(mark, {}).setdefault(group.id, index)
            taken = [
                (name, at)
                for name, at in earlier.items()
                if name != group.id
                and _both_priced(checking, reference, group, checking.catalog.interactions[name])
            ]
            if taken:
                other = checking.catalog.interactions[taken[0][0]]
                yield Finding(
                    IN_TWO_GROUPS,
                    checking.at(group, "members", index),
                    Text(
                        f"{reference} 已在组 {other.id} 里", f"{reference} is in the group {other.id} already"
                    ),
                    Text(
                        "把两个组合成一个，或从其中一个删掉",
                        "make one group of the two, or take it out of one",
                    ),
                    group.id,
                    (
                        Related(
                            checking.at(other, "members", taken[0][1]),
                            Text("另一组在这里", "the other group"),
                        ),
                    ),
                )
                break


def _both_priced(checking: Checking, shared: str, left: Interaction, right: Interaction) -> bool:
    """Whether one product can have another member of each group beside the one that they share."""
    entities = checking.catalog.entities
    for mine in left.members:
        for theirs in right.members:
            if shared in (mine, theirs):
                continue
            holders = [reference.partition("/")[0] for reference in (mine, theirs)]
            first, second = (entities.get(name) for name in holders)
            if first is None or second is None or first is second or checking.together.may(first, second):
                return True
    return False


@check(NEVER_MEET)
def group_never_meets(checking: Checking) -> Iterable[Finding]:
    """No product can have two members of an interaction group.

    没有一个产品能同时有这个组的两个成员。

    Why: The group never has an effect; a rule keeps its members apart, or an id is another than was meant.
    为什么：这个组永远不起作用：规则把成员分开了，或者 id 写错了。
    Bad (rules/city-or-gold.yaml):
        kind: interaction
        id: city-or-gold
        name: {zh: 城市卡与金卡, en: City or gold}
        owner: card-team
        how: accumulate
        members: [city-card/core-points, gold-card/core-points] # here
        reason: {zh: 两张卡的积分, en: points of both cards}
    Good (rules/dining-best.yaml):
        members: [card/core-cashback, pet-care/dining-cashback]
    Source: practice of card centres 信用卡中心实务
    """
    for group in checking.catalog.interactions.values():
        holders = [reference.partition("/")[0] for reference in group.members]
        entities = [checking.catalog.entities.get(name) for name in holders if name != "card"]
        if group.status in ("draft", "retired") or None in entities:
            continue
        known = [entity for entity in entities if entity is not None]
        same_twice = len({entity.id for entity in known}) < len(known) or holders.count("card") > 1
        with_card = "card" in holders and any(not isinstance(entity, Card) for entity in known)
        pairs = any(
            checking.together.may(left, right)
            for index, left in enumerate(known)
            for right in known[index + 1 :]
            if left is not right
        )
        if not (same_twice or with_card or pairs):
            yield Finding(
                NEVER_MEET,
                checking.at(group, "members"),
                Text("没有产品能同时有其中两项", "No product can have two of these"),
                Text("检查成员的 id，或删掉这个组", "look at the members' ids, or remove the group"),
                group.id,
            )


@check(UNDECLARED_SHARING)
def undeclared_sharing(checking: Checking) -> Iterable[Finding]:
    """A pack shares a benefit with the family, and no group says so to the price.

    共享包把一项权益开放给家人，却没有相互作用组让价格知道。

    Why: The page promises that the family may use it, and the price is that of one person's use.
    为什么：页面承诺家人可用，价格却只按一个人的使用来算。
    Bad (modules/card-security.yaml):
        benefits:
          - id: family-pack
            mechanic: feature
            name: {zh: 附属卡共享, en: Shared with the family}
            about: {zh: 家人共享贵宾厅, en: lounges for the family}
            shares: [lounge-pass/lounge] # here
            fixed_cost: 1
          - id: fraud-cover
            mechanic: insurance
            name: {zh: 盗刷保障, en: Fraud cover}
            insurer: safe-insurance
            cover: {zh: 盗刷损失, en: losses from card fraud}
            customer_price: 1
            premium: 0.8
            expected_claims: 2
    Good (modules/card-security.yaml):
        benefits:
          - id: family-pack
            mechanic: feature
            name: {zh: 附属卡共享, en: Shared with the family}
            about: {zh: 家人共享贵宾厅, en: lounges for the family}
            shares: [lounge-pass/lounge]
            fixed_cost: 1
          - id: fraud-cover
            mechanic: insurance
            name: {zh: 盗刷保障, en: Fraud cover}
            insurer: safe-insurance
            cover: {zh: 盗刷损失, en: losses from card fraud}
            customer_price: 1
            premium: 0.8
            expected_claims: 2
    Good (rules/family-sharing.yaml):
        kind: interaction
        id: family-sharing
        name: {zh: 家人共享, en: Shared with the family}
        owner: family-team
        how: share
        members: [card-security/family-pack, lounge-pass/lounge]
        reason: {zh: 家人共用次数, en: the family shares the visits}
    Source: docs/architecture.md
    """
    groups = groups_of(checking)
    for held in checking.on_sale:
        for index, reference in enumerate(held.benefit.shares if isinstance(held.benefit, Feature) else ()):
            names = [reference]
            if reference.startswith("card/"):
                names = [f"{card}/{reference.removeprefix('card/')}" for card in checking.catalog.cards]
            mine = groups.get(held.reference, set())
            if any(mine & groups.get(name, set()) for name in names):
                continue
            yield Finding(
                UNDECLARED_SHARING,
                checking.at_held(held, "shares", index),
                Text(
                    f"没有相互作用组同时含 {held.reference} 和 {reference}",
                    f"No interaction group has both {held.reference} and {reference}",
                ),
                Text(
                    f"在 rules/ 写 how: share，members: [{held.reference}, {reference}]",
                    f"write one in rules/ with how: share and members: [{held.reference}, {reference}]",
                ),
                held.holder.id,
            )
