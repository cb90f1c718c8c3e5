"""What a file is made of, for formatting: blocks of lines, and leaves whose text is kept as it is."""

import re
from dataclasses import dataclass, field

from cardkit.source.comments import Comment
from cardkit.source.formatting.flow import Flow

SPACES = " \t"
"""What may be cut off at a line's end: an ideographic or no-break space is part of a text."""


FOR_CARDKIT = re.compile(r"#[ \t]*cardkit[ \t]*(?:[:：]|ignore)", re.IGNORECASE)
"""A comment for cardkit itself, such as a suppression: it is about the line that it stands on or above."""


class Unformattable(Exception):
    """A way to write YAML that the catalog never needs and that lines can't be moved in; `line` from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(slots=True)
class Leaf:
    """A scalar or a collection in brackets: where its text begins and ends, both in lines from 0."""

    line: int
    column: int
    end_line: int
    is_block_text: bool
    flow: Flow | None = None


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list; `line` and `column` (from 0) are of its key or dash."""

    key: str | None
    line: int
    column: int
    value: "Leaf | Block"
    lead: list[str]
    """Comments, and empty lines, that stand above it."""

    @property
    def holds_its_lead(self) -> bool:
        """Whether what stands above it is about its line, not about the whole mapping that it begins."""
        return any(FOR_CARDKIT.match(line) for line in self.lead)


@dataclass(slots=True)
class Block:
    """A mapping or list whose entries stand below each other."""

    is_mapping: bool
    line: int
    column: int
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Comments below its last entry, as far in as the entries."""


@dataclass(slots=True)
class File:
    """A whole text: what stands above its first key, its root, and what stands below."""

    lines: list[str]
    header: list[str]
    root: Block | Leaf
    footer: list[str]
    comments: dict[int, Comment]
    """Each line's comment, by line from 0."""
