"""A product over its segment's population: how many are expected to hold it, and what they bring."""

from dataclasses import dataclass, replace
from fractions import Fraction

from cardkit.ground.money import Fen
from cardkit.model.expression import Product
from cardkit.pricing.price import Price
from cardkit.pricing.setting import Day, RealSetting


@dataclass(frozen=True, slots=True)
class Choice:
    """One module of a product, and the probability that a customer of the segment chooses it."""

    module: str
    probability: Fraction


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A price, and the customers of the segment who are expected to hold the product."""

    price: Price
    population: int
    """Customers of the segment; the card alone is held by all of them."""
    choices: tuple[Choice, ...]
    holders: int
    """Population × Π probability, choices taken as independent; rounded half-even to whole customers."""

    def total(self, amount: Fen) -> Fen:
        """An amount of one holder, over all holders; exact, because both are whole."""
        return Fen(amount * self.holders)


def portfolio(day: Day, price: Price) -> Portfolio:
    """The holders of a price's product; raises MissingFigure where nothing says how many choose a module."""
    product = price.product
    choices = tuple(
        Choice(name, probability)
        for name, probability in zip(product.modules, _probabilities(day, product), strict=True)
    )
    population = _population(day, product)
    expected = population
    for choice in choices:
        expected *= choice.probability
    return Portfolio(price, round(population), choices, round(expected))


def _setting(day: Day, product: Product) -> RealSetting:
    card, segment = day.catalog.cards[product.card], day.catalog.segments[product.segment or ""]
    return RealSetting(day, card, segment, card, f"{product} --portfolio")


def _population(day: Day, product: Product) -> Fraction:
    setting = _setting(day, product)
    return setting.read(setting.segment, "population")


def _probabilities(day: Day, product: Product) -> list[Fraction]:
    setting = _setting(day, product)
    modules = [day.catalog.modules[name] for name in product.modules]
    return [replace(setting, holder=module).choose(module) for module in modules]
