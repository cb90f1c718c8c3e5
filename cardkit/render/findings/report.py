"""What every format of findings starts from."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

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


SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}

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


def place(site: Site) -> str:
    """`file:line:column`, safe to begin a line with."""
    return disarm(f"{one_line(site.file)}:{site.span.line}:{site.span.column}")


def said(text: Text | None, language: Language) -> str | None:
    """A message on one line, safe to stand anywhere in it."""
    return None if text is None else disarm(one_line(text.to(language)))
