"""A question about products, and the modules that can matter to its answer."""

from collections.abc import Sequence

from cardkit.ground.frozen import frozen
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within


@frozen
class Question:
    """What is asked: the products with these modules and without those, on these cards, in these segments."""

    cards: tuple[str, ...]
    segments: tuple[str | None, ...]
    """None for products without a segment."""
    assumed_in: frozenset[str]
    assumed_out: frozenset[str]

    def concerns(self, constraint: Constraint) -> bool:
        """Whether a constraint is for any of the cards and segments."""
        if isinstance(constraint, Needs):
            return True
        segments = constraint.segments if isinstance(constraint, Forbidden) else None
        return (constraint.cards is None or not constraint.cards.isdisjoint(self.cards)) and (
            segments is None or not segments.isdisjoint(self.segments)
        )


def relevant(
    constraints: Sequence[Constraint], question: Question, modules: frozenset[str]
) -> frozenset[str]:
    """The modules that a product may have any use for: those assumed, and what is of help to these.

    Without all others a product breaks no constraint that it kept with them.
    """
    found = set(question.assumed_in)
    usable = modules - question.assumed_out
    for constraint in constraints:
        if isinstance(constraint, Within):
            if constraint.least is not None:
                found |= {name for name, weight in constraint.weights.items() if weight > 0} & usable
            if constraint.most is not None:
                found |= {name for name, weight in constraint.weights.items() if weight < 0} & usable
    needs = [each for each in constraints if isinstance(each, Needs)]
    size = -1
    while size < len(found):
        size = len(found)
        for each in needs:
            if not each.triggers.isdisjoint(found):
                found |= each.needs & usable
    return frozenset(found)
