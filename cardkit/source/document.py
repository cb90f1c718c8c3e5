"""A file that was read: plain data, and on request the place of every value."""

from typing import Any

from cardkit.ground.finding import Path, Site, Span
from cardkit.source.positions import Spans, spans_of


class Document:
    """One file's data: dict, list, str, int, bool, None and Decimal, with text keys.

    `raw` is what was read as UTF-8, without its byte order mark and with U+FFFD for each forbidden
    character, so that lines of it can be shown. No positions are kept until the first call of `site`: ten
    thousand documents with a span for each value would cost more than reading them.
    """

    __slots__ = ("_bytes", "_spans", "data", "file")

    def __init__(self, file: str, raw: bytes, data: dict[str, Any]) -> None:
        self.file = file
        self._bytes = raw  # what was read already; as str Chinese text takes twice the room
        self.data = data
        self._spans: Spans | None = None

    @property
    def text(self) -> str:
        """What was read; for lines to show, and for positions."""
        return self._bytes.decode()

    def site(self, path: Path, *, key: bool = False) -> Site:
        """The place of the value at a path, or of its key. Raises nothing.

        A path that does not exist is placed at its deepest existing parent: at the parent's key, for an
        entry of a list at its first key, and for the document at its first key. The site keeps the path
        that was asked for.
        """
        if self._spans is None:
            self._spans = spans_of(self.text, self.data)
        found = self._spans.get(path)
        if found is None:
            return Site(self.file, self._head(path[:-1]), path)
        value, own_key = found
        if not key:
            return Site(self.file, value, path)
        return Site(self.file, own_key or value, path)

    def _head(self, path: Path) -> Span:
        """Where the deepest existing parent begins."""
        spans = self._spans or {}
        while path and path not in spans:
            path = path[:-1]
        value, key = spans.get(path, (Span(1, 1, 1, 2), None))
        if key is not None:
            return key
        data: Any = self.data
        for step in path:
            data = data[step]
        if isinstance(data, dict) and data:
            return spans[(*path, next(iter(data)))][1] or value
        return value
