"""The rules as a decision diagram: every product that keeps them is a path from its root to its end.

One layer for each variable, in the diagram's order; a node stands for all beginnings after which the same
endings are possible at the same amounts. From each node one edge leads on without the variable and one with
it. An edge carries a label: the cells that it rules out, and the amounts that are due on it. Because cells
only differ in labels and in amounts, one diagram serves all cards and segments.

Built from the root down by asking the watches, a layer at a time, and reduced from the end up by merging
nodes whose edges are the same (Bryant 1986; with amounts on the edges as in Sanner and McAllester 2005, but
never rounded).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardkit.solve.limits import Limits
from cardkit.solve.order import order
from cardkit.solve.problem import Mask, Problem
from cardkit.solve.watch import State, SumWatch, Term, Watch, watches

Array = NDArray[Any]

NOWHERE = -1
"""The child of an edge that no product takes."""

Label = tuple[Mask, tuple[Term, ...]]
"""The cells that an edge rules out, and the amounts that are due on it."""

NOTHING: Label = (0, ())

LARGEST_KEY = 2**62
"""Keys of nodes below this fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The nodes that decide one variable: for each, where its two edges lead and what they carry."""

    variable: int
    without: Array
    """Index of the node in the next layer, or NOWHERE."""
    with_: Array
    without_label: Array
    """Index into the diagram's labels."""
    with_label: Array


@dataclass(frozen=True, slots=True)
class Diagram:
    """A compiled problem. The root is node 0 of the first layer; after the last layer there is one end."""

    problem: Problem
    layers: tuple[Layer, ...]
    labels: tuple[Label, ...]
    """The first is empty."""
    out: Mask
    """Cells in which nothing can be sold, whatever is chosen."""
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was made of it once for all programmes."""

    @property
    def nodes(self) -> int:
        """How many nodes there are, the end not counted."""
        return sum(len(layer.without) for layer in self.layers)


def compile_diagram(problem: Problem, limits: Limits) -> Diagram:
    """The reduced diagram of a problem. Raises TooLarge beyond the node limit, OutOfTime when time is up."""
    variables = order(len(problem.variables), list(problem.scopes()))
    place = {variable: at for at, variable in enumerate(variables)}
    kept = [watch for watch in watches(problem, place) if watch.scope and watch.start is not None]
    out = 0
    for total in problem.sums:
        out |= SumWatch(total, place).out_at_once
    built = _Builder(problem, kept, limits)
    for variable in variables:
        built.add(variable)
    layers, alive = _reduced(built.layers, len(built.labels.known), limits)
    if not alive:
        return Diagram(problem, (), (NOTHING,), problem.everywhere)
    return Diagram(problem, layers, tuple(built.labels.known), out)


class _Column:
    """A watch that is open, and its state at each node of a layer."""

    def __init__(self, watch: Watch, nodes: int) -> None:
        self.watch = watch
        self.states: list[State] = [watch.start]
        """The states that occur."""
        self.codes = np.zeros(nodes, dtype=np.int64)
        """For each node, which of them."""

    def step(self, at: int, chosen: bool, labels: "_Labels") -> tuple["_Column", Array]:
        """The states after a choice at each node, and the labels of that."""
        answers = [None if state is None else self.watch.step(state, at, chosen) for state in self.states]
        after = _Column(self.watch, 0)
        places: dict[State, int] = {}
        moved = [places.setdefault(None if each is None else each.state, len(places)) for each in answers]
        carried = [0 if each is None else labels.of((each.out, each.due)) for each in answers]
        after.states = list(places)
        after.codes = np.array(moved, dtype=np.int64)[self.codes]
        return after, np.array(carried, dtype=np.int64)[self.codes]

    def kept(self, nodes: Array) -> "_Column":
        """The same for some of the nodes."""
        column = _Column(self.watch, 0)
        column.states, column.codes = self.states, self.codes[nodes]
        return column


class _Labels:
    """The labels of a diagram, each with a number."""

    def __init__(self) -> None:
        self.known: dict[Label, int] = {NOTHING: 0}
        self._listed: list[Label] = [NOTHING]

    def of(self, label: Label) -> int:
        """The number of a label."""
        number = self.known.setdefault(label, len(self.known))
        if number == len(self._listed):
            self._listed.append(label)
        return number

    def together(self, one: Array, other: Array) -> Array:
        """The labels that say what two say."""
        if not one.any():
            return other
        if not other.any():
            return one
        pairs, places = np.unique(one * len(self.known) + other, return_inverse=True)
        size = len(self.known)
        joined = []
        for pair in pairs.tolist():
            first, second = self._listed[pair // size], self._listed[pair % size]
            joined.append(self.of((first[0] | second[0], first[1] + second[1])))
        found: Array = np.array(joined, dtype=np.int64)[places]
        return found

    def ruling_out(self, cells: Mask) -> Array:
        """For each label whether it rules out all these cells."""
        return np.array([bool(cells) and out == cells for out, _ in self._listed])


class _Builder:
    """Layers from the root down. A node stands for the states of the watches that are open there."""

    def __init__(self, problem: Problem, kept: Sequence[Watch], limits: Limits) -> None:
        self.layers: list[Layer] = []
        self.labels = _Labels()
        self._everywhere = problem.everywhere
        self._limits = limits
        self._nodes = 0
        self._width = 1
        self._by_variable: dict[int, list[Watch]] = {}
        for watch in kept:
            for variable in watch.scope:
                self._by_variable.setdefault(variable, []).append(watch)
        self._open: list[_Column] = []

    def add(self, variable: int) -> None:
        """Decide one more variable."""
        self._limits.check_time()
        acting = self._by_variable.get(variable, [])
        before = self._open + [_Column(watch, self._width) for watch in acting if watch.scope[0] == variable]
        act = {id(watch): watch.scope.index(variable) for watch in acting}
        # Both layers are in memory with all their columns, a few numbers of 8 bytes for each.
        self._limits.check_bytes(self._width * (len(before) + 4) * 2 * 3 * 8)
        both, labels = [], []
        for chosen in (False, True):
            columns, label = [], np.zeros(self._width, dtype=np.int64)
            for column in before:
                at = act.get(id(column.watch))
                if at is None:
                    columns.append(column)
                    continue
                after, carried = column.step(at, chosen, self.labels)
                label = self.labels.together(label, carried)
                if at + 1 < len(column.watch.scope):
                    columns.append(after)
            both.append(columns)
            labels.append(label)
        dead = self.labels.ruling_out(self._everywhere)
        alive = [~dead[label] for label in labels]
        self._open, children = _merged(both, alive, self._width)
        self._width = int(max(child.max(initial=NOWHERE) for child in children)) + 1
        self._nodes += self._width
        self._limits.check_nodes(self._nodes)
        without_label, with_label = (
            np.where(lives, label, 0) for lives, label in zip(alive, labels, strict=True)
        )
        self.layers.append(Layer(variable, *children, without_label, with_label))


def _merged(
    both: Sequence[Sequence[_Column]], alive: Sequence[Array], width: int
) -> tuple[list[_Column], tuple[Array, Array]]:
    """The columns of the next layer, a node for each different row of states, and where edges lead."""
    columns = []
    for without, with_ in zip(*both, strict=True):
        joined = _Column(without.watch, 0)
        places = {state: place for place, state in enumerate(without.states)}
        moved = [places.setdefault(state, len(places)) for state in with_.states]
        joined.states = list(places)
        joined.codes = np.concatenate((without.codes, np.array(moved, dtype=np.int64)[with_.codes]))
        columns.append(joined)
    lives = np.concatenate(alive)
    rows = np.flatnonzero(lives)
    keys = packed([(column.codes[rows], len(column.states)) for column in columns], len(rows))
    first, numbers = _numbered(keys)
    children = np.full(2 * width, NOWHERE, dtype=np.int64)
    children[rows] = numbers
    return [column.kept(rows[first]) for column in columns], (children[:width], children[width:])


def _numbered(keys: Array) -> tuple[Array, Array]:
    """Where each different key first stands, and for each place the number of its key in that order."""
    # Asked for the first places, NumPy would sort in its slower, stable way: written last, the first stays.
    different, places = np.unique(keys, return_inverse=True)
    first = np.empty(len(different), dtype=np.int64)
    first[places[::-1]] = np.arange(len(keys))[::-1]
    order_of_firsts = np.argsort(first)
    numbers = np.empty_like(order_of_firsts)
    numbers[order_of_firsts] = np.arange(len(first))
    return first[order_of_firsts], numbers[places]


def packed(columns: Sequence[tuple[Array, int]], rows: int) -> Array:
    """One number for each row of several columns of (codes, number of codes): equal where the rows are."""
    keys: Array = np.zeros(rows, dtype=np.int64)
    size = 1
    for codes, number in columns:
        if size * number >= LARGEST_KEY:
            _, keys = np.unique(keys, return_inverse=True)
            size = int(keys.max(initial=0)) + 1
        keys = keys * number + codes
        size *= max(number, 1)
    return keys


def _reduced(layers: Sequence[Layer], labels: int, limits: Limits) -> tuple[tuple[Layer, ...], bool]:
    """The same diagram with equal nodes merged and dead ends removed; whether anything is left."""
    kept: list[Layer] = []
    names: Array = np.zeros(1, dtype=np.int64)
    for layer in reversed(layers):
        limits.check_time()
        # The last name is that of NOWHERE, which stays what it is.
        renamed = np.append(names, NOWHERE)
        left, right = renamed[layer.without], renamed[layer.with_]
        left_label = np.where(left < 0, 0, layer.without_label)
        right_label = np.where(right < 0, 0, layer.with_label)
        rows = np.flatnonzero((left >= 0) | (right >= 0))
        size = len(names) + 1
        columns = ((left + 1, size), (right + 1, size), (left_label, labels), (right_label, labels))
        keys = packed([(codes[rows], number) for codes, number in columns], len(rows))
        first, numbers = _numbered(keys)
        names = np.full(len(left), NOWHERE, dtype=np.int64)
        names[rows] = numbers
        chosen = rows[first]
        kept.append(
            Layer(layer.variable, left[chosen], right[chosen], left_label[chosen], right_label[chosen])
        )
    return tuple(reversed(kept)), not layers or bool(names[0] >= 0)
