"""What is proposed for a value: what the shape gives as its example, else what others of its kind have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Item, Shape
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import (
    BenefitReference,
    Boolean,
    Choice,
    Day,
    Identifier,
    Line,
    Number,
    Rate,
    Reference,
    Whole,
    Words,
)

_YEARS = 2
"""A last day is proposed at the end of the year after next."""
_SHALLOW = 2
"""Deeper inside, what another file has is nearer the truth than an example of the format."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft may refer to and take as its pattern."""

    ids: Mapping[str, Sequence[str]]
    """Ids by kind and vocabulary; benefits, as ENTITY/BENEFIT, under `benefit`."""
    values: Mapping[Path, Any]
    """What only the catalog knows: an expression of a product, the name of a check."""
    others: Sequence[Mapping[str, Any]]
    """The data of the kind's other files: an amount that no example is given for is taken from the first."""
    everything: Sequence[Mapping[str, Any]]
    """The data of all files."""
    today: date
    used: Mapping[str, int]
    """How often an id is referred to already."""

    def of(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """The ids of some kinds, in the catalog's order."""
        return tuple(name for kind in kinds for name in self.ids.get(kind, ()))

    def times_used(self, name: str) -> int:
        """How often an id is referred to."""
        return self.used.get(name, 0)

    def elsewhere(self, path: Path) -> Any:
        """The value at a path in another file of the kind; None where none has one."""
        for data in self.others:
            found: Any = data
            for step in path:
                found = found.get(step) if isinstance(found, Mapping) else None
            if found is not None:
                return found
        return None

    def usual(self, path: Path, words: Sequence[str]) -> str:
        """The word that most files of the kind have at a path, whatever the place in a list.

        That of all files where none of the kind has one, and the first where nobody has.
        """
        for files in (self.others, self.everything):
            found = [word for data in files for word in _everywhere(data, path) if word in words]
            if found:
                return max(words, key=found.count)
        return words[0]


def _everywhere(data: Any, path: Path) -> list[Any]:
    """The values at a path, in every item of a list where it names one."""
    for at, step in enumerate(path):
        if isinstance(step, int) and isinstance(data, list):
            return [value for each in data for value in _everywhere(each, path[at + 1 :])]
        data = data.get(step) if isinstance(data, Mapping) else None
    return [data]


def choices(shape: Shape, known: Known) -> tuple[str, ...]:
    """The words or ids that may stand for a value, or for each in a list; empty where anything may."""
    if isinstance(shape, Choice):
        return shape.words
    if isinstance(shape, Reference):
        return known.of(shape.kinds)
    if isinstance(shape, BenefitReference):
        return known.of(("benefit",))
    return choices(shape.inner, known) if isinstance(shape, ListOf) else ()


def proposal(shape: Shape, said: Item | None, path: Path, known: Known) -> Any:  # noqa: PLR0911 - one for each
    """Plain data to propose for a value that has no parts; None where nothing fits."""
    listed = choices(shape, known)
    if isinstance(shape, ListOf):
        return list(listed[: max(1, shape.least)]) if len(listed) >= shape.least else None
    if isinstance(shape, Reference) and "usage" in shape.kinds:
        return min(listed, key=known.times_used, default=None)  # two benefits of one have to be told apart
    if isinstance(shape, Reference | BenefitReference):
        return listed[0] if listed else None
    if path in known.values:
        return known.values[path]
    example = None if said is None else said.example
    other = None if isinstance(shape, Identifier | Words | Day) else known.elsewhere(path)
    for found in (other, example) if len(path) > _SHALLOW else (example, other):
        if found is not None:
            return found
    if isinstance(shape, Choice):
        return shape.words[0]
    return _plain(shape, said, path, known.today)


def _plain(shape: Shape, said: Item | None, path: Path, today: date) -> Any:  # noqa: PLR0911 - one for each
    if isinstance(shape, FigureOf):
        return _plain(shape.inner, said, path, today)
    if isinstance(shape, Day):
        last = path[-1] == "until"
        return (date(today.year + _YEARS, 12, 31) if last else date(today.year, 1, 1)).isoformat()
    if isinstance(shape, Words):
        return None if said is None else {"zh": said.title.zh, "en": said.title.en}
    if isinstance(shape, Whole):
        return max(shape.least, min(1, shape.most))
    if isinstance(shape, Number):
        return 1 if shape.above is None else shape.above + 1
    if isinstance(shape, Rate):
        return f"{max(shape.least, min(1, shape.most))}%"
    if isinstance(shape, Boolean):
        return False
    if isinstance(shape, Line):
        return None if said is None else said.title.en
    return None
