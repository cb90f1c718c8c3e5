"""The bill: what is paid a year, what comes off, what waives or changes a fee."""

from typing import Any

from cardkit.preview.sheet import Sheet

WAIVER = {"fee": "annual", "condition": "purchases-year", "threshold": 6}


def bill(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(line.kind, line.name.zh, line.amount.zh) for line in sheet.fees]


def test_a_card_alone_shows_its_fee_with_what_waives_it(small_catalog: Any, kit: Any) -> None:
    sheet = kit.sheet_for(small_catalog(card=kit.card_data(kit.right("fee-waiver", **WAIVER))), "plain-card")
    assert bill(sheet) == [("card", "普通卡年费", "300 元/年"), ("rate", "货币转换费", "1.5%")]
    assert [note.zh for note in sheet.fees[0].notes] == ["持卡年（自核卡日起算）内消费满 6 笔，免年费"]


def test_modules_bundle_and_number_of_modules_add_up_to_the_total(small_catalog: Any, kit: Any) -> None:
    one, two = (kit.module_data(name, kit.right("cashback", rate="1%")) for name in ("one", "two"))
    bundle = {
        "kind": "bundle",
        "id": "pair",
        "name": kit.texts("双享", "Pair"),
        "owner": "tests",
        "card": "plain-card",
        "modules": ["one", "two"],
        "segments": ["anybody"],
        "discount": 40,
    }
    sheet = kit.sheet_for(small_catalog(one, two, bundle), "plain-card", "one", "two")
    assert sheet.title.zh == "双享"
    assert bill(sheet) == [
        ("card", "普通卡年费", "300 元/年"),
        ("module", "模块one", "99 元/年"),
        ("module", "模块two", "99 元/年"),
        ("discount", "“双享”组合优惠", "−40 元/年"),
        ("discount", "多模块优惠", "−15 元/年"),
        ("total", "每年合计", "443 元/年"),
        ("rate", "货币转换费", "1.5%"),
    ]


def test_a_fee_that_will_change_says_from_when(small_catalog: Any, kit: Any) -> None:
    fee = [
        {"from": "2025-01-01", "value": 200},
        {"from": "2026-01-01", "value": 300},
        {"from": "2027-01-01", "value": 360.5},
    ]
    sheet = kit.sheet_for(small_catalog(card=kit.card_data(annual_fee=fee, fx_markup="0%")), "plain-card")
    assert bill(sheet) == [("card", "普通卡年费", "300 元/年"), ("rate", "货币转换费", "不收")]
    assert [note.zh for note in sheet.fees[0].notes] == ["自2027年1月1日起：360.50 元/年"]


def test_insurance_names_its_insurer_and_is_by_choice(small_catalog: Any, kit: Any) -> None:
    cover = kit.right(
        "insurance",
        insurer="shield",
        cover=kit.texts("盗刷", "fraud"),
        customer_price=1,
        premium=3.2,
        expected_claims=2,
        enrolment="register",
        take_up="20%",
    )
    sheet = kit.sheet_for(small_catalog(kit.module_data("cover", cover, price=0)), "plain-card", "cover")
    line = sheet.fees[-1]
    assert (line.kind, line.amount.zh) == ("insurance", "1 元/年")
    assert line.notes[0].zh == "由shield承保；自愿投保，不默认勾选"
    assert [(it.amount.zh, it.notes[0].zh) for it in sheet.fees if it.kind == "module"] == [
        ("不收", "自愿购买的项目另列于下")
    ]
    assert not any("3.2" in text for text in (repr(line), repr(sheet.sections)))


def test_a_waiver_of_a_campaign_that_is_over_waives_nothing(small_catalog: Any, kit: Any) -> None:
    over = {"from": "2026-01-01", "until": "2026-06-30"}
    catalog = small_catalog(kit.campaign_data(kit.right("fee-waiver", **WAIVER), window=over))
    sheet = kit.sheet_for(catalog, "plain-card", campaigns=("welcome",))
    assert sheet.fees[0].notes == ()
    assert sheet.sections[0].facts[0].text.zh == "已结束"


def test_what_may_not_be_sold_has_a_sheet_that_says_why(small_catalog: Any, kit: Any, printed: Any) -> None:
    big = kit.module_data("big", kit.right("cashback", rate="1%"), slots=4)
    sheet = kit.sheet_for(small_catalog(big), "plain-card", "big")
    assert not sheet.sellable
    assert [reason.zh for reason in sheet.reasons] == ["普通卡有 3 个槽位，所选模块要占 4 个"]
    assert "此组合不可销售" in printed(sheet, "zh")
    young = kit.card_data(minimum_age=65)
    nobody = kit.sheet_for(small_catalog(card=young), "plain-card", segment=None)
    assert [reason.en for reason in nobody.reasons] == ["No group of customers may have it"]
