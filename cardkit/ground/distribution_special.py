"""The special functions behind the distributions, from `math` alone and without cancellation.

Sources: C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000), for the saddle-point
form of a probability; A. R. Didonato and A. H. Morris, "Algorithm 708" (1992), for the continued fraction of
the incomplete beta function.
"""

import math

_SQUARE_ROOT_OF_2 = math.sqrt(2)
_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)
_NEVER_ZERO = 1e-300
_CONVERGED = 3e-16
"""Above the last bit of 1.0, on which a converged fraction may stay."""
_MOST_TERMS = 100_000


def normal_above(z: float) -> float:
    """P(Z > z) of a standard normal Z; keeps its relative precision far into the tail."""
    return 0.5 * math.erfc(z / _SQUARE_ROOT_OF_2)


def normal_density(z: float) -> float:
    """The density of a standard normal at z."""
    return math.exp(-0.5 * z * z - _HALF_LOG_TWO_PI)


def poisson_density(mean: float, count: float) -> float:
    """mean^count e^-mean / count! for mean > 0 and count > 0, in Loader's saddle-point form."""
    exponent = -_stirling_error(count) - _deviance(count, mean)
    return math.exp(exponent) / math.sqrt(2 * math.pi * count)


def binomial_density(hits: float, misses: float, hit: float, miss: float) -> float:
    """The binomial probability of `hits` (> 0) and `misses` (> 0), which need not be whole.

    `hit` and `miss` are the two chances, given both so that neither loses digits as 1 minus the other.
    """
    trials = hits + misses
    exponent = (
        _stirling_error(trials)
        - _stirling_error(hits)
        - _stirling_error(misses)
        - _deviance(hits, trials * hit)
        - _deviance(misses, trials * miss)
    )
    return math.exp(exponent) * math.sqrt(trials / (2 * math.pi * hits) / misses)


def beta_fraction(a: float, b: float, x: float, y: float) -> float:
    """F in I_x(a, b) = x^a y^b / (a B(a, b)) F with y = 1 - x; wants x < (a+1)/(a+b+2).

    Both x and y are given, so that neither loses digits as 1 minus the other where a and b are far apart.
    Didonato and Morris's continued fraction, evaluated by Lentz's method. Raises ArithmeticError if it does
    not converge, which no parameter within reach has shown.
    """
    fraction = _away_from_zero(a * (a * y - b * x + 1) / (a + 1))
    ratio_above = fraction
    ratio_below = 0.0
    for step in range(1, _MOST_TERMS):
        odd = a + 2 * step - 1
        partial = (a + step - 1) / odd * ((a + b + step - 1) / odd) * step * (b - step) * x * x
        whole = step + step * (b - step) * x / odd
        whole += (a + step) / (odd + 2) * (a * y - b * x + 1 + step * (1 + y))
        ratio_below = 1 / _away_from_zero(whole + partial * ratio_below)
        ratio_above = _away_from_zero(whole + partial / ratio_above)
        change = ratio_below * ratio_above
        fraction *= change
        if abs(change - 1) <= _CONVERGED:
            return a / fraction
    message = f"the incomplete beta function does not converge at a={a}, b={b}, x={x}"
    raise ArithmeticError(message)


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _NEVER_ZERO else _NEVER_ZERO


def _stirling_error(value: float) -> float:
    """What Stirling's formula leaves of ln(value!): ln(value!) - ln(sqrt(2 pi v) (v/e)^v)."""
    if value <= 15:
        return math.lgamma(value + 1) - (value + 0.5) * math.log(value) + value - _HALF_LOG_TWO_PI
    square = value * value
    series = 1 / 1680 - 1 / 1188 / square
    series = 1 / 1260 - series / square
    series = 1 / 360 - series / square
    return (1 / 12 - series / square) / value


def _deviance(seen: float, expected: float) -> float:
    """Seen ln(seen / expected) + expected - seen, by its series where the two are close."""
    if expected == 0:  # a chance below the smallest float
        return math.inf
    if abs(seen - expected) >= 0.1 * (seen + expected):
        return seen * math.log(seen / expected) + expected - seen
    relative = (seen - expected) / (seen + expected)
    total = (seen - expected) * relative
    term = 2 * seen * relative
    for order in range(3, 2000, 2):
        term *= relative * relative
        longer = total + term / order
        if longer == total:
            break
        total = longer
    return total
