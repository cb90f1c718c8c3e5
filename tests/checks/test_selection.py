"""`validate --select`, `--ignore` and `--fail-on`: which findings count, and which fail the run."""

import json
from pathlib import Path

import pytest

from cardkit.checks.registry import BY_CODE
from cardkit.checks.selection import selection
from cardkit.cli.app import run
from cardkit.ground.errors import CardkitError

LONG = "name: {zh: 宠物医疗包, en: Pack of rights for people and their pets}"  # CK902, a note
NO_PARTNER = "partner: paw-clinic"  # CK201, an error


def kept(select: list[str], ignore: list[str]) -> set[str]:
    wanted = selection(select, ignore)
    return {check.code.id for check in BY_CODE.values() if wanted.keeps(check.code)}


def test_codes_names_and_beginnings_of_codes_are_taken_alike() -> None:
    always = {code for code in BY_CODE if code.startswith("CK0")}
    third = {code for code in BY_CODE if code.startswith("CK3")}
    assert kept([], []) == set(BY_CODE)
    assert kept(["CK3,unknown-id"], []) == always | third | {"CK201"}
    assert kept(["ck3", " CK201 "], ["CK30"]) == always | {c for c in third if c[3] != "0"} | {"CK201"}
    assert kept(["CK201"], ["unknown-id"]) == always
    assert kept([], ["CK"]) == set()


@pytest.mark.parametrize(
    ("word", "near"),
    [("unknwn-id", "unknown-id"), ("CK2O1", "CK2"), ("CKX", ""), ("CK99999", ""), ("*", "")],
)
def test_a_word_that_is_no_check_is_a_usage_error_with_the_nearest(word: str, near: str) -> None:
    for select, ignore in (([word], []), ([], [f"CK3,{word}"])):
        with pytest.raises(CardkitError) as caught:
            selection(select, ignore)
        assert f"there is no check {word}" in caught.value.message.en
        assert caught.value.hint is not None
        assert near in caught.value.hint.en


@pytest.fixture
def folder(example: dict[str, str], tmp_path: Path) -> Path:
    """The example with a note, and the warning of an unused suppression."""
    unused = '# cardkit: ignore[CK401] reason="free until the launch"'
    changed = example["modules/pet-care.yaml"].replace("price: 60", f"price: 60 {unused}")
    lines = [LONG if line.startswith("name:") else line for line in changed.split("\n")]
    for file, text in (example | {"modules/pet-care.yaml": "\n".join(lines)}).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def validate(folder: Path, *options: str) -> int:
    return run(["validate", str(folder), "--as-of", "2026-07-01", "--lang", "en", *options])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "warning", "--ignore", "CK912"], 0),
        (["--fail-on", "note", "--ignore", "CK912"], 1),
        (["--fail-on", "note", "--select", "CK2"], 0),
        (["--fail-on", "note", "--select", "CK2,long-name"], 1),
        (["--fail-on", "hint"], 2),
        (["--select", "sums"], 2),
        (["--select", ","], 2),
    ],
)
def test_what_counts_decides_whether_the_run_fails(
    folder: Path, options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate(folder, *options) == code
    if code == 2:
        assert "→" in capsys.readouterr().err


def test_a_selection_never_calls_a_suppression_unused_and_counts_what_it_suppresses(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "modules" / "pet-care.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("CK401", "CK912").replace(LONG, f'{LONG} # cardkit: ignore[CK902] reason="x"')
    )
    for options, suppressed in (([], 1), (["--select", "CK9"], 1), (["--select", "CK3"], 0)):
        validate(folder, "--format", "json", *options)
        document = json.loads(capsys.readouterr().out)
        assert document["suppressed"] == suppressed
        assert "unused-suppression" not in {finding["name"] for finding in document["findings"]}
    validate(folder)
    assert "Suppressed by comments: 1 note." in capsys.readouterr().out


def test_a_selection_makes_no_broken_file_look_fine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "modules" / "pet-care.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("price: 60", "price: sixty"), encoding="utf-8")
    assert validate(folder, "--select", "CK7") == 0
    out, err = capsys.readouterr()
    assert "No findings" in out
    assert "modules/pet-care.yaml" in err
    file.write_text(text.replace("price: 60", "price: [60"), encoding="utf-8")
    assert validate(folder, "--select", "CK7") == 1
    assert "modules/pet-care.yaml" in capsys.readouterr().out
