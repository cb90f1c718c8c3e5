"""Comments that suppress findings: `# cardkit: ignore[CK312] until=2027-01-31 reason="…"`.

One stands on the line of the finding, or alone on the line above it (further comments may stand between), or
above the first key for the whole file. The nearest that fits is the one that is used.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from cardkit.checks.crashed import CRASHED
from cardkit.checks.pages_suppressions import EXPIRED, MALFORMED, UNUSED
from cardkit.checks.registry import BY_CODE, BY_NAME, check_of
from cardkit.ground.finding import Code, Finding, Site, Span
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.expression import nearest
from cardkit.source.characters import quoted
from cardkit.source.codes import FORBIDDEN_CHARACTER
from cardkit.source.comments import Comment, comments

MARK = re.compile(r"#[ \t]*cardkit[ \t]*(?:[:：]|(?=ignore[ \t]*\[))", re.IGNORECASE)
"""What makes a comment one for cardkit."""

NEVER = frozenset({CRASHED.id, FORBIDDEN_CHARACTER.id, MALFORMED.id, EXPIRED.id, UNUSED.id})
"""Codes that can't be suppressed: what nobody could review, and what keeps suppressions honest."""

MOST_IN_A_FILE = 200
"""Suppressions and faults of them that are read in one file: more are no way to keep a catalog."""

MOST_CODES = 20
"""Codes in one comment."""

_CODES = re.compile(r"[ \t]*ignore[ \t]*\[([^\]#]*)\]", re.IGNORECASE)
_OPTION = re.compile(r'[ \t]+([A-Za-z_-]+)[ \t]*=[ \t]*(?:"([^"]*)"|([^\s"#]+))')
_END = re.compile(r"[ \t]*(?:#|\Z)")
_WORD = re.compile(r"[^,]+")
_FORM = Text(
    '写成 # cardkit: ignore[CK312] until=2027-01-31 reason="…"，其中 until 可以不写',
    'write # cardkit: ignore[CK312] until=2027-01-31 reason="…"; until may be left out',
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code that a comment suppresses, in one line or, where `line` is None, in its whole file."""

    code: Code
    site: Site
    line: int | None
    until: date | None
    """The last day on which it holds, inclusive; None without an end."""
    entity: str | None


class _Malformed(Exception):
    """A comment that can't be used, and what is wrong with it."""

    def __init__(self, message: Text, hint: Text = _FORM) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Applied:
    """What is left of the findings, with those about suppressions, and what was suppressed."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def apply(catalog: Catalog, as_of: date, findings: Sequence[Finding], finished: Collection[str]) -> Applied:
    """Take the suppressed findings out, and tell which suppressions are malformed, expired or unused.

    `finished` are the codes of the checks that ran to their end over everything: only of those it can be
    said that a suppression is unused. Files that aren't YAML have no suppressions.
    """
    known, faults = suppressions(catalog)
    told = [*faults, *(_expired(each) for each in known if not _holds(each, as_of))]
    by_place: dict[tuple[str, str, int | None], list[Suppression]] = {}
    for each in known:
        if _holds(each, as_of):
            by_place.setdefault((each.site.file, each.code.id, each.line), []).append(each)
    used: set[Suppression] = set()
    kept, suppressed = [], []
    for finding in findings:
        file, code = finding.site.file, finding.code.id
        on_line = by_place.get((file, code, finding.site.span.line))
        fitting = on_line or by_place.get((file, code, None))
        if fitting is None:
            kept.append(finding)
        else:
            used.add(fitting[0])
            suppressed.append(finding)
    for waiting in by_place.values():
        told += [_unused(each) for each in waiting if each not in used and each.code.id in finished]
    return Applied((*kept, *told), tuple(suppressed))


def suppressions(catalog: Catalog) -> tuple[list[Suppression], list[Finding]]:
    """Every suppression of a catalog, expired ones too, and a finding for each that can't be used."""
    known: list[Suppression] = []
    faults: list[Finding] = []
    for source in catalog.sources:
        text = catalog.texts.get(source.file, "")
        if not source.data or MARK.search(text) is None:  # most files: nothing to look for
            continue
        for made in islice(_of_file(text, source.file, source.id), MOST_IN_A_FILE):
            if isinstance(made, Suppression):
                known.append(made)
            else:
                faults.append(made)
    return known, faults


def _of_file(text: str, file: str, entity: str | None) -> Iterator[Suppression | Finding]:
    found = list(comments(text))
    target: dict[int, int] = {}
    for comment in reversed(found):
        if comment.alone:
            target[comment.line] = target.get(comment.line + 1, comment.line + 1)
    for comment in found:
        line = None if comment.at_top else target.get(comment.line, comment.line)
        yield from _read(comment, file, entity, line)


def _read(
    comment: Comment, file: str, entity: str | None, line: int | None
) -> Iterator[Suppression | Finding]:
    """What stands in one comment; another may follow the first."""
    end = 0
    while (mark := MARK.search(comment.text, end)) is not None:
        start, end = mark.start(), len(comment.text)

        def at(first: int, last: int) -> Site:
            return Site(file, Span(comment.line, comment.column + first, comment.line, comment.column + last))

        try:
            words, until, end = _parsed(comment.text, mark.end())
        except _Malformed as fault:
            yield Finding(MALFORMED, at(start, end), fault.message, fault.hint, entity)
            return
        for word, first in words:
            site = at(first, first + len(word))
            fault_of_code = _no_such(word)
            if fault_of_code is not None:
                yield Finding(MALFORMED, site, fault_of_code.message, fault_of_code.hint, entity)
            elif check := check_of(word):
                yield Suppression(check.code, site, line, until, entity)


def _parsed(text: str, start: int) -> tuple[list[tuple[str, int]], date | None, int]:
    """The codes with their places, the last day, and where the suppression ends. Raises _Malformed."""
    head = _CODES.match(text, start)
    if head is None:
        raise _Malformed(Text("看不懂这条写给 cardkit 的注释", "This comment for cardkit can't be read"))
    words = []
    for found in _WORD.finditer(head[1]):
        word = found[0].strip()
        if word:
            words.append((word, head.start(1) + found.start() + found[0].index(word)))
    if not words:
        raise _Malformed(
            Text("没有写抑制哪一项检查", "This suppression doesn't say which check is meant"),
        )
    if len(words) > MOST_CODES:
        raise _Malformed(
            Text(
                f"一条注释最多抑制 {MOST_CODES} 项检查", f"One comment suppresses at most {MOST_CODES} checks"
            )
        )
    end, given = head.end(), {}
    while (option := _OPTION.match(text, end)) is not None:
        key = option[1].lower()
        if key not in ("until", "reason") or key in given:
            raise _Malformed(
                Text(
                    f"{key} 写了两次" if key in given else f"没有 {quoted(key)} 这一项",
                    f"{key} stands twice" if key in given else f"A suppression has no {quoted(key)}",
                )
            )
        if key == "reason" and option[2] is None:
            raise _Malformed(
                Text("原因要写在半角双引号里", "The reason must stand in straight double quotes")
            )
        given[key] = option[3] if option[2] is None else option[2]
        end = option.end()
    if _END.match(text, end) is None:
        rest = quoted(text[end:].strip())
        raise _Malformed(Text(f"从这里起看不懂：{rest}", f"It can't be read from here on: {rest}"))
    if not given.get("reason", "").strip():
        raise _Malformed(Text("抑制注释没有写原因", "This suppression gives no reason"))
    return words, _day(given.get("until")), end


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        shown = quoted(written)
        raise _Malformed(Text(f"{shown} 不是日历上的一天", f"{shown} is no day of the calendar"))
    return day


def _no_such(word: str) -> _Malformed | None:
    """What is wrong with the name of a check, None where it can be suppressed."""
    check = check_of(word)
    shown = quoted(word)
    if check is None:
        close = nearest(word[:40].upper(), BY_CODE) or nearest(word[:40].lower(), BY_NAME)
        return _Malformed(
            Text(f"没有 {shown} 这项检查", f"There is no check {shown}"),
            Text(f"相近的有：{'、'.join(close)}", f"did you mean {' or '.join(close)}?")
            if close
            else Text("全部检查见 docs/checks.md", "all checks stand in docs/checks.md"),
        )
    if check.code.id in NEVER:
        return _Malformed(
            Text(f"{shown} 不能抑制", f"{shown} can't be suppressed"),
            Text("改正它所说的问题，删去这一项", "mend what it tells of, and take it out of the comment"),
        )
    return None


def _holds(suppression: Suppression, as_of: date) -> bool:
    return suppression.until is None or as_of <= suppression.until


def _expired(suppression: Suppression) -> Finding:
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


def _unused(suppression: Suppression) -> Finding:
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
            "删去它；要抑制的问题在别处，就写到那一行，或单独写在其上一行",
            "remove it; or put it on the line of the finding, or alone on the line above",
        ),
        suppression.entity,
    )
