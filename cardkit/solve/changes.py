"""Single changes to a product, and which of them mend a constraint that it breaks."""

from collections.abc import Iterable, Iterator, Mapping
from math import inf
from typing import NamedTuple

from cardkit.model.constraint import Constraint, Forbidden, Needs, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Weight


class Mends(NamedTuple):
    """What mends a broken constraint."""

    changes: tuple[str, ...]
    """One of these, at least: `-MODULE`, `+MODULE` or `card CARD`."""
    least: float
    """How many changes it takes at least; infinite where none can mend it."""


class State(NamedTuple):
    """A product on the way, and what may not be changed any more."""

    card: str
    modules: frozenset[str]
    segment: str | None
    settled: frozenset[str]
    """Modules that were changed or are to stay as they are."""
    cards: tuple[str, ...]
    """The cards that it may still be changed to."""
    changes: tuple[str, ...]

    def product(self) -> Product:
        """The product, without its segment where that was only tried."""
        return Product(self.card, tuple(sorted(self.modules)), self.segment)


def mends(constraint: Constraint, state: State, *, remove: bool) -> Mends:
    """What mends a constraint that a product breaks; with `remove`, modules may be taken out."""
    if isinstance(constraint, Forbidden):
        return _forbidden(constraint, state, remove=remove)
    if isinstance(constraint, Needs):
        return _needs(constraint, state, remove=remove)
    return _within_bounds(constraint, state, remove=remove)


def _forbidden(constraint: Forbidden, state: State, *, remove: bool) -> Mends:
    cards = _others(constraint.cards, state)
    if constraint.modules is None:
        return Mends(cards, 1 if cards else inf)
    out = _removals(constraint.modules, state, remove=remove)
    least = len(out) if len(out) == len(constraint.modules & state.modules) else inf
    return Mends((*out, *cards), 1 if cards else least)


def _needs(constraint: Needs, state: State, *, remove: bool) -> Mends:
    added = tuple(f"+{name}" for name in sorted(constraint.needs - state.settled))
    out = _removals(constraint.triggers, state, remove=remove)
    least = len(out) if len(out) == len(constraint.triggers & state.modules) else inf
    return Mends((*out, *added), 1 if added else least)


def _within_bounds(constraint: Within, state: State, *, remove: bool) -> Mends:
    total = constraint.total(state.modules)
    if constraint.most is not None and total > constraint.most:
        missing, sign = total - constraint.most, -1
    else:
        assert constraint.least is not None
        missing, sign = constraint.least - total, 1
    gains = dict(_gains(constraint.weights, sign, state, remove=remove))
    changes = tuple(sorted(gains, key=lambda change: (-gains[change], change)))
    cards = _others(constraint.cards, state)
    least = _fewest(sorted(gains.values(), reverse=True), missing)
    return Mends((*changes, *cards), 1 if cards else least)


def _gains(
    weights: Mapping[str, Weight], sign: int, state: State, *, remove: bool
) -> Iterator[tuple[str, Weight]]:
    """The changes that bring a sum up (sign 1) or down (sign -1), and by how much."""
    for name, weight in weights.items():
        if name not in state.settled:
            if name not in state.modules and weight * sign > 0:
                yield f"+{name}", weight * sign
            elif name in state.modules and weight * sign < 0 and remove:
                yield f"-{name}", -weight * sign


def _removals(modules: frozenset[str], state: State, *, remove: bool) -> tuple[str, ...]:
    return tuple(
        f"-{name}" for name in sorted(modules & state.modules) if remove and name not in state.settled
    )


def _others(cards: frozenset[str] | None, state: State) -> tuple[str, ...]:
    """The changes to a card that a constraint isn't for."""
    return () if cards is None else tuple(f"card {name}" for name in state.cards if name not in cards)


def _fewest(gains: Iterable[Weight], missing: Weight) -> float:
    """How many of the gains, largest first, it takes to make up for what is missing."""
    for number, gain in enumerate(gains, 1):
        missing -= gain
        if missing <= 0:
            return number
    return inf


def needed_for(broken: Iterable[Mends]) -> float:
    """How many changes it takes at least to mend all: those that share no change add up."""
    needed: float = 0
    most: float = 0
    used: set[str] = set()
    for one in sorted(broken, key=lambda each: len(each.changes)):
        most = max(most, one.least)
        if used.isdisjoint(one.changes):
            needed += one.least
            used.update(one.changes)
    return max(needed, most)


def mended(state: State, changes: tuple[str, ...]) -> Iterator[State]:
    """The product after each of the changes, where those before it are never made."""
    settled, cards = set(state.settled), state.cards
    for change in changes:
        done = (*state.changes, change)
        if change.startswith("card "):
            card = change.removeprefix("card ")
            yield State(card, state.modules, state.segment, frozenset(settled), (), done)
            cards = tuple(name for name in cards if name != card)
            continue
        name = change[1:]
        settled.add(name)
        modules = state.modules - {name} if change[0] == "-" else state.modules | {name}
        yield State(state.card, modules, state.segment, frozenset(settled), cards, done)
