"""Known findings, counted by file and check: they don't fail a run, more of them do.

Counts hold where lines move. They can't tell an old finding from a new one, so where there are more than the
baseline knows, all of that file and check are told.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardkit.checks.registry import BY_CODE
from cardkit.checks.selection import ALWAYS
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Text
from cardkit.source.characters import quoted
from cardkit.source.nodes import read

FORMAT_VERSION = 1
MOST_BYTES = 1_000_000

Counts = Mapping[tuple[str, str], int]
"""How many findings are known, by file (from the catalog's folder) and code."""

_HEAD = """\
# Findings that were known when this file was written, counted by file and check.
# `cardkit validate --baseline` tells only what is more; with --prune it takes out what has been mended.
"""
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9-]*(?:[/.][a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    mended: int
    """How many findings the baseline knows that aren't there any more."""
    exceeded: Counts
    """How many it knows where there are more now, so that all of them are told."""


def can_be_known(finding: Finding) -> bool:
    """Whether a baseline may hold it: never what can't be read, for nothing else is checked there."""
    return not finding.code.id.startswith(ALWAYS)


def counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    """The counts of findings that a baseline may hold."""
    return Counter((each.site.file, each.code.id) for each in findings if can_be_known(each))


def compared(findings: Iterable[Finding], baseline: Counts) -> Compared:
    """Which of a run's findings are known."""
    found = tuple(findings)
    now = counted(found)
    covered = {key for key, number in now.items() if number <= baseline.get(key, 0)}
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in found:
        is_known = can_be_known(finding) and (finding.site.file, finding.code.id) in covered
        (known if is_known else new).append(finding)
    mended = sum(max(0, number - now[key]) for key, number in baseline.items())
    exceeded = {key: baseline[key] for key in now if baseline.get(key, 0) and key not in covered}
    return Compared(tuple(new), tuple(known), mended, exceeded)


def pruned(findings: Iterable[Finding], baseline: Counts) -> Counter[tuple[str, str]]:
    """The baseline without what has been mended; it never grows."""
    now = counted(findings)
    return Counter({key: least for key, number in baseline.items() if (least := min(number, now[key]))})


def written(counts: Counts) -> str:
    """The file of a baseline: files and checks sorted, one line for each check."""
    lines = [f"{_HEAD}format_version: {FORMAT_VERSION}", "findings:" if counts else "findings: {}"]
    last = None
    for (file, code), number in sorted(counts.items()):
        if file != last:
            lines.append(f"  {_key(file)}:")
            last = file
        lines.append(f"    {code} {BY_CODE[code].code.name}: {number}")
    return "\n".join(lines) + "\n"


def read_baseline(name: str, raw: bytes) -> Counts:
    """The counts in a baseline's file; raises CardkitError where it isn't one, with the line."""
    document, faults = read(name, raw)
    if document is None or faults:
        fault = faults[0]
        raise _unreadable(name, fault.site.span.line, fault.message)
    data = document.data
    if data.get("format_version") != FORMAT_VERSION or not isinstance(data.get("findings"), dict):
        raise _unreadable(name, 1, Text("不是这一版本的基线文件", "it is no baseline file of this version"))
    counts: dict[tuple[str, str], int] = {}
    for file, check, number in _entries(data["findings"]):
        code = str(check).partition(" ")[0].upper()
        if code not in BY_CODE or type(number) is not int or number < 1:
            line = document.site(("findings", file, check)).span.line
            said = quoted(f"{check}: {number}")
            raise _unreadable(
                name, line, Text(f"{said} 不是“检查: 个数”", f"{said} isn't a check and a count")
            )
        counts[file, code] = number
    return counts


def _entries(findings: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for file, checks in findings.items():
        if isinstance(checks, dict):
            yield from ((file, check, number) for check, number in checks.items())
        else:
            yield file, "", checks


def _key(file: str) -> str:
    """A file's name as a key that reads back as the same text."""
    if _PLAIN_KEY.fullmatch(file):
        return file
    return '"' + file.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unreadable(name: str, line: int, why: Text) -> CardkitError:
    shown = quoted(name)
    return CardkitError(
        Text(f"{shown} 第 {line} 行：{why.zh}", f"{shown}, line {line}: {why.en}"),
        Text(
            "重新写一份：cardkit validate --write-baseline FILE",
            "write it anew: cardkit validate --write-baseline FILE",
        ),
    )
