"""The public face of a record: a copy in which everything that is not for customers does not exist."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from cardkit.ground.shape.base import declared, is_record
from cardkit.ground.shape.figure import Entry, Figure
from cardkit.ground.text import Text

Record = TypeVar("Record")
_PLAIN = frozenset((str, int, bool, Fraction, date, Text, type(None)))


def public_face(record: Record) -> Record:
    """A copy of a record that has its public fields alone, and so on inside them.

    Hidden fields are not set at all, so that reading one raises AttributeError, even just to ask whether
    it is None: a sentence that leaned on a hidden figure fails at once instead of leaking or guessing.
    Of public figures the values stay; who measured them, and how surely, goes.

    Raises TypeError for a value that no rule here lets through, and for records without slots, whose
    defaults would show through.
    """
    face = object.__new__(type(record))
    if hasattr(face, "__dict__"):
        raise TypeError(f"{type(record).__name__} needs slots=True: its hidden defaults would show")
    made: type = type(record)
    for name in _public_fields(made):
        object.__setattr__(face, name, _public(getattr(record, name)))
    return face


@cache
def _public_fields(record: type) -> tuple[str, ...]:
    """The names of a record's public fields; pages ask for thousands of records of few types."""
    return tuple(name for name, _, said, _ in declared(record) if said.public)


def _public(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Figure):
        return Figure(
            tuple(Entry(entry.value, entry.since) for entry in value.entries),
            {segment: _public(figure) for segment, figure in value.by_segment.items()},
        )
    if isinstance(value, tuple):
        return tuple(_public(part) for part in value)
    if isinstance(value, Mapping):
        return {key: _public(part) for key, part in value.items()}
    if is_record(type(value)):
        return public_face(value)
    raise TypeError(f"nothing says whether {type(value).__name__} is for customers")
