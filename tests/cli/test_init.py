"""`cardkit init`: a new catalog that is sound from the first minute, in either language."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run
from cardkit.source.nodes import read
from cardkit.source.starter import FOLDER, starter_files

LANGUAGES = ("zh", "en")
Ran = Callable[..., int]


@pytest.fixture
def cardkit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Runs a command in an empty folder, whose catalog is ./catalog."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, lang: str = "en", day: str = "2026-11-22") -> int:
        return run([*arguments, "--lang", lang, "--as-of", day], {})

    return ran


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", ["2026-11-22", "2028-02-29", "2040-01-01"])
def test_a_new_catalog_has_neither_errors_nor_warnings_whatever_the_day(
    cardkit: Ran, lang: str, day: str
) -> None:
    assert cardkit("init", lang=lang, day=day) == 0
    assert cardkit("validate", "--fail-on", "warning", day=day) == 0
    assert cardkit("test", day=day) == 0
    assert cardkit("fmt", "--check", day=day) == 0
    assert cardkit("price", "city-start", day=day) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_comments_are_in_one_language_and_data_in_both(cardkit: Ran, lang: str) -> None:
    cardkit("init", lang=lang)
    marks = re.compile(r"#(zh|en) |@[A-Z]+@")
    for file in Path("catalog").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert not marks.search(text), file
        if lang == "en" and file.parent.name != "law":
            comments = [
                line.partition("#")[2] for line in text.splitlines() if " # " in line or line[:1] == "#"
            ]
            assert not re.search("[\u4e00-\u9fff]", "".join(comments)), file


def test_every_comment_is_said_in_both_languages() -> None:
    for file in FOLDER.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert bool("#zh " in text) == bool("#en " in text), file


def test_a_folder_that_has_a_catalog_is_refused_untouched(
    cardkit: Ran, capsys: pytest.CaptureFixture[str]
) -> None:
    cardkit("init")
    file = Path("catalog/catalog.yaml")
    file.write_text("mine", encoding="utf-8")
    assert cardkit("init") == 2
    assert "has a catalog already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_with_anything_in_it_is_refused_and_an_empty_one_taken(cardkit: Ran) -> None:
    Path("full").mkdir()
    Path("full/notes.txt").write_text("x", encoding="utf-8")
    Path("empty").mkdir()
    assert cardkit("init", "full") == 2
    assert [path.name for path in Path("full").iterdir()] == ["notes.txt"]
    assert cardkit("init", "empty") == 0
    assert Path("empty/catalog.yaml").exists()
    assert not list(Path().glob(".cardkit-*"))


def test_every_file_names_its_schema_and_the_schema_is_there(cardkit: Ran) -> None:
    cardkit("init")
    for file in Path("catalog").rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve().is_file(), file


def test_editor_settings_name_a_schema_for_every_folder(cardkit: Ran) -> None:
    cardkit("init")
    settings = json.loads(Path("catalog/.vscode/settings.json").read_text(encoding="utf-8"))
    patterns = {pattern for found in settings["yaml.schemas"].values() for pattern in found}
    folders = {path.parent.name for path in Path("catalog").glob("*/*.yaml")}
    assert {f"{folder}/*.yaml" for folder in folders} <= patterns
    assert all((Path("catalog") / schema).is_file() for schema in settings["yaml.schemas"])


def test_files_of_the_starter_are_read_without_findings() -> None:
    from datetime import date

    for name, text in starter_files("zh", date(2026, 1, 1)).items():
        if name.endswith(".yaml"):
            assert read(name, text.encode())[1] == [], name
