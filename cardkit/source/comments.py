"""The comments of a file: whatever follows a `#` that is no part of a key or value."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import MappingStartEvent, ScalarEvent, StreamEndEvent

from cardkit.ground.frozen import frozen

_HASH = re.compile(r"(?:(?<=[ \t])|^)#", re.MULTILINE)


@frozen
class Comment:
    """One comment, from its `#` to the end of its line; lines and columns count from 1."""

    text: str
    line: int
    column: int
    alone: bool
    """Nothing stands before it on its line."""
    at_top: bool
    """It stands above the file's first key."""


def comments(text: str) -> Iterator[Comment]:
    """The comments of a text, from the top.

    Where scalars begin and end is libyaml's word: a `#` inside quotes or a block scalar is text. Of a text
    that isn't YAML nothing is a comment, because nobody can tell. Raises nothing.
    """
    try:
        first_key, starts, ends = _scalars(text)
    except yaml.YAMLError:
        return
    line, counted, done = 1, 0, 0
    for found in _HASH.finditer(text):
        index = found.start()
        scalar = bisect_right(starts, index) - 1
        if index < done or (scalar >= 0 and index < ends[scalar]):
            continue
        line += text.count("\n", counted, index)
        counted = index
        begin = text.rfind("\n", 0, index) + 1
        done = text.find("\n", index)
        done = len(text) if done < 0 else done
        alone = not text[begin:index].strip()
        shown = text[index:done].rstrip("\r")
        yield Comment(shown, line, index - begin + 1, alone, alone and index < first_key)


def _scalars(text: str) -> tuple[int, list[int], list[int]]:
    """Where the first mapping begins, and where each scalar's text begins and ends, in order.

    Raises yaml.YAMLError where the text isn't YAML.
    """
    next_event: Callable[[], Any] = CParser(text).get_event
    first_key = -1
    starts: list[int] = []
    ends: list[int] = []
    while not isinstance(event := next_event(), StreamEndEvent):
        if isinstance(event, ScalarEvent):
            start, end = _content(event, text)
            if start < end:
                starts.append(start)
                ends.append(end)
        elif first_key < 0 and isinstance(event, MappingStartEvent):
            mark: Any = event.start_mark
            first_key = mark.index
    return first_key, starts, ends


def _content(event: Any, text: str) -> tuple[int, int]:
    """A scalar's stretch of the text; a block scalar's without its first line, where a comment may stand."""
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):
        start = text.find("\n", start, end) + 1 or end
    return start, end
