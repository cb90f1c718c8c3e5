"""One product, priced again and again with changed figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cardkit.ground.money import Fen
from cardkit.model.expression import Product
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import INPUTS, Day
from cardkit.pricing.worksheet import Step
from cardkit.source.overlay import assignment, overlaid


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A product on a day, with its campaigns; changes are those of `--set`."""

    day: Day
    product: Product
    campaigns: tuple[str, ...]
    _known: dict[tuple[str, ...], Fen] = field(default_factory=dict)

    @property
    def segment(self) -> str:
        """The product's segment: only a product that has one is priced."""
        assert self.product.segment is not None, "only a product with a segment has a price"
        return self.product.segment

    def contribution(self, changes: Iterable[str] = ()) -> Fen:
        """The contribution with the changes; raises CardkitError where a change doesn't fit the catalog."""
        key = tuple(changes)
        if key not in self._known:
            catalog = overlaid(self.day.catalog, map(assignment, key))
            day = replace(self.day, catalog=catalog, memory={})
            self._known[key] = price(day, self.product, self.campaigns).contribution
        return self._known[key]

    def without(self, entity: str) -> "WhatIf":
        """The product without one of its modules or campaigns."""
        modules = tuple(name for name in self.product.modules if name != entity)
        campaigns = tuple(name for name in self.campaigns if name != entity)
        return WhatIf(self.day, replace(self.product, modules=modules), campaigns)

    def inputs(self) -> tuple[Price, list[Step]]:
        """The price, and every figure of the catalog that it read."""
        read: list[Step] = []
        day = replace(self.day, memory={INPUTS: read})
        return price(day, self.product, self.campaigns), read
