"""What formatting must not touch, asked of the text before and after by reading both again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yaml._yaml import CParser
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from cardkit.ground.finding import Path
from cardkit.ground.text import Text
from cardkit.source.document import Document
from cardkit.source.formatting.parts import FOR_CARDKIT, SPACES, Block, File
from cardkit.source.positions import data_text, spans_of


@dataclass(frozen=True, slots=True)
class Version:
    """A text before or after: as data, and as blocks of lines."""

    document: Document
    file: File


def difference(before: Version, after: Version, expected: Any) -> Text | None:
    """What a formatted text would lose or change, None where nothing: `expected` is the data in order.

    Compared are values with their types and keys with their order, the way that each scalar is written
    (quotes, digits, escapes), every comment with what it stands at, and what `# cardkit:` comments cover.
    """
    if not alike(expected, after.document.data):
        return Text("某个值或键的顺序", "a value, or the order of keys")
    if dict(written(before.document.text)) != dict(written(after.document.text)):
        return Text("某个值的写法", "the way that a value is written")
    if _texts(before.file) != _texts(after.file):
        return Text("某条注释", "a comment")
    if _owners(before.file, expected) != _owners(after.file, expected):
        return Text("某条注释的位置", "the place of a comment")
    if _covered(before) != _covered(after):
        return Text("某条 # cardkit: 注释所指的内容", "what a # cardkit: comment is about")
    return None


def alike(one: Any, two: Any) -> bool:
    """Whether data is the same: types, digits of decimals, and the order of keys."""
    if type(one) is not type(two):
        return False
    if isinstance(one, dict):
        return list(one) == list(two) and all(alike(one[key], two[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(two) and all(alike(each, other) for each, other in zip(one, two, strict=True))
    if isinstance(one, Decimal):
        return str(one) == str(two)
    return bool(one == two)


def written(text: str) -> Iterator[tuple[Path, tuple[str, str]]]:
    """How each key and value is written: its style, and its own characters where it takes one line."""
    next_event: Callable[[], Any] = CParser(text).get_event
    while not isinstance(event := next_event(), MappingStartEvent):
        pass
    yield from _written(text, event, next_event, ())


def _written(
    text: str, event: Any, next_event: Callable[[], Any], path: Path
) -> Iterator[tuple[Path, tuple[str, str]]]:
    if isinstance(event, ScalarEvent):
        yield path, _scalar(text, event)
        return
    yield path, ("flow" if event.flow_style else "block", "")
    if isinstance(event, MappingStartEvent):
        while not isinstance(key := next_event(), MappingEndEvent):
            step = data_text(key)
            yield (*path, step, "\0key"), _scalar(text, key)
            yield from _written(text, next_event(), next_event, (*path, step))
        return
    index = 0
    while not isinstance(event := next_event(), SequenceEndEvent):
        yield from _written(text, event, next_event, (*path, index))
        index += 1


def _scalar(text: str, event: Any) -> tuple[str, str]:
    raw = text[event.start_mark.index : event.end_mark.index]
    if "\n" not in raw:
        return event.style or "", raw
    # Over several lines only the indentation may differ; a block text's value is compared as data.
    lines = [] if event.style in ("|", ">") else [line.strip(SPACES) for line in raw.split("\n")]
    return event.style or "", "\n".join(lines)


def _texts(file: File) -> Counter[tuple[str, bool]]:
    """Each comment, and whether it stands alone on its line."""
    return Counter((comment.text.rstrip(SPACES), comment.alone) for comment in file.comments.values())


def _owners(file: File, expected: Any) -> Counter[tuple[str, Path]]:
    """Each comment on a line of its own outside of brackets, with the path of the entry that it stands at.

    What stands above a mapping's first key is noted for the mapping, and so is what stands above the key
    that is to become its first; both stand there together once the keys are in order.
    """
    found: Counter[tuple[str, Path]] = Counter((line, ("\0header",)) for line in file.header if line)
    if isinstance(file.root, Block):
        _note(file.root, expected, (), found)
    return found


def _note(block: Block, data: Any, path: Path, found: Counter[tuple[str, Path]]) -> None:
    begins_item = bool(path) and isinstance(path[-1], int)
    head = path if begins_item else (*path, "\0head") if path else ("\0header",)
    first = next(iter(data)) if block.is_mapping else None
    for index, entry in enumerate(block.entries):
        step = index if entry.key is None else entry.key
        is_head = block.is_mapping and (step == first or (not index and not entry.holds_its_lead))
        above = head if is_head else (*path, step)
        found.update((line, above) for line in entry.lead if line)
        if isinstance(entry.value, Block):
            _note(entry.value, data[step], (*path, step), found)
    found.update((line, (*path, "\0tail")) for line in block.tail if line)


def _covered(version: Version) -> Counter[tuple[str, frozenset[Path]]]:
    """For each `# cardkit:` comment what begins on the lines that it can be about."""
    found: Counter[tuple[str, frozenset[Path]]] = Counter()
    every, document = list(version.file.comments.values()), version.document
    marked = [comment for comment in every if FOR_CARDKIT.search(comment.text)]
    if not marked:
        return found
    begins: dict[int, set[Path]] = {}
    for path, (value, key) in spans_of(document.text, document.data).items():
        begins.setdefault(value.line, set()).add(path)
        if key is not None:
            begins.setdefault(key.line, set()).add((*path, "\0key"))
    below: dict[int, int] = {}  # as suppressions are applied: a comment alone is about what stands below all
    for comment in reversed(every):
        if comment.alone:
            below[comment.line] = below.get(comment.line + 1, comment.line + 1)
    for comment in marked:
        line = below.get(comment.line, comment.line)
        about = frozenset(() if comment.at_top else begins.get(line, ()))
        found[comment.text.rstrip(SPACES), about] += 1
    return found
