"""The price of a product in a segment: terms in whole fen that only add."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.campaign import Campaign
from cardkit.model.expression import Product
from cardkit.model.sellable import Refusal, refusals
from cardkit.pricing.benefit_terms import benefit_terms
from cardkit.pricing.card_terms import card_terms
from cardkit.pricing.discounts import discount_terms, module_fee_terms
from cardkit.pricing.interaction_terms import interacting, interaction_terms
from cardkit.pricing.lines import CustomerLine, Line, Terms
from cardkit.pricing.setting import Day, RealSetting, View


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
    setting = RealSetting(day, card, segment, card, str(product))
    running = tuple(name for name in campaigns if addressed(catalog.campaigns[name], product.segment, day))
    groups = interacting(catalog, product, day.as_of, running)
    grouped = frozenset(member.reference for _, members in groups for member in members)
    terms = Terms()
    terms.add(card_terms(setting, grouped))
    for name in product.modules:
        module = catalog.modules[name]
        terms.add(module_fee_terms(module, setting))
        at = replace(setting, holder=module)
        for benefit in module.rights:
            if f"{name}/{benefit.id}" not in grouped:
                terms.add(benefit_terms(benefit, at))
    for name in running:
        terms.add(_campaign_terms(catalog.campaigns[name], setting, grouped))
    for group, members in groups:
        terms.add(interaction_terms(group, members, setting))
    terms.add(discount_terms(product, setting))
    forbidden = refusals(catalog, product, day.as_of)
    return Price(product, forbidden, tuple(terms.lines), tuple(terms.customer), day.view)


def addressed(campaign: Campaign, segment: str, day: Day) -> bool:
    """Whether a campaign is for the segment and runs on the day; otherwise it is no part of a price."""
    return segment in campaign.target.segments and campaign.window.holds(day.as_of)


def _campaign_terms(campaign: Campaign, setting: RealSetting, grouped: frozenset[str]) -> Terms:
    """A campaign's rights, for the share of the segment that it targets."""
    at = replace(setting, holder=campaign)
    terms = Terms()
    for benefit in campaign.rights:
        if f"{campaign.id}/{benefit.id}" not in grouped:
            terms.add(benefit_terms(benefit, at))
    return terms
