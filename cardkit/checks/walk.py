"""What a file refers to and what customers read in it, found in its plain data with its shape's help.

Broken files are walked as far as their data has the right form, so that one fault doesn't hide the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import KEY, Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import BenefitReference, Reference, Words
from cardkit.model.catalog import Source


@dataclass(frozen=True, slots=True)
class Named:
    """An id that a file refers to: where, and of which kinds it may be; no kinds for a benefit."""

    value: str
    path: Path
    on_key: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages, its place, and whether customers read it."""

    zh: str
    en: str
    path: Path
    public: bool


@dataclass(slots=True)
class FileWalk:
    """One file's references and texts."""

    source: Source
    named: list[Named] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def walk(shape: Shape, source: Source) -> FileWalk:
    """The references and texts of one file."""
    found = FileWalk(source)
    _walk(shape, source.data, (), True, found)
    return found


def _walk(shape: Shape, data: Any, path: Path, public: bool, found: FileWalk) -> None:
    if isinstance(shape, Words):
        if isinstance(data, dict):
            zh, en = data.get("zh"), data.get("en")
            zh, en = zh if isinstance(zh, str) else "", en if isinstance(en, str) else ""
            found.said.append(Said(zh, en, path, public))
    elif isinstance(shape, Reference | BenefitReference):
        if isinstance(data, str):
            on_key = bool(path) and path[-1] == KEY
            kinds = shape.kinds if isinstance(shape, Reference) else ()
            found.named.append(Named(data, path[:-1] if on_key else path, on_key, kinds))
    else:
        for part, value, place, seen in _parts(shape, data, path, public):
            if _bears(part, value):
                _walk(part, value, place, seen, found)


def _parts(shape: Shape, data: Any, path: Path, public: bool) -> Iterator[tuple[Shape, Any, Path, bool]]:
    if isinstance(shape, Tagged):
        word = data.get(shape.key) if isinstance(data, dict) else None
        if not isinstance(word, str) or word not in shape.records:
            return
        shape = shape.records[word]
    if isinstance(shape, Record):
        if isinstance(data, dict):
            for key, part, shown in _fields(shape.made):
                value = data.get(key)
                if value is not None:
                    yield part, value, (*path, key), public and shown
    else:
        for part, value, place in shape.parts(data, path):
            yield part, value, place, public


@cache
def _fields(record: type) -> tuple[tuple[str, Shape, bool], ...]:
    """The fields of a record that can hold a reference or a text, and whether customers see them."""
    return tuple((key, said.shape, said.public) for key, said in items_of(record).items() if _may(said.shape))


def _may(shape: Shape) -> bool:
    """Whether a value of this shape can hold a reference or a text."""
    if isinstance(shape, FigureOf):
        return shape.by_segment
    if isinstance(shape, ListOf):
        return _may(shape.inner)
    if isinstance(shape, MapOf):
        return _may(shape.key) or _may(shape.inner)
    return isinstance(shape, Words | Reference | BenefitReference | Record | Tagged)


def _bears(shape: Shape, data: Any) -> bool:
    if isinstance(shape, FigureOf):
        return shape.by_segment and isinstance(data, dict) and "by_segment" in data
    return isinstance(shape, Record | ListOf | MapOf | Tagged) or _may(shape)
