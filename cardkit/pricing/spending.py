"""How a segment spends: the distributions of amounts, purchases and tickets, for any scope and period.

Amounts over several categories are lognormal with the sum's mean and variance. The categories' common
correlation is the one that makes all of them together as variable as the segment says its whole spend is.
A period between a month and a year lies between the two: what differs between customers stays, what
differs from month to month averages out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import Any

from cardkit.ground.distribution import AmountDistribution, Lognormal, Mixture, Poisson
from cardkit.mechanics.period import PER_YEAR
from cardkit.model.segment import Spend

MONTHS = 12


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """One category's figures on a day: yuan and purchases a month, and coefficients of variation."""

    month_mean: Fraction
    month_cv: float
    year_cv: float
    purchases_month: Fraction
    ticket_cv: float


@dataclass(frozen=True, slots=True)
class Spending:
    """A segment's spend on a day."""

    categories: dict[str, CategoryFigures]
    month_cv: float
    year_cv: float
    _memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Means and variations of categories that were asked for: the same few by every benefit."""

    def year_mean(self, categories: tuple[str, ...] = ()) -> Fraction:
        """Mean spend a year in these categories, or in all; yuan."""
        key = ("year mean", categories)
        if key not in self._memory:
            means = (self.categories[name].month_mean for name in self._names(categories))
            self._memory[key] = sum(means, Fraction(0)) * MONTHS
        known: Fraction = self._memory[key]
        return known

    def amount(self, categories: tuple[str, ...], share: Fraction, period: str) -> AmountDistribution:
        """Spend of one customer in one period, in the share of these categories that is in scope; yuan."""
        key = ("variation", categories)
        if key not in self._memory:
            self._memory[key] = self._variation(dict.fromkeys(self._names(categories), Fraction(1)))
        return _lognormal(self._memory[key], self.year_mean(categories) * share, period)

    def weighted(self, weights: Mapping[str, Fraction], period: str) -> AmountDistribution:
        """Σ weight·spend of one customer in one period over some categories, such as rewards; yuan."""
        year_mean = sum(
            (self.categories[name].month_mean * weight for name, weight in weights.items()), Fraction(0)
        )
        return _lognormal(self._variation(weights), year_mean * MONTHS, period)

    def purchases(self, categories: tuple[str, ...], share: Fraction, period: str) -> Poisson:
        """Number of purchases of one customer in one period."""
        month = sum((self.categories[name].purchases_month for name in self._names(categories)), Fraction(0))
        return Poisson(float(month * share * MONTHS / PER_YEAR[period]))

    def ticket(self, categories: tuple[str, ...]) -> AmountDistribution:
        """Amount of one purchase, drawn from the categories by their numbers of purchases; yuan."""
        bought = [self.categories[name] for name in self._names(categories)]
        bought = [figures for figures in bought if figures.purchases_month > 0]
        total = sum((figures.purchases_month for figures in bought), Fraction(0))
        if not bought:
            return Lognormal(0.0, 0.0)
        parts = tuple(
            (
                float(figures.purchases_month / total),
                Lognormal(float(figures.month_mean / figures.purchases_month), figures.ticket_cv),
            )
            for figures in bought
        )
        return parts[0][1] if len(parts) == 1 else Mixture(parts)

    def _names(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        return categories or tuple(self.categories)

    def _variation(self, weights: Mapping[str, Fraction]) -> tuple[float, float]:
        """The coefficients of variation, a month's and a year's, of the weighted sum over some categories."""
        means = {name: float(self.categories[name].month_mean * weight) for name, weight in weights.items()}
        return (
            self._cv(means, self.month_cv, lambda figures: figures.month_cv),
            self._cv(means, self.year_cv, lambda figures: figures.year_cv),
        )

    def _cv(
        self, means: Mapping[str, float], whole: float, cv_of: Callable[[CategoryFigures], float]
    ) -> float:
        """The coefficient of variation of a sum with these means by category."""
        everything = {name: float(figures.month_mean) for name, figures in self.categories.items()}
        mean, squares, cross = self._moments(everything, cv_of)
        correlation = 0.0 if cross <= 0 else min(1.0, max(0.0, ((mean * whole) ** 2 - squares) / cross))
        mean, squares, cross = self._moments(means, cv_of)
        return 0.0 if mean == 0 else sqrt(squares + correlation * cross) / mean

    def _moments(
        self, means: Mapping[str, float], cv_of: Callable[[CategoryFigures], float]
    ) -> tuple[float, float, float]:
        """The mean, the sum of variances, and that of the covariances under full correlation."""
        deviations = [mean * cv_of(self.categories[name]) for name, mean in means.items()]
        squares = sum(deviation**2 for deviation in deviations)
        return sum(means.values()), squares, sum(deviations) ** 2 - squares


def _lognormal(variation: tuple[float, float], year_mean: Fraction, period: str) -> Lognormal:
    """A sum over categories with this mean a year, in one period."""
    periods = PER_YEAR[period]
    month, year = variation
    # A year can't vary less than twelve independent months do: then nothing is between customers.
    within = min(month**2, max(0.0, (month**2 - year**2) * MONTHS / (MONTHS - 1)))
    return Lognormal(float(year_mean / periods), sqrt(month**2 - within + within * periods / MONTHS))


def spending_of(spend: Spend, read: Callable[[Any, str], Fraction]) -> Spending:
    """A segment's spend, its figures read by a function of a record and the name of its field."""
    return Spending(
        {
            name: CategoryFigures(
                read(category, "month_mean"),
                float(read(category, "month_cv")),
                float(read(category, "year_cv")),
                read(category, "purchases_month"),
                float(read(category, "ticket_cv")),
            )
            for name, category in spend.categories.items()
        },
        float(read(spend, "month_cv")),
        float(read(spend, "year_cv")),
    )
