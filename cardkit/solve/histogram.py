"""The distribution of an amount over all products, in stretches of a round width."""

from collections.abc import Iterator
from dataclasses import dataclass

from cardkit.solve.analysis import Analysis

STRETCHES = 20
"""About so many stretches between the lowest and the highest amount."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Exact numbers of products between bounds, in fen; each bound is inclusive below and exclusive above."""

    measure: str
    bounds: tuple[int, ...]
    numbers: tuple[int, ...]
    """One more than bounds: below the first, between each two, from the last on."""

    @property
    def total(self) -> int:
        """How many products there are."""
        return sum(self.numbers)

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """(from, to, number) of every stretch; the first and the last hold all that there is beyond."""
        for at in range(len(self.bounds) - 1):
            number = self.numbers[at + 1]
            yield self.bounds[at], self.bounds[at + 1], number


def histogram(analysis: Analysis, measure: str) -> Histogram | None:
    """The distribution over all cells of the analysis; None where nothing is sold, or it was not finished.

    `analysis.unfinished` tells the limit.
    """
    span = _span(analysis, measure)
    if span is None:
        return None
    low, high = span
    width = _round_width(high - low)
    bounds = tuple(range(low // width * width, (high // width + 2) * width, width))
    found = analysis.spread(measure, bounds)
    if found is None:
        return None
    return Histogram(measure, bounds, tuple(sum(column) for column in zip(*found, strict=True)))


def _span(analysis: Analysis, measure: str) -> tuple[int, int] | None:
    """The lowest and the highest amount of all cells."""
    edges = [analysis.edges(measure, highest=highest).values() for highest in (False, True)]
    amounts = [
        [edge.amount for edge in each if edge is not None and edge.amount is not None] for each in edges
    ]
    return (min(amounts[0]), max(amounts[1])) if amounts[0] and amounts[1] else None


def _round_width(span: int) -> int:
    """A width of 1, 2 or 5 times a power of ten that makes about `STRETCHES` of the span."""
    width = 1
    while True:
        for factor in (1, 2, 5):
            if span <= width * factor * STRETCHES:
                return width * factor
        width *= 10
