"""A sheet is a whitelist projection: no cost, take-up, margin or partner share can appear on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from cardkit.ground.shape.figure import Figure
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.preview.project import sheet_of
from cardkit.preview.public import public_face

DECIDES = {
    ("segment", "minimum_age"): "whether the segment is old enough for the card",
    ("rule", "number"): "what may be combined",
    ("rule", "most"): "what may be combined",
    ("module", "attributes"): "what may be combined",
    (None, "multi_module_discounts", "modules"): "how many paid modules earn the discount",
}
"""Hidden numbers that no sheet shows, but that decide whether a product may be sold, or earns a discount."""

Asked = list[tuple[Product, tuple[str, ...]]]


def decides(data: Any, path: tuple[str | int, ...]) -> bool:
    steps = [data.get("kind"), *(step for step in path if isinstance(step, str))]
    return any(all(word in steps for word in words) for words in DECIDES)


@pytest.fixture(scope="module")
def asked(shipped: Catalog) -> Asked:
    """Every saved product, bundle and campaign; every card, and every module, in every segment."""
    named = [parse(shipped, name) for name in (*shipped.products, *shipped.bundles, *shipped.campaigns)]
    found: Asked = [(it.product, it.campaigns) for it in named]
    for segment, data in shipped.segments.items():
        found += [(Product(card, (), segment), ()) for card in shipped.cards]
        found += [(Product(data.reference_card, (module,), segment), ()) for module in shipped.modules]
    return found


@pytest.fixture
def scrambled(shipped: Catalog, kit: Any, apart: Any) -> Catalog:
    """The shipped catalog with every hidden number changed: costs, shares, take-up, populations …"""
    files, count = [], 0
    for data in apart.data_of(shipped):
        hidden = [it for it in apart.numbers(data) if not it.public and not decides(data, it.path)]
        files.append(apart.changed(data, hidden))
        count += len(hidden)
    assert count > 2000
    made: Catalog = kit.of_data(files[0], files[1:])
    return made


def test_no_sheet_changes_when_every_hidden_number_does(
    shipped: Catalog, scrambled: Catalog, asked: Asked, kit: Any
) -> None:
    assert len(asked) > 300
    for product, campaigns in asked:
        before = sheet_of(shipped, product, kit.AS_OF, campaigns)
        after = sheet_of(scrambled, product, kit.AS_OF, campaigns)
        assert before == after, product


def test_the_pages_stay_the_same_to_the_byte(
    shipped: Catalog, scrambled: Catalog, asked: Asked, kit: Any
) -> None:
    for product, campaigns in asked[: len(shipped.products) + len(shipped.bundles) + len(shipped.campaigns)]:
        before = kit.everything_said(sheet_of(shipped, product, kit.AS_OF, campaigns))
        assert before == kit.everything_said(sheet_of(scrambled, product, kit.AS_OF, campaigns)), product


def test_the_hidden_numbers_were_really_others(shipped: Catalog, scrambled: Catalog) -> None:
    for name in ("city-card", "rent-instalments", "first-spend-journey", "new-resident"):
        assert scrambled.entities[name] != shipped.entities[name]


def test_no_source_owner_or_contract_number_stands_on_a_sheet(
    shipped: Catalog, asked: Asked, kit: Any, apart: Any
) -> None:
    files = [apart.marked(data) for data in apart.data_of(shipped)]
    secret = kit.of_data(files[0], files[1:])
    assert secret.cards["city-card"].owner == apart.LEAK
    for product, campaigns in asked:
        assert apart.LEAK not in repr(sheet_of(secret, product, kit.AS_OF, campaigns)), product


def test_the_public_face_has_no_hidden_field(shipped: Catalog) -> None:
    for _, holder in shipped.holders():
        for right in holder.rights:
            face = public_face(right)
            assert face.name == right.name
            assert not any(hasattr(face, name) for name in ("take_up", "valuation", "funding"))
            with pytest.raises(AttributeError):
                _ = face.eligibility.share
    assert not hasattr(public_face(shipped.cards["city-card"]), "acquisition_cost")
    assert not hasattr(public_face(shipped.campaigns["first-spend-journey"]), "target")


def test_the_public_face_keeps_a_figure_and_drops_where_it_came_from(shipped: Catalog) -> None:
    found = [it for _, holder in shipped.holders() for it in figures(public_face(holder))]
    assert len(found) > 100
    assert {(entry.source, entry.status) for it in found for entry in it.entries} == {(None, None)}


def figures(value: Any) -> Iterator[Figure]:
    """Every figure in a record."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from figures(part)
    else:
        names = {name for made in type(value).__mro__ for name in getattr(made, "__slots__", ())}
        for name in names:
            yield from figures(getattr(value, name, None))


def test_a_record_whose_defaults_would_show_through_is_refused() -> None:
    @dataclass
    class Loose:
        cost: int = 5

    with pytest.raises(TypeError, match="slots"):
        public_face(Loose())
