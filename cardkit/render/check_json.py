"""The verdict on a product as JSON."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from cardkit.ground.money import Fen, plain_number
from cardkit.ground.text import Language
from cardkit.model.catalog import Catalog
from cardkit.model.refusal import Refusal, Used, Weight
from cardkit.render.data_json import money
from cardkit.solve.conflicts import Conflicts
from cardkit.solve.suggestions import Suggestion
from cardkit.solve.verdict import Verdict


def check_body(catalog: Catalog, verdict: Verdict, language: Language) -> dict[str, Any]:
    """The members of the document, the verdict first."""
    near = verdict.nearest
    return {
        "product": str(verdict.product),
        "sellable": verdict.sellable,
        "sellable_segments": list(verdict.segments),
        "conflict_sets": _sets(catalog, verdict.conflicts, language),
        "conflict_sets_complete": verdict.conflicts.complete,
        "even_if_extended": _sets(catalog, verdict.extended, language),
        "even_if_extended_complete": verdict.extended.complete,
        "aim": verdict.aim,
        "suggestions": [_suggestion(suggestion) for suggestion in near.suggestions],
        "suggestions_complete": near.complete,
        "more_suggestions": near.others,
    }


def _sets(catalog: Catalog, conflicts: Conflicts, language: Language) -> list[list[dict[str, Any]]]:
    return [
        [_rule(catalog, refusal, conflicts.refusing, language) for refusal in refusals]
        for refusals in conflicts.sets
    ]


def _rule(
    catalog: Catalog, refusal: Refusal, refusing: Mapping[str, Sequence[str]], language: Language
) -> dict[str, Any]:
    site = catalog.site(refusal.entity, *refusal.path)
    return {
        "rule": refusal.rule,
        "reason": refusal.reason.to(language),
        "file": site.file,
        "line": site.span.line,
        "missing": [list(names) for names in refusal.missing],
        "used": None if refusal.used is None else _used(refusal.used),
        **({"segments": list(refusing[refusal.rule])} if refusal.rule in refusing else {}),
    }


def _used(used: Used) -> dict[str, Any]:
    return {
        "total": _number(used.total),
        "least": None if used.least is None else _number(used.least),
        "most": None if used.most is None else _number(used.most),
        "modules": {name: _number(weight) for name, weight in used.parts},
    }


def _number(weight: Weight) -> str:
    """As a string, like every amount: it may have decimals."""
    return plain_number(Fraction(weight))


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "product": str(suggestion.product),
        "changes": list(suggestion.changes),
        "contribution_change": _money(suggestion.contribution_change),
        "customer_net_change": _money(suggestion.customer_net_change),
    }


def _money(fen: Fen | None) -> str | None:
    return None if fen is None else money(fen)
