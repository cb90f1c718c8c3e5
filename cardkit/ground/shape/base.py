"""What every shape can do, and how a record declares its fields."""

import dataclasses
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, TypeVar, cast, dataclass_transform

from cardkit.ground.finding import Path
from cardkit.ground.text import Text

Made = TypeVar("Made")
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


class Shape:
    """How one value is written in YAML, described to editors, and read.

    No abstract base class at run time: asking such a class what an instance is takes ten times as long,
    and files are walked by shape.
    """

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


@dataclasses.dataclass(frozen=True, slots=True)
class _Declared:
    """A record's field before the class is made."""

    said: Item
    default: Any


MISSING: Any = dataclasses.MISSING
"""The default of a field that a file must have."""


def item(
    shape: Shape,
    title: Text,
    about: Text,
    *,
    default: Any = MISSING,
    public: bool = False,
    example: Any = None,
    key: str | None = None,
) -> Any:
    """Declare a record's field.

    `public` fields are the only ones that a customer's page may be made from.
    A field with a default may be left out of the file.
    """
    return _Declared(Item(shape, title, about, public, example, key), default)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(item,))
def record(made: type[Made]) -> type[Made]:
    """Make a class whose fields were declared with `item` a frozen, slotted record, given by keyword.

    As `dataclass(frozen=True, slots=True, kw_only=True)`, but without compiling methods for each class:
    with a hundred records that alone took a third of the time of a short command.
    """
    own = {name: value for name, value in vars(made).items() if isinstance(value, _Declared)}
    items: dict[str, _Declared] = {}
    for base in reversed(made.__mro__[1:]):
        items.update(vars(base).get("__items__", {}))
    items.update(own)
    body = {
        name: value
        for name, value in vars(made).items()
        if name not in own and name not in ("__dict__", "__weakref__")
    }
    body["__items__"] = items
    body["__slots__"] = tuple(own)
    body["__init__"] = _fill
    body["__setattr__"] = body["__delattr__"] = _refuse
    body["__repr__"] = _shown
    metaclass: Any = type(made)  # ABCMeta for benefits
    return cast("type[Made]", metaclass(made.__name__, made.__bases__, body))


def _fill(self: Any, **values: Any) -> None:
    """The constructor of every record. Raises TypeError for fields that are missing or don't exist."""
    setting = object.__setattr__
    left = len(values)
    for name, entry in type(self).__items__.items():
        if name in values:
            setting(self, name, values[name])
            left -= 1
        elif entry.default is not MISSING:
            setting(self, name, entry.default)
        else:
            raise TypeError(f"{type(self).__name__} needs {name}")
    if left:
        raise TypeError(
            f"{type(self).__name__} has no {', '.join(values.keys() - type(self).__items__.keys())}"
        )


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} can't be changed: records are frozen")


def _shown(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name, None)!r}" for name in type(self).__items__)
    return f"{type(self).__name__}({fields})"


def is_record(made: type) -> bool:
    """Whether a class was made by `record`."""
    return hasattr(made, "__items__")


def declared(made: type) -> Iterator[tuple[str, str, Item, Any]]:
    """Of each declared field of a record class: its name, its key in files, what it says, its default."""
    items: dict[str, _Declared] = getattr(made, "__items__", {})
    for name, entry in items.items():
        yield name, entry.said.key or name, entry.said, entry.default


def field_of(made: type, name: str) -> tuple[Item, Any]:
    """What one declared field says, and its default. Raises KeyError for a name that isn't declared."""
    entry: _Declared = made.__items__[name]  # type: ignore[attr-defined]  # `record` gives it to the class
    return entry.said, entry.default


def items_of(made: type) -> dict[str, Item]:
    """The declared fields of a record class by their keys in files, in order."""
    return {key: said for _, key, said, _ in declared(made)}


def canonical_keys(made: type) -> tuple[str, ...]:
    """The keys of a record's file in the order in which people read them best: as they were declared.

    A base class may say `OWN_KEYS_BEHIND`, one of its keys: what a class that is made from it adds stands
    behind that one, before the rest of what all of them share.
    """
    keys = tuple(items_of(made))
    behind = getattr(made, "OWN_KEYS_BEHIND", None)
    if behind is None:
        return keys
    base = next(each for each in made.__mro__ if "OWN_KEYS_BEHIND" in vars(each))
    shared = tuple(items_of(base))
    at = shared.index(behind) + 1
    return (*shared[:at], *(key for key in keys if key not in shared), *shared[at:])


def required_of(made: type) -> tuple[str, ...]:
    """The keys that a file must have."""
    return tuple(key for _, key, _, default in declared(made) if default is MISSING)
