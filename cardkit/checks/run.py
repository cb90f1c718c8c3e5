"""Runs every check over a catalog; one that crashes is a finding and hides none of the others."""

from datetime import date

from cardkit.checks.base import Check
from cardkit.checks.checking import Checking
from cardkit.checks.crashed import CRASHED
from cardkit.checks.registry import CHECKS
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Site
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog


def run(catalog: Catalog, as_of: date, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """The findings of every check on a day, by file and position. Raises nothing."""
    checking = Checking(catalog, as_of)
    found: list[Finding] = []
    for check in checks:
        try:
            for finding in check(checking):  # one by one: what was found before a crash stays
                found.append(finding)  # noqa: PERF402
        except CardkitError as error:
            # Without catalog.yaml many checks can't say anything; what is wrong with it is said already.
            if catalog.known_settings is not None:
                found.append(_crashed(check, error.message))
        except Exception as error:  # noqa: BLE001 - a fault of cardkit must not hide the catalog's own
            what = f"{type(error).__name__}: {error}"
            found.append(_crashed(check, Text(what, what)))
    return sorted(dict.fromkeys(found), key=lambda finding: finding.order)


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
