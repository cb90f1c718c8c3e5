"""Saved products: combinations that somebody wants to find again."""

from dataclasses import dataclass

from cardkit.ground.shape.base import item
from cardkit.ground.shape.leaf import Line
from cardkit.ground.text import Text
from cardkit.model.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedProduct(Entity):
    """A product expression with a name."""

    product: str = item(
        Line(2000),
        Text("产品表达式", "product expression"),
        Text("CARD+MODULE+MODULE@SEGMENT。", "CARD+MODULE+MODULE@SEGMENT."),
        example="base-card+pet-care@gen-z",
    )
