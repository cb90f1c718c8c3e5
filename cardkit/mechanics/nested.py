"""Caps within caps: a month's within a quarter's within a year's, added up on lattices.

Rewards of equal periods are put on whole cells so that every E[min(R, k)] stays what it is; sums of periods
follow by convolution, and under the next cap they are put on cells again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import floor, fsum

from cardkit.ground.money import exact
from cardkit.mechanics.compound import CELLS, convolved, on_cells, power


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Reward:
    """A period's reward on whole cells of `cell` first cells each; what is at or above the last is last."""

    chances: tuple[float, ...]
    cell: Fraction


def nested(limited: Sequence[float], periods: int, caps: Sequence[Cap]) -> Fraction:
    """E in cells of a year's total under caps, given in cells, from the shortest period to the longest.

    `limited[k]` is E[min(R, k)] in cells of one period's reward R, its own cap taken.
    """
    below = on_cells(limited)
    level = [_Reward((*below, max(0.0, 1 - fsum(below))), Fraction(1))] * periods
    together = cache(_under_cap)
    for cap in caps[:-1]:
        level = [together(_kinds(part), cap.most) for part in _parts(level, cap.per_year)]
    total = Fraction(0)
    for kinds, times in Counter(map(_kinds, _parts(level, caps[-1].per_year))).items():
        cell = level[0].cell
        most = caps[-1].most / cell
        sums = _limited_sums(kinds, floor(most) + 1)
        total += interpolated(sums.__getitem__, most) * cell * times
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
    cell = next(iter(kinds))[0].cell
    inner = most / cell
    if inner == 0:
        return _Reward((1.0,), cell)
    cells = int(inner) if inner.denominator == 1 and inner <= CELLS else CELLS
    sums = _limited_sums(kinds, floor(inner) + 1)
    width = inner / cells
    limited = [float(interpolated(sums.__getitem__, width * number) / width) for number in range(cells + 1)]
    below = on_cells(limited)
    return _Reward((*below, max(0.0, 1 - fsum(below))), cell * width)


def _limited_sums(kinds: _Kinds, cells: int) -> list[float]:
    """E[min(Σ R, k)] in the rewards' own cells for k = 0..cells."""
    sums = [1.0] + [0.0] * (cells - 1)
    for reward, times in sorted(kinds, key=lambda kind: kind[1]):
        size = len(reward.chances)
        if times * min(size, cells) <= 2 * cells:
            for _ in range(times):
                sums = convolved(sums, reward.chances, cells)
        else:
            sums = convolved(sums, power(reward.chances, times, cells), cells)
    reached, limited = 1.0, [0.0]
    for chance in sums:
        reached = max(0.0, reached - chance)
        limited.append(limited[-1] + reached)
    return limited
