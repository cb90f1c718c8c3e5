"""A file as blocks of lines: which lines belong to which key, told by libyaml's marks.

Nothing here reads a value. A block is a mapping or list whose entries begin on lines of their own; all
else (scalars, collections in brackets) is a leaf, whose text is kept as it is.
"""

from collections.abc import Callable
from typing import Any

from yaml._yaml import CParser
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from cardkit.source.comments import comments
from cardkit.source.formatting.flow import flow_of
from cardkit.source.formatting.parts import SPACES, Block, Entry, File, Leaf, Unformattable
from cardkit.source.formatting.scalar_lines import last_line
from cardkit.source.positions import data_text


def parse(text: str) -> File:
    """The blocks of a text that the strict reader has accepted, whose only line break is the line feed.

    Raises Unformattable for an explicit key (`? key`) and a list without entries on lines of their own.
    """
    return _Parse(text).file()


class _Parse:
    """One pass over the events. Comments go to the block that they stand in, by how far in they begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.comments = {comment.line - 1: comment for comment in comments(text)}
        self.next_event: Callable[[], Any] = CParser(text).get_event
        self.last_used = -1
        """The last line, from 0, that is part of a key or value."""
        self.closed: list[Block] = []
        """The blocks that ended after the last leaf, the innermost first."""

    def file(self) -> File:
        """The whole text."""
        event: Any = None
        while not isinstance(event, MappingStartEvent):
            event = self.next_event()
        start: Any = event.start_mark
        first = start.line
        header = [line.rstrip(SPACES) for line in self.lines[:first]]
        self.last_used = first - 1
        root = self.value(event)
        rest = self.lines[self.last_used + 1 :]
        end = next((at for at, line in enumerate(rest) if line.startswith("...")), len(rest))
        self.place(self.last_used + 1 + end, None)
        footer = [line.rstrip(SPACES) for line in rest[end:]]
        if isinstance(root, Leaf):  # no block to take what stands below
            footer = [line.rstrip(SPACES) for line in rest]
        return File(self.lines, header, root, footer, self.comments)

    def value(self, event: Any) -> Leaf | Block:
        """Any value."""
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if event.flow_style:
            return self.brackets(event)
        return self.block(event)

    def scalar(self, event: Any) -> Leaf:
        """A scalar; one that is empty stands where its key ends."""
        start = event.start_mark
        is_block_text = event.style in ("|", ">")
        end = last_line(self.text, self.lines, event)
        if start.index == event.end_mark.index:  # a key without a value
            end = min(start.line, self.last_used)
            return self.leaf(Leaf(end, start.column, end, is_block_text=False))
        return self.leaf(Leaf(start.line, start.column, end, is_block_text))

    def brackets(self, event: Any) -> Leaf:
        """A collection in brackets."""
        flow = flow_of(event, self.next_event)
        start = event.start_mark
        if self.text[start.index] not in "[{":
            raise Unformattable(start.line + 1)
        return self.leaf(Leaf(start.line, start.column, flow.end_line, is_block_text=False, flow=flow))

    def leaf(self, leaf: Leaf) -> Leaf:
        """Note that its lines are used."""
        self.last_used = max(self.last_used, leaf.end_line)
        self.closed.clear()
        return leaf

    def block(self, event: Any) -> Block:
        """A mapping or list on lines of its own."""
        start: Any = event.start_mark
        made = Block(isinstance(event, MappingStartEvent), start.line, start.column)
        if made.is_mapping:
            while not isinstance(key := self.next_event(), MappingEndEvent):
                self.keyed(made, key)
        else:
            while not isinstance(item := self.next_event(), SequenceEndEvent):
                self.item(made, item)
        if not made.entries:
            raise Unformattable(start.line + 1)
        self.closed.append(made)
        return made

    def keyed(self, block: Block, key: Any) -> None:
        """A key and its value."""
        start, end = key.start_mark, key.end_mark
        is_simple = isinstance(key, ScalarEvent) and key.style not in ("|", ">") and end.line == start.line
        if not is_simple or start.column != block.column:  # an explicit key: "?" stands in the block's column
            raise Unformattable(start.line + 1)
        lead = self.place(start.line, block)
        self.last_used = start.line
        value = self.value(self.next_event())
        block.entries.append(Entry(data_text(key), start.line, start.column, value, lead))

    def item(self, block: Block, event: Any) -> None:
        """An item of a list; its dash stands before the value, which may begin on a later line."""
        line, column = self.dash(event, block)
        lead = self.place(line, block)
        self.last_used = max(self.last_used, line)
        block.entries.append(Entry(None, line, column, self.value(event), lead))

    def dash(self, event: Any, block: Block) -> tuple[int, int]:
        """Where the dash of an item stands: the first in the list's column after what is used already."""
        first = max(self.last_used + bool(block.entries), block.line)
        for line in range(first, event.start_mark.line + 1):
            text, column = self.lines[line], block.column
            is_dash = text[column : column + 1] == "-" and text[column + 1 : column + 2] in ("", " ", "\t")
            if is_dash and (line == block.line or not text[:column].strip(SPACES)):
                return line, column
        raise Unformattable(event.start_mark.line + 1)

    def place(self, line: int, block: Block | None) -> list[str]:
        """Give the lines between what is used and `line` to blocks that ended; what is left stands above.

        A comment stays in a block that ended when it begins no further out than the block's entries, and
        further in than what comes next.
        """
        level = 0
        lead: list[str] = []
        empty: list[str] = []
        for number in range(self.last_used + 1, line):
            text = self.lines[number].strip(SPACES)
            if not text:
                empty.append("")
                continue
            comment = self.comments.get(number)
            if comment is None:
                raise Unformattable(number + 1)
            column = comment.column - 1
            outer = -1 if block is None else block.column
            while level < len(self.closed) and not (self.closed[level].column <= column and column > outer):
                level += 1
            inside = self.closed[level] if level < len(self.closed) else None
            if inside is None and block is None:
                inside = self.closed[-1] if self.closed else None
            target = lead if inside is None else inside.tail
            target += [*empty, text]
            empty = []
        self.closed.clear()
        return [*lead, *empty]
