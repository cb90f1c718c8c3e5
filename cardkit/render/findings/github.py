"""GitHub's workflow commands: each finding becomes a mark beside its line in the pull request."""

from collections.abc import Iterator

from cardkit.ground.finding import Finding, Severity
from cardkit.ground.safe import LOGGING_COMMAND
from cardkit.ground.text import Text
from cardkit.render.findings import concise
from cardkit.render.findings.report import Report, counted, explained

MOST_OF_A_KIND = 10
"""GitHub shows so many errors, warnings and notices for each step and drops the rest without a word."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """A command for each finding, at most ten of a kind; the rest as lines of the log, and counted."""
    lines: list[str] = []
    rest: list[Finding] = []
    for severity in Severity:
        found = [finding for finding in report.findings if finding.code.severity is severity]
        marked = found if len(found) <= MOST_OF_A_KIND else found[: MOST_OF_A_KIND - 1]
        left = found[len(marked) :]
        lines += [_command(report, finding) for finding in marked]
        if left:
            lines.append(f"::{_COMMANDS[severity]} title=cardkit::{_data(_more(report, left))}\n")
        rest += left
    return "".join([*lines, *concise.lines(rest, report.language)])


def _command(report: Report, finding: Finding) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(report, finding))
    message = "\n".join(explained(report, finding, prefix=report.prefix))
    return f"::{_COMMANDS[finding.code.severity]} {properties}::{_data(message)}\n"


def _properties(report: Report, finding: Finding) -> Iterator[tuple[str, str]]:
    span = finding.site.span
    yield "file", report.path(finding.site)
    yield "line", str(span.line)
    yield "endLine", str(span.end_line)
    if span.line == span.end_line:  # GitHub refuses columns of what goes over several lines
        yield "col", str(span.column)
        yield "endColumn", str(span.end_column)
    yield "title", f"{finding.code.id} {finding.code.name}"


def _more(report: Report, left: list[Finding]) -> str:
    count = counted(left, report.language)
    return Text(
        f"另有 {count}没有标注（GitHub 每步每类只显示 {MOST_OF_A_KIND} 条），见这一步的日志",
        f"{count} more without a mark (GitHub shows {MOST_OF_A_KIND} of a kind for each step): see its log",
    ).to(report.language)


def _data(text: str) -> str:
    """What stands after the command: a line end would begin the next one."""
    return _unlogged(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value among the properties, which colons and commas end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _unlogged(text: str) -> str:
    return LOGGING_COMMAND.sub(" ", text)
