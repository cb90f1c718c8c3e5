"""Where the values of a document stand: read from the text a second time, only when somebody asks."""

from collections.abc import Callable
from typing import Any, TypeAlias

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from cardkit.ground.finding import Path, Span
from cardkit.source.characters import cleaned

Spans: TypeAlias = dict[Path, tuple[Span, Span | None]]
"""For each path the span of its value, and of its key where it has one."""


def data_text(event: Any) -> str:
    """A scalar's text as the data holds it: escapes may have made characters that are refused."""
    value: str = event.value
    return cleaned(value.replace("\r\n", "\n")) if event.style == '"' else value


def span_of(event: Any) -> Span:
    """An event's stretch of the text, as libyaml marks it."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def spans_of(text: str, data: dict[str, Any]) -> Spans:
    """The spans of every value in `data`, which was read from `text`."""
    walk = _Walk(text)
    while not isinstance(event := walk.next_event(), MappingStartEvent):
        pass
    walk.mapping(event, data, ())
    return walk.spans


class _Walk:
    """One pass over the events, in step with the data: what isn't in the data has no position."""

    __slots__ = ("next_event", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.next_event: Callable[[], Any] = CParser(text).get_event
        self.spans: Spans = {}

    def mapping(self, start: Event, data: dict[str, Any], path: Path) -> Span:
        """Read a mapping up to its end and note its children. Returns the span of its content."""
        waiting = set(data)
        span = span_of(start)
        while not isinstance(event := self.next_event(), MappingEndEvent):
            key = data_text(event) if isinstance(event, ScalarEvent) else None
            if key is None or key not in waiting:
                self.skip(event)
                self.skip(self.next_event())
                continue
            waiting.remove(key)
            span = self.child(span, self.next_event(), data[key], (*path, key), span_of(event))
        return self.closed(span, event)

    def sequence(self, start: Event, data: list[Any], path: Path) -> Span:
        """Read a list up to its end and note its entries. Returns the span of its content."""
        span = span_of(start)
        position = 0
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            span = self.child(span, event, data[position], (*path, position), None)
            position += 1
        return self.closed(span, event)

    def child(self, outer: Span, event: Any, data: Any, path: Path, key: Span | None) -> Span:
        """Note one value. Returns the span of what holds it, now reaching to the value's end."""
        if isinstance(data, dict):
            span = self.mapping(event, data, path)
        elif isinstance(data, list):
            span = self.sequence(event, data, path)
        else:
            span = self.scalar(event)
            empty = (span.line, span.column) == (span.end_line, span.end_column)
            if empty and key is not None and span.line != key.end_line:
                # A key without a value has one all the same: at the next token, wherever that is.
                span = Span(key.end_line, key.end_column, key.end_line, key.end_column)
        self.spans[path] = (span, key)
        return Span(outer.line, outer.column, span.end_line, span.end_column)

    def scalar(self, event: Any) -> Span:
        """A scalar's span. A block scalar's ends with its text, not with the blank lines below it."""
        span = span_of(event)
        if event.__class__ is AliasEvent or event.style not in {"|", ">"}:
            return span
        content = self.text[event.start_mark.index : event.end_mark.index].rstrip()
        line_breaks = content.count("\n")
        column = len(content) - content.rfind("\n") if line_breaks else span.column + len(content)
        return Span(span.line, span.column, span.line + line_breaks, column)

    def closed(self, span: Span, end: Event) -> Span:
        """A collection in brackets ends with its bracket, a block with its last value."""
        last = span_of(end)
        if (last.line, last.column) == (last.end_line, last.end_column):
            return span
        return Span(span.line, span.column, last.end_line, last.end_column)

    def skip(self, event: Any) -> None:
        """Pass over one value, whatever it is."""
        depth = 0
        while True:
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self.next_event()
