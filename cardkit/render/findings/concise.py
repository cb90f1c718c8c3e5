"""One line per finding, for editors and for grep."""

from collections.abc import Iterable

from cardkit.ground.finding import Finding
from cardkit.ground.text import Language
from cardkit.render.findings.report import Report, place, said


def render(report: Report) -> str:
    """`file:line:column: CODE name severity: message (hint)`, severities in English for programs."""
    return "".join(lines(report.findings, report.language))


def lines(findings: Iterable[Finding], language: Language) -> list[str]:
    """The line of each finding, ending in a newline."""
    made = []
    for finding in findings:
        code = finding.code
        hint = "" if finding.hint is None else f" ({said(finding.hint, language)})"
        said_why = f"{code.id} {code.name} {code.severity}: {said(finding.message, language)}"
        made.append(f"{place(finding.site)}: {said_why}{hint}\n")
    return made
