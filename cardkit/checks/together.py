"""May two entities stand in one product? Answered without a solver, and rather with yes than with no."""

from collections import Counter
from functools import cached_property

from cardkit.mechanics.common import Window
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.constraint import Forbidden, Within
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.rule.base import Offer
from cardkit.model.service import ServiceTier

LARGE = 10
"""A rule that keeps so many modules apart is worth looking at before the modules are compared in pairs."""


class Together:
    """What the catalog's rules say about pairs."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        offer = Offer(catalog.cards, catalog.modules, catalog.segments)
        self._constraints = [
            constraint
            for rule in catalog.rules.values()
            if rule.status in ("live", "pilot")
            for constraint in rule.constraints(offer)
        ]
        self._segments: dict[str, frozenset[str]] = {}
        self._cards: dict[str, frozenset[str]] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # of thousands of entities only a few differ

    @cached_property
    def _excluded(self) -> dict[str, frozenset[str]]:
        """Rules of exclusion by module, so that a pair is excluded where the two share one."""
        found: dict[str, set[str]] = {}
        for each in self._constraints:
            if isinstance(each, Within) and each.cards is None and each.most is not None:
                lightest = min(each.weights.values(), default=0)
                if lightest > 0 and each.most < 2 * lightest:
                    for name in each.weights:
                        found.setdefault(name, set()).add(each.refusal.rule)
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
    def _closed(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """By module, the cards that rules keep it off; by module and card, the segments."""
        cards: dict[str, set[str]] = {}
        segments: dict[str, set[str]] = {}
        for each in self._constraints:
            if isinstance(each, Forbidden):
                if each.modules is not None and each.cards is not None and each.segments is None:
                    for name in each.modules:
                        cards.setdefault(name, set()).update(each.cards)
                concerned = (
                    each.cards if each.modules is None else each.modules if each.cards is None else None
                )
                if concerned is not None and each.segments is not None:
                    for name in concerned:
                        segments.setdefault(name, set()).update(each.segments)
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
            found -= self._closed[1].get(entity.id, set())
            if isinstance(entity, Card):
                found = {
                    name for name in found if self.catalog.segments[name].minimum_age >= entity.minimum_age
                }
            self._segments[entity.id] = self._shared(found)
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
                closed = self._closed[0].get(entity.id, set())
                found = {name for name, card in cards.items() if entity.slots <= card.slots} - closed
            else:
                found = set(cards)
            self._cards[entity.id] = self._shared(found)
        return self._cards[entity.id]

    def _shared(self, names: set[str]) -> frozenset[str]:
        """The names, as one object for all entities that have the same."""
        return self._sets.setdefault(found := frozenset(names), found)

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
