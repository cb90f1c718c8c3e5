"""The smallest single changes after which a refuted policy holds, each proved before it is told.

A change can only mend a policy if every product that breaks it is touched by the change: that is asked first,
of the diagram that there is already. What is left is tried on the catalog as it would be.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations as pairs_of
from math import ceil, floor

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.constraint import Constraint, Forbidden, Within
from cardkit.model.module import Module
from cardkit.model.refusal import Refusal
from cardkit.model.settings import Policy
from cardkit.solve.combinations import Combinations
from cardkit.solve.compiled import Compiled
from cardkit.solve.extremes import Question, extreme
from cardkit.solve.limits import NotFinished
from cardkit.solve.policies import Demand, Proof, prove
from cardkit.solve.ranking import ranked
from cardkit.source.overlay import assignment, overlaid

MOST_STEPS = 10_000
"""Whole yuan by which a price is changed at most."""

MOST = 3
"""Mends of one kind that are told for one policy and segment."""

WITNESSES = 40
"""Products against the policy that an exclusion is held against before it is tried on all."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One change that makes a policy hold in a segment, and breaks no policy that was proved before."""

    kind: str
    """`price`, `cap` or `exclusion`."""
    said: Text
    changes: tuple[str, ...] = ()
    """As `--set` has them; none for an exclusion."""
    lost: int = 0
    """How many products fewer the segment has then."""


def mends(combinations: Combinations, proof: Proof, known: Sequence[Proof]) -> tuple[Mend, ...]:
    """The changes that would mend a refuted policy in its segment, prices first.

    `known` is everything that was proved of the catalog: a change that refutes any of it is no mend. Nothing
    is raised: what isn't found before the limits are reached isn't there.
    """
    if proof.status != "refuted" or proof.worst is None or proof.is_number:
        return ()
    search = _Search(combinations, proof, known)
    found: list[Mend] = []
    try:
        for kind in (search.prices, search.caps, search.exclusions):
            for count, mend in enumerate(kind(), 1):
                found.append(mend)
                if count == MOST:
                    break
    except NotFinished:
        pass
    return tuple(found)


class _Search:
    """The search for one proof."""

    def __init__(self, combinations: Combinations, proof: Proof, known: Sequence[Proof]) -> None:
        assert proof.worst is not None, "only what has a counterexample can be mended"
        self._combinations = combinations
        self._proof = proof
        self._worst = proof.worst
        self._day = combinations.day
        self._policies = combinations.day.catalog.settings.policies
        self._kept = {(each.policy, each.segment, each.side) for each in known if each.status == "proved"}
        policy = next(each for each in self._policies if each.id == proof.policy)
        self._policy: Policy = policy
        self._demand = Demand(combinations, policy, proof.segment, proof.side, proof.bound)
        # The bank's policies want more from the customer, the customer's want less.
        self._for_bank = policy.measure in ("contribution", "benefit-cost-ratio")

    # prices ------------------------------------------------------------------------------------------

    def prices(self) -> Iterator[Mend]:
        """A module's price or the card's annual fee, changed by as few whole yuan as will do."""
        for holder in self._touching():
            key = "annual_fee" if isinstance(holder, Card) else "price"
            figure: Figure = getattr(holder, key)
            now = self._value(figure)
            if now is None or figure.by_segment:
                continue
            step = 1 if self._for_bank else -1
            most = None if self._for_bank else floor(now)

            def change(
                yuan: int, path: str = f"{holder.id}.{key}", now: Fraction = now, step: int = step
            ) -> str:
                return f"{path}={plain_number(now + step * yuan)}"

            yuan = self._least(change, most)
            if yuan is None:
                continue
            after = now + step * yuan
            name = holder.name
            fee = Text("年费", "annual fee") if isinstance(holder, Card) else Text("价格", "price")
            yield Mend(
                "price",
                Text(
                    f"{name.zh}（{holder.id}）的{fee.zh}"
                    f"从 {plain_number(now)} 元改为 {plain_number(after)} 元",
                    f"the {fee.en} of {name.en} ({holder.id}) "
                    f"from CNY {plain_number(now)} to {plain_number(after)}",
                ),
                (change(yuan),),
            )

    def caps(self) -> Iterator[Mend]:
        """A cap of a right, lowered to the highest whole number that will do."""
        if not self._for_bank:
            return
        for holder in self._touching():
            where = "core" if isinstance(holder, Card) else "benefits"
            rights = holder.core if isinstance(holder, Card) else holder.benefits
            for right in rights:
                for index, limit in enumerate(getattr(right, "limits", ())):
                    now = self._value(limit.most)
                    if now is None or now <= 1 or limit.most.by_segment:
                        continue
                    path = f"{holder.id}.{where}.{right.id}.limits.{index}.most"

                    def change(lower: int, path: str = path, now: Fraction = now) -> str:
                        return f"{path}={plain_number(max(Fraction(1), Fraction(ceil(now)) - lower))}"

                    lower = self._least(change, ceil(now) - 1)
                    if lower is None:
                        continue
                    after = Fraction(ceil(now)) - lower
                    yield Mend(
                        "cap",
                        Text(
                            f"{holder.name.zh}·{right.name.zh}（{holder.id}/{right.id}）的上限"
                            f"从 {plain_number(now)} 降到 {plain_number(after)}",
                            f"the cap of {holder.name.en}, {right.name.en} ({holder.id}/{right.id}) "
                            f"from {plain_number(now)} to {plain_number(after)}",
                        ),
                        (change(lower),),
                    )

    def exclusions(self) -> Iterator[Mend]:
        """One pair no longer sold together: two modules, a module and a card, a module and the segment."""
        witnesses = self._witnesses()
        card, segment = self._worst.card, self._proof.segment
        shared = [name for name in self._worst.modules if all(name in modules for _, modules in witnesses)]
        for one, other in pairs_of(shared, 2):
            pair = Within(_mending(one), {one: 1, other: 1}, None, 1)
            said = Text(f"{one} 与 {other} 互斥", f"{one} and {other} exclude each other")
            yield from self._excluded(pair, said)
        if all(where == card for where, _ in witnesses):
            for name in shared:
                told = Text(f"{name} 不放在 {card} 上", f"{name} isn't sold on {card}")
                yield from self._excluded(
                    Forbidden(_mending(name), frozenset((name,)), frozenset((card,))), told
                )
        for name in shared:
            told = Text(f"{name} 不面向 {segment}", f"{name} isn't offered to {segment}")
            only = Forbidden(_mending(name), frozenset((name,)), None, frozenset((segment,)))
            yield from self._excluded(only, told)

    def _excluded(self, constraint: Constraint, said: Text) -> Iterator[Mend]:
        changed = self._of(self._day.catalog, (self._proof.segment,), (constraint,))
        if self._holds(changed):
            yield Mend("exclusion", said, (), self._lost(changed))

    # what is asked of the engine ---------------------------------------------------------------------

    def _touching(self) -> list[Card | Module]:
        """The card and the modules of the worst product without which no product breaks the policy."""
        catalog, combinations = self._day.catalog, self._combinations
        compiled = combinations.compiled
        found: list[Card | Module] = []
        names = combinations.choices.problem.variables
        cells = combinations.of_segment(self._proof.segment)
        for name in self._worst.modules:
            variable = names.index(name)
            allowed = tuple(
                0 if index == variable else mask for index, mask in enumerate(compiled.problem.allowed)
            )
            diagram = replace(compiled.diagram, problem=replace(compiled.diagram.problem, allowed=allowed))
            without = replace(compiled, problem=replace(compiled.problem, allowed=allowed), diagram=diagram)
            if self._kept_in(without, cells):
                found.append(catalog.modules[name])
        others = [cell for cell in cells if combinations.cells[cell][0] != self._worst.card]
        if self._kept_in(compiled, others):
            found.append(catalog.cards[self._worst.card])
        return found

    def _kept_in(self, compiled: Compiled, cells: Sequence[int]) -> bool:
        """Whether no product of these cells breaks the policy."""
        if not cells:
            return True
        measure, needed = self._demand.measure()
        objective = self._combinations.objective_of(measure)
        highest = self._demand.side == "most"
        worst = extreme(Question(compiled, objective, self._combinations.limits, highest, needed), cells)
        if worst is None:
            return True
        outermost = worst.amount if worst.proved else worst.bound
        return outermost is not None and not self._demand.breaks(outermost, needed)

    def _witnesses(self) -> list[tuple[str, frozenset[str]]]:
        """The products furthest against the policy, as card and modules."""
        combinations = self._combinations
        measure, needed = self._demand.measure()
        ranking = ranked(
            combinations.compiled,
            combinations.objective_of(measure),
            combinations.of_segment(self._proof.segment),
            WITNESSES,
            combinations.limits,
            highest=self._demand.side == "most",
        )
        products = [
            combinations.product(each.cell, each.choice)
            for each in ranking.found
            if self._demand.breaks(each.amount, needed)
        ]
        return [(product.card, frozenset(product.modules)) for product in products]

    def _least(self, change: Callable[[int], str], most: int | None) -> int | None:
        """The smallest step from 1 to `most` (without a bound where None) whose change mends the policy."""
        low, high = 0, min(self._first_guess(), most or MOST_STEPS)
        while not self._mended(change(high)):
            if high >= (most or MOST_STEPS):
                return None
            low, high = high, min(high * 2, most or MOST_STEPS)
        while high - low > 1:
            middle = (low + high) // 2
            if self._mended(change(middle)):
                high = middle
            else:
                low = middle
        return high if self._harmless(change(high)) else None

    def _first_guess(self) -> int:
        """What the worst product lacks, in yuan: no step below it will do where a step is a yuan."""
        room = self._proof.room
        return 1 if room is None or self._proof.is_ratio else max(1, ceil(-room))

    def _mended(self, change: str) -> bool:
        """Whether the policy holds in its segment after a change."""
        try:
            catalog = overlaid(self._day.catalog, [assignment(change)])
        except CardkitError:
            return False  # the figure can't be that
        return self._holds(self._of(catalog, (self._proof.segment,)))

    def _holds(self, combinations: Combinations) -> bool:
        policy = next(
            each for each in combinations.day.catalog.settings.policies if each.id == self._policy.id
        )
        proofs = prove(combinations, [policy], counted=False)
        return all(each.status == "proved" for each in proofs if each.segment == self._proof.segment)

    def _harmless(self, change: str) -> bool:
        """Whether everything that was proved before is still true, in all segments."""
        catalog = overlaid(self._day.catalog, [assignment(change)])
        found = prove(self._of(catalog, ()), catalog.settings.policies, counted=False)
        proved = {(each.policy, each.segment, each.side) for each in found if each.status == "proved"}
        return self._kept <= proved

    def _of(
        self, catalog: Catalog, segments: tuple[str, ...], besides: tuple[Constraint, ...] = ()
    ) -> Combinations:
        day = replace(self._day, catalog=catalog, memory={})
        return Combinations(day, self._combinations.limits, (), segments, besides)

    def _value(self, figure: Figure) -> Fraction | None:
        entry = figure.on(self._day.as_of, self._proof.segment)
        return None if entry is None else entry.value

    def _lost(self, changed: Combinations) -> int:
        """How many products fewer the segment has after a change."""
        segment = self._proof.segment
        before, after = (
            sum(each.numbers.products[cell] for cell in each.of_segment(segment))
            for each in (self._combinations, changed)
        )
        return before - after


def _mending(name: str) -> Refusal:
    return Refusal("mend", Text("", ""), name)
