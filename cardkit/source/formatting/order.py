"""Canonical order of keys: as the shapes declare them, and so as schemas, pages and editors show them."""

from collections.abc import Iterator, Sequence
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import KEY, Schema, Shape, canonical_keys
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged


class Canonical:
    """The order of the keys of every mapping in a file's data; without a shape nothing changes its place."""

    def __init__(self, shape: Shape | None, data: Any) -> None:
        self.shapes: dict[Path, Shape] = {}
        if shape is not None:
            self.shapes[()] = shape
            for part, path in _parts(shape, data, ()):
                self.shapes.setdefault(path, part)
        self.data = data
        self.listed: dict[tuple[int, frozenset[str]], Sequence[str]] = {}
        """What was worked out for a shape and some keys: a list of texts asks the same a thousand times."""

    def order(self, path: Path, keys: Sequence[str]) -> list[int]:
        """The positions of `keys`, which stand in the mapping at `path`, in canonical order.

        A key that the shape doesn't know stays behind the key that it follows: it may be a slip of the pen.
        """
        known = self._known(path, keys)
        rank = {key: number for number, key in enumerate(known)}
        ranks: list[tuple[int, int]] = []
        last = -1
        for position, key in enumerate(keys):
            last = rank.get(key, last)
            ranks.append((last, position))
        return [position for _, position in sorted(ranks)]

    def ordered(self, data: Any, path: Path = ()) -> Any:
        """The same data with every mapping's keys in canonical order."""
        if isinstance(data, dict):
            keys = list(data)
            return {
                keys[at]: self.ordered(data[keys[at]], (*path, keys[at])) for at in self.order(path, keys)
            }
        if isinstance(data, list):
            return [self.ordered(value, (*path, index)) for index, value in enumerate(data)]
        return data

    def _known(self, path: Path, keys: Sequence[str]) -> Sequence[str]:
        shape = self.shapes.get(path)
        if isinstance(shape, MapOf | ListOf):
            return ()
        if isinstance(shape, Tagged):
            tag = _at(self.data, path).get(shape.key)
            shape = shape.records.get(tag) if isinstance(tag, str) else None
        if isinstance(shape, Record):
            return canonical_keys(shape.made)
        if shape is None:  # inside a figure, whose dated values have no shape of their own
            above = path
            while above and above not in self.shapes:
                above = above[:-1]
            shape = self.shapes.get(above)
            if isinstance(shape, Record | Tagged | MapOf | ListOf):
                return ()  # a key that isn't known, with whatever it holds
        if shape is None:
            return ()
        asked = (id(shape), frozenset(keys))
        if asked not in self.listed:
            self.listed[asked] = _listed(shape, asked[1])
        return self.listed[asked]


def _parts(shape: Shape, data: Any, path: Path) -> Iterator[tuple[Shape, Path]]:
    for part, value, place in shape.parts(data, path):
        if not place or place[-1] != KEY:
            yield part, place
            yield from _parts(part, value, place)


def _at(data: Any, path: Path) -> dict[str, Any]:
    for step in path:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _listed(shape: Shape, keys: frozenset[str]) -> Sequence[str]:
    """The keys of a value that may be written as a mapping (a text, a figure), in its schema's order."""
    definitions: dict[str, Schema] = {}
    schema = shape.schema(definitions)
    for properties in _properties([schema, *definitions.values()]):
        if keys <= properties.keys():
            return list(properties)
    return ()


def _properties(schema: Any) -> Iterator[Schema]:
    """Every `properties` in a schema."""
    if isinstance(schema, list):
        for part in schema:
            yield from _properties(part)
    elif isinstance(schema, dict):
        found = schema.get("properties")
        if isinstance(found, dict):
            yield found
        for part in schema.values():
            yield from _properties(part)
