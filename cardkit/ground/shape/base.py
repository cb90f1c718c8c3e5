"""What every shape can do, and how a record declares its fields."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.text import Text

Schema = dict[str, Any]
Definitions = dict[str, Schema]
"""Schemas that others refer to by name, collected while a schema is made (`$defs`)."""


class ShapeError(ValueError):
    """A value that its shape can't read: where, what is wrong, and what to write instead."""

    def __init__(self, path: Path, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.path = path
        self.message = message
        self.hint = hint


class Shape(ABC):
    """How one value is written in YAML, described to editors, and read."""

    @abstractmethod
    def schema(self, definitions: Definitions) -> Schema:
        """The JSON Schema (draft 2020-12) of the value; shared parts go into `definitions`."""

    @abstractmethod
    def build(self, data: Any, path: Path) -> Any:
        """The typed value of plain data that fits the schema.

        Raises ShapeError for what a schema can't say: a 31 February, a third decimal.
        """

    @abstractmethod
    def label(self) -> Text:
        """What to write, in a few words, for documentation and messages."""

    def parts(self, data: Any, path: Path) -> Iterator[tuple["Shape", Any, Path]]:
        """The values inside this one, as far as the data has the right form; none for a leaf.

        Keys that are references come with their own path, ending in `KEY`.
        """
        yield from ()


KEY = "\0key"
"""Last step of a path that means the key itself and not its value."""


def leaves(shape: Shape, data: Any, path: Path = ()) -> Iterator[tuple[Shape, Any, Path]]:
    """Every innermost value of possibly broken data together with the shape it should have."""
    inner = list(shape.parts(data, path))
    if inner:
        for part, value, place in inner:
            yield from leaves(part, value, place)
    else:
        yield shape, data, path


def faults(shape: Shape, data: Any, path: Path = ()) -> Iterator[ShapeError]:
    """Every fault of possibly broken data that a schema can't express, in the data's order."""
    inner = list(shape.parts(data, path))
    for part, value, place in inner:
        yield from faults(part, value, place)
    if not inner:
        try:
            shape.build(data, path)
        except ShapeError as fault:
            yield fault
        except (TypeError, KeyError, ValueError, AttributeError):
            return  # not of the right type at all: the schema says that better


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """What a record's field says of itself, for schema, documentation and preview."""

    shape: Shape
    title: Text
    about: Text
    public: bool
    example: Any
    key: str | None
    """The key in the file where it differs from the field's name (`from` is no name in Python)."""


def item(
    shape: Shape,
    title: Text,
    about: Text,
    *,
    default: Any = dataclasses.MISSING,
    public: bool = False,
    example: Any = None,
    key: str | None = None,
) -> Any:
    """Declare a record's field.

    `public` fields are the only ones that a customer's page may be made from.
    A field with a default may be left out of the file.
    """
    metadata = {"item": Item(shape, title, about, public, example, key)}
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata, kw_only=True)
    return dataclasses.field(default=default, metadata=metadata, kw_only=True)


def declared(record: type) -> Iterator[tuple[str, str, Item, Any]]:
    """Of each declared field of a record class: its name, its key in files, what it says, its default."""
    for entry in dataclasses.fields(record):
        if "item" in entry.metadata:
            said: Item = entry.metadata["item"]
            yield entry.name, said.key or entry.name, said, entry.default


def items_of(record: type) -> dict[str, Item]:
    """The declared fields of a record class by their keys in files, in order."""
    return {key: said for _, key, said, _ in declared(record)}


def required_of(record: type) -> tuple[str, ...]:
    """The keys that a file must have."""
    return tuple(key for _, key, _, default in declared(record) if default is dataclasses.MISSING)
