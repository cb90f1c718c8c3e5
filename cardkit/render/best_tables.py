"""The best products of a segment as a table for people and programs, and as JSON."""

from typing import Any

from cardkit.ground.text import Text, joined, same
from cardkit.render.data_json import money
from cardkit.render.price_tables import amount_column
from cardkit.render.table import Column, Row, Table
from cardkit.solve.best import Best, Found
from cardkit.solve.combinations import MEASURES

MEASURED: dict[str, Text] = {
    "contribution": Text("贡献", "contribution"),
    "customer-net": Text("客户净值", "customer net"),
    "customer-value": Text("客户价值", "customer value"),
    "customer-pays": Text("客户支付", "customer pays"),
}
"""What people call the measures."""


def best_table(best: Best, title: Text | None = None, notes: tuple[Text, ...] = ()) -> Table:
    """A row for each product, the best first; under a title, which names it, without the segment."""
    columns = (
        Column("rank", Text("名次", "rank"), "count"),
        Column("product", Text("产品", "product"), wrapped=True),
        amount_column("contribution", "贡献", "contribution"),
        amount_column("customer_pays", "客户支付", "customer pays", signed=False),
        amount_column("customer_value", "客户价值", "customer value", signed=False, droppable=2),
        amount_column("customer_net", "客户净值", "customer net"),
        amount_column("revenue", "收入", "revenue", signed=False, droppable=1),
        amount_column("cost", "全部成本", "cost", signed=False, droppable=1),
    )
    rows = tuple(
        Row(
            (
                rank,
                same(str(each.product if title is None else each.product.to(None))),
                each.totals.contribution,
                each.totals.pays,
                each.totals.value,
                each.totals.customer_net,
                each.totals.revenue,
                each.totals.cost,
            )
        )
        for rank, each in enumerate(best.found, 1)
    )
    return Table(title, columns, rows, notes)


def best_title(best: Best) -> Text:
    """What was asked for, in a line."""
    wish = best.wish
    segment = best.combinations.day.catalog.segments[wish.segment].name + same(f" @{wish.segment}")
    by = joined([MEASURED[name] for name in wish.weights], " + ", " + ")
    if len(wish.weights) > 1:
        parts = [same(f"{float(weight):g} × ") + MEASURED[name] for name, weight in wish.weights.items()]
        by = joined(parts, " + ", " + ")
    head = Text(f"{segment.zh}：按{by.zh}最好的产品", f"{segment.en}: the best products by {by.en}")
    return head + Text("（每持有人每年）", " (per holder and year)")


def not_proved(best: Best) -> Text | None:
    """That the answer isn't proved to be the best, where it isn't."""
    if best.finished:
        return None
    return Text(
        f"未证明：到了{LIMITS[best.limit].zh}，可能还有更好的产品",
        f"not proved: {LIMITS[best.limit].en} was reached, there may be better products",
    )


LIMITS: dict[str, Text] = {
    "time": Text("时限", "the time limit"),
    "nodes": Text("规则图的大小上限", "the size limit of the rules' diagram"),
    "bytes": Text("内存上限", "the memory limit"),
    "missing": Text("缺少的数值", "a missing figure"),
}
"""What the engine's limits are called."""


def best_body(best: Best) -> dict[str, Any]:
    """The members of the JSON document."""
    wish = best.wish
    return {
        "segment": wish.segment,
        "by": {name: str(weight) for name, weight in wish.weights.items()},
        "conditions": {
            "include": list(wish.include),
            "exclude": list(wish.exclude),
            "cards": list(wish.cards),
            "max_price": None if wish.highest_price is None else money(wish.highest_price),
            "min_contribution": None if wish.lowest_contribution is None else money(wish.lowest_contribution),
            "needs": {name: str(number) for name, number in wish.needs.items()},
        },
        "proved": best.finished,
        "products": [_object(each) for each in best.found],
    }


def _object(found: Found) -> dict[str, Any]:
    product, totals = found.product, found.totals
    return {
        "product": str(product),
        "card": product.card,
        "modules": list(product.modules),
        "totals": {
            "revenue": money(totals.revenue),
            "benefit_cost": money(totals.benefit_cost),
            "cost": money(totals.cost),
            **{name.replace("-", "_"): money(measure(totals)) for name, measure in MEASURES.items()},
        },
    }
