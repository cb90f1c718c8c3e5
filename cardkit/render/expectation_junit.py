"""Outcomes of expectations as JUnit's XML: each expectation is a test, its file the class."""

from collections.abc import Sequence

from cardkit.expectations.outcome import Outcome
from cardkit.ground.finding import Finding
from cardkit.ground.text import Language, Text
from cardkit.render.junit import Case, Suite, document

_COLON = Text("：", ": ")
_GOT = Text("，实为 ", ", got ")


def render(
    outcomes: Sequence[Outcome], faults: Sequence[Finding], language: Language, *, ascii_only: bool = False
) -> str:
    """One suite. A fault of a file is a failed test of its own: what couldn't be read must not look fine."""
    cases = [_case(outcome, language) for outcome in outcomes]
    cases += [_faulty(finding, language) for finding in faults]
    return document(Suite("cardkit test", tuple(cases)), ascii_only=ascii_only)


def _case(outcome: Outcome, language: Language) -> Case:
    name, file = outcome.expectation.name.to(language), outcome.site.file
    if outcome.holds:
        return Case(file, name)
    lines = [
        (miss.what + _COLON + miss.expected + _GOT + miss.got + _COLON + miss.why).to(language)
        for miss in outcome.misses
    ]
    body = (f"{file}:{outcome.site.span.line}:{outcome.site.span.column}", *lines)
    return Case(file, name, lines[0], outcome.expectation.expect, body)


def _faulty(finding: Finding, language: Language) -> Case:
    where = f"{finding.site.file}:{finding.site.span.line}:{finding.site.span.column}"
    message = finding.message.to(language)
    hint = () if finding.hint is None else (finding.hint.to(language),)
    code = finding.code
    return Case(finding.site.file, f"{code.id} {code.name}", message, code.id, (where, message, *hint))
