"""What a diagram keeps in mind on its way through the variables: one watch for each sum, need and amount.

A watch is a small automaton. It sees the variables of its scope in the diagram's order, each with yes or no,
and answers with its next state, the cells that are out from here on, and the amounts that are due. The state
`None` says that nothing more can come of it; after the last variable of its scope it is always `None`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from cardkit.solve.problem import Cluster, Mask, Need, Problem, Sum, Tiers, Together

State = int | None

Term = tuple[str, int, int]
"""An amount that is due: of what ("cluster", "together" or "tiers"), which one, and its subset or tier."""


class Answer(NamedTuple):
    """What comes of a choice."""

    state: State
    out: Mask = 0
    """The cells that this choice rules out."""
    due: tuple[Term, ...] = ()


class Watch(Protocol):
    """Something to keep in mind."""

    scope: tuple[int, ...]
    """In the diagram's order."""
    start: State

    def step(self, state: State, at: int, chosen: bool) -> Answer:
        """The answer to the choice of `scope[at]` in a state other than None."""
        ...


class SumWatch:
    """A weighted sum: the state is what was summed up so far, as long as a limit depends on it."""

    def __init__(self, total: Sum, place: Mapping[int, int]) -> None:
        weights = sorted(total.weights, key=lambda pair: place[pair[0]])
        self.scope = tuple(variable for variable, _ in weights)
        self.start: State = 0
        self._weights = [weight for _, weight in weights]
        self._lowest = _rests([min(weight, 0) for weight in self._weights])
        self._highest = _rests([max(weight, 0) for weight in self._weights])
        self._limits = total.limits
        self.out_at_once: Mask = 0
        """Cells whose limits nothing can keep."""
        for limit in total.limits:
            if self._broken(limit, 0, 0):
                self.out_at_once |= limit.cells
        if all(self._settled(limit, 0, 0) for limit in total.limits):
            self.start = None

    def step(self, state: State, at: int, chosen: bool) -> Answer:
        """Cells drop out as soon as no completion can keep their limit."""
        assert state is not None
        total = state + (self._weights[at] if chosen else 0)
        out = 0
        open_limits = False
        for limit in self._limits:
            if self._broken(limit, total, at + 1):
                if not self._broken(limit, state, at):
                    out |= limit.cells
            elif not self._settled(limit, total, at + 1):
                open_limits = True
        return Answer(total if open_limits else None, out)

    def _broken(self, limit: tuple[int | None, int | None, Mask, str], total: int, at: int) -> bool:
        least, most = limit[0], limit[1]
        return (most is not None and total + self._lowest[at] > most) or (
            least is not None and total + self._highest[at] < least
        )

    def _settled(self, limit: tuple[int | None, int | None, Mask, str], total: int, at: int) -> bool:
        least, most = limit[0], limit[1]
        if self._broken(limit, total, at):
            return True
        return (most is None or total + self._highest[at] <= most) and (
            least is None or total + self._lowest[at] >= least
        )


def _rests(weights: Sequence[int]) -> list[int]:
    """What the weights from each place on sum to, and 0 at the end."""
    return [*accumulate(reversed(weights), initial=0)][::-1]


class NeedWatch:
    """A need: whether one of its triggers was chosen (1) or none yet (0)."""

    def __init__(self, need: Need, place: Mapping[int, int], everywhere: Mask) -> None:
        self.scope = tuple(sorted(need.scope, key=place.__getitem__))
        self.start: State = 0
        self._need = need
        self._everywhere = everywhere
        self._last_need = max((place[each] for each in need.needs), default=-1)
        self._last_trigger = max((place[each] for each in need.triggers), default=-1)
        self._places = [place[variable] for variable in self.scope]

    def step(self, state: State, at: int, chosen: bool) -> Answer:
        """A need that is met settles it; a trigger without any need to come is out everywhere."""
        variable = self.scope[at]
        if chosen and variable in self._need.needs:
            return Answer(None)
        triggered = state == 1 or (chosen and variable in self._need.triggers)
        if triggered:
            more_needs = self._places[at] < self._last_need
            return Answer(1) if more_needs else Answer(None, self._everywhere)
        return Answer(0 if self._places[at] < self._last_trigger else None)


def merged(needs: Iterable[Need]) -> Iterator[Need]:
    """Needs of the same as one: whose trigger it was makes no difference to what is still needed."""
    triggers: dict[frozenset[int], set[int]] = {}
    for need in needs:
        triggers.setdefault(need.needs, set()).update(need.triggers)
    for needed, found in triggers.items():
        yield Need(frozenset(found), needed, "")


class ClusterWatch:
    """Amounts by subset: the state is the subset so far."""

    def __init__(self, index: int, cluster: Cluster, place: Mapping[int, int]) -> None:
        self.scope = tuple(sorted(cluster.variables, key=place.__getitem__))
        self.start: State = 0
        self._index = index
        self._bits = [1 << cluster.variables.index(variable) for variable in self.scope]

    def step(self, state: State, at: int, chosen: bool) -> Answer:
        """The amount is due when the last of the variables is decided."""
        assert state is not None
        subset = state | self._bits[at] if chosen else state
        if at + 1 < len(self.scope):
            return Answer(subset)
        return Answer(None, 0, (("cluster", self._index, subset),) if subset else ())


class TogetherWatch:
    """An amount for all of several: the state says that none has been left out yet."""

    def __init__(self, index: int, together: Together, place: Mapping[int, int]) -> None:
        self.scope = tuple(sorted(together.variables, key=place.__getitem__))
        self.start: State = 1
        self._index = index

    def step(self, _state: State, at: int, chosen: bool) -> Answer:
        """The amount is due when the last one is chosen."""
        if not chosen:
            return Answer(None)
        if at + 1 < len(self.scope):
            return Answer(1)
        return Answer(None, 0, (("together", self._index, 0),))


class TiersWatch:
    """Amounts by number: the state is the number so far, below the highest tier."""

    def __init__(self, index: int, tiers: Tiers, place: Mapping[int, int]) -> None:
        self.scope = tuple(sorted(tiers.variables, key=place.__getitem__))
        self.start: State = 0
        self._index = index
        self._numbers = tiers.numbers

    def step(self, state: State, at: int, chosen: bool) -> Answer:
        """Each tier's amount above the tier before it is due when its number is reached."""
        assert state is not None
        number = state + 1 if chosen else state
        due: tuple[Term, ...] = ()
        if chosen and number in self._numbers:
            due = (("tiers", self._index, self._numbers.index(number)),)
        beyond = [least for least in self._numbers if least > number]
        rest = len(self.scope) - at - 1
        reachable = bool(beyond) and number + rest >= beyond[0]
        return Answer(number if reachable else None, 0, due)


def watches(problem: Problem, place: Mapping[int, int]) -> tuple[Watch, ...]:
    """A watch for everything that a problem says, for an order of its variables (variable to place)."""
    found: list[Watch] = [SumWatch(total, place) for total in problem.sums]
    found += [NeedWatch(need, place, problem.everywhere) for need in merged(problem.needs)]
    found += [ClusterWatch(index, each, place) for index, each in enumerate(problem.clusters)]
    found += [TogetherWatch(index, each, place) for index, each in enumerate(problem.together)]
    found += [TiersWatch(index, each, place) for index, each in enumerate(problem.tiers)]
    return tuple(found)
