"""What the customer reads: a sentence for each right, and what stands beside it, from public fields."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cardkit.ground.shape.base import is_record, items_of
from cardkit.ground.shape.figure import Figure

Make = Callable[..., Any]

MONTH_50 = {"metric": "reward", "most": 50, "period": "calendar-month"}
REWARD = {"reward": {"zh": "代金券一张", "en": "a voucher"}, "unit_cost": 10, "retail_value": 12}
PLAN = {
    "purpose": {"zh": "母婴用品", "en": "baby goods"},
    "book": "consumption",
    "minimum_amount": 600,
    "maximum_amount": 50000,
    "reference_rate": "0.6%",
    "contracts": 0.1,
    "mean_principal": 8000,
}
MANAGER = {
    "about": {"zh": "专属权益管家", "en": "a personal benefits manager"},
    "contacts": 3,
    "contact_cost": 8,
    "retail_value": 100,
}


def step(metric: str, **data: Any) -> dict[str, Any]:
    return {"metric": metric, "steps": [data | REWARD]}


TIERS = [
    {"from_spend": 0, "rate": "1%"},
    {"from_spend": 2000, "rate": "2%"},
    {"from_spend": 5000, "rate": "3%"},
]
PAID = {
    "fee": "annual",
    "condition": "points",
    "currency": "points",
    "points": 60000,
    "enrolment": "claim",
    "take_up": "10%",
}
LOUNGE = {
    "count": 6,
    "period": "calendar-year",
    "unit": {"zh": "贵宾厅", "en": "lounge visits"},
    "usage": "visits",
    "unit_cost": 110,
    "retail_value": 180,
}


SENTENCES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "cashback at a rate": (
        "cashback",
        {"rate": "1%"},
        "消费返现 1%",
        "1% cashback on purchases",
    ),
    "a fixed amount on purchases that reach a minimum": (
        "cashback",
        {"amount": 5, "minimum_ticket": 50},
        "每笔满 50 元返 5 元",
        "CNY 5 back on each purchase of at least CNY 50",
    ),
    "a fixed amount on purchases that exceed a minimum": (
        "cashback",
        {"amount": 5.5, "minimum_ticket": 50, "comparison": ">"},
        "每笔超过 50 元返 5.50 元",
        "CNY 5.50 back on each purchase of more than CNY 50",
    ),
    "a fixed amount on any purchase": (
        "cashback",
        {"amount": 5},
        "每笔消费返 5 元",
        "CNY 5 back on each purchase",
    ),
    "a rate from a minimum on": (
        "cashback",
        {"rate": "2%", "minimum_ticket": 100},
        "单笔满 100 元的消费返现 2%",
        "2% cashback on purchases of at least CNY 100",
    ),
    "a rate between a minimum and a maximum": (
        "cashback",
        {"rate": "2%", "minimum_ticket": 10, "maximum_ticket": 5000},
        "单笔满 10 元且不超过 5,000 元的消费返现 2%",
        "2% cashback on purchases of at least CNY 10 and at most CNY 5,000",
    ),
    "marginal tiers": (
        "cashback",
        {"tiers": TIERS, "tier_rates": "marginal", "window": "calendar-month"},
        "每自然月消费返现：2,000 元以内的部分 1%；2,000 元至 5,000 元的部分 2%；超过 5,000 元的部分 3%",
        (
            "cashback on your spend in a calendar month: 1% on the first CNY 2,000; "
            "2% on the part from CNY 2,000 to CNY 5,000; 3% on the part above CNY 5,000"
        ),
    ),
    "marginal tiers that don't start at once": (
        "cashback",
        {"tiers": TIERS[1:2], "tier_rates": "marginal", "window": "calendar-month"},
        "每自然月消费返现：超过 2,000 元的部分 2%",
        "cashback on your spend in a calendar month: 2% on the part above CNY 2,000",
    ),
    "one tier for everything": (
        "cashback",
        {"tiers": TIERS[:1], "tier_rates": "marginal", "window": "statement-month"},
        "每账单周期消费返现：1%",
        "cashback on your spend in a statement month: 1%",
    ),
    "whole tiers": (
        "cashback",
        {"tiers": TIERS[:2], "tier_rates": "whole", "window": "calendar-month"},
        "每自然月消费返现：不满 2,000 元返 1%；满 2,000 元返全部的 2%",
        "cashback on your spend in a calendar month: 1% below CNY 2,000; 2% of the whole from CNY 2,000 up",
    ),
    "one whole tier for everything": (
        "cashback",
        {"tiers": TIERS[:1], "tier_rates": "whole", "window": "calendar-month"},
        "每自然月消费返现：1%",
        "cashback on your spend in a calendar month: 1%",
    ),
    "points in the birthday month": (
        "earn",
        {
            "currency": "miles",
            "yuan_per_point": 15,
            "multiplier": 2,
            "multiplier_counts": "incremental",
            "occasion": {
                "when": {"zh": "生日当月", "en": "in your birthday month"},
                "period": "calendar-month",
                "periods": 1,
            },
        },
        "生日当月：在基础里程之外额外 2 倍（基础为每消费 15 元累积 1 里程）",
        "in your birthday month: an extra 2× miles on top of the base (base: 1 for every CNY 15 spent)",
    ),
    "a fee paid with points": (
        "fee-waiver",
        PAID,
        "60,000 积分可抵一年年费",
        "60,000 points pay the annual fee for a year",
    ),
    "half a fee paid with points": (
        "fee-waiver",
        PAID | {"waived": "50%"},
        "60,000 积分可抵一年年费的 50%",
        "60,000 points pay 50% of the annual fee for a year",
    ),
    "base points": (
        "earn",
        {"currency": "points", "yuan_per_point": 20},
        "每消费 20 元累积 1 积分",
        "points: 1 for every CNY 20 spent",
    ),
    "a total multiplier": (
        "earn",
        {"currency": "miles", "yuan_per_point": 15, "multiplier": 3, "multiplier_counts": "total"},
        "里程总计 3 倍（含基础里程；基础为每消费 15 元累积 1 里程）",
        "3× miles in total, base included (base: 1 for every CNY 15 spent)",
    ),
    "an extra multiplier": (
        "earn",
        {"currency": "miles", "yuan_per_point": 15, "multiplier": 3, "multiplier_counts": "incremental"},
        "在基础里程之外额外 3 倍（基础为每消费 15 元累积 1 里程）",
        "an extra 3× miles on top of the base (base: 1 for every CNY 15 spent)",
    ),
    "a redemption option": (
        "redeem",
        {
            "currency": "points",
            "points": 18000,
            "unit": {"zh": "工作坊一次", "en": "one workshop"},
            "unit_cost": 60,
            "retail_value": 100,
            "mix_share": "100%",
        },
        "18,000 积分兑换工作坊一次",
        "one workshop for 18,000 points",
    ),
    "a redemption option that begins with a figure": (
        "redeem",
        {
            "currency": "points",
            "points": 18,
            "unit": {"zh": "20 里航空里程", "en": "20 airline miles"},
            "unit_cost": 1.2,
            "retail_value": 2,
            "mix_share": "100%",
        },
        "18 积分兑换 20 里航空里程",
        "20 airline miles for 18 points",
    ),
    "a month's spend": (
        "milestone",
        step("spend", threshold=3000, window="calendar-month"),
        "自然月内累计消费满 3,000 元，得代金券一张",
        "a voucher when you spend at least CNY 3,000 in a calendar month",
    ),
    "more than a year's spend, with the face value": (
        "milestone",
        step("spend", threshold=80000, window="anniversary-year", comparison=">", reward_face=200),
        "持卡年（自核卡日起算）内累计消费超过 80,000 元，得代金券一张（价值 200 元）",
        (
            "a voucher (worth CNY 200) when you spend more than CNY 80,000 in a card year "
            "(from the day of approval)"
        ),
    ),
    "spend over days instead of a window": (
        "milestone",
        step("spend", threshold=3000, within_days=65, clock="approval", probability="55%"),
        "自核卡日起 65 天内累计消费满 3,000 元，得代金券一张",
        "a voucher when you spend at least CNY 3,000 within 65 days of approval",
    ),
    "a number of purchases": (
        "milestone",
        step("purchases", threshold=5, window="statement-month"),
        "账单周期内消费满 5 笔，得代金券一张",
        "a voucher when you make at least 5 purchases in a statement month",
    ),
    "one purchase": (
        "milestone",
        step("purchases", threshold=1, window="calendar-quarter"),
        "自然季度内消费满 1 笔，得代金券一张",
        "a voucher when you make at least 1 purchase in a calendar quarter",
    ),
    "the first purchase, within days of approval": (
        "milestone",
        step("first-spend", threshold=10, within_days=65, probability="60%"),
        "核卡后 65 天内首笔消费满 10 元，得代金券一张",
        "a voucher when your first purchase is at least CNY 10 within 65 days of approval",
    ),
    "days from a clock": (
        "milestone",
        step("first-spend", threshold=10, within_days=65, clock="approval", probability="60%"),
        "自核卡日起 65 天内首笔消费满 10 元，得代金券一张",
        "a voucher when your first purchase is at least CNY 10 within 65 days of approval",
    ),
    "a clock that knows its own days": (
        "milestone",
        step("approval", clock="approval", probability="60%"),
        "在核卡日期限内获批开卡，得代金券一张",
        "a voucher when your card is approved in the time of approval",
    ),
    "three months in a row": (
        "milestone",
        step("months-on-target", threshold=2000, streak=3, probability="35%"),
        "连续 3 个自然月每月消费满 2,000 元，得代金券一张",
        "a voucher when you spend at least CNY 2,000 in each of 3 consecutive calendar months",
    ),
    "one month on target": (
        "milestone",
        step("months-on-target", threshold=2000, streak=1, window="statement-month", probability="55%"),
        "任一账单周期消费满 2,000 元，得代金券一张",
        "a voucher when you spend at least CNY 2,000 in any one statement month",
    ),
    "six months of bill instalments": (
        "milestone",
        step("instalment-months", streak=6, probability="5%"),
        "连续 6 个月办理账单分期，得代金券一张",
        "a voucher when you pay your bill in instalments for 6 consecutive months",
    ),
    "one month of bill instalments": (
        "milestone",
        step("instalment-months", streak=1, probability="5%"),
        "办理一个月账单分期，得代金券一张",
        "a voucher when you pay your bill in instalments for one month",
    ),
    "three years of use": (
        "milestone",
        step("tenure-years", threshold=3, probability="30%"),
        "连续用卡满 3 年，得代金券一张",
        "a voucher when you have used the card for at least 3 years without a break",
    ),
    "more than 80 percent of a team": (
        "milestone",
        step("team-share", share="80%", comparison=">") | {"staff": 200, "p_activate": "78%"},
        "团队员工开卡率超过 80%，得代金券一张",
        "a voucher when more than 80% of your employer's staff open the card",
    ),
    "80 percent of a team": (
        "milestone",
        step("team-share", share="80%") | {"staff": 200, "p_activate": "78%"},
        "团队员工开卡率达到 80%，得代金券一张",
        "a voucher when at least 80% of your employer's staff open the card",
    ),
    "a friend": (
        "milestone",
        step("referrals", threshold=1, probability="10%"),
        "成功推荐满 1 位好友开卡，得代金券一张",
        "a voucher when you successfully refer at least 1 friend",
    ),
    "several friends": (
        "milestone",
        step("referrals", threshold=2, comparison=">", probability="10%"),
        "成功推荐超过 2 位好友开卡，得代金券一张",
        "a voucher when you successfully refer more than 2 friends",
    ),
    "a birthday": (
        "milestone",
        step(
            "event", condition={"zh": "生日当月", "en": "in the month of your birthday"}, probability="100%"
        ),
        "生日当月：代金券一张",
        "in the month of your birthday: a voucher",
    ),
    "two steps": (
        "milestone",
        {
            "metric": "spend",
            "mode": "highest",
            "steps": [{"threshold": amount, "window": "calendar-year"} | REWARD for amount in (10000, 20000)],
        },
        "自然年内累计消费满 10,000 元，得代金券一张；自然年内累计消费满 20,000 元，得代金券一张",
        (
            "a voucher when you spend at least CNY 10,000 in a calendar year; "
            "a voucher when you spend at least CNY 20,000 in a calendar year"
        ),
    ),
    "lounge visits": (
        "entitlement",
        {
            "count": 6,
            "period": "calendar-year",
            "unit": {"zh": "机场贵宾厅休息", "en": "lounge visit"},
            "usage": "lounge-visits",
            "unit_cost": 110,
            "retail_value": 180,
        },
        "每自然年 6 次机场贵宾厅休息",
        "6 × lounge visit a calendar year",
    ),
    "vouchers": (
        "voucher",
        {
            "face": 100,
            "count": 4,
            "period": "calendar-year",
            "cost_ratio": "82%",
            "claim": "60%",
            "redeemed": "85%",
        },
        "每自然年 4 张 100 元代金券",
        "4 vouchers of CNY 100 a calendar year",
    ),
    "a discount at a rate": (
        "discount",
        {"rate": "20%", "uses": 4, "period": "calendar-year", "usage": "clinic-visits"},
        "每自然年 4 次，每次优惠 20%",
        "20% off, 4 times a calendar year",
    ),
    "a discount of an amount, once": (
        "discount",
        {"amount": 30, "uses": 1, "period": "calendar-month", "usage": "clinic-visits"},
        "每自然月 1 次，每次立减 30 元",
        "CNY 30 off, once a calendar month",
    ),
    "a discount without a number of uses": (
        "discount",
        {"rate": "5%", "period": "calendar-month", "usage": "clinic-visits"},
        "每次优惠 5%，次数不限",
        "5% off each time, as often as you like",
    ),
    "interest-free instalments": (
        "instalment",
        PLAN | {"tenors": [{"months": months, "customer_rate": "0%", "share": "50%"} for months in (3, 6)]},
        "母婴用品分期：3、6 期免息",
        "Instalments for baby goods: 3 or 6 monthly payments interest-free",
    ),
    "instalments free and at interest": (
        "instalment",
        PLAN
        | {
            "tenors": [
                {"months": 3, "customer_rate": "0%", "share": "50%"},
                {"months": 12, "customer_rate": "0.4%", "share": "50%"},
            ]
        },
        "母婴用品分期：3 期免息；12 期每期利息为本金的 0.4%",
        (
            "Instalments for baby goods: 3 monthly payments interest-free; "
            "12 monthly payments at interest of 0.4% of the principal a month"
        ),
    ),
    "instalments at interest": (
        "instalment",
        PLAN | {"tenors": [{"months": 6, "customer_rate": "0.35%"}]},
        "母婴用品分期：6 期每期利息为本金的 0.35%",
        "Instalments for baby goods: 6 monthly payments at interest of 0.35% of the principal a month",
    ),
    "insurance": (
        "insurance",
        {
            "insurer": "shield",
            "cover": {"zh": "盗刷损失", "en": "losses from card fraud"},
            "customer_price": 1,
            "premium": 3.2,
            "expected_claims": 2,
        },
        "盗刷损失保障，由盾安保险承保",
        "Cover for losses from card fraud, insured by Shield Insurance",
    ),
    "a fee waived in part": (
        "fee-waiver",
        {"fee": "fx-markup", "waived": "50%"},
        "货币转换费减免 50%",
        "50% off the foreign-exchange markup",
    ),
    "a fee waived for spend, after a free year": (
        "fee-waiver",
        {
            "fee": "annual",
            "condition": "spend-year",
            "threshold": 50000,
            "first_year_free": True,
            "new_share": "20%",
        },
        "首年免年费；此后持卡年（自核卡日起算）内消费满 50,000 元，免年费",
        (
            "no annual fee in the first year; after that, no annual fee when you spend at least CNY 50,000 "
            "in a card year (from the day of approval)"
        ),
    ),
    "a fee waived for purchases": (
        "fee-waiver",
        {
            "fee": "annual",
            "condition": "purchases-year",
            "threshold": 12,
            "comparison": ">",
            "window": "calendar-year",
        },
        "自然年内消费超过 12 笔，免年费",
        "no annual fee when you make more than 12 purchases in a calendar year",
    ),
    "a fee waived in the first year": (
        "fee-waiver",
        {"fee": "annual", "condition": "first-year", "new_share": "20%"},
        "首年免年费",
        "no annual fee in the first year",
    ),
    "a service for everybody": (
        "service",
        MANAGER,
        "专属权益管家",
        "a personal benefits manager",
    ),
    "a service for a month's spend": (
        "service",
        MANAGER | {"tier_threshold": 10000, "window": "calendar-month"},
        "平均每自然月消费超过 10,000 元：专属权益管家",
        "a personal benefits manager, when you spend more than CNY 10,000 in a calendar month on average",
    ),
    "a service for a year's spend": (
        "service",
        MANAGER | {"tier_threshold": 200000, "window": "calendar-year", "comparison": ">="},
        "自然年内消费满 200,000 元：专属权益管家",
        "a personal benefits manager, when you spend at least CNY 200,000 in a calendar year",
    ),
    "a prize draw": (
        "draw",
        {
            "prizes": [
                {"name": {"zh": "代金券", "en": "a voucher"}, "value": 88, "count": 1000},
                {"name": {"zh": "家庭旅行", "en": "a family holiday"}, "value": 50000, "count": 1},
            ],
            "entry": {"zh": "每消费一笔得一次机会", "en": "one chance for each purchase"},
            "draw_time": {"zh": "每月 5 日", "en": "the 5th of each month"},
            "draw_manner": {"zh": "公证处监督下随机抽取", "en": "at random before a notary"},
            "organiser": {"zh": "本行信用卡中心", "en": "the bank's card centre"},
        },
        "抽奖，最高奖为价值 50,000 元的家庭旅行",
        "A prize draw; the top prize is a family holiday, worth CNY 50,000",
    ),
    "a feature": (
        "feature",
        {
            "about": {"zh": "公司与个人账户一处查看", "en": "company and personal account in one view"},
            "fixed_cost": 12,
        },
        "公司与个人账户一处查看",
        "company and personal account in one view",
    ),
}


def public_figures(record: Any) -> Iterator[int]:
    """The identities of the figures that a page may be made from."""
    for name, entry in items_of(type(record)).items():
        if entry.public:
            value = getattr(record, name)
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Figure):
                    yield id(inner)
                elif is_record(type(inner)):
                    yield from public_figures(inner)


@dataclasses.dataclass
class PublicWording:
    """Refuses to say anything that is not public."""

    words: Any
    public: set[int]

    def name(self, identifier: str) -> Any:
        return self.words.name(identifier)

    def value(self, figure: Figure) -> Any:
        assert id(figure) in self.public, "a sentence is made from a figure that is not public"
        return self.words.value(figure)


@pytest.mark.parametrize("name", SENTENCES)
def test_the_promise(name: str, benefit: Make, words: Any) -> None:
    mechanic, data, zh, en = SENTENCES[name]
    right = benefit(mechanic, **data)
    public = PublicWording(words, set(public_figures(right)))
    promise = right.promise(public)
    assert (promise.zh, promise.en) == (zh, en)
    for detail in right.details(public):
        assert detail.zh
        assert detail.en


DETAILS: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "which purchases tiers count": (
        "cashback",
        {"tiers": TIERS, "tier_rates": "whole", "window": "calendar-month", "maximum_ticket": 5000}
        | {"limits": [MONTH_50]},
        [
            ("只计单笔不超过 5,000 元的消费", "only purchases of at most CNY 5,000 count"),
            ("每自然月最多 50 元", "at most CNY 50 a calendar month"),
        ],
    ),
    "a cap on what a total multiplier adds": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "multiplier": 3,
            "multiplier_counts": "total",
            "limits": [{"metric": "points", "most": 2000, "period": "calendar-month"}],
        },
        [
            (
                "基础之外每自然月最多 2,000 分",
                "beyond the base at most 2,000 points a calendar month",
            )
        ],
    ),
    "guests who take a use": (
        "entitlement",
        LOUNGE | {"guests": {"most": 2, "places_taken": "30%"}},
        [
            ("每次可带 2 位同行人", "bring 2 guests each time"),
            ("每位同行人扣 1 次", "each guest takes one use"),
        ],
    ),
    "guests who are free": (
        "entitlement",
        LOUNGE | {"guests": {"most": 1, "counted": False, "places_taken": "30%"}},
        [
            ("每次可带 1 位同行人", "bring 1 guest each time"),
            ("同行人不扣次", "guests don't take a use"),
        ],
    ),
    "a cap": (
        "cashback",
        {"rate": "5%", "limits": [MONTH_50]},
        [("每自然月最多 50 元", "at most CNY 50 a calendar month")],
    ),
    "points rounded by statement": (
        "earn",
        {
            "currency": "points",
            "yuan_per_point": 20,
            "rounding": "statement",
            "limits": [{"metric": "points", "most": 500, "period": "statement-month", "level": "card"}],
        },
        [
            ("每张卡每账单周期最多 500 分", "at most 500 points a statement month per card"),
            ("每账单周期不足 1 分的部分不计", "parts of a point are dropped for each statement"),
        ],
    ),
    "steps of which the highest counts": (
        "milestone",
        SENTENCES["two steps"][1],
        [("只发放达到的最高一档", "only the highest step that you reach is rewarded")],
    ),
    "steps that add up, in every month": (
        "milestone",
        {
            "metric": "spend",
            "repeats": True,
            "steps": [{"threshold": amount, "window": "calendar-month"} | REWARD for amount in (1000, 2000)],
        },
        [
            ("各档奖励累计发放", "every step that you reach is rewarded"),
            ("每个统计周期均可获得", "can be earned in every such period"),
        ],
    ),
    "a voucher": (
        "voucher",
        SENTENCES["vouchers"][1] | {"minimum_spend": 200, "life_days": 90, "customer_price": 9.9},
        [
            ("单笔消费满 200 元可用", "for purchases of at least CNY 200"),
            ("领取后 90 天内有效（含末日）", "valid for 90 days from the claim, last day included"),
            ("每张售价 9.90 元", "CNY 9.90 each"),
        ],
    ),
    "a discount": (
        "discount",
        SENTENCES["a discount at a rate"][1] | {"cap_per_use": 200, "minimum_spend": 50, "comparison": ">"},
        [
            ("每次最多减 200 元", "at most CNY 200 each time"),
            ("单次消费超过 50 元可用", "when a visit costs more than CNY 50"),
        ],
    ),
    "interest-free instalments": (
        "instalment",
        SENTENCES["interest-free instalments"][1],
        [("单笔金额 600 元至 50,000 元", "CNY 600 to CNY 50,000 for one contract")],
    ),
    "instalments with interest at the start": (
        "instalment",
        SENTENCES["instalments free and at interest"][1] | {"fee_timing": "deducted"},
        [
            ("单笔金额 600 元至 50,000 元", "CNY 600 to CNY 50,000 for one contract"),
            ("利息在放款时扣除", "interest is deducted from the amount paid out"),
        ],
    ),
    "insurance that the customer pays": (
        "insurance",
        SENTENCES["insurance"][1] | {"sum_insured": 50000},
        [
            ("每年最高赔付 50,000 元", "pays out at most CNY 50,000 a year"),
            ("自愿投保，每年 1 元", "CNY 1 a year, if you choose it"),
        ],
    ),
    "insurance that is given": (
        "insurance",
        SENTENCES["insurance"][1] | {"customer_price": 0},
        [("保费由银行承担", "the bank pays the premium")],
    ),
    "a prize draw": (
        "draw",
        SENTENCES["a prize draw"][1],
        [
            ("参与方式：每消费一笔得一次机会", "How to enter: one chance for each purchase"),
            (
                "奖品：代金券（价值 88 元）1,000 份；家庭旅行（价值 50,000 元）1 份",
                "Prizes: 1,000 × a voucher (worth CNY 88); 1 × a family holiday (worth CNY 50,000)",
            ),
            ("开奖时间：每月 5 日", "Time: the 5th of each month"),
            ("开奖方式：公证处监督下随机抽取", "Manner: at random before a notary"),
            ("主办方：本行信用卡中心", "Organiser: the bank's card centre"),
        ],
    ),
}


@pytest.mark.parametrize("name", DETAILS)
def test_what_stands_beside_the_right(name: str, benefit: Make, words: Any) -> None:
    mechanic, data, lines = DETAILS[name]
    details = benefit(mechanic, **data).details(words)
    assert [(line.zh, line.en) for line in details] == lines


@pytest.mark.parametrize("rounding", ["none", "purchase", "day"])
def test_each_rounding_level_is_said(rounding: str, benefit: Make, words: Any) -> None:
    right = benefit("earn", currency="points", yuan_per_point=20, rounding=rounding)
    said = {"none": "", "purchase": "每笔不足 1 分的部分不计", "day": "每日不足 1 分的部分不计"}[rounding]
    assert "".join(line.zh for line in right.details(words)) == said


def test_an_instalment_page_never_calls_interest_a_fee(benefit: Make, words: Any) -> None:
    right = benefit("instalment", **SENTENCES["instalments free and at interest"][1])
    said = [right.promise(words), *right.details(words)]
    assert not [line for line in said if "手续费" in line.zh or "fee" in line.en]


def test_annual_rates_are_shown_on_10000_yuan_or_the_nearest_amount_allowed(
    benefit: Make, words: Any
) -> None:
    data = SENTENCES["instalments free and at interest"][1]
    free, paid = benefit("instalment", **data).annual_rates(words)
    assert (free.months, free.principal, free.interest, free.simple, free.compound) == (3, 10000, 0, 0, 0)
    assert paid.interest == 480
    assert float(paid.simple) == pytest.approx(0.0878, abs=5e-4)
    small = benefit("instalment", **data | {"maximum_amount": 5000}).annual_rates(words)[0]
    large = benefit("instalment", **data | {"minimum_amount": 20000}).annual_rates(words)[0]
    assert (small.principal, large.principal) == (5000, 20000)


def test_the_scope_in_words(benefit: Make, words: Any) -> None:
    from cardkit.ground.text import Text
    from cardkit.mechanics.wording import scope_text

    words.names.update({"dining": Text("餐饮", "dining"), "travel": Text("旅行", "travel")})
    scope = {
        "categories": ["dining", "travel"],
        "partner": "shield",
        "places": {"zh": "同城门店", "en": "shops in your city"},
        "calendar": {"zh": "每周三", "en": "Wednesdays"},
    }
    said = scope_text(benefit("cashback", rate="1%", scope=scope).scope, words)
    assert said == Text(
        "餐饮、旅行消费；限盾安保险；同城门店；每周三",
        "purchases in dining, travel; at Shield Insurance only; shops in your city; Wednesdays",
    )
    scope = {"excluded_categories": ["dining", "travel"]}
    said = scope_text(benefit("cashback", rate="1%", scope=scope).scope, words)
    assert said == Text("除餐饮、旅行外的全部消费", "all purchases except in dining, travel")
    assert scope_text(None, words) is None
    assert scope_text(benefit("cashback", rate="1%", scope={"share": "50%"}).scope, words) is None
