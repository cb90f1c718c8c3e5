"""Benefits that ask for the same figures: where one of them has a price, the others have one too."""

from datetime import date
from fractions import Fraction
from typing import Any

from cardkit.ground.shape.base import declared, is_record
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.entitlement import Entitlement
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.insurance import Insurance
from cardkit.mechanics.voucher import Voucher
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier

PLAIN = (Entitlement, Voucher, Feature, Insurance)
"""Mechanics whose arithmetic always ends in a number once its figures are there."""

Likeness = tuple[Any, ...]


class _Particular(Exception):
    """Something that makes a benefit's price depend on more than which figures there are."""


def likeness(holder: Card | Module | ServiceTier | Campaign, benefit: Benefit) -> Likeness | None:
    """What a benefit has in common with all that ask for the same figures; None for one that is particular.

    Particular are mechanics that may refuse figures that are there, figures that are dated or differ by
    segment, pools and payers' caps (which depend on everybody who holds it), and holders with customer
    types of their own.
    """
    if type(benefit) not in PLAIN or benefit.pool is not None:
        return None
    if isinstance(holder, Card | Campaign) or (
        isinstance(holder, Module) and any(demand.types for demand in (holder.segments or {}).values())
    ):
        return None
    if benefit.funding is not None and any(funder.cap is not None for funder in benefit.funding.shares):
        return None
    try:
        return _of_record(benefit)
    except _Particular:
        return None


def fee_likeness(module: Module) -> Likeness | None:
    """As `likeness`, for a module's fee, which asks for its price and for figures of the whole catalog."""
    try:
        return (Module, _of_value(module.price))
    except _Particular:
        return None


def _of_record(record: Any) -> Likeness:
    """A record's class and, for each field that a file gives, what decides which figures are asked for."""
    made = type(record)
    parts: list[Any] = [made]
    for name, default in _fields(made):
        value = getattr(record, name)
        if value is not default:
            parts.append((name, _of_value(value)))
    return tuple(parts)


_FIELDS: dict[type, tuple[tuple[str, Any], ...]] = {}


def _fields(made: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a record that may matter, with their defaults; looked up once for each class."""
    if made not in _FIELDS:
        _FIELDS[made] = _listed(made)
    return _FIELDS[made]


def _listed(made: type) -> tuple[tuple[str, Any], ...]:
    return tuple((name, default) for name, _, _, default in declared(made) if name not in ("id", "name"))


def _of_value(value: Any) -> Any:
    if isinstance(value, Figure):
        if value.by_segment or len(value.entries) != 1 or value.entries[0].since is not None:
            raise _Particular
        return value.entries[0].value == 0  # nothing more is asked of a benefit that nobody takes up
    if isinstance(value, tuple):
        return tuple(_of_value(inner) for inner in value)
    if is_record(type(value)):
        return _of_record(value)
    if isinstance(value, Text):
        return True
    if isinstance(value, str | int | bool | date | Fraction) or value is None:
        return value
    raise _Particular
