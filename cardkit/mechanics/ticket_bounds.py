"""Which purchases count by their amount: from a minimum ticket, up to a maximum ticket."""

from datetime import date
from fractions import Fraction
from math import inf

from cardkit.ground.distribution import AmountDistribution
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text, joined
from cardkit.mechanics.wording import Wording, at_least, yuan


@frozen
class TicketBounds:
    """Purchases of at least (or, where it is `exceeded`, more than) `least` and at most `most` yuan."""

    least: Fraction | None
    most: Fraction | None
    exceeded: bool = False

    def count(self, ticket: Fraction) -> bool:
        """Whether a purchase counts."""
        if self.least is not None and (ticket <= self.least if self.exceeded else ticket < self.least):
            return False
        return self.most is None or ticket <= self.most

    def chance(self, ticket: AmountDistribution, reached: float = 0) -> float:
        """P(T counts and T ≥ reached)."""
        top = 0.0 if self.most is None else ticket.above(float(self.most))
        return max(0.0, self._from(ticket, reached) - top)

    def spend(self, ticket: AmountDistribution, below: float) -> float:
        """E[T; T counts and T < below] in yuan; `below` may be infinite."""
        low = 0.0 if self.least is None else float(self.least)
        high = inf if self.most is None else float(self.most)
        total = ticket.partial_expectation(low, min(high, below))
        if high < below:  # a purchase of exactly the maximum counts
            total += high * self._exactly(ticket, high)
        if self.exceeded and low < below:  # one of exactly the minimum doesn't
            total -= low * self._exactly(ticket, low)
        return max(0.0, total)

    def _from(self, ticket: AmountDistribution, reached: float) -> float:
        low = 0.0 if self.least is None else float(self.least)
        if reached > low:
            return ticket.at_least(reached)
        return ticket.above(low) if self.exceeded and self.least is not None else ticket.at_least(low)

    @staticmethod
    def _exactly(ticket: AmountDistribution, amount: float) -> float:
        return ticket.at_least(amount) - ticket.above(amount)


def falls_below(higher: Figure, lower: Figure) -> bool:
    """Whether a figure stays below another on some day on which both have a value."""
    days = {entry.since for entry in (*higher.entries, *lower.entries) if entry.since is not None}
    for day in (*days, date.max):
        above, below = higher.on(day), lower.on(day)
        if above is not None and below is not None and above.value < below.value:
            return True
    return False


def tickets_text(
    minimum: Figure | None, maximum: Figure | None, comparison: str, words: Wording
) -> Text | None:
    """满 10 元且不超过 5,000 元 / at least CNY 10 and at most CNY 5,000; None where every ticket counts."""
    bounds = []
    if minimum is not None:
        bounds.append(at_least(comparison, yuan(words.value(minimum))))
    if maximum is not None:
        most = yuan(words.value(maximum))
        bounds.append(Text(f"不超过 {most.zh}", f"at most {most.en}"))
    return joined(bounds, "且", " and ") if bounds else None
