"""For each thing that a customer is promised: which way it gets worse for them.

Written by hand, beside the records and not in them: a record says what a field is, this what a change of it
means to those who hold the card already. A test finds public fields that are missing here.
"""

from collections.abc import Mapping
from typing import Literal

from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import is_record
from cardkit.mechanics import (
    cashback,
    common,
    discount,
    draw,
    earn,
    entitlement,
    fee_waiver,
    instalment,
    insurance,
    milestone,
    milestone_step,
    redeem,
    service,
    voucher,
)
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.occasion import Occasion
from cardkit.mechanics.tiers import RateTier
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign, Clock
from cardkit.model.card import TIERS, Card
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier
from cardkit.model.settings import MultiModuleDiscount, PointsCurrency, Settings

Family = Literal["fee", "benefit", "cap", "count", "condition"]
"""What kind of promise it is; each has its check."""
Absent = Literal["zero", "unlimited", "unknown"]
"""What a number that is left out comes to: nothing, no bound, or nothing that compares."""


@frozen
class Number:
    """A number: it gets worse when it rises, or else when it falls."""

    family: Family
    worse: Literal["higher", "lower"]
    absent: Absent = "unknown"


@frozen
class Word:
    """One of some words, the best for the customer first, equals together; others don't compare."""

    family: Family
    best_first: tuple[tuple[str, ...], ...]


@frozen
class Flag:
    """Yes or no: which of them is worse."""

    family: Family
    worse: bool


@frozen
class Members:
    """A list of ids: what is no longer in it is lost. With `all_when_empty`, an empty list names them all."""

    family: Family
    all_when_empty: bool = False


@frozen
class Others:
    """A list of ids or texts that don't count: what is added is lost."""

    family: Family


@frozen
class Demand:
    """A condition in words: to state one where there was none is worse; how words compare nobody can say."""

    family: Family


@frozen
class Inside:
    """A record, or a list of records, with promises of its own.

    `lost` is what it means when one is gone, `gained` when one appears; None: it is no loss.
    """

    lost: Family | None = None
    gained: Family | None = None


@frozen
class Dates:
    """A span of days that ends earlier, or begins later, than was announced."""


Direction = Number | Word | Flag | Members | Others | Demand | Inside | Dates

_OFTEN = (
    ("calendar-day",),
    ("calendar-month", "statement-month"),
    ("calendar-quarter",),
    ("calendar-year", "anniversary-year"),
)
_COMPARISON = Word("condition", ((">=",), (">",)))
_PERIOD = Word("count", _OFTEN)
_MINIMUM = Number("condition", "higher", "zero")

DIRECTIONS: Mapping[type, Mapping[str, Direction]] = {
    Entity: {"valid": Dates()},
    Card: {
        "tier": Word("benefit", tuple((tier,) for tier in reversed(TIERS))),
        "annual_fee": Number("fee", "higher"),
        "fx_markup": Number("fee", "higher", "zero"),
        "slots": Number("count", "lower"),
        "eligible_segments": Members("condition", all_when_empty=True),
        "minimum_age": _MINIMUM,
        "core": Inside(lost="benefit"),
        "benefits": Inside(lost="benefit"),
    },
    Module: {
        "price": Number("fee", "higher"),
        "slots": Number("condition", "higher"),
        "eligible_segments": Members("condition", all_when_empty=True),
        "benefits": Inside(lost="benefit"),
    },
    Bundle: {
        "modules": Members("benefit"),
        "segments": Members("condition"),
        "discount": Number("fee", "lower", "zero"),
    },
    ServiceTier: {
        "segments": Members("condition", all_when_empty=True),
        "cards": Members("condition", all_when_empty=True),
        "benefits": Inside(lost="benefit"),
    },
    Campaign: {
        "window": Dates(),
        "clocks": Inside(),
        "quota": Number("cap", "lower", "unlimited"),
        "benefits": Inside(lost="benefit"),
    },
    Clock: {"days": Number("condition", "lower")},
    Settings: {
        "notice_days": Number("condition", "lower"),
        "points_currencies": Inside(),
        "multi_module_discounts": Inside(lost="fee"),
    },
    PointsCurrency: {"expiry_months": Number("condition", "lower", "unlimited")},
    MultiModuleDiscount: {"amount": Number("fee", "lower", "zero")},
    Benefit: {
        "eligibility": Inside(),
        "enrolment": Word("condition", (("automatic",), ("register",), ("claim",))),
        "scope": Inside(gained="condition"),
        "limits": Inside(gained="cap"),
        "validity": Dates(),
        "pool": Inside(gained="cap"),
        "sharing": Inside(lost="benefit"),
        "exclusions": Others("condition"),
    },
    common.Eligibility: {
        "segments": Members("condition", all_when_empty=True),
        "holder": Word("condition", (("main-and-supplementary",), ("main",))),
        "minimum_age": _MINIMUM,
        "condition": Demand("condition"),
    },
    common.Scope: {
        "categories": Members("condition", all_when_empty=True),
        "excluded_categories": Others("condition"),
        "partner": Demand("condition"),
        "places": Demand("condition"),
        "calendar": Demand("condition"),
    },
    common.Limit: {"most": Number("cap", "lower", "unlimited")},
    common.Pool: {
        "units": Number("cap", "lower", "unlimited"),
        "periods": Number("cap", "lower", "unlimited"),
    },
    common.Sharing: {"people": Number("count", "lower", "zero")},
    common.Validity: {"days_after_grant": Number("condition", "lower", "unlimited")},
    earn.Earn: {
        "yuan_per_point": Number("benefit", "higher"),
        "multiplier": Number("benefit", "lower"),
        "multiplier_counts": Word("benefit", (("incremental",), ("total",))),
        "occasion": Inside(gained="condition"),
    },
    Occasion: {"periods": Number("count", "lower", "unlimited")},
    redeem.Redeem: {"points": Number("benefit", "higher")},
    cashback.Cashback: {
        "amount": Number("benefit", "lower", "zero"),
        "rate": Number("benefit", "lower", "zero"),
        "tiers": Inside(lost="benefit"),
        "minimum_ticket": _MINIMUM,
        "maximum_ticket": Number("cap", "lower", "unlimited"),
        "comparison": _COMPARISON,
    },
    RateTier: {"from_spend": _MINIMUM, "rate": Number("benefit", "lower", "zero")},
    milestone.Milestone: {
        "steps": Inside(lost="benefit"),
        "mode": Word("benefit", (("cumulative",), ("highest",))),
        "repeats": Flag("benefit", worse=False),
    },
    milestone_step.Step: {
        "threshold": _MINIMUM,
        "share": Number("condition", "higher", "zero"),
        "comparison": _COMPARISON,
        "within_days": Number("condition", "lower", "unlimited"),
        "streak": _MINIMUM,
        "condition": Demand("condition"),
        "reward_face": Number("benefit", "lower"),
    },
    entitlement.Entitlement: {
        "count": Number("count", "lower", "unlimited"),
        "period": _PERIOD,
        "guests": Inside(lost="count"),
    },
    entitlement.Guests: {
        "most": Number("count", "lower", "zero"),
        "counted": Flag("count", worse=True),
    },
    voucher.Voucher: {
        "face": Number("benefit", "lower"),
        "count": Number("count", "lower"),
        "period": _PERIOD,
        "minimum_spend": _MINIMUM,
        "life_days": Number("condition", "lower", "unlimited"),
        "customer_price": Number("fee", "higher", "zero"),
    },
    discount.Discount: {
        "rate": Number("benefit", "lower", "zero"),
        "amount": Number("benefit", "lower", "zero"),
        "cap_per_use": Number("cap", "lower", "unlimited"),
        "uses": Number("count", "lower", "unlimited"),
        "period": _PERIOD,
        "minimum_spend": _MINIMUM,
        "comparison": _COMPARISON,
    },
    instalment.Instalment: {
        "tenors": Inside(lost="benefit"),
        "minimum_amount": _MINIMUM,
        "maximum_amount": Number("cap", "lower", "unlimited"),
    },
    instalment.Tenor: {"customer_rate": Number("fee", "higher")},
    insurance.Insurance: {
        "sum_insured": Number("benefit", "lower"),
        "customer_price": Number("fee", "higher", "zero"),
    },
    fee_waiver.FeeWaiver: {
        "waived": Number("benefit", "lower", "zero"),
        "threshold": _MINIMUM,
        "comparison": _COMPARISON,
        "points": Number("condition", "higher"),
        "first_year_free": Flag("benefit", worse=False),
    },
    service.Service: {"tier_threshold": _MINIMUM, "comparison": _COMPARISON},
    draw.Draw: {"prizes": Inside(lost="benefit")},
    draw.Prize: {
        "value": Number("benefit", "lower"),
        "count": Number("count", "lower"),
    },
    Feature: {"shares": Members("benefit")},
}
"""By record and by field; what a record inherits counts too."""

NO_PROMISE = frozenset(
    {
        # what things are called, and words that only a person can weigh: the wording section shows them
        "id", "name", "short_name", "description", "mechanic", "unit", "about", "when", "reward", "cover",
        "goal", "entry", "draw_time", "draw_manner", "organiser", "purpose",
        # another thing altogether, neither more nor less: the wording shows that too
        "group", "card", "currency", "insurer", "metric", "level", "fee", "start", "clock", "book",
        # how what is promised is counted: it has no better and worse without the numbers beside it
        "period", "window", "counts", "rounding", "tier_rates", "fee_timing", "condition",
        # part of what tells one record of a list from another, or compared as a span of days
        "months", "from", "until",
    }
)  # fmt: skip
"""Public fields of which no direction is stated, by their keys, each with its reason above."""


def directions_of(made: type) -> dict[str, Direction]:
    """The directions of a record's fields, inherited ones first."""
    found: dict[str, Direction] = {}
    for base in reversed(made.__mro__):
        if is_record(base):
            found |= DIRECTIONS.get(base, {})
    return found
