"""The other half of the whitelist: every public number stands on the sheet of what it belongs to."""

from collections.abc import Iterator
from operator import eq
from typing import Any

import pytest

from cardkit.ground.shape.base import ShapeError
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.preview.project import sheet_of
from cardkit.render import sheet_json
from cardkit.render.data_json import dumps


def said(catalog: Catalog, name: str, kit: Any) -> Iterator[str]:
    """What is said of an entity, on a product that has it, in every segment."""
    campaigns = (name,) if name in catalog.campaigns else ()
    for segment, data in catalog.segments.items():
        product = Product(data.reference_card, (), segment)
        if name in catalog.bundles or name in catalog.cards:
            product = parse(catalog, f"{name}@{segment}").product
        elif name in catalog.modules:
            product = Product(data.reference_card, (name,), segment)
        yield dumps(sheet_json.document(sheet_of(catalog, product, kit.AS_OF, campaigns), "en"))


def holds(data: Any, path: tuple[str | int, ...], as_of: str) -> bool:
    """Whether a dated value is still to come or is the last one begun; every other number holds."""
    holder = data
    for step in path[:-2]:
        holder = holder[step]
    if path[-1] != "value" or not isinstance(holder, list) or "from" not in holder[0]:
        return True
    begun = [index for index, entry in enumerate(holder) if entry["from"] <= as_of]
    return path[-2] in begun[-1:]


@pytest.mark.parametrize("kind", ["card", "module", "bundle", "campaign", "service"])
def test_every_public_number_of_the_shipped_catalog_is_shown(
    kind: str, shipped: Catalog, kit: Any, apart: Any
) -> None:
    unseen, count = [], 0
    for data in apart.data_of(shipped):
        if data.get("kind") != kind:
            continue
        before = list(said(shipped, data["id"], kit))
        for place in apart.numbers(data):
            if not place.public or not holds(data, place.path, kit.AS_OF.isoformat()):
                continue
            try:
                entity = kit.built(apart.changed(data, [place]))
            except ShapeError:
                continue  # the changed number no longer goes with the others
            count += 1
            after = said(kit.with_entity(shipped, entity), data["id"], kit)
            if all(map(eq, before, after)):
                unseen.append((data["id"], place.path))
    assert not unseen
    assert count > 3 or kind == "service"


def test_public_numbers_of_the_settings_and_of_groups_are_shown(
    small_catalog: Any, kit: Any, apart: Any
) -> None:
    more = kit.module_data(
        "more",
        kit.right("cashback", "back", rate="2%"),
        kit.right("earn", "miles", currency="points", yuan_per_point=10),
    )
    second = kit.module_data("second", kit.right("earn", currency="points", yuan_per_point=10))
    together = {"metric": "reward", "most": 60, "period": "calendar-month"}
    group = kit.group_data("card/core-cashback", "more/back", cap=together)
    catalog = small_catalog(more, second, group)

    def sheet(catalog: Catalog) -> str:
        text: str = kit.everything_said(kit.sheet_for(catalog, "plain-card", "more", "second"))
        return text

    files, before, checked = apart.data_of(catalog), sheet(catalog), []
    for index, data in enumerate(files):
        for place in apart.numbers(data):
            if data.get("kind") in (None, "interaction") and place.public:
                others = [*files[:index], apart.changed(data, [place]), *files[index + 1 :]]
                assert sheet(kit.of_data(others[0], others[1:])) != before, place.path
                checked.append(place.path[-1])
    assert sorted(checked) == ["amount", "expiry_months", "most", "notice_days"]
