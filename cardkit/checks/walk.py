"""What a file refers to and what customers read in it, found in its plain data with its shape's help.

Broken files are walked as far as their data has the right form, so that one fault doesn't hide the next.
What there is to look at is worked out once for each record: most fields hold neither reference nor text.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import BenefitReference, Reference, Words
from cardkit.model.catalog import Source


class Named(NamedTuple):
    """An id that a file refers to: where, and of which kinds it may be; no kinds for a benefit."""

    value: str
    path: Path
    on_key: bool
    kinds: tuple[str, ...]


class Said(NamedTuple):
    """A text in both languages, its place, and whether customers read it."""

    zh: str
    en: str
    path: Path
    public: bool


@frozen
class FileWalk:
    """One file's references and texts."""

    source: Source
    named: tuple[Named, ...]
    said: tuple[Said, ...]


def walk(shape: Shape, source: Source, paths: dict[Path, Path]) -> FileWalk:
    """The references and texts of one file; `paths` keeps one object of each path for all files."""
    found = _Found(paths)
    look = _look(shape)
    if look is not None:
        look(source.data, (), True, found)
    return FileWalk(source, tuple(found.named), tuple(found.said))


class _Found:
    """What was found so far in one file."""

    __slots__ = ("named", "paths", "said")

    def __init__(self, paths: dict[Path, Path]) -> None:
        self.named: list[Named] = []
        self.said: list[Said] = []
        self.paths = paths

    def refers(self, value: str, path: Path, kinds: tuple[str, ...], *, on_key: bool = False) -> None:
        """Note a reference."""
        self.named.append(Named(value, self.paths.setdefault(path, path), on_key, kinds))


Look = Callable[[Any, Path, bool, _Found], None]
"""Looks at one value: the data, its path, whether customers see it, and where to note what is found."""


def _look(shape: Shape) -> Look | None:  # noqa: PLR0911 - one for each shape
    """How to look at a value of a shape; None where it can hold neither a reference nor a text."""
    if isinstance(shape, Words):
        return _words
    if isinstance(shape, Reference):
        return partial(_reference, shape.kinds)
    if isinstance(shape, BenefitReference):
        return partial(_reference, ())
    if isinstance(shape, ListOf):
        inner = _look(shape.inner)
        return None if inner is None else partial(_list, inner)
    if isinstance(shape, MapOf):
        kinds, inner = _kinds(shape.key), _look(shape.inner)
        return None if kinds is None and inner is None else partial(_map, kinds, inner)
    if isinstance(shape, Record):
        return partial(_record, shape.made)
    if isinstance(shape, Tagged):
        return partial(_tagged, shape.key, {word: record.made for word, record in shape.records.items()})
    return _segments if isinstance(shape, FigureOf) and shape.by_segment else None


def _kinds(key: Shape) -> tuple[str, ...] | None:
    """The kinds that a map's keys refer to; None where they refer to nothing."""
    if isinstance(key, Reference):
        return key.kinds
    return () if isinstance(key, BenefitReference) else None


@cache
def _fields(record: type) -> tuple[tuple[str, bool, Look], ...]:
    """The fields of a record that can hold a reference or a text, and whether customers see them."""
    looks = ((key, said.public, _look(said.shape)) for key, said in items_of(record).items())
    return tuple((key, public, look) for key, public, look in looks if look is not None)


def _record(made: type, data: Any, path: Path, public: bool, found: _Found) -> None:
    if isinstance(data, dict):
        for key, shown, look in _fields(made):
            value = data.get(key)
            if value is not None:
                look(value, (*path, key), public and shown, found)


def _tagged(key: str, records: dict[str, type], data: Any, path: Path, public: bool, found: _Found) -> None:
    word = data.get(key) if isinstance(data, dict) else None
    if isinstance(word, str) and word in records:
        _record(records[word], data, path, public, found)


def _list(inner: Look, data: Any, path: Path, public: bool, found: _Found) -> None:
    if isinstance(data, list):
        for index, value in enumerate(data):
            inner(value, (*path, index), public, found)


def _map(
    kinds: tuple[str, ...] | None, inner: Look | None, data: Any, path: Path, public: bool, found: _Found
) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            place = (*path, key)
            if kinds is not None:
                found.refers(key, place, kinds, on_key=True)
            if inner is not None:
                inner(value, place, public, found)


def _segments(data: Any, path: Path, public: bool, found: _Found) -> None:
    """A figure: the keys of `by_segment` are references."""
    if not isinstance(data, dict) or "by_segment" not in data:
        return
    _map(("segment",), _segments, data["by_segment"], (*path, "by_segment"), public, found)
    if "default" in data:
        _segments(data["default"], (*path, "default"), public, found)


def _reference(kinds: tuple[str, ...], data: Any, path: Path, _public: bool, found: _Found) -> None:
    if isinstance(data, str):
        found.refers(data, path, kinds)


def _words(data: Any, path: Path, public: bool, found: _Found) -> None:
    if isinstance(data, dict):
        zh, en = data.get("zh"), data.get("en")
        zh, en = zh if isinstance(zh, str) else "", en if isinstance(en, str) else ""
        found.said.append(Said(zh, en, found.paths.setdefault(path, path), public))
