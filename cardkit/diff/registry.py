"""Every check of a change, in the order of their codes. Written by hand; a test finds the forgotten."""

from typing import TYPE_CHECKING

from cardkit.diff import promises, waived
from cardkit.diff.promise import PromiseCheck

if TYPE_CHECKING:
    from cardkit.checks.page import Page

PROMISES: tuple[PromiseCheck, ...] = (
    promises.fee_raised,
    promises.benefit_reduced,
    promises.cap_reduced,
    promises.count_reduced,
    promises.condition_tightened,
    promises.retired_while_sold,
    promises.announced_date_moved,
    promises.notice_too_short,
    promises.edited_in_place,
    waived.expired_waiver,
)


def promise_of(code_or_name: str) -> PromiseCheck | None:
    """The check of a code (`CK801`, in any case) or a name (`fee-raised`); None where there is none."""
    word = code_or_name.strip()
    return next(
        (each for each in PROMISES if word.upper() == each.code.id or word.lower() == each.code.name), None
    )


def promise_page_of(code_or_name: str) -> "Page | None":
    """The page of a check of CK8 by its code or name; None where there is none."""
    found = promise_of(code_or_name)
    return None if found is None else found.page
