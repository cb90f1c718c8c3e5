"""One programme over a diagram for many cells at once: lowest amounts, counts, and who is in every product.

Dynamic programming from the end to the root (Bellman): the lowest amount of a node is the lower of its two
edges', each the edge's own amounts plus the lowest of the node it leads to. NumPy does a layer for all cells
in one step. Amounts stay whole numbers: 64 bits where they provably suffice, Python's own beyond.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardkit.solve.diagram import NOWHERE, Diagram
from cardkit.solve.limits import Limits
from cardkit.solve.problem import Mask, Objective
from cardkit.solve.watch import Term

Array = NDArray[Any]

LARGEST = 2**58
"""Amounts below this can be added a few times in 64 bits."""
NEVER = 2**60
"""More than any amount: what is ruled out."""
LARGEST_NARROW = 2**27
NEVER_NARROW = 2**29
"""The same in 32 bits."""
AT_ONCE = 128
"""Cells that are worked through together: arrays of a layer that stay in the processor's cache."""
NUMBER_BYTES = 40
"""What a number in an array takes at most: 8, or a pointer and one of Python's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A layer as arrays; a child that nothing leads to is the extra last row of the next layer."""

    variable: int
    without: Array
    with_: Array
    without_label: Array
    with_label: Array
    width: int

    @property
    def labelled(self) -> tuple[Array, Array]:
        """The nodes whose edge without, and with, the variable carries something."""
        return np.flatnonzero(self.without_label), np.flatnonzero(self.with_label)


@dataclass(frozen=True)
class Programme:
    """A diagram and some of its cells, ready to be worked through."""

    diagram: Diagram
    cells: tuple[int, ...]
    limits: Limits

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The layers as arrays, from the root; remembered with the diagram, the same for all cells."""
        if "steps" not in self.diagram.memory:
            self.diagram.memory["steps"] = self._steps()
        steps: tuple[Step, ...] = self.diagram.memory["steps"]
        return steps

    def _steps(self) -> tuple[Step, ...]:
        layers = self.diagram.layers
        widths = [*(len(layer.without) for layer in layers), 1][1:]
        return tuple(
            Step(
                layer.variable,
                _children(layer.without, width),
                _children(layer.with_, width),
                layer.without_label,
                layer.with_label,
                len(layer.without),
            )
            for layer, width in zip(layers, widths, strict=True)
        )

    @cached_property
    def ruled_out(self) -> Array:
        """For each label, the cells that it rules out."""
        return self.flags([out for out, _ in self.diagram.labels])

    @cached_property
    def allowed(self) -> Array:
        """For each variable, the cells in which it may be chosen."""
        return self.flags(self.diagram.problem.allowed)

    @cached_property
    def open(self) -> Array:
        """The cells in which anything may be chosen at all."""
        found: Array = ~self.flags([self.diagram.out])[0]
        return found

    def flags(self, masks: Sequence[Mask]) -> Array:
        """Masks of cells as rows of booleans, one column for each of the programme's cells."""
        number = len(self.diagram.problem.cells)
        size = (number + 7) // 8
        raw = b"".join(mask.to_bytes(size, "little") for mask in masks)
        bits = np.frombuffer(raw, dtype=np.uint8).reshape(len(masks), size)
        flags: Array = np.unpackbits(bits, axis=1, count=number, bitorder="little").astype(bool)
        return flags[:, self.cells]

    def slices(self, rows: int, columns: int = 3, most: int | None = None) -> Iterator["Programme"]:
        """The same programme for as many cells at a time as fit into memory, with arrays of so many rows.

        At most so many cells, if `most` says so.

        Raises TooLarge where not even one cell does.
        """
        one = (rows * columns + 2 * len(self.diagram.labels)) * NUMBER_BYTES
        self.limits.check_bytes(one)
        fitting = min(self.limits.bytes // one, len(self.cells) if most is None else most)
        if fitting >= len(self.cells):
            yield self
            return
        for start in range(0, len(self.cells), fitting):
            yield Programme(self.diagram, self.cells[start : start + fitting], self.limits)

    @property
    def widest(self) -> int:
        """The most nodes of a layer."""
        return max((step.width for step in self.steps), default=1)


def _children(children: Array, width: int) -> Array:
    found: Array = np.where(children == NOWHERE, width, children)
    return found


@dataclass(frozen=True, slots=True)
class Amounted:
    """An objective as arrays, a column for each cell of a programme; what is ruled out is NEVER."""

    base: Array
    variables: Array
    labels: Array
    scale: int
    """Amounts are multiplied by this; the rest is the number of variables chosen."""
    never: int
    """Half of it is more than any amount."""


def amounted(
    programme: Programme,
    objective: Objective,
    *,
    highest: bool = False,
    ties: bool = True,
    narrow: bool = False,
) -> Amounted:
    """The objective, negated for the highest; with `ties` fewer modules count as lower among equals.

    `narrow` allows 32 bits where they provably suffice: half the memory to go through.
    """
    problem = programme.diagram.problem
    scale = (len(problem.variables) + 1 if ties else 1) * (-1 if highest else 1)
    cells = list(programme.cells)
    largest = _largest(objective) * abs(scale)
    dtype: Any = object
    never = NEVER * max(1, 4 * largest)
    if narrow and largest < LARGEST_NARROW:
        dtype, never = np.int32, NEVER_NARROW
    elif largest < LARGEST:
        dtype, never = np.int64, NEVER

    def rows(table: Sequence[Sequence[int]]) -> Array:
        whole = np.array(table, dtype=dtype).reshape(len(table), len(problem.cells))
        return whole[:, cells] * scale

    variables = rows(objective.variables) + int(ties)
    variables[~programme.allowed] = never
    known = {term: rows([amounts])[0] for term, amounts in _due(objective)}
    labels = np.zeros((len(programme.diagram.labels), len(cells)), dtype=dtype)
    for index, (_, terms) in enumerate(programme.diagram.labels):
        for term in terms:
            labels[index] += known[term]
    labels[programme.ruled_out] = never
    base = rows([objective.base])[0]
    base[~programme.open] = never
    return Amounted(base, variables, labels, scale, never)


def _due(objective: Objective) -> Iterator[tuple[Term, Sequence[int]]]:
    """What each term that an edge may carry amounts to, in every cell."""
    for index, table in enumerate(objective.clusters):
        for subset, amounts in enumerate(table):
            yield ("cluster", index, subset), amounts
    for index, amounts in enumerate(objective.together):
        yield ("together", index, 0), amounts
    for index, tiers in enumerate(objective.tiers):
        before: Sequence[int] = [0] * len(objective.base)
        for tier, amounts in enumerate(tiers):
            yield ("tiers", index, tier), [now - then for now, then in zip(amounts, before, strict=True)]
            before = amounts


def _largest(objective: Objective) -> int:
    """No choice's amount is further from 0 than this, in any cell."""

    def most(amounts: Sequence[int]) -> int:
        return max(abs(max(amounts)), abs(min(amounts))) if amounts else 0

    tables = [*objective.clusters, *objective.tiers]
    return (
        most(objective.base)
        + sum(most(amounts) for amounts in (*objective.variables, *objective.together))
        + sum(max((most(amounts) for amounts in table), default=0) for table in tables)
        + 1
    )


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest amount of each cell, and a choice that reaches it; None where nothing can be chosen."""

    amounts: tuple[int | None, ...]
    choices: tuple[frozenset[int] | None, ...]


def lowest(programme: Programme, objective: Objective, *, highest: bool = False) -> Lowest:
    """The lowest (or highest) amount in each cell, with the fewest variables among equals.

    Raises OutOfTime, TooLarge.
    """
    amounts: list[int | None] = []
    choices: list[frozenset[int] | None] = []
    # A row more for every 160 nodes: a byte for each says which way the path goes.
    rows = programme.widest + programme.diagram.nodes // 160 + 1
    for part in programme.slices(rows, 4, AT_ONCE):
        given = amounted(part, objective, highest=highest, narrow=True)
        taken: list[Array] = []
        root = given.base
        for values, take in _backwards(part, given):
            taken.append(take)
            root = values[0] + given.base
        for column, choice in enumerate(_followed(part, taken[::-1])):
            value = int(root[column])
            if value >= given.never // 2:
                amounts.append(None)
                choices.append(None)
            else:
                amounts.append((value - len(choice)) // given.scale)
                choices.append(choice)
    return Lowest(tuple(amounts), tuple(choices))


def to_go(programme: Programme, given: Amounted) -> list[Array]:
    """For each layer, the lowest amount from each of its nodes to the end, and the end's own 0.

    Raises OutOfTime, TooLarge.
    """
    programme.limits.check_bytes(sum(step.width for step in programme.steps) * len(programme.cells) * 8)
    found = [np.zeros((1, len(programme.cells)), dtype=given.base.dtype)]
    found += [values[:-1] for values, _ in _backwards(programme, given)]
    return found[::-1]


def _backwards(programme: Programme, given: Amounted) -> Iterator[tuple[Array, Array]]:
    """Layer by layer from the end: the lowest amounts of its nodes, and whether the variable is in them."""
    never = given.never
    after = np.full((2, len(programme.cells)), never, dtype=given.base.dtype)
    after[0] = 0
    for step in reversed(programme.steps):
        programme.limits.check_time()
        without, with_ = after[step.without], after[step.with_]
        with_ += given.variables[step.variable]
        marked, marked_with = step.labelled
        without[marked] += given.labels[step.without_label[marked]]
        with_[marked_with] += given.labels[step.with_label[marked_with]]
        take = with_ < without
        after = np.empty((step.width + 1, len(programme.cells)), dtype=given.base.dtype)
        np.minimum(without, with_, out=after[:-1])
        np.minimum(after[:-1], never, out=after[:-1])
        after[-1] = never
        yield after, take


def _followed(programme: Programme, taken: Sequence[Array]) -> list[frozenset[int]]:
    """The choices along the edges taken, for each cell."""
    columns = np.arange(len(programme.cells))
    nodes = np.zeros(len(columns), dtype=np.intp)
    chosen: list[list[int]] = [[] for _ in columns]
    for step, take in zip(programme.steps, taken, strict=True):
        # Where nothing is possible the path leads nowhere; it isn't read.
        nodes = np.minimum(nodes, step.width - 1)
        with_it = take[nodes, columns]
        for column in np.flatnonzero(with_it):
            chosen[column].append(step.variable)
        nodes = np.where(with_it, step.with_[nodes], step.without[nodes])
    return [frozenset(each) for each in chosen]
