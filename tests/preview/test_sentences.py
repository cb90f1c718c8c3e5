"""Sentences follow the data: another comparison, multiplier or period is another sentence."""

from typing import Any

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.preview.sheet import RightLine

EARN = {"currency": "points", "yuan_per_point": 20}
BACK = {"amount": 5, "minimum_ticket": 50}
TENORS = [
    {"months": 6, "customer_rate": "0%", "share": "50%"},
    {"months": 12, "customer_rate": "0.6%", "share": "50%"},
]
LOAN = {
    "purpose": {"zh": "家电", "en": "appliances"},
    "book": "consumption",
    "tenors": TENORS,
    "minimum_amount": 600,
    "maximum_amount": 50000,
    "reference_rate": "0.7%",
    "contracts": 0.1,
    "mean_principal": 8000,
}
WAIVER = {"fee": "annual", "condition": "spend-year", "threshold": 50000}

Row = tuple[str, dict[str, Any], str | None, str | None]

PROMISES: list[Row] = [
    ("cashback", BACK, "每笔满 50 元返 5 元", "CNY 5 back on each purchase of at least CNY 50"),
    (
        "cashback",
        BACK | {"comparison": ">"},
        "每笔超过 50 元返 5 元",
        "CNY 5 back on each purchase of more than CNY 50",
    ),
    (
        "earn",
        EARN | {"multiplier": 3, "multiplier_counts": "total"},
        "积分总计 3 倍（含基础积分；基础为每消费 20 元累积 1 积分）",
        None,
    ),
    (
        "earn",
        EARN | {"multiplier": 3, "multiplier_counts": "incremental"},
        "在基础积分之外额外 3 倍（基础为每消费 20 元累积 1 积分）",
        None,
    ),
    (
        "fee-waiver",
        WAIVER | {"window": "calendar-year"},
        "自然年内消费满 50,000 元，免年费",
        "No annual fee when you spend at least CNY 50,000 in a calendar year",
    ),
    (
        "fee-waiver",
        WAIVER | {"comparison": ">", "window": "calendar-year"},
        "自然年内消费超过 50,000 元，免年费",
        "No annual fee when you spend more than CNY 50,000 in a calendar year",
    ),
]


def line(small_catalog: Any, kit: Any, mechanic: str, **more: Any) -> RightLine:
    """The line of one right on a card, for everybody."""
    catalog = small_catalog(card=kit.card_data(kit.right(mechanic, **more)))
    found: RightLine = kit.only_right(kit.sheet_for(catalog, "plain-card"))
    return found


@pytest.mark.parametrize("row", PROMISES)
def test_the_promise_says_what_the_fields_say(row: Row, small_catalog: Any, kit: Any) -> None:
    mechanic, fields, zh, en = row
    promise = line(small_catalog, kit, mechanic, **fields).promise
    assert promise.zh == zh
    assert en is None or promise.en == en


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("calendar-month", "每自然月最多 50 元", "at most CNY 50 a calendar month"),
        ("statement-month", "每账单周期最多 50 元", "at most CNY 50 a statement month"),
    ],
)
def test_a_cap_names_its_period(period: str, zh: str, en: str, small_catalog: Any, kit: Any) -> None:
    limits = [{"metric": "reward", "most": 50, "period": period}]
    found = line(small_catalog, kit, "cashback", rate="1%", limits=limits)
    assert [(it.zh, it.en) for it in found.conditions] == [(zh, en)]


ASIDE: list[Row] = [
    ("how", {}, "自动享有，无需报名", "automatic, nothing to do"),
    ("how", {"enrolment": "register", "take_up": "30%"}, "先报名，再享有", "register first"),
    ("how", {"enrolment": "claim", "take_up": "30%"}, "每次须先领取", "claim it each time"),
    (
        "place",
        {"scope": {"categories": ["dining"], "calendar": {"zh": "每周三", "en": "Wednesdays"}}},
        "餐饮消费；每周三",
        "purchases in dining; Wednesdays",
    ),
    ("place", {"scope": {"partner": "nobody"}}, "限nobody", "at nobody only"),
    (
        "validity",
        {"validity": {"from": "2026-01-01", "until": "2026-12-31"}},
        "2026年1月1日至2026年12月31日（首末日均含）",
        "1 January 2026 to 31 December 2026, first and last day included",
    ),
    (
        "validity",
        {"validity": {"until": "2026-11-22", "days_after_grant": 30}},
        "至2026年11月22日（含当天）；发放后 30 天内用完（含最后一天）",
        (
            "until 22 November 2026, that day included; "
            "use it within 30 days of getting it, the last day included"
        ),
    ),
    (
        "validity",
        {"validity": {"from": "2027-02-01"}},
        "尚未开始；自2027年2月1日起（含当天）",
        "not in force yet; from 1 February 2027, that day included",
    ),
    (
        "who",
        {"eligibility": {"holder": "main-and-supplementary", "minimum_age": 60}},
        "主卡和附属卡持卡人；满 60 周岁",
        "main and supplementary card holders; aged 60 or older",
    ),
    ("who", {"eligibility": {"share": "30%"}}, None, None),
    (
        "quota",
        {"pool": {"units": 12500, "periods": 7, "period": "calendar-month"}},
        "全部客户合计每自然月 12,500 份，一年开放 7 个周期，先到先得，领完为止",
        (
            "12,500 for all customers together a calendar month, in 7 of them a year; "
            "first come, first served, while they last"
        ),
    ),
]


@pytest.mark.parametrize("row", ASIDE)
def test_what_limits_a_right_stands_beside_it(row: Row, small_catalog: Any, kit: Any) -> None:
    name, fields, zh, en = row
    found = getattr(line(small_catalog, kit, "cashback", rate="1%", **fields), name)
    assert found == (None if zh is None or en is None else Text(zh, en))


def test_points_say_when_they_expire_beside_the_right_that_earns_them(small_catalog: Any, kit: Any) -> None:
    points = line(small_catalog, kit, "earn", currency="points", yuan_per_point=20)
    miles = line(small_catalog, kit, "earn", currency="miles", yuan_per_point=20)
    assert points.validity == Text(
        "积分自累积起 24 个月后失效", "points expire 24 months after they are earned"
    )
    assert miles.validity == Text("里程长期有效", "miles don't expire")


def test_a_right_that_is_over_or_for_others_is_left_out(small_catalog: Any, kit: Any) -> None:
    over = kit.right("cashback", "over", rate="1%", validity={"until": "2026-11-21"})
    last_day = kit.right("cashback", "last-day", rate="1%", validity={"until": "2026-11-22"})
    for_rich = kit.right("cashback", "for-rich", rate="2%", eligibility={"segments": ["rich"]})
    catalog = small_catalog(card=kit.card_data(over, last_day, for_rich))

    def shown(segment: str | None) -> list[str]:
        sheet = kit.sheet_for(catalog, "plain-card", segment=segment)
        return [right.id.partition("/")[2] for it in sheet.sections for right in it.rights]

    assert shown("anybody") == ["core-cashback", "last-day"]
    assert shown("rich") == ["core-cashback", "last-day", "for-rich"]
    assert shown(None) == ["core-cashback", "last-day"]
    notices = kit.sheet_for(catalog, "plain-card", segment=None).notices
    assert any("另有只面向部分客群的权益" in notice.zh for notice in notices)


def test_the_highest_annual_rate_comes_first_and_interest_is_never_called_a_fee(
    small_catalog: Any, kit: Any, printed: Any
) -> None:
    catalog = small_catalog(card=kit.card_data(kit.right("instalment", **LOAN)))
    sheet = kit.sheet_for(catalog, "plain-card")
    (box,) = sheet.instalments
    assert box.highest.months == 12
    assert kit.only_right(sheet).highest_rate.zh == "13.03%（单利；折合复利 13.84%）"
    for language in ("zh", "en"):
        for columns in (40, 80, 120):
            page = printed(sheet, language, columns).replace("\n", "")
            annual, monthly = page.index("13.03%"), page.index("0.6%")
            assert annual < monthly
            assert "手续费" not in page
    assert box.tenors[1].interest == 72_000
    assert box.principal == 1_000_000


def test_an_interest_free_plan_says_so(small_catalog: Any, kit: Any) -> None:
    free = LOAN | {"tenors": [{"months": 6, "customer_rate": "0%"}]}
    catalog = small_catalog(card=kit.card_data(kit.right("instalment", **free)))
    sheet = kit.sheet_for(catalog, "plain-card")
    assert kit.only_right(sheet).highest_rate == Text("0%，免息", "0%, interest-free")
    assert sheet.instalments[0].timing is None


def test_sharing_names_the_pack_until_the_product_has_it(small_catalog: Any, kit: Any) -> None:
    lounge = kit.right("cashback", "lounge", rate="1%", sharing={"people": 2, "demand_factor": 1.5})
    about = kit.texts("与家人共享", "Share with the family")
    pack = kit.module_data("pack", kit.right("feature", about=about, shares=["card/lounge"], fixed_cost=3))
    catalog = small_catalog(pack, card=kit.card_data(lounge))
    alone = kit.only_right(kit.sheet_for(catalog, "plain-card")).sharing
    both = kit.sheet_for(catalog, "plain-card", "pack")
    assert alone == Text(
        "加选“模块pack”后可与 2 位家人共享", "with “Module pack” it is shared with 2 family members"
    )
    assert kit.only_right(both).sharing.zh == "已可与 2 位家人共享，次数与上限合并计算"
    assert kit.only_right(both, "module").conditions[-1].zh == "可与家人共享“示例权益”"


def test_a_cap_together_stands_beside_each_right_that_shares_it(small_catalog: Any, kit: Any) -> None:
    more = kit.module_data(
        "more", kit.right("cashback", "back", rate="2%", name=kit.texts("加返", "More back"))
    )
    cap = {"metric": "reward", "most": 60, "period": "calendar-month"}
    catalog = small_catalog(more, kit.group_data("card/core-cashback", "more/back", cap=cap))
    sheet = kit.sheet_for(catalog, "plain-card", "more")
    assert kit.only_right(sheet, "module").conditions[-1].zh == "与“日常返现”合计每自然月最多 60 元"
    assert kit.only_right(sheet, "core").conditions[-1].zh == "与“加返”合计每自然月最多 60 元"
    assert [overlap.reason.zh for overlap in sheet.overlaps] == ["两项一起计算。"]
    assert kit.sheet_for(catalog, "plain-card").overlaps == ()


def test_a_campaign_says_who_runs_it_until_when_and_from_which_events_its_clocks_run(
    small_catalog: Any, kit: Any
) -> None:
    step = {"threshold": 10, "within_days": 65, "clock": "spend", "unit_cost": 15, "retail_value": 20}
    reward = {"reward": kit.texts("一张咖啡券", "one coffee voucher"), "probability": "60%"}
    catalog = small_catalog(
        kit.campaign_data(
            kit.right("milestone", metric="first-spend", steps=[step | reward]),
            clocks=[
                {
                    "id": "spend",
                    "start": "approval",
                    "days": 65,
                    "goal": kit.texts("首笔消费", "First purchase"),
                }
            ],
            quota=5000,
        )
    )
    sheet = kit.sheet_for(catalog, "plain-card", campaigns=("welcome",))
    section = sheet.sections[0]
    assert [(fact.label.zh, fact.text.zh) for fact in section.facts] == [
        ("活动期", "2026年10月1日至2027年3月31日（首末日均含）"),
        ("主办方", "甲银行信用卡中心"),
        ("时限", "首笔消费：自核卡之日起 65 天内（含最后一天）"),
        ("名额", "整个活动共 5,000 份，先到先得，领完为止"),
    ]
    assert section.facts[2].text.en == "First purchase: within 65 days of approval, the last day included"
    assert "自核卡之日起 65 天内" in section.rights[0].promise.zh
    late = kit.sheet_for(catalog, "plain-card", campaigns=("welcome",), segment="rich").sections[0]
    assert late.facts[0].text == Text("不面向该客群", "not for this group of customers")


@pytest.mark.parametrize(
    ("metric", "more", "first_come"),
    [("approval", {}, True), ("event", {"condition": {"zh": "入选", "en": "if chosen"}}, False)],
)
def test_a_quota_that_a_jury_hands_out_is_not_for_who_comes_first(
    metric: str, more: dict[str, Any], first_come: bool, small_catalog: Any, kit: Any
) -> None:
    step = {"reward": kit.texts("一张卡", "a card"), "unit_cost": 1, "retail_value": 1, "probability": "1%"}
    right = kit.right("milestone", metric=metric, steps=[step | more])
    catalog = small_catalog(kit.campaign_data(right, quota=30))
    sheet = kit.sheet_for(catalog, "plain-card", campaigns=("welcome",))
    said = [fact.text.zh for fact in sheet.sections[0].facts if fact.label.zh == "名额"]
    assert said == ["整个活动共 30 份，先到先得，领完为止" if first_come else "整个活动共 30 份"]
    assert any("先到先得" in notice.zh for notice in sheet.notices) == first_come


def test_a_figure_without_a_value_on_the_day_is_an_error_that_names_the_right(
    small_catalog: Any, kit: Any
) -> None:
    late = [{"from": "2027-01-01", "value": 5}]
    catalog = small_catalog(card=kit.card_data(kit.right("cashback", "later", amount=late)))
    with pytest.raises(CardkitError, match="plain-card/later: A figure here has no value on 2026-11-22"):
        kit.sheet_for(catalog, "plain-card")


def test_a_figure_that_only_segments_have_asks_for_one(small_catalog: Any, kit: Any) -> None:
    by_segment = {"by_segment": {"rich": "3%"}}
    catalog = small_catalog(card=kit.card_data(kit.right("cashback", "split", rate=by_segment)))
    assert kit.only_right(kit.sheet_for(catalog, "plain-card", segment="rich")).promise.zh == "消费返现 3%"
    with pytest.raises(CardkitError, match="given for single segments only"):
        kit.sheet_for(catalog, "plain-card", segment=None)
