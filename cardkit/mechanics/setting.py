"""What a mechanic is priced in, and what it answers."""

import random
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, Protocol

from cardkit.ground.distribution import AmountDistribution, CountDistribution
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.mechanics.common import Scope, Sharing

Year = tuple[tuple[Fraction, ...], ...]
"""One customer's year: a tuple for each period, with the period's amount (yuan), count, or tickets (yuan)."""


@frozen
class Basis:
    """The one distribution that a benefit is priced from, shared by `settle`'s sampler and `expect`.

    `amount`: each period has one amount of spend. `count`: each period has one count of qualifying
    events. `tickets`: each period has a count of purchases, and each purchase an amount.
    """

    kind: Literal["amount", "count", "tickets"]
    periods: int
    amount: AmountDistribution | None = None
    count: CountDistribution | None = None

    def sample_year(self, generator: random.Random) -> Year:
        """One customer's year, drawn from the basis."""
        return tuple(self._sample_period(generator) for _ in range(self.periods))

    def _sample_period(self, generator: random.Random) -> tuple[Fraction, ...]:
        if self.kind == "amount":
            assert self.amount is not None
            return (Fraction(self.amount.sample(generator)),)
        assert self.count is not None
        events = self.count.sample(generator)
        if self.kind == "count":
            return (Fraction(events),)
        assert self.amount is not None
        return tuple(Fraction(self.amount.sample(generator)) for _ in range(events))


NO_AMOUNTS: Mapping[str, Fraction] = {}


_NONE: Mapping[str, Fraction] = MappingProxyType({})


@frozen
class Expected:
    """What one *enrolled* holder is expected to be granted in a year, in yuan unless said otherwise.

    Enrolment, eligibility, partner shares and pools are not in it: they come after, for all mechanics alike.
    """

    units: Fraction
    """Contractual units after every limit of the benefit: what the mean of `settle` estimates."""
    cost: Fraction = Fraction(0)
    """Cost of the units before partner shares."""
    value: Fraction = Fraction(0)
    """What the units are worth to the customer at retail, before the valuation factor."""
    revenue: Mapping[str, Fraction] = _NONE
    """Revenue of the bank by line name, gross of VAT; a waiver is negative."""
    pays: Fraction = Fraction(0)
    """What the customer pays for it; a waiver is negative."""
    balance: Fraction = Fraction(0)
    """Average instalment balance outstanding, to be funded and to bear losses."""


class Setting(Protocol):
    """The card, segment and day that a benefit is priced in.

    Every method raises MissingFigure where the catalog doesn't say: missing is not zero.
    """

    def read(self, owner: Any, name: str) -> Fraction:
        """The value of the record field `name`, a figure, on the day and in the segment."""

    def optional(self, owner: Any, name: str) -> Fraction | None:
        """As `read`, but None where the field was left out."""

    def read_each(self, owner: Any, name: str) -> tuple[Fraction, ...]:
        """As `read`, for a field that is a list of figures."""

    def spend(self, scope: Scope | None, period: str) -> AmountDistribution:
        """Spend in scope of one holder in one period, yuan."""

    def purchases(self, scope: Scope | None, period: str) -> CountDistribution:
        """Number of purchases in scope of one holder in one period."""

    def ticket(self, scope: Scope | None) -> AmountDistribution:
        """Amount of one purchase in scope, yuan."""

    def usage(self, metric: str, factor: Fraction = Fraction(1)) -> CountDistribution:
        """One holder's demand in a year for what the segment uses, after selection, times a factor."""

    def usage_ticket(self, metric: str) -> AmountDistribution:
        """What one use costs at its retail price, yuan."""

    def sharing_factor(self, sharing: Sharing) -> Fraction:
        """Demand as a multiple of one holder's own: the sharing's factor once a pack shares it, else 1."""

    def cost_per_point(self, currency: str) -> Fraction:
        """Expected cost of one redeemed point, yuan."""

    def value_per_point(self, currency: str) -> Fraction:
        """What one redeemed point is worth to the customer, yuan."""

    def redemption_rate(self, currency: str) -> Fraction:
        """Share of granted points that are ever redeemed (URR)."""

    def fee(self, name: str) -> Fraction:
        """A fee of the card per holder and year, gross, times collection: what a waiver gives up, yuan."""

    def market(self, name: str) -> Fraction:
        """A market parameter of the catalog, e.g. `prepayment_loss`."""

    def holders(self) -> Fraction:
        """How many customers of the segment are expected to hold what the benefit belongs to."""

    def note(self, title: Text, value: Fraction, formula: str = "") -> Fraction:
        """Write a step of the arithmetic down for `--explain`; gives the value back."""
