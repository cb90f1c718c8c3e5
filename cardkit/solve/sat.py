"""Is there a product that keeps the rules, and if not, which rules are to blame? Asked of python-sat.

Each question is put to a solver of its own, over the few modules that can matter to it: what was assumed, and
what that may need. Each rule is behind a literal of its own, so that it can be kept or left out.
"""

from collections.abc import Collection, Iterable, Sequence

from cardkit.ground.frozen import frozen
from cardkit.model.constraint import Constraint
from cardkit.model.expression import Product
from cardkit.solve.asked import Asked
from cardkit.solve.limits import Limits
from cardkit.solve.question import Question
from cardkit.solve.smallest import SECONDS, Blame, smallest

NOTHING: frozenset[str] = frozenset()


@frozen
class Sat:
    """The products of some cards, segments and modules, under constraints.

    Whatever is asked raises OutOfTime where the time is up before anything is known.
    """

    constraints: tuple[Constraint, ...]
    cards: tuple[str, ...]
    segments: tuple[str | None, ...]
    """None among them stands for products without a segment."""
    modules: frozenset[str]

    def solve(
        self,
        assumed_in: Iterable[str] = (),
        assumed_out: Iterable[str] = (),
        without_rules: Collection[str] = NOTHING,
        cards: Sequence[str] | None = None,
        segments: Sequence[str | None] | None = None,
    ) -> Product | None:
        """A product with and without these modules that keeps every rule but those left out, if there is one.

        It has no module that could be taken out again. `cards` and `segments` narrow what is looked at.
        """
        question = self._question(assumed_in, assumed_out, cards, segments)
        kept = tuple(each for each in self.constraints if each.refusal.rule not in without_rules)
        if not question.cards or not question.segments:
            return None
        with Asked(kept, question, self.modules, Limits(SECONDS)) as asked:
            found = asked.product(asked.rules)
            return None if found is None else _without_surplus(found, question, kept)

    def conflicts(
        self,
        assumed_in: Iterable[str] = (),
        assumed_out: Iterable[str] = (),
        without_rules: Collection[str] = NOTHING,
        cards: Sequence[str] | None = None,
        segments: Sequence[str | None] | None = None,
        *,
        every: bool = False,
        seconds: float = SECONDS,
    ) -> Blame:
        """The smallest sets of rules because of which there is no such product; with `every` larger ones too.

        No rule of a set can be left out of it. No sets where there is a product. Not complete where there are
        too many, or too little time; then at least one set is there if one could be found, of any size.
        """
        question = self._question(assumed_in, assumed_out, cards, segments)
        kept = tuple(each for each in self.constraints if each.refusal.rule not in without_rules)
        if not question.cards or not question.segments:
            return Blame()
        limits = Limits(seconds)
        with Asked(kept, question, self.modules, limits) as asked:
            if asked.product(asked.rules) is not None:
                return Blame()
            blame = smallest(asked.innocent, every=every, limits=limits)
            return blame if blame.sets else Blame((asked.reduced(),), complete=False)

    def _question(
        self,
        assumed_in: Iterable[str],
        assumed_out: Iterable[str],
        cards: Sequence[str] | None,
        segments: Sequence[str | None] | None,
    ) -> Question:
        return Question(
            self.cards if cards is None else tuple(cards),
            self.segments if segments is None else tuple(segments),
            frozenset(assumed_in),
            frozenset(assumed_out),
        )


def _without_surplus(found: Product, question: Question, constraints: Sequence[Constraint]) -> Product:
    """The product less what was not asked for and isn't needed."""
    modules = frozenset(found.modules)
    for name in sorted(modules - question.assumed_in):
        fewer = modules - {name}
        if all(each.holds(found.card, fewer, found.segment) for each in constraints):
            modules = fewer
    return Product(found.card, tuple(sorted(modules)), found.segment)
