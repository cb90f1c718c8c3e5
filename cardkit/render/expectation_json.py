"""Outcomes of expectations as the JSON that other programs rely on."""

from collections.abc import Sequence
from typing import Any

from cardkit.expectations.outcome import Miss, Outcome
from cardkit.ground.safe import clean, one_line
from cardkit.ground.text import Language, Text


def outcomes_body(outcomes: Sequence[Outcome], language: Language) -> dict[str, Any]:
    """The body beside the envelope: `ok`, each expectation, how many hold."""
    holding = sum(outcome.holds for outcome in outcomes)
    return {
        "ok": holding == len(outcomes),
        "expectations": [_outcome(outcome, language) for outcome in outcomes],
        "counts": {"expectations": len(outcomes), "hold": holding, "fail": len(outcomes) - holding},
    }


def _outcome(outcome: Outcome, language: Language) -> dict[str, Any]:
    """One expectation, the day that counted for it, and what is not as expected."""
    expectation, site = outcome.expectation, outcome.site
    return {
        "name": one_line(expectation.name.to(language)),
        "expect": expectation.expect,
        "subject": one_line(expectation.subject),
        "as_of": outcome.as_of.isoformat(),
        "holds": outcome.holds,
        "file": clean(site.file),
        "line": site.span.line,
        "column": site.span.column,
        "pointer": clean(site.pointer),
        "misses": [_miss(miss, language) for miss in outcome.misses],
    }


def _miss(miss: Miss, language: Language) -> dict[str, str]:
    def said(text: Text) -> str:
        return one_line(text.to(language))

    return {
        "what": said(miss.what),
        "expected": said(miss.expected),
        "got": said(miss.got),
        "why": said(miss.why),
    }
