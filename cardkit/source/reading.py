"""One pass over a text's events, from the document down to a scalar.

It reads libyaml's events, because its node trees overflow the C stack on deep input, and because a
loader's own ideas of types, merges and aliases are what a catalog must not depend on.
"""

import unicodedata
from collections.abc import Callable
from sys import intern
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from cardkit.ground.finding import Path, Span
from cardkit.source import refusals, syntax
from cardkit.source.characters import FORBIDDEN, is_clean
from cardkit.source.faults import Faults, Stop
from cardkit.source.positions import data_text, span_of
from cardkit.source.scalars import KNOWN, SPECIAL_WORDS, Ambiguous, plain_value

_START = Span(1, 1, 1, 2)

# Keys that are plain texts whatever their quotes: a catalog's files share a few hundred. Bounded, because a
# stranger's files may not.
_KNOWN_KEYS: dict[str, str] = {}
_MOST_KNOWN_KEYS = 4_000
_LONGEST_KNOWN_KEY = 40


class Reading:
    """Reads one text, which holds no forbidden characters any more; faults go to `faults`."""

    __slots__ = ("escapes", "faults", "next_event", "properties", "text", "trail")

    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.trail: list[str | int] = []
        """The path to the collection that is being read."""
        self.escapes = "\\" in text
        self.properties = "!" in text or "&" in text
        """Whether a value may have a tag or an anchor."""
        self.next_event: Callable[[], Any] = CParser(text).get_event
        # A shorter text has room for neither too long a scalar nor too many values.
        if len(text) > refusals.LONGEST_SCALAR:
            self.next_event = _bounded(self.next_event)

    def document(self) -> dict[str, Any]:
        """The data of the only document. Raises Stop when there is none."""
        try:
            return self._document()
        except yaml.YAMLError as error:
            raise (syntax.lookalike(self.text) or syntax.explained(self.text, error)) from error

    def _document(self) -> dict[str, Any]:
        next_event = self.next_event
        next_event()  # the start of the stream
        start = next_event()
        if start.__class__ is StreamEndEvent:
            raise Stop(_START, refusals.EMPTY_DOCUMENT)
        if start.version or start.tags:
            self.faults.add(span_of(start), refusals.DIRECTIVE)
        root = next_event()
        if root.__class__ is not MappingStartEvent:
            raise self._no_mapping(root)
        self._refuse_properties(root, ())
        data = self.mapping()
        next_event()  # the end of the document
        after = next_event()
        if after.__class__ is DocumentStartEvent:
            self.faults.add(span_of(after), refusals.SECOND_DOCUMENT)
        return data

    def _no_mapping(self, root: Any) -> Stop:
        lookalike = syntax.lookalike(self.text)
        if lookalike is not None:
            return lookalike
        if root.__class__ is ScalarEvent and not root.style and not root.value:
            return Stop(_START, refusals.EMPTY_DOCUMENT)
        return Stop(span_of(root), refusals.ROOT_NOT_MAPPING)

    def mapping(self) -> dict[str, Any]:
        """Read a mapping up to its end. This loop decides the reader's speed."""
        next_event = self.next_event
        properties = self.properties
        known_keys = {} if properties else _KNOWN_KEYS
        found: dict[str, Any] = {}
        composed: dict[str, str] = {}
        while True:
            event = next_event()
            if event.__class__ is not ScalarEvent:
                if event.__class__ is MappingEndEvent:
                    return found
                self._refuse_complex_key(event)
                continue
            key = known_keys.get(event.value)
            if key is None or key in found or composed:
                key = self._careful_key(event, found, composed)
                if key is None:
                    continue
            event = next_event()
            if event.__class__ is not ScalarEvent:
                found[key] = self.collection(event, key)
                continue
            value = None if event.style or properties else KNOWN.get(event.value)
            found[key] = self.scalar(event, key) if value is None else value

    def sequence(self) -> list[Any]:
        """Read a list up to its end."""
        next_event = self.next_event
        properties = self.properties
        found: list[Any] = []
        while True:
            event = next_event()
            if event.__class__ is not ScalarEvent:
                if event.__class__ is SequenceEndEvent:
                    return found
                found.append(self.collection(event, len(found)))
                continue
            value = None if event.style or properties else KNOWN.get(event.value)
            found.append(self.scalar(event, len(found)) if value is None else value)

    def value(self, event: Any, step: str | int) -> Any:
        """Read any value; `step` is its key or position in what holds it."""
        if event.__class__ is ScalarEvent:
            return self.scalar(event, step)
        return self.collection(event, step)

    def collection(self, event: Any, step: str | int) -> Any:
        """Read a mapping or a list; an alias in its place becomes null."""
        if event.__class__ is AliasEvent:
            self.faults.add(span_of(event), refusals.ALIAS, (*self.trail, step))
            return None
        self.trail.append(step)
        if self.properties:
            self._refuse_properties(event, tuple(self.trail))
        if len(self.trail) >= refusals.DEEPEST:
            raise Stop(span_of(event), refusals.TOO_DEEP)
        data = self.mapping() if event.__class__ is MappingStartEvent else self.sequence()
        self.trail.pop()
        return data

    def scalar(self, event: Any, step: str | int) -> Any:
        """The value of a scalar."""
        if self.properties:
            self._refuse_properties(event, (*self.trail, step))
        text: str = event.value
        if event.style:
            if self.escapes and event.style == '"':
                return self._unescaped(event, (*self.trail, step))
            return text
        if event.tag is not None:
            return text
        try:
            return plain_value(text)
        except Ambiguous as ambiguous:
            if self.faults.full:  # one message is quick to write, 200,000 are not
                self.faults.leave_out(1)
            else:
                self.faults.add(span_of(event), refusals.ambiguous_value(ambiguous), (*self.trail, step))
            return text

    def _unescaped(self, event: Any, path: Path) -> str:
        """A double-quoted text, whose escapes may have made characters that the file doesn't show."""
        text: str = event.value.replace("\r\n", "\n")
        if not is_clean(text):
            for character in dict.fromkeys(FORBIDDEN.findall(text)):
                self.faults.add(span_of(event), refusals.forbidden_character(character), path)
        return data_text(event)

    def _careful_key(self, event: Any, found: dict[str, Any], composed: dict[str, str]) -> str | None:
        """A key that isn't plainly a new text. None when its pair has been read and is left out."""
        key = data_text(event)
        path = (*self.trail, key)
        if self.properties:
            self._refuse_properties(event, path)
        if event.style:
            self._unescaped(event, path)
        elif key == "<<":
            self.faults.add(span_of(event), refusals.MERGE_KEY, tuple(self.trail))
            self._skip(self.next_event())
            return None
        else:
            self._check_plain_key(event, path)
        if "\n" in key or "\t" in key:
            self.faults.add(span_of(event), refusals.key_of_several_lines(key), path)
        first = _first_spelling(key, found, composed)
        if first is None:
            return key if self.properties else _remembered(key)
        self.faults.add(span_of(event), refusals.duplicate_key(key, first), (*self.trail, first))
        self.value(self.next_event(), key)
        return None

    def _check_plain_key(self, event: Any, path: Path) -> None:
        try:
            value = plain_value(event.value)
        except Ambiguous as ambiguous:
            self.faults.add(span_of(event), refusals.ambiguous_key(ambiguous), path)
            return
        if not isinstance(value, str):
            self.faults.add(span_of(event), refusals.key_not_text(event.value), path)

    def _refuse_complex_key(self, event: Any) -> None:
        refusal = refusals.ALIAS if event.__class__ is AliasEvent else refusals.COMPLEX_KEY
        self.faults.add(span_of(event), refusal, tuple(self.trail))
        self._skip(event)
        self.value(self.next_event(), "?")

    def _refuse_properties(self, event: Any, path: Path) -> None:
        """A tag or an anchor before a value."""
        # libyaml forgets a tag that is only "!", although it makes a text of 12 for other readers.
        if event.tag is not None or self.text.startswith("!", event.start_mark.index):
            self.faults.add(span_of(event), refusals.TAG, path)
        if event.anchor is not None:
            self.faults.add(span_of(event), refusals.ALIAS, path)

    def _skip(self, event: Any) -> None:
        """Pass over one value, however it is built."""
        depth = 0
        while True:
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if len(self.trail) + depth >= refusals.DEEPEST:
                    raise Stop(span_of(event), refusals.TOO_DEEP)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self.next_event()


def _remembered(key: str) -> str:
    """The key, as one object for all files; a plain one is known from now on."""
    if len(key) > _LONGEST_KNOWN_KEY:
        return key
    key = intern(key)
    if (
        key.isidentifier()
        and key.isascii()
        and key not in SPECIAL_WORDS
        and len(_KNOWN_KEYS) < _MOST_KNOWN_KEYS
    ):
        _KNOWN_KEYS[key] = key
    return key


def _first_spelling(key: str, found: dict[str, Any], composed: dict[str, str]) -> str | None:
    """The key already there that this one repeats, also after NFC normalisation.

    `composed` leads from the normal form of each key to the key, from the first key on that isn't ASCII.
    """
    if key in found:
        return key
    if key.isascii() and not composed:
        return None
    normal = unicodedata.normalize("NFC", key)
    if normal in found:
        return normal
    first = composed.get(normal)
    composed.setdefault(normal, key)
    return first


def _bounded(next_event: Callable[[], Any]) -> Callable[[], Any]:
    """The same events; raises Stop at too long a scalar or too many values."""
    values = 0

    def bounded() -> Any:
        nonlocal values
        event = next_event()
        values += not isinstance(event, CollectionEndEvent)
        if values > refusals.MOST_VALUES:
            raise Stop(span_of(event), refusals.TOO_MANY_VALUES)
        if event.__class__ is ScalarEvent and len(event.value) > refusals.LONGEST_SCALAR:
            raise Stop(span_of(event), refusals.SCALAR_TOO_LONG)
        return event

    return bounded
