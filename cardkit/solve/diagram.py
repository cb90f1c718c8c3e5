"""The rules as a decision diagram: every product that keeps them is a path from its root to its end.

One layer for each variable, in the diagram's order; a node stands for all beginnings after which the same
endings are possible at the same amounts. From each node one edge leads on without the variable and one with
it. An edge carries a label: the cells that it rules out, and the amounts that are due on it. Because cells
only differ in labels and in amounts, one diagram serves all cards and segments.

Built from the root down by asking the watches, and reduced from the end up by merging nodes whose edges are
the same (Bryant 1986; with amounts on the edges as in Sanner and McAllester 2005, but never rounded).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cardkit.solve.limits import Limits
from cardkit.solve.order import order
from cardkit.solve.problem import Mask, Problem
from cardkit.solve.watch import Answer, State, SumWatch, Term, Watch, watches

NOWHERE = -1
"""The child of an edge that no product takes."""

Label = tuple[Mask, tuple[Term, ...]]
"""The cells that an edge rules out, and the amounts that are due on it."""

NOTHING: Label = (0, ())


@dataclass(frozen=True, slots=True)
class Layer:
    """The nodes that decide one variable: for each, where its two edges lead and what they carry."""

    variable: int
    without: Sequence[int]
    """Index of the node in the next layer, or NOWHERE."""
    with_: Sequence[int]
    without_label: Sequence[int]
    """Index into the diagram's labels."""
    with_label: Sequence[int]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A compiled problem. The root is node 0 of the first layer; after the last layer there is one end."""

    problem: Problem
    layers: tuple[Layer, ...]
    labels: tuple[Label, ...]
    """The first is empty."""
    out: Mask
    """Cells in which nothing can be sold, whatever is chosen."""

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
    layers, alive = _reduced(built.layers, limits)
    if not alive:
        return Diagram(problem, (), (NOTHING,), problem.everywhere)
    return Diagram(problem, layers, tuple(built.labels), out)


class _Builder:
    """Layers from the root down. A node is the tuple of the states of the watches that are open there."""

    def __init__(self, problem: Problem, kept: Sequence[Watch], limits: Limits) -> None:
        self.layers: list[Layer] = []
        self.labels: dict[Label, int] = {NOTHING: 0}
        self._everywhere = problem.everywhere
        self._limits = limits
        self._nodes = 0
        self._by_variable: dict[int, list[Watch]] = {}
        for watch in kept:
            for variable in watch.scope:
                self._by_variable.setdefault(variable, []).append(watch)
        self._open: list[Watch] = []
        self._now: list[tuple[State, ...]] = [()]

    def add(self, variable: int) -> None:
        """Decide one more variable."""
        acting = self._by_variable.get(variable, [])
        seen = [watch for watch in acting if watch.scope[0] == variable]
        before = self._open + seen
        started = tuple(watch.start for watch in seen)
        after = [watch for watch in before if watch.scope[-1] != variable]
        acts = [(before.index(watch), watch, watch.scope.index(variable)) for watch in acting]
        keeps = [index for index, watch in enumerate(before) if watch.scope[-1] != variable]
        memory: dict[tuple[int, State, bool], Answer] = {}
        following: dict[tuple[State, ...], int] = {}
        edges: tuple[list[int], ...] = ([], [], [], [])
        for count, node in enumerate(self._now):
            if count % 4096 == 0:
                self._limits.check_time()
                self._limits.check_nodes(self._nodes + len(following))
            states = node + started
            for chosen in (False, True):
                child, label = self._edge(states, chosen, acts, keeps, memory, following)
                edges[chosen].append(child)
                edges[2 + chosen].append(label)
        self.layers.append(Layer(variable, *edges))
        self._open = after
        self._now = list(following)
        self._nodes += len(following)
        self._limits.check_nodes(self._nodes)

    def _edge(
        self,
        states: tuple[State, ...],
        chosen: bool,
        acts: Sequence[tuple[int, Watch, int]],
        keeps: Sequence[int],
        memory: dict[tuple[int, State, bool], Answer],
        following: dict[tuple[State, ...], int],
    ) -> tuple[int, int]:
        """Where an edge leads, and its label."""
        out = 0
        due: tuple[Term, ...] = ()
        moved = list(states)
        for index, watch, at in acts:
            state = moved[index]
            if state is None:
                continue
            key = (index, state, chosen)
            answer = memory.get(key)
            if answer is None:
                answer = memory[key] = watch.step(state, at, chosen)
            moved[index] = answer.state
            out |= answer.out
            due += answer.due
        if out == self._everywhere:
            return NOWHERE, 0
        label = (out, due)
        number = self.labels.setdefault(label, len(self.labels)) if out or due else 0
        child = tuple([moved[index] for index in keeps])
        return following.setdefault(child, len(following)), number


def _reduced(layers: Sequence[Layer], limits: Limits) -> tuple[tuple[Layer, ...], bool]:
    """The same diagram with equal nodes merged and dead ends removed; whether anything is left."""
    kept: list[Layer] = []
    names = [0]
    for layer in reversed(layers):
        limits.check_time()
        known: dict[tuple[int, int, int, int], int] = {}
        renamed = []
        for without, with_, without_label, with_label in zip(
            layer.without, layer.with_, layer.without_label, layer.with_label, strict=True
        ):
            left = names[without] if without >= 0 else NOWHERE
            right = names[with_] if with_ >= 0 else NOWHERE
            if left < 0 and right < 0:
                renamed.append(NOWHERE)
                continue
            key = (left, right, without_label if left >= 0 else 0, with_label if right >= 0 else 0)
            renamed.append(known.setdefault(key, len(known)))
        names = renamed
        columns = list(zip(*known, strict=True)) or [(), (), (), ()]
        kept.append(Layer(layer.variable, *columns))
    return tuple(reversed(kept)), not layers or names[0] >= 0
