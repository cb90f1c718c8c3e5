"""May a product be sold; if not, what forbids it, and what to change: everything that `check` says."""

from datetime import date

from cardkit.combine.compile import constraints
from cardkit.combine.sellable import sellable_segments
from cardkit.ground.frozen import frozen
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.solve.conflicts import NONE, Conflicts, conflicts, even_if_extended
from cardkit.solve.suggestions import Aim, Nearest


@frozen
class Verdict:
    """The answer for one product."""

    product: Product
    segments: tuple[str, ...]
    """The segments that may have it, whichever it was asked for."""
    conflicts: Conflicts
    extended: Conflicts
    """What forbids every product with the same modules and more; none where adding modules mends it."""
    nearest: Nearest
    aim: Aim

    @property
    def sellable(self) -> bool:
        """Whether its segment may have it; without one, whether some segment may."""
        return bool(self.segments) if self.product.segment is None else self.product.segment in self.segments


def verdict(
    catalog: Catalog, product: Product, as_of: date, aim: Aim = "bank", *, every: bool = False
) -> Verdict:
    """The verdict on a product on a day; with `every` the larger sets of rules too that forbid it."""
    segments = sellable_segments(catalog, product, as_of)
    found = Verdict(product, segments, NONE, NONE, Nearest(), aim)
    if found.sellable:
        return found
    from cardkit.pricing.setting import Day
    from cardkit.solve.nearest import nearest

    known, every_segment = constraints(catalog, as_of), tuple(catalog.segments)
    near = nearest(Day(catalog, as_of), product, aim)
    extended = NONE
    if not near.extended:
        modules = frozenset(catalog.modules)
        extended = even_if_extended(known, product, every_segment, modules, every=every)
    why = conflicts(known, product, every_segment, every=every)
    return Verdict(product, segments, why, extended, near, aim)
