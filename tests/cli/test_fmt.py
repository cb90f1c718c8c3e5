"""`cardkit fmt` as a command: what it writes, what it says, how it exits."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))


@pytest.fixture
def fmt(bank: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    def said(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["fmt", *arguments, "--catalog", str(bank), "--lang", lang], {})
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


def scramble(file: Path) -> str:
    """The file with its first two lines in another order."""
    first, second, *rest = file.read_text(encoding="utf-8").split("\n")
    text = "\n".join([second, first, *rest])
    file.write_text(text, encoding="utf-8")
    return text


def test_the_second_run_changes_nothing(fmt: Said) -> None:
    fmt()
    assert fmt("--check")[0] == 0
    assert "all canonical" in fmt()[2]


def test_check_writes_nothing_names_the_file_and_exits_1(fmt: Said, bank: Path) -> None:
    fmt()
    file = bank / "cards" / "city-card.yaml"
    scrambled = scramble(file)
    assert fmt("--check")[:2] == (1, f"{file.as_posix()}\n")
    assert file.read_text(encoding="utf-8") == scrambled


def test_diff_writes_nothing_and_shows_lines(fmt: Said, bank: Path) -> None:
    fmt()
    file = bank / "cards" / "city-card.yaml"
    scrambled = scramble(file)
    code, out, _ = fmt("--diff", str(file))
    assert code == 0
    assert "\n+kind: card\n" in out
    assert file.read_text(encoding="utf-8") == scrambled


def test_a_diff_can_t_speak_to_a_runner(fmt: Said, bank: Path) -> None:
    (bank / "cards" / "x.yaml").write_text("id: x\n# ::error::boo ##[error]\nkind: card\n", encoding="utf-8")
    _, out, _ = fmt("--diff", str(bank / "cards" / "x.yaml"))
    assert "##[" not in out
    assert not any(line.lstrip(" +-").startswith("::") for line in out.splitlines())


def test_a_file_with_faults_is_left_alone_with_its_place_and_the_others_are_written(
    fmt: Said, bank: Path
) -> None:
    (bank / "cards" / "bad.yaml").write_text("kind: card\nid: x\nid: y\n", encoding="utf-8")
    code, _, err = fmt(lang="zh")
    assert code == 1
    assert "cards/bad.yaml:3:1 CK003" in err
    assert "1 个没有改动" in err
    assert fmt("--check")[1] == ""


def test_a_file_keeps_its_mode(fmt: Said, bank: Path) -> None:
    file = bank / "cards" / "city-card.yaml"
    scramble(file)
    file.chmod(0o640)
    fmt(str(file))
    assert file.stat().st_mode & 0o777 == 0o640


def test_only_files_of_a_catalog_are_formatted(fmt: Said, bank: Path) -> None:
    other = bank.parent / "compose.yaml"
    other.write_text("b: 1\na: 2\n", encoding="utf-8")
    for path in (other, bank.parent):
        code, _, err = fmt(str(path))
        assert code == 2
        assert "no catalog.yaml" in err
    assert "did you mean" in err


def test_links_are_not_followed(fmt: Said, bank: Path) -> None:
    outside = bank.parent / "outside.yaml"
    outside.write_text("b: 1\na: 2\n", encoding="utf-8")
    (bank / "cards" / "link.yaml").symlink_to(outside)
    code, _, err = fmt()
    assert code == 1
    assert "cards/link.yaml" in err
    assert fmt(str(bank / "cards" / "link.yaml"))[0] == 2
    assert outside.read_text(encoding="utf-8") == "b: 1\na: 2\n"
