"""Clusters of interaction groups: the groups that share a benefit, and the modules that take part in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.interaction import Interaction
from cardkit.pricing.setting import Day


@dataclass(frozen=True, slots=True)
class Cluster:
    """Interaction groups connected by shared benefits, which only have a price together; usually one group.

    Which groups are connected follows from the catalog alone: `card/…` counts for every card.
    """

    groups: tuple[Interaction, ...]
    """In the catalog's order."""
    modules: tuple[str, ...]
    """The modules that grant one of the members, sorted."""


def clusters(day: Day) -> tuple[Cluster, ...]:
    """The clusters of all groups in force on the day, in the catalog's order of their first groups."""
    if "clusters" not in day.memory:
        day.memory["clusters"] = tuple(_clusters(day))
    return cast("tuple[Cluster, ...]", day.memory["clusters"])


def _clusters(day: Day) -> Iterator[Cluster]:
    groups = [group for group in day.catalog.interactions.values() if active(group, day.as_of)]
    joined = list(range(len(groups)))
    """For each group an earlier one of its cluster, or itself: a path that ends at the first."""

    def first(place: int) -> int:
        while joined[place] != place:
            joined[place] = place = joined[joined[place]]
        return place

    seen: dict[str, int] = {}
    for place, group in enumerate(groups):
        for reference in _references(day.catalog, group):
            earlier, later = sorted((first(seen.setdefault(reference, place)), first(place)))
            joined[later] = earlier
    together: dict[int, list[Interaction]] = {}
    for place, group in enumerate(groups):
        together.setdefault(first(place), []).append(group)
    modules = day.catalog.modules
    for members in together.values():
        holders = {reference.partition("/")[0] for group in members for reference in group.members}
        yield Cluster(tuple(members), tuple(sorted(name for name in holders if name in modules)))


def _references(catalog: Catalog, group: Interaction) -> Iterator[str]:
    """`ENTITY/BENEFIT` of every member, for every card where a member is the card's."""
    for reference in group.members:
        holder, _, benefit = reference.partition("/")
        if holder == "card":
            yield from (f"{card}/{benefit}" for card in catalog.cards)
        else:
            yield reference
