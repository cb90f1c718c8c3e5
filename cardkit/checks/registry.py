"""Every check, in the order of their codes. Written by hand; a test finds the forgotten and the doubled."""

from cardkit.checks import crashed, identities, references
from cardkit.checks.base import Check
from cardkit.checks.page import Page

CHECKS: tuple[Check, ...] = (
    crashed.check_crashed,
    references.unknown_id,
    references.wrong_kind,
    identities.duplicate_id,
    identities.duplicate_part_id,
    references.unknown_benefit,
    identities.unknown_clock,
    identities.unreadable_product,
    identities.unused,
    references.repeated_reference,
)

BY_CODE = {check.code.id: check for check in CHECKS}
BY_NAME = {check.code.name: check for check in CHECKS}


def check_of(code_or_name: str) -> Check | None:
    """The check of a code (`CK201`, in any case) or a name (`unknown-id`); None where there is none."""
    return BY_CODE.get(code_or_name.strip().upper()) or BY_NAME.get(code_or_name.strip().lower())


def page_of(code_or_name: str) -> Page | None:
    """The page of a check by its code or name; None where there is none."""
    found = check_of(code_or_name)
    return None if found is None else found.page
