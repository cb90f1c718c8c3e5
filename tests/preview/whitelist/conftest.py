"""Plain data taken apart: where each number and each text for the house stands, and whether it is public."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import Line, Number, Rate, Whole
from cardkit.model.catalog import Catalog
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.settings import Settings

Path = tuple[str | int, ...]
LEAK = "HIDDEN-TEXT"
_SETTINGS = Record(Settings)


@dataclass(frozen=True)
class Place:
    """A value in plain data; it is public if the field that holds it is."""

    path: Path
    shape: Shape
    public: bool


def places(shape: Shape, data: Any, path: Path = (), *, public: bool = False) -> Iterator[Place]:
    """Every single value of data, a figure's being those of its entries."""
    inner = list(_inside(shape, data, public))
    for step, part, value, is_public in inner:
        yield from places(part, value, (*path, *step), public=is_public)
    if not inner:
        yield Place(path, shape, public)


def _inside(shape: Shape, data: Any, public: bool) -> Iterator[tuple[Path, Shape, Any, bool]]:
    if isinstance(shape, Tagged):
        yield (), shape.records[data[shape.key]], data, public
    elif isinstance(shape, Record):
        for key, said in items_of(shape.made).items():
            if data.get(key) is not None:
                yield (key,), said.shape, data[key], said.public
    elif isinstance(shape, ListOf):
        for index, value in enumerate(data):
            yield (index,), shape.inner, value, public
    elif isinstance(shape, MapOf):
        for key, value in data.items():
            yield (key,), shape.inner, value, public
    elif isinstance(shape, FigureOf):
        yield from ((path, kind, None, public) for path, kind in _entries(shape, data))


def _entries(shape: FigureOf, data: Any) -> Iterator[tuple[Path, Shape]]:
    """The numbers of a figure in any of its forms."""
    if isinstance(data, list):
        for index in range(len(data)):
            yield (index, "value"), shape.inner
    elif isinstance(data, dict) and "value" in data:
        yield ("value",), shape.inner
    elif isinstance(data, dict):
        parts: dict[Path, Any] = {("by_segment", name): value for name, value in data["by_segment"].items()}
        if "default" in data:
            parts[("default",)] = data["default"]
        for path, value in parts.items():
            for inner, kind in _entries(shape, value):
                yield (*path, *inner), kind
    else:
        yield (), shape.inner


def numbers(data: Any) -> list[Place]:
    """The numbers of one file's data."""
    return [place for place in places(shape_of(data), data) if isinstance(place.shape, Number | Whole | Rate)]


def shape_of(data: Any) -> Shape:
    return KIND_OF_WORD[data["kind"]].shape if "kind" in data else _SETTINGS


def other(shape: Shape, value: Any) -> Any:
    """Another value that the shape takes too."""
    if isinstance(shape, Rate):
        number = Decimal(value.removesuffix("%"))
        return f"{number / 2 if number > 1 else number + Decimal('0.01'):f}%"
    return value + 1


def changed(data: Any, found: list[Place]) -> Any:
    """A copy of data in which the numbers at the places are others."""
    copied = copy.deepcopy(data)
    for place in found:
        holder = copied
        for step in place.path[:-1]:
            holder = holder[step]
        holder[place.path[-1]] = other(place.shape, holder[place.path[-1]])
    return copied


def marked(data: Any) -> Any:
    """A copy of data in which every text for the house, and every source of a figure, is a mark."""
    copied = _sources_marked(data)
    for place in places(shape_of(data), data):
        is_word = place.path[-1] in ("kind", "rule", "mechanic", "product")
        if isinstance(place.shape, Line) and not place.public and not is_word:
            holder = copied
            for step in place.path[:-1]:
                holder = holder[step]
            holder[place.path[-1]] = LEAK
    return copied


def _sources_marked(data: Any) -> Any:
    if isinstance(data, list):
        return [_sources_marked(value) for value in data]
    if isinstance(data, dict):
        return {key: LEAK if key == "source" else _sources_marked(value) for key, value in data.items()}
    return data


def data_of(catalog: Catalog) -> list[Any]:
    """The plain data of a catalog's files, catalog.yaml first."""
    files = sorted(catalog.sources, key=lambda source: source.file != "catalog.yaml")
    return [_plain(source.data) for source in files]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


class Apart(SimpleNamespace):
    """The helpers of this file, for test files, which can't import it."""

    def __repr__(self) -> str:
        return "apart"


@pytest.fixture
def apart() -> Any:
    return Apart(LEAK=LEAK, changed=changed, data_of=data_of, marked=marked, numbers=numbers)
