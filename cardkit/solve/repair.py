"""The nearest products that keep every constraint: the fewest modules added or taken out and cards changed.

Where a constraint is broken, every product that keeps it differs from this one by a change that mends it. So
it is enough to try the changes that mend one broken constraint, and from each of them those that mend the
next. What was tried before and left as it was is not changed later on: each product is reached once. A bound
on how many changes are still needed prunes what can't be done in so many, and so many grows (Korf 1985).
"""

from collections.abc import Iterator
from math import inf

from cardkit.combine.compile import Constraints
from cardkit.ground.frozen import frozen
from cardkit.model.expression import Product
from cardkit.solve.changes import State, mended, mends, needed_for
from cardkit.solve.limits import Limits

MOST_STEPS = 20_000
"""Products that are looked at; about a second."""
SECONDS = 3.0
MOST_FOUND = 500
MOST_DIVED = 2_000
"""Products that are looked at to find any that can be sold, once the nearest are too many to find."""
SECONDS_DIVED = 1.0
MOST_FARTHER = 2_000
"""Products that are looked at to offer more of a choice than the nearest alone."""
SECONDS_FARTHER = 0.2


class Repaired:
    """The nearest products, each with its changes; some that are farther off where they were asked for."""

    def __init__(self) -> None:
        self.found: dict[Product, tuple[str, ...]] = {}
        """In no particular order; of products that were to be offered to anybody, without a segment."""
        self.complete = True
        """Whether these are all of the nearest. If not, there may be nearer ones, or more as near."""


class _Budget:
    """How much may still be looked at."""

    def __init__(self, steps: int, found: int, limits: Limits) -> None:
        self.steps = steps
        self.found = found
        self.limits = limits

    def allows(self, found: int) -> bool:
        """Whether one more product may be looked at, after so many were found."""
        self.steps -= 1
        return self.steps >= 0 and found < self.found and self.limits.left > 0


@frozen
class Repair:
    """Where to look for products that may be sold."""

    constraints: Constraints
    segments: tuple[str, ...]
    """Those that a product without a segment may be offered to."""
    cards: tuple[str, ...] = ()
    """Those that the card may be changed to; none where it must stay."""
    remove: bool = True
    """Whether modules may be taken out."""

    def nearest(self, product: Product, enough: int = 1) -> Repaired:
        """The products with the fewest changes that may be sold; none where no change makes it sellable.

        Where these are fewer than `enough`, those are looked for as well that need up to two changes more
        and all of their changes. A product without a segment may be sold when some segment may have it; what
        is found has none either.
        """
        repaired = Repaired()
        budget = _Budget(MOST_STEPS, MOST_FOUND, Limits(SECONDS))
        limit: float = 0
        while limit < inf and not repaired.found:
            limit = self._within(product, limit, repaired, budget)
        if not repaired.found and not repaired.complete:
            self._within(product, inf, repaired, _Budget(MOST_DIVED, 1, Limits(SECONDS_DIVED)))
        elif repaired.complete and repaired.found:
            self._farther(product, limit, repaired, enough)
        return repaired

    def _farther(self, product: Product, limit: float, repaired: Repaired, enough: int) -> None:
        """Add what is farther off, unless leaving some of its changes out would do as well."""
        most = 2 + min(len(changes) for changes in repaired.found.values())
        budget = _Budget(MOST_FARTHER, MOST_FOUND, Limits(SECONDS_FARTHER))
        while len(repaired.found) < enough and limit <= most:
            more = Repaired()
            limit = self._within(product, limit, more, budget)
            if not more.complete:
                return
            known = [frozenset(changes) for changes in repaired.found.values()]
            for one, changes in more.found.items():
                if not any(each <= frozenset(changes) for each in known):
                    repaired.found[one] = changes

    def _within(self, product: Product, limit: float, repaired: Repaired, budget: "_Budget") -> float:
        """Find the products within so many changes; gives the least limit at which there may be more."""
        beyond = inf
        open_ = [self._starts(product)]
        while open_:
            state = next(open_[-1], None)
            if state is None:
                open_.pop()
                continue
            if not budget.allows(len(repaired.found)):
                repaired.complete = False
                return inf
            broken = [
                mends(each, state, remove=self.remove) for each in self.constraints.broken(state.product())
            ]
            if not broken:
                repaired.found[state.product().to(product.segment)] = state.changes
                continue
            needed = len(state.changes) + needed_for(broken)
            if needed > limit:
                beyond = min(beyond, needed)
            elif needed < inf:
                chosen = min(broken, key=lambda each: len(each.changes))
                open_.append(mended(state, chosen.changes))
        return beyond

    def _starts(self, product: Product) -> Iterator[State]:
        segments = self.segments if product.segment is None else (product.segment,)
        cards = tuple(card for card in self.cards if card != product.card)
        for segment in segments:
            yield State(product.card, frozenset(product.modules), segment, frozenset(), cards, ())
