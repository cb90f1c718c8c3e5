"""What got worse for the people who hold a card already: two records walked side by side.

Only what is public counts, and who may have it: what a change costs the bank breaks no promise. What was
never published (a draft, something that has not begun, something that is over) promised nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from cardkit.diff.directions import (
    Dates,
    Demand,
    Direction,
    Family,
    Flag,
    Inside,
    Members,
    Number,
    Others,
    Word,
    directions_of,
)
from cardkit.diff.fields import key_of
from cardkit.diff.sides import SETTINGS, Sides
from cardkit.diff.timeline import Timing, moves
from cardkit.diff.values import NOTHING
from cardkit.ground.finding import Path
from cardkit.ground.money import percent, plain_number
from cardkit.ground.shape.base import Item, Shape, declared, is_record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Rate
from cardkit.ground.text import Text, joined, same
from cardkit.mechanics.common import Window
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier

HELD = (Card, Module, Bundle, ServiceTier, Campaign)
"""The kinds of entity that promise something."""


@dataclass(frozen=True, slots=True)
class Worse:
    """A promise of which less is left, or that is kept later."""

    family: Family | Literal["date"]
    entity: str
    path: Path
    """Of the value after the change; of what held it, where the value is gone."""
    label: Text
    before: Text
    after: Text
    since: date
    """The first day on which the customer has less."""
    timing: Timing = "now"
    segments: tuple[str, ...] = ()
    """Only in these; everywhere when empty."""
    can_be_dated: bool = False
    """Whether the format lets the value be given from a day on."""


def worsenings(sides: Sides) -> tuple[Worse, ...]:
    """Everything that got worse, entity by entity; remembered."""
    key = "worsenings"
    if key not in sides.remembered:
        sides.remembered[key] = tuple(_all(sides))
    found: tuple[Worse, ...] = sides.remembered[key]
    return found


def published(entity: Entity | None, as_of: date) -> bool:
    """Whether somebody may hold it: not a draft, begun, and not over."""
    if entity is None or entity.status == "draft":
        return False
    return entity.valid is None or entity.valid.holds(as_of)


def _all(sides: Sides) -> Iterator[Worse]:
    for name in sides.changed:
        if name == SETTINGS:
            before: Any = sides.before.catalog.known_settings
            after: Any = sides.after.catalog.known_settings
        else:
            before, after = (sides.entity(name, after=side) for side in (False, True))
            if not isinstance(before, HELD) or after is None or type(before) is not type(after):
                continue  # a published entity that is gone is retired, see the promise of that name
            if before.status == "draft" or after.status == "draft":
                continue
            if isinstance(before, Campaign) and not before.window.holds(sides.as_of):
                continue
            if not published(before, sides.as_of):
                yield from _announced(name, before, after, sides.as_of)
                continue
        yield from _Walk(name, sides.as_of).records(before, after, (), ())


def _announced(name: str, before: Entity, after: Entity, as_of: date) -> Iterator[Worse]:
    """Something that hasn't begun: only the day on which it was announced to begin is a promise."""
    if before.valid is not None and before.valid.since is not None and before.valid.since > as_of:
        yield from _Walk(name, as_of).dates(before.valid, after.valid, ("valid",), (_title(Entity, "valid"),))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One entity's records, side by side."""

    entity: str
    as_of: date

    def records(self, before: Any, after: Any, path: Path, labels: tuple[Text, ...]) -> Iterator[Worse]:
        """What got worse between two records of one type."""
        directions = directions_of(type(before))
        if isinstance(before, Window):
            yield from self.dates(before, after, path, labels)
        for name, key, item, _ in declared(type(before)):
            direction = directions.get(key)
            if direction is None:
                continue
            old, new = getattr(before, name), getattr(after, name)
            if old == new:
                continue
            yield from self._field(direction, item, old, new, (*path, key), (*labels, item.title))

    def _field(
        self, direction: Direction, item: Item, old: Any, new: Any, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        if isinstance(direction, Inside):
            yield from self._inside(direction, old, new, path, labels)
        elif isinstance(direction, Dates):
            yield from self.dates(old, new, path, labels)
        elif isinstance(direction, Number):
            yield from self._number(direction, item.shape, old, new, path, labels)
        elif isinstance(direction, Word):
            ranks = {word: rank for rank, words in enumerate(direction.best_first) for word in words}
            if old in ranks and new in ranks and ranks[new] > ranks[old]:
                yield self._now(direction.family, path, labels, same(str(old)), same(str(new)))
        elif isinstance(direction, Flag):
            if new is direction.worse:
                yield self._now(direction.family, path, labels, _said_flag(old), _said_flag(new))
        elif isinstance(direction, Demand):
            if old is None and new is not None:
                yield self._now(direction.family, path, labels, NOTHING, _plain(new))
        else:
            yield from self._lists(direction, old, new, path, labels)

    def _lists(
        self, direction: Members | Others, old: Any, new: Any, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        if isinstance(direction, Others):
            lost = [each for each in new if each not in old]
        elif direction.all_when_empty and not new:
            return
        elif direction.all_when_empty and not old:
            lost = list(new)  # from everybody to these
        else:
            lost = [each for each in old if each not in new]
        if lost:
            everyone = Text("全部", "all") if isinstance(direction, Members) else NOTHING
            said = [joined([_plain(each) for each in side]) if side else everyone for side in (old, new)]
            yield self._now(direction.family, path, labels, said[0], said[1])

    def _inside(
        self, direction: Inside, old: Any, new: Any, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            pairs: list[tuple[str | int, Any, Any]] = [
                (key, old.get(key), new.get(key)) for key in (*old, *(k for k in new if k not in old))
            ]
        elif isinstance(old, tuple) and isinstance(new, tuple):
            pairs = list(_paired(old, new))
        else:
            yield from self._pair(direction, old, new, path, labels)
            return
        for step, one, other in pairs:
            shown = other if other is not None else one
            name = getattr(shown, "name", None)
            label = name if isinstance(name, Text) else same(str(step + 1 if isinstance(step, int) else step))
            where = (*path, step) if other is not None else path
            yield from self._pair(
                direction,
                one,
                other,
                where,
                (*labels[:-1], label) if isinstance(name, Text) else (*labels, label),
            )

    def _pair(
        self, direction: Inside, old: Any, new: Any, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        if (old is None and new is None) or old == new:
            return
        if new is None:
            if direction.lost is not None and not _over(old, self.as_of):
                yield self._now(direction.lost, path, labels, _name(old), NOTHING)
        elif old is None:
            if direction.gained is not None:
                yield self._now(direction.gained, path, labels, NOTHING, _name(new))
        elif type(old) is not type(new):
            yield self._now("benefit", path, labels, _name(old), _name(new))
        elif not _over(old, self.as_of):
            yield from self.records(old, new, path, labels)

    def _number(
        self, direction: Number, shape: Shape, old: Any, new: Any, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        shown = shape.inner if isinstance(shape, FigureOf) else shape
        for moved in moves(direction, old, new, self.as_of):
            yield Worse(
                direction.family,
                self.entity,
                path,
                joined(labels, " · ", " · "),
                _amount(shown, moved.before, direction),
                _amount(shown, moved.after, direction),
                moved.since,
                moved.timing,
                moved.segments,
                isinstance(shape, FigureOf),
            )

    def dates(
        self, old: Window | None, new: Window | None, path: Path, labels: tuple[Text, ...]
    ) -> Iterator[Worse]:
        """A span that ends earlier, or begins later, than it did."""
        was = (None, None) if old is None else (old.since, old.until)
        now = (None, None) if new is None else (new.since, new.until)
        if (
            now[1] is not None
            and (was[1] is None or now[1] < was[1])
            and (was[1] is None or was[1] >= self.as_of)
        ):
            yield self._dated(
                (*path, "until"),
                (*labels, _title(Window, "until")),
                was[1],
                now[1],
                now[1] + timedelta(days=1),
            )
        begins = was[0] or self.as_of
        if now[0] is not None and now[0] > begins and now[0] > self.as_of:
            since = max(begins, self.as_of)
            yield self._dated(
                (*path, "from"), (*labels, _title(Window, "since")), was[0], now[0], since, "announced"
            )

    def _dated(
        self,
        path: Path,
        labels: tuple[Text, ...],
        old: date | None,
        new: date,
        since: date,
        timing: Timing = "dated",
    ) -> Worse:
        said = NOTHING if old is None else same(old.isoformat())
        return Worse(
            "date",
            self.entity,
            path,
            joined(labels, " · ", " · "),
            said,
            same(new.isoformat()),
            max(since, self.as_of),
            timing,
        )

    def _now(self, family: Family, path: Path, labels: tuple[Text, ...], before: Text, after: Text) -> Worse:
        return Worse(family, self.entity, path, joined(labels, " · ", " · "), before, after, self.as_of)


def _paired(old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[tuple[int, Any, Any]]:
    """The records of two lists by what tells them apart: an id, else their place."""
    key = key_of([_as_data(each) for each in (*old, *new)])
    keys = [key(at) for at in range(len(old) + len(new))]
    by_place = (
        isinstance(keys[0], int)
        or len(set(keys[: len(old)])) < len(old)
        or len(set(keys[len(old) :])) < len(new)
    )
    olds = dict(enumerate(old)) if by_place else dict(zip(keys, old, strict=False))
    news: dict[Any, int] = {(at if by_place else keys[len(old) + at]): at for at in range(len(new))}
    for place, (name, one) in enumerate(olds.items()):
        at = news.get(name)
        yield (place if at is None else at), one, None if at is None else new[at]
    for name, at in news.items():
        if name not in olds:
            yield at, None, new[at]


def _as_data(made: Any) -> dict[str, Any]:
    return (
        {key: getattr(made, name) for name, key, _, _ in declared(type(made))}
        if is_record(type(made))
        else {}
    )


def _over(made: Any, as_of: date) -> bool:
    """Whether a benefit's own validity is over, so that nobody has it."""
    validity = getattr(made, "validity", None)
    return validity is not None and validity.until is not None and validity.until < as_of


def _name(made: Any) -> Text:
    name = getattr(made, "name", None)
    if isinstance(name, Text):
        return name
    if is_record(type(made)):
        parts = []
        for field, _, item, default in declared(type(made)):
            value = getattr(made, field)
            if item.public and value is not None and value != default and not is_record(type(value)):
                shape = item.shape.inner if isinstance(item.shape, FigureOf) else item.shape
                first = value.entries[0].value if isinstance(value, Figure) and value.entries else value
                parts.append(_amount(shape, first, None) if isinstance(value, Figure) else _plain(value))
        return joined(parts, " ", " ") if parts else same(type(made).__name__)
    return _plain(made)


def _plain(value: Any) -> Text:
    return value if isinstance(value, Text) else same(str(value))


def _said_flag(value: Any) -> Text:
    return Text("是", "yes") if value else Text("否", "no")


def _amount(shape: Shape, value: Any, direction: Number | None) -> Text:
    if value is None:
        if direction is not None and direction.absent == "unlimited":
            return Text("不限", "no limit")
        return NOTHING
    return same(percent(value) if isinstance(shape, Rate) else plain_number(value))


def _title(made: type, name: str) -> Text:
    return next(item.title for field, _, item, _ in declared(made) if field == name)
