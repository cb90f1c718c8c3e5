"""Findings as a markdown table, for a comment or a job's summary: catalog text is never markup."""

from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Text, same
from cardkit.render import markdown
from cardkit.render.findings.report import SEVERITIES, Report, counted, unshown
from cardkit.render.table import Column, Row, Table

_COLUMNS = (
    Column("severity", Text("级别", "severity")),
    Column("place", Text("位置", "place")),
    Column("check", Text("检查", "check")),
    Column("finding", Text("问题", "finding")),
    Column("hint", Text("建议", "write")),
)
_NONE = Text("没有问题。", "No findings.")


def render(report: Report) -> str:
    """The counts, a row for each finding, the worst first, what was checked: at most 60,000 characters."""
    notes = [same(each) for each in unshown(report)]
    if report.summary is not None:
        notes.append(report.summary)
    if not report.findings:
        return "\n\n".join(markdown.escape(each.to(report.language)) for each in (_NONE, *notes)) + "\n"
    rows = [
        Row(
            (
                SEVERITIES[finding.code.severity],
                f"{report.path(finding.site)}:{finding.site.span.line}",
                f"{finding.code.id} {finding.code.name}",
                finding.message,
                finding.hint or "",
            )
        )
        for finding in sorted(report.findings, key=_severity)  # what is cut off at the end matters least
    ]
    title = same(counted(report.findings, report.language))
    return markdown.render(Table(title, _COLUMNS, tuple(rows), tuple(notes)), report.language)


def _severity(finding: Finding) -> int:
    return list(Severity).index(finding.code.severity)
