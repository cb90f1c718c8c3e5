"""What the rules make of a catalog: modules that are dead or only sold together, rules that never matter."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from cardkit.combine.compile import constraints
from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.model.entity import active
from cardkit.model.expression import Product, parse
from cardkit.model.refusal import Refusal
from cardkit.solve.choices import choices, mask_of
from cardkit.solve.combinations import Combinations
from cardkit.solve.counting import count, count_with
from cardkit.solve.diagram import compile_diagram
from cardkit.solve.problem import Limit, Sum
from cardkit.solve.programme import Programme

SAMPLED = 10
"""Cells that are looked at before all of them are."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A bundle or saved product that no customer can buy as it stands."""

    id: str
    product: Product
    refusals: tuple[Refusal, ...]
    """Why; where that depends on the segment, those of the one that refuses it for the fewest reasons."""
    within: bool
    """Whether a product that may be sold contains it."""


def dead_modules(combinations: Combinations) -> tuple[str, ...]:
    """Modules on sale that no product has, in the catalog's order. Raises TooLarge, OutOfTime."""
    catalog, as_of = combinations.day.catalog, combinations.day.as_of
    rows = zip(combinations.choices.problem.variables, combinations.numbers.with_variable, strict=True)
    having = {name for name, numbers in rows if any(numbers)}
    return tuple(
        name for name, module in catalog.modules.items() if name not in having and active(module, as_of)
    )


def only_together(combinations: Combinations) -> tuple[tuple[str, ...], ...]:
    """Modules of which each product has all or none, and some have none. Raises TooLarge, OutOfTime."""
    numbers = combinations.numbers
    alike: dict[tuple[int, ...], list[int]] = {}
    for variable, row in enumerate(numbers.with_variable):
        if any(row) and row != numbers.products:
            alike.setdefault(row, []).append(variable)
    names = combinations.choices.problem.variables
    found = []
    for variables in alike.values():
        left = variables
        while left:
            first, *others = left
            group = [first, *(other for other in others if _inseparable(combinations, first, other))]
            left = [each for each in others if each not in group]
            if len(group) > 1:
                found.append(tuple(names[each] for each in group))
    return tuple(sorted(found))


def _inseparable(combinations: Combinations, one: int, other: int) -> bool:
    """Whether no product has one of two modules alone, where as many products have the one as the other."""
    problem = combinations.choices.problem
    allowed = tuple(0 if variable == other else mask for variable, mask in enumerate(problem.allowed))
    without = replace(combinations.rules, problem=replace(problem, allowed=allowed))
    counted = count_with(Programme(without, combinations.everywhere, combinations.limits))
    return not any(counted.with_variable[one])


def idle_rules(combinations: Combinations) -> tuple[str, ...]:
    """Rules in force without which exactly the same products could be sold. Raises TooLarge, OutOfTime."""
    day = combinations.day
    return tuple(
        rule.id
        for rule in day.catalog.rules.values()
        if active(rule, day.as_of) and _idle(combinations, rule.id)
    )


def _idle(combinations: Combinations, rule: str) -> bool:
    """Whether every cell has as many products without a rule as with it: without it none is lost."""
    day = combinations.day
    known = dict(zip(combinations.cells, combinations.numbers.products, strict=True))
    kept = [
        each
        for each in (*constraints(day.catalog, day.as_of), *combinations.besides)
        if each.refusal.rule != rule
    ]
    found = choices(kept, combinations.all_cards, combinations.all_segments, tuple(day.catalog.modules))
    diagram = compile_diagram(found.problem, combinations.limits)
    # Most rules matter, and nearly anywhere: a few cells tell that before all are counted.
    cells = range(len(found.cells))
    for some in (cells[:: max(1, len(cells) // SAMPLED)], cells):
        numbers = count(Programme(diagram, tuple(some), combinations.limits))
        if any(number != known.get(found.cells[cell], 0) for cell, number in zip(some, numbers, strict=True)):
            return False
    return True


def unreachable(combinations: Combinations) -> tuple[Unreachable, ...]:
    """Bundles and saved products in force that nobody can buy as they stand. Raises TooLarge, OutOfTime."""
    day = combinations.day
    catalog = day.catalog
    offered = [
        (bundle.id, Product(bundle.card, tuple(sorted(bundle.modules))))
        for bundle in catalog.bundles.values()
        if active(bundle, day.as_of)
    ]
    offered += [
        (saved.id, parse(catalog, saved.product).product)
        for saved in catalog.products.values()
        if active(saved, day.as_of)
    ]
    return tuple(
        Unreachable(name, product, _why_not(combinations, product), _within_another(combinations, product))
        for name, product in offered
        if not _sold(combinations, product)
    )


def _sold(combinations: Combinations, product: Product) -> bool:
    day = combinations.day
    if product.segment is None:
        return bool(sellable_segments(day.catalog, product, day.as_of))
    return not refusals(day.catalog, product, day.as_of)


def _why_not(combinations: Combinations, product: Product) -> tuple[Refusal, ...]:
    day = combinations.day
    found = refusals(day.catalog, product, day.as_of)
    if found or product.segment is not None:
        return found
    each = [refusals(day.catalog, product.to(segment), day.as_of) for segment in day.catalog.segments]
    return min(each, key=len, default=())


def _within_another(combinations: Combinations, product: Product) -> bool:
    """Whether a product that may be sold has the card and at least these modules."""
    problem, segments = combinations.choices.problem, None if product.segment is None else {product.segment}
    where = mask_of(
        combinations.cells, frozenset((product.card,)), None if segments is None else frozenset(segments)
    )
    variables = _variables(problem.variables, product.modules)
    if variables is None or not where:
        return False
    all_of_them = Sum(
        tuple((variable, 1) for variable in variables), (Limit(len(variables), None, where, product.card),)
    )
    diagram = compile_diagram(replace(problem, sums=(*problem.sums, all_of_them)), combinations.limits)
    cells = [cell for cell in combinations.everywhere if where >> cell & 1]
    return any(count(Programme(diagram, tuple(cells), combinations.limits)))


def _variables(names: Collection[str], modules: Collection[str]) -> tuple[int, ...] | None:
    """The variables of modules; None where one can't be chosen at all."""
    place = {name: index for index, name in enumerate(names)}
    return tuple(sorted(place[name] for name in modules)) if all(name in place for name in modules) else None
