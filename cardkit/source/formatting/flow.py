"""Collections in brackets: their entries change places, and nothing else of them changes.

What stands between two entries stays between the same places, so that figures in columns stay in columns.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yaml.events import CollectionEndEvent, MappingStartEvent, ScalarEvent

from cardkit.ground.finding import Path
from cardkit.source.positions import data_text

Order = Callable[[Path, Sequence[str]], list[int]]
"""For a mapping's path and keys: the positions of its keys in canonical order."""

_COMMA = re.compile(r"[ \t]*,\s*\Z")
_BEFORE_COMMA = re.compile(r"[ \t]+,")
_TRAILING = re.compile(r"[ \t]+\n")


@dataclass(slots=True)
class Part:
    """An entry: its key (None in a list) and where it begins and ends in the text."""

    key: str | None
    start: int
    end: int
    key_end: int = 0
    inner: "Flow | None" = None


@dataclass(slots=True)
class Flow:
    """A collection in brackets."""

    is_mapping: bool
    start: int
    end: int = 0
    end_line: int = 0
    parts: list[Part] = field(default_factory=list)
    is_plain: bool = True
    """Every entry is written in full: `{a}` and `[a: 1]` are left as they are."""


def flow_of(start: Any, next_event: Callable[[], Any]) -> Flow:
    """Read a collection in brackets up to its end."""
    made = Flow(isinstance(start, MappingStartEvent), start.start_mark.index)
    while not isinstance(event := next_event(), CollectionEndEvent):
        if not made.is_mapping:
            made.parts.append(_part(made, None, event, event, next_event))
            continue
        if not isinstance(event, ScalarEvent):  # a key in brackets, which the reader refuses
            made.is_plain = False
            _part(made, None, event, event, next_event)
            _part(made, None, next_event(), event, next_event)
            continue
        made.parts.append(_part(made, data_text(event), next_event(), event, next_event))
    end: Any = event.end_mark
    made.end, made.end_line = end.index, end.line
    return made


def mark(place: Any) -> int:
    """Where a mark stands in the text, in characters; PyYAML's types don't say that events have marks."""
    return int(place.index)


def _part(made: Flow, key: str | None, value: Any, first: Any, next_event: Callable[[], Any]) -> Part:
    begin, key_end = first.start_mark.index, first.end_mark.index
    if isinstance(value, ScalarEvent):
        start, end = mark(value.start_mark), mark(value.end_mark)
        if start == end:
            made.is_plain = False
        return Part(key, begin, end, key_end)
    inner = flow_of(value, next_event)
    return Part(key, begin, inner.end, key_end, inner)


def rewritten(text: str, flow: Flow, path: Path, order: Order) -> str:
    """The collection's text with the keys of its mappings in order and no space just inside its brackets."""
    if not flow.parts or not flow.is_plain or not _is_bracketed(text, flow):
        return text[flow.start : flow.end]
    pieces = [
        _piece(text, part, (*path, index if part.key is None else part.key), order)
        for index, part in enumerate(flow.parts)
    ]
    gaps = [text[one.end : two.start] for one, two in zip(flow.parts, flow.parts[1:], strict=False)]
    first, last = text[flow.start + 1 : flow.parts[0].start], text[flow.parts[-1].end : flow.end - 1]
    if any(_COMMA.match(gap) is None for gap in gaps) or first.strip() or last.strip(" \t\n,"):
        return text[flow.start : flow.end]  # a comment, or a way of writing that isn't known here
    if flow.is_mapping:
        positions = order(path, [part.key or "" for part in flow.parts])
        pieces = [pieces[position] for position in positions]
    made = [text[flow.start], _inside(first), pieces[0]]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        made += [_gap(gap), piece]
    return "".join([*made, _inside(last.replace(",", "") if "\n" not in last else last), text[flow.end - 1]])


def _is_bracketed(text: str, flow: Flow) -> bool:
    return text[flow.start] + text[flow.end - 1] == ("{}" if flow.is_mapping else "[]")


def _piece(text: str, part: Part, path: Path, order: Order) -> str:
    if part.inner is None:
        return text[part.start : part.end]
    inner = rewritten(text, part.inner, path, order)
    return text[part.start : part.inner.start] + inner


def _inside(gap: str) -> str:
    """The space between a bracket and what is in it: none, but a line break stays."""
    return _TRAILING.sub("\n", gap) if "\n" in gap else ""


def _gap(gap: str) -> str:
    """What stands between two entries: a comma, and at least one space."""
    found = _TRAILING.sub("\n", _BEFORE_COMMA.sub(",", gap))
    return ", " if found == "," else found
