"""An amount that is expected: near a figure, or within bounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Definitions, Schema, Shape, item, record
from cardkit.ground.shape.composite import Record
from cardkit.ground.shape.leaf import Money, Rate
from cardkit.ground.text import Text

_YUAN = Money()
_SHARE = Rate()


@dataclass(frozen=True, slots=True)
class Margin:
    """How far an amount may be from its figure, inclusive: in yuan, or as a share of the figure."""

    yuan: Fraction | None = None
    share: Fraction | None = None

    def around(self, figure: Fraction) -> Fraction:
        """The margin in yuan."""
        if self.share is not None:
            return abs(figure) * self.share
        return self.yuan or Fraction(0)


@dataclass(frozen=True)
class MarginShape(Shape):
    """A margin: `0.50` yuan, or `5%` of the figure."""

    def schema(self, definitions: Definitions) -> Schema:
        """A text is a rate, anything else an amount: told apart by type, so that faults are explained."""
        return {
            "if": {"type": "string"},
            "then": _SHARE.schema(definitions),
            "else": _YUAN.schema(definitions),
        }

    def build(self, data: Any, path: Path) -> Margin:
        """The margin; raises ShapeError for a third decimal or a rate above 100%."""
        if isinstance(data, str):
            return Margin(share=_SHARE.build(data, path))
        return Margin(yuan=_YUAN.build(data, path))

    def label(self) -> Text:
        """An amount or a rate."""
        return Text("金额或比率", "amount or rate")


@record
class ExpectedAmount:
    """A figure with its margin, or bounds; all in yuan, margins and bounds inclusive."""

    figure: Fraction | None = item(
        Money(least=None),
        Text("等于", "is"),
        Text(
            "预期的数；cardkit test --update 只改写它。",
            "The figure; the only thing that cardkit test --update writes anew.",
        ),
        default=None,
        key="is",
        example=57.06,
    )
    within: Margin | None = item(
        MarginShape(),
        Text("误差", "within"),
        Text(
            "允许的偏差：元，或占该数的比率；不写则一分不差。",
            "How far off it may be, in yuan or as a rate of it; to the fen when left out.",
        ),
        default=None,
        example=0.5,
    )
    at_least: Fraction | None = item(
        Money(least=None),
        Text("至少", "at least"),
        Text("下限，含。", "The least it may be, inclusive."),
        default=None,
    )
    at_most: Fraction | None = item(
        Money(least=None),
        Text("最多", "at most"),
        Text("上限，含。", "The most it may be, inclusive."),
        default=None,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text]]:
        """Nothing said, a margin around nothing, bounds that nothing lies between."""
        bounds = (self.at_least, self.at_most)
        if self.figure is None and bounds == (None, None):
            yield (
                "within",
                Text("没有写预期的数", "No figure is expected"),
                Text("写 is，或 at_least、at_most", "write is, or at_least and at_most"),
            )
        elif self.figure is None and self.within is not None:
            yield (
                "within",
                Text("误差要配合 is 使用", "A margin needs its figure"),
                Text("写上 is，或只写上下限", "write is, or bounds alone"),
            )
        elif self.figure is not None and bounds != (None, None):
            yield (
                "is",
                Text("is 和上下限不能同写", "A figure and bounds don't go together"),
                Text("只留一种", "keep one of them"),
            )
        elif self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            yield (
                "at_most",
                Text("上限小于下限", "No amount lies between these bounds"),
                Text("对调，或改其中一个", "swap them, or mend one"),
            )


AMOUNTS = Record(ExpectedAmount)
