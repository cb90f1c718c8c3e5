"""Whole points as counts: the full steps of an amount, and those of every purchase of a period added up.

The sum over a period's purchases has a compound distribution. For Poisson and negative binomial counts it
follows from Panjer's recursion, g_k = Σ_{j=1..k} (a + b·j/k)·f_j·g_{k-j} ÷ (1 − a·f_0) (H. H. Panjer,
“Recursive Evaluation of a Family of Compound Distributions”, ASTIN Bulletin 12, 1981); for a count that
can't exceed a number, from powers of the distribution of one purchase.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import mul

from cardkit.ground.distribution import (
    AmountDistribution,
    Binomial,
    CountDistribution,
    CountMixture,
    CountTable,
    NegativeBinomial,
    Poisson,
    expected_steps,
)
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text

CELLS = 400
"""Up to so many steps are counted one by one; of more, so many cells are made that keep every mean."""

MOST_STEPS = 10**15
"""More steps than any purse holds; a float still counts them one by one."""

UNDERFLOW = 500.0
"""From this mean on a Poisson count is halved, so that the chance of no purchase at all stays a float."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CompoundSteps:
    """Σ min(⌊T_i / step⌋, most_each) over the K purchases of a period: points rounded purchase by purchase.

    `most_each` need not be whole: then the last step of a purchase counts in part, and only expectations
    within one period can be taken, not probabilities.
    """

    count: CountDistribution
    ticket: AmountDistribution
    step: Fraction
    most_each: Fraction | None = None

    @property
    def mean(self) -> float:
        """E[K]·E[steps of one purchase]."""
        return self.count.mean * self.of_one_purchase(MOST_STEPS)

    def at_least(self, count: int) -> float:
        """P(sum ≥ count)."""
        return 1.0 if count <= 0 else max(0.0, 1 - math.fsum(self._sums(count, 1)[:count]))

    def probability(self, count: int) -> float:
        """P(sum = count)."""
        return 0.0 if count < 0 else self._sums(count + 1, 1)[count]

    def limited_expected_value(self, limit: int) -> float:
        """E[min(sum, limit)]: exact up to 400 steps, on 400 cells of equal means beyond."""
        if limit <= 0:
            return float(limit)
        width = -(-limit // CELLS)
        cells, rest = divmod(limit, width)
        reached = 1.0
        total = 0.0
        for cell, chance in enumerate(self._sums(cells + 1, width)):
            reached -= chance
            part = 1.0 if cell < cells else rest / width
            total += max(0.0, reached) * part
        return min(total * width, self.mean)

    def scaled(self, factor: float) -> CountDistribution:
        """Fewer or more purchases, each as before."""
        return CompoundSteps(self.count.scaled(factor), self.ticket, self.step, self.most_each)

    def sample(self, rng: random.Random) -> int:
        """One period's steps."""
        total = 0
        for _ in range(self.count.sample(rng)):
            steps = math.floor(Fraction(self.ticket.sample(rng)) / self.step)
            total += steps if self.most_each is None else math.floor(min(Fraction(steps), self.most_each))
        return total

    def of_one_purchase(self, limit: int) -> float:
        """E[min(steps of one purchase, limit)], after the cap on a purchase."""
        most = Fraction(limit) if self.most_each is None else min(Fraction(limit), self.most_each)
        if most >= MOST_STEPS:
            return expected_steps(self.ticket, float(self.step))
        whole = math.floor(most)
        rest = float(most - whole)
        below = expected_steps(self.ticket, float(self.step), whole)
        if rest == 0:
            return below
        return (1 - rest) * below + rest * expected_steps(self.ticket, float(self.step), whole + 1)

    def _sums(self, cells: int, width: int) -> tuple[float, ...]:
        """Probabilities of the sums 0, 1, … `cells` − 1 in cells of `width` steps."""
        return _sums_of(self, cells, width)


@lru_cache(maxsize=256)
def _sums_of(steps: CompoundSteps, cells: int, width: int) -> tuple[float, ...]:
    """As `_sums`. What of one purchase lies between two cells is shared between them so that means stay."""
    limited = [steps.of_one_purchase(cell * width) / width for cell in range(cells + 1)]
    chances = [1 - (limited[1] - limited[0])]
    chances += [2 * limited[cell] - limited[cell - 1] - limited[cell + 1] for cell in range(1, cells)]
    each = [max(0.0, chance) for chance in chances]
    return tuple(compound(steps.count, each, cells))


def compound(count: CountDistribution, each: Sequence[float], cells: int) -> list[float]:
    """P(S = k) for k < cells, S the sum of `count` independent parts with P(part = j) = each[j].

    Parts at or beyond `cells` are left out of `each`. Raises CardkitError for a count of an unknown kind.
    """
    if isinstance(count, CountMixture):
        return _mixed([(weight, compound(part, each, cells)) for weight, part in count.parts], cells)
    if isinstance(count, Poisson):
        if count.mean > UNDERFLOW:
            half = compound(Poisson(count.mean / 2), each, cells)
            return _convolved(half, half, cells)
        nothing = math.exp(-count.mean * (1 - each[0]))
        return _panjer(0.0, count.mean, nothing, each, cells)
    if isinstance(count, NegativeBinomial):
        size, odds = 1 / count.dispersion, count.mean * count.dispersion
        ratio = odds / (1 + odds)
        nothing = math.exp(-size * math.log1p(odds * (1 - each[0])))
        return _panjer(ratio, (size - 1) * ratio, nothing, each, cells)
    if isinstance(count, Binomial):
        chance = count.probability_each
        one = [chance * part for part in each]
        one[0] += 1 - chance
        return _power(one, count.trials, cells)
    if isinstance(count, CountTable):
        return _mixed([(share, _power(each, int(events), cells)) for events, share in count.values], cells)
    raise CardkitError(
        Text(
            "按笔取整时，这种笔数分布无法计算上限",
            "Points rounded by purchase can't be capped with this count",
        ),
        Text(
            "笔数用 poisson、negative-binomial、binomial 或表格",
            "give purchases as Poisson, negative binomial, binomial or a table",
        ),
    )


def _mixed(parts: Sequence[tuple[float, Sequence[float]]], cells: int) -> list[float]:
    return [math.fsum(weight * chances[cell] for weight, chances in parts) for cell in range(cells)]


def _panjer(a: float, b: float, nothing: float, each: Sequence[float], cells: int) -> list[float]:
    weighted = [position * chance for position, chance in enumerate(each)]
    sums = [nothing]
    scale = 1 / (1 - a * each[0])
    for cell in range(1, cells):
        before = sums[::-1]
        total = b / cell * sum(map(mul, weighted[1 : cell + 1], before))
        if a != 0:
            total += a * sum(map(mul, each[1 : cell + 1], before))
        sums.append(scale * total)
    return sums


def _convolved(left: Sequence[float], right: Sequence[float], cells: int) -> list[float]:
    """The distribution of a sum of two, below `cells`."""
    turned = right[::-1]
    size = len(right)
    return [
        sum(map(mul, left[max(0, cell - size + 1) : cell + 1], turned[max(0, size - 1 - cell) :]))
        for cell in range(cells)
    ]


def _power(each: Sequence[float], events: int, cells: int) -> list[float]:
    """The distribution of a sum of so many parts, by repeated squaring."""
    sums = [1.0] + [0.0] * (cells - 1)
    square = list(each) + [0.0] * (cells - len(each))
    while events:
        if events & 1:
            sums = _convolved(sums, square, cells)
        events >>= 1
        if events:
            square = _convolved(square, square, cells)
    return sums
