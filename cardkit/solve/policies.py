"""Policies of a catalog: each proved for every product that may be sold, or refuted with the worst."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from cardkit.model.expression import Product
from cardkit.model.settings import Policy
from cardkit.pricing.totals import Totals
from cardkit.solve.combinations import MEASURES, Combinations, Measure
from cardkit.solve.compiled import Compiled
from cardkit.solve.extremes import Extreme, Question, extreme, outermost
from cardkit.solve.limits import NotFinished
from cardkit.solve.problem import Objective
from cardkit.solve.programme import Programme
from cardkit.solve.spread import spread

Status = Literal["proved", "refuted", "not_proved"]

PRODUCTS = "products"
"""The measure that counts the products of a segment."""
RATIO = "benefit-cost-ratio"

COUNTING = 0.1
"""The share of the time left that counting the products against one policy may take."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of one bound of a policy in one segment."""

    policy: str
    segment: str
    bound: Fraction
    """Yuan, a ratio, or a number of products; inclusive."""
    side: Literal["least", "most"]
    status: Status
    worst: Product | None = None
    """The product furthest beyond the bound, or closest to it where the policy is proved."""
    amount: int | None = None
    """What the policy measures of it: fen; products for a number; None for a ratio."""
    totals: Totals | None = None
    """Of the worst product."""
    breaking: int | None = None
    """How many products break the policy; None where that wasn't counted in time."""
    known: int | None = None
    """Where not proved: no product is beyond this amount."""
    why: str = ""
    """Where not proved: the limit that was reached, or what can't be priced."""

    measure: str = ""
    """What the policy measures."""

    @property
    def is_ratio(self) -> bool:
        """Whether it is about benefit cost ÷ revenue."""
        return self.measure == RATIO

    @property
    def is_number(self) -> bool:
        """Whether it is about how many products there are."""
        return self.measure == PRODUCTS

    @property
    def room(self) -> Fraction | None:
        """How far the worst product stays within the bound; negative beyond it, None where it isn't known."""
        if self.is_ratio:
            measured = self.ratio
        else:
            unit = 1 if self.is_number else 100
            measured = None if self.amount is None else Fraction(self.amount, unit)
        if measured is None:
            return None
        return measured - self.bound if self.side == "least" else self.bound - measured

    @property
    def ratio(self) -> Fraction | None:
        """Benefit cost ÷ revenue of the worst product; None without revenue."""
        if self.totals is None or not self.totals.revenue:
            return None
        return Fraction(self.totals.benefit_cost, self.totals.revenue)


def prove(combinations: Combinations, policies: Iterable[Policy], *, counted: bool = True) -> list[Proof]:
    """Every policy in every segment that it is for, in the catalog's order.

    `counted` also counts the products that break a policy, once all is proved, as far as time allows. Never
    raises for limits: what wasn't proved in time says so.
    """
    demands = list(_demands(combinations, policies))
    proofs = [
        demand.number() if demand.policy.measure == PRODUCTS else demand.amount(1 / (len(demands) - done + 1))
        for done, demand in enumerate(demands)
    ]
    if not counted:
        return proofs
    return [
        replace(proof, breaking=demand.breaking()) if proof.status == "refuted" and proof.worst else proof
        for demand, proof in zip(demands, proofs, strict=True)
    ]


def _demands(combinations: Combinations, policies: Iterable[Policy]) -> Iterator["Demand"]:
    """Each bound of each policy in each of the segments that are asked about."""
    sides: tuple[Literal["least", "most"], ...] = ("least", "most")
    for policy in policies:
        for segment in policy.segments or combinations.all_segments:
            if segment not in combinations.all_segments:
                continue
            for side in sides:
                figure = getattr(policy, side)
                entry = None if figure is None else figure.on(combinations.day.as_of, segment)
                if entry is not None:
                    yield Demand(combinations, policy, segment, side, entry.value)


@dataclass(frozen=True, slots=True)
class Demand:
    """One bound of a policy in one segment."""

    combinations: Combinations
    policy: Policy
    segment: str
    side: Literal["least", "most"]
    bound: Fraction

    def number(self) -> Proof:
        """Of how many products there are."""
        cells = self.combinations.of_segment(self.segment)
        try:
            products = self.combinations.numbers.products
        except NotFinished as stopped:
            return self._proof("not_proved", why=str(stopped))
        number = sum(products[cell] for cell in cells)
        kept = number >= self.bound if self.side == "least" else number <= self.bound
        return self._proof("proved" if kept else "refuted", amount=number)

    def amount(self, share: float) -> Proof:
        """Of an amount of every product, searched for in a share of the time left where that is needed."""
        combinations = self.combinations
        cells = combinations.of_segment(self.segment)
        if not cells:
            return self._proof("proved", breaking=0)
        try:
            compiled = combinations.compiled
        except NotFinished as stopped:
            return self._proof("not_proved", why=str(stopped))
        _, needed = self.measure()
        worst = self._worst(compiled, cells, needed, share)
        if worst is not None and worst.amount is not None and self.breaks(worst.amount, needed):
            return self._told(worst, "refuted", None)
        why = self._lacking()
        if (
            worst is not None
            and not worst.proved
            and (worst.bound is None or self.breaks(worst.bound, needed))
        ):
            why = worst.limit
        if worst is None:
            return self._proof("not_proved" if why else "proved", breaking=None if why else 0, why=why)
        return self._told(worst, "not_proved" if why else "proved", None if why else 0, why)

    def _worst(self, compiled: Compiled, cells: Sequence[int], needed: int, share: float) -> Extreme | None:
        """The product furthest towards or beyond the bound."""
        combinations, highest = self.combinations, self.side == "most"
        limits = combinations.limits if compiled.exact else combinations.limits.share(share)
        question = Question(compiled, self.objective(), limits, highest, needed)
        if not compiled.exact or self.policy.measure not in MEASURES:
            return extreme(question, cells)
        # One programme answers for all segments at once.
        found = combinations.extremes(self.policy.measure, highest=highest)
        return outermost(question, [found[cell] for cell in cells])

    def measure(self) -> tuple[Measure, int]:
        """What is measured, and the bound in the same whole numbers."""
        if self.policy.measure == RATIO:
            # benefit ÷ revenue ≤ p/q as q·benefit − p·revenue ≤ 0, without a division.
            over, under = self.bound.as_integer_ratio()
            return lambda totals: under * totals.benefit_cost - over * totals.revenue, 0
        fen = self.bound * 100
        return MEASURES[self.policy.measure], ceil(fen) if self.side == "least" else floor(fen)

    def objective(self) -> Objective:
        """What is measured, of every product."""
        if self.policy.measure in MEASURES:
            return self.combinations.objective(self.policy.measure)
        return self.combinations.objective_of(self.measure()[0])

    def breaks(self, amount: int, needed: int) -> bool:
        """Whether an amount is beyond the bound."""
        return amount < needed if self.side == "least" else amount > needed

    def breaking(self) -> int | None:
        """How many products of the segment break the policy; None where that takes too long."""
        combinations = self.combinations
        if not combinations.compiled.exact:
            return None
        _, needed = self.measure()
        cells = combinations.of_segment(self.segment)
        # What is left to ask must not wait for a number that is nice to know.
        limits = combinations.limits.share(COUNTING)
        programme = Programme(combinations.compiled.diagram, cells, limits)
        objective = self.objective()
        bound = needed if self.side == "least" else needed + 1
        try:
            numbers = spread(programme, objective, (bound,))
        except NotFinished:
            return None
        return sum(below if self.side == "least" else above for below, above in numbers)

    def _lacking(self) -> str:
        """What can't be priced in the segment; a statement about all products isn't about those."""
        for (_, segment), _part in self.combinations.table.missing:
            if segment == self.segment:
                return "missing"
        return ""

    def _told(self, worst: Extreme, status: Status, breaking: int | None, why: str = "") -> Proof:
        product = None if worst.choice is None else self.combinations.product(worst.cell, worst.choice)
        totals = None if product is None else self.combinations.table.total(product)
        amount = (
            None if totals is None or self.policy.measure == RATIO else MEASURES[self.policy.measure](totals)
        )
        known = None if worst.proved or self.policy.measure == RATIO else worst.bound
        return self._proof(status, product, amount, totals, breaking, known, why)

    def _proof(
        self,
        status: Status,
        worst: Product | None = None,
        amount: int | None = None,
        totals: Totals | None = None,
        breaking: int | None = None,
        known: int | None = None,
        why: str = "",
    ) -> Proof:
        return Proof(
            self.policy.id,
            self.segment,
            self.bound,
            self.side,
            status,
            worst,
            amount,
            totals,
            breaking,
            known,
            why,
            self.policy.measure,
        )
