"""Saved products: combinations that somebody wants to find again."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.leaf import Line
from cardkit.ground.text import Text
from cardkit.model.entity import Entity


@record
class SavedProduct(Entity):
    """A product expression with a name."""

    product: str = item(
        Line(2000),
        Text("产品表达式", "product expression"),
        Text("CARD+MODULE+MODULE@SEGMENT。", "CARD+MODULE+MODULE@SEGMENT."),
        example="base-card+pet-care@gen-z",
    )
