"""Questions at a terminal: one line each, with a proposal that Enter takes."""

import contextlib
import sys
from decimal import Decimal
from typing import Any

import typer

from cardkit.cli.console import Console
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.safe import one_line
from cardkit.ground.shape.base import Shape, ShapeError
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import Boolean, Number, Whole, Words
from cardkit.ground.text import Text, same
from cardkit.model.expression import nearest
from cardkit.source.drafts.question import Question
from cardkit.source.drafts.write_out import flowing
from cardkit.source.scalars import Ambiguous, plain_value
from cardkit.source.schema import plain, self_contained, validator_of

DEEPEST = 3
"""Steps of a path that is still asked about; what lies deeper is taken as proposed."""
MOST_CHOICES = 40


def is_terminal(console: Console) -> bool:
    """Whether there is somebody to ask: both what they type and what they read is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and console.err is not None and console.err.isatty()


class Asking:
    """Asks each question until the answer fits, and notes what was left as proposed."""

    def __init__(self, console: Console, *, asks: bool) -> None:
        self.console = console
        self.asks = asks
        self.unanswered: set[Path] = set()
        """Paths of values that nobody gave."""

    def answer(self, question: Question) -> Any:
        """The data that was typed; the proposal for Enter, and where nobody is asked."""
        if not self.asks or len(question.path) > DEEPEST:
            if question.proposal is None:
                raise _unknown(question)
            self.unanswered.add(question.path)
            return question.proposal
        if isinstance(question.shape, Words):
            return self.words(question)
        self.explain(question)
        while True:
            typed = self.line(self.title(question), question.proposal)
            if not typed:
                if question.proposal is not None:
                    return question.proposal
                continue
            try:
                return checked(question, typed)
            except ShapeError as fault:
                hint = same("") if fault.hint is None else Text("：", ": ") + fault.hint
                self.console.message(Text("  ✗ ", "  ✗ ") + fault.message + hint)

    def words(self, question: Question) -> dict[str, str]:
        """A text, asked for in each language."""
        self.explain(question)
        found = {}
        for language, spoken in (
            ("zh", Text("，中文", ", in Chinese")),
            ("en", Text("，英文", ", in English")),
        ):
            proposed = question.proposal.get(language, "") if question.proposal else ""
            typed = self.line(self.title(question) + spoken, proposed or None)
            while not (typed or proposed):
                typed = self.line(self.title(question) + spoken, None)
            found[language] = typed or proposed
        return found

    def anyway(self, decided: bool) -> bool:
        """Whether a file with errors is to be written: what was answered at a terminal shouldn't be lost."""
        if decided or not self.asks:
            return decided
        question = Text("照写，之后再改？", "Write it all the same, and mend it later?")
        return bool(typer.confirm(question.to(self.console.language), default=True, err=True))

    def title(self, question: Question) -> Text:
        """What is asked for, with its key."""
        key = ".".join(str(step) for step in question.path)
        if question.said is None or question.said.title.en == key:
            return same(key)
        return question.said.title + same(f" ({key})")

    def explain(self, question: Question) -> None:
        """What the value means, and what may be written."""
        parts = same("") if question.said is None else question.said.about
        if question.choices:
            listed = ", ".join(question.choices[:MOST_CHOICES])
            parts = parts + Text(f"可写：{listed}", f" One of: {listed}")
        self.console.message(same("\n  ") + parts)

    def line(self, title: Text, proposed: Any) -> str:
        """One line from the terminal. Raises typer.Abort at its end and for an interruption."""
        shown = "" if proposed is None else f" [{one_line(flowing(proposed))}]"
        typed: str = typer.prompt(
            one_line(title.to(self.console.language)) + shown, default="", show_default=False, err=True
        )
        return typed.strip()


def _unknown(question: Question) -> CardkitError:
    """There is nothing to propose, and nobody to ask."""
    key = ".".join(str(step) for step in question.path)
    title = same(key) if question.said is None else question.said.title + same(f" ({key})")
    return CardkitError(
        Text("还要写：", "still missing: ") + title,
        Text(f"加上 --field {key}=…", f"add --field {key}=…"),
    )


def checked(question: Question, typed: str) -> Any:
    """What was typed, as a file would hold it. Raises ShapeError where it doesn't fit."""
    shape, path = question.shape, question.path
    if isinstance(shape, ListOf):
        value: Any = [word.strip() for word in typed.replace("，", ",").replace("、", ",").split(",")]
    else:
        value = _read(shape, typed, path)
    for word in value if isinstance(value, list) else [value]:
        if question.choices and word not in question.choices:
            close = nearest(str(word), question.choices)
            raise ShapeError(
                path,
                Text(f"没有 {one_line(str(word))}", f"there is no {one_line(str(word))}"),
                Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")
                if close
                else None,
            )
    with contextlib.suppress(TypeError, KeyError, AttributeError):  # of another type: said below
        shape.build(value, path)
    if not validator_of(self_contained("answer", shape)).is_valid(plain(value)):
        raise ShapeError(path, Text("这里要写：", "write: ") + shape.label())
    return value


def _read(shape: Shape, typed: str, path: Path) -> Any:
    inner = shape.inner if isinstance(shape, FigureOf) else shape
    if not isinstance(inner, Number | Whole | Boolean):
        return typed
    try:
        value = plain_value(typed)
    except Ambiguous as ambiguous:
        raise ShapeError(path, ambiguous.why, ambiguous.hint) from None
    if not isinstance(value, bool | int | Decimal):
        raise ShapeError(path, Text("这里要写：", "write: ") + shape.label())
    return value
