"""`cardkit new`: every kind and every mechanic, from options and from answers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cardkit.cli.app import run
from cardkit.mechanics.registry import WORDS
from cardkit.model.kinds import KINDS
from cardkit.model.rule.registry import RULES
from cardkit.source.formatting.formatting import format_file

Said = Callable[..., tuple[int, str, str]]
NAMES = ("--name-zh", "新的东西", "--name-en", "Something new")
DAY = "2026-11-22"
TO_BE_DECIDED = frozenset({"earn", "redeem", "cashback", "fee-waiver"})
"""Mechanics that meet the card's own benefits: how they go together is for people to say (CK301)."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new catalog, made once."""
    folder = tmp_path_factory.mktemp("fresh") / "catalog"
    assert run(["init", str(folder), "--lang", "en", "--as-of", DAY], {}) == 0
    return folder


@pytest.fixture
def bank(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "catalog"))


@pytest.fixture
def cardkit(bank: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    def said(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*arguments, "--catalog", str(bank), "--lang", lang, "--as-of", DAY], {})
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


def every_kind() -> Iterator[tuple[str, ...]]:
    for kind in KINDS:
        if kind.word == "rule":
            yield from ((kind.word, "--rule", word) for word in RULES if word != "budget")
        elif kind.word == "module":
            yield from ((kind.word, "--mechanic", word) for word in WORDS if word not in TO_BE_DECIDED)
        else:
            yield (kind.word,)


@pytest.mark.parametrize("kind", list(every_kind()), ids=" ".join)
def test_a_file_of_every_kind_validates(cardkit: Said, bank: Path, kind: tuple[str, ...]) -> None:
    code, _, err = cardkit("new", kind[0], "something-new", *NAMES, *kind[1:])
    assert code == 0, err
    assert cardkit("validate", "--fail-on", "error")[0] == 0
    (file,) = bank.rglob("something-new.yaml")
    assert format_file(file.relative_to(bank).as_posix(), file.read_bytes()).text == file.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("mechanic", sorted(TO_BE_DECIDED))
def test_what_only_people_can_decide_is_said_and_nothing_is_written_unless_forced(
    cardkit: Said, bank: Path, mechanic: str
) -> None:
    typed = ("new", "module", "something-new", *NAMES, "--mechanic", mechanic)
    code, _, err = cardkit(*typed)
    assert code == 1
    assert "CK301" in err
    assert not (bank / "modules" / "something-new.yaml").exists()
    assert cardkit(*typed, "--force")[0] == 0


def test_a_proposed_value_says_what_it_means_and_a_given_one_stands(cardkit: Said, bank: Path) -> None:
    fields = ("--field", "price=88", "--field", "benefits.0.count=12", "--field", "benefits.0.take_up=40%")
    assert cardkit("new", "module", "gym-pass", *NAMES, *fields, lang="zh")[0] == 0
    text = (bank / "modules" / "gym-pass.yaml").read_text(encoding="utf-8")
    assert "\nprice: 88\n" in text
    assert "    count: 12   #" in text
    assert "    take_up: 40%\n" in text
    assert "    unit_cost: 110   # 按使用：每次成本" in text
    assert text.startswith("# yaml-language-server: $schema=../.schemas/module.json\n")


def test_like_copies_another_as_a_draft(cardkit: Said, bank: Path) -> None:
    assert (
        cardkit("new", "card", "gold-card", *NAMES, "--like", "everyday-card", "--field", "tier=gold")[0] == 0
    )
    text = (bank / "cards" / "gold-card.yaml").read_text(encoding="utf-8")
    assert "\nstatus: draft\n" in text
    assert "\ntier: gold\n" in text
    assert "id: redeem-bill" in text
    code, _, err = cardkit("new", "card", "x-card", *NAMES, "--like", "everday-card")
    assert code == 2
    assert "everyday-card" in err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("modul", "x"), "did you mean module?"),
        (("module", "Ä"), "can't be used as an id"),
        (("module", "../x"), "can't be used as an id"),
        (("module", "pet-care"), "There is a pet-care already: modules/pet-care.yaml"),
        (("module",), "No id was given"),
        (("module", "x"), "--name-zh"),
        (("module", "x", *NAMES, "--mechanic", "entitlment"), "entitlement"),
        (("partner", "x", *NAMES, "--mechanic", "draw"), "leave it out"),
        (("module", "x", *NAMES, "--field", "price"), "KEY=VALUE"),
        (("module", "x", *NAMES, "--field", "benefits.7.count=1"), "benefits.7.count"),
        (("rule", "x", *NAMES, "--rule", "budget"), "--field attribute=…"),
    ],
)
def test_what_can_t_be_meant_is_refused_with_what_to_type(
    cardkit: Said, bank: Path, typed: tuple[str, ...], said: str
) -> None:
    before = sorted(bank.rglob("*"))
    code, _, err = cardkit("new", *typed)
    assert code == 2
    assert said in err
    assert sorted(bank.rglob("*")) == before


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("prise=88", "CK101"),
        ("price=8.888", "CK109"),
        ("group=spa", "CK201"),
        ("benefits.0.count=x", "CK103"),
    ],
)
def test_a_wrong_value_is_a_finding_at_its_line_and_nothing_is_written(
    cardkit: Said, bank: Path, field: str, code: str
) -> None:
    exit_code, _, err = cardkit("new", "module", "gym-pass", *NAMES, "--field", field)
    assert exit_code == 1
    assert code in err
    assert not (bank / "modules" / "gym-pass.yaml").exists()


def test_at_a_terminal_it_asks_until_an_answer_fits(
    cardkit: Said, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_twice = ["spa", "travel", "8.888", "88", "entitlemnt", "entitlement"]
    names = ["Gym", "gym-pass", "健身", "Gym"]
    rights = ["visits", "", "", "12", "", "次", "visits", "60", "80", ""]
    answers = iter([*names, *asked_twice, *rights])
    monkeypatch.setattr("cardkit.cli.commands.new.is_terminal", lambda _console: True)
    monkeypatch.setattr("typer.prompt", lambda *_arguments, **_named: next(answers))
    code, _, err = cardkit("new", "module")
    assert code == 0, err
    assert "did you mean entitlement?" in err
    assert "Too many decimals" in err
    text = (bank / "modules" / "gym-pass.yaml").read_text(encoding="utf-8")
    for line in ("group: travel", "price: 88", "  - id: visits", "    count: 12", "    usage: gym-visits"):
        assert f"{line}\n" in text
    assert list(answers) == []
