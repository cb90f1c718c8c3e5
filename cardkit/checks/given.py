"""Does a segment give every figure that a price asked for in another? Then it isn't tried again."""

from datetime import date
from typing import Any

from cardkit.checks.checking import Checking
from cardkit.ground.shape.figure import Figure
from cardkit.model.module import Module
from cardkit.model.segment import Credit, Segment

Asked = dict[tuple[str, str | int], Any]
"""What was asked of a segment, by kind and name (`RealSetting.asks`)."""


def given(checking: Checking, segment: Segment, first: Segment, asked: Asked) -> bool:
    """Whether all that was asked of the first segment is there in this one too; no where it is in doubt."""
    return all(_is_given(checking, segment, first, kind, name, what) for (kind, name), what in asked.items())


def _is_given(  # noqa: PLR0911 - one for each thing that can be asked
    checking: Checking, segment: Segment, first: Segment, kind: str, name: str | int, what: Any
) -> bool:
    day = checking.as_of
    match kind:
        case "figure":
            return _holds(what, day, segment.id)
        case "record":
            return _holds(getattr(segment.credit if what is Credit else segment, str(name)), day)
        case "spend":
            return ("spending", segment.id) in checking.day.memory
        case "category":
            return name in segment.spend.categories
        case "usage" | "ticket":
            usage = segment.usage.get(str(name))
            keys = ("mean",) if kind == "usage" else ("ticket_mean", "ticket_cv")
            return usage is not None and all(_holds(getattr(usage, key), day) for key in keys)
        case "choose":
            return _chosen(what, segment, day)
        case "card" | "operating" | "points":
            return bool(segment.reference_card == what)
        case "types":
            return True  # who chooses a module changes numbers, not which figures there are
        case "eligible":
            return (segment.id in what) == (first.id in what)
    return False


def _holds(figure: Figure | None, day: date, segment: str | None = None) -> bool:
    return figure is not None and figure.on(day, segment) is not None


def _chosen(module: Module, segment: Segment, day: date) -> bool:
    demand = (module.segments or {}).get(segment.id)
    return demand is not None and (bool(demand.types) or _holds(demand.choose, day))
