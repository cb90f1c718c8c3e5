"""Products side by side: every line of each, and what differs from the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.expression import Named
from cardkit.pricing.interaction_terms import interacting
from cardkit.pricing.lines import CustomerLine, Line
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day

Side = Literal["revenue", "cost", "pays", "value"]


@dataclass(frozen=True, slots=True)
class AcrossLine:
    """One line across the products. A product that lacks the line has 0 in it: it neither earns nor costs."""

    id: str
    """The line's id; a benefit of whichever card a product has is `card/BENEFIT`."""
    side: Side
    name: Text
    amounts: tuple[Fen, ...]
    """One for each product, in their order; signed on the bank's side."""

    @property
    def differences(self) -> tuple[Fen, ...]:
        """Each product's amount less the first's; the first of them is 0."""
        return tuple(Fen(amount - self.amounts[0]) for amount in self.amounts)

    @property
    def moves(self) -> Fen:
        """The largest difference from the first, without its sign."""
        return Fen(max(abs(difference) for difference in self.differences))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two products or more, each with its price, and the lines of all of them."""

    products: tuple[Named, ...]
    prices: tuple[Price, ...]
    bank: tuple[AcrossLine, ...]
    """Sum up, product by product, to the contributions."""
    customer: tuple[AcrossLine, ...]

    def modules(self) -> tuple[str, ...]:
        """The modules that some of the products have and others don't, sorted."""
        return tuple(sorted({name for one in self.products for name in one.product.modules} - self.common()))

    def common(self) -> frozenset[str]:
        """The modules that all of the products have."""
        sets = [frozenset(one.product.modules) for one in self.products]
        return sets[0].intersection(*sets[1:])

    def only_in(self, position: int) -> tuple[str, ...]:
        """The modules that this product has and none of the others."""
        others = {
            name for at, one in enumerate(self.products) if at != position for name in one.product.modules
        }
        return tuple(name for name in self.products[position].product.modules if name not in others)


def compare(day: Day, products: Sequence[Named]) -> Comparison:
    """The products' prices, line by line; raises CardkitError where one of them can't be priced.

    A benefit that an interaction group prices in one product and that stands alone in another is the same
    benefit: wherever any of the products prices a group as one term, the members' lines are added to it.
    """
    prices = tuple(price(day, one.product, one.campaigns) for one in products)
    groups = _groups(day, products)
    bank = _across(products, [[(line, line.side) for line in each.lines] for each in prices], groups)
    customer = _across(products, [[(line, line.kind) for line in each.customer] for each in prices], groups)
    return Comparison(tuple(products), prices, bank, customer)


def _groups(day: Day, products: Sequence[Named]) -> Mapping[str, str]:
    """The group that prices a benefit in one of the products, by `ENTITY/BENEFIT` or `card/BENEFIT`.

    A benefit that different groups price in different products stays what it is.
    """
    found: dict[str, set[str]] = {}
    for one in products:
        for group, members in interacting(day.catalog, one.product, day.as_of, one.campaigns):
            for member in members:
                reference = _of_card(member.reference, one.product.card)
                found.setdefault(reference, set()).add(group.id)
    return {reference: next(iter(groups)) for reference, groups in found.items() if len(groups) == 1}


def _of_card(line: str, card: str) -> str:
    return "card" + line.removeprefix(card) if line.startswith(f"{card}/") else line


def _grouped(line: str, groups: Mapping[str, str]) -> str:
    """A line's id, with the group in the place of the benefit that it prices."""
    benefit = "/".join(line.split("/")[:2])
    return groups.get(benefit, benefit) + line.removeprefix(benefit)


def _across(
    products: Sequence[Named],
    sides: Sequence[Sequence[tuple[Line | CustomerLine, Side]]],
    groups: Mapping[str, str],
) -> tuple[AcrossLine, ...]:
    amounts: dict[tuple[str, Side], list[int]] = {}
    names: dict[tuple[str, Side], Text] = {}
    for position, (one, lines) in enumerate(zip(products, sides, strict=True)):
        for line, side in lines:
            plain = _of_card(line.id, one.product.card)
            key = (_grouped(plain, groups), side)
            amounts.setdefault(key, [0] * len(products))[position] += line.amount
            if key[0] == plain:  # the group's own line knows best what it is called
                names[key] = line.name
            names.setdefault(key, line.name)
    return tuple(
        AcrossLine(name, side, names[name, side], tuple(Fen(amount) for amount in found))
        for (name, side), found in amounts.items()
    )
