"""Generated catalogs of any size: `python benchmarks/generate.py FOLDER FILES`; the same each time.

The shipped catalog's catalog.yaml, segments and cards stand in each; partners, modules and rules are made. A
module has three benefits and about forty-five lines, as in the shipped one.
"""

import argparse
import random
import re
import shutil
from pathlib import Path

SHIPPED = Path(__file__).parent.parent / "catalog"
MODULE = """kind: module
id: {id}
name: {{zh: 权益包 {n}, en: Rights pack {n}}}
owner: team-{team}
status: live
valid: {{from: 2026-01-01, until: 2028-12-31}}
source: generated for measurements
group: {group}
price: {price}
partner: {partner}
eligible_segments: [{segments}]
benefits:
  - id: visits
    mechanic: entitlement
    name: {{zh: 次数权益, en: Visits}}
    enrolment: register
    take_up: {{value: {take_up}%, source: generated, status: assumed}}
    count: {count}
    period: calendar-year
    unit: {{zh: 到店, en: visits}}
    usage: {usage}
    demand_share: 20%
    unit_cost: {unit_cost}
    retail_value: {retail}
    funding:
      shares:
        - {{payer: {partner}, share: {share}%}}
        - {{payer: bank, share: {rest}%}}
  - id: voucher
    mechanic: voucher
    name: {{zh: 代金券, en: Vouchers}}
    enrolment: claim
    take_up: {take_up}%
    face: 20
    cost_ratio: 85%
    count: 2
    period: calendar-year
    claim: 60%
    redeemed: 80%
    life_days: 90
  - id: help
    mechanic: feature
    name: {{zh: 专属客服, en: Helpline}}
    about: {{zh: 专人接听, en: A person answers}}
    fixed_cost: 1.5
segments:
{demand}
"""
PARTNER = """kind: partner
id: {id}
name: {{zh: 合作方 {n}, en: Partner {n}}}
owner: partnerships
type: merchant
contract: {{from: 2025-01-01, until: 2029-12-31}}
"""
RULE = """kind: rule
id: {id}
name: {{zh: 互斥 {n}, en: Exclusion {n}}}
owner: product-office
rule: excludes
modules: [{first}, {second}]
reason: {{zh: 两个权益包内容相近，只选其一。, en: The two packs are much alike; choose one.}}
"""
ONE_OF_A_GROUP = """kind: rule
id: one-of-{group}
name: {{zh: 每组选一个, en: One of a group}}
owner: product-office
rule: at-most
number: 1
group: {group}
reason: {{zh: 同组权益包用的是同一项目，只选其一。, en: Packs of a group live off the same uses; choose one.}}
"""
USAGES = {
    "travel": "lounge-visits",
    "family": "theme-park-visits",
    "health": "health-checks",
    "lifestyle": "coffees",
    "home": "home-repairs",
    "learning": "skill-courses",
}
"""What the packs of a group live off: one usage, so that a rule can keep them apart."""


def generate(folder: Path, files: int, seed: int = 20261122) -> None:
    """Write a catalog of so many files (at least 60) into an empty or new folder."""
    draw = random.Random(seed)
    for name in ("segments", "cards"):
        shutil.copytree(SHIPPED / name, folder / name)
    settings = (SHIPPED / "catalog.yaml").read_text(encoding="utf-8")
    # Scenarios name what the shipped catalog has; policies are for benchmarks/combinations.py.
    _write(folder / "catalog.yaml", re.sub(r"(?ms)^(scenarios|policies):\n.*?(?=^\S|\Z)", "", settings))
    (folder / "partners").mkdir()
    cards = "".join(path.read_text(encoding="utf-8") for path in (folder / "cards").iterdir())
    for partner in (SHIPPED / "partners").iterdir():
        if partner.stem in cards:
            shutil.copy(partner, folder / "partners")
    (folder / "modules").mkdir()
    (folder / "rules").mkdir()
    left = files - sum(1 for _ in folder.rglob("*.yaml"))
    partners, rules = left // 20, left // 10
    modules = left - partners - rules - len(USAGES)
    segments = sorted(path.stem for path in (folder / "segments").iterdir())
    for group in USAGES:
        _write(folder / "rules" / f"one-of-{group}.yaml", ONE_OF_A_GROUP.format(group=group))
    for n in range(partners):
        _write(folder / "partners" / f"partner-{n}.yaml", PARTNER.format(id=f"partner-{n}", n=n))
    for n in range(modules):
        chosen = draw.sample(segments, 3)
        share = draw.randrange(10, 60)
        group = draw.choice(sorted(USAGES))
        body = MODULE.format(
            id=f"pack-{n}",
            n=n,
            team=n % 12,
            group=group,
            price=draw.randrange(20, 300),
            partner=f"partner-{draw.randrange(partners)}",
            segments=", ".join(chosen),
            take_up=draw.randrange(10, 60),
            count=draw.randrange(1, 12),
            usage=USAGES[group],
            unit_cost=draw.randrange(10, 120),
            retail=draw.randrange(120, 240),
            share=share,
            rest=100 - share,
            demand="\n".join(f"  {name}: {{choose: {draw.randrange(1, 25)}%}}" for name in chosen),
        )
        _write(folder / "modules" / f"pack-{n}.yaml", body)
    for n in range(rules):
        first, second = draw.sample(range(modules), 2)
        body = RULE.format(id=f"rule-{n}", n=n, first=f"pack-{first}", second=f"pack-{second}")
        _write(folder / "rules" / f"rule-{n}.yaml", body)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=int)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.files)
