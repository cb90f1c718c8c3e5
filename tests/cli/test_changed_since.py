"""`--changed-since` tells what a change touches, wherever it shows, and nothing else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run
from tests.source.repositories import committed, git

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
Codes = Callable[..., list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog in a sub-folder of a repository; an old warning stands in it."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "bank" / "catalog"))
    replace(folder / "modules" / "pet-care.yaml", "en: Pet care pack", "en: " + "Pet care pack " * 8)
    committed(tmp_path)
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> Codes:
    def told(*words: str, since: str = "main") -> list[str]:
        run(
            [
                "validate",
                str(folder),
                "--as-of",
                "2026-11-22",
                "--changed-since",
                since,
                "--format",
                "json",
                *words,
            ]
        )
        document = json.loads(capsys.readouterr().out)
        found = [f"{each['file']} {each['name']}" for each in document["findings"]]
        return [*found, *(["untouched"] * document["untouched"])]

    return told


def test_nothing_changed_tells_nothing_and_counts_the_rest(told: Codes) -> None:
    assert told() == ["untouched"]


def test_a_changed_file_is_told_with_what_was_wrong_in_it_before(folder: Path, told: Codes) -> None:
    replace(folder / "modules" / "pet-care.yaml", "price: 60", "price: 61")
    assert told() == ["modules/pet-care.yaml long-name"]


def test_what_a_change_breaks_elsewhere_is_told(folder: Path, told: Codes) -> None:
    (folder / "partners" / "sky-lounges.yaml").unlink()
    assert told() == ["modules/lounge-pass.yaml unknown-id", "untouched"]


def test_other_line_ends_are_no_change(folder: Path, told: Codes) -> None:
    file = folder / "modules" / "pet-care.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert told() == ["untouched"]


def test_an_old_finding_that_moved_is_not_new_and_one_that_says_something_else_is(
    folder: Path, told: Codes
) -> None:
    replace(folder / "catalog.yaml", "format_version", "# a comment\nformat_version")
    assert told() == ["untouched"]
    replace(folder / "rules" / "care-budget.yaml", "id: care-budget", "id: care-budgets")
    assert "rules/care-budget.yaml id-is-not-file-name" in told()


def test_only_the_branch_counts_not_what_others_did_since(folder: Path, told: Codes) -> None:
    root = folder.parent.parent
    git(root, "checkout", "--quiet", "-b", "branch")
    replace(folder / "modules" / "lounge-pass.yaml", "price: 90", "price: 91")
    committed(root)
    git(root, "checkout", "--quiet", "main")
    replace(folder / "modules" / "pet-care.yaml", "price: 60", "price: 61")
    committed(root)
    git(root, "checkout", "--quiet", "branch")
    assert told(since="main") == ["untouched"]
    assert told(since="HEAD~1") == ["untouched"]


def test_a_catalog_that_was_not_there_is_changed_in_every_file(folder: Path, told: Codes) -> None:
    root = folder.parent.parent
    empty = git(root, "commit-tree", "-m", "empty", git(root, "hash-object", "-t", "tree", "-w", "/dev/null"))
    git(root, "reset", "--quiet", "--soft", empty)
    committed(root)
    assert told(since=empty) == ["modules/pet-care.yaml long-name"]


def test_a_base_that_cannot_be_read_hides_nothing(folder: Path, told: Codes) -> None:
    replace(folder / "modules" / "pet-care.yaml", "[dining]", "[dinning]")
    good = (folder / "catalog.yaml").read_bytes()
    (folder / "catalog.yaml").write_bytes(b"[" * 1000)
    broken = committed(folder.parent.parent)
    (folder / "catalog.yaml").write_bytes(good)
    assert "modules/pet-care.yaml unknown-id" in told(since=broken)


def test_a_file_that_stays_broken_is_warned_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(folder / "modules" / "lounge-pass.yaml", "price: 90", "price: [90]")
    committed(folder.parent.parent)
    assert (
        run(["validate", str(folder), "--as-of", "2026-11-22", "--changed-since", "main", "--lang", "en"])
        == 0
    )
    out, err = capsys.readouterr()
    assert "Not touched by the change: 1 error, 1 note." in out
    assert "0 files changed since main (" in out
    assert "warning: most checks left out 1 file because of faults: modules/lounge-pass.yaml" in err


def test_a_baseline_does_not_hide_what_a_change_adds_elsewhere(
    folder: Path, told: Codes, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = "    funding: {shares: [{payer: paws-clinics, share: 100%}]}\n"
    replace(folder / "modules" / "lounge-pass.yaml", "    unit_cost:", f"{shares}    unit_cost:")
    (folder / "partners" / "sky-lounges.yaml").unlink()
    committed(folder.parent.parent)
    known = str(folder.parent / "known.yaml")
    run(["validate", str(folder), "--as-of", "2026-11-22", "--write-baseline", known])
    capsys.readouterr()
    assert told("--baseline", known) == ["untouched"] * 2
    (folder / "partners" / "paws-clinics.yaml").unlink()
    assert "modules/lounge-pass.yaml unknown-id" in told("--baseline", known)


@pytest.mark.parametrize("revision", ["nothing", "--output=x", ":bank", ""])
def test_a_revision_that_cannot_be_read_is_exit_2(
    folder: Path, capsys: pytest.CaptureFixture[str], revision: str
) -> None:
    assert (
        run(
            [
                "validate",
                str(folder),
                f"--changed-since={revision}",
                "--format",
                f"json={folder.parent / 'a'}",
            ]
        )
        == 2
    )
    assert capsys.readouterr().out == ""
    assert not (folder.parent / "a").exists()
