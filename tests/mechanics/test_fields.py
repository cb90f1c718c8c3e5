"""The registry is complete, no private figure is public, and keys that don't go together are refused."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import cardkit.mechanics
from cardkit.ground.errors import CardkitError
from cardkit.ground.shape.base import Definitions, ShapeError, items_of
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import METRICS
from cardkit.mechanics.milestone_step import METRICS as MILESTONE_METRICS
from cardkit.mechanics.milestone_step import NEEDS
from cardkit.mechanics.milestone_wording import CONDITIONS
from cardkit.mechanics.registry import BENEFIT, MECHANICS, WORDS

Make = Callable[..., Any]

PRIVATE = {
    "take_up",
    "funding",
    "valuation",
    "usage",
    "demand_share",
    "demand_factor",
    "cost_basis",
    "unit_cost",
    "retail_value",
    "claim",
    "redeemed",
    "cost_ratio",
    "cost_per_point",
    "mix_share",
    "probability",
    "month_probabilities",
    "staff",
    "p_activate",
    "reference_rate",
    "contracts",
    "mean_principal",
    "premium",
    "expected_claims",
    "new_share",
    "staff_cost",
    "customers_per_manager",
    "contacts",
    "contact_cost",
    "entrants",
    "fixed_cost",
}


def test_every_mechanic_is_registered_once() -> None:
    for module in pkgutil.iter_modules(cardkit.mechanics.__path__):
        importlib.import_module(f"cardkit.mechanics.{module.name}")
    written = {made for made in Benefit.__subclasses__() if made.__module__.startswith("cardkit.mechanics.")}
    # a dataclass with slots is a second class under the name of the first, and only the second counts
    assert {made.__qualname__ for made in written} == {made.__qualname__ for made in MECHANICS}
    assert len(set(MECHANICS)) == len(MECHANICS) == len(WORDS)


def records(made: type) -> Iterator[type]:
    yield made
    for entry in items_of(made).values():
        shape = entry.shape.inner if isinstance(entry.shape, ListOf) else entry.shape
        if isinstance(shape, Record):
            yield from records(shape.made)


@pytest.mark.parametrize("made", MECHANICS, ids=list(WORDS))
def test_what_the_bank_assumes_and_pays_is_never_public(made: type[Benefit]) -> None:
    for record in records(made):
        for name, entry in items_of(record).items():
            assert not (entry.public and name in PRIVATE), f"{record.__name__}.{name}"


@pytest.mark.parametrize("made", MECHANICS, ids=list(WORDS))
def test_every_mechanic_says_its_formula_and_names_its_limits(made: type[Benefit]) -> None:
    assert made.__doc__
    assert set(made.LIMITED_BY) <= set(METRICS)


def test_the_schema_names_every_mechanic() -> None:
    definitions: Definitions = {}
    BENEFIT.schema(definitions)
    assert definitions["benefit"]["properties"]["mechanic"]["enum"] == list(WORDS)


def test_every_metric_of_a_milestone_has_its_needs_and_its_sentence() -> None:
    assert set(NEEDS) == set(MILESTONE_METRICS)
    assert set(CONDITIONS) == set(MILESTONE_METRICS) - {"event"}


def cap(metric: str, period: str) -> dict[str, Any]:
    return {"limits": [{"metric": metric, "most": 10, "period": period}]}


REWARD = {"reward": {"zh": "券", "en": "a voucher"}, "unit_cost": 1, "retail_value": 1}
EARN = {"currency": "points", "yuan_per_point": 20}
SERVICE = {"about": {"zh": "管家", "en": "a manager"}, "retail_value": 1}
PLAN = {
    "purpose": {"zh": "用品", "en": "goods"},
    "book": "consumption",
    "minimum_amount": 600,
    "maximum_amount": 5000,
    "reference_rate": "0.6%",
    "contracts": 1,
    "mean_principal": 1000,
}
VISIT = {"unit": {"zh": "体检", "en": "check"}, "count": 1, "period": "calendar-year", "unit_cost": 1}
LONELY = {"retail_value": 1}


def steps(metric: str, *given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"metric": metric, "steps": [step | REWARD for step in given]} | more


TIERS = [{"from_spend": 0, "rate": "1%"}, {"from_spend": 2000, "rate": "2%"}]
TIERED = {"tiers": TIERS, "tier_rates": "whole", "window": "calendar-month"}
BIRTHDAY = {"when": {"zh": "生日当月", "en": "your birthday month"}, "period": "calendar-month", "periods": 1}


FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "neither amount nor rate": ("cashback", {}, "an amount, a rate or tiers"),
    "both amount and rate": ("cashback", {"amount": 5, "rate": "1%"}, "an amount, a rate or tiers"),
    "times on a rate": ("cashback", {"rate": "1%"} | cap("times", "calendar-month"), "a rate in spend"),
    "spend on an amount": ("cashback", {"amount": 5} | cap("spend", "calendar-month"), "capped in times"),
    "a cap by purchase on an amount": (
        "cashback",
        {"amount": 5} | cap("reward", "purchase"),
        "needs no cap for each purchase",
    ),
    "tiers without what their rates hold for": (
        "cashback",
        {"tiers": TIERS, "window": "calendar-month"},
        "go together",
    ),
    "what tiers hold for without tiers": ("cashback", {"rate": "1%", "tier_rates": "whole"}, "go together"),
    "tiers out of order": ("cashback", TIERED | {"tiers": TIERS[::-1]}, "from_spend must rise"),
    "rates of the whole spend that fall": (
        "cashback",
        TIERED | {"tiers": [TIERS[0] | {"rate": "3%"}, TIERS[1]]},
        "must rise, or spending more",
    ),
    "a cap shorter than the tiers' window": (
        "cashback",
        TIERED | {"window": "calendar-quarter"} | cap("reward", "calendar-month"),
        "shorter than the tiers' window",
    ),
    "a cap by purchase on tiers": ("cashback", TIERED | cap("reward", "purchase"), "shorter than the tiers"),
    "a cap on spend over several windows": (
        "cashback",
        TIERED | cap("spend", "calendar-year"),
        "the period of their window|their window's period",
    ),
    "a maximum ticket below the minimum": (
        "cashback",
        {"rate": "1%", "minimum_ticket": 100, "maximum_ticket": 50},
        "below the minimum",
    ),
    "a purchase in and out of scope": (
        "cashback",
        {"rate": "1%", "scope": {"categories": ["dining"], "excluded_categories": ["rent"]}},
        "Name the categories that count, or the others",
    ),
    "thirteen birthday months": (
        "earn",
        EARN | {"occasion": BIRTHDAY | {"periods": 13}},
        "A year has only 12",
    ),
    "a statement rounded in a birthday month": (
        "earn",
        EARN | {"occasion": BIRTHDAY, "rounding": "statement"},
        "doesn't go with the occasion",
    ),
    "a daily cap in a birthday month": (
        "earn",
        EARN | {"occasion": BIRTHDAY} | cap("points", "calendar-day"),
        "shorter than the occasion's",
    ),
    "guests of what is paid by issue": (
        "entitlement",
        VISIT | LONELY | {"cost_basis": "per-eligible", "guests": {"most": 1, "places_taken": "40%"}},
        "Guests are for cost per use",
    ),
    "a fee paid with points of no currency": (
        "fee-waiver",
        {"fee": "annual", "condition": "points", "points": 6000, "enrolment": "claim", "take_up": "8%"},
        "Paying with points, and only that, has points",
    ),
    "points that pay the fee unasked": (
        "fee-waiver",
        {"fee": "annual", "condition": "points", "points": 6000, "currency": "points"},
        "the customer's choice",
    ),
    "points on cashback": ("cashback", {"rate": "1%"} | cap("points", "calendar-month"), "No cap on points"),
    "a cap where the count is the cap": (
        "entitlement",
        VISIT | LONELY | {"cost_basis": "per-eligible"} | cap("times", "calendar-month"),
        "No cap on times here",
    ),
    "per use without a usage": ("entitlement", VISIT | LONELY, "needs a usage"),
    "per issue without a claim rate": (
        "entitlement",
        VISIT | LONELY | {"cost_basis": "per-issue"},
        "needs a claim rate",
    ),
    "a multiplier that doesn't say what it counts": (
        "earn",
        EARN | {"multiplier": 3},
        "must say what it counts",
    ),
    "what a multiplier counts without a multiplier": (
        "earn",
        EARN | {"multiplier_counts": "total"},
        "must say what it counts",
    ),
    "a total multiplier of 1": (
        "earn",
        EARN | {"multiplier": 1, "multiplier_counts": "total"},
        "more than 1",
    ),
    "a reward cap on points": ("earn", EARN | cap("reward", "calendar-month"), "No cap on reward"),
    "a cap by purchase without rounding by purchase": (
        "earn",
        EARN | cap("points", "purchase"),
        "doesn't go with the rounding level",
    ),
    "a daily cap on statements": (
        "earn",
        EARN | {"rounding": "statement"} | cap("points", "calendar-day"),
        "doesn't go with the rounding level",
    ),
    "a monthly cap on spend with purchases rounded": (
        "earn",
        EARN | {"rounding": "purchase"} | cap("spend", "calendar-month"),
        "doesn't go with the rounding level",
    ),
    "a discount of nothing": (
        "discount",
        {"period": "calendar-year", "usage": "visits"},
        "Give a rate or an amount off",
    ),
    "a discount's cap in a shorter period": (
        "discount",
        {"rate": "5%", "period": "calendar-year", "usage": "visits"} | cap("reward", "calendar-month"),
        "can't be shorter",
    ),
    "a discount's cap by purchase": (
        "discount",
        {"rate": "5%", "period": "calendar-day", "usage": "visits"} | cap("reward", "purchase"),
        "can't be shorter",
    ),
    "a tenor twice": (
        "instalment",
        PLAN | {"tenors": [{"months": 3, "customer_rate": "0%", "share": "50%"}] * 2},
        "given twice",
    ),
    "several tenors without shares": (
        "instalment",
        PLAN | {"tenors": [{"months": months, "customer_rate": "0%"} for months in (3, 6)]},
        "each needs its share",
    ),
    "a condition without its threshold": (
        "fee-waiver",
        {"fee": "annual", "condition": "spend-year"},
        "have a threshold",
    ),
    "a threshold without its condition": (
        "fee-waiver",
        {"fee": "annual", "threshold": 5},
        "have a threshold",
    ),
    "a free first year without new holders": (
        "fee-waiver",
        {"fee": "annual", "condition": "first-year"},
        "has a new_share",
    ),
    "new holders without a free first year": (
        "fee-waiver",
        {"fee": "annual", "new_share": "20%"},
        "has a new_share",
    ),
    "a first year that is free anyway": (
        "fee-waiver",
        {"fee": "annual", "first_year_free": True, "new_share": "20%"},
        "includes the first year",
    ),
    "staff without customers": ("service", SERVICE | {"staff_cost": 100}, "go together"),
    "contacts without a cost": ("service", SERVICE | {"contacts": 1}, "go together"),
    "a service without any cost": ("service", SERVICE, "says nothing of its cost"),
    "a tier without a window": (
        "service",
        SERVICE | {"contacts": 0, "contact_cost": 0, "tier_threshold": 100},
        "window go together",
    ),
    "a step of spend without a window": (
        "milestone",
        steps("spend", {"threshold": 100}),
        "needs its window",
    ),
    "a step over days without its probability": (
        "milestone",
        steps("spend", {"threshold": 100, "within_days": 65}),
        "needs its probability",
    ),
    "a team's share of anything else": (
        "milestone",
        steps("referrals", {"threshold": 1, "share": "80%"}),
        "has no share",
    ),
    "steps of different windows": (
        "milestone",
        steps(
            "spend",
            {"threshold": 100, "window": "calendar-month"},
            {"threshold": 900, "window": "calendar-year"},
        ),
        "same window",
    ),
    "a streak that repeats": (
        "milestone",
        steps("instalment-months", {"streak": 6}, repeats=True),
        "windows that repeat",
    ),
    "months of something that has none": (
        "milestone",
        steps("referrals", {"threshold": 1}, month_probabilities=["50%"]),
        "months in a row",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_keys_that_do_not_go_together(name: str, benefit: Make) -> None:
    mechanic, data, message = FAULTS[name]
    with pytest.raises(ShapeError, match=message):
        benefit(mechanic, **data)


MISSING: dict[str, tuple[str, dict[str, Any], str]] = {
    "a birthday without its probability": (
        "milestone",
        steps("event", {"condition": {"zh": "生日", "en": "on your birthday"}}),
        "probability is missing",
    ),
    "a streak without its months": (
        "milestone",
        steps("instalment-months", {"streak": 6}),
        "probability is missing",
    ),
    "a team without its staff": ("milestone", steps("team-share", {"share": "80%"}), "staff is missing"),
    "points without a redemption rate": ("earn", EARN, "redemption_rate is missing"),
    "a draw of nobody": (
        "draw",
        {
            "prizes": [{"name": {"zh": "券", "en": "a voucher"}, "value": 8, "count": 1}],
            **{key: {"zh": "文", "en": "text"} for key in ("entry", "draw_time", "draw_manner", "organiser")},
        },
        "Nobody is in the draw",
    ),
    "a streak longer than its months": (
        "milestone",
        steps("instalment-months", {"streak": 6}, month_probabilities=["50%", "40%"]),
        "needs 6 probabilities",
    ),
    "tenors that nobody takes": (
        "instalment",
        PLAN | {"tenors": [{"months": months, "customer_rate": "0%", "share": "0%"} for months in (3, 6)]},
        "sum to 0",
    ),
    "more uses than can be told apart under a cap": (
        "discount",
        {"rate": "5%", "uses": 1000, "period": "calendar-year", "usage": "visits"}
        | cap("reward", "calendar-year"),
        "So many uses",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_cannot_be_priced_says_why(name: str, benefit: Make, example_setting: Make) -> None:
    from cardkit.ground.distribution import Lognormal, Poisson

    mechanic, data, message = MISSING[name]
    setting = example_setting(
        holders=0,
        prepayment_loss=0,
        amount=Lognormal(900, 0.8),
        uses=Poisson(2.0),
        ticket_amount=Lognormal(100, 0.8),
    )
    with pytest.raises(CardkitError, match=message):
        benefit(mechanic, **data).expect(setting)


def test_interest_that_eats_the_principal_has_no_annual_rate(benefit: Make, words: Any) -> None:
    plan = benefit(
        "instalment",
        **PLAN | {"tenors": [{"months": 24, "customer_rate": "10%"}], "fee_timing": "deducted"},
    )
    with pytest.raises(CardkitError, match="has no annual rate"):
        plan.annual_rates(words)


def test_a_currency_that_nobody_redeems_has_no_cost_per_point() -> None:
    from fractions import Fraction

    from cardkit.mechanics.redeem import cost_per_point

    with pytest.raises(CardkitError, match="sum to 0"):
        cost_per_point([(Fraction(0), Fraction(100), Fraction(5))])


BOUNDED: dict[str, tuple[str, dict[str, Any], bool]] = {
    "cashback without a cap": ("cashback", {"rate": "1%"}, False),
    "cashback with one": ("cashback", {"rate": "1%"} | cap("reward", "calendar-month"), True),
    "points without a cap": ("earn", EARN, False),
    "a discount with uses and no cap": (
        "discount",
        {"rate": "5%", "uses": 2, "period": "calendar-year", "usage": "visits"},
        False,
    ),
    "an amount off so many times": (
        "discount",
        {"amount": 5, "uses": 2, "period": "calendar-year", "usage": "visits"},
        True,
    ),
    "an amount off each time": (
        "discount",
        {"amount": 5, "period": "calendar-year", "usage": "visits"},
        False,
    ),
    "a milestone": ("milestone", steps("referrals", {"threshold": 1}), True),
    "an entitlement": (
        "entitlement",
        VISIT | LONELY | {"cost_basis": "per-eligible"},
        True,
    ),
    "a redemption option": (
        "redeem",
        {
            "currency": "points",
            "points": 10,
            "unit": {"zh": "券", "en": "a voucher"},
            "unit_cost": 1,
            "retail_value": 1,
            "mix_share": "100%",
        },
        True,
    ),
    "a voucher": (
        "voucher",
        {
            "face": 5,
            "count": 1,
            "period": "calendar-year",
            "cost_ratio": "80%",
            "claim": "50%",
            "redeemed": "50%",
        },
        True,
    ),
    "an insurance": (
        "insurance",
        {
            "insurer": "shield",
            "cover": {"zh": "盗刷", "en": "fraud"},
            "customer_price": 1,
            "premium": 1,
            "expected_claims": 1,
        },
        True,
    ),
    "an instalment": ("instalment", PLAN | {"tenors": [{"months": 3, "customer_rate": "0%"}]}, True),
    "a draw": (
        "draw",
        {
            "prizes": [{"name": {"zh": "券", "en": "a voucher"}, "value": 8, "count": 1}],
            **{key: {"zh": "文", "en": "text"} for key in ("entry", "draw_time", "draw_manner", "organiser")},
        },
        True,
    ),
    "a service": ("service", SERVICE | {"contacts": 0, "contact_cost": 0}, True),
    "a fee waiver": ("fee-waiver", {"fee": "annual"}, True),
    "a feature": ("feature", {"about": {"zh": "文", "en": "text"}, "fixed_cost": 1}, True),
}


@pytest.mark.parametrize("name", BOUNDED)
def test_a_right_without_a_cap_is_known_as_one(name: str, benefit: Make) -> None:
    mechanic, data, bounded = BOUNDED[name]
    assert benefit(mechanic, **data).capped() is bounded
