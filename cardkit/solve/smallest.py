"""The smallest sets of rules that together are to blame, found by what each innocent set leaves out.

A set of rules is innocent where something can be had in spite of them all. Then a set that is to blame has
at least one rule of those that this something breaks: it hits what is left out. So the smallest sets that
hit all that is known are tried; one that is innocent after all tells of something more to be hit (Reiter
1987; Ignatiev and others 2015, "Smallest MUS extraction with minimal hitting set dualization").
"""

from collections.abc import Callable, Iterator
from math import inf
from typing import TypeAlias

from cardkit.ground.frozen import frozen
from cardkit.solve.limits import Limits, NotFinished

Rules: TypeAlias = frozenset[str]

Innocent: TypeAlias = Callable[[Rules], Rules | None]
"""Of a set of rules: None where it is to blame, otherwise rules outside of it, of which every set that is to
blame has one."""

MOST_SETS = 100
MOST_STEPS = 50_000
SECONDS = 3.0


@frozen
class Blame:
    """Sets of rules that are to blame; without any rule of it, none of them is."""

    sets: tuple[Rules, ...] = ()
    """Smaller ones first, sorted within a size; empty where all rules together are innocent."""
    complete: bool = True
    """Whether these are all that were asked for. If not, smaller ones may be missing too."""


class _Search:
    def __init__(self, innocent: Innocent, limits: Limits) -> None:
        self.innocent = innocent
        self.limits = limits
        self.steps = 0
        self.left_out: list[Rules] = []
        """What each innocent set told of; never empty unless everything is innocent."""
        self.found: list[Rules] = []

    def of_size(self, size: float) -> float:
        """Find all sets of so many rules that aren't among larger ones; gives the next size to look at."""
        beyond: float = inf
        open_: list[Iterator[tuple[Rules, Rules]]] = [iter([(frozenset(), frozenset())])]
        while open_:
            step = next(open_[-1], None)
            if step is None:
                open_.pop()
                continue
            self.steps += 1
            if self.steps > MOST_STEPS or len(self.found) >= MOST_SETS:
                raise NotFinished("sets")
            self.limits.check_time()
            chosen, refused = step
            needed = self._needed(chosen, refused)
            if needed is None or any(each <= chosen for each in self.found):
                continue
            if len(chosen) + needed > size:
                beyond = min(beyond, len(chosen) + needed)
                continue
            unhit = self._unhit(chosen, refused)
            if unhit is None:
                self.found.append(chosen)
            elif unhit:
                open_.append(_hitting(chosen, refused, unhit))
        return beyond

    def _needed(self, chosen: Rules, refused: Rules) -> int | None:
        """How many more rules it takes at least; None where what is left out can't be hit any more."""
        needed, used = 0, set[str]()
        for each in self.left_out:
            if chosen.isdisjoint(each):
                if each <= refused:
                    return None
                if used.isdisjoint(each):
                    needed += 1
                    used |= each
        return needed

    def _unhit(self, chosen: Rules, refused: Rules) -> Rules | None:
        """What is still to be hit, as few rules as there is; asks for more where all that is known is hit."""
        known = [each - refused for each in self.left_out if chosen.isdisjoint(each)]
        if known:
            return min(known, key=len)
        asked = self.innocent(chosen)
        if asked is None:
            return None
        self.left_out.append(asked)
        return asked - refused


def _hitting(chosen: Rules, refused: Rules, unhit: Rules) -> Iterator[tuple[Rules, Rules]]:
    """The set with each one of the rules, where those before it are refused: no set is reached twice."""
    for name in sorted(unhit):
        yield chosen | {name}, refused
        refused |= {name}


def smallest(innocent: Innocent, *, every: bool = False, limits: Limits | None = None) -> Blame:
    """The smallest sets that are to blame, all of them; with `every` also the larger ones, by size.

    Larger ones are those of which no rule can be left out. At most MOST_SETS, and only as long as the limits
    allow; `complete` says whether that was enough.
    """
    search = _Search(innocent, limits or Limits(SECONDS))
    size: float = 0
    try:
        while size < inf and (every or not search.found):
            size = search.of_size(size)
    except NotFinished:
        return Blame(_in_order(search.found), complete=False)
    return Blame(_in_order(search.found))


def _in_order(sets: list[Rules]) -> tuple[Rules, ...]:
    return tuple(sorted(sets, key=lambda rules: (len(rules), sorted(rules))))
