"""Random entities of every kind: the settings of a catalog, and what stands in its files."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.laws.benefits import CATEGORIES, USAGE, benefit, earn, redeem
from tests.laws.drawing import Data, Drawing, text

GROUPS = ("travel", "life")
RULES = ("requires", "excludes", "at-most", "allowed-cards", "allowed-segments", "budget")


def entity(kind: str, name: str) -> Data:
    """What every file starts with."""
    return {"kind": kind, "id": name, "name": text(name), "owner": "tests"}


def drawn(d: Drawing, identifier: str, mechanics: Sequence[str]) -> Data:
    """A benefit of any of the mechanics."""
    return benefit(d, identifier, d.pick(*mechanics))


def settings(d: Drawing) -> Data:
    """catalog.yaml."""
    points = {"name": text("points"), "redemption_rate": d.figure(d.rate)}
    tiers = sorted({d.whole(1, 4) for _ in range(d.whole(0, 2))})
    return {
        "format_version": 1,
        "id": "random-bank",
        "name": text("random bank"),
        "owner": "tests",
        "issuer": text("bank"),
        "currency": "CNY",
        "languages": ["zh", "en"],
        "market": {
            "interchange_cap": "0.45%",
            "network_fee": d.figure(lambda: d.rate(0, 1, 4), by_segment=False),
            "vat": d.figure(lambda: d.rate(0, 13), by_segment=False),
            "funding": d.figure(lambda: d.rate(0, 5, 2), by_segment=False),
            "revolving_daily": d.figure(lambda: d.rate(0, 1, 3), by_segment=False),
            "prepayment_loss": d.figure(lambda: d.rate(0, 20), by_segment=False),
            "collection": d.figure(d.rate),
        },
        "categories": {
            name: {
                "name": text(name),
                "interchange": "0%"
                if name == "welfare"
                else d.figure(lambda: d.rate(0, 1, 2), by_segment=False),
                "overseas": name == "overseas",
            }
            for name in CATEGORIES
        },
        "usages": {USAGE: {"name": text(USAGE)}},
        "module_groups": {name: {"name": text(name)} for name in GROUPS},
        "points_currencies": {"points": points},
        "multi_module_discounts": [
            {"modules": number, "amount": d.figure(lambda: d.money(0, 30), by_segment=False)}
            for number in tiers
        ],
    }


def segment(d: Drawing, cards: Sequence[str]) -> Data:
    """How a segment spends, what it uses and how it repays."""

    def cv(low: int = 0) -> Any:
        return d.money(low, 2, 1)

    usage: Data = {"mean": d.money(0, 9), "ticket_mean": d.money(1, 300), "ticket_cv": cv()}
    if d.chance(50):
        usage["dispersion"] = cv()
    return {
        "population": d.figure(lambda: d.whole(1, 900_000), by_segment=False),
        "reference_card": d.pick(*cards),
        "traits": text("anything"),
        "minimum_age": 18,
        "life_years": d.figure(lambda: d.whole(1, 9), by_segment=False),
        "spend": {
            "month_cv": cv(),
            "year_cv": cv(),
            "categories": {
                name: {
                    "month_mean": d.figure(lambda: d.money(1, 5000), by_segment=False),
                    "month_cv": cv(),
                    "year_cv": cv(),
                    "purchases_month": d.money(1, 9, 1),
                    "ticket_cv": cv(),
                }
                for name in CATEGORIES
            },
        },
        "usage": {USAGE: usage},
        "credit": {
            "revolver_share": d.figure(d.rate, by_segment=False),
            "revolving_balance": d.money(0, 9000),
            "revolving_loss": d.rate(0, 9),
            "instalment_loss": d.rate(0, 9),
            "float_loss": d.rate(0, 1, 2),
            "float_days": d.whole(0, 50),
        },
    }


def card(d: Drawing, mechanics: Sequence[str]) -> Data:
    """A card with points and one way to redeem them, and a right or two of its own."""
    core = [benefit(d, "redeem", "redeem", redeem(d))]
    if "earn" in mechanics:
        core.append(benefit(d, "points", "earn", earn(d)))
    return {
        "tier": d.pick("standard", "gold", "platinum", "black"),
        "annual_fee": d.figure(lambda: d.money(0, 900), by_segment=False),
        "fx_markup": d.figure(lambda: d.rate(0, 2), by_segment=False),
        "slots": d.whole(0, 6),
        "core": core,
        "benefits": [
            benefit(d, "fee-waiver", "fee-waiver"),
            *(drawn(d, f"right-{number}", mechanics) for number in range(d.whole(0, 2))),
        ],
        "operating": {
            "fixed": d.figure(lambda: d.unit_cost(0, 60)),
            "variable": d.figure(lambda: d.rate(0, 1, 3)),
        },
        "acquisition_cost": d.figure(lambda: d.money(0, 900)),
    }


def module(d: Drawing, mechanics: Sequence[str]) -> Data:
    """A module, chosen by each segment as a whole or by customer types that use it differently."""
    made: Data = {
        "group": d.pick(*GROUPS),
        "price": d.figure(lambda: d.pick(d.money(0, 0), d.money(1, 200)), by_segment=False),
        "slots": d.whole(0, 2),
        "attributes": {"load": d.whole(0, 3)},
        "benefits": [drawn(d, f"right-{number}", mechanics) for number in range(d.whole(1, 2))],
        "segments": {name: demand(d) for name in d.segments},
    }
    if d.chance(25):
        made["eligible_segments"] = d.some(d.segments)
    return made


def demand(d: Drawing) -> Data:
    """Who chooses a module in a segment."""
    if d.chance(40):
        return {
            "types": [
                {"share": share, "choose": d.rate(1, 100), "usage": {USAGE: d.money(0, 9)}}
                for share in d.shares(d.whole(1, 3))
            ]
        }
    return {"choose": d.figure(lambda: d.rate(1, 100), by_segment=False)}


def campaign(d: Drawing, mechanics: Sequence[str]) -> Data:
    """A campaign that runs all through 2026."""
    return {
        "objective": "activate",
        "stage": "activation",
        "indicator": "spend",
        "target": {"segments": d.some(d.segments), "share": d.figure(d.rate)},
        "window": {"from": "2026-01-01", "until": d.pick("2026-12-31", "2027-06-30")},
        "organiser": text("bank"),
        "benefits": [drawn(d, "gift", mechanics)],
    }


def rule(d: Drawing, cards: Sequence[str], modules: Sequence[str]) -> Data:
    """A rule of any kind over some modules."""
    kind = d.pick(*RULES)
    reasons: Data = {"rule": kind, "reason": text("because")}
    own: dict[str, Callable[[], Data]] = {
        "requires": lambda: {"modules": [modules[0]], "needs_any": [modules[1]]},
        "excludes": lambda: {"modules": d.some(modules, 2)},
        "at-most": lambda: {"number": d.whole(0, 3), "group": d.pick(*GROUPS)},
        "allowed-cards": lambda: {"modules": d.some(modules), "cards": d.some(cards)},
        "allowed-segments": lambda: {"modules": d.some(modules), "segments": d.some(d.segments)},
        "budget": lambda: {"attribute": "load", "most": d.whole(0, 6)},
    }
    return reasons | own[kind]()
