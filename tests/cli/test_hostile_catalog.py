"""Every hostile file, dropped into a catalog's folder, is named with its line; nothing crashes or leaks."""

import csv
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from cardkit.cli.app import run

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "checks" / "example"
CORPUS = HERE.parent / "corpus"
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)

with (CORPUS / "EXPECTED.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t"))


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_validate_names_file_and_line_of_a_hostile_file(
    row: dict[str, str], catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(CORPUS / row["file"], catalog / "modules" / row["file"])
    began = time.monotonic()
    for form in ("concise", "full", "json"):
        code = run(["validate", str(catalog), "--format", form, "--lang", "en", "--as-of", "2026-11-22"])
        out, err = capsys.readouterr()
        assert code == 1, out
        assert err == ""
        assert not CONTROL.search(out)
        assert "Traceback" not in out
        assert not any(line.startswith("::") for line in out.splitlines())
        assert "##[" not in out
        if form == "concise":
            named = [line for line in out.splitlines() if line.startswith(f"modules/{row['file']}:")]
            assert named, out
            if row["outcome"] == "reject" and row["line"] != "-":
                assert any(line.startswith(f"modules/{row['file']}:{row['line']}:") for line in named), named
    assert time.monotonic() - began < 20, "a hang: the bound of two seconds a run is kept by the bars"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_other_commands_go_on_without_a_hostile_file_and_say_so(
    row: dict[str, str], catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(CORPUS / row["file"], catalog / "modules" / row["file"])
    code = run(["list", "modules", "--catalog", str(catalog), "--lang", "en"])
    out, err = capsys.readouterr()
    assert code == 0
    assert out.startswith("id\t")
    assert not CONTROL.search(out + err)


def test_links_and_pipes_in_the_folder_are_refused_with_their_names(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import os

    (catalog / "modules" / "link.yaml").symlink_to("/proc/self/environ")
    (catalog / "loop").symlink_to(catalog)
    os.mkfifo(catalog / "modules" / "pipe.yaml")
    signal.alarm(20)
    try:
        code = run(["validate", str(catalog), "--format", "concise", "--lang", "en"])
    finally:
        signal.alarm(0)
    out = capsys.readouterr().out
    assert code == 1
    for name in ("modules/link.yaml", "loop", "modules/pipe.yaml"):
        assert any(line.startswith(f"{name}:") for line in out.splitlines()), out
    assert "PATH=" not in out
