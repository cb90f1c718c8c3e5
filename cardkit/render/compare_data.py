"""A comparison for programs and spreadsheets: all sides in one table, the products side by side."""

from collections.abc import Sequence

from cardkit.ground.money import Fen
from cardkit.ground.text import Text, joined, same
from cardkit.pricing.compare import Comparison
from cardkit.render.compare_tables import cells_across, letter_columns
from cardkit.render.table import Cell, Column, Row, Table


def comparison_data(comparison: Comparison, *, everything: bool) -> Table:
    """All sides in one table for programs and spreadsheets: who is compared first, the totals last."""
    columns = [
        Column("side", Text("方向", "side"), whole=True),
        Column("line", Text("行", "line"), whole=True),
        Column("name", Text("名称", "name")),
        *letter_columns(len(comparison.products)),
    ]
    products = [same(str(one.product)) for one in comparison.products]
    sold = [
        Text("是", "yes") if one.sellable else joined([same(refusal.rule) for refusal in one.refusals])
        for one in comparison.prices
    ]
    rows = [
        Row((same("product"), same("product"), Text("产品", "product"), *_texts(products))),
        Row((same("product"), same("sellable"), Text("可售", "may be sold"), *_texts(sold))),
    ]
    rows += [
        Row((same(line.side), same(line.id), *cells_across(line.name, line.amounts)))
        for side in (comparison.bank, comparison.customer)
        for line in sorted(side, key=lambda line: -line.moves)
        if line.moves or everything
    ]
    rows += [
        Row((same("total"), same(key), *cells_across(name, amounts)), "total")
        for key, name, amounts in totals_across(comparison)
    ]
    return Table(None, tuple(columns), tuple(rows))


def totals_across(comparison: Comparison) -> tuple[tuple[str, Text, tuple[Fen, ...]], ...]:
    """The results of all products by the names that JSON gives them."""
    prices = comparison.prices
    return (
        ("contribution", Text("贡献", "contribution"), tuple(one.contribution for one in prices)),
        ("customer_pays", Text("客户支付", "customer pays"), tuple(one.customer_pays for one in prices)),
        ("customer_value", Text("客户价值", "customer value"), tuple(one.customer_value for one in prices)),
        ("customer_net", Text("客户净值", "customer net"), tuple(one.customer_net for one in prices)),
    )


def _texts(texts: Sequence[Text]) -> tuple[Cell, ...]:
    cells: list[Cell] = [texts[0]]
    for text in texts[1:]:
        cells += [text, same("")]
    return tuple(cells)
