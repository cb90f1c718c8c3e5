"""Sums within a bound, said by counting: the smallest choices of modules that go beyond it."""

from collections.abc import Iterable, Iterator, Mapping

from cardkit.ground.frozen import frozen
from cardkit.model.refusal import Weight

MOST_EXCESSES = 200
"""Beyond so many a bound is no longer worth writing out."""

_MOST_STEPS = 4_000
_MOST_WEIGHTS = 40


@frozen
class Excess:
    """A smallest way to go beyond a bound: at least so many modules of each weight."""

    least: tuple[tuple[Weight, int], ...]
    """Weights in falling order, each with its count (1 or more); one module less is within the bound."""


def by_weight(weights: Mapping[str, Weight]) -> dict[Weight, tuple[str, ...]]:
    """The modules of each weight, heaviest first; what weighs nothing is left out."""
    found: dict[Weight, list[str]] = {}
    for name, weight in weights.items():
        if weight:
            found.setdefault(weight, []).append(name)
    return {weight: tuple(found[weight]) for weight in sorted(found, reverse=True)}


def excesses(sizes: Mapping[Weight, int], most: Weight) -> tuple[Excess, ...] | None:
    """Every smallest way to go beyond `most` (inclusive: the bound itself is fine).

    `sizes` says how many modules there are of each weight, heaviest first. A choice goes beyond the bound
    exactly when it has at least the counts of one of the excesses. None where there are too many of them to
    write out. The format has no negative weights and bounds: with those this would not be true.
    """
    assert most >= 0
    assert all(weight > 0 for weight in sizes)
    if _total(sizes.items()) <= most:
        return ()
    if len(sizes) > _MOST_WEIGHTS:
        return None
    found: list[Excess] = []
    for steps, excess in enumerate(_searched(tuple(sizes.items()), most, ()), 1):
        if excess is not None:
            found.append(excess)
        if len(found) > MOST_EXCESSES or steps > _MOST_STEPS:
            return None
    return tuple(found)


def _searched(
    sizes: tuple[tuple[Weight, int], ...], left: Weight, taken: tuple[tuple[Weight, int], ...]
) -> Iterator[Excess | None]:
    """The excesses that begin with what is taken already and leaves so much; None for each step without one.

    The lightest weight of an excess appears as often as it must: then one module less of it, or of any
    heavier one, is within the bound.
    """
    if _total(sizes) <= left:
        yield None
        return
    (weight, size), lighter = sizes[0], sizes[1:]
    needed = int(left // weight) + 1
    for count in range(min(size, needed - 1) + 1):
        now = (*taken, (weight, count)) if count else taken
        yield from _searched(lighter, left - count * weight, now)
    yield Excess((*taken, (weight, needed))) if needed <= size else None


def _total(sizes: Iterable[tuple[Weight, int]]) -> Weight:
    return sum((weight * size for weight, size in sizes))
