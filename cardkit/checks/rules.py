"""CK3: rules that can't hold, contradict themselves or each other, or have no effect."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.rule.allowed import AllowedCards, AllowedSegments
from cardkit.model.rule.base import Rule
from cardkit.model.rule.requires import Requires
from cardkit.model.rule.sums import AtLeast, Budget, Count, Exactly, Excludes

IMPOSSIBLE = Code("CK308", "impossible-rule")
CONTRADICTORY = Code("CK309", "contradictory-rule")
WITHOUT_EFFECT = Code("CK313", "rule-without-effect", Severity.WARNING)


def members_of(checking: Checking, rule: Count) -> list[str]:
    """The modules that a counting rule counts."""
    modules = checking.catalog.modules
    if rule.group is not None:
        return [name for name, module in modules.items() if module.group == rule.group]
    return [name for name in rule.modules if name in modules]


@check(IMPOSSIBLE)
def impossible_rule(checking: Checking) -> Iterable[Finding]:
    """A rule asks for more modules than there are, or than fit the card.

    规则要求的模块数比现有的还多，或者卡装不下。

    Why: No product of these cards could ever be sold.
    为什么：这些卡的任何产品都永远不能卖。
    Bad (rules/gold-for-families.yaml):
        kind: rule
        id: gold-for-families
        name: {zh: 金卡家庭模块, en: Family on gold}
        owner: travel-team
        rule: at-least
        number: 4 # here
        group: family
        cards: [gold-card]
        reason: {zh: 金卡以家庭为主, en: gold is for families}
    Good (rules/gold-for-families.yaml):
        kind: rule
        id: gold-for-families
        name: {zh: 金卡家庭模块, en: Family on gold}
        owner: travel-team
        rule: at-least
        number: 1
        group: family
        cards: [gold-card]
        reason: {zh: 金卡以家庭为主, en: gold is for families}
    Source: docs/guide.md
    """
    for rule in checking.live(Count):
        if not isinstance(rule, AtLeast | Exactly) or rule.number == 0:
            continue
        on_sale = [
            name for name in members_of(checking, rule) if checking.catalog.modules[name].status != "retired"
        ]
        cards = [
            checking.catalog.cards[name]
            for name in rule.cards or checking.catalog.cards
            if name in checking.catalog.cards
        ]
        sizes = sorted(checking.catalog.modules[name].slots for name in on_sale)
        most = max((card.slots for card in cards), default=0)
        if rule.number > len(on_sale):
            why = Text(
                f"只有 {len(on_sale)} 个这样的模块在售", f"only {len(on_sale)} such modules are on sale"
            )
        elif sum(sizes[: rule.number]) > most:
            why = Text(f"卡最多 {most} 个槽位", f"no card has more than {most} slots")
        else:
            continue
        yield Finding(
            IMPOSSIBLE,
            checking.at(rule, "number"),
            Text(
                f"要求 {rule.number} 个模块，但{why.zh}",
                f"The rule asks for {rule.number} modules, but {why.en}",
            ),
            Text("减小 number，或增加模块", "lower the number, or add modules"),
            rule.id,
        )


@check(CONTRADICTORY)
def contradictory_rule(checking: Checking) -> Iterable[Finding]:
    """A module requires what it excludes, or itself.

    模块要求的正是它排斥的，或者要求它自己。

    Why: Two rules together forbid every product with the module, and neither of them says so.
    为什么：两条规则合在一起，含这个模块的产品全都不能卖，而哪一条都没有这么说。
    Bad (rules/pets-not-lounges.yaml):
        kind: rule
        id: pets-not-lounges
        name: {zh: 宠物与贵宾厅, en: Pets and lounges}
        owner: family-team
        rule: requires
        modules: [study-instalments]
        needs_all: [study-instalments] # here
        reason: {zh: 示例, en: an example}
    Good (rules/pets-not-lounges.yaml):
        kind: rule
        id: pets-not-lounges
        name: {zh: 宠物与贵宾厅, en: Pets and lounges}
        owner: family-team
        rule: requires
        modules: [study-instalments]
        needs_all: [card-security]
        reason: {zh: 示例, en: an example}
    Source: docs/guide.md
    """
    excluded: dict[str, list[Excludes]] = {}
    for rule in checking.live(Excludes):
        for name in rule.modules:
            excluded.setdefault(name, []).append(rule)
    for needing in checking.live(Requires):
        for key, index, needed in _needs(needing):
            hint = Text("删掉其中一条规则，或改 id", "remove one of the rules, or mend the id")
            if needed in needing.modules:
                yield Finding(
                    CONTRADICTORY,
                    checking.at(needing, key, index),
                    Text(f"{needed} 要求的是它自己", f"{needed} requires itself"),
                    hint,
                    needing.id,
                )
                continue
            for name in needing.modules:
                against = [rule for rule in excluded.get(name, ()) if needed in rule.modules]
                if against and (key == "needs_all" or len(needing.needs_any) == 1):
                    yield Finding(
                        CONTRADICTORY,
                        checking.at(needing, key, index),
                        Text(
                            f"{name} 要求 {needed}，而 {against[0].id} 不让两者并存",
                            f"{name} requires {needed}, and {against[0].id} keeps the two apart",
                        ),
                        hint,
                        needing.id,
                        (Related(checking.at(against[0], "modules"), against[0].reason),),
                    )
                    break


def _needs(rule: Requires) -> Iterator[tuple[str, int, str]]:
    for key, names in (("needs_all", rule.needs_all), ("needs_any", rule.needs_any)):
        for index, name in enumerate(names):
            yield key, index, name


@check(WITHOUT_EFFECT)
def rule_without_effect(checking: Checking) -> Iterable[Finding]:
    """A rule can never forbid anything.

    规则永远不会禁止任何东西。

    Why: It looks like a limit and is none: nothing has the attribute, or there are fewer modules than it
        allows.
    为什么：看起来是限制，其实不是：没有模块有这个属性，或者模块总数还没有上限多。
    Bad (rules/care-budget.yaml):
        attribute: point-of-care # here
    Good (rules/care-budget.yaml):
        attribute: points-of-care
    Source: practice of card centres 信用卡中心实务
    """
    hint = Text("改正它，或删掉这条规则", "mend it, or remove the rule")
    for rule, key, why in _idle(checking):
        yield Finding(WITHOUT_EFFECT, checking.at(rule, key), why, hint, rule.id)


Idle = tuple[Rule, str, Text]
"""A rule without effect, the key that makes it so, and why."""


def _idle(checking: Checking) -> Iterator[Idle]:
    yield from _idle_counts(checking)
    if checking.catalog.broken:
        return  # what a broken file has can't be told
    attributes = {name for module in checking.catalog.modules.values() for name in module.attributes or ()}
    for budget in checking.live(Budget):
        if budget.attribute not in attributes:
            why = Text(
                f"没有模块有属性 {budget.attribute}", f"No module has the attribute {budget.attribute}"
            )
            yield budget, "attribute", why
    for allowed in checking.live(AllowedSegments):
        if set(checking.catalog.segments) <= set(allowed.segments):
            why = Text("全部客群都允许，等于没有限制", "Every segment is allowed, so nothing is limited")
            yield allowed, "segments", why
        elif not allowed.modules and not allowed.cards:
            yield allowed, "segments", Text("没有写限制哪些模块或卡", "It names no module and no card")
    for rule in checking.live(AllowedCards):
        if all(_allows(rule, card) for card in checking.catalog.cards.values()):
            why = Text("全部卡都允许，等于没有限制", "Every card is allowed, so nothing is limited")
            yield rule, "cards" if rule.cards else "tiers", why


def _idle_counts(checking: Checking) -> Iterator[Idle]:
    for count in checking.live(Count):
        listed = len(members_of(checking, count))
        if count.rule == "at-most" and listed <= count.number and count.group is None:
            why = Text(
                f"只列了 {listed} 个模块，不可能超过 {count.number}",
                f"{listed} modules can't exceed {count.number}",
            )
            yield count, "number", why
        elif count.rule == "at-least" and count.number == 0:
            yield count, "number", Text("至少 0 个等于没有要求", "At least 0 asks for nothing")


def _allows(rule: AllowedCards, card: Card) -> bool:
    return card.id in rule.cards or card.tier in rule.tiers
