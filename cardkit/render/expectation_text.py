"""Outcomes of expectations on a terminal: each that fails with what was expected, what came, and why."""

from collections.abc import Iterator, Sequence

from cardkit.expectations.outcome import Miss, Outcome
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.render.cells import folded, padded, width
from cardkit.render.glyphs import Glyphs

_NARROWEST, _WIDEST = 40, 100
_LABELS = (Text("应为", "expected"), Text("实为", "got"), Text("原因", "why"))
_ON = Text("截至", "as of")


def outcomes_text(
    outcomes: Sequence[Outcome], language: Language, columns: int, glyphs: Glyphs, *, every: bool
) -> str:
    """Blocks for people, in so many cells; with `every`, also a line for each that holds."""
    writer = _Writer(language, min(max(columns, _NARROWEST), _WIDEST), glyphs)
    lines: list[str] = []
    for outcome in outcomes:
        if outcome.holds:
            lines += writer.holding(outcome) if every else ()
        else:
            lines += [*writer.failing(outcome), ""]
    return "".join(f"{line}\n" for line in lines)


class _Writer:
    def __init__(self, language: Language, columns: int, glyphs: Glyphs) -> None:
        self.language = language
        self.columns = columns
        self.glyphs = glyphs

    def holding(self, outcome: Outcome) -> Iterator[str]:
        yield from self.prose(self.safe(outcome.expectation.name), 0, self.glyphs.tick)

    def failing(self, outcome: Outcome) -> Iterator[str]:
        expectation, span = outcome.expectation, outcome.site.span
        yield from self.prose(self.safe(expectation.name), 0, self.glyphs.cross)
        day = f"{_ON.to(self.language)} {outcome.as_of}"
        about = (expectation.subject, day, f"{outcome.site.file}:{span.line}")
        yield from self.prose(" · ".join(self.safe(Text(part, part)) for part in about), 2)
        for miss in outcome.misses:
            yield from self.miss(miss)

    def miss(self, miss: Miss) -> Iterator[str]:
        """What was looked at, then a line each for what was expected, what came, and why."""
        yield from self.prose(self.safe(miss.what), 2, self.glyphs.bullet)
        labels = [label.to(self.language) for label in _LABELS]
        cells = max(map(width, labels)) + 2
        for label, text in zip(labels, (miss.expected, miss.got, miss.why), strict=True):
            begin = "    " + padded(label, cells)
            for line in folded(self.safe(text), self.columns - width(begin)):
                yield (begin + line).rstrip()
                begin = " " * width(begin)

    def prose(self, text: str, indent: int, mark: str = "") -> Iterator[str]:
        """A paragraph; its later lines stand under the first, behind the mark."""
        begin = " " * indent + (f"{mark} " if mark else "")
        for line in folded(text, self.columns - width(begin)):
            yield begin + line
            begin = " " * width(begin)

    def safe(self, text: Text) -> str:
        return disarm(one_line(text.to(self.language)), anywhere=True)
