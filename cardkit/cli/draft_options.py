"""What the command line says about a new file, and where in it each value belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.safe import one_line
from cardkit.ground.shape.base import items_of
from cardkit.ground.shape.composite import Record, Tagged
from cardkit.ground.text import Text
from cardkit.model.expression import nearest
from cardkit.model.kinds import KIND_OF_WORD, Kind
from cardkit.source.overlay_value import typed_value


@dataclass(frozen=True, slots=True)
class Given:
    """What was said on the command line; None and empty for what wasn't."""

    id: str | None
    name: Mapping[str, str]
    owner: str | None
    words: Mapping[Path, str | None]
    """The words that decide which keys a file has."""
    fields: Mapping[Path, Any]
    like: str | None
    force: bool
    """Write it even where the catalog would have errors with it."""


def kind_of_word(word: str) -> Kind:
    """The kind; raises CardkitError for a word that is none."""
    if word not in KIND_OF_WORD:
        close = nearest(word, KIND_OF_WORD)
        shown = one_line(word)
        listed = ", ".join(KIND_OF_WORD)
        raise CardkitError(
            Text(f"没有 {shown} 这一类", f"There is no kind {shown}"),
            Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")
            if close
            else Text(f"可写：{listed}", f"write one of: {listed}"),
        )
    return KIND_OF_WORD[word]


def field_of(written: str) -> tuple[Path, Any]:
    """`benefits.0.count=6` as path and value, read as strictly as a file's. Raises CardkitError."""
    path, equals, value = written.partition("=")
    steps = tuple(
        int(step) if step.isascii() and step.isdigit() else step for step in path.strip().split(".")
    )
    if not equals or not all(steps[:1]) or "" in steps:
        shown = one_line(written)
        raise CardkitError(
            Text(f"{shown} 不是 键=值", f"{shown} is no KEY=VALUE"),
            Text("如 price=88 或 benefits.0.count=6", "such as price=88 or benefits.0.count=6"),
        )
    return steps, typed_value(value)


def tagged(kind: Kind, path: Path) -> Tagged | None:
    """The shape that a word chooses within, in files of a kind; None where there is none."""
    if len(path) == 1:
        return kind.shape if isinstance(kind.shape, Tagged) and kind.shape.key == path[0] else None
    if not isinstance(kind.shape, Record):
        return None
    held = items_of(kind.shape.made).get(str(path[0]))
    inner = None if held is None else getattr(held.shape, "inner", None)
    return inner if isinstance(inner, Tagged) and inner.key == path[-1] else None


def put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value into the draft; mappings on the way are made. Raises CardkitError where there is no way."""
    place: Any = data
    try:
        for step in path[:-1]:
            place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
        place[path[-1]] = value
    except (TypeError, IndexError, KeyError, AttributeError):
        shown = one_line(".".join(str(step) for step in path))
        raise CardkitError(
            Text(f"这个文件里没有 {shown}", f"This file has no {shown}"),
            Text("列表的项从 0 数起，如 benefits.0.count", "items of a list count from 0: benefits.0.count"),
        ) from None
