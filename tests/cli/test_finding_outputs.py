"""Several formats at once, to files and to the output; nothing is written but the files that were named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
Validate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a catalog in `bank/catalog` that has one error and no repository around it."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "bank" / "catalog"))
    (folder / "partners" / "sky-lounges.yaml").unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def validate(capsys: pytest.CaptureFixture[str]) -> Validate:
    def validate(*words: str, lang: str = "en") -> tuple[int, str, str]:
        code = run(["validate", "bank/catalog", "--as-of", "2026-11-22", "--lang", lang, *words])
        out, err = capsys.readouterr()
        return code, out, err

    return validate


def test_several_formats_go_to_their_files_and_one_to_the_output(here: Path, validate: Validate) -> None:
    before = {file for file in here.rglob("*") if file.is_file()}
    code, out, err = validate(
        "--format", "sarif=out/a.sarif", "--format", "junit=out/b.xml", "--format", "concise"
    )
    assert code == 1
    assert out.startswith("modules/lounge-pass.yaml:8:10: CK201")
    assert err.splitlines() == ["wrote out/a.sarif", "wrote out/b.xml"]
    assert {file for file in here.rglob("*") if file.is_file()} - before == {
        here / "out" / "a.sarif",
        here / "out" / "b.xml",
    }
    result = json.loads((here / "out" / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "bank/catalog/modules/lounge-pass.yaml"


def test_with_files_alone_the_output_is_empty_and_a_dash_is_the_output(
    here: Path, validate: Validate
) -> None:
    assert validate("--format", "gitlab=a.json")[1] == ""
    assert validate("--format", "gitlab=-")[1] == (here / "a.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_lines_of_a_log_may_stand_together(validate: Validate) -> None:
    _, out, _ = validate("--format", "github", "--format", "full")
    assert out.startswith("::error file=bank/catalog/modules/lounge-pass.yaml,line=8,")
    assert "1 error in 1 file." in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sarif", "full"), "sarif is a whole document"),
        (("json", "json"), "json is a whole document"),
        (("sarif=a", "json=./a"), "Two formats are written to one file"),
        (("sarif=",), "names no file"),
        (("sarfi=a",), "--format has no sarfi"),
        (("=a",), "--format has no "),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error_and_writes_nothing(
    here: Path, validate: Validate, words: tuple[str, ...], message: str
) -> None:
    code, out, err = validate(*(each for word in words for each in ("--format", word)))
    assert (code, out) == (2, "")
    assert message in err
    assert not (here / "a").exists()


def test_a_link_is_not_written_through_and_the_run_does_not_look_fine(here: Path, validate: Validate) -> None:
    (here / "target").write_text("precious")
    (here / "a.sarif").symlink_to(here / "target")
    code, out, err = validate("--format", "sarif=a.sarif", "--format", "full")
    assert (code, out) == (2, "")
    assert "no plain file" in err
    assert (here / "target").read_text() == "precious"


def test_a_file_keeps_its_language_where_the_terminal_cannot_show_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    run(["validate", "bank/catalog", "--as-of", "2026-11-22", "--lang", "zh", "--format", "markdown=a.md"])
    assert "错误" in (here / "a.md").read_text(encoding="utf-8")


def test_paths_begin_at_the_repository_wherever_one_stands(
    here: Path, validate: Validate, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    monkeypatch.chdir(here / "bank")
    (here / "bank" / "bank").symlink_to(here / "bank")
    assert "file=bank/catalog/modules" in validate("--format", "github")[1]
