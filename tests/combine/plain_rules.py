"""May a product be sold? Each rule and limit evaluated as its words say, without a constraint in between."""

from collections.abc import Iterator

from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.model.rule.allowed import AllowedCards, AllowedSegments
from cardkit.model.rule.base import Rule
from cardkit.model.rule.requires import Requires
from cardkit.model.rule.sums import AtLeast, AtMost, Budget, Count, Exactly, Excludes
from tests.combine.random_catalogs import AS_OF


def broken_rules(catalog: Catalog, product: Product) -> Iterator[str]:
    """What forbids a product on the day, in the order in which it is told."""
    card, segment = catalog.cards[product.card], product.segment
    modules = [catalog.modules[name] for name in product.modules]
    holders: tuple[Card | Module, ...] = (card, *modules)
    for entity in holders:
        yield from _lifecycle(entity, segment)
    for holder in holders:
        if segment is not None and holder.eligible_segments and segment not in holder.eligible_segments:
            yield f"eligibility:{holder.id}"
    if segment is not None and catalog.segments[segment].minimum_age < card.minimum_age:
        yield f"age:{card.id}"
    if sum(module.slots for module in modules) > card.slots:
        yield f"slots:{card.id}"
    for rule in catalog.rules.values():
        if rule.status in ("live", "pilot") and _on_sale(rule) and not _kept(rule, catalog, product):
            yield rule.id


def _on_sale(entity: Entity) -> bool:
    window = entity.valid
    since, until = (None, None) if window is None else (window.since, window.until)
    return (since is None or since <= AS_OF) and (until is None or until >= AS_OF)


def _lifecycle(entity: Entity, segment: str | None) -> Iterator[str]:
    elsewhere = segment is not None and segment not in entity.pilot_segments
    if entity.status in ("draft", "retired") or (entity.status == "pilot" and elsewhere):
        yield f"lifecycle:{entity.id}"
    if not _on_sale(entity):
        yield f"dates:{entity.id}"


def _kept(rule: Rule, catalog: Catalog, product: Product) -> bool:
    has, card, segment = set(product.modules), product.card, product.segment
    if isinstance(rule, Requires):
        met = has.issuperset(rule.needs_all) and (not rule.needs_any or bool(has & set(rule.needs_any)))
        return met or not has & set(rule.modules)
    if isinstance(rule, Excludes):
        return len(has & set(rule.modules)) <= 1
    if isinstance(rule, AllowedCards):
        allowed = card in rule.cards or catalog.cards[card].tier in rule.tiers
        return allowed or not has & set(rule.modules)
    if isinstance(rule, AllowedSegments):
        concerned = card in rule.cards or bool(has & set(rule.modules))
        return segment is None or segment in rule.segments or not concerned
    assert isinstance(rule, Budget | Count)
    if rule.cards and card not in rule.cards:
        return True
    return _within(rule, catalog, has)


def _within(rule: Budget | Count, catalog: Catalog, has: set[str]) -> bool:
    if isinstance(rule, Budget):
        return (
            sum((catalog.modules[name].attributes or {}).get(rule.attribute, 0) for name in has) <= rule.most
        )
    grouped = {name for name, module in catalog.modules.items() if module.group == rule.group}
    number = len(has & (set(rule.modules) if rule.group is None else grouped))
    assert isinstance(rule, AtMost | AtLeast | Exactly)
    fewer, more = number < rule.number, number > rule.number
    return not (fewer and not isinstance(rule, AtMost)) and not (more and not isinstance(rule, AtLeast))
