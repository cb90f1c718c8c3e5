"""The front: the products of which no other is better in two amounts at once (Pareto).

Beginnings are followed through the diagram; at each node only those stay that no other beginning there beats
in both amounts, because whatever ending is added to one can be added to the other. What cannot come up to
the products already known, even with the best endings, is dropped early.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cardkit.solve.problem import Objective, amount_of
from cardkit.solve.programme import Array, Programme, amounted, lowest, to_go

BYTES = 128
"""What one beginning takes while a layer is sorted."""


class OnFront(NamedTuple):
    """A product on the front, with its two amounts."""

    first: int
    second: int
    cell: int
    choice: frozenset[int]


class _Beginnings(NamedTuple):
    column: Array
    node: Array
    first: Array
    second: Array
    before: Array
    """Which beginning of the layer before it comes from."""
    chosen: Array


def front(programme: Programme, first: Objective, second: Objective) -> tuple[OnFront, ...]:
    """The products of all the programme's cells that are best in both amounts, the best first amount first.

    Of products equal in both amounts one stands for all. Raises OutOfTime, TooLarge.
    """
    known = _corners(programme, first, second)
    given = [amounted(programme, each, highest=True, ties=False) for each in (first, second)]
    rest = [to_go(programme, each) for each in given]
    columns = np.flatnonzero(programme.open)
    nothing = np.zeros_like(columns)
    now = _Beginnings(
        columns, nothing, -given[0].base[columns], -given[1].base[columns], nothing, nothing.astype(bool)
    )
    layers: list[_Beginnings] = []
    for at, step in enumerate(programme.steps):
        programme.limits.check_time()
        parts = []
        for chosen in (False, True):
            node = (step.with_ if chosen else step.without)[now.node]
            label = (step.with_label if chosen else step.without_label)[now.node]
            possible = (node < len(rest[0][at + 1])) & ~programme.ruled_out[label, now.column]
            if chosen:
                possible &= programme.allowed[step.variable, now.column]
            kept = np.flatnonzero(possible)
            column, node, label = now.column[kept], node[kept], label[kept]
            amounts = []
            for so_far, each in zip((now.first, now.second), given, strict=True):
                amount = so_far[kept] - each.labels[label, column]
                amounts.append(amount - each.variables[step.variable, column] if chosen else amount)
            first_amount, second_amount = amounts
            parts.append(
                _Beginnings(column, node, first_amount, second_amount, kept, np.full(len(kept), chosen))
            )
        now = _Beginnings(*(np.concatenate(values) for values in zip(*parts, strict=True)))
        now = _promising(now, [each[at + 1] for each in rest], known)
        now = _unbeaten(now, now.column * len(rest[0][at + 1]) + now.node)
        programme.limits.check_bytes(sum(len(each.node) for each in layers) * 16 + len(now.node) * BYTES)
        layers.append(now)
    now = _unbeaten(now, np.zeros_like(now.node))
    found = [
        OnFront(int(now.first[at]), int(now.second[at]), programme.cells[now.column[at]], choice)
        for at, choice in enumerate(_choices(programme, layers, now))
    ]
    return tuple(sorted(found, key=lambda each: (-each.first, -each.second)))


def _corners(programme: Programme, first: Objective, second: Objective) -> list[tuple[int, int]]:
    """Products that are known at once: the best of each cell in each amount."""
    problem = programme.diagram.problem
    found = []
    for objective in (first, second):
        best = lowest(programme, objective, highest=True)
        for cell, choice in zip(programme.cells, best.choices, strict=True):
            if choice is not None:
                found.append(
                    (amount_of(problem, first, choice, cell), amount_of(problem, second, choice, cell))
                )
    return found


def _promising(now: _Beginnings, rest: Sequence[Array], known: Sequence[tuple[int, int]]) -> _Beginnings:
    """Those that may still end outside of what the known products beat."""
    best_first = now.first - rest[0][now.node, now.column]
    best_second = now.second - rest[1][now.node, now.column]
    beaten = np.zeros(len(now.node), dtype=bool)
    for first, second in known:
        beaten |= ((best_first <= first) & (best_second < second)) | (
            (best_first < first) & (best_second <= second)
        )
    return _Beginnings(*(values[~beaten] for values in now))


def _unbeaten(now: _Beginnings, place: Array) -> _Beginnings:
    """Those that no other at the same place beats; of equal ones the first."""
    if not len(place):
        return now
    order = np.lexsort((-now.second, -now.first, place))
    place, second = place[order], now.second[order]
    starts = np.concatenate(([True], place[1:] != place[:-1]))
    # In this order a beginning is beaten when one before it at its place is at least as good in the second.
    group = np.cumsum(starts) - 1
    low, span = second.min(), int(second.max()) - int(second.min()) + 1
    lifted = second - low + group * span
    before = np.concatenate(([-1], np.maximum.accumulate(lifted)[:-1]))
    kept = order[lifted > np.maximum(before, group * span - 1)]
    kept.sort()
    return _Beginnings(*(values[kept] for values in now))


def _choices(programme: Programme, layers: Sequence[_Beginnings], last: _Beginnings) -> list[frozenset[int]]:
    """The choices along the beginnings that end on the front."""
    if not layers:
        return [frozenset() for _ in last.node]
    chosen: list[set[int]] = [set() for _ in last.node]
    at, with_it = last.before, last.chosen
    for depth in range(len(layers) - 1, -1, -1):
        for index in np.flatnonzero(with_it):
            chosen[index].add(programme.steps[depth].variable)
        if depth:
            at, with_it = layers[depth - 1].before[at], layers[depth - 1].chosen[at]
    return [frozenset(each) for each in chosen]
