"""What a price asked of its card and segment, and what another card or segment would answer.

Whatever a term computes follows from the catalog, the day and these answers. Two cells that answer everything
alike that a term asked have the same term, so that it is computed once.
"""

from collections.abc import Hashable
from datetime import date
from fractions import Fraction
from typing import Any

from cardkit.ground.shape.figure import Figure
from cardkit.model.card import Card
from cardkit.model.segment import Credit, Segment
from cardkit.pricing.redemption import options_in

Question = tuple[str, str | int]
"""Kind and name, as `RealSetting.asks` notes them."""

Asked = dict[Question, Any]
"""Questions, each with the thing that is needed to answer it for others."""

OF_CARD = ("card", "operating", "points")
"""Kinds of question whose answer may depend on the card; all others depend on the segment alone."""


def answer(  # noqa: PLR0911 - one for each thing that can be asked
    question: Question, what: Any, card: Card, segment: Segment, as_of: date
) -> Hashable:
    """What a cell answers; equal answers can be put in each other's place in every computation.

    Raises ValueError for a kind of question that isn't known: then nothing may be reused.
    """
    kind, name = question
    match kind:
        case "figure":
            return _value(what, as_of, segment)
        case "record":
            return _value(getattr(segment.credit if what is Credit else segment, str(name)), as_of, segment)
        case "spend":
            return segment.id
        case "category":
            return name in segment.spend.categories
        case "usage" | "ticket":
            usage = segment.usage.get(str(name))
            keys = ("mean", "dispersion") if kind == "usage" else ("ticket_mean", "ticket_cv")
            return usage and tuple(_value(getattr(usage, key), as_of, segment) for key in keys)
        case "types" | "choose":
            demand = (what.segments or {}).get(segment.id)
            return demand if kind == "choose" or demand is None else demand.types or None
        case "eligible":
            return segment.id in what
        case "card" | "operating":
            return _value(getattr(card if kind == "card" else card.operating, str(name)), as_of, segment)
        case "points":
            return tuple(
                tuple(_value(getattr(option, key), as_of, segment) for key in _REDEMPTION)
                for option in options_in(card.rights, str(name))
            )
    raise ValueError(kind)


_REDEMPTION = ("mix_share", "points", "unit_cost", "retail_value")


def _value(figure: Figure | None, as_of: date, segment: Segment) -> Fraction | None:
    entry = None if figure is None else figure.on(as_of, segment.id)
    return None if entry is None else entry.value
