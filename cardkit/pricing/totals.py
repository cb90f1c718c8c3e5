"""What an amount means for bank and customer at once: five sums in whole fen that only ever add."""

from typing import NamedTuple

from cardkit.pricing.lines import Terms


class Totals(NamedTuple):
    """The sums of some lines, per active holder and year, in fen."""

    revenue: int = 0
    """Revenue lines, waivers and discounts taken off; gross of VAT."""
    benefit_cost: int = 0
    """What rights cost, within `cost`; positive."""
    cost: int = 0
    """All cost lines; positive."""
    pays: int = 0
    """What the customer pays; discounts and waivers taken off."""
    value: int = 0
    """What the customer's rights are worth to them."""

    @property
    def contribution(self) -> int:
        """Revenue less every cost."""
        return self.revenue - self.cost

    @property
    def customer_net(self) -> int:
        """Value less pays."""
        return self.value - self.pays

    def __add__(self, other: "Totals") -> "Totals":  # type: ignore[override]  # sums, not a longer tuple
        return Totals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Totals()


def totals_of(terms: Terms) -> Totals:
    """The sums of lines."""
    return Totals(
        sum(line.amount for line in terms.lines if line.side == "revenue"),
        -sum(line.amount for line in terms.lines if line.benefit),
        -sum(line.amount for line in terms.lines if line.side == "cost"),
        sum(line.amount for line in terms.customer if line.kind == "pays"),
        sum(line.amount for line in terms.customer if line.kind == "value"),
    )
