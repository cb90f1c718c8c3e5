"""Sums as clauses in which every helper variable has exactly one value for each product.

So a model counter that counts assignments counts products: helpers neither split a product in two nor, as
a one-sided helper would, leave one out.
"""

from collections.abc import Callable, Sequence

from cardkit.solve.clauses import Clauses, Literal


class Determined(Clauses):
    """Clauses whose sums are literals that are true if, and only if, the sum is within its bounds."""

    def __init__(self, add: Callable[[list[int]], None]) -> None:
        super().__init__(add)
        # Bounds of the same weights, as the slots of cards, end alike: what is said once serves them all.
        self._known: dict[tuple[int, Literal, Literal], int] = {}

    def _node(
        self, literal: int, with_: Literal, without: Literal, _low: int | None, _high: int | None
    ) -> Literal:
        return self._either(literal, with_, without)

    def _compared(self, bits: Sequence[int], low: int | None, high: int | None) -> Literal:
        # From the lowest bit up: the higher bit decides, and where it is the bound's, the bits below it do.
        not_above: Literal = True
        not_below: Literal = True
        for place, bit in enumerate(bits):
            if high is not None:
                below = bool(high >> place & 1)
                not_above = self._either(bit, not_above if below else False, True if below else not_above)
            if low is not None:
                above = bool(low >> place & 1)
                not_below = self._either(bit, not_below if above else True, False if above else not_below)
        if not isinstance(not_above, bool):
            return self._either(not_above, not_below, False)
        return not_below if not_above else False

    def _either(self, literal: int, with_: Literal, without: Literal) -> Literal:
        """What `with_` says where the literal is true, and what `without` says where it is false."""
        if with_ is without or (with_ == without and type(with_) is type(without)):
            return with_
        if with_ is True and without is False:
            return literal
        if with_ is False and without is True:
            return -literal
        key = (literal, with_, without)
        if key in self._known:
            return self._known[key]
        node = self._known[key] = self.variable()
        for condition, said in ((-literal, with_), (literal, without)):
            self._implied([condition, -node], said)
            self._implied([condition, node], not said if isinstance(said, bool) else -said)
        return node
