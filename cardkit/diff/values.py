"""Values of a file as people read them in a review: as written, in one line."""

from decimal import Decimal
from typing import Any

from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import Boolean, Words
from cardkit.ground.text import Text, joined, same

_YES, _NO = Text("是", "yes"), Text("否", "no")
NOTHING = Text("（无）", "none")


def said(shape: Shape, data: Any) -> Text:  # noqa: PLR0911 - one for each shape
    """A value in one line: texts in their language, a record by its name or else by what it holds."""
    if data is None:
        return NOTHING
    if isinstance(shape, Words) and isinstance(data, dict):
        return Text(str(data.get("zh", "")), str(data.get("en", "")))
    if isinstance(shape, Boolean):
        return _YES if data is True else _NO
    if isinstance(shape, Tagged) and isinstance(data, dict) and data.get(shape.key) in shape.records:
        return said(shape.records[data[shape.key]], data)
    if isinstance(shape, Record) and isinstance(data, dict):
        return _record(shape, data)
    if isinstance(shape, ListOf) and isinstance(data, list):
        return joined([said(shape.inner, each) for each in data]) if data else NOTHING
    if isinstance(shape, MapOf) and isinstance(data, dict):
        return joined([same(f"{key}: ") + said(shape.inner, each) for key, each in data.items()])
    if isinstance(shape, FigureOf):
        return _figure(shape, data)
    return same(f"{data:f}" if isinstance(data, Decimal) else str(data))


def name_of(shape: Shape, data: Any) -> Text | None:
    """What a record in a list is called: by its own name, else by its id; None where it has neither."""
    if not isinstance(data, dict):
        return None
    name = data.get("name")
    if isinstance(name, dict) and isinstance(shape, Record | Tagged):
        return said(Words(), name)
    own = data.get("id")
    return same(own) if isinstance(own, str) else None


def _record(shape: Record, data: dict[str, Any]) -> Text:
    named = name_of(shape, data)
    if named is not None:
        return named
    parts = [
        item.title + Text(" ", " ") + said(item.shape, data[key])
        for key, item in items_of(shape.made).items()
        if data.get(key) is not None
    ]
    return joined(parts, "，", ", ")


def _figure(shape: FigureOf, data: Any) -> Text:
    if isinstance(data, list):
        parts = [
            same(f"{entry.get('from')}: ") + said(shape.inner, entry.get("value"))
            for entry in data
            if isinstance(entry, dict)
        ]
        return joined(parts, "，", ", ")
    if isinstance(data, dict) and ("by_segment" in data or "default" in data):
        parts = [] if "default" not in data else [_figure(shape, data["default"])]
        parts += [same(f"{name}: ") + _figure(shape, each) for name, each in data["by_segment"].items()]
        return joined(parts, "，", ", ")
    return said(shape.inner, data.get("value") if isinstance(data, dict) else data)
