"""A catalog's rules on a day as a feature model: features that are there or not, and clauses over them.

Exactly one card and exactly one segment are features, and any modules. An assignment that keeps every clause
is one product in one segment, so a model counter's number is the engine's. Helpers for sums are determined
by the rest and change no count. Every constraint can be said: small sums by a diagram of what was summed up
so far, others (budgets in money) added up in binary.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within
from cardkit.solve.determined import Determined

Clause: TypeAlias = tuple[int, ...]
"""At least one holds: n is the n-th feature, −n that it isn't there."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one constraint says."""

    rule: str
    reason: Text
    helpers: tuple[int, ...]
    """Features that stand for parts of a sum, first used here; the clauses say when they are there."""
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class FeatureModel:
    """Cards, segments, modules, in this order the features 1, 2, 3 …, then the helpers."""

    cards: tuple[str, ...]
    segments: tuple[str, ...]
    modules: tuple[str, ...]
    helpers: int
    stated: tuple[Stated, ...]
    """In the order of the constraints; none that says nothing."""

    @property
    def named(self) -> tuple[str, ...]:
        """The features with a name: the n-th one's is at n − 1."""
        return (*self.cards, *self.segments, *self.modules)

    @property
    def features(self) -> int:
        """How many features there are, helpers included."""
        return len(self.named) + self.helpers

    def choices(self) -> Iterator[Clause]:
        """That there is exactly one card and exactly one segment."""
        first = 1
        for names in (self.cards, self.segments):
            features = range(first, first + len(names))
            yield tuple(features)
            yield from ((-one, -other) for other in features for one in range(first, other))
            first += len(names)


def feature_model(
    constraints: Iterable[Constraint],
    cards: Sequence[str],
    segments: Sequence[str],
    modules: Sequence[str],
) -> FeatureModel:
    """The feature model of products of these cards, segments and modules."""
    return _Writer(tuple(cards), tuple(segments), tuple(modules)).model(constraints)


class _Writer:
    """Gives each name its feature, and says one constraint after another."""

    def __init__(self, cards: tuple[str, ...], segments: tuple[str, ...], modules: tuple[str, ...]) -> None:
        self._cards, self._segments, self._modules = cards, segments, modules
        self._feature = {name: at for at, name in enumerate((*cards, *segments, *modules), 1)}
        self._said: list[Clause] = []
        self._sums = Determined(lambda clause: self._said.append(tuple(clause)))
        self._sums.last = len(self._feature)

    def model(self, constraints: Iterable[Constraint]) -> FeatureModel:
        stated = []
        for each in constraints:
            before = self._sums.last
            self._said.clear()
            self._say(each)
            if self._said:
                helpers = tuple(range(before + 1, self._sums.last + 1))
                stated.append(Stated(each.refusal.rule, each.refusal.reason, helpers, tuple(self._said)))
        helpers_all = self._sums.last - len(self._feature)
        return FeatureModel(self._cards, self._segments, self._modules, helpers_all, tuple(stated))

    def _say(self, constraint: Constraint) -> None:
        if isinstance(constraint, Forbidden):
            self._forbidden(constraint)
        elif isinstance(constraint, Needs):
            needs = self._of(self._modules, constraint.needs)
            for trigger in self._of(self._modules, constraint.triggers - constraint.needs):
                self._said.append((-trigger, *needs))
        else:
            self._within(constraint)

    def _forbidden(self, constraint: Forbidden) -> None:
        elsewhere: list[int] = []
        for names, forbidden in ((self._cards, constraint.cards), (self._segments, constraint.segments)):
            if forbidden is not None:
                here = self._of(names, forbidden)
                if not here:
                    return
                # There is exactly one: not this one says the same as one of the others, and reads better.
                others = [self._feature[name] for name in names if name not in forbidden]
                elsewhere += [-here[0]] if len(here) == 1 else others
        if constraint.modules is None:
            self._said.append(tuple(elsewhere))
            return
        for module in self._of(self._modules, constraint.modules):
            self._said.append((-module, *elsewhere))

    def _within(self, constraint: Within) -> None:
        on: list[Clause] = [()]
        if constraint.cards is not None:
            on = [(-card,) for card in self._of(self._cards, constraint.cards)]
        if not on:
            return
        weighted = [
            (constraint.weights[name], self._feature[name])
            for name in self._modules
            if constraint.weights.get(name)
        ]
        kept = self._sums.within(weighted, constraint.least, constraint.most)
        if kept is not True:
            self._said += [clause if kept is False else (*clause, kept) for clause in on]

    def _of(self, names: Sequence[str], some: frozenset[str]) -> list[int]:
        return [self._feature[name] for name in names if name in some]
