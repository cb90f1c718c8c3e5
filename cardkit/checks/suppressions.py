"""Applies the comments that suppress findings; what one says is read in `suppression_comment`.

One stands on the line of the finding, or alone on the line above it (further comments may stand between), or
above the first key for the whole file. The nearest that fits is the one that is used.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from cardkit.checks.pages_suppressions import EXPIRED, UNUSED
from cardkit.ground.finding import Finding
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog

if TYPE_CHECKING:
    from cardkit.checks.suppression_comment import Suppression

_PERHAPS = "cardk"
"""Stands, in any case, in every text that has a suppression; what reads those is loaded for them alone."""

MOST_IN_A_FILE = 200
"""Suppressions, and faults of them, that are read in one file: more are no way to keep a catalog."""


@frozen
class Applied:
    """What is left of the findings, with those about suppressions, and what was suppressed."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def apply(catalog: Catalog, as_of: date, findings: Sequence[Finding], finished: Collection[str]) -> Applied:
    """Take the suppressed findings out, and tell which suppressions are malformed, expired or unused.

    `finished` are the codes of the checks that ran to their end over everything: only of those it can be
    said that a suppression is unused. Files that aren't YAML have no suppressions.
    """
    known, told = suppressions(catalog)
    waiting: dict[tuple[str, str, int | None], list[Suppression]] = {}
    for each in known:
        if each.holds(as_of):
            waiting.setdefault((each.site.file, each.code.id, each.line), []).append(each)
        else:
            told.append(_expired(each))
    used: set[Suppression] = set()
    kept, suppressed = [], []
    for finding in findings:
        file, code = finding.site.file, finding.code.id
        fitting = waiting.get((file, code, finding.site.span.line)) or waiting.get((file, code, None))
        if fitting is None:
            kept.append(finding)
        else:
            used.add(fitting[0])
            suppressed.append(finding)
    for group in waiting.values():
        told += [_unused(each) for each in group if each not in used and each.code.id in finished]
    return Applied((*kept, *told), tuple(suppressed))


def suppressions(catalog: Catalog) -> tuple["list[Suppression]", list[Finding]]:
    """Every suppression of a catalog, expired ones too, and a finding for each that can't be used."""
    known: list[Suppression] = []
    faults: list[Finding] = []
    for source in catalog.sources:
        text = catalog.texts.get(source.file, "")
        if not source.data or _PERHAPS not in text.lower():  # most files: nothing to look for
            continue
        for made in islice(_of_file(text, source.file, source.id), MOST_IN_A_FILE):
            if isinstance(made, Finding):
                faults.append(made)
            else:
                known.append(made)
    return known, faults


def _of_file(text: str, file: str, entity: str | None) -> Iterator["Suppression | Finding"]:
    from cardkit.checks.suppression_comment import MARK, read_comment
    from cardkit.source.comments import comments

    if MARK.search(text) is None:
        return
    found = list(comments(text))
    below: dict[int, int] = {}  # from the line of a comment that stands alone to the line it is about
    for comment in reversed(found):
        if comment.alone:
            below[comment.line] = below.get(comment.line + 1, comment.line + 1)
    for comment in found:
        line = None if comment.at_top else below.get(comment.line, comment.line)
        yield from read_comment(comment, file, entity, line)


def _expired(suppression: "Suppression") -> Finding:
    code = f"{suppression.code.id} {suppression.code.name}"
    return Finding(
        EXPIRED,
        suppression.site,
        Text(
            f"对 {code} 的抑制只到 {suppression.until}，已过期",
            f"The suppression of {code} ended on {suppression.until}",
        ),
        Text(
            "改正问题并删去注释，或者写更晚的 until", "mend the fault and remove the comment, or extend until"
        ),
        suppression.entity,
    )


def _unused(suppression: "Suppression") -> Finding:
    code = f"{suppression.code.id} {suppression.code.name}"
    where = (
        Text("这个文件", "this file")
        if suppression.line is None
        else Text(f"第 {suppression.line} 行", f"line {suppression.line}")
    )
    return Finding(
        UNUSED,
        suppression.site,
        Text(f"{where.zh}没有 {code} 可抑制", f"There is no {code} in {where.en} to suppress"),
        Text(
            "删去它；问题在别处的，写到那一行，或单独写在其上一行",
            "remove it, or put it on the line of the finding, or alone on the line above",
        ),
        suppression.entity,
    )
