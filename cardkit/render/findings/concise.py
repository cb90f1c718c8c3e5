"""One line per finding, for editors and for grep."""

from cardkit.render.findings.report import Report, place, said


def render(report: Report) -> str:
    """`file:line:column: CODE name severity: message (hint)`, severities in English for programs."""
    lines = []
    for finding in report.findings:
        code, hint = finding.code, said(finding.hint, report.language)
        said_why = f"{code.id} {code.name} {code.severity}: {said(finding.message, report.language)}"
        lines.append(f"{place(finding.site)}: {said_why}{f' ({hint})' if hint else ''}\n")
    return "".join(lines)
