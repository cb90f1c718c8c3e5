"""A catalog's rules on one day as a JSON Schema for products, so that an app can apply them without cardkit.

The document that it validates is `{card, modules, segment}`. A segment that is left out or null isn't
chosen yet: then only what holds for every segment counts, as in `refusals`. Each rule and limit is said under
its own name; what can't be said is listed in the schema itself.
"""

from datetime import date
from typing import Any

from cardkit.combine.bounds import Bounds
from cardkit.combine.compile import constraints
from cardkit.combine.said import Sayer
from cardkit.combine.sentences import Schema, either
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product

FORMAT_VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOT_EXPRESSED = "x-cardkit-not-expressed"

_CARD = Text("目录里的一张基础卡", "a base card of the catalog")
_MODULES = Text("加在卡上的模块，每个只写一次", "the modules added to the card, each once")
_MODULE = Text("目录里的一个模块", "a module of the catalog")
_SEGMENT = Text(
    "目录里的一个客群；还没选时不写或写 null", "a segment of the catalog; left out or null until chosen"
)


def product_schema(catalog: Catalog, as_of: date) -> Schema:
    """The JSON Schema (draft 2020-12) of the products that may be sold on a day.

    It refuses nothing that `refusals` accepts, and accepts what `refusals` refuses only by the rules that it
    lists under `x-cardkit-not-expressed`. The same catalog and day give the same schema.
    Raises CardkitError where catalog.yaml has faults.
    """
    bounds = Bounds()
    sayer = Sayer(tuple(catalog.cards), tuple(catalog.modules), tuple(catalog.segments), bounds)
    said = [sentence for each in constraints(catalog, as_of) for sentence in sayer.said(each)]
    settings = catalog.settings
    about = Text(
        f"{as_of} 可售的产品：{settings.name.zh}", f"Products on sale on {as_of}: {settings.name.en}"
    )
    return {
        "$schema": DIALECT,
        "title": f"{settings.id} {as_of}",
        "description": either(about),
        "x-cardkit": {
            "format_version": FORMAT_VERSION,
            "catalog": {"id": settings.id, "hash": catalog.hash},
            "as_of": as_of.isoformat(),
        },
        NOT_EXPRESSED: [{"rule": rule, "reason": either(why)} for rule, why in bounds.not_expressed.items()],
        "type": "object",
        "required": ["card", "modules"],
        "additionalProperties": False,
        "properties": {
            "card": {**_named("card", _CARD), "enum": list(catalog.cards)},
            "modules": {
                **_named("modules", _MODULES),
                "type": "array",
                "uniqueItems": True,
                "maxItems": len(catalog.modules),
                "items": {**_named("module", _MODULE), "enum": list(catalog.modules)},
            },
            "segment": {**_named("segment", _SEGMENT), "enum": [*catalog.segments, None]},
        },
        # An empty allOf is no schema.
        **({"allOf": said} if said else {}),
        "$defs": bounds.sets,
    }


def _named(title: str, about: Text) -> Schema:
    return {"title": title, "description": either(about)}


def document(product: Product) -> dict[str, Any]:
    """A product as the schema's documents are written."""
    return {"card": product.card, "modules": list(product.modules), "segment": product.segment}
