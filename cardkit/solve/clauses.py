"""Constraints as clauses for a solver that knows true and false alone; sums exactly, however large.

A literal is a number of a variable, negative for its opposite, as solvers have it. What is decided already is
True or False and never reaches the solver.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import NamedTuple, TypeAlias

from cardkit.model.refusal import Weight

Literal: TypeAlias = int | bool

MOST_NODES = 4_000
"""A sum whose diagram needs more is added up in binary instead: always small, but harder on the solver."""


class Item(NamedTuple):
    """A literal that adds a positive whole number to a sum where it is true."""

    weight: int
    literal: int


class Clauses:
    """Gives out variables and hands clauses on; sums that were said before are said once."""

    def __init__(self, add: Callable[[list[int]], None]) -> None:
        self.add = add
        """Takes a clause: one of its literals is true."""
        self.last = 0
        self._sums: dict[tuple[tuple[Item, ...], int | None, int | None], Literal] = {}

    def variable(self) -> int:
        """A new variable."""
        self.last += 1
        return self.last

    def exactly_one(self, names: Sequence[str | None]) -> dict[str | None, int]:
        """A variable for each name, of which one and only one is true."""
        found = {name: self.variable() for name in names}
        literals = list(found.values())
        self.add(literals)
        for index, one in enumerate(literals):
            for other in literals[:index]:
                self.add([-one, -other])
        return found

    def within(
        self, weighted: Iterable[tuple[Weight, int]], least: Weight | None, most: Weight | None
    ) -> Literal:
        """A literal that, where it is true, forces the sum of weights of true literals between the bounds.

        Both bounds are inclusive. Where it is false nothing follows.
        """
        items, low, high = key = _whole(list(weighted), least, most)
        if key not in self._sums:
            decided = _decided(0, sum(item.weight for item in items), low, high)
            layers = _layers(items, low, high)
            if decided is not None:
                self._sums[key] = decided
            elif layers is None:
                self._sums[key] = self._added(items, low, high)
            else:
                self._sums[key] = self._diagram(items, low, high, layers)
        return self._sums[key]

    # small sums: a diagram of what was summed so far -------------------------------------------------------

    def _diagram(
        self, items: Sequence[Item], low: int | None, high: int | None, layers: Sequence[Sequence[int]]
    ) -> Literal:
        """A node stands for what was summed before an item; true, it forces what remains to fit."""
        after: dict[int, Literal] = {}
        rest = 0
        for index in reversed(range(len(layers))):
            node: dict[int, Literal] = {}
            rest += items[index].weight if index < len(items) else 0
            for total in layers[index]:
                decided = _decided(total, rest, low, high)
                if decided is None:
                    weight, literal = items[index]
                    node[total] = self._node(literal, after[total + weight], after[total], low, high)
                else:
                    node[total] = decided
            after = node
        return after[0]

    def _node(
        self, literal: int, with_: Literal, without: Literal, low: int | None, high: int | None
    ) -> Literal:
        if with_ is without:
            return with_
        node = self.variable()
        # With one bound alone, what fits with the item (or without it) fits all the more without (with) it.
        self._implied([-node, *([] if high is None else [-literal])], with_)
        self._implied([-node, *([] if low is None else [literal])], without)
        return node

    def _implied(self, clause: list[int], literal: Literal) -> None:
        if literal is not True:
            self.add(clause if literal is False else [*clause, literal])

    # large sums: added up in binary -----------------------------------------------------------------------

    def _added(self, items: Sequence[Item], low: int | None, high: int | None) -> int:
        """Column by column, three bits at a time; then the bits of the sum are compared with the bounds."""
        places = sum(item.weight for item in items).bit_length()
        columns = [[each for weight, each in items if weight >> place & 1] for place in range(places)]
        bits = []
        for place, column in enumerate(columns):
            while len(column) > 1:
                sum_, carry = self._adder(column[:3])
                column[:3] = []
                column.append(sum_)
                if place + 1 < places:
                    columns[place + 1].append(carry)
            bits.append(column[0] if column else self._never())
        return self._compared(bits, low, high)

    def _never(self) -> int:
        never = self.variable()
        self.add([-never])
        return never

    def _adder(self, inputs: list[int]) -> tuple[int, int]:
        """Two or three bits added: their sum's lower and upper bit."""
        sum_, carry = self.variable(), self.variable()
        for case in range(2 ** len(inputs)):
            given = [-one if case >> index & 1 else one for index, one in enumerate(inputs)]
            total = case.bit_count()
            self.add([*given, sum_ if total & 1 else -sum_])
            self.add([*given, carry if total >> 1 else -carry])
        return sum_, carry

    def _compared(self, bits: Sequence[int], low: int | None, high: int | None) -> int:
        node = self.variable()
        for place, bit in enumerate(bits):
            above = list(enumerate(bits))[place + 1 :]
            if high is not None and not high >> place & 1:
                self.add([-node, -bit, *(-other for at, other in above if high >> at & 1)])
            if low is not None and low >> place & 1:
                self.add([-node, bit, *(other for at, other in above if not low >> at & 1)])
        return node


def _whole(
    weighted: Sequence[tuple[Weight, int]], least: Weight | None, most: Weight | None
) -> tuple[tuple[Item, ...], int | None, int | None]:
    """The same in whole positive weights, heaviest first; a bound that nothing can break is dropped."""
    scale = lcm(*(Fraction(weight).denominator for weight, _ in weighted))
    items, shift = [], 0
    for weight, literal in weighted:
        whole = int(weight * scale)
        # A negative weight is what its opposite would add, less all of it.
        items.append(Item(abs(whole), literal if whole > 0 else -literal))
        shift += max(0, -whole)
    items.sort(key=lambda item: (-item.weight, item.literal))
    low = None if least is None else ceil(least * scale) + shift
    high = None if most is None else floor(most * scale) + shift
    if low is not None and low <= 0:
        low = None
    if high is not None and high >= sum(item.weight for item in items):
        high = None
    return tuple(items), low, high


def _decided(total: int, rest: int, low: int | None, high: int | None) -> bool | None:
    """Whether a sum so far, to which at most `rest` may be added, fits: always, never, or not known yet."""
    if (high is not None and total > high) or (low is not None and total + rest < low):
        return False
    if (high is None or total + rest <= high) and (low is None or total >= low):
        return True
    return None


def _layers(items: Sequence[Item], low: int | None, high: int | None) -> list[list[int]] | None:
    """The sums that there may be before each item and after the last; None where they are too many."""
    rest = sum(item.weight for item in items)
    layers, nodes = [[0]], 0
    for weight, _ in items:
        after: set[int] = set()
        for total in layers[-1]:
            if _decided(total, rest, low, high) is None:
                after.update((total, total + weight))
        nodes += len(after)
        if nodes > MOST_NODES:
            return None
        layers.append(list(after))
        rest -= weight
    return layers
