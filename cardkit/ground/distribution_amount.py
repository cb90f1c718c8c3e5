"""Amounts in yuan that vary: a ticket, a month's or a year's spend. Never negative.

A lognormal is given by its mean and its coefficient of variation (cv = standard deviation / mean):
sigma^2 = ln(1 + cv^2) and mu = ln(mean) - sigma^2 / 2 (DOMAIN.md section 4, fact 1). Its tails come from
`erfc` and its sums have no terms of opposite sign, so nothing cancels far out. Limited expected values as in
Klugman, Panjer and Willmot, "Loss Models", appendix A.
"""

import math
import random
from fractions import Fraction
from typing import Protocol

from cardkit.ground.distribution_parameters import require_magnitude, require_shares
from cardkit.ground.distribution_special import normal_above, normal_density
from cardkit.ground.frozen import frozen

_CERTAIN = 8.5
"""So many sigmas below the median a lognormal is exceeded for certain: 1 - 1e-17 is 1 in a float."""

_COUNTED_TERMS = 1000
"""So many steps are summed one by one before the rest is taken by the Euler-Maclaurin formula."""

_NEGLIGIBLE = 1e-17


class AmountDistribution(Protocol):
    """How an amount in yuan is distributed. Implementations are frozen and hashable."""

    @property
    def mean(self) -> float:
        """E[X] in yuan."""

    def limited_expected_value(self, limit: float) -> float:
        """E[min(X, limit)] in yuan: the mean if the limit is infinite, the limit if that is not above 0."""

    def at_least(self, amount: float) -> float:
        """P(X >= amount): a threshold that is *reached*."""

    def above(self, amount: float) -> float:
        """P(X > amount): a threshold that is *exceeded*."""

    def partial_expectation(self, low: float, high: float) -> float:
        """E[X; low <= X < high] in yuan: low is inclusive, high exclusive and may be infinite."""

    def steps_reached(self, step: float, most: int | None) -> float:
        """E[min(floor(X / step), most)], `most` None for no limit; call `expected_steps`, which checks."""

    def scaled(self, factor: float) -> "AmountDistribution":
        """The amount `factor` times as large: a share of the spend. Raises ValueError if that is negative."""

    def sample(self, rng: random.Random) -> float:
        """One amount in yuan."""


@frozen
class Lognormal:
    """Lognormal by mean in yuan and coefficient of variation; cv 0 is certainty, mean 0 is nothing.

    Raises ValueError if either is negative, infinite or not a number.
    """

    mean: float
    cv: float

    def __post_init__(self) -> None:
        require_magnitude("the mean of a lognormal", self.mean)
        require_magnitude("the cv of a lognormal", self.cv)

    def limited_expected_value(self, limit: float) -> float:
        """E[min(X, d)] = mean Phi((ln d - mu - sigma^2) / sigma) + d (1 - Phi((ln d - mu) / sigma))."""
        if limit <= 0 or limit >= math.inf or self._is_certain:
            return float(min(self.mean, limit))
        z = self._standardised(limit)
        expected = self.mean * normal_above(self._sigma - z) + limit * normal_above(z)
        return min(expected, self.mean, limit)

    def at_least(self, amount: float) -> float:
        """P(X >= amount) = 1 - Phi((ln amount - mu) / sigma)."""
        if amount <= 0:
            return 1.0
        if self._is_certain:
            return float(self.mean >= amount)
        return normal_above(self._standardised(amount))

    def above(self, amount: float) -> float:
        """P(X > amount); differs from `at_least` only where all the mass is in one point."""
        if self._is_certain or amount < 0:
            return float(self.mean > amount)
        return self.at_least(amount)

    def partial_expectation(self, low: float, high: float) -> float:
        """E[X; low <= X < high] = mean (Phi(z(high) - sigma) - Phi(z(low) - sigma)), z as in `at_least`."""
        if high <= low or high <= 0:
            return 0.0
        if self._is_certain:
            return self.mean if low <= self.mean < high else 0.0
        sigma = self._sigma
        from_low = self._standardised(low) - sigma if low > 0 else -math.inf
        to_high = self._standardised(high) - sigma
        if from_low > 0:  # take the difference on the side where both are small
            return self.mean * (normal_above(from_low) - normal_above(to_high))
        return self.mean * (normal_above(-to_high) - normal_above(-from_low))

    def steps_reached(self, step: float, most: int | None) -> float:
        """Sum of P(X >= j step) over j = 1..most.

        Steps that are certain count 1 each, the next thousand are added one by one, and the smooth rest
        follows from the Euler-Maclaurin formula (DLMF 2.10.1, up to the third derivative). For a small step
        this is mean / step - 1/2.
        """
        if self._is_certain:
            return float(_whole_steps(self.mean, step, most))
        sigma = self._sigma
        certain = math.floor(self.mean * math.exp(-sigma * (0.5 * sigma + _CERTAIN)) / step)
        if most is not None and certain >= most:
            return float(most)
        last = certain + _COUNTED_TERMS
        if most is not None:
            last = min(last, most)
        total = float(certain)
        for number in range(certain + 1, last + 1):
            term = normal_above(self._standardised(number * step))
            total += term
            if term <= _NEGLIGIBLE * total:
                rest = self.partial_expectation(number * step, math.inf) / step
                if rest <= _NEGLIGIBLE * total:
                    return total
        if last == most:
            return total
        return total + self._steps_between(step, last, most)

    def scaled(self, factor: float) -> "Lognormal":
        """Mean times factor with the same cv."""
        require_magnitude("the factor of an amount", factor)
        return Lognormal(self.mean * factor, self.cv)

    def sample(self, rng: random.Random) -> float:
        """One amount in yuan."""
        if self._is_certain:
            return self.mean
        sigma = self._sigma
        return self.mean * math.exp(rng.normalvariate(0.0, sigma) - 0.5 * sigma * sigma)

    @property
    def _sigma(self) -> float:
        if self.cv < 1:
            return math.sqrt(math.log1p(self.cv * self.cv))
        return math.sqrt(2 * math.log(math.hypot(1, self.cv)))

    @property
    def _is_certain(self) -> bool:
        return self.mean == 0 or self._sigma == 0

    def _standardised(self, amount: float) -> float:
        """(ln amount - mu) / sigma for a positive amount."""
        ratio = amount / self.mean
        log_ratio = (
            math.log(ratio) if 1e-300 < ratio < 1e300 else math.log(amount) - math.log(self.mean)
        )  # the quotient keeps the digits of an amount close to the mean
        return log_ratio / self._sigma + 0.5 * self._sigma

    def _steps_between(self, step: float, after: int, most: int | None) -> float:
        """Sum of P(X >= j step) over after < j <= most by Euler-Maclaurin."""
        low = after * step
        below = self._boundary(low, step)
        whole = self.partial_expectation(low, math.inf) - low * self.at_least(low)
        if most is None:
            return whole / step - below
        high = most * step
        area = self.partial_expectation(low, high) + high * self.at_least(high) - low * self.at_least(low)
        return area / step + self._boundary(high, step) - below

    def _boundary(self, amount: float, step: float) -> float:
        """S/2 + h S'/12 - h^3 S'''/720 for S(x) = P(X >= x), S' = -density, h the step."""
        sigma = self._sigma
        z = self._standardised(amount)
        density = normal_density(z) / (amount * sigma)
        slope = z / sigma + 1  # density' = -density slope / amount
        curvature = density * (slope * slope + slope - 1 / (sigma * sigma)) / (amount * amount)
        return 0.5 * normal_above(z) - step * density / 12 + step**3 * curvature / 720


@frozen
class Empirical:
    """A table of (value in yuan, share); a value may come twice, the order is free.

    Raises ValueError if a value is negative or not finite, or the shares do not sum to 1 within 1e-9.
    """

    values: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        for value, _ in self.values:
            require_magnitude("a value of a table of amounts", value)
        require_shares("a table of amounts", (share for _, share in self.values))

    @property
    def mean(self) -> float:
        """E[X] in yuan."""
        return math.fsum(value * share for value, share in self.values)

    def limited_expected_value(self, limit: float) -> float:
        """E[min(X, limit)] in yuan, the limit taken value by value."""
        return math.fsum(min(value, limit) * share for value, share in self.values)

    def at_least(self, amount: float) -> float:
        """P(X >= amount), a value equal to the amount included."""
        return math.fsum(share for value, share in self.values if value >= amount)

    def above(self, amount: float) -> float:
        """P(X > amount), a value equal to the amount left out."""
        return math.fsum(share for value, share in self.values if value > amount)

    def partial_expectation(self, low: float, high: float) -> float:
        """E[X; low <= X < high] in yuan."""
        return math.fsum(value * share for value, share in self.values if low <= value < high)

    def steps_reached(self, step: float, most: int | None) -> float:
        """E[min(floor(X / step), most)], exact in decimals: 0.3 holds three steps of 0.1."""
        return math.fsum(share * _whole_steps(value, step, most) for value, share in self.values)

    def scaled(self, factor: float) -> "Empirical":
        """Every value times factor, with its share."""
        require_magnitude("the factor of an amount", factor)
        return Empirical(tuple((value * factor, share) for value, share in self.values))

    def sample(self, rng: random.Random) -> float:
        """One of the values, in yuan."""
        values, shares = zip(*self.values, strict=True)
        return float(rng.choices(values, shares)[0])


@frozen
class Mixture:
    """Parts with weights: kinds of customers or purchases, each with its own distribution.

    Raises ValueError if the weights do not sum to 1 within 1e-9.
    """

    parts: tuple[tuple[float, AmountDistribution], ...]

    def __post_init__(self) -> None:
        require_shares("a mixture of amounts", (weight for weight, _ in self.parts))

    @property
    def mean(self) -> float:
        """E[X] in yuan."""
        return math.fsum(weight * part.mean for weight, part in self.parts)

    def limited_expected_value(self, limit: float) -> float:
        """E[min(X, limit)] in yuan, the weighted parts' own."""
        return math.fsum(weight * part.limited_expected_value(limit) for weight, part in self.parts)

    def at_least(self, amount: float) -> float:
        """P(X >= amount)."""
        return math.fsum(weight * part.at_least(amount) for weight, part in self.parts)

    def above(self, amount: float) -> float:
        """P(X > amount)."""
        return math.fsum(weight * part.above(amount) for weight, part in self.parts)

    def partial_expectation(self, low: float, high: float) -> float:
        """E[X; low <= X < high] in yuan."""
        return math.fsum(weight * part.partial_expectation(low, high) for weight, part in self.parts)

    def steps_reached(self, step: float, most: int | None) -> float:
        """E[min(floor(X / step), most)], the weighted parts' own."""
        return math.fsum(weight * part.steps_reached(step, most) for weight, part in self.parts)

    def scaled(self, factor: float) -> "Mixture":
        """Each part scaled, with its weight."""
        return Mixture(tuple((weight, part.scaled(factor)) for weight, part in self.parts))

    def sample(self, rng: random.Random) -> float:
        """One amount in yuan: a part by its weight, then an amount of that part."""
        weights, parts = zip(*self.parts, strict=True)
        chosen: AmountDistribution = rng.choices(parts, weights)[0]
        return chosen.sample(rng)


def _whole_steps(value: float, step: float, most: int | None) -> int:
    """min(floor(value / step), most) of the decimals that the two floats stand for."""
    steps = Fraction(repr(float(value))) // Fraction(repr(float(step)))
    return steps if most is None else min(steps, most)
