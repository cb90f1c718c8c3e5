"""Figures: amounts, rates and assumptions that may be dated, sourced, and differ by segment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import KEY, Definitions, Schema, Shape, ShapeError
from cardkit.ground.shape.leaf import Choice, Day, Line, Reference
from cardkit.ground.text import Text

STATUSES = ("measured", "contract", "assumed")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a figure, with the first day it holds (inclusive; None: since ever)."""

    value: Fraction
    since: date | None = None
    source: str | None = None
    status: str | None = None


_NOWHERE: Mapping[str, "Figure"] = MappingProxyType({})
"""One for all figures that are the same in every segment: a large catalog has a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the catalog: dated entries in rising order, and entries of their own for segments."""

    entries: tuple[Entry, ...]
    by_segment: Mapping[str, "Figure"] = field(default_factory=lambda: _NOWHERE)

    def on(self, as_of: date, segment: str | None = None) -> Entry | None:
        """The entry that holds on a day, in a segment; None where the catalog has none."""
        if segment is not None and segment in self.by_segment:
            return self.by_segment[segment].on(as_of)
        found = None
        for entry in self.entries:
            if entry.since is None or entry.since <= as_of:
                found = entry
        return found


def fixed(value: Fraction | int, source: str | None = None) -> Figure:
    """A figure that always holds; for defaults that the format itself states."""
    return Figure((Entry(Fraction(value), source=source),))


@frozen
class FigureOf(Shape):
    """A number that may be given plainly, with a source, as a dated list, or by segment."""

    inner: Shape
    by_segment: bool = True

    @cached_property
    def name(self) -> str:
        """The name of the schema that all figures of this form share."""
        bounds = "-".join(
            f"{key}{value}" for key, value in vars(self.inner).items() if isinstance(value, int)
        )
        what = getattr(self.inner, "what", None)  # two of the same bounds may be yuan and a bare number
        unit = "" if what is None else f"{what.en.partition(' ')[0]}-"
        form = f"figure-{type(self.inner).__name__.lower()}-{unit}{bounds}"
        return form if self.by_segment else f"{form}-for-all"

    def schema(self, definitions: Definitions) -> Schema:
        if self.name not in definitions:
            definitions[self.name] = self._schema(definitions)
        return {"$ref": f"#/$defs/{self.name}"}

    def _schema(self, definitions: Definitions) -> Schema:
        plain = self.inner.schema(definitions)
        origin = {
            "source": {"description": "Where the value comes from. 来源。", **Line().schema(definitions)},
            "status": {"description": "How sure it is. 可信程度。", **Choice(STATUSES).schema(definitions)},
        }
        sourced: Schema = {
            "type": "object",
            "required": ["value"],
            "properties": {"value": plain, **origin},
            "additionalProperties": False,
        }
        dated: Schema = {
            "type": "array",
            "minItems": 1,
            "maxItems": 200,
            "items": {
                "type": "object",
                "required": ["from", "value"],
                "properties": {"from": Day().schema(definitions), "value": plain, **origin},
                "additionalProperties": False,
            },
        }
        # Editors show the title of the innermost schema that they tried: without one of its own it would be
        # that of whichever field, of all that share this schema, they looked at last.
        label = self.inner.label()
        title = f"{label.en} {label.zh}".replace("`", "")
        single = _forms(sourced, dated, plain, title)
        if not self.by_segment:
            return single
        segmented: Schema = {
            "type": "object",
            "required": ["by_segment"],
            "properties": {
                "default": single,
                "by_segment": {
                    "type": "object",
                    "propertyNames": Reference(("segment",)).schema(definitions),
                    "additionalProperties": single,
                },
            },
            "additionalProperties": False,
        }
        return {
            "if": {
                "title": title,
                "type": "object",
                "anyOf": [{"required": ["by_segment"]}, {"required": ["default"]}],
            },
            "then": segmented,
            "else": single,
        }

    def build(self, data: Any, path: Path) -> Figure:
        if isinstance(data, dict):
            if "by_segment" in data or "default" in data:
                default = data.get("default")
                return Figure(
                    () if default is None else self.build(default, (*path, "default")).entries,
                    {
                        segment: self.build(value, (*path, "by_segment", segment))
                        for segment, value in data["by_segment"].items()
                    },
                )
            return Figure((self._entry(data, path),))
        if isinstance(data, list):
            entries = tuple(self._entry(value, (*path, index)) for index, value in enumerate(data))
            for index in range(1, len(entries)):
                before, here = entries[index - 1].since, entries[index].since
                if before is not None and here is not None and here <= before:
                    raise ShapeError(
                        (*path, index, "from"),
                        Text("日期要从早到晚，且不重复", "Dated values rise in time, no day twice"),
                        Text("按 from 排序", "sort the list by from"),
                    )
            return Figure(entries)
        return Figure((Entry(self.inner.build(data, path)),))

    def _entry(self, data: Any, path: Path) -> Entry:
        since = data.get("from")
        return Entry(
            self.inner.build(data["value"], (*path, "value")),
            None if since is None else Day().build(since, (*path, "from")),
            data.get("source"),
            data.get("status"),
        )

    def parts(self, data: Any, path: Path) -> Iterator[tuple[Shape, Any, Path]]:
        if isinstance(data, dict):
            segments = data.get("by_segment")
            if isinstance(segments, dict):
                for segment, value in segments.items():
                    yield Reference(("segment",)), segment, (*path, "by_segment", segment, KEY)
                    yield self, value, (*path, "by_segment", segment)
            if "default" in data:
                yield self, data["default"], (*path, "default")
            if "value" in data:
                yield self.inner, data["value"], (*path, "value")
        elif isinstance(data, list):
            for index, value in enumerate(data):
                if isinstance(value, dict) and "from" in value:
                    yield Day(), value["from"], (*path, index, "from")
                if isinstance(value, dict) and "value" in value:
                    yield self.inner, value["value"], (*path, index, "value")

    def label(self) -> Text:
        return self.inner.label() + Text("（可注明来源、日期、客群）", " (may be sourced, dated, by segment)")


def _forms(mapping: Schema, listing: Schema, plain: Schema, title: str) -> Schema:
    """One of three forms by the type of what is written, so that a fault is explained in its own form."""
    return {
        "if": {"title": title, "type": "object"},
        "then": mapping,
        "else": {"if": {"title": title, "type": "array"}, "then": listing, "else": plain},
    }
