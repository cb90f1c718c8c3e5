"""How strictly law and wording (CK7) are taken: while a catalog is written, and before customers see it."""

from dataclasses import replace

from cardkit.checks.run import Outcome
from cardkit.ground.finding import Code, Finding, Severity
from cardkit.ground.text import Text

FAMILY = "CK7"

PROFILES: dict[str, Text] = {
    "standard": Text(
        "已核对的法规报错误，未核对的报警告",
        "confirmed law gives errors, unconfirmed law warnings",
    ),
    "strict": Text(
        "法规与措辞的所有问题都是错误，未核对的法规也算：上线之前用",
        "everything about law and wording is an error, unconfirmed law too: before customers see it",
    ),
    "draft": Text(
        "法规与措辞的问题降一级，不拦截草稿：编写时用",
        "everything about law and wording is one level lower and stops nothing: while it is written",
    ),
}
"""The profiles by the word that `--profile` takes. Other families of checks are the same in each."""

_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTE, Severity.NOTE: Severity.NOTE}


def under(profile: str, outcome: Outcome) -> Outcome:
    """What was found, with the severities of a profile."""
    if profile == "standard":
        return outcome
    return Outcome(
        tuple(_under(profile, finding) for finding in outcome.findings),
        tuple(_under(profile, finding) for finding in outcome.suppressed),
    )


def _under(profile: str, finding: Finding) -> Finding:
    code = finding.code
    if not code.id.startswith(FAMILY):
        return finding
    severity = Severity.ERROR if profile == "strict" else _LOWER[code.severity]
    return replace(finding, code=Code(code.id, code.name, severity))
