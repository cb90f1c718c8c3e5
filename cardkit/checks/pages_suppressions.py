"""CK91: the pages of faults in suppressions. The run finds them, once every check is through."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding, Severity

MALFORMED = Code("CK910", "malformed-suppression")
EXPIRED = Code("CK911", "expired-suppression", Severity.WARNING)
UNUSED = Code("CK912", "unused-suppression", Severity.WARNING)


@check(MALFORMED)
def malformed_suppression(checking: Checking) -> Iterable[Finding]:  # noqa: ARG001 - the run finds these
    """A suppression can't be read, has no reason, or names a check that doesn't exist.

    抑制注释看不懂、没有写原因，或者写了不存在的检查。

    Why: It would suppress nothing, or, without a reason, something that no reviewer can judge a year later.
        Findings about suppressions, hidden characters and faults of cardkit can't be suppressed at all.
    为什么：看不懂的注释什么也抑制不了；没有原因，一年以后谁也判断不了该不该留。
        关于抑制注释本身、隐藏字符和 cardkit 自身故障的发现不能抑制。
    Bad (modules/pet-care.yaml):
        price: 60 # cardkit: ignore[no-price] # here
    Good (modules/pet-care.yaml):
        id: pet-care
        # cardkit: ignore[long-name] reason="printed on the partner's boards"
        name: {zh: 宠物医疗包, en: Pack of rights for people and their pets}
    Source: docs/guide.md
    """
    return ()


@check(EXPIRED)
def expired_suppression(checking: Checking) -> Iterable[Finding]:  # noqa: ARG001 - the run finds these
    """A suppression's last day is over.

    抑制注释的最后一天已过。

    Why: What it suppressed counts again since then: mend it, or give the suppression a later day.
    为什么：从那以后它抑制的问题重新计入：请改正问题，或者写一个更晚的日期。
    Bad (modules/pet-care.yaml):
        price: 60 # cardkit: ignore[no-price] until=2026-06-30 reason="free until the launch" # here
    Good (modules/pet-care.yaml):
        id: pet-care
        # cardkit: ignore[long-name] until=2027-01-31 reason="printed on the partner's boards"
        name: {zh: 宠物医疗包, en: Pack of rights for people and their pets}
    Source: docs/guide.md
    """
    return ()


@check(UNUSED)
def unused_suppression(checking: Checking) -> Iterable[Finding]:  # noqa: ARG001 - the run finds these
    """A suppression suppresses nothing.

    抑制注释没有抑制任何问题。

    Why: The fault is mended, or the comment stands on the wrong line; either way it would one day hide a
        fault that nobody meant.
    为什么：问题已经改正，或者注释写错了行；留着它，有一天会盖住谁也没想到的问题。
    Bad (modules/pet-care.yaml):
        price: 60 # cardkit: ignore[no-price] reason="free until the launch" # here
    Good (modules/pet-care.yaml):
        price: 60
    Source: docs/guide.md
    """
    return ()
