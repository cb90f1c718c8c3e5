"""Fills a shape: every key that a file must have, and whatever its own contradictions ask for besides."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Item, Shape, ShapeError, canonical_keys, declared, items_of, required_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.leaf import Choice, Day, Reference
from cardkit.ground.text import Text, same
from cardkit.source.drafts.proposals import Known, choices, proposal
from cardkit.source.drafts.question import Answer, Question, as_proposed

MOST_ROUNDS = 8
_NAME = re.compile(r"[a-z_]+")
_ADVISED = re.compile(r"\b([a-z_]{4,})\b(?:: ([a-z-]+))?")
_COMMON = frozenset(["name", "source", "status", "description", "kind", "about"])
"""Keys whose names are words of any sentence."""


class Filler:
    """Makes the data of a draft, by asking for each value that it needs."""

    def __init__(self, known: Known, answer: Answer, given: Mapping[Path, Any]) -> None:
        self.known = known
        self.answer = answer
        self.given = given
        """Values that aren't asked for, by path."""

    def fill(self, shape: Shape, said: Item | None, path: Path) -> Any:
        """The data for a value of a shape. Raises CardkitError where the catalog lacks what it refers to."""
        if path in self.given:
            return self.given[path]
        if isinstance(shape, Record):
            return self.record(shape, path, {})
        if isinstance(shape, Tagged):
            words = tuple(shape.records)
            word = self.tag(shape, path, words)
            return self.record(shape.records[word], path, {shape.key: word})
        if isinstance(shape, ListOf) and isinstance(shape.inner, Record | Tagged):
            return [self.fill(shape.inner, said, (*path, index)) for index in range(max(1, shape.least))]
        if isinstance(shape, MapOf):
            return self.mapping(shape, said, path)
        return self.leaf(shape, said, path)

    def tag(self, shape: Tagged, path: Path, words: tuple[str, ...]) -> str:
        """Which of several records it is."""
        place = (*path, shape.key)
        if place in self.given:
            return str(self.given[place])
        said = items_of(next(iter(shape.records.values())).made).get(shape.key)
        usual = self.known.usual(place, words)
        return str(self.answer(Question(place, said, Choice(words), usual, words)))

    def mapping(self, shape: MapOf, said: Item | None, path: Path) -> dict[str, Any]:
        """One entry for each id that its keys may be, all as proposed; none where the keys are free."""
        names = self.known.of(shape.key.kinds) if isinstance(shape.key, Reference) else ()
        if shape.least > len(names):
            raise _lacking(shape.key, said, path)
        quiet = Filler(self.known, as_proposed, self.given)
        return {name: quiet.fill(shape.inner, None, (*path, name)) for name in names}

    def leaf(self, shape: Shape, said: Item | None, path: Path) -> Any:
        """A value without parts."""
        listed = choices(shape, self.known)
        proposed = proposal(shape, said, path, self.known)
        if proposed is None and (isinstance(shape, Reference) or (isinstance(shape, ListOf) and not listed)):
            raise _lacking(shape, said, path)
        return self.answer(Question(path, said, shape, proposed, listed))

    def record(self, shape: Record, path: Path, data: dict[str, Any]) -> dict[str, Any]:
        """A record with the keys that it needs; its dates, where it needs nothing else."""
        items = items_of(shape.made)
        needed = set(required_of(shape.made))
        if not needed:
            needed = {key for key, item in items.items() if isinstance(item.shape, Day)}
        needed |= {place[len(path)] for place in self.given if self._below(place, path)}  # type: ignore[misc]
        for key in canonical_keys(shape.made):
            if key in needed and key not in data and key in items:
                place, said = (*path, key), items[key]
                if (
                    key == "id" and place not in self.given
                ):  # what is inside an entity is called after its kind
                    word = next(iter(data.values()), None)
                    data[key] = self.answer(Question(place, said, said.shape, word))
                    continue
                data[key] = self.fill(said.shape, said, place)
        for _ in range(MOST_ROUNDS):
            missing = next(self.asked_for(shape, data), None)
            if missing is None:
                break
            where, inner, key = missing
            item = items_of(inner.made)[key]
            where[key] = self.fill(item.shape, item, (*path, key))
        _choose_again(shape, data)
        return data

    def mend(self, shape: Shape, data: dict[str, Any], path: Path, advice: str) -> bool:
        """Add the first key that advice about a place names and that isn't there; whether there was one.

        Advice says `key` or `key: word`; the innermost record at the place that knows the key gets it.
        """
        for record, held, place in reversed(list(_records(shape, data, path))):
            items = items_of(record.made)
            for found in _ADVISED.finditer(advice):
                key, word = found[1], found[2]
                if key in items and key not in held and key not in _COMMON:
                    item = items[key]
                    chosen = isinstance(item.shape, Choice) and word in item.shape.words
                    quiet = Filler(self.known, self.answer, self.given)
                    held[key] = word if chosen else quiet.fill(item.shape, item, (*place, key))
                    _choose_again(record, held)
                    return True
        return False

    def _below(self, place: Path, path: Path) -> bool:
        return len(place) == len(path) + 1 and place[: len(path)] == path

    def asked_for(self, shape: Record, data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Record, str]]:
        """The keys that a record's contradictions name and that aren't there, with where they belong."""
        for key, words in contradictions(shape, data):
            if key not in data:
                yield data, shape, key
            inner = items_of(shape.made)[key].shape
            for name in words:
                if name in items_of(shape.made) and name not in data:
                    yield data, shape, name
                if isinstance(inner, ListOf) and isinstance(inner.inner, Record):
                    for entry in data.get(key, ()):
                        if name in items_of(inner.inner.made) and name not in entry:
                            yield entry, inner.inner, name


def _choose_again(shape: Record, data: dict[str, Any]) -> None:
    """Where a record contradicts itself, try the other words of what is in the list that it names."""
    for key, _ in list(contradictions(shape, data)):
        inner = getattr(items_of(shape.made)[key].shape, "inner", None)
        entries = data.get(key)
        if not isinstance(inner, Record) or not isinstance(entries, list):
            continue
        for entry in entries:
            for name, item in items_of(inner.made).items():
                words = item.shape.words if isinstance(item.shape, Choice) and name in entry else ()
                for word in words:
                    if any(named == key for named, _ in contradictions(shape, data)):
                        entry[name] = word


def _records(shape: Shape, data: Any, path: Path) -> Iterator[tuple[Record, dict[str, Any], Path]]:
    """The records on the way to a place, the outermost first, with their data and where they stand."""
    here: Path = ()
    known: Shape | None = shape
    for step in (*path, None):
        if isinstance(known, Tagged) and isinstance(data, dict):
            known = known.records.get(str(data.get(known.key)))
        if isinstance(known, Record) and isinstance(data, dict):
            yield known, data, here
        if step is None or known is None:
            return
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
        if isinstance(known, Record):
            item = items_of(known.made).get(str(step))
            known = None if item is None else item.shape
        else:
            known = getattr(known, "inner", None)
        here = (*here, step)


def contradictions(shape: Record, data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What a record says doesn't go together: the key, and the words of the message and its hint."""
    if not hasattr(shape.made, "contradictions"):
        return
    values = {}
    for name, key, item, _ in declared(shape.made):
        if data.get(key) is not None:
            try:
                values[name] = item.shape.build(data[key], (key,))
            except (ShapeError, TypeError, ValueError, KeyError, AttributeError):
                return  # something in it is wrong by itself: the checks of the whole file tell what
    for key, message, hint in shape.made(**values).contradictions():
        yield key, _NAME.findall(f"{message.en} {'' if hint is None else hint.en}")


def _lacking(shape: Shape, said: Item | None, path: Path) -> CardkitError:
    what = same(str(path[-1])) if said is None else said.title
    kinds = ", ".join(getattr(shape, "kinds", getattr(getattr(shape, "inner", None), "kinds", ())))
    return CardkitError(
        Text(
            f"{what.zh} 要引用 {kinds or 'id'}，目录里还没有",
            f"{what.en} refers to a {kinds or 'id'}, and there is none",
        ),
        Text(f"先新建它：cardkit new {kinds}", f"make it first: cardkit new {kinds}")
        if kinds
        else Text("先新建它", "make it first"),
    )
