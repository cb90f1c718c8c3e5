"""Findings as the JSON that other programs rely on."""

from typing import Any

from cardkit.ground.finding import Finding
from cardkit.ground.safe import clean, one_line
from cardkit.ground.text import Language
from cardkit.render.data_json import dumps, envelope
from cardkit.render.findings.report import Report, counts

FORMAT_VERSION = 1


def render(report: Report) -> str:
    """The document of `validate`: whether it passes, every finding, and how many of each sort."""
    document = envelope(
        FORMAT_VERSION,
        report.catalog,
        report.as_of,
        ok=report.ok,
        findings=[finding_object(finding, report.language) for finding in report.findings],
        counts=counts(report.findings),
        suppressed=len(report.suppressed),
        known=len(report.known),
        untouched=len(report.untouched),
    )
    return dumps(document, ascii_only=report.ascii_only)


def finding_object(finding: Finding, language: Language) -> dict[str, Any]:
    """One finding: lines and columns count from 1, the end is exclusive, the pointer is RFC 6901's."""
    span = finding.site.span
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.code.severity.value,
        "message": one_line(finding.message.to(language)),
        "file": clean(finding.site.file),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "pointer": clean(finding.site.pointer),
        "entity": None if finding.entity is None else clean(finding.entity),
        "hint": None if finding.hint is None else one_line(finding.hint.to(language)),
        "related": [
            {
                "file": clean(related.site.file),
                "line": related.site.span.line,
                "message": one_line(related.message.to(language)),
            }
            for related in finding.related
        ],
    }
