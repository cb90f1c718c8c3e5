"""In which order a diagram decides the variables: those that rules tie together stand close together.

The width of a diagram grows with what must be kept in mind between two variables, so every rule's variables
should be neighbours. The order is found by moving each variable to the middle of the rules that it is in,
again and again, from several starts (the FORCE heuristic of Aloul, Markov and Sakallah, 2003), and the order
with the smallest cost is kept.
"""

from collections.abc import Sequence
from itertools import accumulate

ROUNDS = 30
"""Moves settle long before; each round is linear in the size of the rules."""

MOST_LOOKED_AT = 50_000
"""Variables in rules that are looked at, the smallest rules first: a second at most."""


def order(number: int, scopes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """An order of the variables 0 … number − 1 for rules over these scopes; the same every time."""
    # What concerns nearly all variables is open all the time, in any order.
    local = _smallest([scope for scope in scopes if 1 < len(scope) <= max(2, number * 2 // 3)])
    starts = [list(range(number)), _by_links(number, local)]
    found = [_settled(start, local) for start in starts]
    best = min(found, key=lambda places: _cost(places, local))
    return tuple(sorted(range(number), key=best.__getitem__))


def _smallest(scopes: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """As many as may be looked at; a small rule gains most from its variables being neighbours."""
    if sum(map(len, scopes)) <= MOST_LOOKED_AT:
        return list(scopes)
    ranked = sorted(scopes, key=len)
    reached = accumulate(map(len, ranked))
    return [scope for scope, looked_at in zip(ranked, reached, strict=True) if looked_at <= MOST_LOOKED_AT]


def _settled(start: list[int], scopes: Sequence[Sequence[int]]) -> list[int]:
    """The places of the variables once moving no longer helps."""
    number = len(start)
    places = [0] * number
    for place, variable in enumerate(start):
        places[variable] = place
    least, kept = _cost(places, scopes), places
    for _ in range(ROUNDS):
        pulls: list[list[float]] = [[] for _ in range(number)]
        for scope in scopes:
            middle = sum(places[variable] for variable in scope) / len(scope)
            for variable in scope:
                pulls[variable].append(middle)
        wanted = [
            sum(pulled) / len(pulled) if pulled else places[variable] for variable, pulled in enumerate(pulls)
        ]
        ranked = sorted(range(number), key=lambda variable: (wanted[variable], places[variable]))
        moved = [0] * number
        for place, variable in enumerate(ranked):
            moved[variable] = place
        if moved == places:
            break
        places = moved
        cost = _cost(places, scopes)
        if cost < least:
            least, kept = cost, places
    return kept


def _by_links(number: int, scopes: Sequence[Sequence[int]]) -> list[int]:
    """Connected variables one after another, breadth first from the one with the fewest rules."""
    linked: list[set[int]] = [set() for _ in range(number)]
    for scope in scopes:
        for variable in scope:
            linked[variable].update(scope)
    left = sorted(range(number), key=lambda variable: (len(linked[variable]), variable))
    seen: dict[int, None] = {}
    for first in left:
        waiting = [first]
        while waiting:
            variable = waiting.pop(0)
            if variable not in seen:
                seen[variable] = None
                waiting += sorted(linked[variable] - seen.keys(), key=lambda each: (len(linked[each]), each))
    return list(seen)


def _cost(places: list[int], scopes: Sequence[Sequence[int]]) -> int:
    """The sum over the cuts between neighbours of the square of how many rules are open there."""
    number = len(places)
    change = [0] * (number + 1)
    for scope in scopes:
        spots = [places[variable] for variable in scope]
        change[min(spots)] += 1
        change[max(spots)] -= 1
    cost = opened = 0
    for step in change:
        opened += step
        cost += opened * opened
    return cost
