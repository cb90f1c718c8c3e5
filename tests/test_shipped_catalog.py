"""Every row of the domain brief is a real entry: shown, priced in its segment, and previewed."""

import json
from datetime import date
from pathlib import Path

import pytest

from cardkit.cli.app import run
from cardkit.model.catalog import Catalog
from cardkit.source.load import load

CATALOG = Path(__file__).parent.parent / "catalog"
AS_OF = date(2026, 11, 22)

SEGMENTS = (
    "gen-z",
    "career-core",
    "high-net-worth",
    "business-owner",
    "new-resident",
    "senior",
    "corporate-staff",
    "young-parent",
    "early-career",
)
PRODUCTS = {
    "base-card": "gen-z",
    "airline-miles": "career-core",
    "mileage-accelerator-card": "career-core",
    "family-park-pass": "young-parent",
    "pet-care": "gen-z",
    "game-card": "gen-z",
    "heritage-card": "gen-z",
    "sports-card": "career-core",
    "black-gold-card": "high-net-worth",
    "business-owner-card": "business-owner",
    "childcare-card": "young-parent",
    "skills-card": "early-career",
    "employee-card": "corporate-staff",
    "city-roots": "new-resident",
    "silver-ease": "senior",
    "supplementary-pack+family-park-pass": "young-parent",
    "card-insurance": "senior",
    "currency-optimiser": "career-core",
    "basic-service": "gen-z",
    "value-added-service": "career-core",
    "bespoke-service": "high-net-worth",
}
CAMPAIGNS = (
    "activation-ladder",
    "team-bonus",
    "small-ticket-cashback",
    "wake-up-rights",
    "upgrade",
    "returning-customer",
    "first-spend-journey",
    "churn-rescue",
    "tenure-gift",
    "birthday-gift",
    "festival-gift",
    "referral",
    "card-face-contest",
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(CATALOG)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, day: date = AS_OF) -> tuple[int, str]:
    code = run([*arguments, "--catalog", str(CATALOG), "--as-of", day.isoformat()])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("name", [*SEGMENTS, *(row.partition("+")[0] for row in PRODUCTS), *CAMPAIGNS])
def test_a_row_of_the_brief_is_an_entity_with_a_name_in_both_languages(catalog: Catalog, name: str) -> None:
    entity = catalog.entities[name]
    assert entity.name.zh
    assert entity.name.en
    assert entity.name.zh != entity.name.en


def test_there_are_nine_segments_seven_cards_and_twenty_five_modules_at_least(catalog: Catalog) -> None:
    assert set(SEGMENTS) == set(catalog.segments)
    assert len(catalog.cards) >= 7
    assert len(catalog.modules) >= 25


def test_all_thirteen_mechanics_are_used(catalog: Catalog) -> None:
    used = {right.mechanic for _, holder in catalog.holders() for right in holder.rights}
    assert len(used) == 13


@pytest.mark.parametrize(("name", "segment"), PRODUCTS.items())
def test_a_row_is_shown_priced_in_its_segment_and_previewed_in_both_languages(
    capsys: pytest.CaptureFixture[str], name: str, segment: str
) -> None:
    assert answer(capsys, "show", name.partition("+")[0])[0] == 0
    code, out = answer(capsys, "price", f"{name}@{segment}", "--format", "json")
    assert code == 0
    assert json.loads(out)["products"][0]["lines"]
    for language in ("zh", "en"):
        code, out = answer(capsys, "preview", f"{name}@{segment}", "--lang", language)
        assert code == 0
        assert len(out.splitlines()) > 20


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_a_campaign_is_shown_priced_and_previewed_in_both_languages(
    capsys: pytest.CaptureFixture[str], catalog: Catalog, name: str
) -> None:
    campaign = catalog.campaigns[name]
    segment = campaign.target.segments[0]
    day = campaign.window.since if campaign.window.since and campaign.window.since > AS_OF else AS_OF
    assert answer(capsys, "show", name)[0] == 0
    code, out = answer(capsys, "price", f"{name}@{segment}", "--format", "json", day=day)
    assert code == 0
    lines = json.loads(out)["products"][0]["lines"]
    assert any(line["source"] == name for line in lines), "no line of the campaign"
    for language in ("zh", "en"):
        code, out = answer(capsys, "preview", f"{name}@{segment}", "--lang", language, day=day)
        assert code == 0
        assert campaign.name.to(language) in out


def test_bundles_earn_where_they_are_sold_and_some_combinations_may_not_be_sold(
    catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    for bundle in catalog.bundles.values():
        code, out = answer(capsys, "price", f"{bundle.id}@{bundle.segments[0]}", "--format", "json")
        assert code == 0
        assert float(json.loads(out)["products"][0]["totals"]["contribution"]) > 0
    assert answer(capsys, "price", "black-gold-card@gen-z")[0] == 1
    assert answer(capsys, "check", "base-card+airport-lounge@gen-z")[0] == 1
