"""The price of a product in a segment: terms in whole fen that only add."""

from collections.abc import Iterable
from dataclasses import dataclass

from cardkit.combine.sellable import refusals
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.campaign import Campaign
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.pricing.lines import CustomerLine, Line
from cardkit.pricing.parts import Parts, terms_of
from cardkit.pricing.setting import Day, View


@dataclass(frozen=True, slots=True)
class Price:
    """A product's price for the bank and for the customer, per active holder and year."""

    product: Product
    refusals: tuple[Refusal, ...]
    lines: tuple[Line, ...]
    customer: tuple[CustomerLine, ...]
    view: View = "steady"

    @property
    def sellable(self) -> bool:
        """Whether the product may be sold in its segment on the day."""
        return not self.refusals

    @property
    def revenue(self) -> Fen:
        """Sum of the revenue lines, waivers and discounts taken off; gross of VAT."""
        return _sum(line.amount for line in self.lines if line.side == "revenue")

    @property
    def cost(self) -> Fen:
        """Sum of all cost lines, as a positive amount."""
        return Fen(-_sum(line.amount for line in self.lines if line.side == "cost"))

    @property
    def benefit_cost(self) -> Fen:
        """What the rights themselves cost, within `cost`; positive."""
        return Fen(-_sum(line.amount for line in self.lines if line.benefit))

    @property
    def contribution(self) -> Fen:
        """Revenue less every cost."""
        return _sum(line.amount for line in self.lines)

    @property
    def customer_pays(self) -> Fen:
        """Fees, premiums, module prices and instalment interest."""
        return _sum(line.amount for line in self.customer if line.kind == "pays")

    @property
    def customer_value(self) -> Fen:
        """Expected units used × retail value × valuation."""
        return _sum(line.amount for line in self.customer if line.kind == "value")

    @property
    def customer_net(self) -> Fen:
        """Value less pays."""
        return Fen(self.customer_value - self.customer_pays)


def _sum(amounts: Iterable[Fen]) -> Fen:
    return Fen(sum(amounts))


def price(day: Day, product: Product, campaigns: tuple[str, ...] = ()) -> Price:
    """The price of a product in its segment on a day, with the campaigns given.

    A product that may not be sold is priced all the same and says so. Raises MissingFigure where the
    catalog doesn't give a figure that the price needs, CardkitError for a product without a segment.
    """
    catalog = day.catalog
    if product.segment is None:
        raise CardkitError(
            Text(f"{product} 没有客群，无法定价", f"{product} has no segment to be priced in"),
            Text("写成 …@SEGMENT", "write …@SEGMENT"),
        )
    card, segment = catalog.cards[product.card], catalog.segments[product.segment]
    running = tuple(name for name in campaigns if addressed(catalog.campaigns[name], product.segment, day))
    parts = Parts(day, card, segment, running)
    terms = terms_of(parts, parts.product(product.modules))
    forbidden = refusals(catalog, product, day.as_of)
    return Price(product, forbidden, tuple(terms.lines), tuple(terms.customer), day.view)


def addressed(campaign: Campaign, segment: str, day: Day) -> bool:
    """Whether a campaign is for the segment and runs on the day; otherwise it is no part of a price."""
    return segment in campaign.target.segments and campaign.window.holds(day.as_of)
