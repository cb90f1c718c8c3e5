"""Everything that a sheet says, piece by piece, with what it is about: for checks and expectations.

A renderer lays a sheet out; this lists it. What a page shows must stand here too: tests compare the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cardkit.ground.money import percent
from cardkit.ground.text import Text, joined
from cardkit.preview import labels
from cardkit.preview.instalments import annual, example, headline
from cardkit.preview.sheet import Fact, InstalmentBox, Sheet, facts


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a page."""

    about: str
    """`ENTITY` or `ENTITY/BENEFIT` that it belongs to; empty for the page as a whole."""
    text: Text


def pieces(sheet: Sheet) -> Iterator[Piece]:
    """What the page says, from top to bottom; labels stand before their texts, with a colon."""
    for text in (sheet.issuer, sheet.title):
        yield Piece("", text)
    if not sheet.sellable:
        yield Piece("", labels.NOT_FOR_SALE)
        yield from (Piece("", reason) for reason in sheet.reasons)
    yield from _facts("", sheet.facts)
    yield from _sections(sheet)
    if sheet.overlaps:
        yield Piece("", labels.OVERLAPS)
    for overlap in sheet.overlaps:
        yield Piece("", joined(overlap.rights, " + ", " + "))
        yield Piece("", overlap.reason)
        if overlap.cap is not None:
            yield Piece("", _labelled(labels.TOGETHER, overlap.cap))
    yield Piece("", labels.FEES)
    for line in sheet.fees:
        yield Piece("", _labelled(line.name, line.amount))
        yield from (Piece("", note) for note in line.notes)
    if sheet.instalments:
        yield Piece("", labels.INSTALMENTS)
    for box in sheet.instalments:
        yield from (Piece(box.id, text) for text in _box(box))
    yield Piece("", labels.NOTICES)
    yield from (Piece("", notice) for notice in sheet.notices)


def _sections(sheet: Sheet) -> Iterator[Piece]:
    for section in sheet.sections:
        name = section.name + Text(f"（{section.label.zh}）", f" ({section.label.en})")
        yield Piece(section.id, name)
        if section.about is not None:
            yield Piece(section.id, section.about)
        yield from _facts(section.id, section.facts)
        for right in section.rights:
            yield Piece(right.id, right.name)
            if right.highest_rate is not None:
                yield Piece(right.id, _labelled(labels.HIGHEST_RATE, right.highest_rate))
            yield Piece(right.id, right.promise)
            yield from _facts(right.id, facts(right))


def _box(box: InstalmentBox) -> Iterator[Text]:
    yield box.name
    yield headline(box)
    yield box.amounts
    if box.timing is not None:
        yield box.timing
    for tenor in box.tenors:
        yield Text(f"{tenor.months} 期", f"{tenor.months} months")
        yield _labelled(labels.SIMPLE, Text(annual(tenor.simple), annual(tenor.simple)))
        yield _labelled(labels.COMPOUND, Text(annual(tenor.compound), annual(tenor.compound)))
        share = percent(tenor.rate_per_period)
        yield _labelled(labels.PER_PERIOD, Text(share, share))
    if box.timing is not None:
        yield example(box)


def _facts(about: str, shown: tuple[Fact, ...]) -> Iterator[Piece]:
    for fact in shown:
        yield Piece(about, _labelled(fact.label, fact.text))


def _labelled(label: Text, text: Text) -> Text:
    return Text(f"{label.zh}：{text.zh}", f"{label.en}: {text.en}")
