"""Small random catalogs, rich in everything that the format has, as data by file name and as texts."""

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.laws.benefits import MECHANICS, PARTNERS, USAGE, benefit, redeem
from tests.laws.drawing import Data, Drawing, text
from tests.laws.entities import campaign, card, drawn, entity, module, rule, segment, settings

Tree = dict[str, Data]
"""The data of every file of a catalog, by the file's name."""

SEGMENTS = ("young", "family", "senior")
CARDS = ("plain-card", "gold-card", "black-card")
MODULES = ("miles", "clinic", "games", "home", "sports", "pack")


def trees(mechanics: Sequence[str] = tuple(MECHANICS)) -> st.SearchStrategy[Tree]:
    """Catalogs with benefits of these mechanics, each from a seed: shrinking one takes minutes."""
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
    if "campaigns/spring.yaml" in tree and d.chance(60):
        group(tree, "gifts", "accumulate", ["spring/gift", f"{modules[0]}/right-0"])
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
