"""Prices as the JSON that other programs rely on (SPEC §4)."""

from collections.abc import Sequence
from typing import Any

from cardkit.pricing.price import Price
from cardkit.render.data_json import money
from cardkit.render.price_tables import totals


def price_object(price: Price) -> dict[str, Any]:
    """One product's price: signed lines that sum to the contribution, the customer's lines, the totals."""
    product = price.product
    return {
        "product": str(product),
        "card": product.card,
        "modules": list(product.modules),
        "segment": product.segment,
        "sellable": price.sellable,
        "lines": [
            {"id": line.id, "side": line.side, "source": line.source, "amount": money(line.amount)}
            for line in price.lines
        ],
        "customer": [
            {"id": line.id, "kind": line.kind, "source": line.source, "amount": money(line.amount)}
            for line in price.customer
        ],
        "totals": {key: money(amount) for key, _, amount in totals(price)},
    }


def price_body(currency: str, prices: Sequence[Price]) -> dict[str, Any]:
    """The body beside the envelope."""
    view = prices[0].view if prices else "steady"
    return {"currency": currency, "view": view, "products": [price_object(price) for price in prices]}
