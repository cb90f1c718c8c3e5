"""The best products for a segment, or for one person in it, under what they and the bank ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm

from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Forbidden, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.pricing.setting import Day
from cardkit.pricing.totals import Totals
from cardkit.solve.combinations import MEASURES, Combinations
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.person import person
from cardkit.solve.ranking import Condition, Ranking, ranked


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    segment: str
    weights: Mapping[str, Fraction]
    """How much each measure counts, by its name in `MEASURES`: one alone, or a mix."""
    most: int = 10
    """How many products."""
    include: tuple[str, ...] = ()
    """Modules that every product has."""
    exclude: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    """Only these cards; any when empty."""
    highest_price: Fen | None = None
    """The most that the customer pays a year, inclusive."""
    lowest_contribution: Fen | None = None
    """The least that the bank earns a year, inclusive."""
    needs: Mapping[str, Fraction] = field(default_factory=dict)
    """A person's own numbers in place of the segment's usage."""

    def constraints(self) -> tuple[Constraint, ...]:
        """What the wish says of modules, each under the option that says it."""
        asked: list[Constraint] = [
            Within(_option("include", name), {name: 1}, 1, None) for name in self.include
        ]
        asked += [Forbidden(_option("exclude", name), frozenset((name,))) for name in self.exclude]
        return tuple(asked)


def _option(option: str, value: str) -> Refusal:
    said = f"--{option} {value}"
    return Refusal(said, Text(said, said), value)


@dataclass(frozen=True, slots=True)
class Found:
    """One of the best products, with its price."""

    product: Product
    totals: Totals


@dataclass(frozen=True, slots=True)
class Best:
    """The answer to a wish."""

    wish: Wish
    combinations: Combinations
    found: tuple[Found, ...]
    """The best first; fewer than wanted where there are no more."""
    finished: bool
    """Whether these are proved to be the best."""
    limit: str = ""
    """Where not finished: the limit that was reached."""

    def cheapest(self) -> Found | None:
        """The product that costs the customer least, whatever it earns: for a price that nothing keeps."""
        return self._edge("customer-pays", highest=False)

    def most_profitable(self) -> Found | None:
        """The product that earns the bank most, whatever it costs: for a floor that nothing reaches."""
        return self._edge("contribution", highest=True)

    def _edge(self, measure: str, *, highest: bool) -> Found | None:
        combinations = self.combinations
        ranking = ranked(
            combinations.compiled,
            combinations.objective(measure),
            combinations.everywhere,
            1,
            combinations.limits,
            highest=highest,
        )
        return next(iter(_priced(combinations, ranking)), None)


def best(day: Day, wish: Wish, limits: Limits) -> Best:
    """The best products for a wish. Raises CardkitError for needs that don't exist."""
    if wish.needs:
        day = replace(day, catalog=person(day.catalog, wish.segment, wish.needs), memory={})
    combinations = Combinations(day, limits, wish.cards, (wish.segment,), wish.constraints())
    try:
        ranking = _ranking(combinations, wish)
    except NotFinished as stopped:
        return Best(wish, combinations, (), False, str(stopped))
    return Best(wish, combinations, _priced(combinations, ranking), ranking.finished, ranking.limit)


def _ranking(combinations: Combinations, wish: Wish) -> Ranking:
    """The best choices. Raises TooLarge and OutOfTime where not even a search can start."""
    unit = lcm(*(weight.denominator for weight in wish.weights.values()))
    weights = {name: int(weight * unit) for name, weight in wish.weights.items()}

    def mixed(totals: Totals) -> int:
        return sum(weight * MEASURES[name](totals) for name, weight in weights.items())

    conditions = []
    if wish.highest_price is not None:
        conditions.append(Condition(combinations.objective("customer-pays"), wish.highest_price))
    if wish.lowest_contribution is not None:
        loss = combinations.objective_of(lambda totals: -totals.contribution)
        conditions.append(Condition(loss, -wish.lowest_contribution))
    return ranked(
        combinations.compiled,
        combinations.objective_of(mixed),
        combinations.everywhere,
        wish.most,
        combinations.limits,
        highest=True,
        conditions=conditions,
    )


def _priced(combinations: Combinations, ranking: Ranking) -> tuple[Found, ...]:
    found = []
    for each in ranking.found:
        product = combinations.product(each.cell, each.choice)
        totals = combinations.table.total(product)
        assert totals is not None, "what can't be priced isn't ranked"
        found.append(Found(product, totals))
    return tuple(found)
