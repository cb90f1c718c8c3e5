"""The best products in order: a search through the diagram that always follows the best bound (Hart 1968).

The bound of a beginning is its own amount plus the lowest that any ending adds. Without anything set aside
the bound is exact, and the search walks straight to the k best; otherwise it meets products that break a rule
which the diagram doesn't know, drops them, and goes on until the k best are proved or a limit is reached.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from cardkit.solve.compiled import Compiled
from cardkit.solve.diagram import Layer
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.problem import Mask, Objective, amount_of, chosen_in
from cardkit.solve.programme import Amounted, Array, Programme, amounted, to_go
from cardkit.solve.watch import NeedWatch, State, SumWatch, Watch

MOST_TIES = 1000
"""Products as good as the last one wanted that are looked at to choose among them by name."""

TIME_EVERY = 512
"""Steps of the search between two looks at the clock."""


class Condition(NamedTuple):
    """What a product must keep besides the rules: an amount of at most so much, inclusive."""

    objective: Objective
    most: int


class Ranked(NamedTuple):
    """A product and its amount."""

    amount: int
    cell: int
    choice: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best products found, the best first; among equals fewer modules, then the name."""

    found: tuple[Ranked, ...]
    finished: bool
    """Whether these are proved to be the best, and all there are if fewer than wanted."""
    bound: int | None
    """Where not finished: nothing that is left out is better than this; None where nothing is known."""
    limit: str = ""
    """Which limit was reached."""


class _Beginning(NamedTuple):
    """A path from the root; sorts by its bound, then in the order in which paths were found."""

    bound: int
    number: int
    layer: int
    node: int
    column: int
    amount: int
    chosen: "tuple[int, _Chosen] | None"
    conditions: tuple[int, ...]
    states: tuple[State, ...]
    proved: bool = False


_Chosen = tuple[int, "_Chosen"] | None


def ranked(
    compiled: Compiled,
    objective: Objective,
    cells: Sequence[int],
    most: int,
    limits: Limits,
    *,
    highest: bool = False,
    conditions: Sequence[Condition] = (),
) -> Ranking:
    """The `most` products, at least one, with the lowest (or highest) amounts in some cells."""
    found: list[tuple[int, Ranked]] = []
    try:
        search = _Search(compiled, objective, cells, limits, highest, conditions)
    except NotFinished as stopped:
        return Ranking((), False, None, str(stopped))
    try:
        for bound, product in search.products():
            if len(found) >= most and (bound > found[most - 1][0] or len(found) >= most + MOST_TIES):
                break
            found.append((bound, product))
    except NotFinished as stopped:
        return Ranking(_sorted(compiled, found, most), False, search.best_bound(), str(stopped))
    return Ranking(_sorted(compiled, found, most), True, None)


def _sorted(compiled: Compiled, found: list[tuple[int, Ranked]], most: int) -> tuple[Ranked, ...]:
    problem = compiled.problem

    def name(entry: tuple[int, Ranked]) -> tuple[int, str, list[str]]:
        bound, product = entry
        chosen = sorted(problem.variables[variable] for variable in product.choice)
        return bound, problem.cells[product.cell], chosen

    return tuple(product for _, product in sorted(found, key=name)[:most])


class _Search:
    """The open beginnings, the best bound first."""

    def __init__(
        self,
        compiled: Compiled,
        objective: Objective,
        cells: Sequence[int],
        limits: Limits,
        highest: bool,
        conditions: Sequence[Condition],
    ) -> None:
        self._compiled = compiled
        self._objective = objective
        self._cells = tuple(cells)
        self._limits = limits
        self._conditions = conditions
        programme = Programme(compiled.diagram, self._cells, limits)
        rows = compiled.diagram.nodes + 2 * len(compiled.diagram.labels)
        limits.check_bytes(rows * len(self._cells) * 8 * (1 + len(conditions)))
        self._layers = [_Edges(layer) for layer in compiled.diagram.layers]
        self._main = _Table(
            programme, amounted(programme, compiled.relaxed(objective, highest=highest), highest=highest)
        )
        self._others = [
            _Table(programme, amounted(programme, compiled.relaxed(each.objective))) for each in conditions
        ]
        self._out_at_once: Mask = 0
        self._aside = self._watches()
        self._at = [
            [
                (index, watch, watch.scope.index(layer.variable))
                for index, watch in enumerate(self._aside)
                if layer.variable in watch.scope
            ]
            for layer in self._layers
        ]
        self._highest = highest
        self._numbers = 0
        self._open: list[_Beginning] = []
        # An open beginning takes about half a kilobyte, and a pointer for each rule that it keeps in mind.
        self._size = 512 + 8 * (len(self._aside) + len(conditions))
        for column, cell in enumerate(self._cells):
            if not programme.open[column] or self._out_at_once >> cell & 1:
                continue
            start = _Beginning(
                0,
                0,
                0,
                0,
                column,
                self._main.base[column],
                None,
                tuple(table.base[column] for table in self._others),
                tuple(watch.start for watch in self._aside),
            )
            self._open += self._bounded(start)
        heapify(self._open)

    def best_bound(self) -> int | None:
        """No product that is still to come is better; None where nothing is."""
        return self._main.amount(self._open[0].bound) if self._open else None

    def products(self) -> Iterator[tuple[int, Ranked]]:
        """Every product with its scaled amount, the best first. Raises OutOfTime, TooLarge."""
        end = len(self._layers)
        steps = 0
        while self._open:
            steps += 1
            if steps % TIME_EVERY == 0:
                self._limits.check_time()
                self._limits.check_bytes(len(self._open) * self._size)
            best = heappop(self._open)
            if best.layer < end:
                for beginning in self._longer(best):
                    heappush(self._open, beginning)
            elif best.proved:
                yield best.bound, self._product(best)
            else:
                complete = self._complete(best)
                if complete is not None:
                    heappush(self._open, complete)

    def _longer(self, beginning: _Beginning) -> Iterator[_Beginning]:
        """The beginning with one more variable decided."""
        layer = self._layers[beginning.layer]
        node, column = beginning.node, beginning.column
        for chosen in (False, True):
            child = layer.children[chosen][node]
            if child < 0:
                continue
            label = layer.labels[chosen][node]
            states = list(beginning.states)
            ruled_out = False
            for index, watch, at in self._at[beginning.layer]:
                state = states[index]
                if state is not None:
                    answer = watch.step(state, at, chosen)
                    states[index] = answer.state
                    ruled_out |= bool(answer.out >> self._cells[column] & 1)
            if ruled_out:
                continue
            variable = layer.variable if chosen else None
            amount = beginning.amount + self._main.added(label, variable, column)
            others = tuple(
                so_far + table.added(label, variable, column)
                for so_far, table in zip(beginning.conditions, self._others, strict=True)
            )
            path = (layer.variable, beginning.chosen) if chosen else beginning.chosen
            yield from self._bounded(
                _Beginning(0, 0, beginning.layer + 1, child, column, amount, path, others, tuple(states))
            )

    def _bounded(self, beginning: _Beginning) -> Iterator[_Beginning]:
        """The beginning with its bound, if any product can come of it."""
        layer, node, column = beginning.layer, beginning.node, beginning.column
        bound = beginning.amount + self._main.rest[layer][node, column]
        if bound >= self._main.never:
            return
        for so_far, table, condition in zip(
            beginning.conditions, self._others, self._conditions, strict=True
        ):
            least = so_far + table.rest[layer][node, column]
            if least >= table.never or table.amount(least) > condition.most:
                return
        self._numbers += 1
        yield beginning._replace(bound=bound, number=self._numbers)

    def _complete(self, path: _Beginning) -> _Beginning | None:
        """A whole path with what it really amounts to; None where it breaks a rule or a condition."""
        product = self._product(path)
        problem = self._compiled.problem
        if self._compiled.exact:
            return path._replace(proved=True)
        if not chosen_in(problem, product.choice, product.cell):
            return None
        for condition in self._conditions:
            if amount_of(problem, condition.objective, product.choice, product.cell) > condition.most:
                return None
        amount = amount_of(problem, self._objective, product.choice, product.cell)
        return path._replace(bound=amount * self._main.scale + len(product.choice), proved=True)

    def _product(self, path: _Beginning) -> Ranked:
        chosen = []
        link = path.chosen
        while link is not None:
            chosen.append(link[0])
            link = link[1]
        return Ranked(self._main.amount(path.bound), self._cells[path.column], frozenset(chosen))

    def _watches(self) -> list[Watch]:
        """Watches over the rules that the diagram doesn't know."""
        problem = self._compiled.problem
        place = {layer.variable: at for at, layer in enumerate(self._layers)}
        if not place:
            return []
        sums = [SumWatch(problem.sums[index], place) for index in self._compiled.sums]
        for watch in sums:
            self._out_at_once |= watch.out_at_once
        found: list[Watch] = [*sums]
        found += [
            NeedWatch(problem.needs[index], place, problem.everywhere) for index in self._compiled.needs
        ]
        return found


class _Edges:
    """A layer as plain numbers, which a search through single paths reads faster."""

    def __init__(self, layer: Layer) -> None:
        self.variable = layer.variable
        self.children: tuple[list[int], list[int]] = (layer.without.tolist(), layer.with_.tolist())
        self.labels: tuple[list[int], list[int]] = (layer.without_label.tolist(), layer.with_label.tolist())


class _Table:
    """The amounts of an objective as plain numbers, which a search through single paths reads faster."""

    def __init__(self, programme: Programme, given: Amounted) -> None:
        self.base: list[int] = given.base.tolist()
        self.scale = given.scale
        self.never: int = given.never // 2
        # A view reads single numbers faster than an array and needs no copy; Python's own have no view.
        self.rest: list[Any] = [_read(rows) for rows in to_go(programme, given)]
        self._variables = _read(given.variables)
        self._labels = _read(given.labels)

    def added(self, label: int, variable: int | None, column: int) -> int:
        """What an edge adds."""
        amount: int = self._labels[label, column] if label else 0
        return amount if variable is None else amount + self._variables[variable, column]

    def amount(self, bound: int) -> int:
        """The amount behind a scaled one: the rest, a number of variables, is taken off."""
        return bound // self.scale if self.scale > 0 else -(bound // -self.scale)


def _read(rows: Array) -> Any:
    """Something that gives the plain number at `[row, column]`."""
    return rows if rows.dtype == object else rows.data
