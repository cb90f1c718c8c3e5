"""What the contract grants in 20,000 sampled years, against the closed form: within three standard errors."""

import random
from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from cardkit.ground.distribution import (
    Binomial,
    CountMixture,
    CountTable,
    Empirical,
    Lognormal,
    Mixture,
    NegativeBinomial,
    Poisson,
)

Make = Callable[..., Any]

YEARS = 20_000
SEED = 20260701

MONTH = Lognormal(900, 0.8)
TICKET = Lognormal(120, 0.9)
TABLE = Empirical(((0.0, 0.1), (60.0, 0.3), (120.0, 0.4), (500.0, 0.2)))
KINDS = Mixture(((0.6, Lognormal(60, 0.5)), (0.4, Lognormal(300, 1.1))))


def cap(metric: str, most: float, period: str) -> dict[str, Any]:
    return {"metric": metric, "most": most, "period": period}


TIERS = [
    {"from_spend": 0, "rate": "1%"},
    {"from_spend": 800, "rate": "2%"},
    {"from_spend": 1500, "rate": "4%"},
]
TIERED = {"tiers": TIERS, "window": "calendar-month"}
BIRTHDAY = {"when": {"zh": "生日当月", "en": "your birthday month"}, "period": "calendar-month", "periods": 1}
WEDNESDAYS = {"when": {"zh": "周三", "en": "Wednesdays"}, "period": "calendar-day", "periods": 52}


CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "a rate without a cap": ("cashback", {"rate": "1%"}, {"amount": MONTH}),
    "a rate with a monthly cap": (
        "cashback",
        {"rate": "5%", "limits": [cap("reward", 50, "calendar-month")]},
        {"amount": MONTH},
    ),
    "a rate with a monthly and a yearly cap": (
        "cashback",
        {"rate": "5%", "limits": [cap("reward", 50, "calendar-month"), cap("reward", 420, "calendar-year")]},
        {"amount": MONTH},
    ),
    "a rate with a monthly cap and a quarterly one": (
        "cashback",
        {
            "rate": "5%",
            "limits": [cap("reward", 60, "calendar-month"), cap("reward", 110.5, "calendar-quarter")],
        },
        {"amount": MONTH},
    ),
    "a rate on at most so much spend": (
        "cashback",
        {"rate": "2%", "limits": [cap("spend", 1000, "statement-month")]},
        {"amount": MONTH},
    ),
    "a rate on purchases that reach a minimum": (
        "cashback",
        {"rate": "2%", "minimum_ticket": 100, "limits": [cap("reward", 20, "calendar-month")]},
        {"amount": MONTH, "ticket_amount": TICKET},
    ),
    "a rate with a cap for each purchase": (
        "cashback",
        {"rate": "10%", "limits": [cap("reward", 10, "purchase")]},
        {"ticket_amount": TICKET, "count": Poisson(3)},
    ),
    "a rate with a cap for each purchase that exceeds a minimum, and a monthly cap": (
        "cashback",
        {
            "rate": "10%",
            "minimum_ticket": 60,
            "comparison": ">",
            "limits": [cap("reward", 20, "purchase"), cap("reward", 40, "calendar-month")],
        },
        {"ticket_amount": TABLE, "count": NegativeBinomial(3, 0.5)},
    ),
    "a rate capped by purchase, month and year": (
        "cashback",
        {
            "rate": "10%",
            "limits": [
                cap("spend", 200, "purchase"),
                cap("reward", 40, "calendar-month"),
                cap("reward", 300, "calendar-year"),
            ],
        },
        {"ticket_amount": TICKET, "count": Poisson(3)},
    ),
    "a rate capped by month, quarter and year": (
        "cashback",
        {
            "rate": "5%",
            "limits": [
                cap("reward", 50, "calendar-month"),
                cap("reward", 110, "calendar-quarter"),
                cap("reward", 380, "calendar-year"),
            ],
        },
        {"amount": MONTH},
    ),
    "marginal rates of a month's spend": (
        "cashback",
        TIERED | {"tier_rates": "marginal"},
        {"amount": MONTH},
    ),
    "marginal rates under a quarter's and a year's cap": (
        "cashback",
        TIERED
        | {
            "tier_rates": "marginal",
            "limits": [cap("reward", 60, "calendar-quarter"), cap("reward", 190, "calendar-year")],
        },
        {"amount": MONTH},
    ),
    "whole rates with caps on the spend and on the reward": (
        "cashback",
        TIERED
        | {
            "tier_rates": "whole",
            "limits": [cap("spend", 2000, "calendar-month"), cap("reward", 400, "calendar-year")],
        },
        {"amount": MONTH},
    ),
    "whole rates of a table, with tiers exactly on its values": (
        "cashback",
        {
            "tiers": [{"from_spend": 60, "rate": "1%"}, {"from_spend": 120, "rate": "3%"}],
            "tier_rates": "whole",
            "window": "statement-month",
            "limits": [cap("reward", 10, "statement-month")],
        },
        {"amount": TABLE},
    ),
    "marginal rates on purchases between a minimum and a maximum": (
        "cashback",
        TIERED | {"tier_rates": "marginal", "minimum_ticket": 10, "maximum_ticket": 500},
        {"amount": MONTH, "ticket_amount": TICKET},
    ),
    "a rate on purchases of more than a minimum and at most a maximum, capped by purchase": (
        "cashback",
        {
            "rate": "10%",
            "minimum_ticket": 60,
            "maximum_ticket": 120,
            "comparison": ">",
            "limits": [cap("reward", 10, "purchase"), cap("reward", 30, "calendar-month")],
        },
        {"ticket_amount": TABLE, "count": Poisson(3)},
    ),
    "a fixed amount on purchases between a minimum and a maximum": (
        "cashback",
        {
            "amount": 5,
            "minimum_ticket": 60,
            "maximum_ticket": 120,
            "limits": [cap("times", 1, "calendar-month"), cap("times", 9, "calendar-year")],
        },
        {"ticket_amount": TABLE, "count": Poisson(2)},
    ),
    "a fixed amount at most 5 times a month": (
        "cashback",
        {"amount": 5, "limits": [cap("times", 5, "calendar-month")]},
        {"count": Poisson(8.1)},
    ),
    "a fixed amount on tickets of at least 50, 5 times a month and 40 times a year": (
        "cashback",
        {
            "amount": 5,
            "minimum_ticket": 50,
            "limits": [cap("times", 5, "calendar-month"), cap("times", 40, "calendar-year")],
        },
        {"count": Poisson(7), "ticket_amount": TICKET},
    ),
    "a fixed amount with a cap that is no multiple of it": (
        "cashback",
        {"amount": 5, "limits": [cap("reward", 17.5, "calendar-month")]},
        {"count": NegativeBinomial(6, 0.7)},
    ),
    "points without rounding": (
        "earn",
        {"currency": "points", "yuan_per_point": 20},
        {"amount": MONTH},
    ),
    "bonus points with a monthly and a yearly cap": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 15,
            "multiplier": 3,
            "multiplier_counts": "total",
            "limits": [cap("points", 200, "calendar-month"), cap("points", 1500, "calendar-year")],
        },
        {"amount": MONTH},
    ),
    "bonus points on at most so much spend": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 15,
            "multiplier": 2.5,
            "multiplier_counts": "incremental",
            "limits": [cap("spend", 1000, "calendar-month")],
        },
        {"amount": MONTH},
    ),
    "points rounded by statement, with a cap in spend": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 100,
            "rounding": "statement",
            "limits": [cap("spend", 1250, "statement-month")],
        },
        {"amount": MONTH},
    ),
    "points rounded by statement, capped a month and a year": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 100,
            "multiplier": 3,
            "multiplier_counts": "total",
            "rounding": "statement",
            "limits": [cap("points", 24, "statement-month"), cap("points", 181, "anniversary-year")],
        },
        {"amount": MONTH},
    ),
    "bonus points in the month of the birthday, capped in it": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "multiplier": 3,
            "multiplier_counts": "total",
            "occasion": BIRTHDAY,
            "limits": [cap("points", 100, "calendar-month")],
        },
        {"amount": MONTH},
    ),
    "bonus points on Wednesdays, rounded by purchase, with a monthly cap": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "rounding": "purchase",
            "occasion": WEDNESDAYS,
            "limits": [cap("points", 20, "calendar-month")],
        },
        {"ticket_amount": TABLE, "count": Poisson(0.3)},
    ),
    "points rounded by purchase": (
        "earn",
        {"currency": "points", "yuan_per_point": 20, "rounding": "purchase"},
        {"ticket_amount": TICKET, "count": Poisson(3)},
    ),
    "points rounded by purchase with a monthly cap": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "multiplier": 3,
            "multiplier_counts": "total",
            "rounding": "purchase",
            "limits": [cap("points", 40, "calendar-month")],
        },
        {"ticket_amount": KINDS, "count": Poisson(3)},
    ),
    "points rounded by purchase with caps by purchase and by year": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "rounding": "purchase",
            "limits": [cap("points", 8, "purchase"), cap("points", 150, "calendar-year")],
        },
        {"ticket_amount": TICKET, "count": CountTable(((0, 0.2), (2, 0.5), (6, 0.3)))},
    ),
    "a step of a month's spend, in every month": (
        "milestone",
        {"metric": "spend", "repeats": True, "window": "calendar-month", "steps": (1000, 2000)},
        {"amount": MONTH},
    ),
    "the highest step of a year's spend": (
        "milestone",
        {"metric": "spend", "mode": "highest", "window": "calendar-year", "steps": (8000, 10000, 15000)},
        {"amount": Lognormal(10800, 0.6)},
    ),
    "more than so many purchases in a quarter": (
        "milestone",
        {"metric": "purchases", "window": "calendar-quarter", "comparison": ">", "steps": (10, 20)},
        {"count": Poisson(14)},
    ),
    "lounge visits": ("entitlement", {"count": 6, "period": "calendar-year"}, {"uses": Poisson(3.2)}),
    "lounge visits of two kinds of customers, shared, by quarter": (
        "entitlement",
        {
            "count": 2,
            "period": "calendar-quarter",
            "demand_share": "80%",
            "sharing": {"people": 2, "demand_factor": 1.6},
        },
        {"uses": CountMixture(((0.3, Poisson(9)), (0.7, NegativeBinomial(2, 0.8)))), "shared": True},
    ),
    "lounge visits of which each guest takes one": (
        "entitlement",
        {
            "count": 6,
            "period": "calendar-year",
            "guests": {"most": 2, "places_taken": "40%"},
        },
        {"uses": NegativeBinomial(3.2, 0.6)},
    ),
    "lounge visits that free guests come along to": (
        "entitlement",
        {
            "count": 4,
            "period": "calendar-year",
            "guests": {"most": 1, "places_taken": "40%", "counted": False},
        },
        {"uses": Poisson(3.2)},
    ),
    "a clinic discount": (
        "discount",
        {"rate": "20%", "cap_per_use": 200, "uses": 4, "period": "calendar-year"},
        {"uses": Poisson(2.2), "ticket_amount": Lognormal(600, 0.9)},
    ),
    "a discount from a minimum spend on, a few times a month": (
        "discount",
        {"rate": "15%", "cap_per_use": 30, "uses": 2, "period": "calendar-month", "minimum_spend": 80},
        {"uses": Poisson(30), "ticket_amount": TICKET},
    ),
    "an amount off above a minimum spend, without a number of uses": (
        "discount",
        {"amount": 30, "period": "calendar-year", "minimum_spend": 60, "comparison": ">"},
        {"uses": NegativeBinomial(4, 0.5), "ticket_amount": TABLE},
    ),
    "an amount off that is never more than the ticket": (
        "discount",
        {"amount": 100, "uses": 3, "period": "calendar-year"},
        {"uses": Poisson(2.2), "ticket_amount": TICKET},
    ),
    "a discount with a number of uses a quarter and a cap a year": (
        "discount",
        {
            "rate": "50%",
            "cap_per_use": 100,
            "uses": 2,
            "period": "calendar-quarter",
            "limits": [cap("reward", 300, "calendar-year")],
        },
        {"uses": Poisson(8), "ticket_amount": TICKET},
    ),
    "a discount of so many trials with a cap only": (
        "discount",
        {"rate": "50%", "period": "calendar-year", "limits": [cap("reward", 150, "calendar-year")]},
        {"uses": Binomial(5, 0.6), "ticket_amount": TICKET},
    ),
    "a fee waived for a year's spend": (
        "fee-waiver",
        {"fee": "annual", "condition": "spend-year", "threshold": 50000, "waived": "50%"},
        {"amount": Lognormal(42000, 0.7), "annual": 285},
    ),
    "a fee waived for more than 12 purchases": (
        "fee-waiver",
        {"fee": "annual", "condition": "purchases-year", "threshold": 12, "comparison": ">"},
        {"count": NegativeBinomial(14, 0.4), "annual": 285},
    ),
    "a service for a month's spend": (
        "service",
        {"tier_threshold": 10000, "window": "calendar-month"},
        {"amount": Lognormal(5000, 0.9)},
    ),
}

DEFAULTS: dict[str, dict[str, Any]] = {
    "entitlement": {
        "unit": {"zh": "贵宾厅休息", "en": "lounge visit"},
        "usage": "visits",
        "unit_cost": 110,
        "retail_value": 180,
    },
    "discount": {"usage": "visits"},
    "service": {
        "about": {"zh": "管家", "en": "a manager"},
        "contacts": 3,
        "contact_cost": 8,
        "retail_value": 9,
    },
}
POINTS = {"cost_per_point": "0.05", "redemption_rate": "0.8", "value_per_point": "0.08"}


def built(benefit: Make, mechanic: str, data: dict[str, Any]) -> Any:
    """The benefit of a case; of a milestone only the thresholds are given there."""
    if mechanic == "milestone":
        inner = {key: data[key] for key in ("window", "comparison") if key in data}
        reward = {"reward": {"zh": "券", "en": "a voucher"}, "unit_cost": 10, "retail_value": 12}
        steps = [inner | reward | {"threshold": threshold} for threshold in data["steps"]]
        data = {key: data[key] for key in data if key not in inner} | {"steps": steps}
    return benefit(mechanic, **DEFAULTS.get(mechanic, {}) | data)


@pytest.mark.parametrize("name", CASES)
def test_the_mean_of_what_is_settled_is_what_is_expected(
    name: str, benefit: Make, example_setting: Make
) -> None:
    mechanic, data, given = CASES[name]
    right, setting = built(benefit, mechanic, data), example_setting(**POINTS | given)
    basis = right.basis(setting)
    generator = random.Random(SEED)
    granted = [float(right.settle(basis.sample_year(generator), setting)) for _ in range(YEARS)]
    mean = sum(granted) / YEARS
    variance = sum((amount - mean) ** 2 for amount in granted) / (YEARS - 1)
    expected = right.expect(setting).units
    assert isinstance(expected, Fraction)
    assert abs(mean - float(expected)) <= 3 * sqrt(variance / YEARS)
    assert variance > 0, "a case in which nothing varies proves nothing"


def test_points_rounded_by_day_with_a_monthly_cap_over_months_of_30_and_31_days(
    benefit: Make, example_setting: Make
) -> None:
    """Fewer years: one has 365 days."""
    right = benefit(
        "earn",
        currency="points",
        yuan_per_point=20,
        rounding="day",
        limits=[cap("points", 45, "calendar-month")],
    )
    setting = example_setting(amount=Empirical(((0.0, 0.5), (30.0, 0.3), (90.0, 0.2))), **POINTS)
    basis, generator = right.basis(setting), random.Random(SEED)
    granted = [float(right.settle(basis.sample_year(generator), setting)) for _ in range(1000)]
    mean = sum(granted) / len(granted)
    variance = sum((amount - mean) ** 2 for amount in granted) / (len(granted) - 1)
    assert abs(mean - float(right.expect(setting).units)) <= 3 * sqrt(variance / len(granted))


EXACT: dict[str, tuple[dict[str, Any], tuple[tuple[Fraction, ...], ...], Fraction]] = {
    "feature": (
        {"about": {"zh": "对公联动", "en": "linked accounts"}, "fixed_cost": 12},
        (),
        Fraction(1),
    ),
    "insurance": (
        {
            "insurer": "shield",
            "cover": {"zh": "盗刷", "en": "fraud"},
            "premium": 3,
            "customer_price": 0,
            "expected_claims": 2,
        },
        (),
        Fraction(1),
    ),
    "voucher": (
        {
            "face": 20,
            "count": 2,
            "period": "calendar-quarter",
            "cost_ratio": "80%",
            "claim": "50%",
            "redeemed": "50%",
        },
        (),
        Fraction(8),
    ),
    "draw": (
        {
            "prizes": [{"name": {"zh": "券", "en": "a voucher"}, "value": 88, "count": 30}],
            "entrants": 1200,
            **{key: {"zh": "文", "en": "text"} for key in ("entry", "draw_time", "draw_manner", "organiser")},
        },
        (),
        Fraction(1, 40),
    ),
    "service": (DEFAULTS["service"], ((Fraction(100),),), Fraction(1)),
}


@pytest.mark.parametrize("mechanic", EXACT)
def test_what_is_the_same_for_every_customer_settles_exactly_as_expected(
    mechanic: str, benefit: Make, example_setting: Make
) -> None:
    data, year, units = EXACT[mechanic]
    right, setting = benefit(mechanic, **data), example_setting()
    assert right.basis(setting) is None
    assert right.settle(year, setting) == right.expect(setting).units == units


def test_redeeming_leaves_what_does_not_buy_a_whole_unit(benefit: Make, example_setting: Make) -> None:
    option = benefit(
        "redeem",
        currency="points",
        points=18,
        unit={"zh": "20 里", "en": "20 miles"},
        unit_cost=1.2,
        retail_value=2,
        mix_share="40%",
    )
    assert option.settle(((Fraction(35), Fraction(1)), (Fraction(17),)), example_setting()) == 2
    assert option.expect(example_setting()).units == 0


def test_a_team_is_settled_by_its_active_staff(benefit: Make, example_setting: Make) -> None:
    """Every possible number of active staff, weighted with its probability, is the expectation."""
    team = benefit(
        "milestone",
        metric="team-share",
        staff=20,
        p_activate="78%",
        steps=[
            {
                "share": share,
                "comparison": ">",
                "reward": {"zh": "团建", "en": "money"},
                "unit_cost": 1000,
                "retail_value": 1000,
            }
            for share in ("60%", "80%")
        ],
    )
    setting = example_setting()
    active = Binomial(20, 0.78)
    mean = sum(float(team.settle(((Fraction(k),),), setting)) * active.probability(k) for k in range(21))
    assert mean == pytest.approx(float(team.expect(setting).units), abs=1e-12)


def test_a_streak_is_the_longest_run_of_months_on_target(benefit: Make, example_setting: Make) -> None:
    ladder = benefit(
        "milestone",
        metric="months-on-target",
        month_probabilities=["55%", "75%", "85%"],
        steps=[
            {
                "streak": streak,
                "threshold": 1000,
                "reward": {"zh": "奖励", "en": "a reward"},
                "unit_cost": 15,
                "retail_value": 20,
            }
            for streak in (1, 3)
        ],
    )

    def rewards(*months: int) -> Fraction:
        settled: Fraction = ladder.settle(tuple((Fraction(month),) for month in months), example_setting())
        return settled

    assert rewards(900, 900) == 0
    assert rewards(1000, 900, 1000, 1200, 999) == 1
    assert rewards(0, 1000, 1500, 1000) == 2
    assert ladder.expect(example_setting()).units == Fraction("0.55") + Fraction("0.350625")


def test_contracts_outside_the_amount_range_are_not_granted(benefit: Make, example_setting: Make) -> None:
    plan = benefit(
        "instalment",
        purpose={"zh": "课程", "en": "courses"},
        book="tuition",
        tenors=[
            {"months": 6, "customer_rate": "0%", "share": "50%"},
            {"months": 12, "customer_rate": "0.2%", "share": "50%"},
        ],
        minimum_amount=600,
        maximum_amount=50000,
        reference_rate="0.6%",
        contracts=0.1,
        mean_principal=10000,
    )
    setting = example_setting(prepayment_loss="0.05")
    assert plan.settle(((Fraction(599), Fraction(600)), (Fraction(50000), Fraction(50001))), setting) == 2
    expected = plan.expect(setting)
    assert expected.cost == Fraction(1, 10) * (Fraction(540) - 120)
    assert expected.pays == 12
    assert expected.balance == Fraction(1, 2) * 1000 * Fraction(7, 24) + Fraction(1, 2) * 1000 * Fraction(
        13, 24
    )


def settled(right: Any, setting: Any, *amounts: int) -> Fraction:
    """What is granted for periods with one amount each."""
    granted: Fraction = right.settle(tuple((Fraction(amount),) for amount in amounts), setting)
    return granted


def test_a_fee_that_is_waived_for_nobody_in_particular(benefit: Make, example_setting: Make) -> None:
    setting = example_setting(annual=285)
    assert settled(benefit("fee-waiver", fee="annual"), setting) == 285
    first_year = benefit("fee-waiver", fee="annual", condition="first-year", new_share="20%")
    assert settled(first_year, setting) == 0, "settled for a holder whose first year is over"
    assert first_year.expect(setting).units == 57


def test_points_that_pay_the_fee_are_points_no_longer(benefit: Make, example_setting: Make) -> None:
    """A fee of 285 for 6,000 points that would have cost 0.05 and been worth 0.08 each."""
    right = benefit(
        "fee-waiver",
        fee="annual",
        condition="points",
        currency="points",
        points=6000,
        enrolment="claim",
        take_up="10%",
    )
    setting = example_setting(annual=285, **POINTS)
    assert settled(right, setting) == right.expect(setting).units == 285
    assert right.expect(setting).revenue == {"waiver": -285, "points-taken": 300}
    assert right.expect(setting).pays == 480 - 285


def test_an_occasion_is_rewarded_when_it_comes(benefit: Make, example_setting: Make) -> None:
    birthday = benefit(
        "milestone",
        metric="event",
        steps=[
            {
                "condition": {"zh": "生日当月", "en": "in the month of your birthday"},
                "reward": {"zh": "券", "en": "a voucher"},
                "probability": "90%",
                "unit_cost": 10,
                "retail_value": 12,
                "claim": "50%",
            }
        ],
    )
    setting = example_setting()
    assert settled(birthday, setting, 0) == 0
    assert settled(birthday, setting, 1) == 1
    expected = birthday.expect(setting)
    assert (expected.units, expected.cost, expected.value) == (
        Fraction("0.9"),
        Fraction("4.5"),
        Fraction("5.4"),
    )


def test_instalment_months_count_whatever_was_paid(benefit: Make, example_setting: Make) -> None:
    upgrade = benefit(
        "milestone",
        metric="instalment-months",
        steps=[
            {
                "streak": 3,
                "reward": {"zh": "提额", "en": "a larger line"},
                "probability": "10%",
                "unit_cost": 10,
                "retail_value": 0,
            }
        ],
    )
    assert settled(upgrade, example_setting(), 1, 1, 0, 1, 1) == 0
    assert settled(upgrade, example_setting(), 0, 1, 1, 1) == 1


def test_a_cap_on_the_spend_of_a_purchase_counts_whole_steps_of_it(
    benefit: Make, example_setting: Make
) -> None:
    earn = benefit(
        "earn",
        currency="points",
        yuan_per_point=20,
        multiplier=2,
        multiplier_counts="incremental",
        rounding="purchase",
        limits=[cap("spend", 50, "purchase")],
    )
    assert settled(earn, example_setting(), 19, 39, 1000) == 0 + 2 + 4


def test_a_discount_that_no_visit_can_reach_is_worth_nothing(benefit: Make, example_setting: Make) -> None:
    right = benefit("discount", rate="20%", period="calendar-year", usage="visits", minimum_spend=900)
    setting = example_setting(uses=Poisson(3.0), ticket_amount=TABLE)
    assert right.expect(setting).cost == 0


def test_a_shared_discount_meets_more_demand(benefit: Make, example_setting: Make) -> None:
    data = {"rate": "20%", "period": "calendar-year", "usage": "visits"}
    sharing = {"sharing": {"people": 1, "demand_factor": 1.5}}
    given = {"uses": Poisson(3.0), "ticket_amount": TABLE}
    alone = benefit("discount", **data | sharing).expect(example_setting(**given)).units
    shared = benefit("discount", **data | sharing).expect(example_setting(**given, shared=True)).units
    assert float(shared) == pytest.approx(1.5 * float(alone))


def test_a_voucher_that_is_sold_brings_revenue(benefit: Make, example_setting: Make) -> None:
    data = EXACT["voucher"][0] | {"customer_price": 5}
    expected = benefit("voucher", **data).expect(example_setting())
    assert expected.revenue == {"voucher-sales": 20}
    assert expected.pays == 20
    assert expected.cost == 4 * 2 * 20 * Fraction("0.8") / 2 / 2
