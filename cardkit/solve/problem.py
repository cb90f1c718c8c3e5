"""What the engine works on: choices, what they must keep, what their amounts depend on; whole numbers only.

A choice is a yes or no for each variable (a module); a cell is a card in a segment. All cells share the
variables and the structure of the rules, so that one diagram serves them all: what holds in some cells only
names them by a mask, an int whose bit `c` stands for cell `c`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Mask = int
"""A set of cells; bit `c` is cell `c`."""

Amounts = Sequence[int]
"""An amount for each cell."""


class Limit(NamedTuple):
    """Bounds of a sum in some cells, both inclusive; None is without a bound."""

    least: int | None
    most: int | None
    cells: Mask
    name: str
    """The rule that says so."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A weighted sum over the variables chosen, and its limits; cells of no limit may sum to anything."""

    weights: tuple[tuple[int, int], ...]
    """(variable, weight), each variable once, no weight 0."""
    limits: tuple[Limit, ...]

    @property
    def scope(self) -> tuple[int, ...]:
        """The variables that are summed."""
        return tuple(variable for variable, _ in self.weights)


@dataclass(frozen=True, slots=True)
class Need:
    """Whoever chooses one of `triggers` chooses one of `needs` too, in every cell."""

    triggers: frozenset[int]
    needs: frozenset[int]
    name: str

    @property
    def scope(self) -> tuple[int, ...]:
        """The variables that it is about."""
        return tuple(sorted(self.triggers | self.needs))


class Cluster(NamedTuple):
    """Variables whose amounts don't simply add: one amount for each subset chosen."""

    variables: tuple[int, ...]


class Together(NamedTuple):
    """An amount for choosing all of some variables."""

    variables: tuple[int, ...]


class Tiers(NamedTuple):
    """Amounts by how many of some variables are chosen: the highest number reached counts."""

    variables: tuple[int, ...]
    numbers: tuple[int, ...]
    """Ascending, each at least 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Every product of a catalog on a day, as choices in cells."""

    variables: tuple[str, ...]
    cells: tuple[str, ...]
    """What to call each cell; `CARD@SEGMENT` for a catalog."""
    allowed: tuple[Mask, ...]
    """The cells in which each variable may be chosen."""
    sums: tuple[Sum, ...] = ()
    needs: tuple[Need, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    together: tuple[Together, ...] = ()
    tiers: tuple[Tiers, ...] = ()

    @property
    def everywhere(self) -> Mask:
        """All cells."""
        return (1 << len(self.cells)) - 1

    def scopes(self) -> Iterator[tuple[int, ...]]:
        """The variables that each thing to keep track of is about."""
        yield from (total.scope for total in self.sums)
        yield from (need.scope for need in self.needs)
        yield from (cluster.variables for cluster in self.clusters)
        yield from (together.variables for together in self.together)
        yield from (tiers.variables for tiers in self.tiers)

    def without_amounts(self) -> "Problem":
        """The same choices for counting: nothing is tracked that only amounts depend on."""
        return Problem(self.variables, self.cells, self.allowed, self.sums, self.needs)


@dataclass(frozen=True, slots=True)
class Objective:
    """An amount for every choice in every cell: the sum of what its parts give."""

    base: Amounts
    variables: Sequence[Amounts]
    clusters: Sequence[Sequence[Amounts]] = ()
    """For each cluster, for each subset as a mask over its variables; a subset's amount, the empty one 0."""
    together: Sequence[Amounts] = ()
    tiers: Sequence[Sequence[Amounts]] = field(default=())
    """For each tiers, for each of its numbers: the amount in all once it is reached."""


def chosen_in(problem: Problem, choice: frozenset[int], cell: int) -> bool:
    """Whether a choice keeps everything in a cell: the plain evaluation."""
    bit = 1 << cell
    if not all(problem.allowed[variable] & bit for variable in choice):
        return False
    if any(choice & need.triggers and not choice & need.needs for need in problem.needs):
        return False
    for total in problem.sums:
        found = sum(weight for variable, weight in total.weights if variable in choice)
        for limit in total.limits:
            if limit.cells & bit and (
                (limit.least is not None and found < limit.least)
                or (limit.most is not None and found > limit.most)
            ):
                return False
    return True


def amount_of(problem: Problem, objective: Objective, choice: frozenset[int], cell: int) -> int:
    """The amount of a choice in a cell: the plain evaluation."""
    amount = objective.base[cell] + sum(objective.variables[variable][cell] for variable in choice)
    for cluster, table in zip(problem.clusters, objective.clusters, strict=True):
        mask = sum(1 << at for at, variable in enumerate(cluster.variables) if variable in choice)
        amount += table[mask][cell]
    for together, given in zip(problem.together, objective.together, strict=True):
        if choice.issuperset(together.variables):
            amount += given[cell]
    for tiers, amounts in zip(problem.tiers, objective.tiers, strict=True):
        number = sum(variable in choice for variable in tiers.variables)
        reached = [given for least, given in zip(tiers.numbers, amounts, strict=True) if least <= number]
        if reached:
            amount += reached[-1][cell]
    return amount
