"""What a user types wrong gets one clear message that says what to write instead."""

from pathlib import Path

import pytest

from cardkit.cli.app import run

CATALOG = str(Path(__file__).parent.parent.parent / "catalog")

CASES = [
    ("a wrong id", ["price", "base-card+pet-car@gen-z"], 2, "did you mean pet-care"),
    ("a wrong segment", ["price", "base-card@gen-y"], 2, "did you mean gen-z"),
    ("no base card", ["price", "pet-care"], 2, "write CARD+pet-care"),
    ("a module typed twice", ["check", "base-card+pet-care+pet-care@gen-z"], 2, "write each module once"),
    ("two cards", ["check", "base-card+game-card@gen-z"], 2, "a product has one base card"),
    ("a rule where a product is wanted", ["price", "lounge-needs-miles@gen-z"], 2, "look at it with"),
    ("an empty product", ["check", ""], 2, "CARD+MODULE"),
    ("a path as an id", ["show", "../../etc/passwd"], 2, "There is no"),
    ("a wrong command", ["prise"], 2, "did you mean cardkit price?"),
    ("a wrong option", ["price", "base-card@gen-z", "--frmat", "json"], 2, "There is no option --frmat"),
    ("a missing argument", ["price"], 2, "is missing"),
    ("a wrong format", ["price", "base-card@gen-z", "--format", "xml"], 2, "table, tsv, csv, json, md"),
    (
        "a typed-in 31 February",
        ["price", "base-card@gen-z", "--as-of", "2026-02-31"],
        2,
        "--as-of 2026-12-31",
    ),
    ("a wrong kind", ["list", "modul"], 2, "module"),
    ("a wrong check", ["rule", "CK999"], 2, "There is no check CK999"),
    ("a wrong language", ["list", "--lang", "fr"], 2, "zh | en"),
]


@pytest.mark.parametrize(("what", "arguments", "code", "instead"), CASES, ids=[case[0] for case in CASES])
def test_a_message_says_what_to_write_instead(
    what: str, arguments: list[str], code: int, instead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments, {"CARDKIT_LANG": "en", "CARDKIT_CATALOG": CATALOG}) == code, what
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert instead in err
    assert len(err.splitlines()) <= 2


@pytest.mark.parametrize("arguments", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_the_same_messages_speak_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    environment = {"CARDKIT_LANG": "zh", "CARDKIT_CATALOG": CATALOG, "LANG": "zh_CN.UTF-8"}
    run(arguments, environment)
    err = capsys.readouterr().err
    if "--lang" not in arguments:
        assert err.startswith("错误：")


def test_a_missing_folder_says_how_to_name_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["validate", str(tmp_path / "none")], ["list", "--catalog", str(tmp_path / "none")]):
        assert run(command, {"CARDKIT_LANG": "en"}) == 2
        assert "--catalog DIR" in capsys.readouterr().err


def test_a_folder_that_is_no_catalog_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(tmp_path)], {"CARDKIT_LANG": "en"}) == 2
    assert "catalog.yaml" in capsys.readouterr().err


def test_a_price_that_needs_an_absent_value_says_which_one_and_where_it_belongs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    copy = shutil.copytree(CATALOG, tmp_path / "catalog")
    file = copy / "segments" / "gen-z.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("clinic-visits:", "clinic-calls:", 1).replace("  pet-clinic-visits:", "  x-visits:"),
        encoding="utf-8",
    )
    code = run(["price", "base-card+pet-care@gen-z", "--catalog", str(copy)], {"CARDKIT_LANG": "en"})
    err = capsys.readouterr().err
    assert code == 2
    assert "segments/gen-z.yaml" in err
    assert "missing is not zero" in err
