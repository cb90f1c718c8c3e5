"""How many products lie between which amounts: the exact distribution, without looking at each product.

Beginnings of products are followed through the diagram from its root, endings from its end, those of the same
node and amount as one, with their number; whichever are fewer go a layer further, until they meet. There each
beginning is paired with the endings of its node, and the pairs between two bounds are counted by looking the
bounds up. A beginning all of whose endings fall between the same two bounds is counted at once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cardkit.solve.counting import endings
from cardkit.solve.limits import TooLarge
from cardkit.solve.problem import Objective
from cardkit.solve.programme import Array, Programme, Step, amounted, to_go

BYTES = 160
"""What one path takes while a layer is sorted."""


class _Paths(NamedTuple):
    """Beginnings or endings of equal cell, node and amount, sorted by these, and the number of each."""

    column: Array
    node: Array
    amount: Array
    number: Array


def spread(programme: Programme, objective: Objective, bounds: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """For each cell, how many products amount to less than the first bound, to less than the next, and so on.

    The bounds ascend; each number is of the products from one bound, inclusive, to the next, exclusive, and
    the last is of those from the last bound on. Raises OutOfTime, TooLarge.
    """
    found: list[tuple[int, ...]] = []
    rows = sum(step.width for step in programme.steps)
    for part in programme.slices(rows, 4):
        try:
            numbers = _Spread(part, objective, bounds).numbers()
        except TooLarge:
            if len(part.cells) == 1:
                raise
            halves = (part.cells[: len(part.cells) // 2], part.cells[len(part.cells) // 2 :])
            for half in halves:
                found += spread(Programme(part.diagram, half, part.limits), objective, bounds)
        else:
            found += [tuple(int(each) for each in row) for row in numbers]
    return tuple(found)


class _Spread:
    """The two sweeps through one programme."""

    def __init__(self, programme: Programme, objective: Objective, bounds: Sequence[int]) -> None:
        self._programme = programme
        self._given = amounted(programme, objective, ties=False)
        self._least = to_go(programme, self._given)
        self._most = to_go(programme, amounted(programme, objective, highest=True, ties=False))
        self._ways = endings(programme)
        self._bounds = np.array(bounds, dtype=self._given.base.dtype)
        self._numbers = np.zeros((len(programme.cells), len(bounds) + 1), dtype=self._ways[0].dtype)

    def numbers(self) -> Array:
        """The numbers of products, a row for each cell, a column between each two bounds."""
        steps, columns = self._programme.steps, np.flatnonzero(self._programme.open)
        one = np.ones(len(columns), dtype=self._ways[0].dtype)
        nothing = np.zeros_like(columns)
        beginnings = _Paths(columns, nothing, self._given.base[columns], one)
        ends = _Paths(columns, nothing, np.zeros_like(self._given.base[columns]), one)
        first, last = 0, len(steps)
        while True:
            self._programme.limits.check_time()
            beginnings = self._settled(first, beginnings)
            if first == last or not len(beginnings.node):
                break
            if len(beginnings.node) <= len(ends.node):
                beginnings = self._longer(steps[first], self._ways[first + 1], beginnings)
                first += 1
            else:
                last -= 1
                ends = self._earlier(steps[last], ends)
            self._programme.limits.check_bytes((len(beginnings.node) + len(ends.node)) * BYTES)
        self._pair(beginnings, ends)
        return self._numbers

    def _settled(self, layer: int, now: _Paths) -> _Paths:
        """Count the beginnings whose endings all fall between the same bounds; gives the others."""
        low = now.amount + self._least[layer][now.node, now.column]
        high = now.amount - self._most[layer][now.node, now.column]
        between = np.searchsorted(self._bounds, low, side="right")
        same = between == np.searchsorted(self._bounds, high, side="right")
        ways = self._ways[layer][now.node[same], now.column[same]]
        np.add.at(self._numbers, (now.column[same], between[same]), now.number[same] * ways)
        return _Paths(*(values[~same] for values in now))

    def _longer(self, step: Step, ways: Array, now: _Paths) -> _Paths:
        """The beginnings with one more variable decided, without it and with it."""
        programme, parts = self._programme, []
        for chosen in (False, True):
            node = (step.with_ if chosen else step.without)[now.node]
            label = (step.with_label if chosen else step.without_label)[now.node]
            possible = (ways[node, now.column] > 0) & ~programme.ruled_out[label, now.column]
            amount = now.amount + self._given.labels[label, now.column]
            if chosen:
                possible &= programme.allowed[step.variable, now.column]
                amount = amount + self._given.variables[step.variable, now.column]
            parts.append(_Paths(now.column[possible], node[possible], amount[possible], now.number[possible]))
        return _merged(parts)

    def _earlier(self, step: Step, ends: _Paths) -> _Paths:
        """The endings with one more variable before them."""
        programme, parts = self._programme, []
        width = int(max(step.without.max(), step.with_.max())) + 1
        places = ends.column * width + ends.node
        for chosen in (False, True):
            child, label = (step.with_, step.with_label) if chosen else (step.without, step.without_label)
            node, column = (each.ravel() for each in np.indices((step.width, len(programme.cells))))
            possible = ~programme.ruled_out[label[node], column]
            if chosen:
                possible &= programme.allowed[step.variable, column]
            node, column = node[possible], column[possible]
            # Each edge takes all endings of the node that it leads to: a run in the sorted endings.
            wanted = column * width + child[node]
            start = np.searchsorted(places, wanted, side="left")
            length = np.searchsorted(places, wanted, side="right") - start
            edge = np.repeat(np.arange(len(node)), length)
            taken = np.arange(len(edge)) - np.repeat(np.cumsum(length) - length, length) + start[edge]
            node, column = node[edge], column[edge]
            amount = ends.amount[taken] + self._given.labels[label[node], column]
            if chosen:
                amount = amount + self._given.variables[step.variable, column]
            parts.append(_Paths(column, node, amount, ends.number[taken]))
        return _merged(parts)

    def _pair(self, beginnings: _Paths, ends: _Paths) -> None:
        """Count the pairs of beginnings and endings between the bounds."""
        if not len(beginnings.node):
            return
        width = int(max(beginnings.node.max(), ends.node.max())) + 1
        places = ends.column * width + ends.node
        first = np.searchsorted(places, beginnings.column * width + beginnings.node, side="left")
        after = np.searchsorted(places, beginnings.column * width + beginnings.node, side="right")
        below = np.concatenate((np.zeros(1, dtype=ends.number.dtype), np.cumsum(ends.number)))
        before = np.zeros(len(beginnings.node), dtype=ends.number.dtype)
        for at, bound in enumerate([*self._bounds.tolist(), None]):
            reached = (
                after if bound is None else _places(ends.amount, first, after, bound - beginnings.amount)
            )
            found = (below[reached] - below[first]) * beginnings.number
            np.add.at(self._numbers[:, at], beginnings.column, found - before)
            before = found


def _places(amounts: Array, first: Array, after: Array, bound: Array) -> Array:
    """For each run of amounts, from `first` to `after`, the place of the first that is at least the bound."""
    low, high = first.copy(), after.copy()
    while True:
        searching = low < high
        if not searching.any():
            return low
        middle = (low + high) // 2
        smaller = searching & (amounts[np.minimum(middle, len(amounts) - 1)] < bound)
        low = np.where(smaller, middle + 1, low)
        high = np.where(searching & ~smaller, middle, high)


def _merged(parts: Sequence[_Paths]) -> _Paths:
    """Equal paths as one, sorted by cell, node and amount."""
    column, node, amount, number = (np.concatenate(values) for values in zip(*parts, strict=True))
    if not len(node):
        return _Paths(column, node, amount, number)
    order = _order(column, node, amount)
    column, node, amount, number = column[order], node[order], amount[order], number[order]
    differs = (column[1:] != column[:-1]) | (node[1:] != node[:-1]) | (amount[1:] != amount[:-1])
    starts = np.concatenate(([0], np.flatnonzero(differs) + 1))
    return _Paths(column[starts], node[starts], amount[starts], np.add.reduceat(number, starts))


def _order(column: Array, node: Array, amount: Array) -> Array:
    if amount.dtype != object:
        return np.lexsort((amount, node, column))
    rows = list(zip(column.tolist(), node.tolist(), amount.tolist(), strict=True))
    return np.array(sorted(range(len(rows)), key=rows.__getitem__), dtype=np.intp)
