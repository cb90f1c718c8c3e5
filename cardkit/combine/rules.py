"""The rules of combination as sentences, one function for each kind of rule."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from cardkit.combine.bounds import Bounds, weights
from cardkit.combine.sentences import Schema, Sentences, card_in, has_any, one_of_these
from cardkit.model.catalog import Catalog
from cardkit.model.rule import (
    AllowedCards,
    AllowedSegments,
    AtLeast,
    AtMost,
    Budget,
    Count,
    Exactly,
    Excludes,
    Requires,
    Rule,
)
from cardkit.model.sellable import active


def rules(catalog: Catalog, as_of: date, bounds: Bounds) -> Iterator[Schema]:
    """What the rules that are in force on a day say."""
    for rule in catalog.rules.values():
        if active(rule, as_of):
            yield from SAY[type(rule)](rule, Sentences(rule.id, rule.reason), catalog, bounds)


def _requires(rule: Requires, says: Sentences, catalog: Catalog, _bounds: Bounds) -> Iterator[Schema]:
    modules = _known(catalog, rule.modules)
    needs = [says.at_least({"const": name}, 1) for name in rule.needs_all]
    if rule.needs_any:
        needs.append(says.at_least(one_of_these(rule.needs_any), 1))
    if modules and needs:
        yield says.when([has_any(one_of_these(modules))], *needs)


def _excludes(rule: Excludes, says: Sentences, catalog: Catalog, _bounds: Bounds) -> Iterator[Schema]:
    modules = _known(catalog, rule.modules)
    if len(modules) > 1:
        yield says.when([], says.at_most(one_of_these(modules), 1))


def _count(rule: Count, says: Sentences, catalog: Catalog, _bounds: Bounds) -> Iterator[Schema]:
    modules = (
        _known(catalog, rule.modules)
        if rule.group is None
        else [name for name, module in catalog.modules.items() if module.group == rule.group]
    )
    demands = []
    if isinstance(rule, AtMost | Exactly) and rule.number < len(modules):
        demands.append(says.at_most(one_of_these(modules), rule.number))
    if isinstance(rule, AtLeast | Exactly) and rule.number > 0:
        enough = rule.number <= len(modules)
        demands.append(says.at_least(one_of_these(modules), rule.number) if enough else says.never())
    if demands:
        yield says.when(_on(rule.cards), *demands)


def _allowed_cards(
    rule: AllowedCards, says: Sentences, catalog: Catalog, _bounds: Bounds
) -> Iterator[Schema]:
    modules = _known(catalog, rule.modules)
    cards = catalog.cards.values()
    allowed = [card.id for card in cards if card.id in rule.cards or card.tier in rule.tiers]
    if modules and len(allowed) < len(cards):
        yield says.when([has_any(one_of_these(modules))], says.card_in(allowed))


def _allowed_segments(
    rule: AllowedSegments, says: Sentences, catalog: Catalog, _bounds: Bounds
) -> Iterator[Schema]:
    modules = _known(catalog, rule.modules)
    if modules:
        yield says.when([has_any(one_of_these(modules))], says.segment_in(rule.segments))
    if rule.cards:
        yield says.when(_on(rule.cards), says.segment_in(rule.segments))


def _budget(rule: Budget, says: Sentences, catalog: Catalog, bounds: Bounds) -> Iterator[Schema]:
    summed = weights(
        f"attribute-{rule.attribute}",
        {
            name: (module.attributes or {}).get(rule.attribute, Fraction(0))
            for name, module in catalog.modules.items()
        },
    )
    return bounds.within(says, _on(rule.cards), summed, rule.most)


def _known(catalog: Catalog, modules: Iterable[str]) -> list[str]:
    """The modules that there are, each once: no product has others."""
    return [name for name in dict.fromkeys(modules) if name in catalog.modules]


def _on(cards: tuple[str, ...]) -> list[Schema]:
    """The condition that a rule is for the product's card; none where it is for every card."""
    return [card_in(cards)] if cards else []


SAY: dict[type[Rule], Callable[[Any, Sentences, Catalog, Bounds], Iterator[Schema]]] = {
    Requires: _requires,
    Excludes: _excludes,
    AtMost: _count,
    AtLeast: _count,
    Exactly: _count,
    AllowedCards: _allowed_cards,
    AllowedSegments: _allowed_segments,
    Budget: _budget,
}
"""How a rule is said, by its kind. A test finds the forgotten."""
