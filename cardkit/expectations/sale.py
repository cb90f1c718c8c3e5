"""Whether a product may be sold, as expected, and by which rules it may not."""

from collections.abc import Iterator
from datetime import date

from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.expectations.outcome import Miss
from cardkit.expectations.world import World
from cardkit.ground.text import Text, joined, same
from cardkit.model.expectation import NotSoldExpectation, SoldExpectation
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal

SOLD = Text("可售", "may be sold")
NOT_SOLD = Text("不可售", "may not be sold")
_SALE = Text("可售性", "sale")


def sold(world: World, expectation: SoldExpectation, as_of: date) -> Iterator[Miss]:
    """The rules that forbid what should be sold; without a segment, where they forbid it everywhere."""
    product = world.named(expectation).product
    found = _refusals(world, product, as_of)
    if all(found.values()):
        reasons = _reasons(next(iter(found.values()), ()))
        yield Miss(_SALE, SOLD, NOT_SOLD, reasons, ("product",))


def not_sold(world: World, expectation: NotSoldExpectation, as_of: date) -> Iterator[Miss]:
    """Where it may be sold after all, and which of the rules named don't forbid it."""
    product = world.named(expectation).product
    found = _refusals(world, product, as_of)
    allowing = [segment for segment, forbidding in found.items() if not forbidding]
    if allowing:
        where = "" if product.segment else f" @{', @'.join(allowing)}"
        got = Text(f"可售{where}", f"may be sold{where}")
        rules = joined([same(rule) for rule in expectation.rules], "、", ", ")
        why = Text(
            f"{rules.zh} 没有禁止它" if expectation.rules else "没有规则禁止它",
            f"not forbidden by {rules.en}" if expectation.rules else "no rule forbids it",
        )
        yield Miss(_SALE, NOT_SOLD, got, why, ("product",))
        return
    for index, rule in enumerate(expectation.rules):
        without = [refused for refused in found.values() if rule not in [one.rule for one in refused]]
        if without:
            by = joined([same(one.rule) for one in without[0]], "、", ", ")
            yield Miss(
                Text(f"规则 {rule}", f"rule {rule}"),
                Text("禁止它", "forbids it"),
                Text(f"由 {by.zh} 禁止", f"forbidden by {by.en}"),
                _reasons(without[0]),
                ("rules", index),
            )


def _refusals(world: World, product: Product, as_of: date) -> dict[str, tuple[Refusal, ...]]:
    """What forbids the product in each segment that is meant."""
    if product.segment is not None:
        return {product.segment: refusals(world.catalog, product, as_of)}
    if not sellable_segments(world.catalog, product, as_of):
        everywhere = refusals(world.catalog, product, as_of)
        if everywhere:  # what forbids it in every segment says it better than each segment's own rules
            return {"": everywhere}
    segments = world.catalog.segments
    return {segment: refusals(world.catalog, product.to(segment), as_of) for segment in segments}


def _reasons(found: tuple[Refusal, ...]) -> Text:
    return joined([same(f"{one.rule}: ") + one.reason for one in found], "；", "; ")
