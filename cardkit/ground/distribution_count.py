"""Counts that vary: qualifying purchases of a month, visits of a year, active staff of a team.

Each tail is summed from its own side, so a small probability keeps its digits; E[min(K, n)] is the sum of
P(K >= j) over j = 1..n (DOMAIN.md section 4, fact 1), here in its closed form of two tails:
E[K; K < n] + n P(K >= n), where K weighted by its size is a count of the same kind, one larger.
"""

import math
import random
from collections.abc import Callable
from typing import Protocol

from cardkit.ground.distribution_parameters import require_magnitude, require_shares
from cardkit.ground.distribution_special import beta_fraction, binomial_density, poisson_density
from cardkit.ground.frozen import frozen

_NEGLIGIBLE = 1e-18
_SEARCHED_FROM_0 = 30.0
"""Up to this mean a Poisson count is sampled by a search from 0, beyond from its mode."""


class CountDistribution(Protocol):
    """How a count is distributed. Implementations are frozen and hashable."""

    @property
    def mean(self) -> float:
        """E[K]."""

    def at_least(self, count: int) -> float:
        """P(K >= count)."""

    def probability(self, count: int) -> float:
        """P(K = count)."""

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)], the sum of P(K >= j) over j = 1..limit; the limit itself if it is not above 0."""

    def scaled(self, factor: float) -> "CountDistribution":
        """The count whose mean is `factor` times as large: a share of the events, or another period.

        Raises ValueError if the factor is negative or not finite, or the kind of count does not allow it.
        """

    def sample(self, rng: random.Random) -> int:
        """One count."""


@frozen
class Poisson:
    """Independent events at a steady rate. Raises ValueError if the mean is negative or not finite."""

    mean: float

    def __post_init__(self) -> None:
        require_magnitude("the mean of a Poisson count", self.mean)

    def at_least(self, count: int) -> float:
        """P(K >= count)."""
        return self._split(count)[1]

    def probability(self, count: int) -> float:
        """P(K = count) = mean^count e^-mean / count!."""
        if count < 0:
            return 0.0
        if count == 0:
            return math.exp(-self.mean)
        return poisson_density(self.mean, count) if self.mean > 0 else 0.0

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)] = mean P(K <= limit - 2) + limit P(K >= limit)."""
        if limit <= 0:
            return float(limit)
        expected = self.mean * self._split(limit - 1)[0] + limit * self.at_least(limit)
        return min(expected, self.mean, limit)

    def scaled(self, factor: float) -> "Poisson":
        """Poisson again, with mean times factor: thinning and other periods alike."""
        require_magnitude("the factor of a count", factor)
        return Poisson(self.mean * factor)

    def sample(self, rng: random.Random) -> int:
        """One count, by inversion."""
        if self.mean < _SEARCHED_FROM_0:
            rest = rng.random()
            count = 0
            chance = math.exp(-self.mean)
            while rest >= chance > 0:
                rest -= chance
                count += 1
                chance *= self.mean / count
            return count
        mode = math.floor(self.mean)
        return _search_from_mode(rng, mode, self.probability(mode), lambda count: self.mean / count)

    def _split(self, count: int) -> tuple[float, float]:
        """P(K < count) and P(K >= count), the smaller of them summed term by term."""
        if count <= 0:
            return 0.0, 1.0
        if self.mean == 0:
            return 1.0, 0.0
        if count > self.mean:
            reached = self.probability(count) * _rising_sum(self.mean, count)
            return 1 - reached, reached
        missed = self.probability(count - 1) * _falling_sum(self.mean, count - 1)
        return missed, 1 - missed


@frozen
class NegativeBinomial:
    """A Poisson count whose rate varies (gamma) between customers: variance = mean + dispersion mean^2.

    `dispersion` is the squared coefficient of variation of the customers' own rates. Raises ValueError if the
    mean is negative, the dispersion not above 0 (use Poisson), or either not finite.
    """

    mean: float
    dispersion: float

    def __post_init__(self) -> None:
        require_magnitude("the mean of a negative binomial count", self.mean)
        require_magnitude("the dispersion of a negative binomial count", self.dispersion)
        if self.dispersion == 0:
            message = "the dispersion of a negative binomial count is 0; that is a Poisson count"
            raise ValueError(message)

    def at_least(self, count: int) -> float:
        """P(K >= count)."""
        return self._split(count, self._size)[1]

    def probability(self, count: int) -> float:
        """P(K = k) = Gamma(r + k) / (Gamma(r) k!) p^r (1 - p)^k with r = 1/dispersion, p = r/(r + mean)."""
        return self._density(count, self._size)

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)] = mean P(K' <= limit - 2) + limit P(K >= limit), K' of size r + 1."""
        if limit <= 0:
            return float(limit)
        expected = self.mean * self._split(limit - 1, self._size + 1)[0] + limit * self.at_least(limit)
        return min(expected, self.mean, limit)

    def scaled(self, factor: float) -> "NegativeBinomial":
        """Mean times factor with the same dispersion.

        Exact for a share of the events (thinning), and for another period if a customer's rate lasts.
        """
        require_magnitude("the factor of a count", factor)
        return NegativeBinomial(self.mean * factor, self.dispersion)

    def sample(self, rng: random.Random) -> int:
        """One count: a customer's rate from a gamma distribution, then a Poisson count at that rate."""
        if self.mean == 0:
            return 0
        return Poisson(rng.gammavariate(self._size, self.mean * self.dispersion)).sample(rng)

    @property
    def _size(self) -> float:
        return 1 / self.dispersion

    @property
    def _chances(self) -> tuple[float, float]:
        """The chances p = 1 / (1 + mean dispersion) and q = 1 - p."""
        odds = self.mean * self.dispersion
        return 1 / (1 + odds), odds / (1 + odds)

    def _density(self, count: int, size: float) -> float:
        if count < 0:
            return 0.0
        if count == 0:
            return math.exp(-size * math.log1p(self.mean * self.dispersion))
        if self.mean == 0:
            return 0.0
        stop, go_on = self._chances
        return size / (size + count) * binomial_density(size, count, stop, go_on)

    def _split(self, count: int, size: float) -> tuple[float, float]:
        """P(K < count) = I_p(size, count) and P(K >= count) = I_q(count, size)."""
        if count <= 0:
            return 0.0, 1.0
        if self.mean == 0:
            return 1.0, 0.0
        stop, go_on = self._chances
        density = self._density(count, size)
        if go_on < (count + 1) / (count + size + 2):
            reached = density * beta_fraction(count, size, go_on, stop)
            return 1 - reached, reached
        missed = density * count / size * beta_fraction(size, count, stop, go_on)
        return missed, 1 - missed


@frozen
class Binomial:
    """So many of `trials` independent ones that each come true with one probability.

    Raises ValueError if the trials are negative or the probability is not within 0 and 1.
    """

    trials: int
    probability_each: float

    def __post_init__(self) -> None:
        require_magnitude("the number of trials", self.trials)
        require_magnitude("the probability of a trial", self.probability_each)
        if self.probability_each > 1:
            message = f"the probability of a trial is {self.probability_each}; write one of at most 1"
            raise ValueError(message)

    @property
    def mean(self) -> float:
        """E[K] = trials times probability."""
        return self.trials * self.probability_each

    def at_least(self, count: int) -> float:
        """P(K >= count)."""
        return self._split(count, self.trials)[1]

    def probability(self, count: int) -> float:
        """P(K = count)."""
        return self._density(count, self.trials)

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)] = mean P(K' <= limit - 2) + limit P(K >= limit), K' of one trial less."""
        if limit <= 0:
            return float(limit)
        if self.trials == 0:
            return 0.0
        expected = self.mean * self._split(limit - 1, self.trials - 1)[0] + limit * self.at_least(limit)
        return min(expected, self.mean, limit)

    def scaled(self, factor: float) -> "Binomial":
        """The same trials with the probability times factor. Raises ValueError if that exceeds 1."""
        require_magnitude("the factor of a count", factor)
        return Binomial(self.trials, self.probability_each * factor)

    def sample(self, rng: random.Random) -> int:
        """One count, by inversion from the mode."""
        hit, miss = self.probability_each, 1 - self.probability_each
        if self.trials == 0 or hit == 0 or miss == 0:
            return self.trials if miss == 0 else 0
        mode = math.floor((self.trials + 1) * hit)
        odds = hit / miss
        return _search_from_mode(
            rng, mode, self.probability(mode), lambda count: (self.trials - count + 1) / count * odds
        )

    def _density(self, count: int, trials: int) -> float:
        hit, miss = self.probability_each, 1 - self.probability_each
        if not 0 <= count <= trials:
            return 0.0
        if hit == 0 or miss == 0:
            return float(count == (0 if hit == 0 else trials))
        if count == 0:
            return math.exp(trials * math.log1p(-hit))
        if count == trials:
            return math.exp(trials * math.log(hit))
        return binomial_density(count, trials - count, hit, miss)

    def _split(self, count: int, trials: int) -> tuple[float, float]:
        """P(K < k) = I_(1-p)(trials - k + 1, k) and P(K >= k) = I_p(k, trials - k + 1)."""
        hit, miss = self.probability_each, 1 - self.probability_each
        if count <= 0 or (miss == 0 and count <= trials):
            return 0.0, 1.0
        if count > trials or hit == 0:
            return 1.0, 0.0
        density = self._density(count, trials) * miss
        others = trials - count + 1
        if hit < (count + 1) / (trials + 3):
            reached = density * beta_fraction(count, others, hit, miss)
            return 1 - reached, reached
        missed = density * count / others * beta_fraction(others, count, miss, hit)
        return missed, 1 - missed


@frozen
class CountTable:
    """A table of (count, share); a count may come twice, the order is free.

    Raises ValueError if a count is negative or not whole, or the shares do not sum to 1 within 1e-9.
    """

    values: tuple[tuple[int, float], ...]

    def __post_init__(self) -> None:
        for count, _ in self.values:
            require_magnitude("a count of a table", count)
            if count != int(count):
                message = f"a table of counts holds {count}; write whole numbers"
                raise ValueError(message)
        require_shares("a table of counts", (share for _, share in self.values))

    @property
    def mean(self) -> float:
        """E[K]."""
        return math.fsum(count * share for count, share in self.values)

    def at_least(self, count: int) -> float:
        """P(K >= count)."""
        return math.fsum(share for value, share in self.values if value >= count)

    def probability(self, count: int) -> float:
        """P(K = count)."""
        return math.fsum(share for value, share in self.values if value == count)

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)]."""
        return math.fsum(min(value, limit) * share for value, share in self.values)

    def scaled(self, factor: float) -> CountDistribution:
        """Each event kept with probability `factor`. Raises ValueError above 1: a table can't stretch."""
        require_magnitude("the factor of a count", factor)
        if factor == 1:
            return self
        if factor > 1:
            message = f"a table of counts can't be scaled by {factor}; write the table of the longer period"
            raise ValueError(message)
        return CountMixture(tuple((share, Binomial(count, factor)) for count, share in self.values))

    def sample(self, rng: random.Random) -> int:
        """One of the counts."""
        values, shares = zip(*self.values, strict=True)
        return int(rng.choices(values, shares)[0])


@frozen
class CountMixture:
    """Parts with weights: kinds of customers, each with its own count.

    Raises ValueError if the weights do not sum to 1 within 1e-9.
    """

    parts: tuple[tuple[float, CountDistribution], ...]

    def __post_init__(self) -> None:
        require_shares("a mixture of counts", (weight for weight, _ in self.parts))

    @property
    def mean(self) -> float:
        """E[K]."""
        return math.fsum(weight * part.mean for weight, part in self.parts)

    def at_least(self, count: int) -> float:
        """P(K >= count)."""
        return math.fsum(weight * part.at_least(count) for weight, part in self.parts)

    def probability(self, count: int) -> float:
        """P(K = count)."""
        return math.fsum(weight * part.probability(count) for weight, part in self.parts)

    def limited_expected_value(self, limit: int) -> float:
        """E[min(K, limit)], the weighted parts' own."""
        return math.fsum(weight * part.limited_expected_value(limit) for weight, part in self.parts)

    def scaled(self, factor: float) -> "CountMixture":
        """Each part scaled; raises what a part raises."""
        return CountMixture(tuple((weight, part.scaled(factor)) for weight, part in self.parts))

    def sample(self, rng: random.Random) -> int:
        """One count: a part by its weight, then a count of that part."""
        weights, parts = zip(*self.parts, strict=True)
        chosen: CountDistribution = rng.choices(parts, weights)[0]
        return chosen.sample(rng)


def _rising_sum(mean: float, count: int) -> float:
    """1 + mean/(count+1) + mean^2/((count+1)(count+2)) + ... for count > mean."""
    total = term = 1.0
    while term > _NEGLIGIBLE * total:
        count += 1
        term *= mean / count
        total += term
    return total


def _falling_sum(mean: float, count: int) -> float:
    """1 + count/mean + count(count-1)/mean^2 + ..., down to count 0, for count < mean."""
    total = term = 1.0
    while count > 0 and term > _NEGLIGIBLE * total:
        term *= count / mean
        count -= 1
        total += term
    return total


def _search_from_mode(rng: random.Random, mode: int, chance: float, ratio: Callable[[int], float]) -> int:
    """Inversion that looks at the mode first, then outward on both sides: a few standard deviations of steps.

    `chance` is P(K = mode) and `ratio(k)` is P(K = k) / P(K = k - 1).
    """
    rest = rng.random() - chance
    low = high = mode
    chance_low = chance_high = chance
    while rest >= 0 and (chance_low > 0 or chance_high > 0):
        high += 1
        chance_high *= ratio(high)
        rest -= chance_high
        if rest < 0:
            return high
        if low == 0:
            chance_low = 0.0
            continue
        chance_low /= ratio(low)
        low -= 1
        rest -= chance_low
        if rest < 0:
            return low
    return mode
