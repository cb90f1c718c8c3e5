"""Totals and lines of a price, near the figures or within the bounds expected of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from cardkit.combine.sellable import sellable_segments
from cardkit.expectations.outcome import Miss
from cardkit.expectations.world import World, nowhere
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.money import Fen, to_yuan
from cardkit.ground.text import Text, same
from cardkit.model.expectation import PriceExpectation
from cardkit.model.expected_amount import ExpectedAmount
from cardkit.model.expression import nearest
from cardkit.pricing.price import Price, price

_TOTALS: dict[str, tuple[Text, Callable[[Price], Fen]]] = {
    "revenue": (Text("收入", "revenue"), lambda price: price.revenue),
    "benefit_cost": (Text("权益成本", "benefit cost"), lambda price: price.benefit_cost),
    "cost": (Text("成本", "cost"), lambda price: price.cost),
    "contribution": (Text("贡献", "contribution"), lambda price: price.contribution),
    "customer_pays": (Text("客户支付", "customer pays"), lambda price: price.customer_pays),
    "customer_value": (Text("客户价值", "customer value"), lambda price: price.customer_value),
    "customer_net": (Text("客户净值", "customer net"), lambda price: price.customer_net),
}


def priced(world: World, expectation: PriceExpectation, as_of: date) -> Iterator[Miss]:
    """The amounts that are not as expected, in the order of the file.

    Without a segment, in every segment that may have the product. Raises CardkitError where it can't be
    priced.
    """
    named = world.named(expectation, expectation.campaigns)
    product = named.product
    day = world.day(as_of, expectation.view, expectation.scenario)
    segments = (product.segment,) if product.segment else sellable_segments(world.catalog, product, as_of)
    if not segments:
        raise nowhere(product)
    if product.segment is None and _has_figures(expectation):
        raise CardkitError(
            Text(
                f"{product} 没有写客群，不能预期一个确定的数",
                f"{product} names no segment, so no single figure can be expected",
            ),
            Text("写上 @SEGMENT，或只写上下限", "write @SEGMENT, or bounds alone"),
        )
    for segment in segments:
        found = price(day, product.to(segment), named.campaigns)
        yield from _misses(found, expectation, "" if product.segment else f" @{segment}")


def _has_figures(expectation: PriceExpectation) -> bool:
    groups = (expectation.totals, expectation.lines, expectation.customer_lines)
    return any(wanted.figure is not None for group in groups for wanted in group.values())


def _misses(found: Price, expectation: PriceExpectation, where: str) -> Iterator[Miss]:
    for key, wanted in expectation.totals.items():
        name, amount = _TOTALS[key]
        yield from _compared(name + same(where), wanted, amount(found), ("totals", key))
    bank: dict[str, int] = {}
    for line in found.lines:
        bank[line.id] = bank.get(line.id, 0) + line.amount
    yield from _lines(expectation.lines, bank, "lines", same(""), where)
    customer: dict[str, int] = {}
    for side in found.customer:
        signed = side.amount if side.kind == "value" else -side.amount
        customer[side.id] = customer.get(side.id, 0) + signed
    whose = Text("客户 ", "customer's ")
    yield from _lines(expectation.customer_lines, customer, "customer_lines", whose, where)


def _lines(
    wanted: Mapping[str, ExpectedAmount], found: Mapping[str, int], key: str, whose: Text, where: str
) -> Iterator[Miss]:
    for line, amount in wanted.items():
        what = whose + same(f"{line}{where}")
        if line in found:
            yield from _compared(what, amount, Fen(found[line]), (key, line))
            continue
        close = nearest(line, found)
        yield Miss(
            what,
            said(amount),
            Text("没有这一行", "no such line"),
            Text("相近的有：" + "、".join(close), "the nearest are " + ", ".join(close))
            if close
            else Text("见 cardkit price --format json", "see: cardkit price --format json"),
            (key, line),
        )


def _compared(what: Text, wanted: ExpectedAmount, found: Fen, path: Path) -> Iterator[Miss]:
    got = Fraction(found, 100)
    if wanted.figure is not None:
        off = got - wanted.figure
        margin = Fraction(0) if wanted.within is None else wanted.within.around(wanted.figure)
        if abs(off) > margin:
            more = Text("高", "higher") if off > 0 else Text("低", "lower")
            why = Text(f"{more.zh} {_yuan(abs(off))}", f"{_yuan(abs(off))} {more.en}")
            if margin:
                why += Text(f"，误差只许 {_yuan(margin)}", f"; the margin is {_yuan(margin)}")
            yield Miss(what, said(wanted), same(_yuan(got)), why, (*path, "is"), found)
        return
    if wanted.at_least is not None and got < wanted.at_least:
        short = _yuan(wanted.at_least - got)
        yield Miss(
            what, said(wanted), same(_yuan(got)), Text(f"差 {short}", f"{short} short"), (*path, "at_least")
        )
    if wanted.at_most is not None and got > wanted.at_most:
        over = _yuan(got - wanted.at_most)
        yield Miss(
            what, said(wanted), same(_yuan(got)), Text(f"超出 {over}", f"{over} too much"), (*path, "at_most")
        )


def said(wanted: ExpectedAmount) -> Text:
    """57.06 ± 0.50 / 至少 0.00 / at least 0.00."""
    if wanted.figure is not None:
        margin = wanted.within
        if margin is None:
            return same(_yuan(wanted.figure))
        around = f"{float(margin.share * 100):g}%" if margin.share is not None else _yuan(margin.yuan or 0)
        return same(f"{_yuan(wanted.figure)} ± {around}")
    parts = []
    if wanted.at_least is not None:
        parts.append(Text(f"至少 {_yuan(wanted.at_least)}", f"at least {_yuan(wanted.at_least)}"))
    if wanted.at_most is not None:
        parts.append(Text(f"最多 {_yuan(wanted.at_most)}", f"at most {_yuan(wanted.at_most)}"))
    return parts[0] if len(parts) == 1 else parts[0] + Text("，", ", ") + parts[1]


def _yuan(amount: Fraction | int) -> str:
    """An amount to the fen, grouped: what is finer (a margin in percent) is rounded half-even."""
    return f"{to_yuan(round(Fraction(amount) * 100)):,}"
