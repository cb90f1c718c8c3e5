"""The three constraints that every rule and limit comes down to, and what it is called when one is broken.

They are pure: what they need of a catalog is in them already, so that plain evaluation, the schema of
products, the solver and the explanations all work on the same ones.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from cardkit.ground.money import plain_number
from cardkit.ground.text import Text
from cardkit.model.refusal import Refusal, Used, Weight


class Forbidden(NamedTuple):
    """No product with any of the modules, on any of the cards, is offered to any of the segments."""

    refusal: Refusal
    modules: frozenset[str] | None = None
    """None for every product, whatever its modules."""
    cards: frozenset[str] | None = None
    """None for every card."""
    segments: frozenset[str] | None = None
    """None for every segment, and for products without one: those break nothing that names segments."""

    def holds(self, card: str, modules: AbstractSet[str], segment: str | None) -> bool:
        """Whether a product keeps the constraint."""
        if self.cards is not None and card not in self.cards:
            return True
        if self.segments is not None and segment not in self.segments:
            return True
        return self.modules is not None and self.modules.isdisjoint(modules)


class Needs(NamedTuple):
    """A product with any of the triggers has at least one of what they need."""

    refusal: Refusal
    triggers: frozenset[str]
    """Never empty."""
    needs: frozenset[str]
    """Empty where nothing that is needed exists: then no product may have a trigger."""

    @property
    def modules(self) -> frozenset[str]:
        """Every module that it is about."""
        return self.triggers | self.needs

    def holds(self, _card: str, modules: AbstractSet[str], _segment: str | None) -> bool:
        """Whether a product keeps the constraint."""
        return self.triggers.isdisjoint(modules) or not self.needs.isdisjoint(modules)


class Within(NamedTuple):
    """The sum of weights over a product's modules lies within bounds, both inclusive."""

    refusal: Refusal
    weights: Mapping[str, Weight]
    """By module; never 0, negative where a rule says so. A module that isn't here weighs nothing."""
    least: Weight | None = None
    most: Weight | None = None
    cards: frozenset[str] | None = None
    """The cards that it is for; None for every card."""
    measure: Text | None = None
    """What is put behind the reason, with the sum for `{used}`. None for rules: their reasons are quoted."""

    @property
    def modules(self) -> frozenset[str]:
        """Every module that it is about."""
        return frozenset(self.weights)

    def total(self, modules: AbstractSet[str]) -> Weight:
        """What the modules add up to."""
        weights = self.weights
        return sum(weights[name] for name in modules if name in weights)

    def within(self, total: Weight) -> bool:
        """Whether a sum lies within the bounds."""
        return (self.least is None or self.least <= total) and (self.most is None or total <= self.most)

    def holds(self, card: str, modules: AbstractSet[str], _segment: str | None) -> bool:
        """Whether a product keeps the constraint."""
        return (self.cards is not None and card not in self.cards) or self.within(self.total(modules))

    def used(self, modules: AbstractSet[str]) -> Used:
        """How much of it these modules use."""
        parts = tuple((name, self.weights[name]) for name in sorted(modules) if name in self.weights)
        return Used(parts, self.least, self.most, self.measure is not None)

    def measured(self, refusal: Refusal, used: Used) -> Refusal:
        """The refusal with what was used, which the reason says too where there is a `measure`."""
        if self.measure is None:
            return Refusal(refusal.rule, refusal.reason, refusal.entity, refusal.path, used)
        total = plain_number(Fraction(used.total))
        said = Text(self.measure.zh.format(used=total), self.measure.en.format(used=total))
        return Refusal(refusal.rule, refusal.reason + said, refusal.entity, refusal.path, used)


Constraint: TypeAlias = Forbidden | Needs | Within


def refused(broken: Sequence[Constraint], modules: AbstractSet[str]) -> Refusal:
    """The refusal of a product with these modules, which breaks these constraints of one rule."""
    refusal = broken[0].refusal
    for each in broken:
        if isinstance(each, Within):
            return each.measured(refusal, each.used(modules))
    missing = tuple(tuple(sorted(each.needs)) for each in broken if isinstance(each, Needs) and each.needs)
    if not missing:
        return refusal
    return Refusal(refusal.rule, refusal.reason, refusal.entity, refusal.path, None, missing)
