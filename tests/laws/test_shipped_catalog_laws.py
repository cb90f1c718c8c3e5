"""Laws of the price that need no random catalog: they hold over the shipped one."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from cardkit.model.expression import parse
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import from_texts, load
from cardkit.source.texts import read_folder

ROOT = Path(__file__).parents[2] / "catalog"
TEXTS = read_folder(ROOT)[0]
CATALOG = load(ROOT)
NAMED = [*CATALOG.bundles, *CATALOG.products]
FIRST, LAST = date(2026, 7, 1), date(2027, 6, 30)


def changes() -> list[date]:
    """The first days of a year's spans in which nothing dated changes, and the day after the last."""
    written = {
        date.fromisoformat(found) + timedelta(days=word == "until")
        for raw in TEXTS.values()
        for word, found in re.findall(r"\b(from|until): ([0-9]{4}-[0-9]{2}-[0-9]{2})\b", raw.decode())
    }
    return [FIRST, *sorted(day for day in written if FIRST < day <= LAST), LAST + timedelta(days=1)]


@pytest.mark.parametrize("name", NAMED)
def test_between_two_dated_changes_no_price_changes(name: str) -> None:
    product = parse(CATALOG, name).product
    product = product.to(product.segment or next(iter(CATALOG.segments)))
    for first, after in pairwise(changes()):
        last = after - timedelta(days=1)
        assert price(Day(CATALOG, first), product) == price(Day(CATALOG, last), product)


def test_the_order_of_files_changes_neither_hash_nor_price() -> None:
    files = list(TEXTS.items())
    Random(20260701).shuffle(files)
    again = from_texts(dict(files), [])
    assert again.hash == CATALOG.hash == load(ROOT).hash
    for name in NAMED:
        product = parse(CATALOG, name).product
        for segment in CATALOG.segments:
            one, other = (price(Day(each, FIRST), product.to(segment)) for each in (CATALOG, again))
            assert one == other
