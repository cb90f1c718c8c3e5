"""The worked pricing cases, each written as the benefit that it describes."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from cardkit.ground.annual_rate import Schedule, average_balance
from cardkit.ground.distribution import CountMixture, Lognormal, Poisson
from cardkit.ground.money import Fen
from cardkit.mechanics.fee_waiver import waived_by_any
from cardkit.mechanics.funding import pool_fill, pool_units, split, unfunded
from cardkit.mechanics.redeem import cost_per_point
from cardkit.mechanics.stacking import (
    Payout,
    accumulate,
    best,
    expected_accumulate,
    expected_best,
    expected_exclusive,
)

Make = Callable[..., Any]

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in yaml.safe_load((Path(__file__).parent / "pricing-cases.yaml").read_text(encoding="utf-8"))
}


def agrees(name: str, **computed: Any) -> None:
    """Every expected number is computed, within the tolerance; none comes out as a number marked WRONG."""
    case = CASES[name]
    wrong = {key for key in case["expect"] if key.endswith("_WRONG")}
    assert set(computed) == set(case["expect"]) - wrong
    for key, value in computed.items():
        assert abs(Fraction(value) - Fraction(str(case["expect"][key]))) <= Fraction(str(case["tol"])), key
        for trap in wrong:
            assert abs(float(value) - case["expect"][trap]) > case["tol"], trap


def given(name: str) -> dict[str, Any]:
    data: dict[str, Any] = CASES[name]["in"]
    return data


def percent(value: float) -> str:
    return f"{float(Fraction(str(value)) * 100):.10g}%"


def year(*amounts: float) -> tuple[tuple[Fraction, ...], ...]:
    return tuple((Fraction(str(amount)),) for amount in amounts)


def lognormal(data: dict[str, float]) -> Lognormal:
    return Lognormal(data["mean"], data["cv"])


# redeem and earn -------------------------------------------------------------------------------------


def test_g1a_the_cost_of_a_point_is_a_mix_over_redemption_options(
    benefit: Make, example_setting: Make
) -> None:
    setting = example_setting()
    options = []
    for option in given("G1a")["mix"]:
        points = option.get("points", 1)
        miles, per_mile = option.get("miles", 1), option.get("cost_per_mile", option.get("cost_per_point"))
        redeem = benefit(
            "redeem",
            currency="points",
            points=points,
            unit={"zh": "一份", "en": "one unit"},
            unit_cost=round(miles * per_mile, 8),
            retail_value=2,
            mix_share=percent(option["share"]),
        )
        assert redeem.expect(setting).cost == 0
        assert redeem.settle(year(points * 3 + points / 2), setting) == 3
        options.append(tuple(setting.read(redeem, key) for key in ("mix_share", "points", "unit_cost")))
    agrees("G1a", cost_per_point=cost_per_point(options))
    halves = [(share / 2, points, cost) for share, points, cost in options]
    assert cost_per_point(halves) == cost_per_point(options)


def test_g1b_points_on_the_eligible_part_of_the_spend(benefit: Make, example_setting: Make) -> None:
    data = given("G1b")
    earn = benefit(
        "earn",
        currency="points",
        yuan_per_point=data["yuan_per_point"],
        scope={"share": percent(data["eligible_share"])},
    )
    setting = example_setting(
        amount=Lognormal(data["annual_spend"] / 12, 0.7),
        cost_per_point=data["cost_per_point"],
        redemption_rate=data["redemption_rate"],
        value_per_point="0.08",
    )
    expected = earn.expect(setting)
    agrees("G1b", points=expected.units, cost=setting.bank_cost(earn))
    assert float(expected.value) == pytest.approx(2550 * 0.8 * 0.08)


def accelerator(benefit: Make, partner_pays: Make, data: dict[str, Any]) -> Any:
    return benefit(
        "earn",
        currency="miles",
        yuan_per_point=data["yuan_per_mile"],
        multiplier=data["multiplier_total"],
        multiplier_counts="total",
        cost_per_point=data["cost_per_mile"],
        limits=[{"metric": "points", "most": data["monthly_bonus_cap"], "period": "calendar-month"}],
        enrolment="register",
        take_up=percent(data["take_up"]),
        funding=partner_pays(percent(data["partner_share"])),
    )


@pytest.mark.parametrize("name", ["G2a", "G2b"])
def test_g2ab_a_monthly_cap_on_bonus_miles_is_not_a_yearly_one(
    name: str, benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given(name)
    earn = accelerator(benefit, partner_pays, data)
    setting = example_setting(redemption_rate=1 - Fraction(str(data["breakage"])), value_per_point="0.1")
    bonus = earn.settle(year(*data["scope_spend_by_month"]), setting)
    redeemed = bonus * setting.redemption_rate("miles") * Fraction(str(data["cost_per_mile"]))
    share = setting.holder_share(earn) * (1 - Fraction(str(data["partner_share"])))
    agrees(name, bonus_miles=bonus, cost=redeemed * share)


def test_g2a_again_from_a_certain_monthly_spend(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    earn = accelerator(benefit, partner_pays, given("G2a"))
    setting = example_setting(amount=Lognormal(1000, 0), redemption_rate="0.9", value_per_point="0.1")
    agrees("G2a", bonus_miles=earn.expect(setting).units, cost=setting.bank_cost(earn))


@pytest.mark.parametrize("name", ["G2c", "G2d"])
def test_g2cd_what_a_day_earns_is_rounded_before_it_is_multiplied_and_capped(
    name: str, benefit: Make, example_setting: Make
) -> None:
    data = given(name)
    plain = {"currency": "points", "yuan_per_point": data["yuan_per_point"], "rounding": "day"}
    bonus = plain | {
        "multiplier": data["multiplier_total"],
        "multiplier_counts": "total",
        "limits": [{"metric": "points", "most": data["bonus_cap"], "period": "calendar-month"}],
    }
    day, setting = year(data["day_spend"]), example_setting()
    agrees(
        name,
        base=benefit("earn", **plain).settle(day, setting),
        bonus=benefit("earn", **bonus).settle(day, setting),
    )


def test_g2e_rounding_each_purchase_costs_the_customer_points(benefit: Make, example_setting: Make) -> None:
    data = given("G2e")
    tickets = (tuple(Fraction(data["ticket"]) for _ in range(data["transactions"])),)
    points = {
        rounding: benefit(
            "earn", currency="points", yuan_per_point=data["yuan_per_point"], rounding=rounding
        ).settle(tickets, example_setting())
        for rounding in ("purchase", "statement")
    }
    agrees("G2e", per_transaction_floor=points["purchase"], per_statement_floor=points["statement"])


# cashback --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["G3a", "G3b"])
def test_g3_small_tickets_return_5_at_most_5_times_a_month(
    name: str, benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given(name)
    cashback = benefit(
        "cashback",
        amount=data["reward"],
        limits=[{"metric": "times", "most": data["max_per_month"], "period": "calendar-month"}],
        enrolment="register",
        take_up=percent(data["take_up"]),
        funding=partner_pays(percent(data["partner_share"])),
    )
    qualifying = Poisson(data["poisson_transactions"]).scaled(data["p_ticket_ge_50"])
    setting = example_setting(count=qualifying)
    computed = {
        "qualifying_mean": qualifying.mean,
        "e_min": cashback.expect(setting).units / data["reward"] / 12,
        "cost_per_month": setting.bank_cost(cashback) / 12,
    }
    if name == "G3a":
        everything = cashback.settle(year(*[1000] * 12), setting)
        computed["max_exposure_per_enrolled"] = everything / 12
    agrees(name, **computed)


def test_g4_a_reward_cap_needs_the_limited_expected_value(benefit: Make, example_setting: Make) -> None:
    data = given("G4")
    cashback = benefit(
        "cashback",
        rate=percent(data["rate"]),
        limits=[{"metric": "reward", "most": data["reward_cap_month"], "period": "calendar-month"}],
    )
    spend = lognormal(data["spend_lognormal"])
    cost = cashback.expect(example_setting(amount=spend)).cost / 12
    agrees("G4", lev_1000=spend.limited_expected_value(1000), cost_per_month=cost)


# milestone -------------------------------------------------------------------------------------------


def test_g5_a_streak_is_the_product_of_its_months(benefit: Make, example_setting: Make) -> None:
    data = given("G5")
    first, streak = data["rewards"]

    def ladder(*steps: tuple[int, dict[str, Any]]) -> Any:
        return benefit(
            "milestone",
            metric="months-on-target",
            month_probabilities=[percent(p) for p in data["p_month"]],
            steps=[
                {
                    "streak": months,
                    "threshold": 2000,
                    "reward": {"zh": "奖励", "en": "a reward"},
                    "unit_cost": step["cost"],
                    "retail_value": step["cost"],
                    "claim": percent(step["claim"]),
                }
                for months, step in steps
            ],
        )

    setting = example_setting()
    health_check = ladder((streak["after_streak"], streak))
    agrees(
        "G5",
        p_streak=health_check.probability(health_check.steps[0], setting),
        first=ladder((first["after"], first)).expect(setting).cost,
        streak=health_check.expect(setting).cost,
        total=ladder((1, first), (3, streak)).expect(setting).cost,
    )


@pytest.mark.parametrize("name", ["G14a", "G14b"])
def test_g14_exceeding_80_percent_and_reaching_it_are_different_prices(
    name: str, benefit: Make, example_setting: Make
) -> None:
    data = given(name)
    comparison, share = data["threshold"].split()
    team = benefit(
        "milestone",
        metric="team-share",
        staff=data["staff"],
        p_activate=percent(data["p_activate"]),
        steps=[
            {
                "share": percent(float(share)),
                "comparison": comparison,
                "reward": {"zh": "团建基金", "en": "team-building money"},
                "unit_cost": data["reward"],
                "retail_value": data["reward"],
            }
        ],
    )
    setting = example_setting()
    computed = {"p": team.probability(team.steps[0], setting)}
    if name == "G14a":
        per_staff = team.expect(setting).cost
        computed |= {"cost": per_staff * data["staff"], "per_staff": per_staff}
    agrees(name, **computed)
    assert team.settle(year(160), setting) * 200 == (1 if name == "G14b" else 0)
    assert team.settle(year(161), setting) * 200 == 1


# entitlement, selection, voucher, discount -----------------------------------------------------------


def lounge(benefit: Make, data: dict[str, Any], **more: Any) -> Any:
    return benefit(
        "entitlement",
        count=data["quota"],
        period="calendar-year",
        unit={"zh": "贵宾厅休息", "en": "lounge visit"},
        usage="lounge-visits",
        unit_cost=data["unit_cost"],
        retail_value=180,
        **more,
    )


def test_g6a_uses_are_bounded_by_the_quota(benefit: Make, example_setting: Make) -> None:
    data = given("G6a")
    visits = lounge(benefit, data, enrolment="register", take_up=percent(data["take_up"]))
    setting = example_setting(uses=Poisson(data["poisson_demand"]))
    uses = visits.expect(setting).units
    every_use = visits.settle(year(1000), setting)
    agrees(
        "G6a",
        e_min=uses,
        utilisation=uses / data["quota"],
        cost=setting.bank_cost(visits),
        bound=every_use * data["unit_cost"] * setting.holder_share(visits),
    )


def test_g6b_sharing_raises_the_demand_and_not_the_quota(benefit: Make, example_setting: Make) -> None:
    data = given("G6b")
    visits = lounge(
        benefit,
        data,
        enrolment="register",
        take_up=percent(data["take_up"]),
        sharing={"people": 2, "demand_factor": data["demand_factor_sharing"]},
    )
    setting = example_setting(uses=Poisson(data["poisson_demand"]), shared=True)
    uses = visits.expect(setting).units
    agrees("G6b", e_min=uses, utilisation=uses / data["quota"], cost=setting.bank_cost(visits))


def test_g7_who_chooses_a_module_uses_it_more_than_the_average_customer(
    benefit: Make, example_setting: Make
) -> None:
    data = given("G7")
    visits = lounge(benefit, data)

    def priced(weights: list[float]) -> Any:
        total = sum(weights)
        parts = [
            (w / total, Poisson(kind["poisson"])) for w, kind in zip(weights, data["types"], strict=True)
        ]
        return visits.expect(example_setting(uses=CountMixture(tuple(parts))))

    everybody = priced([kind["share"] for kind in data["types"]])
    choosing = [kind["share"] * kind["p_choose"] for kind in data["types"]]
    choosers = priced(choosing)
    agrees(
        "G7",
        avg_embedded=everybody.units,
        choose_share=sum(choosing),
        avg_given_chosen=choosers.units,
        ratio=choosers.units / everybody.units,
        cost_per_chooser=choosers.cost,
        naive=everybody.cost,
    )


def test_g8_an_annual_pass_costs_once_it_is_issued(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given("G8")
    park = benefit(
        "entitlement",
        count=1,
        period="calendar-year",
        unit={"zh": "乐园年卡领取", "en": "annual park pass"},
        cost_basis="per-issue",
        unit_cost=data["wholesale"],
        claim=percent(data["claim"]),
        retail_value=980,
        funding=partner_pays(percent(data["partner_share"])),
    )
    cost = example_setting().bank_cost(park)
    agrees("G8", cost=cost, net_after_fee=cost - data["module_fee"])


def test_g9_a_clinic_discount_is_capped_per_visit_and_in_visits(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given("G9")
    clinic = benefit(
        "discount",
        rate=percent(data["rate"]),
        cap_per_use=data["cap_per_use"],
        uses=data["uses"],
        period="calendar-year",
        usage="clinic-visits",
        enrolment="register",
        take_up=percent(data["take_up"]),
        funding=partner_pays(percent(data["partner_share"])),
    )
    ticket, visits = lognormal(data["ticket_lognormal"]), Poisson(data["poisson_visits"])
    setting = example_setting(uses=visits, ticket_amount=ticket)
    expected = clinic.expect(setting)
    e_visits = Fraction(visits.limited_expected_value(data["uses"]))
    agrees(
        "G9",
        lev_1000=ticket.limited_expected_value(1000),
        per_visit=expected.cost / e_visits,
        e_visits=e_visits,
        gross=expected.cost,
        bank_cost=setting.bank_cost(clinic),
    )
    assert expected.value == expected.cost


def test_g13b_vouchers_are_granted_claimed_and_used(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given("G13b")
    voucher = benefit(
        "voucher",
        face=data["face"],
        count=data["count"],
        period="calendar-year",
        cost_ratio=percent(data["cost_ratio"]),
        claim=percent(data["claim"]),
        redeemed=percent(data["redeem_given_claim"]),
        funding=partner_pays(percent(data["partner_share"])),
    )
    setting = example_setting()
    agrees("G13b", cost=setting.bank_cost(voucher))
    expected = voucher.expect(setting)
    assert expected.units == voucher.settle((), setting) == data["count"]
    assert expected.value == Fraction("204")


# instalment ------------------------------------------------------------------------------------------


def instalment(benefit: Make, principal: float, tenors: list[dict[str, Any]], **more: Any) -> Any:
    return benefit(
        "instalment",
        **{
            "purpose": {"zh": "母婴用品", "en": "baby goods"},
            "book": "consumption",
            "tenors": tenors,
            "minimum_amount": principal,
            "maximum_amount": principal,
            "reference_rate": "0.6%",
            "contracts": 1,
            "mean_principal": principal,
        }
        | more,
    )


@pytest.mark.parametrize("name", ["G10a", "G10b", "G10c", "G10d", "G10e", "G10f", "G10g", "G10h", "G10i"])
def test_g10_what_an_instalment_costs_as_an_annual_rate(name: str, benefit: Make, words: Any) -> None:
    data, wanted = given(name), CASES[name]["expect"]
    flat = data.get("flat_fee_per_period")
    if flat is None:
        flat = data["fee_total"] / data["principal"] / data["n"]
    plan = instalment(
        benefit,
        data["principal"],
        [{"months": data["n"], "customer_rate": percent(flat)}],
        fee_timing=data.get("fee_timing", "each_payment"),
    )
    rates = plan.annual_rates(words)[0]
    computed: dict[str, Any] = {"apr_simple": rates.simple}
    if "ear" in wanted:
        computed["ear"] = rates.compound
    if name == "G10a":
        computed |= {"monthly_irr": rates.simple / 12, "nominal": rates.customer_rate * 12}
    if name == "G10h":
        schedule = Schedule.from_flat_fee(Fen(data["principal"] * 100), data["n"], rates.customer_rate)
        first, last = schedule.instalments[0], schedule.instalments[-1]
        computed |= {
            "principal_first": Fraction(first.principal, 100),
            "principal_last": Fraction(last.principal, 100),
            "fee_each": Fraction(first.fee, 100),
        }
    agrees(name, **computed)
    if name == "G10i":
        assert str(float(rates.simple)) == str(float(rates.compound)) == "0.0"
        assert rates.interest == 0


def test_g11_the_subsidy_is_what_the_customer_does_not_pay_of_the_reference_interest(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given("G11")
    merchant = percent(data["merchant_share_of_subsidy"])
    tenor = {"months": data["n"], "customer_rate": percent(data["customer_flat_fee"])}
    terms = {"reference_rate": percent(data["reference_flat_fee"]), "funding": partner_pays(merchant)}
    one = instalment(benefit, data["principal"], [tenor], **terms)
    setting = example_setting(prepayment_loss="0.1")
    subsidy, bank = one.expect(setting).cost, setting.bank_cost(one)
    few = instalment(benefit, data["principal"], [tenor], contracts=data["contracts_per_active"], **terms)
    agrees("G11", subsidy=subsidy, merchant=subsidy - bank, bank=bank, per_active=setting.bank_cost(few))
    expected = one.expect(setting)
    assert expected.revenue["instalment-interest"] == subsidy * Fraction("0.9")
    assert (expected.pays, expected.value) == (0, subsidy)


def test_g12_the_balance_of_a_book_of_instalments(benefit: Make, example_setting: Make) -> None:
    data = given("G12")
    plan = instalment(benefit, 7500, [{"months": data["n"], "customer_rate": "0%"}], contracts=2)
    balance = plan.expect(example_setting(prepayment_loss=0)).balance
    agrees("G12", average_balance=balance)
    assert balance == average_balance(data["originated_per_year"], data["n"])


# insurance, fee waiver, service, draw ----------------------------------------------------------------


def test_g13_what_the_customer_pays_is_revenue_and_not_a_smaller_premium(
    benefit: Make, example_setting: Make
) -> None:
    data = given("G13")
    cover = benefit(
        "insurance",
        insurer="shield",
        cover={"zh": "盗刷损失", "en": "card fraud"},
        premium=data["premium"],
        customer_price=data["customer_pays"],
        expected_claims=2,
        enrolment="register",
        take_up=percent(data["take_up"]),
    )
    setting = example_setting()
    expected, share = cover.expect(setting), setting.holder_share(cover)
    assert expected.cost == Fraction("3.2")
    agrees("G13", cost=(expected.cost - expected.revenue["insurance-fee"]) * share)
    assert expected.pays == 1


def waiver(benefit: Make, data: dict[str, Any], **more: Any) -> Any:
    return benefit(
        "fee-waiver", fee="annual", condition="spend-year", threshold=data["waive_if_spend_ge"], **more
    )


def test_g15_the_fee_is_waived_for_those_who_reach_the_spend_and_for_new_holders(
    benefit: Make, example_setting: Make
) -> None:
    data = given("G15")
    fee = Fraction(data["fee"]) * Fraction(str(data["collection"]))
    setting = example_setting(amount=lognormal(data["spend_lognormal"]), annual=fee)
    plain = waiver(benefit, data)
    with_first_year = waiver(benefit, data, first_year_free=True, new_share="20%")
    first_year = benefit("fee-waiver", fee="annual", condition="first-year", new_share="20%")

    def income(benefit: Any) -> Any:
        expected = benefit.expect(setting)
        assert expected.cost == expected.value == 0
        assert expected.pays == expected.revenue["waiver"]
        return fee + expected.revenue["waiver"]

    agrees(
        "G15",
        p_waived=plain.probability(setting),
        fee_income=income(plain),
        first_year_free_20pct_new=income(with_first_year),
    )
    either = waived_by_any([plain.probability(setting), first_year.probability(setting)])
    assert fee * (1 - either) == income(with_first_year)


def test_g16_a_manager_looks_after_600_customers(benefit: Make, example_setting: Make) -> None:
    data = given("G16")
    manager = benefit(
        "service",
        about={"zh": "专属管家", "en": "a personal manager"},
        staff_cost=data["manager_cost"],
        customers_per_manager=data["customers_per_manager"],
        retail_value=600,
        eligibility={"share": percent(data["tier_share"])},
    )
    setting = example_setting()
    agrees("G16", per_tier_customer=manager.expect(setting).cost, per_active=setting.bank_cost(manager))


def test_g16b_the_tier_is_who_spends_more_than_10000_a_month(benefit: Make, example_setting: Make) -> None:
    data = given("G16b")
    manager = benefit(
        "service",
        about={"zh": "专属管家", "en": "a personal manager"},
        tier_threshold=data["threshold_month"],
        window="calendar-month",
        contacts=3,
        contact_cost=8,
        retail_value=600,
    )
    setting = example_setting(amount=lognormal(data["spend_lognormal"]))
    expected = manager.expect(setting)
    agrees("G16b", tier_share=expected.units)
    assert expected.cost == expected.units * 24


def test_g18_prizes_cost_the_whole_catalog_and_not_the_product(
    benefit: Make, example_setting: Make, partner_pays: Make
) -> None:
    data = given("G18")
    prizes = [
        {"name": {"zh": "奖品", "en": "a prize"}, "value": prize["value"], "count": prize["count"]}
        for prize in data["prizes"]
    ]
    draw = benefit(
        "draw",
        prizes=prizes,
        entry={"zh": "报名", "en": "register"},
        draw_time={"zh": "每月末", "en": "at the month's end"},
        draw_manner={"zh": "随机", "en": "at random"},
        organiser={"zh": "本行", "en": "the bank"},
        enrolment="register",
        take_up=percent(data["enrol"]),
        funding=partner_pays(percent(1 - data["bank_share"])),
    )
    setting = example_setting(holders=data["population"])
    per_eligible = setting.bank_cost(draw)
    agrees(
        "G18",
        bank_cost=per_eligible * data["population"],
        per_eligible=per_eligible,
        win_probability=draw.win_probability(setting),
    )
    assert draw.settle((), setting) == draw.expect(setting).units


def test_g19_the_markup_waived_is_what_overseas_spend_would_have_paid(
    benefit: Make, example_setting: Make
) -> None:
    data = given("G19")
    fx = benefit("fee-waiver", fee="fx-markup", eligibility={"share": percent(data["share"])})
    markup = Fraction(str(data["overseas_spend"])) * Fraction(str(data["markup"]))
    setting = example_setting(**{"fx-markup": markup})
    agrees("G19", cost=-fx.expect(setting).revenue["waiver"] * setting.holder_share(fx))


# pools, funding, stacking ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["G17", "G17b"])
def test_g17_a_quota_bounds_the_cost_whatever_the_population(name: str) -> None:
    data = given(name)
    quota, demand = Fraction(data["quota_month"]), data["population"] * Fraction(str(data["p_qualify_month"]))
    cost = pool_units(quota, data["months"], demand) * data["unit"]
    computed = {"cost": cost}
    if name == "G17":
        computed["per_eligible"] = cost / data["population"]
    agrees(name, **computed)
    assert pool_fill(quota, demand) == (Fraction(12500, 40000) if name == "G17" else 1)


def test_g21_best_of_two_and_both() -> None:
    data = given("G21")
    members = [Payout(Fraction(str(rule["rate"])), Fraction(rule["cap"])) for rule in data["rules"]]
    spend = Fraction(data["month_spend"])
    agrees("G21", best=sum(best(members, spend)), accumulate=sum(accumulate(members, spend)))
    assert best(members, spend) == (Fraction(45), Fraction(0))


def test_g22_a_cap_leaves_a_shortfall_that_must_have_an_owner() -> None:
    data = given("G22")
    shares = [
        (payer, Fraction(str(data[payer])), Fraction(data["bank_cap"]) if payer == "bank" else None)
        for payer in ("bank", "merchant", "network")
    ]
    total = Fraction(data["total"])
    agrees("G22", **split(total, shares, None), unfunded=unfunded(total, shares))
    owned = split(total, shares, "merchant")
    assert owned == {"bank": 100000, "merchant": 134000, "network": 26000}
    assert split(total, shares, "bank")["bank"] == 130000


def test_g23_best_is_the_expectation_of_the_maximum() -> None:
    data = given("G23")
    members = [Payout(Fraction(str(rule["rate"])), Fraction(rule["cap"])) for rule in data["rules"]]
    spend = lognormal(data["month_spend_lognormal"])
    first, second = (expected_exclusive([member], spend)[0] for member in members)
    together = expected_best(members, spend)
    agrees("G23", best=sum(together), first_alone=first, second_alone=second)
    assert all(part > 0 for part in together)
    assert float(sum(expected_accumulate(members, spend))) == pytest.approx(float(first + second))


def test_no_worked_case_is_left_out() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")
    assert not [name for name in CASES if f'"{name}"' not in tests]
