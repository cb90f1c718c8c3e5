"""The finding for a check that could not finish."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding

CRASHED = Code("CK099", "check-crashed")


@check(CRASHED)
def check_crashed(checking: Checking) -> Iterable[Finding]:  # noqa: ARG001 - the run itself finds these
    """A check could not finish; the fault is cardkit's, not the catalog's.

    某项检查没能做完：这是 cardkit 的问题，不是目录的问题。

    Why: A check that fails without a word would look like a catalog without that fault. All other checks
        ran as usual.
    为什么：检查无声地失败，看上去就像目录没有问题。其余检查照常进行。
    Bad:
        any catalog that a check stumbles over
        让某项检查出错的任何目录
    Good:
        the same catalog, once cardkit is mended
        cardkit 修好之后的同一个目录
    Source: docs/architecture.md
    """
    return ()
