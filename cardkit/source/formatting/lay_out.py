"""Blocks back to lines: entries in canonical order, two columns for each level, single empty lines."""

from cardkit.ground.finding import Path
from cardkit.source.formatting.flow import Order, rewritten
from cardkit.source.formatting.parts import SPACES, Block, Entry, File, Leaf
from cardkit.source.formatting.scalar_lines import moved

INDENTATION = 2


def lay_out(file: File, order: Order) -> str:
    """The whole text in canonical form, ending in one line break."""
    layout = _Layout(file, order)
    if isinstance(file.root, Leaf):
        leaf = file.root
        body = layout.body(leaf, leaf.line, leaf.column, 0, ())
    else:
        body = layout.block(file.root, 0, ())
    lines = [*_without_first_empty(_single_spaced(file.header)), *body, *_single_spaced(file.footer)]
    while len(lines) > 1 and not lines[-1] and (file.footer or not layout.ends_in_block_text):
        lines.pop()
    return "\n".join(lines) + "\n"


class _Layout:
    """Writes out blocks at the columns that they should have."""

    def __init__(self, file: File, order: Order) -> None:
        self.text = "\n".join(file.lines)
        self.lines = file.lines
        self.order = order
        self.starts = [0]
        for line in file.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.ends_in_block_text = False
        """Whether what was written last is a block text, whose empty lines may be its own."""

    def block(self, block: Block, column: int, path: Path) -> list[str]:
        """A block's lines, from the comments above its first entry on, with its entries at `column`.

        What stands above a mapping's first key is about the mapping, and stays above whatever comes first;
        a suppression is about its line, and goes with it.
        """
        entries, first = block.entries, block.entries[0]
        if block.is_mapping:
            positions = self.order(path, [entry.key or "" for entry in entries])
            entries = [entries[position] for position in positions]
        found: list[str] = []
        if not first.holds_its_lead:
            found += _indented(_without_first_empty(_single_spaced(first.lead)), column)
        for index, entry in enumerate(entries):
            step = entry.key if entry.key is not None else index
            if entry is not first or first.holds_its_lead:
                lead = _single_spaced(entry.lead)
                found += _indented(lead if found else _without_first_empty(lead), column)
            found += self.entry(entry, column, (*path, step))
        tail = _single_spaced(block.tail)
        self.ends_in_block_text &= not tail
        return found + _indented(tail, column)

    def entry(self, entry: Entry, column: int, path: Path) -> list[str]:
        """An entry's lines; where it is an item of a list, its first key's comments stand above the dash."""
        value = entry.value
        if isinstance(value, Leaf):
            return self.body(value, entry.line, entry.column, column, path)
        inner = self.block(value, column + INDENTATION, path)
        head = self.lines[entry.line][entry.column :].rstrip(SPACES)
        if entry.key is not None or (value.line > entry.line and head != "-"):
            return [" " * column + head, *inner]
        above = next(index for index, line in enumerate(inner) if line and line.lstrip(" ")[0] != "#")
        lead = [line.lstrip(" ") for line in inner[:above]]
        first = inner[above][column + INDENTATION :]
        return [*_indented(lead, column), " " * column + "- " + first, *inner[above + 1 :]]

    def body(self, leaf: Leaf, line: int, at: int, column: int, path: Path) -> list[str]:
        """The lines of a leaf with what stands before it from (`line`, `at`) on, now at `column`."""
        begin, end = self.starts[line] + at, self.starts[leaf.end_line + 1] - 1
        if leaf.flow is None:
            text = self.text[begin:end]
        else:
            made = rewritten(self.text, leaf.flow, path, self.order)
            text = self.text[begin : leaf.flow.start] + made + self.text[leaf.flow.end : end]
        if path and isinstance(path[-1], int) and leaf.line == line:
            text = "- " + text[1:].lstrip(SPACES)
        self.ends_in_block_text = leaf.is_block_text
        first, *rest = text.split("\n")
        if leaf.is_block_text and leaf.line == line:
            first = first.rstrip(SPACES)  # `|`, and perhaps a comment
        rest = moved(rest, column - at, is_block_text=leaf.is_block_text)
        lines = [" " * column + first, *rest]
        if not leaf.is_block_text:
            lines[-1] = lines[-1].rstrip(SPACES)
        return lines


def _single_spaced(lines: list[str]) -> list[str]:
    """At most one empty line after another."""
    return [line for index, line in enumerate(lines) if line or (index and lines[index - 1]) or not index]


def _without_first_empty(lines: list[str]) -> list[str]:
    return lines[1:] if lines and not lines[0] else lines


def _indented(lines: list[str], column: int) -> list[str]:
    return [" " * column + line if line else "" for line in lines]
