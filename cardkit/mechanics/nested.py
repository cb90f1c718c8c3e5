"""Caps within caps: a month's within a quarter's within a year's, added up on lattices.

Rewards of equal periods are put on whole cells so that every E[min(R, k)] stays what it is; sums of periods
follow by convolution, and under the next cap they are put on cells again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from math import ceil, floor, fsum

from cardkit.ground.frozen import frozen
from cardkit.ground.money import exact
from cardkit.mechanics.compound import CELLS, convolved, limited_values, on_cells, power

MOST_CELLS = 12 * CELLS
"""Cells on which a run's total is added up: those of twelve months. A year of days under a daily cap would
have 73,000, so that it is put on wider ones; that moves a price by less than a hundredth of a percent
(tests/pricing/test_nested_caps.py)."""


@frozen
class Cap:
    """At most `most` yuan in each of `per_year` equal periods of a year."""

    per_year: int
    most: Fraction


def runs(periods: int, per_year: int) -> list[int]:
    """How many periods make each of a cap's: 12 months make quarters of 3, 365 days months of 30 or 31."""
    parts = min(periods, per_year)
    return [(part + 1) * periods // parts - part * periods // parts for part in range(parts)]


def interpolated(limited: Callable[[int], float], most: Fraction) -> Fraction:
    """E[min(K, most)] of a whole count K and a cap that need not be whole."""
    whole = floor(most)
    below = exact(limited(whole))
    return below if most == whole else below + (most - whole) * (exact(limited(whole + 1)) - below)


@frozen
class _Reward:
    """A period's reward on whole cells of `cell` first cells each; what is at or above the last is last."""

    chances: tuple[float, ...]
    cell: Fraction


def nested(limited: Sequence[float], periods: int, caps: Sequence[Cap]) -> Fraction:
    """E in cells of a year's total under caps, given in cells, from the shortest period to the longest.

    `limited[k]` is E[min(R, k)] in cells of one period's reward R, its own cap taken. Every cap but the last
    is above 0.
    """
    level = [_Reward(_chances(limited), Fraction(1))] * periods
    together = cache(_under_cap)
    for cap in caps[:-1]:
        level = [together(_kinds(part), cap.most) for part in _parts(level, cap.per_year)]
    total = Fraction(0)
    for kinds, times in Counter(map(_kinds, _parts(level, caps[-1].per_year))).items():
        cell, sums = _limited_sums(kinds, caps[-1].most)
        total += interpolated(sums.__getitem__, caps[-1].most / cell) * cell * times
    return total


_Kinds = frozenset[tuple[_Reward, int]]
"""The periods of a run: each kind of reward, and how many there are of it."""


def _kinds(part: Sequence[_Reward]) -> _Kinds:
    return frozenset(Counter(part).items())


def _parts(level: Sequence[_Reward], per_year: int) -> list[Sequence[_Reward]]:
    parts, start = [], 0
    for run in runs(len(level), per_year):
        parts.append(level[start : start + run])
        start += run
    return parts


def _under_cap(kinds: _Kinds, most: Fraction) -> _Reward:
    """What the periods of a run bring together under a cap, on cells of which the cap is a whole number."""
    cell, sums = _limited_sums(kinds, most)
    inner = most / cell
    cells = int(inner) if inner.denominator == 1 and inner <= CELLS else CELLS
    width = inner / cells
    limited = [float(interpolated(sums.__getitem__, width * number) / width) for number in range(cells + 1)]
    return _Reward(_chances(limited), cell * width)


def _chances(limited: Sequence[float]) -> tuple[float, ...]:
    """Probabilities of the cells of a reward R with E[min(R, k)] = limited[k]; the last has what is left."""
    below = on_cells(limited)
    return (*below, max(0.0, 1 - fsum(below)))


def _widened(chances: Sequence[float], times: int) -> tuple[float, ...]:
    """The same reward on cells so many times as wide."""
    last = len(chances) - 1
    limited = limited_values(chances, last)
    return _chances([limited[min(cell, last)] / times for cell in range(0, last + times, times)])


def _limited_sums(kinds: _Kinds, most: Fraction) -> tuple[Fraction, list[float]]:
    """A cell, and E[min(Σ R, k)] in such cells for k = 0, 1, … until above `most`."""
    cell = next(iter(kinds))[0].cell
    wider = max(1, ceil(most / cell / MOST_CELLS))
    sums, cells = [1.0], floor(most / cell / wider) + 1
    for reward, times in sorted(kinds, key=lambda kind: kind[1]):
        chances = _widened(reward.chances, wider) if wider > 1 else reward.chances
        sums = convolved(sums, power(chances, times, cells), cells)
    return cell * wider, limited_values(sums, cells)
