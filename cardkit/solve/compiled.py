"""A problem compiled as far as it goes: what would make the diagram too large is set aside and checked later.

With nothing set aside, the diagram holds exactly the products that may be sold, at exactly their amounts.
Otherwise it holds more products, none of them dearer than it really is: a relaxation. Its lowest amounts are
bounds, and a search through it in the order of these bounds (`ranking`) finds what is really lowest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cardkit.solve.diagram import Diagram, compile_diagram
from cardkit.solve.limits import Limits, OutOfTime, TooLarge
from cardkit.solve.problem import Objective, Problem

T = TypeVar("T")

FIRST_NODES = 2_000_000
"""How large everything at once may get, which takes some seconds: a bound that is exact is worth that.

Measured on a dense catalog of 60 modules: 300,000 nodes and three seconds to prove all of it; without two of
its budgets, 50,000 nodes and a search that left a third of the segments unproved after half a minute.
"""
SHARE = 0.25
"""Of the time that is left, for each attempt."""
NEXT_NODES = 150_000
"""How large it may get after something was set aside: half a second for each attempt."""
ONE_BY_ONE = 6
"""So many are set aside one after another, then a quarter of what is left at once."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A problem, and the diagram of it or of a relaxation."""

    problem: Problem
    diagram: Diagram
    sums: tuple[int, ...] = ()
    """Indexes of the problem's sums that the diagram doesn't know."""
    needs: tuple[int, ...] = ()
    clusters: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    tiers: tuple[int, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the diagram holds the problem itself, rules and amounts."""
        return not (self.sums or self.needs or self.clusters or self.together or self.tiers)

    def relaxed(self, objective: Objective, *, highest: bool = False) -> Objective:
        """The objective for the diagram: an amount that was set aside counts as the least it can be."""
        if not (self.clusters or self.together or self.tiers):
            return objective
        pick = max if highest else min
        base = list(objective.base)
        nothing = [0] * len(base)
        tables = [list(objective.clusters[index]) for index in self.clusters]
        tables += [[nothing, objective.together[index]] for index in self.together]
        tables += [[nothing, *objective.tiers[index]] for index in self.tiers]
        for table in tables:
            for cell in range(len(base)):
                base[cell] += pick(amounts[cell] for amounts in table)
        return replace(
            objective,
            base=base,
            clusters=_left(objective.clusters, self.clusters),
            together=_left(objective.together, self.together),
            tiers=_left(objective.tiers, self.tiers),
        )


def compile_problem(problem: Problem, limits: Limits) -> Compiled:
    """The diagram of a problem, or of its closest relaxation that stays small enough. Raises OutOfTime.

    What spreads widest and counts highest goes first: money budgets, then rules between far-away modules.
    """
    aside = _Aside()
    hardest = _hardest(problem)
    attempt = _smaller(limits.share(SHARE), FIRST_NODES)
    attempts = 0
    while True:
        attempts += 1
        try:
            diagram = compile_diagram(aside.left(problem), attempt)
        except (TooLarge, OutOfTime) as stopped:
            limits.check_time()
            if not hardest:
                raise
            # A budget more or less decides how good the bounds are; where that isn't enough, many rules
            # are to blame, and each attempt costs the same, so there should be few.
            one = attempts <= ONE_BY_ONE and isinstance(stopped, TooLarge)
            for _ in range(1 if one else max(1, len(hardest) // 4)):
                aside.add(*hardest.pop(0))
            attempt = _smaller(limits.share(SHARE), min(FIRST_NODES, NEXT_NODES))
        else:
            return Compiled(
                problem,
                diagram,
                tuple(sorted(aside.sums)),
                tuple(sorted(aside.needs)),
                tuple(sorted(aside.clusters)),
                tuple(sorted(aside.together)),
                tuple(sorted(aside.tiers)),
            )


def _smaller(limits: Limits, nodes: int) -> Limits:
    """The time and the memory that are left, with room for so many nodes at most."""
    return Limits(limits.seconds, min(limits.nodes, nodes), limits.bytes, limits.clock)


class _Aside:
    """What has been set aside so far, by index."""

    def __init__(self) -> None:
        self.sums: list[int] = []
        self.needs: list[int] = []
        self.clusters: list[int] = []
        self.together: list[int] = []
        self.tiers: list[int] = []

    def add(self, kind: str, index: int) -> None:
        getattr(self, kind).append(index)

    def left(self, problem: Problem) -> Problem:
        """The problem without what is set aside."""
        return replace(
            problem,
            sums=_left(problem.sums, self.sums),
            needs=_left(problem.needs, self.needs),
            clusters=_left(problem.clusters, self.clusters),
            together=_left(problem.together, self.together),
            tiers=_left(problem.tiers, self.tiers),
        )


def _left(things: Sequence[T], without: Sequence[int]) -> tuple[T, ...]:
    return tuple(each for index, each in enumerate(things) if index not in without)


def _hardest(problem: Problem) -> list[tuple[str, int]]:
    """What may be set aside, the most expensive to keep in mind first."""
    costs: list[tuple[int, str, int]] = []
    for index, total in enumerate(problem.sums):
        states = sum(abs(weight) for _, weight in total.weights)
        mosts = [limit.most for limit in total.limits]
        if all(most is not None for most in mosts):
            states = min(states, max(most for most in mosts if most is not None) + 1)
        costs.append((states * len(total.weights), "sums", index))
    costs += [(2 * len(each.scope), "needs", index) for index, each in enumerate(problem.needs)]
    costs += [
        (2 ** len(each.variables) * len(each.variables), "clusters", index)
        for index, each in enumerate(problem.clusters)
    ]
    costs += [(2 * len(each.variables), "together", index) for index, each in enumerate(problem.together)]
    costs += [
        ((each.numbers[-1] + 1) * len(each.variables), "tiers", index)
        for index, each in enumerate(problem.tiers)
    ]
    return [(kind, index) for _, kind, index in sorted(costs, reverse=True)]
