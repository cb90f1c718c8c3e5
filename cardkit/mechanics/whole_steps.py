"""Whole points as a count: how often a full step, such as 20 yuan, goes into an amount."""

import math
import random
from fractions import Fraction

from cardkit.ground.distribution import AmountDistribution, CountDistribution, expected_steps
from cardkit.ground.frozen import frozen


@frozen
class WholeSteps:
    """How often a full `step` (yuan) goes into an amount: ⌊X / step⌋ as a count."""

    amount: AmountDistribution
    step: Fraction

    @property
    def mean(self) -> float:
        """E[⌊X / step⌋]."""
        return expected_steps(self.amount, float(self.step))

    def at_least(self, count: int) -> float:
        """P(⌊X / step⌋ ≥ count), which is P(X ≥ count·step)."""
        return 1.0 if count <= 0 else self.amount.at_least(float(count * self.step))

    def probability(self, count: int) -> float:
        """P(⌊X / step⌋ = count)."""
        return 0.0 if count < 0 else max(0.0, self.at_least(count) - self.at_least(count + 1))

    def limited_expected_value(self, limit: int) -> float:
        """E[min(⌊X / step⌋, limit)]."""
        return float(limit) if limit <= 0 else expected_steps(self.amount, float(self.step), limit)

    def scaled(self, factor: float) -> CountDistribution:
        """Not possible: a share of the points is not a distribution of whole points."""
        raise ValueError(f"whole steps can't be scaled by {factor}; scale the amount")

    def sample(self, rng: random.Random) -> int:
        """One amount's steps."""
        return math.floor(Fraction(self.amount.sample(rng)) / self.step)
