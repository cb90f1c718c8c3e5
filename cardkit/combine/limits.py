"""Limits that have no rule of their own, as sentences: lifecycle, dates, eligibility, age, slots."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cardkit.combine.bounds import Bounds, weights
from cardkit.combine.sentences import Schema, Sentences, card_in, has_any
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.module import Module


def limits(catalog: Catalog, as_of: date, bounds: Bounds) -> Iterator[Schema]:
    """What holds for each card and module on a day; each is named as `refusals` names it."""
    cards, modules = catalog.cards.values(), catalog.modules.values()
    entities: tuple[Card | Module, ...] = (*cards, *modules)
    for entity in entities:
        yield from _lifecycle(entity)
        yield from _dates(entity, as_of)
        yield from _eligibility(entity)
    slots = weights("slots", {module.id: Fraction(module.slots) for module in modules})
    for card in cards:
        yield from _age(catalog, card)
        reason = Text(f"{card.name.zh}有 {card.slots} 个槽位", f"{card.name.en} has {card.slots} slots")
        says = Sentences(f"slots:{card.id}", reason)
        yield from bounds.within(says, [_has(card)], slots, Fraction(card.slots))


def _lifecycle(entity: Card | Module) -> Iterator[Schema]:
    name, rule = entity.name, f"lifecycle:{entity.id}"
    if entity.status == "draft":
        yield _never(Sentences(rule, Text(f"{name.zh}还是草稿", f"{name.en} is a draft")), entity)
    elif entity.status == "retired":
        yield _never(Sentences(rule, Text(f"{name.zh}已停售", f"{name.en} is retired")), entity)
    elif entity.status == "pilot":
        says = Sentences(
            rule, Text(f"{name.zh}只在试点客群销售", f"{name.en} is in pilot for certain segments only")
        )
        yield says.when([_has(entity)], says.segment_in(entity.pilot_segments))


def _dates(entity: Card | Module, as_of: date) -> Iterator[Schema]:
    if entity.valid is not None and not entity.valid.holds(as_of):
        reason = Text(f"{entity.name.zh}在 {as_of} 不在销售期", f"{entity.name.en} isn't sold on {as_of}")
        yield _never(Sentences(f"dates:{entity.id}", reason), entity)


def _eligibility(entity: Card | Module) -> Iterator[Schema]:
    if entity.eligible_segments:
        reason = Text(
            f"{entity.name.zh}只面向部分客群", f"{entity.name.en} is offered to certain segments only"
        )
        says = Sentences(f"eligibility:{entity.id}", reason)
        yield says.when([_has(entity)], says.segment_in(entity.eligible_segments))


def _age(catalog: Catalog, card: Card) -> Iterator[Schema]:
    segments = catalog.segments
    old_enough = [name for name, each in segments.items() if each.minimum_age >= card.minimum_age]
    if len(old_enough) < len(segments):
        reason = Text(
            f"主卡持卡人须满 {card.minimum_age} 周岁",
            f"The main holder must be {card.minimum_age} or older",
        )
        says = Sentences(f"age:{card.id}", reason)
        yield says.when([_has(card)], says.segment_in(old_enough))


def _has(entity: Card | Module) -> Schema:
    return card_in([entity.id]) if isinstance(entity, Card) else has_any({"const": entity.id})


def _never(says: Sentences, entity: Card | Module) -> Schema:
    return says.when([], says.card_not(entity.id) if isinstance(entity, Card) else says.none_of([entity.id]))
