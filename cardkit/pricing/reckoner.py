"""The totals of one piece in many cells, computed once for all cells that answer alike what it asks."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from cardkit.ground.errors import CardkitError
from cardkit.model.card import Card
from cardkit.model.segment import Segment
from cardkit.pricing.asked import OF_CARD, Asked, Question, answer
from cardkit.pricing.parts import Piece
from cardkit.pricing.setting import ASKED, Day, RealSetting
from cardkit.pricing.totals import Totals, totals_of

Place = tuple[Card, Segment]


class Spread(NamedTuple):
    """A piece in several cells: few different outcomes, and which of them each cell has."""

    outcomes: list[Totals | CardkitError]
    """CardkitError where the piece can't be priced; its message is that of one of the cells."""
    of_cell: dict[int, int]
    """The outcome's index, by cell."""


class Reckoner:
    """Totals without worksheets, for the cells of a table."""

    def __init__(self, day: Day, places: Sequence[Place], may_go_on: Callable[[], None]) -> None:
        self.day = day
        self.places = places
        self.may_go_on = may_go_on
        """Called before every computation; may raise."""
        self._answers: dict[Question, list[int]] = {}

    def setting(self, cell: int) -> RealSetting:
        """The setting of a cell, which writes nothing down."""
        card, segment = self.places[cell]
        return RealSetting(self.day, card, segment, card, f"{card.id} @{segment.id}", steps=None)

    def spread(self, piece: Piece, cells: Iterable[int]) -> Spread:
        """The piece's outcome in every one of the cells.

        The first cell of a group computes it. Those that answer alike all that it asked take its outcome; the
        others are told apart by their answers, and what was asked already need not be compared again.
        """
        found = Spread([], {})
        known: frozenset[Question] = frozenset()
        groups = [(list(cells), known)]
        while groups:
            group, known = groups.pop()
            if not group:
                continue
            outcome, asked = self._computed(piece, group[0])
            alike, others = self._told_apart(group, {key: asked[key] for key in asked if key not in known})
            known = known.union(asked)
            groups.extend((other, known) for other in others)
            for cell in alike:
                found.of_cell[cell] = len(found.outcomes)
            found.outcomes.append(outcome)
        return found

    def _computed(self, piece: Piece, cell: int) -> tuple[Totals | CardkitError, Asked]:
        self.may_go_on()
        asked: Asked = {}
        outer = self.day.memory.get(ASKED)
        self.day.memory[ASKED] = asked
        try:
            return totals_of(piece.compute(self.setting(cell))), asked
        except CardkitError as error:
            return error, asked
        finally:
            del self.day.memory[ASKED]
            if outer is not None:
                self.day.memory[ASKED] = outer

    def _told_apart(self, cells: list[int], asked: Asked) -> tuple[list[int], list[list[int]]]:
        """The cells that answer as the first does, and groups of those that don't."""
        if not asked or len(cells) == 1:
            return cells, []
        answers = [self._answered(question, what) for question, what in asked.items()]
        groups: dict[Hashable, list[int]] = {}
        for cell in cells:
            groups.setdefault(tuple([each[cell] for each in answers]), []).append(cell)
        first, *others = groups.values()
        return first, others

    def _answered(self, question: Question, what: object) -> list[int]:
        """What every cell of the table answers, as numbers that are equal where the answers are."""
        if question not in self._answers:
            numbers: dict[Hashable, int] = {}
            remembered: dict[object, int] = {}
            found = []
            for card, segment in self.places:
                key = (card.id, segment.id) if question[0] in OF_CARD else segment.id
                if key not in remembered:
                    given = answer(question, what, card, segment, self.day.as_of)
                    remembered[key] = numbers.setdefault(given, len(numbers))
                found.append(remembered[key])
            self._answers[question] = found
        return self._answers[question]
