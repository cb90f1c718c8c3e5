"""Findings for people: what, where with the lines around it, what to write instead; the worst file first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Text
from cardkit.render.findings.report import SEVERITIES, Report, counted, explained, place, said, unshown

if TYPE_CHECKING:  # rich is for coloured terminals: plain text must not wait for its import
    from rich.text import Text as Styled

_TONES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "dim"}
Piece = tuple[str, str]
"""Text and its tone: bold, dim, error, warning, or none."""

_NO_FINDINGS = Text("没有问题。", "No findings.")


def render(report: Report) -> "str | Styled":
    """All findings by file, counts last; one line when there are none. Print it without wrapping."""
    pieces = list(_pieces(report))
    if not report.color:
        return "".join(text for text, _ in pieces)
    from rich.text import Text as Styled

    from cardkit.render.tones import BLUE, ORANGE

    styles = {"error": f"bold {ORANGE}", "warning": BLUE}
    styled = Styled(no_wrap=True, overflow="ignore")
    for text, tone in pieces:
        styled.append(text, style=styles.get(tone, tone))
    return styled


def _pieces(report: Report) -> Iterator[Piece]:
    files: dict[str, list[Finding]] = {}
    for finding in report.findings:
        files.setdefault(finding.site.file, []).append(finding)
    for group in sorted(files.values(), key=_worst_first):
        text = report.sources(group[0].site.file)
        source = [] if text is None else text.split("\n")
        for finding in group:
            yield from _finding(report, finding, source)
    yield _last_line(report) + "\n", "bold"


def _worst_first(group: list[Finding]) -> tuple[int, int, str]:
    severities = [finding.code.severity for finding in group]
    return (-severities.count(Severity.ERROR), -severities.count(Severity.WARNING), group[0].site.file)


def _finding(report: Report, finding: Finding, source: list[str]) -> Iterator[Piece]:
    from cardkit.render.findings.excerpt import excerpt  # loads the table of widths, for findings alone

    code, language = finding.code, report.language
    tone = _TONES[code.severity]
    yield place(finding.site), "bold"
    yield f" {code.id} {code.name} ", ""
    yield SEVERITIES[code.severity].to(language), tone
    message, *advice = explained(report, finding)
    yield f": {message}\n", ""
    if around := excerpt(source, finding.site.span, report.columns, report.glyphs):
        yield "".join(f"{line}\n" for line in around.lines), "dim"
        yield f"{around.marks}\n", tone
    for line in advice:
        yield f"  {line}\n", ""
    yield "\n", ""


def _last_line(report: Report) -> str:
    gap = "" if report.language == "zh" else " "
    summary = gap.join(unshown(report))
    if report.summary is not None:
        summary += (gap if summary else "") + said(report.summary, report.language)
    if not report.findings:
        return f"{report.glyphs.tick} {_NO_FINDINGS.to(report.language)}{gap}{summary}".rstrip()
    files = len({finding.site.file for finding in report.findings})
    where = Text(f"，共 {files} 个文件。", f" in {files} file{'' if files == 1 else 's'}.").to(
        report.language
    )
    return f"{counted(report.findings, report.language)}{where}{gap}{summary}".rstrip()
