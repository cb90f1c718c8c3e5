"""Findings for people: what, where with the lines around it, what to write instead; the worst file first."""

from collections.abc import Iterator

from rich.text import Text as Styled

from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Text
from cardkit.render.findings.excerpt import excerpt
from cardkit.render.findings.report import SEVERITIES, Report, counted, place, said
from cardkit.render.tones import BLUE, ORANGE

_STYLES = {Severity.ERROR: f"bold {ORANGE}", Severity.WARNING: BLUE, Severity.NOTE: "dim"}
_WRITE = Text("建议", "write")
_SEE = Text("另见", "see")
_NO_FINDINGS = Text("没有问题。", "No findings.")


def render(report: Report) -> Styled:
    """All findings by file, counts last; one line when there are none. Print it without wrapping."""
    out = Styled(no_wrap=True, overflow="ignore")
    files: dict[str, list[Finding]] = {}
    for finding in report.findings:
        files.setdefault(finding.site.file, []).append(finding)
    for group in sorted(files.values(), key=_worst_first):
        text = report.sources(group[0].site.file)
        source = [] if text is None else text.split("\n")
        for finding in group:
            _append(out, report, finding, source)
    return out.append(_last_line(report), style="bold").append("\n")


def _worst_first(group: list[Finding]) -> tuple[int, int, str]:
    severities = [finding.code.severity for finding in group]
    return (-severities.count(Severity.ERROR), -severities.count(Severity.WARNING), group[0].site.file)


def _append(out: Styled, report: Report, finding: Finding, source: list[str]) -> None:
    code, language = finding.code, report.language
    out.append(place(finding.site), style="bold").append(f" {code.id} {code.name} ")
    out.append(SEVERITIES[code.severity].to(language), style=_STYLES[code.severity])
    out.append(f": {said(finding.message, language)}\n")
    if around := excerpt(source, finding.site.span, report.columns, report.glyphs):
        out.append("".join(f"{line}\n" for line in around.lines), style="dim")
        out.append(f"{around.marks}\n", style=_STYLES[code.severity])
    for line in _advice(report, finding):
        out.append(f"  {line}\n")
    out.append("\n")


def _advice(report: Report, finding: Finding) -> Iterator[str]:
    language = report.language
    if finding.hint is not None:
        yield f"{_WRITE.to(language)}: {said(finding.hint, language)}"
    for related in finding.related:
        yield f"{_SEE.to(language)} {place(related.site)}: {said(related.message, language)}"


def _last_line(report: Report) -> str:
    summary = said(report.summary, report.language) or ""
    gap = "" if report.language == "zh" else " "
    if not report.findings:
        return f"{report.glyphs.tick} {_NO_FINDINGS.to(report.language)}{gap}{summary}".rstrip()
    files = len({finding.site.file for finding in report.findings})
    where = Text(f"，共 {files} 个文件。", f" in {files} file{'' if files == 1 else 's'}.").to(
        report.language
    )
    return f"{counted(report.findings, report.language)}{where}{gap}{summary}".rstrip()
