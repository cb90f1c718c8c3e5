"""The integer problem that the engine works on, as JSON: choices in cells, rules, parts of the prices.

A product is a cell (a card in a segment) and a set of modules. It may be sold where each module is allowed
in the cell and every sum and need is kept. Its amount in a measure, in fen, is `base` of the cell, plus
each module's, plus each cluster's for the subset chosen, plus each bundle's (`together`) all of whose
modules are chosen, plus each `tiers`' for the highest number of its modules reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cardkit.solve.problem import Amounts, Limit, Mask, Objective, Problem


def problem_json(problem: Problem, objectives: Mapping[str, Objective]) -> dict[str, Any]:
    """The members of the document; cells are named by their place in `cells`."""
    names = problem.variables
    return {
        "cells": [dict(zip(("card", "segment"), cell.split("@"), strict=True)) for cell in problem.cells],
        "modules": [
            {"id": name, "allowed": _cells(mask)} for name, mask in zip(names, problem.allowed, strict=True)
        ],
        "sums": [
            {
                "weights": {names[variable]: weight for variable, weight in total.weights},
                "limits": [_limit(limit) for limit in total.limits],
            }
            for total in problem.sums
        ],
        "needs": [
            {
                "rule": need.name,
                "triggers": _named(names, sorted(need.triggers)),
                "needs": _named(names, sorted(need.needs)),
            }
            for need in problem.needs
        ],
        "clusters": [_named(names, cluster.variables) for cluster in problem.clusters],
        "together": [_named(names, together.variables) for together in problem.together],
        "tiers": [
            {"modules": _named(names, tiers.variables), "numbers": list(tiers.numbers)}
            for tiers in problem.tiers
        ],
        "amounts": {name: _amounts(problem, objective) for name, objective in objectives.items()},
    }


def _amounts(problem: Problem, objective: Objective) -> dict[str, Any]:
    """Each list has an amount for each cell."""
    return {
        "base": list(objective.base),
        "modules": dict(zip(problem.variables, map(list, objective.variables), strict=True)),
        "clusters": [
            [
                {"modules": _subset(problem.variables, cluster.variables, subset), "amounts": list(amounts)}
                for subset, amounts in _some(table)
            ]
            for cluster, table in zip(problem.clusters, objective.clusters, strict=True)
        ],
        "together": [list(amounts) for amounts in objective.together],
        "tiers": [[list(amounts) for amounts in table] for table in objective.tiers],
    }


def _some(table: Sequence[Amounts]) -> Iterable[tuple[int, Amounts]]:
    """The subsets that amount to anything."""
    return ((subset, amounts) for subset, amounts in enumerate(table) if any(amounts))


def _subset(names: Sequence[str], variables: Sequence[int], subset: int) -> list[str]:
    return [names[variable] for place, variable in enumerate(variables) if subset >> place & 1]


def _limit(limit: Limit) -> dict[str, Any]:
    return {"rule": limit.name, "least": limit.least, "most": limit.most, "cells": _cells(limit.cells)}


def _cells(mask: Mask) -> list[int]:
    return [cell for cell in range(mask.bit_length()) if mask >> cell & 1]


def _named(names: Sequence[str], variables: Iterable[int]) -> list[str]:
    return [names[variable] for variable in variables]
