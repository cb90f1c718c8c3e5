"""Shapes of values made of others: lists, maps, records, and records told apart by one key."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import (
    KEY,
    Definitions,
    Item,
    Schema,
    Shape,
    ShapeError,
    declared,
    items_of,
    required_of,
)
from cardkit.ground.text import Text, same


@frozen
class ListOf(Shape):
    """A list of values of one shape; built as a tuple."""

    inner: Shape
    least: int = 0
    most: int = 1000

    def schema(self, definitions: Definitions) -> Schema:
        return {
            "type": "array",
            "items": self.inner.schema(definitions),
            "minItems": self.least,
            "maxItems": self.most,
        }

    def build(self, data: Any, path: Path) -> tuple[Any, ...]:
        build = self.inner.build
        return tuple([build(value, (*path, index)) for index, value in enumerate(data)])

    def parts(self, data: Any, path: Path) -> Iterator[tuple[Shape, Any, Path]]:
        if isinstance(data, list):
            for index, value in enumerate(data):
                yield self.inner, value, (*path, index)

    def label(self) -> Text:
        return Text("列表：", "list of ") + self.inner.label()


@frozen
class MapOf(Shape):
    """A map from ids to values of one shape; the keys may be references."""

    key: Shape
    inner: Shape
    least: int = 0

    def schema(self, definitions: Definitions) -> Schema:
        return {
            "type": "object",
            "propertyNames": self.key.schema(definitions),
            "additionalProperties": self.inner.schema(definitions),
            "minProperties": self.least,
            "maxProperties": 1000,
        }

    def build(self, data: Any, path: Path) -> Mapping[str, Any]:
        return {
            self.key.build(key, (*path, key, KEY)): self.inner.build(value, (*path, key))
            for key, value in data.items()
        }

    def parts(self, data: Any, path: Path) -> Iterator[tuple[Shape, Any, Path]]:
        if isinstance(data, dict):
            for key, value in data.items():
                yield self.key, key, (*path, key, KEY)
                yield self.inner, value, (*path, key)

    def label(self) -> Text:
        return Text("映射：", "map of ") + self.inner.label()


@frozen
class Record(Shape):
    """A map with declared keys, built as a dataclass whose fields were made by `item`.

    A record class may have `contradictions()`, which yields (key, message, hint) for keys that
    don't go together.
    """

    made: type

    @cached_property
    def _checked(self) -> bool:
        return hasattr(self.made, "contradictions")

    @cached_property
    def _by_key(self) -> dict[str, tuple[str, Shape]]:
        return {key: (name, said.shape) for name, key, said, _ in declared(self.made)}

    @cached_property
    def name(self) -> str:
        """The record's name in schemas and documentation, in kebab case."""
        name = self.made.__name__
        return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")

    def schema(self, definitions: Definitions) -> Schema:
        if self.name not in definitions:
            definitions[self.name] = {}  # holds the place, so that a record may contain itself
            definitions[self.name].update(self._schema(definitions))
        return {"$ref": f"#/$defs/{self.name}"}

    def _schema(self, definitions: Definitions) -> Schema:
        return {
            "title": self.name,
            "description": (self.made.__doc__ or "").strip().partition("\n\n")[0],
            "type": "object",
            "required": list(required_of(self.made)),
            "properties": {key: described(entry, definitions) for key, entry in items_of(self.made).items()},
            "additionalProperties": False,
        }

    def build(self, data: Any, path: Path) -> Any:
        values = {}
        by_key = self._by_key
        for key, value in data.items():
            if value is not None:
                name, shape = by_key[key]
                values[name] = shape.build(value, (*path, key))
        made = self.made(**values)
        if self._checked:
            for key, message, hint in made.contradictions():
                raise ShapeError((*path, key) if key in data else path, message, hint)
        return made

    def parts(self, data: Any, path: Path) -> Iterator[tuple[Shape, Any, Path]]:
        if isinstance(data, dict):
            for key, (_, shape) in self._by_key.items():
                if data.get(key) is not None:
                    yield shape, data[key], (*path, key)

    def label(self) -> Text:
        return same(f"[{self.name}](#{self.name})")


def described(entry: Item, definitions: Definitions) -> Schema:
    """A field's schema with what an editor shows on hover: title, both descriptions, an example."""
    schema: Schema = {
        "title": f"{entry.title.en} {entry.title.zh}",
        "description": f"{entry.about.en}\n\n{entry.about.zh}",
    }
    if entry.example is not None:
        schema["examples"] = [entry.example]
    return schema | entry.shape.schema(definitions)


@frozen
class Tagged(Shape):
    """One of several records, told apart by the word under one key and never by trying them all."""

    key: str
    records: Mapping[str, Record]
    name: str

    def schema(self, definitions: Definitions) -> Schema:
        if self.name not in definitions:
            definitions[self.name] = {}
            definitions[self.name].update(
                {
                    "type": "object",
                    "required": [self.key],
                    "properties": {self.key: {"enum": list(self.records)}},
                    "allOf": [
                        {
                            "if": {"properties": {self.key: {"const": word}}, "required": [self.key]},
                            "then": record.schema(definitions),
                        }
                        for word, record in self.records.items()
                    ],
                }
            )
        return {"$ref": f"#/$defs/{self.name}"}

    def build(self, data: Any, path: Path) -> Any:
        return self.records[data[self.key]].build(data, path)

    def parts(self, data: Any, path: Path) -> Iterator[tuple[Shape, Any, Path]]:
        if isinstance(data, dict) and isinstance(data.get(self.key), str) and data[self.key] in self.records:
            yield from self.records[data[self.key]].parts(data, path)

    def label(self) -> Text:
        return same(f"[{self.name}](#{self.name})")
