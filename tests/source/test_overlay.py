"""What-if: an overlay changes what it names and nothing else, is checked as files are, and is named."""

import json
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cardkit.cli.app import run
from cardkit.ground.errors import CardkitError
from cardkit.model.catalog import Catalog
from cardkit.source.load import load
from cardkit.source.overlay import Overlay, assignment, overlaid

ROOT = Path(__file__).parent.parent.parent / "catalog"
CATALOG = load(ROOT)
ENVIRONMENT = {"CARDKIT_LANG": "en", "CARDKIT_CATALOG": str(ROOT), "CARDKIT_AS_OF": "2026-11-22"}


def changed(*typed: str) -> Catalog:
    return overlaid(CATALOG, map(assignment, typed))


def differing(before: Any, after: Any, path: str = "") -> set[str]:
    """The paths at which two files' data differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = {**before, **after}
        return set().union(*(differing(before.get(k), after.get(k), f"{path}.{k}") for k in keys))
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return set().union(*(differing(one, other, f"{path}.{at}") for at, (one, other) in pairs))
    return set() if before == after else {path}


NAMED = [
    ("pet-care.price=88", {"pet-care.price"}),
    ("pet-care.benefits.clinic-discount.take_up=40%", {"pet-care.benefits.0.take_up"}),
    ("pet-care.benefits.0.take_up=40%", {"pet-care.benefits.0.take_up"}),
    ("gen-z.spend.categories.dining.month_mean=900", {"gen-z.spend.categories.dining.month_mean"}),
    ("catalog.market.funding=2.2%", {"catalog.market.funding"}),
    ("pet-care.benefits.clinic-discount.minimum_spend=300", {"pet-care.benefits.0.minimum_spend"}),
    ("base-card.core.core-cashback.limits=[]", {"base-card.core.0.limits"}),
    ("base-card.acquisition_cost.by_segment.senior=90", {"base-card.acquisition_cost.by_segment.senior"}),
    ("segments.*.life_years=*1.5", {f"{name}.life_years" for name in CATALOG.segments}),
    (
        "gen-z.usage.*.mean=*2",
        {f"gen-z.usage.{metric}.mean" for metric in CATALOG.segments["gen-z"].usage},
    ),
]


@pytest.mark.parametrize(("typed", "paths"), NAMED, ids=[typed for typed, _ in NAMED])
def test_an_overlay_changes_only_what_it_names(typed: str, paths: set[str]) -> None:
    after = changed(typed)
    names = {path.partition(".")[0] for path in paths}
    for name, entity in CATALOG.entities.items():
        assert (after.entities[name] is entity) == (name not in names)
    assert (after.known_settings is CATALOG.known_settings) == ("catalog" not in names)
    found = {
        (source.id or "catalog") + path
        for source, other in zip(CATALOG.sources, after.sources, strict=True)
        for path in differing(source.data, other.data)
    }
    assert {path for path in found if not any(path == p or path.startswith(f"{p}.") for p in paths)} == set()
    assert {p for p in paths if not any(path == p or path.startswith(f"{p}.") for path in found)} == set()
    assert after.hash == CATALOG.hash
    assert after.texts == CATALOG.texts


def test_the_files_and_the_content_hash_stay_as_they_are() -> None:
    def of_files() -> dict[Path, str]:
        return {file: sha256(file.read_bytes()).hexdigest() for file in ROOT.rglob("*.yaml")}

    before = of_files()
    for name in CATALOG.settings.scenarios:
        assert load(ROOT, Overlay(name, ("pet-care.price=88",))).hash == CATALOG.hash
    assert of_files() == before


def test_a_dated_figure_is_replaced_whole_and_multiplied_on_each_of_its_days() -> None:
    replaced = changed("catalog.market.funding=2.2%").settings.market.funding
    assert [(entry.since, entry.value) for entry in replaced.entries] == [(None, Fraction(22, 1000))]
    before, after = CATALOG.settings.market.funding, changed("catalog.market.funding=*1.5").settings
    assert [(entry.since, entry.value) for entry in after.market.funding.entries] == [
        (entry.since, entry.value * Fraction(3, 2)) for entry in before.entries
    ]


def test_a_figure_by_segment_is_replaced_whole_and_multiplied_in_each_segment() -> None:
    assert changed("base-card.acquisition_cost=100").cards["base-card"].acquisition_cost.by_segment == {}
    before = CATALOG.cards["base-card"].acquisition_cost
    after = changed("base-card.acquisition_cost=*2").cards["base-card"].acquisition_cost
    assert after.entries[0].value == before.entries[0].value * 2
    for segment, figure in before.by_segment.items():
        assert after.by_segment[segment].entries[0].value == figure.entries[0].value * 2


def test_a_changed_figure_says_who_changed_it() -> None:
    entry = changed("pet-care.price=88").modules["pet-care"].price.entries[0]
    assert (entry.source, entry.status) == ("--set", "assumed")
    loss = load(ROOT, Overlay("downturn")).segments["gen-z"].credit.float_loss.entries[0]
    assert loss.source == "*1.5 (scenario downturn)"


def test_later_changes_build_on_earlier_ones_and_on_the_scenario() -> None:
    assert (
        changed("pet-care.price=80", "pet-care.price=*1.1").modules["pet-care"].price.entries[0].value == 88
    )
    over = load(ROOT, Overlay("rate-cut", ("catalog.market.funding=*2",)))
    assert over.settings.market.funding.entries[0].value == Fraction(3, 100)


def test_every_shipped_scenario_fits_the_catalog_and_changes_something() -> None:
    for name in CATALOG.settings.scenarios:
        after = load(ROOT, Overlay(name))
        assert after.sources != CATALOG.sources


WRONG = [
    ("pet-car.price=88", "did you mean pet-care"),
    ("pet-care.prise=88", "did you mean price?"),
    ("pet-care.benefits.clinic-discont.take_up=40%", "did you mean clinic-discount?"),
    ("pet-care.benefits.3.take_up=40%", "there are: clinic-discount"),
    ("gen-z.spend.categories.dinning.month_mean=900", "did you mean dining?"),
    ("pet-care.attributes.service-lod=3", "did you mean service-load?"),
    ("pet-care.price.value=88", "end the path at the figure"),
    ("pet-care.price.from=88", "end the path at the figure"),
    ("pet-care.valid.untill=2027-01-01", "did you mean until?"),
    ("segments.*.credit.float_los=1%", "did you mean float_loss"),
    ("segments.gen-z.life_years=3", "segments.*.key"),
    ("pet-care=88", "write pet-care.key"),
    ("modules.*=88", "write modules.*.key"),
    ("*.price=88", "as in modules.*.price"),
    ("pet-care..price=88", "nothing stands between two dots"),
    ("pet-care.price", "--set PATH=VALUE"),
    ("=88", "--set PATH=VALUE"),
    ("pet-care.price=", "a value must stand after ="),
    ("pet-care.id=cat-care", "can't be changed"),
    ("pet-care.price=eighty", "needs a number"),
    ("pet-care.price=88.888", "Too many decimals"),
    ("pet-care.price=-1", "at least 0"),
    ("pet-care.price=1e3", "or 1000"),
    ("pet-care.price=&a 3", "nchor"),
    ("pet-care.status=sold", "live"),
    ("pet-care.benefits.clinic-discount.take_up=40", "write it such as 40%"),
    ("pet-care.benefits.clinic-discount.take_up=140%", "between 0% and 100%"),
    ("pet-care.benefits.clinic-discount.uses=*1.1", "a whole number is needed"),
    ("pet-care.benefits.clinic-discount.take_up=*2", "between 0% and 100%"),
    ("pet-care.name.zh=*2", "value already"),
    ("pet-care.owner=*2", "no number"),
    ("pet-care.benefits.clinic-discount.minimum_spend=*2", "isn't given"),
    ("pet-care.price=*", "a number must stand after *"),
    ("pet-care.price=*yes", "yes"),
    ("pet-care.price=88\nowner: me", "a value must stand after ="),
    ("pet-care.valid.until=2026-02-31", "no 2026-02-31 in the calendar"),
]


@pytest.mark.parametrize(("typed", "instead"), WRONG, ids=[repr(typed) for typed, _ in WRONG])
def test_a_change_that_fits_nothing_is_one_clear_message(typed: str, instead: str) -> None:
    with pytest.raises(CardkitError) as caught:
        changed(typed)
    hint = caught.value.hint
    assert instead in caught.value.message.en + " " + ("" if hint is None else hint.en)
    assert "\n" not in caught.value.message.en


def test_positions_under_an_overlay_are_those_of_the_files() -> None:
    after = changed("pet-care.price=88", "base-card.core.core-cashback.limits=[]")
    assert after.site("pet-care", "price") == CATALOG.site("pet-care", "price")
    inside = after.site("pet-care", "price", "source")
    assert inside.span.line == CATALOG.site("pet-care", "price").span.line


@pytest.mark.parametrize(
    "command",
    [
        ["price", "pet-care@gen-z"],
        ["check", "pet-care@gen-z"],
        ["preview", "pet-care@gen-z"],
        ["list", "modules"],
        ["show", "pet-care"],
        ["validate"],
    ],
    ids=lambda command: command[0],
)
def test_every_output_names_the_overlay_and_only_where_there_is_one(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--set", "pet-care.price=88", "--scenario", "rate-cut"]
    run([*command, "--format", "json", *options], ENVIRONMENT)
    said = capsys.readouterr()
    named = {"scenario": "rate-cut", "set": ["pet-care.price=88"]}
    assert json.loads(said.out)["overlay"] == named
    assert "scenario rate-cut, pet-care.price=88" in said.err
    run([*command, "--format", "json"], ENVIRONMENT)
    assert "overlay" not in json.loads(capsys.readouterr().out)
    people = "full" if command[0] == "validate" else "text" if command[0] == "check" else "table"
    run([*command, "--format", people, *options], ENVIRONMENT)
    assert "pet-care.price=88" in capsys.readouterr().out.replace("\n", "")


def test_a_price_is_computed_from_the_overlay(capsys: pytest.CaptureFixture[str]) -> None:
    def fee(*options: str) -> str:
        run(["price", "pet-care@gen-z", "--format", "json", *options], ENVIRONMENT)
        lines = json.loads(capsys.readouterr().out)["products"][0]["lines"]
        return str(next(line["amount"] for line in lines if line["id"] == "pet-care/fee"))

    assert fee() == "64.02"
    assert fee("--set", "pet-care.price=88", "--set", "catalog.market.collection=100%") == "88.00"


def test_an_unknown_scenario_and_a_wrong_path_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--scenario", "downtrun"], ["--set", "pet-care.prise=1"], ["--set", "\x1b[31m.x=1"]):
        assert run(["price", "base-card@gen-z", *options], ENVIRONMENT) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("error: ")
        assert "\x1b" not in said.err


def test_a_broken_file_is_not_mended_by_an_overlay(tmp_path: Path) -> None:
    for file in ROOT.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    broken = tmp_path / "modules" / "pet-care.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("price: 66", "prise: 66"), encoding="utf-8")
    with pytest.raises(CardkitError, match="has faults"):
        load(tmp_path, Overlay(values=("pet-care.price=66",)))
    assert load(tmp_path, Overlay("downturn")).broken == {"pet-care"}
