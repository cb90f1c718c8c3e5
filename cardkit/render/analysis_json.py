"""An analysis as JSON: counts exact, as strings above 2^53; money as decimal strings."""

from collections.abc import Mapping, Sequence
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.text import Language
from cardkit.model.catalog import Catalog
from cardkit.model.refusal import Refusal
from cardkit.render.data_json import count, money
from cardkit.solve.analysis import Analysis, Edge, FrontProduct
from cardkit.solve.histogram import Histogram
from cardkit.solve.policies import Proof


def analysis_body(
    analysis: Analysis,
    proofs: Sequence[Proof],
    fronts: Mapping[str, Sequence[FrontProduct]],
    histograms: Sequence[Histogram],
    language: Language,
) -> dict[str, Any]:
    """The members of the JSON document."""
    catalog = analysis.combinations.day.catalog
    total = analysis.total
    body: dict[str, Any] = {
        "products_total": None if total is None else count(total),
        "cells": [
            {
                "card": cell.card,
                "segment": cell.segment,
                "products": None if cell.products is None else count(cell.products),
                "worst": _edge(cell.worst, "contribution"),
                "best": _edge(cell.best, "contribution"),
                "worst_customer_net": _edge(cell.worst_customer, "amount"),
                "always": list(cell.always),
                "never": list(cell.never),
            }
            for cell in analysis.cells
        ],
        "dead_modules": list(analysis.dead_modules),
        "only_together": [list(names) for names in analysis.only_together],
        "idle_rules": list(analysis.idle_rules),
        "unreachable": [
            {
                "id": each.id,
                "product": str(each.product),
                "refusals": [_refusal(refusal, catalog, language) for refusal in each.refusals],
                "within_another": each.within,
            }
            for each in analysis.unreachable
        ],
        "empty_segments": list(analysis.empty_segments),
        "policies": [policy_object(proof) for proof in proofs],
        "fronts": [
            {
                "segment": segment,
                "products": [
                    {
                        "product": str(each.product),
                        "contribution": money(each.contribution),
                        "customer_net": money(each.customer_net),
                    }
                    for each in found
                ],
            }
            for segment, found in fronts.items()
        ],
    }
    if histograms:
        body["histograms"] = [_histogram(each) for each in histograms]
    body["missing"] = [
        {"part": part, "why": why.to(language)} for part, why in analysis.combinations.missing.items()
    ]
    body["not_proved"] = [
        {"question": question, "limit": limit} for question, limit in analysis.unfinished.items()
    ]
    return body


def _edge(edge: Edge | None, key: str) -> dict[str, Any] | None:
    if edge is None:
        return None
    said: dict[str, Any] = {
        "product": None if edge.product is None else str(edge.product),
        key: None if edge.amount is None else money(edge.amount),
    }
    if not edge.proved:
        said |= {"proved": False, "bound": None if edge.bound is None else money(edge.bound)}
    return said


def _refusal(refusal: Refusal, catalog: Catalog, language: Language) -> dict[str, Any]:
    path: Path = refusal.path
    site = catalog.site(refusal.entity, *path)
    return {
        "rule": refusal.rule,
        "reason": refusal.reason.to(language),
        "file": site.file,
        "line": site.span.line,
    }


def policy_object(proof: Proof) -> dict[str, Any]:
    """One bound of a policy in one segment."""
    counterexample = None
    if proof.status == "refuted" and proof.worst is not None:
        counterexample = str(proof.worst)
    return {
        "policy": proof.policy,
        "segment": proof.segment,
        "status": proof.status,
        "counterexample": counterexample,
        "bounds": {
            proof.side: _bound(proof),
            "reached": _reached(proof),
            "known": None if proof.known is None else money(proof.known),
        },
        "closest": None if proof.worst is None else str(proof.worst),
        "breaking": None if proof.breaking is None else count(proof.breaking),
        "why": proof.why or None,
    }


def _bound(proof: Proof) -> str:
    if proof.is_ratio:
        return str(float(proof.bound))
    return str(int(proof.bound)) if proof.is_number else money(int(proof.bound * 100))


def _reached(proof: Proof) -> str | None:
    if proof.is_ratio:
        return None if proof.ratio is None else f"{float(proof.ratio):.6f}"
    if proof.amount is None:
        return None
    return str(proof.amount) if proof.is_number else money(proof.amount)


def _histogram(found: Histogram) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "stretches": [
            {"from": money(low), "to": money(high), "products": count(number)}
            for low, high, number in found.stretches()
        ],
    }
