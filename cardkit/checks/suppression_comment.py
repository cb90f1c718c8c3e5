"""What a comment for cardkit says: `# cardkit: ignore[CK312] until=2027-01-31 reason="…"`."""

import re
from collections.abc import Iterator
from datetime import date

from cardkit.checks.crashed import CRASHED
from cardkit.checks.pages_suppressions import EXPIRED, MALFORMED, UNUSED
from cardkit.checks.registry import BY_CODE, BY_NAME, check_of
from cardkit.ground.finding import Code, Finding, Site, Span
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.model.expression import nearest
from cardkit.source.characters import quoted
from cardkit.source.codes import FORBIDDEN_CHARACTER
from cardkit.source.comments import Comment

MARK = re.compile(r"#[ \t]*cardkit[ \t]*(?:[:：]|(?=ignore[ \t]*\[))", re.IGNORECASE)
"""What makes a comment one for cardkit."""

NEVER = frozenset({CRASHED.id, FORBIDDEN_CHARACTER.id, MALFORMED.id, EXPIRED.id, UNUSED.id})
"""Codes that can't be suppressed: what nobody could review, and what keeps suppressions honest."""

MOST_CODES = 20
"""Codes in one comment."""

_CODES = re.compile(r"[ \t]*ignore[ \t]*\[([^\]#]*)\]", re.IGNORECASE)
_OPTION = re.compile(r'[ \t]+([A-Za-z_-]+)[ \t]*=[ \t]*(?:"([^"]*)"|([^\s"#]+))')
_END = re.compile(r"[ \t]*(?:#|\Z)")
_WORD = re.compile(r"[^,，、\s][^,，、]*")
_FORM = Text(
    '# cardkit: ignore[CK312] until=2027-01-31 reason="…"，其中 until 可以不写',
    '# cardkit: ignore[CK312] until=2027-01-31 reason="…", where until may be left out',
)


@frozen
class Suppression:
    """One code that a comment suppresses, in one line or, where `line` is None, in its whole file."""

    code: Code
    site: Site
    line: int | None
    until: date | None
    """The last day on which it holds, inclusive; None without an end."""
    entity: str | None

    def holds(self, as_of: date) -> bool:
        """Whether it isn't over on a day."""
        return self.until is None or as_of <= self.until


class _Malformed(Exception):
    """A comment that can't be used, and what is wrong with it."""

    def __init__(self, message: Text, hint: Text = _FORM) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


def read_comment(
    comment: Comment, file: str, entity: str | None, line: int | None
) -> Iterator[Suppression | Finding]:
    """The suppressions in a comment, which is about `line` (None: about the whole file), and their faults.

    A second suppression may follow the first; other comments hold none. Raises nothing.
    """
    text, end = comment.text, 0

    def at(first: int, last: int) -> Site:
        return Site(file, Span(comment.line, comment.column + first, comment.line, comment.column + last))

    while (mark := MARK.search(text, end)) is not None:
        try:
            words, end = _codes(text, mark.end())
            until, end = _options(text, end)
        except _Malformed as fault:
            yield Finding(MALFORMED, at(mark.start(), len(text)), fault.message, fault.hint, entity)
            return
        for word, first in words:
            site = at(first, first + len(word))
            try:
                yield Suppression(_code(word), site, line, until, entity)
            except _Malformed as fault:
                yield Finding(MALFORMED, site, fault.message, fault.hint, entity)


def _codes(text: str, start: int) -> tuple[list[tuple[str, int]], int]:
    """The words in brackets, each with its place, and where the bracket ends."""
    head = _CODES.match(text, start)
    if head is None:
        raise _Malformed(Text("看不懂这条写给 cardkit 的注释", "This comment for cardkit can't be read"))
    words = [(found[0].strip(), head.start(1) + found.start()) for found in _WORD.finditer(head[1])]
    if not words:
        raise _Malformed(
            Text("没有写抑制哪一项检查", "This suppression doesn't say which check is meant"),
        )
    if len(words) > MOST_CODES:
        raise _Malformed(
            Text(
                f"一条注释最多抑制 {MOST_CODES} 项检查",
                f"One comment suppresses at most {MOST_CODES} checks",
            )
        )
    return words, head.end()


def _options(text: str, end: int) -> tuple[date | None, int]:
    """The last day, and where the suppression ends; the reason must be there and is for people."""
    given: dict[str, str] = {}
    while (option := _OPTION.match(text, end)) is not None:
        key = option[1].lower()
        shown = quoted(key)
        if key not in ("until", "reason"):
            raise _Malformed(Text(f"抑制注释没有 {shown} 这一项", f"A suppression has no {shown}"))
        if key in given:
            raise _Malformed(Text(f"{key} 写了两次", f"{key} stands twice"))
        if key == "reason" and option[2] is None:
            raise _Malformed(Text("原因要写在半角双引号里", "The reason must stand in straight quotes"))
        given[key] = option[3] if option[2] is None else option[2]
        end = option.end()
    if _END.match(text, end) is None:
        rest = quoted(text[end:].strip())
        raise _Malformed(Text(f"从这里起看不懂：{rest}", f"It can't be read from here on: {rest}"))
    if not given.get("reason", "").strip():
        raise _Malformed(Text("抑制注释没有写原因", "This suppression gives no reason"))
    return _day(given.get("until")), end


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


def _code(word: str) -> Code:
    """The code of a check by its code or name. Raises _Malformed where there is none to suppress."""
    check = check_of(word)
    shown = quoted(word)
    if check is None:
        close = nearest(word[:40].upper(), BY_CODE) or nearest(word[:40].lower(), BY_NAME)
        raise _Malformed(
            Text(f"没有 {shown} 这项检查", f"There is no check {shown}"),
            Text(f"相近的有：{'、'.join(close)}", f"did you mean {' or '.join(close)}?")
            if close
            else Text("全部检查见 docs/checks.md", "all checks stand in docs/checks.md"),
        )
    if check.code.id in NEVER:
        raise _Malformed(
            Text(f"{shown} 不能抑制", f"{shown} can't be suppressed"),
            Text("改正它所说的问题，从注释里删去它", "mend what it tells of, and take it out of the comment"),
        )
    return check.code
