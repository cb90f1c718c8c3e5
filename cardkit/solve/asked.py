"""A question in a solver of clauses (python-sat), with each rule behind a literal of its own."""

from collections.abc import Iterator, Sequence
from typing import Any, Self

from cardkit.model.constraint import Constraint, Needs, Within
from cardkit.model.expression import Product
from cardkit.solve.clauses import Clauses, Literal
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.question import Question, relevant
from cardkit.solve.smallest import Rules

SOLVER = "glucose4"
DEAD_ENDS = 500
"""After so many the solver stops to look at the clock, and goes on with what it has learned."""


class Asked:
    """A question in a solver. Raises OutOfTime, whatever is asked, when the time is up."""

    def __init__(
        self,
        constraints: Sequence[Constraint],
        question: Question,
        modules: frozenset[str],
        limits: Limits,
    ) -> None:
        from pysat.solvers import Solver  # type: ignore[import-untyped]  # it has no annotations

        self.question = question
        self.limits = limits
        self.constraints = [each for each in constraints if question.concerns(each)]
        self.solver: Any = Solver(SOLVER)
        self.clauses = Clauses(self.solver.add_clause)
        self._cards = self.clauses.exactly_one(question.cards)
        self._segments = self.clauses.exactly_one(question.segments)
        free = relevant(self.constraints, question, modules) - question.assumed_in
        self._modules = {name: self.clauses.variable() for name in sorted(free)}
        self._kept: dict[str, int] = {}
        for constraint in self.constraints:
            limits.check_time()
            self._say(constraint)
        self.core: Rules = frozenset()
        """Of the last rules for which there was no product, some for which there is none either."""
        self.rules = frozenset(self._kept)
        """Those that can rule out any of the products that were asked for."""
        self._by_rule: dict[str, list[Constraint]] = {name: [] for name in self._kept}
        for constraint in self.constraints:
            if constraint.refusal.rule in self._by_rule:
                self._by_rule[constraint.refusal.rule].append(constraint)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.solver.delete()

    # asking -------------------------------------------------------------------------------------------

    def product(self, rules: Rules) -> Product | None:
        """A product that keeps these rules, None where there is none. Raises OutOfTime."""
        kept, answer = [self._kept[name] for name in sorted(rules)], None
        while answer is None:
            self.limits.check_time()
            self.solver.conf_budget(DEAD_ENDS)
            answer = self.solver.solve_limited(assumptions=kept)
        if not answer:
            core = set(self.solver.get_core() or ())
            self.core = frozenset(name for name in rules if self._kept[name] in core)
            return None
        true = frozenset(self.solver.get_model())
        card = next(name for name, literal in self._cards.items() if literal in true)
        segment = next(name for name, literal in self._segments.items() if literal in true)
        added = {name for name, literal in self._modules.items() if literal in true}
        assert card is not None
        return Product(card, tuple(sorted(added | self.question.assumed_in)), segment)

    def innocent(self, rules: Rules) -> Rules | None:
        """None where no product keeps the rules, otherwise the fewest others that a product need break.

        Rules are added one by one as long as some product keeps them all.
        """
        product = self.product(rules)
        if product is None:
            return None
        kept = self._keeping(product)
        for name in sorted(self.rules - kept):
            if name not in kept:
                product = self.product(kept | {name})
                if product is not None:
                    kept |= self._keeping(product)
        return self.rules - kept

    def reduced(self) -> Rules:
        """A set of rules that no product keeps; of any size, and as small as the limits allow.

        `rules` must have been found to be one. Without time to leave rules out one by one it stays larger.
        """
        rules = self.core
        for name in sorted(rules):
            if name in rules:
                try:
                    if self.product(rules - {name}) is None:
                        rules = self.core
                except NotFinished:
                    continue
        return rules

    def _keeping(self, product: Product) -> Rules:
        modules = frozenset(product.modules)
        return frozenset(
            name
            for name, own in self._by_rule.items()
            if all(each.holds(product.card, modules, product.segment) for each in own)
        )

    # saying -------------------------------------------------------------------------------------------

    def _say(self, constraint: Constraint) -> None:
        for clause in self._clauses(constraint):
            rule = constraint.refusal.rule
            if rule not in self._kept:
                self._kept[rule] = self.clauses.variable()
            self.clauses.add([-self._kept[rule], *clause])

    def _clauses(self, constraint: Constraint) -> Iterator[list[int]]:
        """What a constraint says, as clauses; none where it always holds, an empty one where never."""
        if isinstance(constraint, Needs):
            yield from self._needs(constraint)
            return
        elsewhere = self._others(self._cards, constraint.cards)
        if isinstance(constraint, Within):
            sum_ = self._within(constraint)
            if sum_ is not True:
                yield elsewhere if sum_ is False else [*elsewhere, sum_]
            return
        elsewhere += self._others(self._segments, constraint.segments)
        if constraint.modules is None or not constraint.modules.isdisjoint(self.question.assumed_in):
            yield elsewhere
        else:
            for name in sorted(constraint.modules & self._modules.keys()):
                yield [*elsewhere, -self._modules[name]]

    def _needs(self, constraint: Needs) -> Iterator[list[int]]:
        if not constraint.needs.isdisjoint(self.question.assumed_in):
            return
        needed = [self._modules[name] for name in sorted(constraint.needs & self._modules.keys())]
        if not constraint.triggers.isdisjoint(self.question.assumed_in):
            yield needed
            return
        for name in sorted(constraint.triggers & self._modules.keys()):
            if name not in constraint.needs:
                yield [*needed, -self._modules[name]]

    def _within(self, constraint: Within) -> Literal:
        there = constraint.total(self.question.assumed_in)
        free = [
            (weight, self._modules[name])
            for name, weight in constraint.weights.items()
            if name in self._modules
        ]
        least = None if constraint.least is None else constraint.least - there
        most = None if constraint.most is None else constraint.most - there
        return self.clauses.within(free, least, most)

    @staticmethod
    def _others(literals: dict[str | None, int], named: frozenset[str] | None) -> list[int]:
        """One of the cards or segments that a constraint isn't for."""
        if named is None:
            return []
        return [literal for name, literal in literals.items() if name not in named]
