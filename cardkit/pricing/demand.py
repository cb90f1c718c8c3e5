"""How much a holder uses: after selection, because those who use a right choose the module that grants it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from cardkit.ground.distribution import CountDistribution, CountMixture, NegativeBinomial, Poisson
from cardkit.model.module import CustomerType


class Chosen(NamedTuple):
    """The customer types that choose a module, and what they use of one thing."""

    kinds: tuple[tuple[Fraction, Fraction], ...]
    """Of each type s·p, the share of all customers who are of it and choose the module, and uses a year."""
    share: Fraction
    """Σ s·p: the share of all customers who choose the module."""

    @property
    def mean(self) -> Fraction:
        """Uses a year of one who chooses it, Σ s·p·E ÷ Σ s·p; 0 where nobody does."""
        if self.share == 0:
            return Fraction(0)
        return sum((weight * uses for weight, uses in self.kinds), Fraction(0)) / self.share

    def demand(self, factor: Fraction, dispersion: Fraction | None) -> CountDistribution:
        """Uses a year of one who chooses it, times a factor: a mixture over the types."""
        if self.share == 0:
            return demand(Fraction(0), dispersion)
        return CountMixture(
            tuple(
                (float(weight / self.share), demand(uses * factor, dispersion))
                for weight, uses in self.kinds
                if weight > 0
            )
        )


def chosen(types: Sequence[CustomerType], metric: str) -> Chosen:
    """Who chooses a module, and how much of a metric they use; each of the types says so."""
    kinds = tuple((kind.share * kind.choose, kind.usage[metric]) for kind in types)
    return Chosen(kinds, sum((weight for weight, _ in kinds), Fraction(0)))


def demand(mean: Fraction, dispersion: Fraction | None) -> CountDistribution:
    """Uses a year with this mean: Poisson, or negative binomial where they are dispersed."""
    if dispersion is None or dispersion == 0:
        return Poisson(float(mean))
    return NegativeBinomial(float(mean), float(dispersion))
