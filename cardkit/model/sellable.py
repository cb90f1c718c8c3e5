"""May a product be sold? The direct evaluation of every rule, slot, lifecycle and eligibility."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.money import plain_number
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.expression import Product
from cardkit.model.module import Module
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


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """Why a product may not be sold: the rule (or limit, named by where it comes from) and its reason."""

    rule: str
    """A rule's id, or `slots:CARD`, `lifecycle:ID`, `dates:ID`, `eligibility:ID`, `age:CARD`."""
    reason: Text
    entity: str
    """The entity whose file says so."""
    path: Path = ()
    """Where in that file."""


def refusals(catalog: Catalog, product: Product, as_of: date) -> tuple[Refusal, ...]:
    """Everything that forbids a product on a day; empty when it may be sold.

    Without a segment only what holds for every segment counts; see `sellable_segments`.
    """
    return tuple(_refusals(catalog, product, as_of))


def sellable_segments(catalog: Catalog, product: Product, as_of: date) -> tuple[str, ...]:
    """The segments that may be offered a product, in the catalog's order."""
    return tuple(segment for segment in catalog.segments if not refusals(catalog, product.to(segment), as_of))


def _refusals(catalog: Catalog, product: Product, as_of: date) -> Iterator[Refusal]:
    card = catalog.cards[product.card]
    modules = [catalog.modules[name] for name in product.modules]
    for entity in (card, *modules):
        yield from _lifecycle(entity, product.segment, as_of)
    holders: tuple[Card | Module, ...] = (card, *modules)
    for holder in holders:
        wanted = holder.eligible_segments
        if product.segment is not None and wanted and product.segment not in wanted:
            yield Refusal(
                f"eligibility:{holder.id}",
                Text(f"{holder.name.zh}不面向该客群", f"{holder.name.en} isn't offered to this segment"),
                holder.id,
                ("eligible_segments",),
            )
    if product.segment is not None and catalog.segments[product.segment].minimum_age < card.minimum_age:
        yield Refusal(
            f"age:{card.id}",
            Text(
                f"主卡持卡人须满 {card.minimum_age} 周岁",
                f"The main holder must be {card.minimum_age} or older",
            ),
            card.id,
            ("minimum_age",),
        )
    taken = sum(module.slots for module in modules)
    if taken > card.slots:
        yield Refusal(
            f"slots:{card.id}",
            Text(
                f"{card.name.zh}有 {card.slots} 个槽位，所选模块要占 {taken} 个",
                f"{card.name.en} has {card.slots} slots; these modules take {taken}",
            ),
            card.id,
            ("slots",),
        )
    for rule in catalog.rules.values():
        if active(rule, as_of) and not EVALUATE[type(rule)](rule, product, catalog):
            yield Refusal(rule.id, rule.reason, rule.id, ("reason",))


def active(rule: Entity, as_of: date) -> bool:
    """Whether a rule, bundle or group is in force on a day: live, and within its dates."""
    return rule.status in ("live", "pilot") and (rule.valid is None or rule.valid.holds(as_of))


def _lifecycle(entity: Entity, segment: str | None, as_of: date) -> Iterator[Refusal]:
    if entity.status in ("draft", "retired"):
        state = Text("还是草稿", "is a draft") if entity.status == "draft" else Text("已停售", "is retired")
        yield Refusal(
            f"lifecycle:{entity.id}",
            Text(f"{entity.name.zh}{state.zh}", f"{entity.name.en} {state.en}"),
            entity.id,
            ("status",),
        )
    if entity.status == "pilot" and segment is not None and segment not in entity.pilot_segments:
        yield Refusal(
            f"lifecycle:{entity.id}",
            Text(
                f"{entity.name.zh}只在试点客群销售", f"{entity.name.en} is in pilot for other segments only"
            ),
            entity.id,
            ("pilot_segments",),
        )
    if entity.valid is not None and not entity.valid.holds(as_of):
        yield Refusal(
            f"dates:{entity.id}",
            Text(f"{entity.name.zh}在 {as_of} 不在销售期", f"{entity.name.en} isn't sold on {as_of}"),
            entity.id,
            ("valid",),
        )


def _requires(rule: Requires, product: Product, _catalog: Catalog) -> bool:
    has = set(product.modules)
    if not has & set(rule.modules):
        return True
    return has.issuperset(rule.needs_all) and (not rule.needs_any or bool(has & set(rule.needs_any)))


def _excludes(rule: Excludes, product: Product, _catalog: Catalog) -> bool:
    return len(set(product.modules) & set(rule.modules)) <= 1


def counted(rule: Count, product: Product, catalog: Catalog) -> int | None:
    """How many of the rule's modules a product has; None when the rule isn't for its card."""
    if rule.cards and product.card not in rule.cards:
        return None
    if rule.group is not None:
        return sum(catalog.modules[name].group == rule.group for name in product.modules)
    return len(set(product.modules) & set(rule.modules))


def _at_most(rule: AtMost, product: Product, catalog: Catalog) -> bool:
    count = counted(rule, product, catalog)
    return count is None or count <= rule.number


def _at_least(rule: AtLeast, product: Product, catalog: Catalog) -> bool:
    count = counted(rule, product, catalog)
    return count is None or count >= rule.number


def _exactly(rule: Exactly, product: Product, catalog: Catalog) -> bool:
    count = counted(rule, product, catalog)
    return count is None or count == rule.number


def _allowed_cards(rule: AllowedCards, product: Product, catalog: Catalog) -> bool:
    if not set(product.modules) & set(rule.modules):
        return True
    return product.card in rule.cards or catalog.cards[product.card].tier in rule.tiers


def _allowed_segments(rule: AllowedSegments, product: Product, _catalog: Catalog) -> bool:
    if product.segment is None or product.segment in rule.segments:
        return True
    return product.card not in rule.cards and not set(product.modules) & set(rule.modules)


def _budget(rule: Budget, product: Product, catalog: Catalog) -> bool:
    if rule.cards and product.card not in rule.cards:
        return True
    return budget_used(rule, product, catalog) <= rule.most


def budget_used(rule: Budget, product: Product, catalog: Catalog) -> Fraction:
    """The sum of the rule's attribute over a product's modules."""
    return sum(
        (
            (catalog.modules[name].attributes or {}).get(rule.attribute, Fraction(0))
            for name in product.modules
        ),
        Fraction(0),
    )


EVALUATE: dict[type[Rule], Callable[[Any, Product, Catalog], bool]] = {
    Requires: _requires,
    Excludes: _excludes,
    AtMost: _at_most,
    AtLeast: _at_least,
    Exactly: _exactly,
    AllowedCards: _allowed_cards,
    AllowedSegments: _allowed_segments,
    Budget: _budget,
}
"""Whether a product keeps a rule, by the rule's kind."""


def said(rule: Rule) -> Text:
    """What a rule demands, in one line of ids, for `show` and `list`."""
    if isinstance(rule, Requires):
        needs = " + ".join(rule.needs_all) + (" & " if rule.needs_all and rule.needs_any else "")
        return _line(f"{', '.join(rule.modules)} → {needs}{' | '.join(rule.needs_any)}")
    if isinstance(rule, Excludes):
        return _line(" ⊕ ".join(rule.modules))
    if isinstance(rule, Count):
        sign = {"at-most": "≤", "at-least": "≥", "exactly": "="}[rule.rule]
        return _line(f"{sign} {rule.number}: {rule.group or ', '.join(rule.modules)}")
    if isinstance(rule, AllowedCards):
        return _line(f"{', '.join(rule.modules)} @ {', '.join((*rule.cards, *rule.tiers))}")
    if isinstance(rule, AllowedSegments):
        return _line(f"{', '.join((*rule.cards, *rule.modules))} @ {', '.join(rule.segments)}")
    assert isinstance(rule, Budget)
    return _line(f"Σ {rule.attribute} ≤ {plain_number(rule.most)}")


def _line(text: str) -> Text:
    return Text(text, text)
