"""Sums over the purchases of a period: how many there are and what each brings, as one distribution.

For Poisson and negative binomial counts it follows from Panjer's recursion,
g_k = Σ_{j=1..k} (a + b·j/k)·f_j·g_{k-j} ÷ (1 − a·f_0) (H. H. Panjer, “Recursive Evaluation of a Family of
Compound Distributions”, ASTIN Bulletin 12, 1981); for a count that can't exceed a number, from powers of the
distribution of one purchase.
"""

import math
from collections.abc import Callable, Sequence
from operator import mul

from cardkit.ground.distribution import (
    Binomial,
    CountDistribution,
    CountMixture,
    CountTable,
    NegativeBinomial,
    Poisson,
)
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text

CELLS = 200
"""Cells of the lattice on which amounts are added up; halving them moves a price by less than a hundredth
of a percent (tests/mechanics/test_capping.py)."""

UNDERFLOW = 500.0
"""From this mean on a Poisson count is halved, so that the chance of no purchase at all stays a float."""


def on_cells(limited: Sequence[float]) -> list[float]:
    """Probabilities of the cells 0, 1, … that keep E[min(R, k)] = limited[k] for every cell k but the last.

    `limited` counts in cells and starts at 0. What lies between two cells is shared between them, so that
    no mean is moved; what lies at or beyond the last cell is left out.
    """
    chances = [1 - limited[1]]
    chances += [
        2 * limited[cell] - limited[cell - 1] - limited[cell + 1] for cell in range(1, len(limited) - 1)
    ]
    return [max(0.0, chance) for chance in chances]


def limited_sums(
    count: CountDistribution, limited_each: Callable[[float], float], cell: float, cells: int
) -> list[float]:
    """E[min(Σ R_i, k)] in cells for k = 0..cells, summed over `count` purchases.

    `limited_each(d)` is E[min(R, d)] of one purchase, in the unit of `cell`.
    """
    each = on_cells([limited_each(k * cell) / cell for k in range(cells + 1)])
    return limited_values(compound(count, each, cells), cells)


def limited_values(chances: Sequence[float], cells: int) -> list[float]:
    """E[min(S, k)] for k = 0..cells, of P(S = 0), P(S = 1), … for every cell below `cells`."""
    reached, limited = 1.0, [0.0]
    for chance in chances[:cells]:
        reached = max(0.0, reached - chance)
        limited.append(limited[-1] + reached)
    return limited


def compound(count: CountDistribution, each: Sequence[float], cells: int) -> list[float]:
    """P(S = k) for k < cells, S the sum of `count` independent parts with P(part = j) = each[j].

    Parts at or beyond `cells` are left out of `each`. Raises CardkitError for a count of an unknown kind.
    """
    if isinstance(count, CountMixture):
        return _mixed([(weight, compound(part, each, cells)) for weight, part in count.parts], cells)
    if isinstance(count, Poisson):
        if count.mean > UNDERFLOW:
            half = compound(Poisson(count.mean / 2), each, cells)
            return convolved(half, half, cells)
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
        return power(one, count.trials, cells)
    if isinstance(count, CountTable):
        return _mixed([(share, power(each, int(events), cells)) for events, share in count.values], cells)
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
    above = each[1:]
    weighted = [position * chance for position, chance in enumerate(above, 1)]
    sums = [nothing]
    scale = 1 / (1 - a * each[0])
    for cell in range(1, cells):
        before = sums[::-1]
        total = b / cell * sum(map(mul, weighted, before))
        if a != 0:
            total += a * sum(map(mul, above, before))
        sums.append(scale * total)
    return sums


def convolved(left: Sequence[float], right: Sequence[float], cells: int) -> list[float]:
    """The distribution of a sum of two, below `cells`, as far as it reaches."""
    turned = right[::-1]
    size = len(right)
    return [
        sum(map(mul, left[max(0, cell - size + 1) : cell + 1], turned[max(0, size - 1 - cell) :]))
        for cell in range(min(cells, len(left) + size - 1))
    ]


def power(each: Sequence[float], events: int, cells: int) -> list[float]:
    """The distribution of a sum of so many parts, by repeated squaring; for every cell below `cells`."""
    sums, square = [1.0], each
    while events:
        if events & 1:
            sums = convolved(sums, square, cells)
        events >>= 1
        if events:
            square = convolved(square, square, cells)
    return sums + [0.0] * (cells - len(sums))
