"""Every check, in the order of their codes. Written by hand; a test finds the forgotten and the doubled."""

from cardkit.checks import (
    combinations,
    crashed,
    groups,
    identities,
    overlap,
    pages_reading,
    pages_schema,
    references,
    rules,
)
from cardkit.checks.base import Check
from cardkit.checks.page import Page

CHECKS: tuple[Check, ...] = (
    pages_reading.not_utf8,
    pages_reading.syntax,
    pages_reading.duplicate_key,
    pages_reading.ambiguous_scalar,
    pages_reading.alias,
    pages_reading.tag,
    pages_reading.forbidden_character,
    pages_reading.merge_key,
    pages_reading.directive,
    pages_reading.several_documents,
    pages_reading.key_not_text,
    pages_reading.empty_document,
    pages_reading.root_not_mapping,
    pages_reading.file_too_large,
    pages_reading.too_deep,
    pages_reading.too_many_values,
    pages_reading.scalar_too_long,
    pages_reading.conflict_marker,
    pages_reading.lfs_pointer,
    pages_reading.html_page,
    pages_reading.more_faults,
    pages_reading.file_suffix,
    pages_reading.symbolic_link,
    pages_reading.not_a_file,
    pages_reading.unreadable_file,
    pages_reading.unsafe_file_name,
    pages_reading.too_many_files,
    pages_reading.catalog_too_large,
    pages_reading.folders_too_deep,
    crashed.check_crashed,
    pages_schema.unknown_key,
    pages_schema.missing_key,
    pages_schema.wrong_type,
    pages_schema.unknown_word,
    pages_schema.wrong_form,
    pages_schema.out_of_bounds,
    pages_schema.too_few,
    pages_schema.too_many,
    pages_schema.wrong_value,
    pages_schema.unknown_kind,
    pages_schema.wrong_folder,
    pages_schema.id_is_not_file_name,
    references.unknown_id,
    references.wrong_kind,
    identities.duplicate_id,
    identities.duplicate_part_id,
    references.unknown_benefit,
    identities.unknown_clock,
    identities.unreadable_product,
    identities.unused,
    references.repeated_reference,
    overlap.undeclared_overlap,
    overlap.benefit_in_two_groups,
    groups.group_of_unequals,
    overlap.group_never_meets,
    combinations.card_without_core,
    combinations.unsellable_bundle,
    combinations.unsellable_product,
    rules.impossible_rule,
    rules.contradictory_rule,
    combinations.overlapping_bundles,
    combinations.module_without_card,
    combinations.nothing_to_sell,
    rules.rule_without_effect,
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
