"""Which findings count in a run: `--select` and `--ignore`, by code, name or the beginning of a code."""

import re
from collections.abc import Iterable, Sequence

from cardkit.checks.registry import BY_CODE, BY_NAME, check_of
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.model.expression import nearest
from cardkit.source.characters import quoted

ALWAYS = "CK0"
"""Selected whatever is selected: what can't be read can't be checked, and must not look fine."""

_PREFIX = re.compile(r"CK[0-9]{0,2}", re.IGNORECASE)


@frozen
class Selection:
    """The codes that were asked for (None for all), and those that were asked to leave out."""

    selected: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing was selected or ignored."""
        return self.selected is None and not self.ignored

    def keeps(self, code: Code) -> bool:
        """Whether findings of a code count. What is ignored is out, selected or not."""
        if code.id in self.ignored:
            return False
        return self.selected is None or code.id in self.selected or code.id.startswith(ALWAYS)

    def of(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that count."""
        return tuple(finding for finding in findings if self.keeps(finding.code))


def selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    """The selection that options ask for; each may hold several words, separated by commas.

    Raises CardkitError for a word that is no code, no name and not the beginning of a code.
    """
    selected = _codes("--select", select)
    return Selection(selected if select else None, _codes("--ignore", ignore))


def _codes(option: str, given: Sequence[str]) -> frozenset[str]:
    words = [word.strip() for part in given for word in part.split(",") if word.strip()]
    if given and not words:
        raise CardkitError(
            Text(f"{option} 没有写检查", f"{option} names no check"),
            Text(f"写成 {option} CK3,unknown-id", f"write {option} CK3,unknown-id"),
        )
    return frozenset(code for word in words for code in _of_word(option, word))


def _of_word(option: str, word: str) -> list[str]:
    check = check_of(word)
    if check is not None:
        return [check.code.id]
    if _PREFIX.fullmatch(word):
        beginning = [code for code in BY_CODE if code.startswith(word.upper())]
        if beginning:
            return beginning
    close = nearest(word[:40].upper(), BY_CODE) or nearest(word[:40].lower(), BY_NAME)
    shown = quoted(word)
    raise CardkitError(
        Text(f"{option}：没有 {shown} 这项检查", f"{option}: there is no check {shown}"),
        Text(f"相近的有：{'、'.join(close)}", f"did you mean {' or '.join(close)}?")
        if close
        else Text(
            "写代码、名称或代码的开头，如 CK312、unknown-id、CK3",
            "write a code, a name or the beginning of a code: CK312, unknown-id, CK3",
        ),
    )
