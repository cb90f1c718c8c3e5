"""Bundles (组合): a card and modules that the bank has put together for a segment."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Money, Reference
from cardkit.ground.text import Text
from cardkit.model.entity import Entity


@record
class Bundle(Entity):
    """A pre-assembled product; any product that contains its card and modules earns its discount."""

    card: str = item(
        Reference(("card",)), Text("卡", "card"), Text("基础卡。", "The base card."), public=True
    )
    modules: tuple[str, ...] = item(
        ListOf(Reference(("module",)), least=1),
        Text("模块", "modules"),
        Text("包含的模块。", "The modules in it."),
        public=True,
    )
    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("为哪些客群准备；第一个是默认客群。", "Made for these segments; the first is the default."),
    )
    discount: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("组合优惠", "discount"),
        Text("比各模块标价之和便宜多少，元/年。", "Off the sum of list prices, yuan a year."),
        public=True,
        example=40,
    )
