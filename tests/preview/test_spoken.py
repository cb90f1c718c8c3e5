"""What a sheet says is all there, piece by piece."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cardkit.ground.text import LANGUAGES, Text
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.preview.project import sheet_of
from cardkit.preview.spoken import pieces
from cardkit.source.load import load

CATALOG = Path(__file__).parent.parent.parent / "catalog"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(CATALOG)


def texts(value: Any) -> Iterator[Text]:
    """Every text in a sheet, however deep, but those that no page shows."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            if each.name not in ("periods", "source", "purpose", "card", "segment"):
                yield from texts(getattr(value, each.name))


@pytest.mark.parametrize("product", ["city-roots@new-resident", "private-world", "black-gold-card@gen-z"])
def test_every_text_of_a_sheet_is_spoken(catalog: Catalog, product: str) -> None:
    sheet = sheet_of(catalog, parse(catalog, product).product, date(2026, 11, 22), ("birthday-gift",))
    spoken = list(pieces(sheet))
    for language in LANGUAGES:
        said = "\n".join(piece.text.to(language) for piece in spoken)
        assert [text.to(language) for text in texts(sheet) if text.to(language) not in said] == []


def test_a_piece_knows_the_right_that_it_is_about(catalog: Catalog) -> None:
    product = parse(catalog, "city-roots@new-resident").product
    about = {piece.about for piece in pieces(sheet_of(catalog, product, date(2026, 11, 22)))}
    assert {"city-card/core-cashback", "rent-instalments", "rent-instalments/rent-plan"} <= about
