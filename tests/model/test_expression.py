"""The product expression: one token for a product, however it was typed."""

from collections.abc import Callable

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse

BUNDLE = (
    "kind: bundle\nid: start\nname: {zh: 起步, en: Start}\nowner: me\ncard: gold-card\n"
    "modules: [pet-care, lounge-pass]\nsegments: [gen-z]\ndiscount: 10\n"
)
SAVED = "kind: product\nid: {id}\nname: {{zh: 保存, en: Saved}}\nowner: me\nproduct: {product}\n"


@pytest.fixture
def catalog(with_files: Callable[..., Catalog]) -> Catalog:
    return with_files(
        bundles__start=BUNDLE,
        products__mine=SAVED.format(id="mine", product="start+card-security@senior"),
        products__loop=SAVED.format(id="loop", product="loop+pet-care"),
    )


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("gold-card", "gold-card"),
        ("gold-card+pet-care+card-security", "gold-card+card-security+pet-care"),
        ("pet-care+gold-card@gen-z", "gold-card+pet-care@gen-z"),
        ("start", "gold-card+lounge-pass+pet-care"),
        ("start+card-security@senior", "gold-card+card-security+lounge-pass+pet-care@senior"),
        ("mine", "gold-card+card-security+lounge-pass+pet-care@senior"),
        ("mine@gen-z", "gold-card+card-security+lounge-pass+pet-care@gen-z"),
        ("pet-care@gen-z", "city-card+pet-care@gen-z"),
        ("gen-z", "city-card@gen-z"),
    ],
)
def test_a_product_has_one_canonical_form(catalog: Catalog, typed: str, canonical: str) -> None:
    assert catalog.segments["gen-z"].reference_card == "city-card"
    assert str(parse(catalog, typed).product) == canonical
    assert str(parse(catalog, canonical).product) == canonical


@pytest.mark.parametrize(
    "typed",
    ["", "@gen-z", "+", "gold-card+", "gold-card@", "gold-card@gen-z@senior", "gold-card+city-card", "loop",
     "pet-care", "start+pet-care", "gold-card+pet-care+pet-care", "nothing", "gold-card+Pet-Care",
     "gold-card@pet-care"],
)  # fmt: skip
def test_what_is_no_product_is_refused_with_a_hint(catalog: Catalog, typed: str) -> None:
    with pytest.raises(CardkitError) as caught:
        parse(catalog, typed)
    assert caught.value.hint is not None
