"""What expectations are held against: a catalog on a day, in a view, under a scenario; each made once."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.expectation import ProductExpectation
from cardkit.model.expression import Named, Product, parse, unknown
from cardkit.pricing.setting import Day, View
from cardkit.source.overlay import Overlay, assignments, overlaid

if TYPE_CHECKING:  # the engine loads NumPy, which only expectations of policies wait for
    from cardkit.solve.combinations import Combinations
    from cardkit.solve.limits import Limits

MOST_PROOF_SECONDS = 60.0
"""For all policies of a run together."""
_MOST_SEARCHES = 100


@dataclass(frozen=True, slots=True)
class World:
    """A catalog whose answers are asked for again and again."""

    catalog: Catalog
    _days: dict[tuple[date, str, str | None], Day] = field(default_factory=dict)
    _scenarios: dict[str, Catalog] = field(default_factory=dict)
    _combinations: dict[tuple[date, tuple[str, ...]], "Combinations"] = field(default_factory=dict)
    _limits: list["Limits"] = field(default_factory=list)
    _searches: list[int] = field(default_factory=lambda: [_MOST_SEARCHES])

    def day(self, as_of: date, view: str = "steady", scenario: str | None = None) -> Day:
        """The catalog on a day; raises CardkitError for a scenario that isn't there or fits nothing."""
        key = (as_of, view, scenario)
        if key not in self._days:
            self._days[key] = Day(self._under(scenario), as_of, view=cast("View", view))
        return self._days[key]

    def _under(self, scenario: str | None) -> Catalog:
        if scenario is None:
            return self.catalog
        if scenario not in self._scenarios:
            changes = assignments(self.catalog, Overlay(scenario))
            self._scenarios[scenario] = overlaid(self.catalog, changes)
        return self._scenarios[scenario]

    def combinations(self, as_of: date, segments: tuple[str, ...]) -> "Combinations":
        """Every product of some segments (all when empty) on a day; one clock runs for the whole run."""
        from cardkit.solve.combinations import Combinations
        from cardkit.solve.limits import Limits

        if not self._limits:
            self._limits.append(Limits(MOST_PROOF_SECONDS))
        key = (as_of, segments)
        if key not in self._combinations:
            self._combinations[key] = Combinations(self.day(as_of), self._limits[0], segments=segments)
        return self._combinations[key]

    def may_search(self) -> bool:
        """Whether one more text may be looked for by likeness: slow, so a run has a hundred of these."""
        self._searches[0] -= 1
        return self._searches[0] >= 0

    def named(self, expectation: ProductExpectation, campaigns: tuple[str, ...] = ()) -> Named:
        """The product, with the campaigns that are typed or named beside it.

        Raises CardkitError for what doesn't exist.
        """
        for campaign in campaigns:
            if campaign not in self.catalog.campaigns:
                raise unknown(self.catalog, campaign, ("campaign",))
        found = parse(self.catalog, expectation.product)
        together = tuple(dict.fromkeys((*found.campaigns, *campaigns)))
        return Named(found.product, found.typed, together, found.notes)


def nowhere(product: Product) -> CardkitError:
    """The error for a product that is meant wherever it is sold, and is sold nowhere."""
    return CardkitError(
        Text(f"没有客群可以办理 {product}", f"No segment may have {product}"),
        Text("见 cardkit check", f"see: cardkit check {product}"),
    )
