"""`cardkit diff` on a command line: what is compared with what, and what fails a run."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cardkit.cli.app import run
from tests.source.repositories import committed, git

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
CARD = "cards/city-card.yaml"
WAIVER = """waivers:
  - check: fee-raised
    entity: city-card
    field: annual_fee
    owner: product-office
    reason: told by letter in March
    until: {until}
"""
Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog in a sub-folder of a repository, on main."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "bank" / "catalog"))
    committed(tmp_path)
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The exit code and the JSON of a comparison in the repository."""

    def ask(*words: str) -> tuple[int, dict[str, Any]]:
        code = run(
            [
                "diff",
                *words,
                "--catalog",
                str(folder),
                "--as-of",
                "2026-07-01",
                "--format",
                "json",
                "--lang",
                "en",
            ]
        )
        text = capsys.readouterr().out
        return code, json.loads(text) if text else {}

    return ask


def told(document: dict[str, Any]) -> list[str]:
    return [each["name"] for each in document["promises"]]


def test_the_working_tree_is_compared_where_nothing_else_is_named(folder: Path, ask: Ask) -> None:
    assert ask("main")[1]["empty"] is True
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    code, found = ask("main")
    assert code == 0
    assert told(found) == ["fee-raised"]
    assert found["fields"][0] | {"label": ""} == {
        "kind": "value-changed",
        "entity": "city-card",
        "pointer": "/annual_fee",
        "label": "",
        "said": "City card · annual fee: 100 → 120",
        "before": "100",
        "after": "120",
        "from": None,
    }
    assert ask("main", "HEAD")[1]["empty"] is True


def test_only_what_is_new_since_the_branch_began_counts(folder: Path, tmp_path: Path, ask: Ask) -> None:
    git(tmp_path, "switch", "--quiet", "--create", "mine")
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    committed(tmp_path)
    git(tmp_path, "switch", "--quiet", "main")
    replace(folder / "modules" / "pet-care.yaml", "uses: 4", "uses: 3")
    committed(tmp_path)
    assert told(ask("main", "mine")[1]) == ["fee-raised"]


def test_two_folders_can_be_compared(folder: Path, tmp_path: Path, ask: Ask) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    replace(other / CARD, "annual_fee: 100", "annual_fee: 120")
    assert told(ask(str(folder), str(other))[1]) == ["fee-raised"]
    assert ask(str(other), str(folder))[1]["counts"]["promises"] == 0


def test_a_folder_called_as_a_branch_is_not_what_is_compared_with(
    folder: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    monkeypatch.chdir(tmp_path)
    for name in ("main", "origin/main"):  # what a stranger's change may bring along
        shutil.copytree(folder, tmp_path / name)
    assert told(ask("main")[1]) == ["fee-raised"]
    assert ask("origin/main")[0] == 2


@pytest.mark.parametrize("kind", ["promise", "loss", "unsellable", "any"])
def test_a_run_fails_on_what_it_was_told_to(kind: str, folder: Path, ask: Ask) -> None:
    assert ask("main", "--fail-on", kind)[0] == 0
    edits = {
        "promise": (CARD, "fx_markup: 1.5%", "fx_markup: 1.6%"),
        "loss": ("modules/lounge-pass.yaml", "unit_cost: 80", "unit_cost: 9000"),
        "unsellable": (CARD, "slots: 3", "slots: 1"),
    }
    replace(folder / edits.get(kind, edits["loss"])[0], *edits.get(kind, edits["loss"])[1:])
    assert ask("main", "--fail-on", kind)[0] == 1
    assert ask("main")[0] == 0


def test_a_waiver_approves_until_its_last_day(folder: Path, ask: Ask) -> None:
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    (folder / "waivers").mkdir()
    waivers = folder / "waivers" / "2026.yaml"
    waivers.write_text(WAIVER.format(until="2026-07-01"), encoding="utf-8")
    code, found = ask("main", "--fail-on", "promise")
    assert code == 0
    assert found["counts"]["promises"] == 0
    assert found["promises"][0]["waiver"]["owner"] == "product-office"
    waivers.write_text(WAIVER.format(until="2026-06-30"), encoding="utf-8")
    code, found = ask("main", "--fail-on", "promise")
    assert code == 1
    assert told(found) == ["fee-raised", "expired-waiver"]
    waivers.write_text(WAIVER.format(until="2026-07-01").replace("    owner: product-office\n", ""), "utf-8")
    code, found = ask("main", "--fail-on", "promise")
    assert code == 1
    assert [each["name"] for each in found["waiver_faults"]] == ["missing-key"]
    assert run(["validate", str(folder), "--as-of", "2026-07-01"]) == 1


def test_what_can_t_be_read_is_never_no_change(
    folder: Path, tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["no-such-branch"], ["--output=x"], ["main", "no-such-branch"], [str(tmp_path)]):
        assert ask(*words)[0] == 2, words
    good = (folder / CARD).read_text(encoding="utf-8")
    (folder / CARD).write_text(good.replace("annual_fee: 100", "annual_fee: 1.234"), "utf-8")
    capsys.readouterr()
    assert ask("main")[0] == 2
    (folder / CARD).write_text(good, "utf-8")
    (folder / "catalog.yaml").unlink()
    assert ask("main")[0] == 2


def test_what_is_faulty_on_both_sides_is_said_and_left_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(folder / "modules" / "study-instalments.yaml", "price: 0", "price: 0.001")
    committed(tmp_path)
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    code = run(["diff", "main", "--catalog", str(folder), "--as-of", "2026-07-01", "--lang", "en"])
    said = capsys.readouterr()
    assert code == 0
    assert "fee-raised" in said.out
    assert "study-instalments.yaml" in said.err


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_tells_the_broken_promise(
    form: str, lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    words = ["--catalog", str(folder), "--as-of", "2026-07-01", "--format", form, "--lang", lang]
    assert run(["diff", "main", *words]) == 0
    out = capsys.readouterr().out
    assert "fee-raised" in out
    assert "120" in out


def test_a_page_is_written_to_a_file_by_its_ending(folder: Path, tmp_path: Path) -> None:
    replace(folder / CARD, "annual_fee: 100", "annual_fee: 120")
    for name, begin in (("a.md", "### "), ("a.html", "<!DOCTYPE html>"), ("a.json", "{")):
        run(
            [
                "diff",
                "main",
                "--catalog",
                str(folder),
                "--as-of",
                "2026-07-01",
                "--output",
                str(tmp_path / name),
            ]
        )
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
