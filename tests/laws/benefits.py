"""Random benefits of all thirteen mechanics, each with legal keys that can be priced."""

from collections.abc import Callable

from tests.laws.drawing import LATER_CHANGE, SINCE, Data, Drawing, text

CATEGORIES = ("dining", "grocery", "overseas", "welfare")
USAGE = "visits"
PARTNERS = ("shop", "airline")
PERIODS = ("calendar-year", "calendar-month", "calendar-quarter", "statement-month", "anniversary-year")


def cashback(d: Drawing) -> Data:
    made: Data = {"scope": scope(d)} if d.chance(60) else {}
    period = d.pick("calendar-month", "calendar-quarter", "calendar-year")
    if d.chance(50):
        made["amount"] = d.figure(lambda: d.money(1, 20))
        if d.chance(50):
            made["limits"] = [{"metric": "times", "most": d.whole(1, 20), "period": period}]
    else:
        made["rate"] = d.figure(lambda: d.rate(0, 9))
        limits = [{"metric": "reward", "most": d.money(1, 200), "period": period}]
        if period == "calendar-month" and d.chance(30):
            limits.append({"metric": "reward", "most": d.money(1, 900), "period": "calendar-year"})
        if d.chance(70):
            made["limits"] = limits
    if d.chance(40):
        made |= {
            "minimum_ticket": d.figure(lambda: d.money(1, 90), by_segment=False),
            "comparison": d.pick(">=", ">"),
        }
    return made


def earn(d: Drawing, currency: str = "points") -> Data:
    made: Data = {"currency": currency, "yuan_per_point": d.whole(1, 30)}
    if d.chance(50):
        made |= {
            "multiplier": d.figure(lambda: d.money(2, 3), by_segment=False),
            "multiplier_counts": d.pick("total", "incremental"),
            "rounding": d.pick("none", "statement"),
        }
    if d.chance(50):
        made["limits"] = [{"metric": "points", "most": d.whole(1, 3000), "period": "calendar-month"}]
    if d.chance(40):
        made["scope"] = scope(d)
    if d.chance(25):
        made["cost_per_point"] = d.figure(lambda: d.money(0, 1, 4))
    return made


def redeem(d: Drawing, currency: str = "points") -> Data:
    return {
        "currency": currency,
        "points": d.whole(1, 2000),
        "unit": text("a treat"),
        "unit_cost": d.figure(lambda: d.unit_cost(0, 50)),
        "retail_value": d.figure(lambda: d.money(0, 80)),
        "mix_share": d.figure(lambda: d.rate(1, 100)),
    }


def milestone(d: Drawing) -> Data:
    metric = d.pick("event", "first-spend", "months-on-target", "spend", "purchases", "team-share")
    window = d.pick("calendar-month", "calendar-year")
    steps = [step(d, metric, number, window) for number in range(1, d.whole(1, 3) + 1)]
    made: Data = {"metric": metric, "mode": d.pick("cumulative", "highest"), "steps": steps}
    if metric == "months-on-target":
        made["month_probabilities"] = [d.figure(d.rate) for _ in range(3)]
    if metric == "team-share":
        made |= {"staff": d.whole(10, 300), "p_activate": d.figure(d.rate)}
    if metric in ("spend", "purchases"):
        made["repeats"] = d.chance(50)
    return made


def step(d: Drawing, metric: str, number: int, window: str) -> Data:
    """The first, second or third step of a milestone."""
    made: Data = {
        "reward": text("a reward"),
        "unit_cost": d.figure(lambda: d.unit_cost(0, 60)),
        "retail_value": d.figure(lambda: d.money(0, 90)),
    }
    if d.chance(40):
        made["claim"] = d.figure(d.rate)
    if metric == "event":
        return made | {"probability": d.figure(d.rate), "condition": text("in your birthday month")}
    if metric == "first-spend":
        return made | {"probability": d.figure(d.rate), "threshold": 10 * number}
    if metric == "months-on-target":
        return made | {"threshold": 100 * number, "streak": number}
    if metric == "team-share":
        return made | {"share": f"{20 * number}%", "comparison": d.pick(">=", ">")}
    return made | {"threshold": d.whole(1, 9) * number, "window": window, "comparison": d.pick(">=", ">")}


def entitlement(d: Drawing) -> Data:
    made: Data = {
        "count": d.figure(lambda: d.whole(1, 8), by_segment=False),
        "period": d.pick(*PERIODS),
        "unit": text("a visit"),
        "cost_basis": d.pick("per-issue", "per-eligible", "per-use"),
        "unit_cost": d.figure(lambda: d.unit_cost(0, 120)),
        "retail_value": d.figure(lambda: d.money(0, 200)),
    }
    if made["cost_basis"] == "per-issue":
        made["claim"] = d.figure(d.rate)
    if made["cost_basis"] == "per-use":
        made["usage"] = USAGE
        if d.chance(40):
            made["demand_share"] = d.figure(d.rate)
    if d.chance(30):
        made["sharing"] = {"people": 2, "demand_factor": d.figure(lambda: d.money(1, 3))}
    return made


def voucher(d: Drawing) -> Data:
    made: Data = {
        "face": d.figure(lambda: d.money(1, 100), by_segment=False),
        "count": d.whole(1, 6),
        "period": d.pick(*PERIODS),
        "cost_ratio": d.figure(d.rate),
        "claim": d.figure(d.rate),
        "redeemed": d.figure(d.rate),
    }
    if d.chance(40):
        made["customer_price"] = d.figure(lambda: d.money(0, 30), by_segment=False)
    return made


def discount(d: Drawing) -> Data:
    made: Data = {"period": d.pick(*PERIODS), "usage": USAGE}
    made |= {"rate": d.rate(0, 60)} if d.chance(50) else {"amount": d.money(1, 60)}
    if d.chance(60):
        made["cap_per_use"] = d.figure(lambda: d.money(1, 100), by_segment=False)
    if d.chance(70):
        made["uses"] = d.whole(1, 6)
    if d.chance(40):
        made |= {"minimum_spend": d.money(0, 200), "comparison": d.pick(">=", ">")}
    if d.chance(15):
        made["limits"] = [{"metric": "reward", "most": d.money(1, 300), "period": "calendar-year"}]
    return made


def instalment(d: Drawing) -> Data:
    tenors: list[Data] = [
        {"months": 6 * number, "customer_rate": d.figure(lambda: d.rate(0, 1, 2), by_segment=False)}
        for number in range(1, d.whole(1, 3) + 1)
    ]
    if len(tenors) > 1:
        for tenor in tenors:
            tenor["share"] = d.figure(lambda: d.rate(1, 100))
    return {
        "purpose": text("baby goods"),
        "book": d.pick("consumption", "tuition", "rent"),
        "tenors": tenors,
        "minimum_amount": 600,
        "maximum_amount": 50000,
        "reference_rate": d.figure(lambda: d.rate(0, 2, 3)),
        "contracts": d.figure(lambda: d.money(0, 1, 3)),
        "mean_principal": d.figure(lambda: d.money(600, 20000)),
    }


def insurance(d: Drawing) -> Data:
    return {
        "insurer": "shop",
        "cover": text("fraud"),
        "customer_price": d.figure(lambda: d.money(0, 30), by_segment=False),
        "premium": d.figure(lambda: d.unit_cost(0, 30)),
        "expected_claims": d.figure(lambda: d.money(0, 30)),
    }


def fee_waiver(d: Drawing) -> Data:
    condition = d.pick("none", "first-year", "spend-year", "purchases-year", "points")
    made: Data = {
        "fee": d.pick("annual", "fx-markup"),
        "condition": condition,
        "waived": d.figure(d.rate, by_segment=False),
    }
    if condition in ("spend-year", "purchases-year"):
        made |= {"threshold": d.whole(1, 40_000), "comparison": d.pick(">=", ">")}
        made["first_year_free"] = d.chance(30)
    if condition == "points":
        made |= {"currency": "points", "points": d.whole(1, 60_000)}
        made |= {"enrolment": "claim", "take_up": d.figure(d.rate)}
    if condition == "first-year" or made.get("first_year_free"):
        made["new_share"] = d.figure(d.rate)
    return made


def service(d: Drawing) -> Data:
    made: Data = {"about": text("a manager"), "retail_value": d.figure(lambda: d.money(0, 200))}
    with_staff = d.chance(50)
    if with_staff:
        made |= {
            "staff_cost": d.figure(lambda: d.unit_cost(10_000, 90_000)),
            "customers_per_manager": d.figure(lambda: d.whole(1, 900)),
        }
    if not with_staff or d.chance(50):
        made |= {
            "contacts": d.figure(lambda: d.money(0, 5)),
            "contact_cost": d.figure(lambda: d.unit_cost(0, 20)),
        }
    if d.chance(30):
        made |= {"tier_threshold": d.whole(1, 20_000), "window": d.pick("calendar-month", "calendar-year")}
    return made


def prize_draw(d: Drawing) -> Data:
    words = {key: text(key) for key in ("entry", "draw_time", "draw_manner", "organiser")}
    prizes: list[Data] = [
        {
            "name": text("a prize"),
            "value": d.figure(lambda: d.money(1, 900), by_segment=False),
            "count": d.whole(1, 500),
        }
        for _ in range(d.whole(1, 3))
    ]
    if d.chance(50):
        prizes[0]["unit_cost"] = d.figure(lambda: d.unit_cost(0, 900), by_segment=False)
    made: Data = {"prizes": prizes, **words}
    if d.chance(50):
        made["entrants"] = d.whole(1, 100_000)
    return made


def feature(d: Drawing) -> Data:
    made: Data = {"about": text("one view"), "fixed_cost": d.figure(lambda: d.unit_cost(0, 30))}
    if d.chance(50):
        made["retail_value"] = d.figure(lambda: d.money(0, 60))
    return made


MECHANICS: dict[str, Callable[[Drawing], Data]] = {
    "voucher": voucher,
    "insurance": insurance,
    "feature": feature,
    "instalment": instalment,
    "draw": prize_draw,
    "service": service,
    "milestone": milestone,
    "fee-waiver": fee_waiver,
    "entitlement": entitlement,
    "cashback": cashback,
    "earn": earn,
    "redeem": redeem,
    "discount": discount,
}


def benefit(d: Drawing, identifier: str, mechanic: str, made: Data | None = None) -> Data:
    """A benefit with the keys that all mechanics share, some of the time."""
    own = MECHANICS[mechanic](d) if made is None else made
    return {"id": identifier, "mechanic": mechanic, "name": text(identifier), **common(d), **own}


def common(d: Drawing) -> Data:
    made: Data = {}
    if d.chance(25):
        made["eligibility"] = {"share": d.figure(d.rate)}
        if d.chance(30):
            made["eligibility"]["segments"] = d.some(d.segments)
    if d.chance(35):
        made |= {"enrolment": d.pick("register", "claim"), "take_up": d.figure(d.rate)}
    if d.chance(10):
        made["validity"] = d.pick({"from": SINCE}, {"until": LATER_CHANGE}, {"from": LATER_CHANGE})
    if d.chance(30):
        made["funding"] = funding(d)
    if d.chance(15):
        made["pool"] = {
            "units": d.figure(lambda: d.whole(0, 90_000), by_segment=False),
            "periods": d.whole(1, 12),
            "period": d.pick(*PERIODS),
        }
    if d.chance(25):
        made["valuation"] = d.figure(d.rate)
    return made


def scope(d: Drawing) -> Data:
    made: Data = {"categories": d.some(CATEGORIES)}
    if d.chance(40):
        made["share"] = d.figure(lambda: d.rate(1, 100))
    return made


def funding(d: Drawing) -> Data:
    payers = d.pick(("bank", "shop"), ("shop", "bank", "airline"), ("airline",))
    shares: list[Data] = [
        {"payer": payer, "share": share} for payer, share in zip(payers, d.shares(len(payers)), strict=False)
    ]
    for share in shares:
        if d.chance(40):
            share["cap"] = d.figure(lambda: d.money(0, 900_000), by_segment=False)
    made: Data = {"shares": shares}
    if d.chance(50):
        made["shortfall"] = d.pick("bank", "shop")
    return made
