"""Constraints as sentences of a JSON Schema, one function for each of the three."""

from collections.abc import Iterable, Iterator

from cardkit.combine.bounds import Bounds
from cardkit.combine.sentences import Schema, Sentences, card_in, has_any
from cardkit.ground.frozen import frozen
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within


@frozen
class Sayer:
    """What is said in one schema: it lists what remains allowed, in the catalog's order."""

    cards: tuple[str, ...]
    modules: tuple[str, ...]
    segments: tuple[str, ...]
    bounds: Bounds

    def said(self, constraint: Constraint) -> Iterator[Schema]:
        """The constraint under its rule's name; nothing where `bounds` set it aside."""
        says = Sentences(constraint.refusal.rule, constraint.refusal.reason)
        if isinstance(constraint, Forbidden):
            yield self._forbidden(constraint, says)
        elif isinstance(constraint, Needs):
            yield self._needs(constraint, says)
        else:
            yield from self._within(constraint, says)

    def _forbidden(self, constraint: Forbidden, says: Sentences) -> Schema:
        modules, cards, segments = constraint.modules, constraint.cards, constraint.segments
        having = [] if modules is None else [self._has(modules)]
        if segments is not None:
            on = [] if cards is None else [self._on(cards)]
            return says.when([*having, *on], says.segment_in(_without(self.segments, segments)))
        if cards is not None:
            return says.when(having, says.card_in(_without(self.cards, cards)))
        return says.when([], says.never() if modules is None else says.none_of(self._only(modules)))

    def _needs(self, constraint: Needs, says: Sentences) -> Schema:
        if not constraint.needs:
            return says.when([], says.none_of(self._only(constraint.triggers)))
        needed = self.bounds.set_of(self._only(constraint.needs))
        return says.when([self._has(constraint.triggers)], says.at_least(needed, 1))

    def _within(self, constraint: Within, says: Sentences) -> Iterator[Schema]:
        on = [] if constraint.cards is None else [self._on(constraint.cards)]
        return self.bounds.said(says, on, constraint)

    def _only(self, modules: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self.modules if name in modules)

    def _has(self, modules: frozenset[str]) -> Schema:
        return has_any(self.bounds.set_of(self._only(modules)))

    def _on(self, cards: frozenset[str]) -> Schema:
        return card_in(name for name in self.cards if name in cards)


def _without(names: Iterable[str], forbidden: frozenset[str]) -> list[str]:
    return [name for name in names if name not in forbidden]
