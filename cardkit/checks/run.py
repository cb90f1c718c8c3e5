"""Runs every check over a catalog; one that crashes is a finding and hides none of the others."""

from collections.abc import Iterable
from datetime import date

from cardkit.checks.base import Check
from cardkit.checks.checking import Checking
from cardkit.checks.crashed import CRASHED
from cardkit.checks.pages_suppressions import malformed_suppression
from cardkit.checks.registry import CHECKS
from cardkit.checks.suppressions import Applied, apply
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Site
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.solve.limits import Limits


@frozen
class Outcome:
    """What was found on a day, and what comments in the catalog suppress of it, each by file and position."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def run(catalog: Catalog, as_of: date, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """The findings of every check on a day that aren't suppressed, in order. Raises nothing."""
    return list(examine(catalog, as_of, checks).findings)


def examine(
    catalog: Catalog, as_of: date, checks: tuple[Check, ...] = CHECKS, limits: Limits | None = None
) -> Outcome:
    """Everything that the checks find on a day. Raises nothing.

    `limits` are those of proofs about all products.

    Every check runs to its end before suppressions are applied: only then is it known which are unused.
    """
    checking = Checking(catalog, as_of, limits)
    found: list[Finding] = []
    finished: set[str] = set()
    for check in checks:
        try:
            for finding in check(checking):  # one by one: what was found before a crash stays
                found.append(finding)  # noqa: PERF402
            finished.add(check.code.id)
        except CardkitError as error:
            # Without catalog.yaml many checks can't say anything; what is wrong with it is said already.
            if catalog.known_settings is not None:
                found.append(_crashed(check, error.message))
        except Exception as error:  # noqa: BLE001 - a fault of cardkit must not hide the catalog's own
            what = f"{type(error).__name__}: {error}"
            found.append(_crashed(check, Text(what, what)))
    applied = _without_suppressed(checking, list(dict.fromkeys(found)), finished)
    return Outcome(_in_order(applied.findings), _in_order(applied.suppressed))


def _without_suppressed(checking: Checking, found: list[Finding], finished: set[str]) -> Applied:
    try:
        # What can't be built, or refers to nothing, keeps checks from looking: then nothing is called unused.
        whole = checking.settings is not None and not checking.has_unknown_ids
        return apply(checking.catalog, checking.as_of, found, finished if whole else ())
    except Exception as error:  # noqa: BLE001 - as above: then nothing is suppressed
        what = f"{type(error).__name__}: {error}"
        return Applied((*found, _crashed(malformed_suppression, Text(what, what))), ())


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.order))


def _crashed(check: Check, why: Text) -> Finding:
    name = check.code.name
    return Finding(
        CRASHED,
        Site("catalog.yaml"),
        Text(
            f"检查 {check.code.id} {name} 没能做完：{why.zh}",
            f"The check {check.code.id} {name} could not finish: {why.en}",
        ),
        Text(
            "其余检查已照常进行；请把这条消息报告给 cardkit", "all others ran; please report this to cardkit"
        ),
    )
