"""A number that may be dated and differ by segment, before and after a change: when anybody has less."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from cardkit.diff.directions import Number
from cardkit.ground.shape.figure import Figure

Timing = Literal["now", "dated", "announced", "in-place"]
"""How a value comes to be worse: at once; from a day that it names; where something else was announced for
that day, or this for a later one; `in-place`: nobody has less, but what was published is not what it was."""

_UNLIMITED = Fraction(10**30)
"""More than any number that a file may hold."""


@dataclass(frozen=True, slots=True)
class Moved:
    """From which day, and where, a number is worse than it was."""

    before: Fraction | None
    after: Fraction | None
    since: date
    timing: Timing
    segments: tuple[str, ...] = ()


def moves(direction: Number, before: Any, after: Any, as_of: date) -> Iterator[Moved]:
    """Where a number got worse, from the first day on that it did; equal answers of segments are one."""
    found: dict[Moved, list[str]] = {}
    segments = _segments(before, after)
    for segment in segments:
        moved = _moved(direction, before, after, as_of, segment)
        if moved is not None:
            found.setdefault(moved, []).append(segment or "")
    for moved, where in found.items():
        everywhere = len(where) == len(segments) or where == [""]
        named = () if everywhere else tuple(name for name in where if name)
        yield Moved(moved.before, moved.after, moved.since, moved.timing, named)


def _moved(direction: Number, before: Any, after: Any, as_of: date, segment: str | None) -> Moved | None:
    days = [as_of, *sorted({day for each in (before, after) for day in _days(each, segment) if day > as_of})]
    for day in days:
        old, new = _on(before, day, segment), _on(after, day, segment)
        if _is_worse(direction, old, new):
            return Moved(old, new, day, _timing(before, after, day, as_of, segment))
    # Nobody has less. What was already published must still be what it was: a history can't be edited.
    past = [day for each in (before, after) for day in _days(each, segment) if day <= as_of]
    for day in (*sorted(set(past)), as_of):
        old, new = _on(before, day, segment), _on(after, day, segment)
        if old != new and old is not None and new is not None and not _since(after, as_of, segment):
            return Moved(old, new, as_of, "in-place")
    return None


def _timing(before: Any, after: Any, day: date, as_of: date, segment: str | None) -> Timing:
    """How the customer could know: from the value's own first day, from what had been announced, or not."""
    begins = _entry_day(after, day, segment)
    if day > as_of:
        if begins != day:
            return "announced"  # the better value was announced for this day, and doesn't come
        worse = _on(after, day, segment)
        if any(_on(before, later, segment) == worse for later in _days(before, segment) if later > day):
            return "announced"  # the worse value was announced for a later day
    return "dated" if begins == day else "now"


def _since(after: Any, as_of: date, segment: str | None) -> bool:
    """Whether the value in force begins on the day itself: then it was dated, not edited."""
    return _entry_day(after, as_of, segment) == as_of


def _is_worse(direction: Number, old: Fraction | None, new: Fraction | None) -> bool:
    values = [_filled(direction, each) for each in (old, new)]
    if values[0] is None or values[1] is None:
        return False
    return values[1] > values[0] if direction.worse == "higher" else values[1] < values[0]


def _filled(direction: Number, value: Fraction | None) -> Fraction | None:
    if value is not None:
        return value
    return {"zero": Fraction(0), "unlimited": _UNLIMITED, "unknown": None}[direction.absent]


def _segments(before: Any, after: Any) -> list[str | None]:
    """Everybody else, and those with values of their own."""
    named = [name for each in (before, after) if isinstance(each, Figure) for name in each.by_segment]
    return [None, *dict.fromkeys(named)]


def _figure(value: Any, segment: str | None) -> Figure | None:
    if not isinstance(value, Figure):
        return None
    return value.by_segment.get(segment, value) if segment is not None else value


def _days(value: Any, segment: str | None) -> list[date]:
    figure = _figure(value, segment)
    return [] if figure is None else [entry.since for entry in figure.entries if entry.since is not None]


def _on(value: Any, day: date, segment: str | None) -> Fraction | None:
    if value is None or not isinstance(value, Figure):
        return None if value is None else Fraction(value)
    entry = value.on(day, segment)
    return None if entry is None else entry.value


def _entry_day(value: Any, day: date, segment: str | None) -> date | None:
    entry = value.on(day, segment) if isinstance(value, Figure) else None
    return None if entry is None else entry.since
