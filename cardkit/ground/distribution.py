"""Expectations that benefits are priced by, and the names of all distributions in one place.

E[min(X, d)] is not min(E[X], d): caps and thresholds need the distribution (DOMAIN.md section 4).
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from cardkit.ground.distribution_amount import AmountDistribution, Empirical, Lognormal, Mixture
from cardkit.ground.distribution_count import (
    Binomial,
    CountDistribution,
    CountMixture,
    CountTable,
    NegativeBinomial,
    Poisson,
)

__all__ = [
    "AmountDistribution",
    "Binomial",
    "CountDistribution",
    "CountMixture",
    "CountTable",
    "Empirical",
    "Lognormal",
    "Mixture",
    "NegativeBinomial",
    "Poisson",
    "expected_piecewise",
    "expected_steps",
]


def expected_piecewise(
    distribution: AmountDistribution, points: Sequence[tuple[float, float]], final_slope: float
) -> float:
    """E[f(X)] of the continuous f that joins `points` (x in yuan, f(x)) and goes on at `final_slope`.

    The first point is at x = 0, the others follow at strictly larger x; otherwise ValueError. With LEV the
    limited expected value, and because f is a sum of layers:
    E f = f(0) + sum slope_k (LEV(x_k+1) - LEV(x_k)) + final_slope (mean - LEV(x_last)).
    """
    if not points or points[0][0] != 0:
        message = "the points of a piecewise function must start at x = 0"
        raise ValueError(message)
    terms = [points[0][1]]
    limited = 0.0
    for (x, value), (next_x, next_value) in pairwise(points):
        if not next_x > x:
            message = f"the points of a piecewise function must rise in x; {next_x} follows {x}"
            raise ValueError(message)
        next_limited = distribution.limited_expected_value(next_x)
        terms.append((next_value - value) / (next_x - x) * (next_limited - limited))
        limited = next_limited
    terms.append(final_slope * (distribution.mean - limited))
    return math.fsum(terms)


def expected_steps(distribution: AmountDistribution, step: float, most: int | None = None) -> float:
    """E[min(floor(X / step), most)]: how often each full `step` yuan of X is rewarded, at most `most` times.

    It is the sum of P(X >= j step) over j = 1..most; `most` None is no limit. Raises ValueError if the step
    is not above 0 and finite, or `most` is negative.
    """
    if not 0 < step < math.inf:
        message = f"a step of {step} yuan; write a finite step above 0"
        raise ValueError(message)
    if most is not None and most < 0:
        message = f"at most {most} steps; write 0 or more"
        raise ValueError(message)
    return distribution.steps_reached(step, most)
