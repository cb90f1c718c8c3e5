"""The findings of one file while it is being read: kept up to a bound, sorted at the end."""

from cardkit.ground.finding import Code, Finding, Path, Site, Span
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.source.codes import MORE_FAULTS

MOST_FAULTS = 20
"""A file of nothing but faults would bury the others' findings."""


@frozen
class Refusal:
    """What is refused and why, wherever it stands."""

    code: Code
    message: Text
    hint: Text


class Stop(Exception):
    """A fault after which nothing of the document can be used."""

    def __init__(self, span: Span, refusal: Refusal) -> None:
        super().__init__(refusal.message.en)
        self.span = span
        self.refusal = refusal


class Faults:
    """Collects findings about one file; those beyond the first 20 are only counted."""

    __slots__ = ("_findings", "_left_out", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []
        self._left_out = 0

    @property
    def full(self) -> bool:
        """Whether further faults are only counted."""
        return len(self._findings) >= MOST_FAULTS

    def add(self, span: Span, refusal: Refusal, path: Path = ()) -> None:
        """Note a fault at a span of the file."""
        if self.full:
            self._left_out += 1
        else:
            site = Site(self.file, span, path)
            self._findings.append(Finding(refusal.code, site, refusal.message, refusal.hint))

    def in_line(self, line: int) -> bool:
        """Whether a fault in this line is known already."""
        return any(finding.site.span.line == line for finding in self._findings)

    def leave_out(self, count: int) -> None:
        """Count faults that nobody needs described."""
        self._left_out += count

    def findings(self) -> list[Finding]:
        """What was found, by position; a note at the end counts what was left out."""
        found = sorted(self._findings, key=lambda finding: finding.order)
        if self._left_out:
            message = Text(
                f"这个文件还有 {self._left_out} 处问题没有列出。",
                f"{self._left_out} more faults in this file are not listed.",
            )
            hint = Text("改好上面这些以后再检查一次。", "Check again once those above are mended.")
            found.append(Finding(MORE_FAULTS, found[-1].site if found else Site(self.file), message, hint))
        return found
