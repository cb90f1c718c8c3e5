"""Reads what `cardkit export --format json` writes: the integer problem and its amounts, in cells."""

from collections.abc import Iterable, Mapping
from typing import Any

from cardkit.solve.problem import Cluster, Limit, Mask, Need, Objective, Problem, Sum, Tiers, Together


def problem_of(document: Mapping[str, Any]) -> Problem:
    """The problem, its modules and cells in the document's order."""
    names = [module["id"] for module in document["modules"]]
    place = {name: at for at, name in enumerate(names)}

    def places(of: Iterable[str]) -> tuple[int, ...]:
        return tuple(place[name] for name in of)

    return Problem(
        variables=tuple(names),
        cells=tuple(f"{cell['card']}@{cell['segment']}" for cell in document["cells"]),
        allowed=tuple(_mask(module["allowed"]) for module in document["modules"]),
        sums=tuple(
            Sum(
                tuple((place[name], weight) for name, weight in total["weights"].items()),
                tuple(
                    Limit(limit["least"], limit["most"], _mask(limit["cells"]), limit["rule"])
                    for limit in total["limits"]
                ),
            )
            for total in document["sums"]
        ),
        needs=tuple(
            Need(frozenset(places(need["triggers"])), frozenset(places(need["needs"])), need["rule"])
            for need in document["needs"]
        ),
        clusters=tuple(Cluster(places(cluster)) for cluster in document["clusters"]),
        together=tuple(Together(places(together)) for together in document["together"]),
        tiers=tuple(Tiers(places(each["modules"]), tuple(each["numbers"])) for each in document["tiers"]),
    )


def objective_of(document: Mapping[str, Any], measure: str) -> Objective:
    """The amounts of a measure, in fen."""
    amounts = document["amounts"][measure]
    names = [module["id"] for module in document["modules"]]
    nothing = [0] * len(document["cells"])
    clusters = []
    for members, written in zip(document["clusters"], amounts["clusters"], strict=True):
        table = [nothing] * 2 ** len(members)
        for each in written:
            table[sum(1 << members.index(name) for name in each["modules"])] = each["amounts"]
        clusters.append(table)
    return Objective(
        amounts["base"],
        [amounts["modules"][name] for name in names],
        clusters,
        amounts["together"],
        amounts["tiers"],
    )


def _mask(cells: Iterable[int]) -> Mask:
    return sum(1 << cell for cell in cells)
