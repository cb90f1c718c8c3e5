"""May two entities stand in one product? Answered without a solver, and rather with yes than with no."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from cardkit.mechanics.common import Window
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.rule import AllowedCards, AllowedSegments, AtMost, Exactly, Excludes
from cardkit.model.service import ServiceTier

LARGE = 10
"""A rule that keeps so many modules apart is worth looking at before the modules are compared in pairs."""


class Together:
    """What the catalog's rules say about pairs."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._rules = [rule for rule in catalog.rules.values() if rule.status in ("live", "pilot")]
        self._segments: dict[str, frozenset[str]] = {}
        self._cards: dict[str, frozenset[str]] = {}

    @cached_property
    def _excluded(self) -> dict[str, frozenset[str]]:
        """Rules of exclusion by module, so that a pair is excluded where the two share one."""
        found: dict[str, set[str]] = {}
        for rule in self._rules:
            if isinstance(rule, Excludes) or (
                isinstance(rule, AtMost | Exactly) and rule.number <= 1 and not rule.cards
            ):
                listed: Iterable[str] = rule.modules
                if isinstance(rule, AtMost | Exactly) and rule.group is not None:
                    listed = (name for name, each in self.catalog.modules.items() if each.group == rule.group)
                for name in listed:
                    found.setdefault(name, set()).add(rule.id)
        return {name: frozenset(rules) for name, rules in found.items()}

    def excluding(self, entity: Entity) -> frozenset[str]:
        """The rules that keep an entity apart from every other that they name."""
        return self._excluded.get(entity.id, frozenset())

    @cached_property
    def _large(self) -> frozenset[str]:
        sizes = Counter(rule for rules in self._excluded.values() for rule in rules)
        return frozenset(rule for rule, size in sizes.items() if size >= LARGE)

    def apart(self, entity: Entity) -> frozenset[str]:
        """Of the rules that keep an entity apart those that name many: few enough to sort entities by."""
        return self.excluding(entity) & self._large

    @cached_property
    def _allowed(self) -> tuple[dict[str, list[AllowedCards]], dict[str, list[AllowedSegments]]]:
        cards: dict[str, list[AllowedCards]] = {}
        segments: dict[str, list[AllowedSegments]] = {}
        for rule in self._rules:
            if isinstance(rule, AllowedCards):
                for name in rule.modules:
                    cards.setdefault(name, []).append(rule)
            elif isinstance(rule, AllowedSegments):
                for name in (*rule.modules, *rule.cards):
                    segments.setdefault(name, []).append(rule)
        return cards, segments

    def segments(self, entity: Entity) -> frozenset[str]:
        """The segments that an entity may be offered to."""
        if entity.id not in self._segments:
            named: tuple[str, ...] = ()
            if isinstance(entity, Card | Module):
                named = entity.eligible_segments
            elif isinstance(entity, ServiceTier):
                named = entity.segments
            elif isinstance(entity, Campaign):
                named = entity.target.segments
            found = set(self.catalog.segments) & set(named) if named else set(self.catalog.segments)
            if entity.status == "pilot":
                found &= set(entity.pilot_segments)
            for rule in self._allowed[1].get(entity.id, ()):
                found &= set(rule.segments)
            if isinstance(entity, Card):
                found = {
                    name for name in found if self.catalog.segments[name].minimum_age >= entity.minimum_age
                }
            self._segments[entity.id] = frozenset(found)
        return self._segments[entity.id]

    def cards(self, entity: Entity) -> frozenset[str]:
        """The cards that an entity may be in a product with."""
        if entity.id not in self._cards:
            cards = {name: card for name, card in self.catalog.cards.items() if card.status != "retired"}
            if isinstance(entity, Card):
                found = {entity.id}
            elif isinstance(entity, ServiceTier):
                found = set(cards) & set(entity.cards) if entity.cards else set(cards)
            elif isinstance(entity, Module):
                allowing = self._allowed[0].get(entity.id, ())
                found = {
                    name
                    for name, card in cards.items()
                    if entity.slots <= card.slots
                    and all(name in rule.cards or card.tier in rule.tiers for rule in allowing)
                }
            else:
                found = set(cards)
            self._cards[entity.id] = frozenset(found)
        return self._cards[entity.id]

    def may(self, left: Entity, right: Entity) -> bool:
        """Whether two different entities may be in one product, as far as pairs can tell."""
        modules = isinstance(left, Module) and isinstance(right, Module)
        if modules and self.excluding(left) & self.excluding(right):
            return False
        if "retired" in (left.status, right.status) or not self._meet_in_time(left, right):
            return False
        if not self.segments(left) & self.segments(right):
            return False
        cards = self.cards(left) & self.cards(right)
        if isinstance(left, Module) and isinstance(right, Module):
            cards = frozenset(
                name for name in cards if left.slots + right.slots <= self.catalog.cards[name].slots
            )
        return bool(cards)

    @staticmethod
    def _meet_in_time(left: Entity, right: Entity) -> bool:
        spans = [_window(left), _window(right)]
        starts = [span.since for span in spans if span is not None and span.since is not None]
        ends = [span.until for span in spans if span is not None and span.until is not None]
        return not starts or not ends or max(starts) <= min(ends)


def _window(entity: Entity) -> Window | None:
    return entity.window if isinstance(entity, Campaign) else entity.valid
