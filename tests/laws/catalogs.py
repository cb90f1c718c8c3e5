"""Small random catalogs, rich in everything that the format has, as data by file name and as texts."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.laws.benefits import CATEGORIES, MECHANICS, PARTNERS, USAGE, benefit, earn, redeem
from tests.laws.drawing import Data, Drawing, text

Tree = dict[str, Data]
"""The data of every file of a catalog, by the file's name."""

SEGMENTS = ("young", "family", "senior")
CARDS = ("plain-card", "gold-card", "black-card")
MODULES = ("miles", "clinic", "games", "home", "sports", "pack")
GROUPS = ("travel", "life")
RULES = ("requires", "excludes", "at-most", "allowed-cards", "allowed-segments", "budget")


def trees(mechanics: Sequence[str] = tuple(MECHANICS)) -> st.SearchStrategy[Tree]:
    """Catalogs with benefits of these mechanics, each from a seed: shrinking a whole catalog takes minutes."""
    return st.integers(0, 2**63).map(partial(tree_of, mechanics))


def tree_of(mechanics: Sequence[str], seed: int) -> Tree:
    """The catalog of a seed: 1–3 cards, 2–6 modules and 1–3 segments."""
    d = Drawing(Random(seed), SEGMENTS)
    cards, modules = CARDS[: d.whole(1, 3)], MODULES[: d.whole(2, 6)]
    tree: Tree = {"catalog.yaml": settings(d)}
    for name in PARTNERS:
        tree[f"partners/{name}.yaml"] = entity("partner", name) | {
            "type": "merchant",
            "contract": {"from": "2024-01-01", "until": "2030-12-31"},
        }
    for name in d.segments:
        tree[f"segments/{name}.yaml"] = entity("segment", name) | segment(d, cards)
    for name in cards:
        tree[f"cards/{name}.yaml"] = entity("card", name) | card(d, mechanics)
    for name in modules:
        tree[f"modules/{name}.yaml"] = entity("module", name) | module(d, mechanics)
    if d.chance(50):
        tree["services/desk.yaml"] = entity("service", "desk") | {
            "level": "basic",
            "segments": d.some(d.segments),
            "benefits": [drawn(d, "desk-right", mechanics)],
        }
    if d.chance(40):
        tree["campaigns/spring.yaml"] = entity("campaign", "spring") | campaign(d, mechanics)
    if d.chance(50):
        tree["bundles/start.yaml"] = entity("bundle", "start") | {
            "card": d.pick(*cards),
            "modules": d.some(modules),
            "segments": list(d.segments),
            "discount": d.figure(lambda: d.money(0, 40), by_segment=False),
        }
    for number in range(d.whole(0, 2)):
        name = f"rule-{number}"
        tree[f"rules/{name}.yaml"] = entity("rule", name) | rule(d, cards, modules)
    if "cashback" in mechanics:
        interactions(d, tree, modules)
    return tree


def texts(tree: Tree, *, shuffled: Random | None = None) -> dict[str, bytes]:
    """The files of a catalog; with a generator, their keys and the files themselves in another order."""
    files = list(tree.items())
    if shuffled is not None:
        shuffled.shuffle(files)
    return {file: written(data, shuffled).encode() for file, data in files}


def written(data: Data, shuffled: Random | None = None) -> str:
    """YAML with one line for each key of the file."""
    return "".join(f"{key}: {_flow(value, shuffled)}\n" for key, value in _items(data, shuffled))


def _flow(value: Any, shuffled: Random | None) -> str:
    if isinstance(value, dict):
        pairs = [f"{key}: {_flow(inner, shuffled)}" for key, inner in _items(value, shuffled)]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner, shuffled) for inner in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)


def _items(data: Data, shuffled: Random | None) -> list[tuple[str, Any]]:
    items = list(data.items())
    if shuffled is not None:
        shuffled.shuffle(items)
    return items


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


def interactions(d: Drawing, tree: Tree, modules: Sequence[str]) -> None:
    """Groups of each kind, over benefits that are added to the modules for them."""
    if d.chance(60):
        how = d.pick("best", "exclusive", "accumulate")
        chosen = d.some(modules, 2)[:3]
        for name in chosen:
            tree[f"modules/{name}.yaml"]["benefits"].append(dining_cashback(d))
        group(tree, "dining", how, [f"{name}/dining-cashback" for name in chosen])
        if how == "accumulate" and d.chance(60):
            cap = {"metric": "reward", "most": d.money(1, 90), "period": "calendar-month"}
            tree["rules/dining.yaml"]["cap"] = cap
    if d.chance(40):
        name = d.pick(*modules)
        tree[f"modules/{name}.yaml"]["benefits"].append(benefit(d, "waiver", "fee-waiver"))
        for holder in [file for file in tree if file.startswith("cards/")] + [f"modules/{name}.yaml"]:
            own = tree[holder]["benefits"][0 if holder.startswith("cards/") else -1]
            own["fee"] = "annual"
        group(tree, "waivers", "waive", ["card/fee-waiver", f"{name}/waiver"])
    if d.chance(40):
        name = d.pick(*modules)
        tree[f"modules/{name}.yaml"]["benefits"].append(benefit(d, "treat", "redeem", redeem(d)))
        group(tree, "currency", "redeem", ["card/points", "card/redeem", f"{name}/treat"])
    if d.chance(40):
        pack, shared = modules[-1], modules[0]
        visits = benefit(d, "shared", "entitlement") | {
            "cost_basis": "per-use",
            "usage": USAGE,
            "sharing": {"people": 2, "demand_factor": d.money(1, 3)},
        }
        tree[f"modules/{shared}.yaml"]["benefits"].append(visits)
        opened = benefit(d, "opens", "feature") | {"shares": [f"{shared}/shared"]}
        tree[f"modules/{pack}.yaml"]["benefits"].append(opened)
        group(tree, "sharing", "share", [f"{pack}/opens", f"{shared}/shared"])


def dining_cashback(d: Drawing) -> Data:
    """A rate of a month's dining, as groups can compare it."""
    own: Data = {"rate": d.figure(lambda: d.rate(0, 9)), "scope": {"categories": ["dining"]}}
    if d.chance(70):
        most = d.figure(lambda: d.money(1, 90), by_segment=False)
        own["limits"] = [{"metric": "reward", "most": most, "period": "calendar-month"}]
    return benefit(d, "dining-cashback", "cashback", own)


def group(tree: Tree, name: str, how: str, members: list[str]) -> None:
    """A declared interaction group."""
    tree[f"rules/{name}.yaml"] = entity("interaction", name) | {
        "how": how,
        "members": members,
        "reason": text("on the same purchases"),
    }
