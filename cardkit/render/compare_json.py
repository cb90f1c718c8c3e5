"""A comparison as JSON: the products whole, then each line's amounts and differences against the first."""

from collections.abc import Iterable
from typing import Any

from cardkit.pricing.compare import AcrossLine, Comparison
from cardkit.render.compare_data import totals_across
from cardkit.render.data_json import money
from cardkit.render.price_json import price_object


def comparison_body(currency: str, comparison: Comparison, *, everything: bool) -> dict[str, Any]:
    """The body beside the envelope; lists run in the order of `products`, differences against the first."""
    products = []
    for at, (named, price) in enumerate(zip(comparison.products, comparison.prices, strict=True)):
        whole = price_object(price)
        whole["refusals"] = [refusal.rule for refusal in price.refusals]
        whole["typed"] = named.typed
        whole["campaigns"] = list(named.campaigns)
        whole["only_here"] = list(comparison.only_in(at))
        products.append(whole)
    return {
        "currency": currency,
        "view": comparison.prices[0].view,
        "products": products,
        "modules_that_differ": list(comparison.modules()),
        "lines": _lines(comparison.bank, everything=everything),
        "customer": _lines(comparison.customer, everything=everything),
        "totals": {
            key: {
                "amounts": [money(amount) for amount in amounts],
                "differences": [money(amount - amounts[0]) for amount in amounts],
            }
            for key, _, amounts in totals_across(comparison)
        },
    }


def _lines(lines: Iterable[AcrossLine], *, everything: bool) -> list[dict[str, Any]]:
    shown = sorted((line for line in lines if everything or line.moves), key=lambda line: -line.moves)
    return [
        {
            "id": line.id,
            "side": line.side,
            "amounts": [money(amount) for amount in line.amounts],
            "differences": [money(difference) for difference in line.differences],
        }
        for line in shown
    ]
