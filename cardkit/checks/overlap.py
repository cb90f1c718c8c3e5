"""CK3: benefits that meet on the same purchases, fee, currency or visits say how they go together."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.ground.finding import Code, Finding, Related
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
NO_BASE = Code("CK315", "multiplier-without-base")

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
    scope = categories if benefit.scope is None else benefit.scope.covers(categories)
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
    Source: docs/architecture.md; practice of card centres 信用卡中心实务
    """
    settings = checking.settings
    if settings is None:
        return
    groups = groups_of(checking)
    benefits = sorted(checking.on_sale, key=_cards_first)
    # Benefits of one matter, apart by the rules that keep their holders apart: no pair of one set can meet.
    on_matter: dict[Matter, dict[frozenset[str], list[int]]] = {}
    for number, held in enumerate(benefits):
        meeting: dict[int, Matter] = {}
        apart = checking.together.apart(held.holder)
        for matter in dict.fromkeys(_matters(held, tuple(settings.categories))):
            sets = on_matter.setdefault(matter, {})
            others = [other for rules, kept in sets.items() if not rules & apart for other in kept]
            for other in others[-MOST_COMPARED:]:
                meeting.setdefault(other, matter)
            sets.setdefault(apart, []).append(number)
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


@check(NO_BASE)
def multiplier_without_base(checking: Checking) -> Iterable[Finding]:
    """A multiplier counts in total, and no card that it goes with earns the base points.

    倍数按“总计”算，可是能搭配的卡都没有这种基础积分。

    Why: “Three times in total” grants two times beyond the base; without a base the customer gets two, not
        three.
    为什么：“总计 3 倍”只发超出基础的 2 倍；没有基础积分，客户拿到的是 2 倍，不是 3 倍。
    Bad (cards/gold-card.yaml core/1):
        multiplier: 3
        multiplier_counts: total # here
    Good (cards/gold-card.yaml core/1):
        multiplier: 3
        multiplier_counts: incremental
    Source: docs/mechanics.md
    """
    base: dict[str, set[str]] = {}
    for held in checking.on_sale:
        if isinstance(held.benefit, Earn) and held.benefit.multiplier_counts != "total":
            base.setdefault(held.benefit.currency, set()).add(held.holder.id)
    for held in checking.on_sale:
        benefit = held.benefit
        if not isinstance(benefit, Earn) or benefit.multiplier_counts != "total":
            continue
        earning = base.get(benefit.currency, set())
        if held.holder.id in earning or earning & checking.together.cards(held.holder):
            continue
        yield Finding(
            NO_BASE,
            checking.at_held(held, "multiplier_counts"),
            Text(
                f"能搭配的卡都不发基础 {benefit.currency}",
                f"No card that it goes with earns base points in {benefit.currency}",
            ),
            Text(
                "改成 incremental，或在卡的 core 里写基础积分",
                "write incremental, or give the card base points in its core",
            ),
            held.holder.id,
        )
