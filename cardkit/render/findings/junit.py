"""Findings as JUnit's XML: a file is a test, and so is each check that found something in it."""

from collections.abc import Iterator

from cardkit.ground.finding import Finding
from cardkit.ground.text import Text
from cardkit.render.findings.report import Report, counted, explained
from cardkit.render.junit import Case, Suite, document

_NOTHING_FOUND = Text("没有问题", "no findings")


def render(report: Report) -> str:
    """One suite; what fails the run fails its test, what doesn't stands in the output of a passed one."""
    return document(Suite("cardkit validate", tuple(_cases(report))), ascii_only=report.ascii_only)


def _cases(report: Report) -> Iterator[Case]:
    unshown = {finding.site.file for finding in (*report.known, *report.untouched)}
    found: dict[str, dict[str, list[Finding]]] = {file: {} for file in report.files if file not in unshown}
    for finding in report.findings:
        check = f"{finding.code.id} {finding.code.name}"
        found.setdefault(finding.site.file, {}).setdefault(check, []).append(finding)
    for file in sorted(found):
        if not found[file]:
            yield Case(_group(report.prefix + file), _NOTHING_FOUND.to(report.language))
        for check, findings in found[file].items():
            yield _case(report, check, findings)


def _case(report: Report, check: str, findings: list[Finding]) -> Case:
    first, failing = findings[0], findings[0].code.severity in report.failing
    file = report.path(first.site)
    body = []
    for finding in findings:
        message, *more = explained(report, finding, prefix=report.prefix)
        span = finding.site.span
        body += [f"{file}:{span.line}:{span.column}: {message}", *(f"    {line}" for line in more)]
    summary = explained(report, first, prefix=report.prefix)[0]
    if len(findings) > 1:
        summary = f"{counted(findings, report.language)}: {summary}"
    return Case(_group(file), check, summary if failing else None, first.code.id, tuple(body))


def _group(file: str) -> str:
    """A file as a class in a package, which is what runners sort by: `catalog.modules.pet-care`."""
    return file.removesuffix(".yaml").replace("/", ".")
