"""Classes of plain values that cost next to nothing to define."""

from dataclasses import MISSING
from typing import Any, TypeVar, cast, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True)
def frozen(made: type[Made]) -> type[Made]:
    """Make a class frozen, built from its annotated fields, and compared, hashed and shown by them.

    As `dataclass(frozen=True)`, whose six compiled methods for each class took a fifth of the time of a
    short command: it defines a hundred classes and uses a few of each. In return an object takes three
    times as long to make, so what a catalog has thousands of stays a dataclass. Defaults are plain values
    (no `field`); `__post_init__` may check the fields, and nothing may change them.
    """
    fields: dict[str, Any] = {}
    for base in reversed(made.__mro__[1:]):
        fields |= vars(base).get("__frozen__", {})
    fields |= {name: vars(made).get(name, MISSING) for name in made.__annotations__}
    body: dict[str, Any] = {
        "__frozen__": fields,
        "__match_args__": tuple(fields),
        "__init__": _fill,
        "__eq__": _equals,
        "__hash__": _hash,
        "__repr__": _shown,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in body.items():
        setattr(made, name, method)
    return made


def changed(one: Made, **fields: Any) -> Made:
    """A copy with other values in some fields, as `dataclasses.replace` makes it of a dataclass."""
    made: Any = type(one)
    return cast("Made", made(**dict(zip(made.__frozen__, _values(one), strict=True)) | fields))


def _fill(self: Any, *given: Any, **named: Any) -> None:
    """The constructor. Raises TypeError for fields that are missing, doubled or don't exist."""
    made = type(self)
    fields: dict[str, Any] = made.__frozen__
    values = dict(zip(fields, given, strict=False))
    if len(given) > len(fields) or named.keys() & values.keys() or named.keys() - fields.keys():
        raise TypeError(f"{made.__name__} takes {', '.join(fields)}, each once")
    for name, default in fields.items():
        if name not in values:
            values[name] = named.get(name, default)
            if values[name] is MISSING:
                raise TypeError(f"{made.__name__} needs {name}")
    self.__dict__.update(values)
    if hasattr(made, "__post_init__"):
        self.__post_init__()


def _values(self: Any) -> tuple[Any, ...]:
    held = self.__dict__
    return tuple([held[name] for name in type(self).__frozen__])


def _equals(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:
    fields = ", ".join(
        f"{name}={value!r}" for name, value in zip(type(self).__frozen__, _values(self), strict=True)
    )
    return f"{type(self).__qualname__}({fields})"


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} can't be changed: it is frozen")
