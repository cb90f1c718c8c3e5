"""One JSON object a line for each finding, each whole by itself: for logs and for streams."""

from cardkit.render.data_json import dumps, envelope
from cardkit.render.findings.as_json import FORMAT_VERSION, finding_object
from cardkit.render.findings.report import Report


def render(report: Report) -> str:
    """A line for each finding: the finding of `json`, with the catalog and the day that it is about."""
    return "".join(
        dumps(
            envelope(
                FORMAT_VERSION, report.catalog, report.as_of, **finding_object(finding, report.language)
            ),
            ascii_only=report.ascii_only,
            indent=None,
        )
        for finding in report.findings
    )
