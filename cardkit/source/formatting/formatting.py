"""Formats one file: reads it, lays it out, reads the result and compares. On any doubt nothing changes.

A library for round trips was measured first: of 5,000 random commented documents ruamel.yaml changed values
in 272 and lost comments in 1,519, because it writes a file anew from its data. Here lines only change their
places, and what they say is compared before anything is written.
"""

from dataclasses import dataclass

from cardkit.ground.finding import Finding, Severity
from cardkit.ground.shape.base import Shape
from cardkit.ground.shape.composite import Record
from cardkit.ground.text import Text
from cardkit.source.document import Document
from cardkit.source.formatting.blocks import parse
from cardkit.source.formatting.lay_out import lay_out
from cardkit.source.formatting.order import Canonical
from cardkit.source.formatting.parts import Unformattable
from cardkit.source.formatting.verify import Version, difference
from cardkit.source.load import EXPECTATIONS, WAIVERS
from cardkit.source.nodes import read
from cardkit.source.schema import SETTINGS, SHAPES

NO_LAST_LINE_BREAK = Text(
    "文件末尾没有换行，补上会改变最后一段文字；请自己在末尾换行，或把 | 写成 |-",
    "it doesn't end in a line break, and adding one would change its last text: "
    "add it yourself, or write |- instead of |",
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became of one file: its canonical text, or why it is left alone."""

    text: str | None
    """The canonical text; None where the file is left alone."""
    findings: tuple[Finding, ...] = ()
    """Faults of reading: a file that can't be read has no canonical form."""
    reason: Text | None = None
    """Why a file without faults is left alone."""


def format_file(file: str, raw: bytes) -> Formatted:
    """The canonical form of a file of a catalog; `file` is its path in the catalog. Raises nothing."""
    document, findings = read(file, raw)
    faults = tuple(each for each in findings if each.code.severity is Severity.ERROR)
    if document is None or faults:
        return Formatted(None, faults)
    source = document.text.replace("\r\n", "\n")
    plain, _ = read(file, source.encode())
    if plain is None or plain.data != document.data:
        return _left_alone(Text("换行方式", "how its lines end"))
    try:
        return _laid_out(plain, source)
    except Unformattable as refusal:
        return Formatted(
            None,
            reason=Text(
                f"第 {refusal.line} 行的写法 fmt 不认识（例如 “? 键”），请改成普通写法",
                f"line {refusal.line} is written in a way that fmt doesn't know (such as `? key`): "
                "write it plainly",
            ),
        )


def _laid_out(before: Document, source: str) -> Formatted:
    """The canonical form, if nothing is lost by it. Raises Unformattable."""
    shape = shape_of(before)
    canonical = Canonical(shape, before.data)
    blocks = parse(source)
    made = lay_out(blocks, canonical.order)
    after, findings = read(before.file, made.encode())
    if after is None or findings:
        return _left_alone(Text("能否再次读取", "whether it can be read again"))
    again = parse(made)
    expected = canonical.ordered(before.data)
    changed = difference(Version(before, blocks), Version(after, again), expected)
    if changed is None and lay_out(again, Canonical(shape, after.data).order) != made:
        changed = Text("结果是否稳定", "whether the result is stable")
    if changed is None:
        return Formatted(made)
    return _left_alone(changed) if source.endswith("\n") else Formatted(None, reason=NO_LAST_LINE_BREAK)


def shape_of(document: Document) -> Shape | None:
    """What a file should look like, by what it says it is; None where that isn't known."""
    if document.file.startswith(EXPECTATIONS):
        from cardkit.model.expectation import Expectations  # few files are

        return Record(Expectations)
    if document.file.startswith(WAIVERS):
        from cardkit.model.waiver import Waivers

        return Record(Waivers)
    kind = document.data.get("kind")
    if kind is None and document.file.rpartition("/")[2] == "catalog.yaml":
        return SHAPES[SETTINGS]
    return SHAPES.get(kind) if isinstance(kind, str) and kind != SETTINGS else None


def _left_alone(what: Text) -> Formatted:
    return Formatted(
        None,
        reason=Text(
            f"整理会影响{what.zh}，所以没有改动；请自己调整写法后再试",
            f"formatting would touch {what.en}, so nothing was changed: rearrange it by hand",
        ),
    )
