"""`cardkit schema --product`: what apps are handed."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from cardkit.cli.app import run

CATALOG = Path(__file__).parent.parent.parent / "catalog"


def schema(*options: str, catalog: Path = CATALOG) -> int:
    return run(
        ["schema", "--product", "--catalog", str(catalog), "--as-of", "2026-07-01", "--lang", "en", *options]
    )


def test_the_schema_names_catalog_and_day_and_its_errors_name_the_rule_and_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert schema() == 0
    out, err = capsys.readouterr()
    assert err == ""
    written = json.loads(out)
    assert written["x-cardkit"]["catalog"]["id"] == "example-bank-cards"
    assert written["x-cardkit"]["as_of"] == "2026-07-01"
    chosen = {"card": "base-card", "modules": ["airport-lounge"], "segment": "career-core"}
    (error,) = jsonschema.Draft202012Validator(written).iter_errors(chosen)
    assert error.schema["title"] == "lounge-needs-miles"
    assert error.schema["description"].startswith("贵宾厅次数由航空里程包的合作协议提供")
    assert "can't be bought alone" in error.schema["description"]


def test_a_file_holds_what_is_printed_and_is_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema()
    printed = capsys.readouterr().out
    file = tmp_path / "made" / "products.json"
    for _ in range(2):
        assert schema("--output", str(file)) == 0
        assert file.read_text(encoding="utf-8") == printed
    out, err = capsys.readouterr()
    assert out == ""
    assert str(file) in err


def test_a_kind_of_file_and_products_dont_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert schema("module") == 2
    assert "cardkit schema --product" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("rules/lounge-needs-miles.yaml", 2),
        ("modules/pet-care.yaml", 2),
        ("catalog.yaml", 2),
        ("campaigns/birthday-gift.yaml", 0),
    ],
)
def test_no_schema_is_made_from_what_is_left_of_a_broken_catalog(
    file: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(CATALOG, tmp_path / "catalog")
    (copy / file).write_text("kind: [\n", encoding="utf-8")
    assert schema(catalog=copy) == code
    out, err = capsys.readouterr()
    assert (out == "") == (code == 2)
    assert (file in err) == (code == 2)


def test_what_isnt_expressed_is_said_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = shutil.copytree(CATALOG, tmp_path / "catalog")
    for number, file in enumerate(sorted((copy / "modules").glob("*.yaml"))):
        text = file.read_text(encoding="utf-8")
        lines = [line for line in text.split("\n") if not line.startswith("attributes:")]
        file.write_text("\n".join([f"attributes: {{service-load: 1.{number:02}}}", *lines]), encoding="utf-8")
    assert schema(catalog=copy) == 0
    out, err = capsys.readouterr()
    (listed,) = json.loads(out)["x-cardkit-not-expressed"]
    assert listed["rule"] == "people-can-only-do-so-much"
    assert listed["reason"]
    assert "people-can-only-do-so-much" in err
