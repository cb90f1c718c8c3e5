"""CK3: benefits that meet on the same purchases, fee, currency or visits say how they go together."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.discount import Discount
from cardkit.mechanics.earn import Earn
from cardkit.mechanics.entitlement import Entitlement
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.redeem import Redeem
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier

UNDECLARED_OVERLAP = Code("CK301", "undeclared-overlap")
IN_TWO_GROUPS = Code("CK302", "benefit-in-two-groups")
NEVER_MEET = Code("CK304", "group-never-meets", Severity.WARNING)

MOST_SAID = 3
"""So many overlaps of one benefit are named; mending them shows the next."""

MOST_COMPARED = 400
"""With so many others on one matter a benefit is compared, so that no catalog makes the check quadratic."""

Matter = tuple[str, str]
"""What benefits can meet on: `purchases` of a category, a `fee`, points of a currency, a `usage`."""

_ON = {
    "purchases": Text("消费", "purchases in"),
    "fee": Text("费用", "the fee"),
    "base": Text("基础积分", "base points in"),
    "multiplier": Text("积分加倍", "multiplied points in"),
    "redemption": Text("兑换", "the redemption of"),
    "usage": Text("使用", "the usage"),
}


def _matters(held: Held, categories: tuple[str, ...]) -> Iterator[Matter]:
    benefit = held.benefit
    scope = benefit.scope.categories if benefit.scope is not None and benefit.scope.categories else categories
    if isinstance(benefit, Cashback):
        for name in scope:
            yield "purchases", name
    elif isinstance(benefit, FeeWaiver):
        yield "fee", benefit.fee
    elif isinstance(benefit, Earn):
        # Base points and a multiplier simply add; two bases, or two multipliers, of one currency don't.
        for name in scope:
            yield "base" if benefit.multiplier is None else "multiplier", f"{benefit.currency} · {name}"
    elif isinstance(benefit, Redeem):
        yield "redemption", benefit.currency
    elif isinstance(benefit, Discount | Entitlement) and benefit.usage is not None:
        yield "usage", benefit.usage


def groups_of(checking: Checking) -> dict[str, set[str]]:
    """The groups of each benefit, by `ENTITY/BENEFIT`; `card/…` counts for every card."""
    found: dict[str, set[str]] = {}
    cards = list(checking.catalog.cards)
    for group in checking.catalog.interactions.values():
        if group.status in ("draft", "retired"):
            continue
        for reference in group.members:
            holder, _, name = reference.partition("/")
            for entity in cards if holder == "card" else [holder]:
                found.setdefault(f"{entity}/{name}", set()).add(group.id)
    return found


def _met(checking: Checking, left: Held, right: Held) -> bool:
    """Whether one product can have both, for one customer."""
    if isinstance(left.benefit, Redeem) and left.holder is right.holder:
        return False  # the options of one card are one mix
    mine, theirs = left.benefit.eligibility.segments, right.benefit.eligibility.segments
    if mine and theirs and not set(mine) & set(theirs):
        return False
    return left.holder is right.holder or checking.together.may(left.holder, right.holder)


@check(UNDECLARED_OVERLAP)
def undeclared_overlap(checking: Checking) -> Iterable[Finding]:
    """Two benefits meet on the same purchases, fee, points or visits, and no group says what then holds.

    两项权益落在同一消费、费用、积分或使用上，却没有相互作用组说明怎么算。

    Why: Both would be priced in full and both promised to the customer: the cost is counted twice, or the
        contract is disputed. Say whether the better one counts, both, or the first listed.
    为什么：两项都会按全额定价、都对客户承诺：成本算了两遍，或者日后起争议。写明取最优、都给，
        还是只给列在前面的。
    Bad (rules/dining-best.yaml):
        status: draft
    Bad (modules/pet-care.yaml benefits/1):
        id: dining-cashback # here
    Good (rules/dining-best.yaml):
        status: live
    Source: SPEC.md section 3; DOMAIN.md section 7
    """
    settings = checking.settings
    if settings is None:
        return
    groups = groups_of(checking)
    benefits = sorted(checking.on_sale, key=_cards_first)
    on_matter: dict[Matter, list[int]] = {}
    for number, held in enumerate(benefits):
        meeting: dict[int, Matter] = {}
        for matter in dict.fromkeys(_matters(held, tuple(settings.categories))):
            others = on_matter.setdefault(matter, [])
            for other in others[-MOST_COMPARED:]:
                meeting.setdefault(other, matter)
            others.append(number)
        said: set[str] = set()
        for other, matter in meeting.items():
            against = benefits[other]
            grouped = groups.get(held.reference, set()) & groups.get(against.reference, set())
            if grouped or _shared_name(against) in said or not _met(checking, held, against):
                continue
            said.add(_shared_name(against))
            yield _overlap(checking, held, against, matter)
            if len(said) == MOST_SAID:
                break


def _cards_first(held: Held) -> int:
    return [Card, Module, ServiceTier, Campaign].index(type(held.holder))


def _shared_name(held: Held) -> str:
    """`card/BENEFIT` for a card's benefit: one group takes that of every card."""
    return f"card/{held.benefit.id}" if isinstance(held.holder, Card) else held.reference


def _overlap(checking: Checking, held: Held, other: Held, matter: Matter) -> Finding:
    on = _ON[matter[0]]
    first, second = _shared_name(other), _shared_name(held)
    return Finding(
        UNDECLARED_OVERLAP,
        checking.at_held(held, "id"),
        Text(
            f"{held.reference} 和 {other.reference} 都落在{on.zh} {matter[1]} 上，没有写明怎样一起算",
            f"{held.reference} and {other.reference} meet on {on.en} {matter[1]}, and nothing says "
            "how they go together",
        ),
        Text(
            f"在 rules/ 写一个 kind: interaction，members: [{first}, {second}]，how 写 best、accumulate 等",
            f"write a kind: interaction in rules/ with members: [{first}, {second}] "
            "and how: best, accumulate, …; or a rule that keeps them apart",
        ),
        held.holder.id,
        (Related(checking.at_held(other, "id"), Text("另一项在这里", "the other one is here")),),
    )


@check(IN_TWO_GROUPS)
def benefit_in_two_groups(checking: Checking) -> Iterable[Finding]:
    """A benefit is in two interaction groups.

    一项权益在两个相互作用组里。

    Why: Each group is priced as one term, so the benefit would be counted twice.
    为什么：每个组作为一项来定价，这项权益会被算两次。
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
    Source: SPEC.md section 3
    """
    first: dict[str, tuple[str, int]] = {}
    cards = list(checking.catalog.cards)
    for group in checking.catalog.interactions.values():
        if group.status in ("draft", "retired"):
            continue
        for index, reference in enumerate(group.members):
            holder, _, name = reference.partition("/")
            marks = [f"{entity}/{name}" for entity in cards] if holder == "card" else [reference]
            taken = [first[mark] for mark in marks if mark in first and first[mark][0] != group.id]
            for mark in marks:
                first.setdefault(mark, (group.id, index))
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
    Source: DOMAIN.md section 7
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
