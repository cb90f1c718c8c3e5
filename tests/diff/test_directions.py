"""Every public field of what is promised has a direction, or a reason to have none."""

from collections.abc import Iterator

from cardkit.diff.directions import DIRECTIONS, NO_PROMISE, directions_of
from cardkit.diff.worsenings import HELD
from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged


def inside(shape: Shape) -> Iterator[type]:
    if isinstance(shape, Record):
        yield shape.made
    elif isinstance(shape, Tagged):
        yield from (record.made for record in shape.records.values())
    elif isinstance(shape, ListOf | MapOf):
        yield from inside(shape.inner)


def records() -> set[type]:
    """What is held, and every record that is public in it."""
    found: set[type] = set()
    queue: list[type] = list(HELD)
    while queue:
        made = queue.pop()
        if made not in found:
            found.add(made)
            queue += [
                inner for item in items_of(made).values() if item.public for inner in inside(item.shape)
            ]
    return found


def test_every_public_field_has_a_direction_or_a_reason_to_have_none() -> None:
    missing = [
        f"{made.__name__}.{key}"
        for made in sorted(records(), key=lambda made: made.__name__)
        for key, item in items_of(made).items()
        if item.public and key not in directions_of(made) and key not in NO_PROMISE
    ]
    assert missing == []


def test_every_direction_is_of_a_field_that_there_is() -> None:
    wrong = [
        f"{made.__name__}.{key}"
        for made, directions in DIRECTIONS.items()
        for key in directions
        if key not in items_of(made)
    ]
    assert wrong == []


def test_every_reason_is_needed() -> None:
    keys = {
        key
        for made in records()
        for key, item in items_of(made).items()
        if item.public and key not in directions_of(made)
    }
    assert keys >= NO_PROMISE
