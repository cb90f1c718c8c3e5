"""What a product brings over its segment's population, as JSON beside its price."""

from collections.abc import Sequence
from typing import Any

from cardkit.ground.money import plain_number
from cardkit.pricing.portfolio import Portfolio
from cardkit.pricing.price import Price
from cardkit.render.data_json import money
from cardkit.render.price_json import price_object
from cardkit.render.price_tables import totals


def portfolio_body(
    currency: str, view: str, found: Sequence[tuple[Price, Portfolio | None]]
) -> dict[str, Any]:
    """The body beside the envelope: prices with their `portfolio`, null where a segment may not have it."""
    return {
        "currency": currency,
        "view": view,
        "products": [
            {**price_object(price), "portfolio": None if held is None else _over_all(held)}
            for price, held in found
        ],
    }


def _over_all(held: Portfolio) -> dict[str, Any]:
    price = held.price
    return {
        "population": held.population,
        "choose": {choice.module: plain_number(choice.probability) for choice in held.choices},
        "holders": held.holders,
        "lines": [{"id": line.id, "amount": money(held.total(line.amount))} for line in price.lines],
        "customer": [
            {"id": line.id, "kind": line.kind, "amount": money(held.total(line.amount))}
            for line in price.customer
        ],
        "totals": {key: money(held.total(amount)) for key, _, amount in totals(price)},
    }
