"""What every format of findings starts from."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from cardkit.checks.identity import DataOf, fingerprints
from cardkit.ground.finding import Finding, Severity, Site
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.render.data_json import Stamp
from cardkit.render.glyphs import UNICODE, Glyphs

Sources = Callable[[str], str | None]
"""A file's text by its name, None where there is none to show."""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one run, in order, and how to show them.

    `summary` says what was checked and how long it took; `columns` is the width in terminal cells;
    `ok` is whether the run passes, which depends on `--fail-on`; `ascii_only` keeps JSON valid on a stream
    that isn't Unicode.
    """

    findings: tuple[Finding, ...]
    sources: Sources
    language: Language
    catalog: Stamp
    as_of: date
    ok: bool
    summary: Text | None = None
    columns: int = 100
    glyphs: Glyphs = UNICODE
    ascii_only: bool = False
    color: bool = False
    suppressed: tuple[Finding, ...] = ()
    """What comments in the catalog suppress: counted, never shown, never silently gone."""
    known: tuple[Finding, ...] = ()
    """What the baseline knows: as above."""
    untouched: tuple[Finding, ...] = ()
    """What a change doesn't touch, where only that was asked for: as above."""
    prefix: str = ""
    """The catalog's folder from the repository's root, ending in `/`: runners name files from there."""
    data: DataOf = field(default=lambda _: None)
    files: tuple[str, ...] = ()
    """Every file that was checked, sorted."""
    failing: frozenset[Severity] = frozenset({Severity.ERROR})
    """What fails the run."""

    def path(self, site: Site) -> str:
        """A file's path from the repository's root, safe to show and to write."""
        return one_line(self.prefix + site.file)

    def fingerprints(self) -> list[str]:
        """For each finding what identifies it from run to run."""
        return fingerprints(self.findings, self.data, self.prefix)


SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}

WRITE = Text("建议", "write")
SEE = Text("另见", "see")

_PLURALS = {
    Severity.ERROR: Text("个错误", "errors"),
    Severity.WARNING: Text("个警告", "warnings"),
    Severity.NOTE: Text("个提示", "notes"),
}


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity, the most severe first."""
    found = Counter(finding.code.severity for finding in findings)
    return {severity.value: found[severity] for severity in Severity}


def counted(findings: Iterable[Finding], language: Language) -> str:
    """The counts as people read them: `2 errors, 1 warning`; nothing for none."""
    found = Counter(finding.code.severity for finding in findings)
    if language == "zh":
        return "，".join(f"{found[kind]} {_PLURALS[kind].zh}" for kind in Severity if found[kind])
    return ", ".join(
        f"{found[kind]} {(SEVERITIES if found[kind] == 1 else _PLURALS)[kind].en}"
        for kind in Severity
        if found[kind]
    )


def place(site: Site, prefix: str = "") -> str:
    """`file:line:column`, safe to begin a line with; the file begins with `prefix`."""
    return disarm(f"{one_line(prefix + site.file)}:{site.span.line}:{site.span.column}")


def said(text: Text, language: Language) -> str:
    """A message on one line, safe to stand anywhere in it."""
    return disarm(one_line(text.to(language)))


def explained(report: Report, finding: Finding, *, prefix: str = "", related: bool = True) -> list[str]:
    """The message, what to write instead, and (unless left out) the other places: a line each, safe to print.

    The other places' files begin with `prefix`.
    """
    language = report.language
    lines = [said(finding.message, language)]
    if finding.hint is not None:
        lines.append(f"{WRITE.to(language)}: {said(finding.hint, language)}")
    if related:
        lines += [
            f"{SEE.to(language)} {place(each.site, prefix)}: {said(each.message, language)}"
            for each in finding.related
        ]
    return lines


def unshown(report: Report) -> list[str]:
    """What was found and isn't shown, and why: nothing is silently gone."""
    return [
        Text(zh, en).to(report.language).format(counted(findings, report.language))
        for findings, zh, en in (
            (report.suppressed, "另有 {}被注释抑制。", "Suppressed by comments: {}."),
            (report.known, "基线已知 {}。", "Known by the baseline: {}."),
            (report.untouched, "改动没有触及的 {}未列出。", "Not touched by the change: {}."),
        )
        if findings
    ]
