"""`preview --format html` and `--output`: the same page on the stream and in a file, in any encoding."""

import subprocess
import sys
from pathlib import Path

import pytest

from cardkit.cli.app import run

ROOT = Path(__file__).parents[2]
SETTINGS = {"CARDKIT_CATALOG": str(ROOT / "catalog"), "CARDKIT_AS_OF": "2026-11-22", "CARDKIT_LANG": "zh"}
BUNDLE = "city-roots@new-resident"


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_a_file_holds_what_the_stream_shows_and_its_ending_says_the_format(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["preview", BUNDLE, "--format", ending], SETTINGS) == 0
    shown = capsys.readouterr().out
    file = tmp_path / "pages" / f"page.{ending}"
    assert run(["preview", BUNDLE, "--output", str(file)], SETTINGS) == 0
    assert file.read_text(encoding="utf-8") == shown
    said = capsys.readouterr()
    assert said.out == ""
    assert f"page.{ending}" in said.err


def test_a_product_that_may_not_be_sold_has_its_page_and_code_1(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert run(["preview", "base-card+airport-lounge@gen-z", "--output", str(file)], SETTINGS) == 1
    assert "此组合不可销售" in file.read_text(encoding="utf-8")


def test_a_page_of_changed_values_says_so_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("table", "md", "html", "json"):
        changed = ["--set", "city-card.annual_fee=4321"]
        assert run(["preview", BUNDLE, "--format", form, *changed], SETTINGS) == 0
        page = capsys.readouterr().out
        assert "4,321 元/年" in page.replace("&#44;", ",").replace("&#47;", "/")
        assert ("overlay" if form == "json" else "假设") in page


@pytest.mark.parametrize(
    ("arguments", "instead"),
    [
        (["--output", "page.txt"], "--format html|md|json"),
        (["--output", "page.html", "--format", "table"], "--format html|md|json"),
        (["--output", "page.html", "--format", "xml"], "table, md, html, json"),
    ],
)
def test_a_file_without_a_format_that_it_can_have_is_refused(
    arguments: list[str], instead: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments[1] = str(tmp_path / arguments[1])
    assert run(["preview", BUNDLE, *arguments], SETTINGS) == 2
    assert instead in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "page.html").symlink_to(tmp_path / "kept")
    assert run(["preview", BUNDLE, "--output", str(tmp_path / "page.html")], SETTINGS) == 2
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "kept"


def test_a_stream_in_ascii_gets_the_page_in_its_language_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cardkit", "preview", BUNDLE, "--format", "html", "--lang", "zh"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.isascii()
    assert b"<h1>&#22478;&#24066;&#25166;&#26681;&#21345;</h1>" in done.stdout
