"""Small modules, campaigns and groups to put into the small bank, and what a price says of them."""

from datetime import date

import yaml

from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day

AS_OF = date(2026, 7, 1)

MODULE = """kind: module
id: {id}
name: {{zh: 模块, en: Module}}
owner: me
group: travel
price: {price}
benefits:
  - id: right
    name: {{zh: 权益, en: Right}}
    {right}
segments:
  gen-z: {{choose: 10%}}
  senior: {{choose: 5%}}
"""
CAMPAIGN = """kind: campaign
id: spring
name: {{zh: 春, en: Spring}}
owner: me
objective: activate
stage: activation
indicator: spend
target: {{segments: [{segments}], share: {share}}}
window: {{{window}}}
organiser: {{zh: 银行, en: Bank}}
benefits:
  - id: gift
    name: {{zh: 礼, en: Gift}}
    {right}
"""
GROUP = """kind: interaction
id: group
name: {{zh: 组, en: Group}}
owner: me
how: {how}
members: [{members}]
reason: {{zh: 因为, en: because}}
{more}
"""
FEATURE = "{mechanic: feature, about: {zh: 一, en: one}, fixed_cost: 10}"
CASHBACK = "{mechanic: cashback, amount: 3, scope: {categories: [dining]}}"


def keys(flow: str, *more: str) -> str:
    """The keys of a benefit written as a flow mapping, one on each line, and some more."""
    found = yaml.safe_load(flow)
    lines = [
        f"{key}: {yaml.safe_dump(value, default_flow_style=True).strip()}" for key, value in found.items()
    ]
    return "\n    ".join([*(line.removesuffix("...").strip() for line in lines), *more])


def module(identifier: str, right: str, *more: str, listed: str = "0") -> dict[str, str]:
    text = MODULE.format(id=identifier, right=keys(right, *more), price=listed)
    return {f"modules/{identifier}.yaml": text}


def campaign(
    right: str, *more: str, segments: str = "gen-z", share: str = "50%", window: str = ""
) -> dict[str, str]:
    window = window or "from: 2026-01-01, until: 2026-12-31"
    text = CAMPAIGN.format(right=keys(right, *more), segments=segments, share=share, window=window)
    return {"campaigns/spring.yaml": text}


def group(how: str, members: str, more: str = "") -> dict[str, str]:
    return {"rules/group.yaml": GROUP.format(how=how, members=members, more=more)}


def priced(catalog: Catalog, expression: str, as_of: date = AS_OF, *campaigns: str) -> Price:
    return price(Day(catalog, as_of), parse(catalog, expression).product, campaigns)


def cost(one: Price, line: str) -> int:
    return -sum(each.amount for each in one.lines if each.id == line)


def amount(one: Price, line: str) -> int:
    return next((each.amount for each in one.lines if each.id == line), 0)
