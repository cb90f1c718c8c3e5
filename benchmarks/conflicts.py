"""Smallest conflicts and nearest products on generated catalogs: `python benchmarks/conflicts.py [MODULES]`.

Random products of two to eight modules that can't be sold, of 20 cards × 20 segments × 300 modules, with
local and with dense rules. Timed are, for each product, in ms of CPU:

- the smallest sets of rules because of which no product with these modules can be sold, asked of the solver
  each time, building its clauses included (`check` asks it only where plainer ways don't tell);
- the same of the modules alone, on any card and in any segment;
- the nearest products that can be sold.

A deletion-only minimal conflict (any size) is timed beside them, which is what is usual.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from combination_catalogs import Sizes, generate

from cardkit.combine.compile import Constraints, constraints
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.solve.asked import Asked
from cardkit.solve.limits import Limits
from cardkit.solve.question import Question
from cardkit.solve.repair import Repair
from cardkit.solve.sat import Sat
from cardkit.solve.smallest import SECONDS
from cardkit.source.load import load

AS_OF = date(2026, 7, 1)
PRODUCTS = 200


def main() -> None:
    """Generate, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", type=int, nargs="?", default=300)
    number = parser.parse_args().modules
    began = time.process_time()
    import pysat.solvers  # noqa: F401 - only its import is timed

    print(f"import of python-sat: {1000 * (time.process_time() - began):.0f} ms")
    for dense in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), Sizes(number, dense))
            catalog = load(Path(folder))
            print(f"{number} modules, {'dense' if dense else 'local'} rules: ", end="")
            measure(catalog)


def measure(catalog: Catalog) -> None:
    """Ask about random products of a catalog and print medians, 95th percentiles and the slowest."""
    began = time.process_time()
    known = constraints(catalog, AS_OF)
    print(f"{len(known)} constraints, compiled in {1000 * (time.process_time() - began):.0f} ms")
    products = list(refused(catalog, known, random.Random(1)))
    cards, segments, modules = tuple(catalog.cards), tuple(catalog.segments), frozenset(catalog.modules)
    everything = Sat(known.all, cards, segments, modules)

    def smallest(product: Product) -> int:
        blame = Sat(known.all, (product.card,), (product.segment,), modules).conflicts(product.modules)
        assert blame.complete
        return len(blame.sets[0]) if blame.sets else 0

    def anywhere(product: Product) -> int:
        blame = everything.conflicts(product.modules)
        assert blame.complete
        return len(blame.sets[0]) if blame.sets else 0

    def by_deletion(product: Product) -> int:
        question = Question((product.card,), (product.segment,), frozenset(product.modules), frozenset())
        with Asked(known.all, question, modules, Limits(SECONDS)) as solver:
            return 0 if solver.product(solver.rules) else len(solver.reduced())

    def near(product: Product) -> int:
        found = Repair(known, segments, cards).nearest(product)
        return len(next(iter(found.found.values()), ()))

    for name, ask in (
        ("smallest conflicts, card and segment fixed", smallest),
        ("smallest conflicts, any card and segment", anywhere),
        ("one minimal conflict by deletion", by_deletion),
        ("nearest products", near),
    ):
        timed(name, ask, products)


def refused(catalog: Catalog, known: Constraints, draw: random.Random) -> Iterator[Product]:
    """Products that can't be sold as they are, half of them close to what can be."""
    cards, segments, modules = list(catalog.cards), list(catalog.segments), sorted(catalog.modules)
    made = 0
    while made < PRODUCTS:
        start = draw.randrange(len(modules))
        near = [modules[(start + draw.randrange(12)) % len(modules)] for _ in range(draw.randint(2, 5))]
        chosen = {*near, *draw.sample(modules, draw.randint(0, 3))}
        product = Product(draw.choice(cards), tuple(sorted(chosen)), draw.choice(segments))
        if any(known.broken(product)):
            made += 1
            yield product


def timed(name: str, ask: Callable[[Product], int], products: list[Product]) -> None:
    """Ask about each product and print how long it took, and the sizes of the answers."""
    took, sizes = [], []
    for product in products:
        began = time.process_time()
        sizes.append(ask(product))
        took.append(1000 * (time.process_time() - began))
    took.sort()
    print(
        f"  {name}: median {statistics.median(took):.2f} ms, 95% {took[len(took) * 95 // 100]:.2f}, "
        f"slowest {took[-1]:.2f}; sizes {dict(sorted({size: sizes.count(size) for size in sizes}.items()))}"
    )


if __name__ == "__main__":
    main()
