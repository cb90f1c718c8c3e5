"""Fields changed, entity by entity: two files' data walked side by side, along their declared shapes."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import Any, NamedTuple

from cardkit.diff.change import Change, FieldChange, Kind, Subject
from cardkit.diff.sides import SETTINGS, Sides
from cardkit.diff.values import name_of, said
from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.text import Text, joined, same
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.settings import Settings

_KEYS = ("id", "months", "payer", "check")
"""What tells the records of a list apart where they have it; else their place does."""
_LIMIT_KEYS = ("metric", "period", "level")


class _Place(NamedTuple):
    """Where a value stands: the subject so far, in words and as a path."""

    id: str
    name: Text
    labels: tuple[Text, ...] = ()
    path: Path = ()

    def inside(self, step: str | int, label: Text | None) -> "_Place":
        labels = self.labels if label is None else (*self.labels, label)
        return _Place(self.id, self.name, labels, (*self.path, step))

    @property
    def subject(self) -> Subject:
        return Subject(self.id, self.name, joined(self.labels, " · ", " · "), self.path)


def field_changes(sides: Sides) -> tuple[FieldChange, ...]:
    """Every field that differs, entity by entity in the files' order, fields in the order of their record."""
    found: list[FieldChange] = []
    for name in sides.changed:
        before, after = (sides.source(name, after=False), sides.source(name, after=True))
        place = _Place(name, sides.name_of(name))
        if before is None or after is None:
            kind = Kind.ENTITY_ADDED if before is None else Kind.ENTITY_REMOVED
            there = after or before
            about = _kind_name(there.kind if there else None)
            found.append(
                Change(
                    kind, place.subject, about if after is None else None, about if before is None else None
                )
            )
            continue
        shape = _shape(name, after.kind)
        if shape is not None:
            found += _differences(shape, before.data, after.data, place, sides.as_of)
    return tuple(found)


def _shape(name: str, kind: str | None) -> Shape | None:
    if name == SETTINGS:
        return Record(Settings)
    known = KIND_OF_WORD.get(kind or "")
    return None if known is None else known.shape


def _kind_name(kind: str | None) -> Text:
    known = KIND_OF_WORD.get(kind or "")
    return Text("文件", "file") if known is None else known.name


def _differences(  # noqa: C901 - one for each shape
    shape: Shape, before: Any, after: Any, place: _Place, as_of: date
) -> Iterator[FieldChange]:
    if before == after:
        return
    if before is None or after is None:
        yield _one(shape, before, after, place)
    elif isinstance(shape, Tagged):
        words = {data.get(shape.key) for data in (before, after) if isinstance(data, dict)}
        word = next(iter(words), None)
        if len(words) == 1 and isinstance(word, str) and word in shape.records:
            yield from _differences(shape.records[word], before, after, place, as_of)
        else:
            yield _one(shape, before, after, place)
    elif isinstance(shape, Record):
        for key, item in items_of(shape.made).items():
            inner = place.inside(key, item.title)
            yield from _differences(item.shape, before.get(key), after.get(key), inner, as_of)
    elif isinstance(shape, MapOf):
        for key in dict.fromkeys((*before, *after)):
            inner = place.inside(key, same(str(key)))
            yield from _differences(shape.inner, before.get(key), after.get(key), inner, as_of)
    elif isinstance(shape, ListOf) and isinstance(shape.inner, Record | Tagged):
        yield from _lists(shape.inner, before, after, place, as_of)
    elif isinstance(shape, FigureOf):
        yield from _figures(shape, before, after, place, as_of)
    else:
        yield _one(shape, before, after, place)


def _one(shape: Shape, before: Any, after: Any, place: _Place) -> FieldChange:
    if before is None:
        return Change(Kind.VALUE_ADDED, place.subject, None, said(shape, after))
    if after is None:
        return Change(Kind.VALUE_REMOVED, place.subject, said(shape, before), None)
    return Change(Kind.VALUE_CHANGED, place.subject, said(shape, before), said(shape, after))


def key_of(data: list[Any]) -> Callable[[int], Hashable]:
    """What tells the records of a list apart: their id or the like, else their place."""
    for key in _KEYS:
        if all(isinstance(each, dict) and each.get(key) is not None for each in data):
            return lambda at: str(data[at][key])
    if all(isinstance(each, dict) and "metric" in each and "most" in each for each in data):
        return lambda at: tuple(str(data[at].get(key, "")) for key in _LIMIT_KEYS)
    return lambda at: at


def _lists(
    shape: Record | Tagged, before: list[Any], after: list[Any], place: _Place, as_of: date
) -> Iterator[FieldChange]:
    both = [*before, *after]
    key = key_of(both)
    old = {key(at): each for at, each in enumerate(before)}
    # Places count from the start on each side; keys are the same on both.
    new = {_as_before(key(at + len(before)), len(before)): at for at in range(len(after))}
    if len(old) != len(before) or len(new) != len(after):  # twice the same key: by place then
        old = dict(enumerate(before))
        new = {at: at for at in range(len(after))}
    for name in dict.fromkeys((*old, *new)):
        data, at = old.get(name), new.get(name)
        later = None if at is None else after[at]
        label = name_of(shape, later if later is not None else data)
        step = at if at is not None else next(i for i, each in enumerate(old) if each == name)
        inner = place.inside(step, label or same(str(step + 1)))
        yield from _differences(shape, data, later, inner, as_of)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Change(Kind.ORDER_CHANGED, place.subject, None, None)


def _as_before(key: Hashable, offset: int) -> Hashable:
    return key - offset if isinstance(key, int) else key


def _figures(shape: FigureOf, before: Any, after: Any, place: _Place, as_of: date) -> Iterator[FieldChange]:
    if _by_segment(before) or _by_segment(after):
        old, new = _segments(before), _segments(after)
        for segment in dict.fromkeys((*old, *new)):
            label = same(segment) if segment else None
            inner = place.inside(segment, label) if segment else place
            yield from _differences(shape, old.get(segment), new.get(segment), inner, as_of)
        return
    if not isinstance(before, list) and not isinstance(after, list):
        yield from _sourced(shape, before, after, place)
        return
    dated = _aligned(_dated(before), _dated(after), as_of)
    for since in sorted({*dated[0], *dated[1]}):
        older, newer = dated[0].get(since), dated[1].get(since)
        if older == newer:
            continue
        label = Text(f"{since} 起", f"from {since}") if since else None
        inner = place if label is None else _Place(place.id, place.name, (*place.labels, label), place.path)
        if older is None and newer is not None and since > as_of.isoformat():
            value = said(shape.inner, newer.get("value"))
            yield Change(Kind.VALUE_DATED, place.subject, None, value, since)
        elif older is None or newer is None:
            yield _one(shape.inner, _value(older), _value(newer), inner)
        else:
            yield from _sourced(shape, older, newer, inner)


def _sourced(shape: FigureOf, before: Any, after: Any, place: _Place) -> Iterator[FieldChange]:
    """A value that holds at once, and where it comes from."""
    if _value(before) != _value(after):
        yield _one(shape.inner, _value(before), _value(after), place)
    for key, label in (("source", Text("来源", "source")), ("status", Text("可信程度", "status"))):
        old, new = (each.get(key) if isinstance(each, dict) else None for each in (before, after))
        if old != new:
            yield _one(shape.inner, old, new, place.inside(key, label))


def _value(data: Any) -> Any:
    return data.get("value") if isinstance(data, dict) else data


def _dated(data: Any) -> dict[str, Any]:
    """Entries by their first day; what isn't dated holds since ever."""
    if isinstance(data, list):
        return {str(each["from"]): each for each in data}
    return {"": data if isinstance(data, dict) else {"value": data}}


def _aligned(
    before: dict[str, Any], after: dict[str, Any], as_of: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entries of both sides; where only one is dated, its first entry is what the other one says."""
    for one, other in ((before, after), (after, before)):
        first = min(other, default="")
        if "" in one and "" not in other and first <= as_of.isoformat():
            entry = dict(other.pop(first))
            del entry["from"]
            other[""] = entry
    return before, after


def _by_segment(data: Any) -> bool:
    return isinstance(data, dict) and ("by_segment" in data or "default" in data)


def _segments(data: Any) -> dict[str, Any]:
    if not _by_segment(data):
        return {"": data}
    return ({"": data["default"]} if "default" in data else {}) | dict(data["by_segment"])
