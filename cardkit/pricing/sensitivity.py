"""How sure a price is: break-evens and worst cases of its parts, and the assumptions that move it most."""

from collections.abc import Iterator
from dataclasses import dataclass

from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.expression import Product
from cardkit.pricing.assumptions import Assumption, assumptions
from cardkit.pricing.break_even import BreakEven
from cardkit.pricing.part_break_even import Part, list_price, setting_of, spend, take_up
from cardkit.pricing.price import Price, addressed
from cardkit.pricing.setting import Day
from cardkit.pricing.what_if import WhatIf
from cardkit.pricing.worst_case import WorstCase, worst_case


@dataclass(frozen=True, slots=True)
class PartSensitivity:
    """One part of a product: its card, a module, or a campaign that was counted in."""

    id: str
    kind: str
    name: Text
    take_up: BreakEven
    """Take-up of the part's main benefit at which the product's contribution is zero, all scaled together."""
    price: BreakEven
    """Yuan a year: the module's list price, or the card's annual fee, at which the contribution is zero."""
    own_take_up: BreakEven | None
    """As `take_up`, but where the product earns what it earns without the part; None for the card."""
    own_price: BreakEven | None
    """As `price`, likewise: the price at which the part pays for itself."""
    spend: BreakEven
    """A change of the segment's whole spend, in ticket size, as a share of it.

    For a module or campaign: more spend that would pay for it, so that the product earns what it earns
    without it. For the card: the change at which the product's contribution is zero.
    """
    worst: tuple[WorstCase, ...]

    @property
    def worst_cost(self) -> Fen | None:
        """The sum of the worst cases before partner shares; None where one of them has no bound."""
        return _sum([each.cost for each in self.worst])

    @property
    def worst_borne(self) -> Fen | None:
        """What the bank bears of it."""
        return _sum([each.borne for each in self.worst])


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a price depends on."""

    parts: tuple[PartSensitivity, ...]
    assumptions: tuple[Assumption, ...]


def sensitivity(day: Day, price: Price, campaigns: tuple[str, ...] = ()) -> Sensitivity:
    """Break-evens, worst cases and the five strongest assumptions of a price.

    Every number comes from pricing the product again with changed figures, exactly as `--set` changes them.
    """
    product = price.product
    what_if = WhatIf(day, product, campaigns)
    parts = []
    nothing = Fen(0)
    for part in _parts(day, product, campaigns):
        setting = setting_of(what_if, part)
        bare = None if isinstance(part, Card) else what_if.without(part.id).contribution()
        worst = [worst_case(benefit, setting, price) for benefit in part.rights]
        parts.append(
            PartSensitivity(
                part.id,
                part.kind,
                part.name,
                take_up(what_if, part, price, nothing),
                list_price(what_if, part, nothing),
                None if bare is None else take_up(what_if, part, price, bare),
                None if bare is None else list_price(what_if, part, bare),
                spend(what_if, bare),
                tuple(each for each in worst if each is not None),
            )
        )
    return Sensitivity(tuple(parts), assumptions(what_if))


def _parts(day: Day, product: Product, campaigns: tuple[str, ...]) -> Iterator[Part]:
    catalog = day.catalog
    yield catalog.cards[product.card]
    for name in product.modules:
        yield catalog.modules[name]
    for name in campaigns:
        if addressed(catalog.campaigns[name], product.segment or "", day):
            yield catalog.campaigns[name]


def _sum(amounts: list[Fen | None]) -> Fen | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return Fen(total)
