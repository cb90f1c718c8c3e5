"""What came of an expectation: nothing where it holds, else each thing that is not as expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cardkit.ground.finding import Path, Site
from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.expectation import Expectation


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as expected."""

    what: Text
    """What was looked at: a total, a line, a page, with its segment where several are meant."""
    expected: Text
    got: Text
    why: Text
    path: Path = ()
    """Where it is expected, below the expectation in its file."""
    figure: Fen | None = None
    """What `--update` may write at the path in place of the figure there; None where it may not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation, where it stands, the day that counted, and what is not as expected."""

    expectation: Expectation
    site: Site
    as_of: date
    misses: tuple[Miss, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as expected."""
        return not self.misses


def failed(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes that are not as expected."""
    return [outcome for outcome in outcomes if not outcome.holds]
