"""Data of a draft to the text of a file, a comment beside what was proposed."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import Record, Tagged
from cardkit.ground.text import Language
from cardkit.source.nodes import read

WIDEST = 110
"""A collection that takes more columns stands on lines of its own."""


class Writing:
    """Writes data; `unanswered` are the paths of values that were proposed and that nobody confirmed."""

    def __init__(self, language: Language, unanswered: frozenset[Path]) -> None:
        self.language = language
        self.unanswered = unanswered

    def text(self, shape: Shape, data: dict[str, Any]) -> str:
        """The lines of a file."""
        return "".join(f"{line}\n" for line in self.mapping(shape, data, (), 0))

    def mapping(self, shape: Shape | None, data: dict[str, Any], path: Path, column: int) -> Iterator[str]:
        """A mapping, one key a line."""
        items = _items(shape, data)
        for key, value in data.items():
            place = (*path, key)
            inner = items[key].shape if key in items else None
            head = f"{' ' * column}{scalar(key)}:"
            comment = ""
            if key in items and place in self.unanswered:
                comment = f"   # {items[key].about.to(self.language)}"
            flow = flowing(value)
            is_short = len(head) + len(flow) < WIDEST and not _holds_records(value)
            if not isinstance(value, dict | list) or not value or is_short:
                yield f"{head} {flow}{comment}"
            elif isinstance(value, dict):
                yield head + comment
                yield from self.mapping(inner, value, place, column + 2)
            else:
                yield head + comment
                yield from self.sequence(getattr(inner, "inner", None), value, place, column + 2)

    def sequence(self, shape: Shape | None, data: list[Any], path: Path, column: int) -> Iterator[str]:
        """A list, one item a line or block."""
        for index, value in enumerate(data):
            if isinstance(value, dict) and _is_long(value):
                lines = list(self.mapping(shape, value, (*path, index), column + 2))
                yield f"{' ' * column}- {lines[0][column + 2 :]}"
                yield from lines[1:]
            else:
                yield f"{' ' * column}- {flowing(value)}"


def _items(shape: Shape | None, data: dict[str, Any]) -> dict[str, Any]:
    if isinstance(shape, Tagged):
        shape = shape.records.get(data.get(shape.key, ""))
    return items_of(shape.made) if isinstance(shape, Record) else {}


def _is_long(value: dict[str, Any]) -> bool:
    return len(value) > 4 or len(flowing(value)) > WIDEST


def _holds_records(value: Any) -> bool:
    """Whether a collection reads better over several lines: a list of mappings, a mapping of mappings."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(each, dict) for each in inner)


def flowing(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flowing(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flowing(each) for each in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar that is read as this value wherever it stands, in quotes where it has to be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if not isinstance(value, str):
        return format(Decimal(str(value)), "f")
    return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    document, findings = read("", f"a: [{text}]\nb: {text} # c\n".encode("utf-8", "surrogateescape"))
    return document is not None and not findings and document.data == {"a": [text], "b": text}
