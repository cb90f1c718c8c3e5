"""All that a change does: what `cardkit diff` reports, in the order of the report."""

from dataclasses import dataclass

from cardkit.diff.assortment import Assortment, assortment
from cardkit.diff.change import FieldChange, Kind, MoneyChange
from cardkit.diff.edges import Edges, edges
from cardkit.diff.fields import field_changes
from cardkit.diff.offers import Offers, offers, touched
from cardkit.diff.projection import cells_with_other_products
from cardkit.diff.promise import BrokenPromise
from cardkit.diff.registry import PROMISES
from cardkit.diff.sides import Sides
from cardkit.diff.waived import faults_of_waivers, with_waivers
from cardkit.diff.wording import Wording, wording
from cardkit.ground.finding import Finding, Severity
from cardkit.model.entity import active
from cardkit.solve.limits import Limits


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does, for whoever must decide on it."""

    sides: Sides
    promises: tuple[BrokenPromise, ...]
    """Broken ones, those that a waiver approves included."""
    faults: tuple[Finding, ...]
    """What is wrong with the files of waivers."""
    offers: Offers
    touched: Offers
    """What was changed, alone: modules on their segments' reference cards, cards."""
    edges: Edges
    assortment: Assortment
    wording: Wording
    fields: tuple[FieldChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all changed that a catalog says."""
        return not (
            self.sides.changed
            or self.promises
            or self.offers.changes
            or self.edges.changes
            or self.assortment.cells
        )

    @property
    def broken(self) -> tuple[BrokenPromise, ...]:
        """Broken promises that nobody has approved."""
        return tuple(
            each
            for each in self.promises
            if each.waiver is None and each.finding.code.severity is Severity.ERROR
        )

    @property
    def losses(self) -> tuple[MoneyChange, ...]:
        """What loses money for the bank after the change, and more than before it."""
        return tuple(each for each in self.money if is_new_loss(each))

    @property
    def unsellable(self) -> tuple[MoneyChange, ...]:
        """Bundles and saved products that may no longer be sold, or are new and may not be."""
        return tuple(each for each in self.offers.changes if self._cannot_be_sold(each))

    def _cannot_be_sold(self, change: MoneyChange) -> bool:
        if change.kind is Kind.OFFER_ADDED:
            return change.after is not None and not change.after.sellable
        if change.kind is Kind.OFFER_REMOVED:  # still offered, but of something that is gone
            entity = self.sides.entity(change.subject.id.partition("@")[0], after=True)
            return entity is not None and active(entity, self.sides.as_of)
        return change.kind is Kind.NO_LONGER_SOLD

    @property
    def money(self) -> tuple[MoneyChange, ...]:
        """Everything whose amounts move: offers, what was changed by itself, the edges of cells."""
        return (*self.offers.changes, *self.touched.changes, *self.edges.changes)

    @property
    def unfinished(self) -> bool:
        """Whether something was not found out within the limits."""
        return bool(self.edges.unknown or self.assortment.uncounted)


def is_new_loss(change: MoneyChange) -> bool:
    """Whether a product that may be sold loses money, and did not, or less, before."""
    after, before = change.after, change.before
    if after is None or not after.sellable or after.contribution >= 0:
        return False
    return before is None or not before.sellable or after.contribution < before.contribution


def difference(sides: Sides, limits: Limits, most_modules: int | None = None) -> Difference:
    """Work out everything that differs between two catalogs on a day.

    What can't have changed isn't computed; what the engine doesn't finish within the limits is said. With
    `most_modules` it isn't asked where more of them can be combined.
    """
    broken = [each for check in PROMISES for each in check(sides)]
    fields = field_changes(sides)
    cells = cells_with_other_products(sides)
    return Difference(
        sides,
        with_waivers(sides, broken),
        faults_of_waivers(sides.after.catalog),
        offers(sides),
        touched(sides),
        edges(sides, cells, limits, most_modules),
        assortment(sides, cells, limits, most_modules),
        wording(sides, fields),
        fields,
    )
