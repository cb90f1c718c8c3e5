"""Small random constraints, wilder than any catalog: negative weights, fractions, rules of several."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from random import Random

from cardkit.combine.compile import Constraints, indexed
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal

CARDS = ("c0", "c1", "c2")
SEGMENTS = ("s0", "s1", "s2")
MODULES = ("m0", "m1", "m2", "m3", "m4", "m5")
WEIGHTS = (1, 1, 1, 2, 3, -1, -2, Fraction(1, 2), Fraction(5, 3))


def random_constraints(chance: Random) -> Constraints:
    """Up to nine constraints of up to eight rules, over all cards, segments and modules."""
    rules = [f"r{number}" for number in range(8)]
    return indexed(_constraint(chance, _refusal(chance.choice(rules))) for _ in range(chance.randint(1, 9)))


def every_product(*segments: str | None) -> Iterator[Product]:
    """Every product there is, in these segments."""
    for card in CARDS:
        for size in range(len(MODULES) + 1):
            for modules in combinations(MODULES, size):
                for segment in segments:
                    yield Product(card, modules, segment)


def broken_by(constraints: Constraints, product: Product) -> frozenset[str]:
    """The rules that a product breaks, each constraint asked by itself."""
    modules = frozenset(product.modules)
    return frozenset(
        each.refusal.rule for each in constraints if not each.holds(product.card, modules, product.segment)
    )


def _refusal(rule: str) -> Refusal:
    return Refusal(rule, Text("因为", "because"), rule, ("reason",))


def _some(chance: Random, names: tuple[str, ...], share: float = 0.4) -> frozenset[str]:
    found = frozenset(name for name in names if chance.random() < share)
    return found or frozenset((chance.choice(names),))


def _constraint(chance: Random, refusal: Refusal) -> Constraint:
    cards = chance.choice((None, _some(chance, CARDS)))
    kind = chance.random()
    if kind < 0.3:
        segments = chance.choice((None, _some(chance, SEGMENTS, 0.6)))
        return Forbidden(refusal, chance.choice((None, _some(chance, MODULES, 0.2))), cards, segments)
    if kind < 0.65:
        needs = frozenset[str]() if chance.random() < 0.1 else _some(chance, MODULES, 0.25)
        return Needs(refusal, _some(chance, MODULES), needs)
    weights = {name: chance.choice(WEIGHTS) for name in sorted(_some(chance, MODULES, 0.6))}
    least, most = sorted(chance.sample(range(-3, 7), 2))
    low, high = chance.choice(((None, most), (least, None), (least, most), (most, most)))
    return Within(refusal, weights, low, high, cards)
