"""The figures that a price depends on, each with its path for `--set`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from cardkit.ground.text import Text
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.module import Module
from cardkit.pricing.what_if import WhatIf
from cardkit.pricing.worksheet import Step

_TOGETHER = ("categories",)
"""Maps whose entries are one assumption: how much a segment spends, not how much it spends at florists."""

_SUMMED = ("month_mean", "purchases_month")
"""Figures whose sum over the categories means something."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that the price depends on, before anything is known of its effect."""

    path: str
    title: Text
    value: Fraction | None
    unit: str
    source: str
    reach: float = inf
    """Fen in all lines whose worksheets show the figure; without a bound where none does."""


def candidates(what_if: WhatIf) -> Iterator[Candidate]:
    """Every figure that the price reads, categories together, and what else it depends on."""
    catalog = what_if.day.catalog
    price, steps = what_if.inputs()
    reach: dict[int, int] = defaultdict(int)
    for line in price.lines:
        for entry in {id(step.entry) for step in line.steps if step.entry is not None}:
            reach[entry] += abs(line.amount)
    by_path: dict[str, list[Step]] = defaultdict(list)
    seen: set[int] = set()
    for step in steps:
        if step.origin is not None and id(step.entry) not in seen:
            seen.add(id(step.entry))
            by_path[_path(catalog, step.origin())].append(step)
    for path, read in by_path.items():
        reaches = max((reach.get(id(step.entry), inf) for step in read), default=inf)
        first = read[0]
        yield Candidate(path, first.title, _value(path, read), first.unit, first.source, reaches)
    yield from _of_choosers(what_if)
    yield from _of_months(what_if)


def _value(path: str, read: list[Step]) -> Fraction | None:
    values = [step.value for step in read]
    if len(set(values)) == 1:
        return values[0]
    return sum(values, Fraction(0)) if path.endswith(_SUMMED) else None


def _path(catalog: Catalog, origin: str) -> str:
    """An origin with benefits by their ids, and one path for all categories of a figure."""
    entity, *steps = origin.split(".")
    for at, step in enumerate(steps[:-1]):
        if step in _TOGETHER:
            steps[at + 1] = "*"
        elif step in ("core", "benefits") and steps[at + 1].isdigit():
            rights = getattr(catalog.entities[entity], step)
            steps[at + 1] = rights[int(steps[at + 1])].id
    return ".".join((entity, *steps))


def _of_choosers(what_if: WhatIf) -> Iterator[Candidate]:
    """Who chooses the product's modules, by customer type, and how much these use."""
    for name in what_if.product.modules:
        demand = (what_if.day.catalog.modules[name].segments or {}).get(what_if.segment)
        start = f"{name}.segments.{what_if.segment}.types"
        source = "" if demand is None else demand.source or ""
        for index, kind in enumerate(() if demand is None else demand.types):
            title = Text(f"第 {index + 1} 类客户的选择概率", f"choice of customer type {index + 1}")
            yield Candidate(f"{start}.{index}.choose", title, kind.choose, "rate", source)
            if index == 0:
                for metric in kind.usage:
                    usage = what_if.day.catalog.settings.usages.get(metric)
                    said = Text(metric, metric) if usage is None else usage.name
                    title = Text(f"选择者的{said.zh}次数", f"{said.en} of those who choose it")
                    yield Candidate(f"{start}.*.usage.{metric}", title, None, "number", source)


def _of_months(what_if: WhatIf) -> Iterator[Candidate]:
    """Probabilities month by month, all months of a benefit together."""
    entities = what_if.day.catalog.entities
    for name in (what_if.product.card, *what_if.product.modules, *what_if.campaigns):
        holder = entities[name]
        if isinstance(holder, Card | Module | Campaign):
            for benefit in holder.benefits:
                if getattr(benefit, "month_probabilities", ()):
                    title = Text("逐月达标概率", "probabilities by month")
                    path = f"{name}.benefits.{benefit.id}.month_probabilities.*"
                    yield Candidate(path, title, None, "rate", "")
