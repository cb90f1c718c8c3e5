"""Which options points can be redeemed for, and who grants each of them."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from cardkit.mechanics.base import Benefit
from cardkit.mechanics.redeem import Redeem
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity


class Redemption(NamedTuple):
    """The figures of one option."""

    share: Fraction
    """Of the redeemed points, as the option's file says; the options of a currency may not sum to one."""
    points: Fraction
    cost: Fraction
    """Yuan, for the bank."""
    retail: Fraction
    """Yuan, for the customer."""


def options_in(rights: Iterable[Benefit], currency: str) -> Iterator[Redeem]:
    """The options of one points currency among some rights."""
    return (right for right in rights if isinstance(right, Redeem) and right.currency == currency)


def granting(catalog: Catalog) -> dict[int, Entity]:
    """Who grants each redemption option of a catalog, by the option's identity."""
    return {
        id(right): entity
        for _, entity in catalog.holders()
        for right in entity.rights
        if isinstance(right, Redeem)
    }
