"""Puts new numbers into a file where the old ones stand, and leaves every other character as it was."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.text import Text
from cardkit.source.comments import comments
from cardkit.source.document import Document
from cardkit.source.nodes import read

_BYTE_ORDER_MARK = "\ufeff"


def with_numbers(document: Document, raw: bytes, numbers: Mapping[Path, Decimal]) -> str:
    """The text of a file with other numbers at some paths, in as many decimals as each has.

    `raw` is what the document was read from: its byte order mark and line ends stay. Raises CardkitError
    where the outcome wouldn't read back as just that: the same keys in the same order, the same comments,
    the same values everywhere else.
    """
    text = document.text
    starts = _line_starts(text)
    edits = []
    for path, number in numbers.items():
        span = document.site(path).span
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        edits.append((start, end, f"{number:f}"))
    changed = text
    for start, end, shown in sorted(edits, reverse=True):
        changed = changed[:start] + shown + changed[end:]
    _refuse_other_changes(document, changed, numbers)
    return (_BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK.encode()) else "") + changed


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _refuse_other_changes(before: Document, changed: str, numbers: Mapping[Path, Decimal]) -> None:
    after, faults = read(before.file, changed.encode())
    wanted = dict(_values(before.data, ()))
    wanted.update(numbers)
    same_values = after is not None and list(_values(after.data, ())) == list(wanted.items())
    same_comments = [one.text for one in comments(before.text)] == [one.text for one in comments(changed)]
    if faults or not same_values or not same_comments:
        raise CardkitError(
            Text(
                f"{before.file} 改写后读回来不一样，没有写",
                f"{before.file} wouldn't read back as it should: not written",
            ),
            Text("手工改这些数", "change the figures by hand"),
        )


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every scalar, empty list and empty map by its path, in order."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if not data or not isinstance(data, dict | list):
        yield path, data
    for key, value in inner:
        yield from _values(value, (*path, key))
