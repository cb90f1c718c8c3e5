"""CK3: modules that no product has, although some card could take them: the rules leave no way."""

from collections.abc import Iterable, Iterator
from itertools import islice

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.combinations import module_without_card
from cardkit.checks.rules import contradictory_rule, impossible_rule
from cardkit.combine.sellable import refusals
from cardkit.ground.finding import Code, Finding
from cardkit.ground.text import Text, joined, same
from cardkit.model.entity import active
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.model.rule.requires import Requires

DEAD = Code("CK316", "dead-module")

_TELLING = (impossible_rule, contradictory_rule)
"""Checks that say of a rule by itself that nothing can keep it: then what it kills isn't told as well."""

_MOST_TRIES = 40
"""Products that are tried for one module before the engine is asked, which knows for sure and costs more."""


@check(DEAD)
def dead_module(checking: Checking) -> Iterable[Finding]:
    """A module is on sale, and the rules together leave no product that has it.

    模块在售，但各条规则合在一起，没有任何产品能含有它。

    Why: Each rule is right by itself; what one asks for, another forbids. Nobody will ever buy the module,
        and nobody will notice.
    为什么：每条规则单看都对，合在一起却一条要求、一条禁止。谁也买不到它，也没有人发现。
    Bad (modules/card-security.yaml):
        attributes: {points-of-care: 3}
    Bad (rules/cover-needs-pets.yaml):
        kind: rule
        id: cover-needs-pets
        name: {zh: 保险搭配宠物包, en: Cover comes with the pet pack}
        owner: family-team
        rule: requires
        modules: [card-security]
        needs_all: [pet-care]
        reason: {zh: 组合销售, en: they are sold together}
    Good (rules/cover-needs-pets.yaml):
        kind: rule
        id: cover-needs-pets
        name: {zh: 保险搭配宠物包, en: Cover comes with the pet pack}
        owner: family-team
        rule: requires
        modules: [card-security]
        needs_all: [pet-care]
        reason: {zh: 组合销售, en: they are sold together}
    Source: practice of card centres 信用卡中心实务
    """
    if checking.settings is None or checking.catalog.broken or checking.has_unknown_ids:
        return
    roomless = {finding.entity for finding in module_without_card(checking)}
    doubtful = [
        module
        for module in checking.catalog.modules.values()
        if module.id not in roomless
        and active(module, checking.as_of)
        and not any(_sold(checking, product) for product in islice(_tries(checking, module), _MOST_TRIES))
    ]
    dead = _dead(checking) if doubtful else frozenset()
    told = _told(checking) if dead else frozenset()
    for module in doubtful:
        if module.id in dead - told:
            example = next(_tries(checking, module))
            against = refusals(checking.catalog, example, checking.as_of)
            rules = joined([same(refusal.rule) for refusal in against], "、", ", ")
            yield Finding(
                DEAD,
                checking.at(module, "id"),
                Text(f"没有任何产品能含有 {module.id}", f"No product can have {module.id}"),
                Text(
                    f"放宽其中一条规则，或停售它；例如 {example} 被 {rules.zh} 禁止",
                    f"widen one of the rules, or retire it; {example} for one is forbidden by {rules.en}",
                ),
                module.id,
            )


def _told(checking: Checking) -> frozenset[str]:
    """The modules of rules of which another check says that nothing can keep them."""
    rules = [finding.entity for telling in _TELLING for finding in telling(checking)]
    found = (checking.catalog.rules.get(rule or "") for rule in rules)
    return frozenset(name for rule in found for name in getattr(rule, "modules", ()))


def _sold(checking: Checking, product: Product) -> bool:
    return not refusals(checking.catalog, product, checking.as_of)


def _tries(checking: Checking, module: Module) -> Iterator[Product]:
    """Products with the module and what it asks for, on each card and in each segment that may have them."""
    together, catalog = checking.together, checking.catalog
    wanted = _with_needs(checking, module.id)
    segments = together.segments(module)
    for card in sorted(together.cards(module)):
        for segment in sorted(segments & together.segments(catalog.cards[card])):
            yield Product(card, wanted, segment)
    for segment in sorted(segments):  # nothing fits: an example to tell
        yield Product(catalog.segments[segment].reference_card, wanted, segment)


def _with_needs(checking: Checking, module: str) -> tuple[str, ...]:
    """The module, everything that it requires, and of each choice that it requires the first."""
    if "requiring" not in checking.memory:
        by_module: dict[str, list[Requires]] = {}
        for rule in checking.live(Requires):
            for name in rule.modules:
                by_module.setdefault(name, []).append(rule)
        checking.memory["requiring"] = by_module
    requiring: dict[str, list[Requires]] = checking.memory["requiring"]
    chosen, waiting = {module}, [module]
    while waiting:
        for rule in requiring.get(waiting.pop(), ()):
            needed = [*rule.needs_all, *([] if set(rule.needs_any) & chosen else rule.needs_any[:1])]
            new = [each for each in needed if each in checking.catalog.modules and each not in chosen]
            chosen.update(new)
            waiting += new
    return tuple(sorted(chosen))


def _dead(checking: Checking) -> frozenset[str]:
    """What the engine knows to be in no product; nothing where it can't tell within its limits."""
    from cardkit.solve.combinations import Combinations  # with NumPy, which few catalogs need here
    from cardkit.solve.limits import NotFinished
    from cardkit.solve.structure import dead_modules

    if "combinations" not in checking.memory:
        checking.memory["combinations"] = Combinations(checking.day, checking.limits)
    try:
        return frozenset(dead_modules(checking.memory["combinations"]))
    except NotFinished:
        return frozenset()
