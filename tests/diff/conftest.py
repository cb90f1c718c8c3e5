"""The small example catalog of the checks, and two sides of it."""

from collections.abc import Callable
from datetime import date

import pytest

from cardkit.diff.difference import Difference, difference
from cardkit.diff.sides import Sides
from cardkit.pricing.setting import Day
from cardkit.solve.limits import Limits
from tests.checks.conftest import AS_OF, Texts, catalog_of, changed, example, lines_meant

__all__ = ["changed", "example", "lines_meant"]

Compare = Callable[..., Difference]


def sides_of(before: Texts, after: Texts, as_of: date = AS_OF) -> Sides:
    return Sides(Day(catalog_of(before), as_of), Day(catalog_of(after), as_of))


@pytest.fixture(scope="session")
def compare() -> Compare:
    """What differs between two catalogs, given as texts by file name."""

    def compare(
        before: Texts, after: Texts, as_of: date = AS_OF, most_modules: int | None = None
    ) -> Difference:
        return difference(sides_of(before, after, as_of), Limits(), most_modules)

    return compare
