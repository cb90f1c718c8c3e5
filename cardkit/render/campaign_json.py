"""What a campaign costs, as JSON: amounts as decimal strings over the campaign's whole window."""

from typing import Any

from cardkit.ground.money import Fen
from cardkit.pricing.campaign_cost import CampaignCost
from cardkit.render.campaign_tables import right_figures
from cardkit.render.data_json import money


def campaign_object(found: CampaignCost) -> dict[str, Any]:
    """The cost by segment, right and payer; null where there is no such amount."""
    return {
        "cost": money(found.cost),
        "targeted": found.targeted,
        "per_targeted": _or_null(found.per_targeted),
        "budget": _or_null(found.budget),
        "income": money(found.income),
        "segments": [
            {
                "segment": one.segment,
                "targeted": one.targeted,
                "per_targeted": _or_null(one.per_targeted),
                "cost": money(one.cost),
            }
            for one in found.segments
        ],
        "rights": [
            {"id": right.benefit.id, "cost": money(right.cost), **right_figures(right)}
            for right in found.rights
        ],
        "payers": [{"payer": payer, "amount": money(amount)} for payer, amount in found.payers],
        "values_of": [day.isoformat() for day in found.days],
    }


def _or_null(amount: Fen | None) -> str | None:
    return None if amount is None else money(amount)
