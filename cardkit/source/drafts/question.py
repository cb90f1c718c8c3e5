"""What a draft asks of whoever fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import Item, Shape


@dataclass(frozen=True, slots=True)
class Question:
    """One value that a file needs: where, what it is called, what it should look like, and a proposal."""

    path: Path
    said: Item | None
    shape: Shape
    proposal: Any
    """Plain data; None where nothing can be proposed."""
    choices: tuple[str, ...] = ()
    """The ids or words that may be written; empty where anything of the shape may."""


Answer = Callable[[Question], Any]
"""Gives the data for a question; its proposal, unless somebody knows better."""


def as_proposed(question: Question) -> Any:
    """Every proposal is taken."""
    return question.proposal
