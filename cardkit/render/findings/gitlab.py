"""GitLab's code quality report: findings beside the lines of a merge request, new ones apart from old."""

from typing import Any

from cardkit.ground.finding import Finding, Severity
from cardkit.render.data_json import dumps
from cardkit.render.findings.report import Report, explained

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """The list that GitLab reads; paths begin at the repository's root."""
    found = zip(report.findings, report.fingerprints(), strict=True)
    issues = [_issue(report, finding, fingerprint) for finding, fingerprint in found]
    return dumps(issues, ascii_only=report.ascii_only)


def _issue(report: Report, finding: Finding, fingerprint: str) -> dict[str, Any]:
    span = finding.site.span
    return {
        "description": f"{finding.code.id}: {' · '.join(explained(report, finding, prefix=report.prefix))}",
        "check_name": finding.code.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.code.severity],
        "location": {
            "path": report.path(finding.site),
            "lines": {"begin": span.line, "end": span.end_line},
        },
    }
