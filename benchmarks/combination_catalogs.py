"""Generated catalogs for reasoning about every product: 20 cards × 20 segments and any number of modules.

`python benchmarks/combination_catalogs.py FOLDER MODULES [--dense]`; the same each time. `cardkit validate`
finds no error in them: their policies hold, so that each has to be proved.

Modules stand in a row. In a *local* catalog every rule, bundle and interaction group is about neighbours, as
when a product line is kept by one team. In a *dense* one rules tie modules together that stand anywhere, so
that no order of the modules keeps what belongs together close. Bundles and interaction groups stay local.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CARDS = SEGMENTS = 20
BLOCK = 10
"""Neighbours that belong together; the first three of a block can be a bundle and are free of other rules."""

GROUP = 5
"""Modules of one module group, of which a product has at most three."""

BUNDLED = 3
TIERS = ("standard", "gold", "platinum", "black")
Data = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """What is generated."""

    modules: int
    dense: bool = False
    cards: int = CARDS
    segments: int = SEGMENTS


class _Dumper(yaml.SafeDumper):
    """Catalogs have no anchors: what stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class fixes the parameters
        return True


def generate(folder: Path, sizes: Sizes, seed: int = 20261122) -> None:
    """Write a catalog into an empty or new folder."""
    draw = random.Random(f"{seed}/{sizes}")
    for file, data in _files(draw, sizes):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False), "utf-8")


def _files(draw: random.Random, sizes: Sizes) -> Iterator[tuple[str, Data]]:
    row = [f"module-{n:03}" for n in range(sizes.modules)]
    groups = _groups(draw, row, sizes)
    shops = len(range(0, sizes.modules, BLOCK))
    yield "catalog.yaml", _settings(row, sorted(set(groups.values())), shops)
    yield "partners/partner.yaml", _entity("partner", "partner", type="merchant", contract=_dates())
    for n in range(sizes.segments):
        name = f"segment-{n:02}"
        reference = f"card-{n % sizes.cards:02}"
        yield f"segments/{name}.yaml", _segment(draw, name, reference, row, shops)
    for n in range(sizes.cards):
        yield f"cards/card-{n:02}.yaml", _card(draw, n)
    segments = [f"segment-{n:02}" for n in range(sizes.segments)]
    for n, name in enumerate(row):
        yield f"modules/{name}.yaml", _module(draw, n, name, groups[name], segments)
    for n in range(0, sizes.modules - BUNDLED + 1, BLOCK):
        bundle = _entity(
            "bundle",
            f"bundle-{n // BLOCK}",
            card=f"card-{draw.randrange(sizes.cards):02}",
            modules=row[n : n + BUNDLED],
            segments=sorted(draw.sample(segments, min(3, len(segments)))),
            discount=draw.randrange(5, 25),
        )
        yield f"bundles/{bundle['id']}.yaml", bundle
    for made in (*_interactions(row), *_rules(draw, row, groups, sizes)):
        yield f"rules/{made['id']}.yaml", made


def _groups(draw: random.Random, row: Sequence[str], sizes: Sizes) -> dict[str, str]:
    """The module group of each module; anywhere in the row where the catalog is dense."""
    groups = [f"group-{n // GROUP:02}" for n in range(len(row))]
    if sizes.dense:
        # The members of a bundle stay in one group, of which a product may have three.
        free = [n for n in range(len(row)) if n % BLOCK >= BUNDLED]
        shuffled = [groups[n] for n in free]
        draw.shuffle(shuffled)
        for n, group in zip(free, shuffled, strict=True):
            groups[n] = group
    return dict(zip(row, groups, strict=True))


# entities ----------------------------------------------------------------------------------------------


def _text(en: str, zh: str | None = None) -> Data:
    return {"zh": en if zh is None else zh, "en": en}


def _dates() -> Data:
    return {"from": "2025-01-01", "until": "2029-12-31"}


def _entity(kind: str, name: str, **more: Any) -> Data:
    return {"kind": kind, "id": name, "name": _text(name), "owner": "benchmarks", **more}


def _settings(row: Sequence[str], groups: Sequence[str], shops: int) -> Data:
    categories: dict[str, Data] = {
        name: {"name": _text(name), "interchange": "0.45%"} for name in _categories(shops)
    }
    categories["overseas"]["overseas"] = True
    reason = _text("every product", "每个产品")
    return {
        "format_version": 1,
        "id": "combination-benchmark",
        "name": _text("Combination benchmark", "组合基准"),
        "owner": "benchmarks",
        "issuer": _text("Example Bank", "示例银行"),
        "currency": "CNY",
        "languages": ["zh", "en"],
        "market": {
            "interchange_cap": "0.45%",
            "network_fee": "0.0325%",
            "vat": "6%",
            "funding": "1.9%",
            "revolving_daily": "0.05%",
            "prepayment_loss": "6%",
            "collection": "97%",
        },
        "categories": categories,
        "usages": {_usage(name): {"name": _text(_usage(name))} for name in row},
        "module_groups": {name: {"name": _text(name)} for name in groups},
        "points_currencies": {
            "points": {"name": _text("points", "积分"), "redemption_rate": "55%", "expiry_months": 36}
        },
        "multi_module_discounts": [{"modules": 3, "amount": 20}, {"modules": 5, "amount": 50}],
        "policies": [
            {"id": "bank-earns", "measure": "contribution", "least": -2000, "reason": reason},
            {"id": "customer-gains", "measure": "customer-net", "least": -2000, "reason": reason},
            {"id": "benefit-budget", "measure": "benefit-cost-ratio", "most": 9, "reason": reason},
        ],
    }


def _categories(shops: int) -> list[str]:
    """Everyday spend, and for each block of modules a category that its cashbacks are about."""
    return ["everyday", "dining", "overseas", *(f"shop-{n}" for n in range(shops))]


def _usage(module: str) -> str:
    return module.replace("module", "use")


def _segment(draw: random.Random, name: str, reference: str, row: Sequence[str], shops: int) -> Data:
    wealth = draw.uniform(0.5, 3)
    means = {"everyday": 1500.0, "dining": 800.0, "overseas": 100.0}
    return _entity(
        "segment",
        name,
        source="generated",
        population=draw.randrange(50, 1500) * 1000,
        reference_card=reference,
        traits=_text("generated", "生成的数据"),
        minimum_age=18,
        life_years=draw.choice([4, 5, 6, 7.5]),
        spend={
            "month_cv": 0.6,
            "year_cv": 0.5,
            "categories": {
                each: {
                    "month_mean": round(means.get(each, 300.0) * wealth * draw.uniform(0.5, 1.5), 2),
                    "month_cv": round(draw.uniform(0.5, 2), 2),
                    "year_cv": round(draw.uniform(0.3, 0.5), 2),
                    "purchases_month": round(draw.uniform(0.5, 9), 2),
                    "ticket_cv": round(draw.uniform(0.3, 1.2), 2),
                }
                for each in _categories(shops)
            },
        },
        usage={
            _usage(module): {
                "mean": round(draw.uniform(0.05, 4) * wealth, 2),
                "dispersion": round(draw.uniform(0, 2), 1),
                "ticket_mean": draw.randrange(20, 400),
                "ticket_cv": round(draw.uniform(0.2, 0.9), 1),
            }
            for module in row
        },
        credit={
            "revolver_share": f"{draw.randrange(8, 30)}%",
            "revolving_balance": draw.randrange(15, 60) * 100,
            "revolving_loss": f"{draw.randrange(3, 8)}%",
            "instalment_loss": "3%",
            "float_loss": "0.2%",
            "float_days": 27,
        },
    )


def _card(draw: random.Random, n: int) -> Data:
    return _entity(
        "card",
        f"card-{n:02}",
        valid=_dates(),
        source="generated",
        tier=TIERS[n % len(TIERS)],
        annual_fee=draw.choice([0, 60, 80, 120]),
        fx_markup="1.5%",
        slots=4 + n % 5,
        minimum_age=18,
        core=[
            {
                "id": "core-cashback",
                "mechanic": "cashback",
                "name": _text("Everyday cashback", "日常返现"),
                "rate": f"0.{draw.randrange(1, 5)}%",
                "scope": {"categories": ["everyday"]},
                "limits": [{"metric": "reward", "most": draw.randrange(3, 9), "period": "calendar-month"}],
            },
            {
                "id": "core-points",
                "mechanic": "earn",
                "name": _text("Points", "积分"),
                "currency": "points",
                "yuan_per_point": draw.choice([15, 20]),
                "limits": [{"metric": "points", "most": 2000, "period": "calendar-month"}],
            },
            {
                "id": "redeem-bill",
                "mechanic": "redeem",
                "name": _text("Points against the bill", "积分抵账单"),
                "currency": "points",
                "points": 1000,
                "unit": _text("CNY 30 off the bill", "30 元账单抵扣"),
                "unit_cost": 30,
                "retail_value": 30,
                "mix_share": "100%",
            },
        ],
        benefits=[
            {
                "id": "annual-fee-waiver",
                "mechanic": "fee-waiver",
                "name": _text("No annual fee after some purchases", "刷满笔数免年费"),
                "fee": "annual",
                "condition": "purchases-year",
                "threshold": draw.randrange(6, 60),
            }
        ],
        operating={"fixed": draw.randrange(20, 40), "variable": "0.02%"},
        acquisition_cost=draw.randrange(90, 300),
    )


def _module(draw: random.Random, n: int, name: str, group: str, segments: Sequence[str]) -> Data:
    chosen = list(segments)
    if n % BLOCK >= BUNDLED and draw.random() < 0.4:
        chosen = sorted(draw.sample(segments, max(1, len(segments) * 3 // 4)))
    benefits = [_main_right(draw, n, name)]
    if n % 2:
        benefits.append(_voucher(draw))
    if n % BLOCK in _CASHBACKS:
        benefits.append(_cashback(draw, n))
    return _entity(
        "module",
        name,
        valid=_dates(),
        source="generated",
        group=group,
        price=0 if n % 7 == 6 else draw.randrange(10, 70),
        slots=2 if n % 11 == 10 else 1,
        partner="partner",
        attributes={"service-load": draw.randrange(3), "handling-minutes": draw.choice([0, 0, 2.5, 4])},
        benefits=benefits,
        segments={each: _demand(draw, n, name) for each in chosen},
        eligible_segments=chosen,
    )


def _demand(draw: random.Random, n: int, name: str) -> Data:
    if n % 3:
        return {"choose": f"{draw.randrange(1, 30)}%"}
    return {
        "types": [
            {"share": "25%", "choose": "30%", "usage": {_usage(name): round(draw.uniform(1, 5), 2)}},
            {"share": "75%", "choose": "2%", "usage": {_usage(name): round(draw.uniform(0.05, 1), 2)}},
        ]
    }


def _main_right(draw: random.Random, n: int, name: str) -> Data:
    take_up: Any = f"{draw.randrange(20, 80)}%"
    if n % 9 == 4:
        take_up = {"default": take_up, "by_segment": {"segment-00": f"{draw.randrange(20, 80)}%"}}
    common = {"enrolment": "register", "take_up": take_up, "usage": _usage(name)}
    partner = draw.randrange(10, 70)
    funding = {
        "shares": [
            {"payer": "partner", "share": f"{partner}%"},
            {"payer": "bank", "share": f"{100 - partner}%"},
        ]
    }
    if n % 4 == 3:
        return {
            "id": "discount",
            "mechanic": "discount",
            "name": _text("Discount", "折扣"),
            **common,
            "rate": f"{draw.randrange(10, 30)}%",
            "cap_per_use": draw.randrange(20, 120),
            "uses": draw.randrange(1, 6),
            "period": "calendar-year",
            "funding": funding,
        }
    cost = draw.randrange(10, 90)
    return {
        "id": "visits",
        "mechanic": "entitlement",
        "name": _text("Visits", "到店次数"),
        **common,
        "count": draw.randrange(1, 6),
        "period": "calendar-year",
        "unit": _text("visit", "次"),
        "unit_cost": cost,
        "retail_value": cost + draw.randrange(10, 80),
        "funding": funding,
    }


def _voucher(draw: random.Random) -> Data:
    return {
        "id": "voucher",
        "mechanic": "voucher",
        "name": _text("Vouchers", "代金券"),
        "enrolment": "claim",
        "take_up": f"{draw.randrange(20, 80)}%",
        "face": draw.choice([10, 20, 30]),
        "cost_ratio": "85%",
        "count": draw.randrange(1, 4),
        "period": "calendar-year",
        "claim": "60%",
        "redeemed": "80%",
        "life_days": 90,
    }


_CASHBACKS = (4, 5, 7)
"""Places within a block whose modules pay cashback on the block's shops: they interact."""


def _cashback(draw: random.Random, n: int) -> Data:
    return {
        "id": "cashback",
        "mechanic": "cashback",
        "name": _text("Cashback", "返现"),
        "rate": f"{draw.randrange(1, 6)}%",
        "scope": {"categories": [f"shop-{n // BLOCK}"]},
        "limits": [{"metric": "reward", "most": draw.randrange(4, 20), "period": "calendar-month"}],
    }


# what ties modules together ----------------------------------------------------------------------------


def _interactions(row: Sequence[str]) -> Iterator[Data]:
    for start in range(0, len(row), BLOCK):
        members = [f"{row[start + at]}/cashback" for at in _CASHBACKS if start + at < len(row)]
        if len(members) > 1:
            number = start // BLOCK
            yield _entity(
                "interaction",
                f"cashbacks-{number}",
                how=("best", "accumulate")[number % 2],
                members=members,
                reason=_text("they meet on the same purchases", "作用在同一批消费上"),
            )


def _rules(draw: random.Random, row: Sequence[str], groups: dict[str, str], sizes: Sizes) -> Iterator[Data]:
    for group in sorted(set(groups.values())):
        yield _rule(f"of-{group}", "at-most", number=3, group=group)
    for n, name in enumerate(row):
        # Rules never tie the free places of a block to each other or to what they would need.
        if n % BLOCK < BUNDLED:
            continue
        partners = [other for other in _partners(draw, row, n, sizes) if other != name]
        if n % 3 == 0 and partners:
            yield _rule(f"excludes-{n:03}", "excludes", modules=[name, partners[0]])
        if n % 4 == 0 and len(partners) > 1:
            yield _rule(f"requires-{n:03}", "requires", modules=[name], needs_any=partners[:2])
        if n % 10 == 9:
            cards = sorted(
                f"card-{each:02}" for each in draw.sample(range(sizes.cards), max(1, sizes.cards * 3 // 4))
            )
            yield _rule(f"cards-{n:03}", "allowed-cards", modules=[name], cards=cards)
    yield _rule("service-load", "budget", attribute="service-load", most=6)
    yield _rule("handling-minutes", "budget", attribute="handling-minutes", most=12.5)


def _partners(draw: random.Random, row: Sequence[str], n: int, sizes: Sizes) -> list[str]:
    """Modules that a rule may tie to the n-th: the next few, or any."""
    if sizes.dense:
        return [row[each] for each in draw.sample(range(len(row)), min(3, len(row)))]
    near = [each for each in range(n - 3, n + 4) if 0 <= each < len(row) and each != n]
    return [row[each] for each in draw.sample(near, min(3, len(near)))]


def _rule(name: str, rule: str, **more: Any) -> Data:
    return _entity(
        "rule", name, rule=rule, **more, reason=_text("they don't go together otherwise", "否则不能同时选")
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("modules", type=int)
    parser.add_argument("--dense", action="store_true")
    arguments = parser.parse_args()
    generate(arguments.folder, Sizes(arguments.modules, arguments.dense))
