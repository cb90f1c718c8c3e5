"""The questions of a product manager: compare, matrix, first year, portfolio, campaigns, what ends soon."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cardkit.cli.app import run

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
AS_OF = "2026-07-01"
ABOUT = re.compile(r"(catalog|目录) small-bank · [0-9a-f]{8}")
Said = Callable[..., tuple[int, str, str]]


RULE = """kind: rule
id: lounge-on-gold
name: {zh: 贵宾厅限金卡, en: Lounges on gold}
owner: me
rule: allowed-cards
modules: [lounge-pass]
cards: [gold-card]
reason: {zh: 贵宾厅协议只覆盖金卡。, en: The lounges agreed to gold cards only.}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The small bank, where lounges need the gold card, and seniors alone may have the insurance."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))
    (folder / "rules" / "lounge-on-gold.yaml").write_text(RULE, encoding="utf-8")
    file = folder / "modules" / "card-security.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "eligible_segments: [senior]\n", encoding="utf-8")
    return folder


@pytest.fixture
def cardkit(bank: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Runs a command on the small bank; gives exit code, stdout and stderr."""

    def said(*arguments: str, lang: str = "en", columns: int = 80) -> tuple[int, str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        code = run([*arguments, "--catalog", str(bank), "--as-of", AS_OF, "--lang", lang], {})
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


def page(out: str) -> str:
    """People's output without the catalog's hash, which changes with each file of the example."""
    assert ABOUT.search(out)
    return "".join(line.rstrip() + "\n" for line in ABOUT.sub("small-bank", out).splitlines())


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out), delimiter="\t"))


def test_what_differs_stands_first_and_the_rest_is_counted(
    cardkit: Said, golden: Callable[[str, str], None]
) -> None:
    code, out, err = cardkit(
        "compare", "city-card@gen-z", "city-card+pet-care", "gold-card+lounge-pass", "--format", "table"
    )
    assert code == 0
    assert "city-card+pet-care names no segment: taken in gen-z" in err
    golden("compare.txt", page(out))


def test_an_unsellable_product_is_compared_in_full_and_marked(cardkit: Said) -> None:
    code, out, _ = cardkit(
        "compare", "pet-care@gen-z", "city-card+lounge-pass@gen-z", "--format", "table", lang="zh"
    )
    assert code == 1
    assert "不可售" in out
    assert "B: lounge-on-gold: 贵宾厅协议只覆盖金卡。" in out
    code, out, _ = cardkit("compare", "pet-care@gen-z", "city-card+lounge-pass@gen-z", "--format", "json")
    assert code == 1
    whole = json.loads(out)
    assert [one["sellable"] for one in whole["products"]] == [True, False]
    assert whole["products"][1]["refusals"] == ["lounge-on-gold"]


def test_differences_add_up_in_json_and_in_tsv(cardkit: Said) -> None:
    command = ("compare", "city-card@gen-z", "city-card+pet-care@gen-z", "--all")
    _, out, _ = cardkit(*command, "--format", "json")
    whole = json.loads(out)
    fen = [round(float(line["differences"][1]) * 100) for line in whole["lines"]]
    assert sum(fen) == round(float(whole["totals"]["contribution"]["differences"][1]) * 100)
    assert [abs(one) for one in fen] == sorted((abs(one) for one in fen), reverse=True)
    _, out, _ = cardkit(*command, "--format", "tsv")
    lines = [row for row in rows(out) if row["side"] in ("revenue", "cost")]
    assert sum(round(float(row["b_less_a"]) * 100) for row in lines) == sum(fen)
    assert next(row for row in rows(out) if row["line"] == "sellable")["b"] == "yes"


NO_SEGMENT = [
    (["city-card", "city-card+pet-care"], "city-card names no segment", "one of the products is enough"),
    (
        ["city-card@gen-z", "gold-card@senior", "pet-care"],
        "the others are in gen-z and senior",
        "pet-care@SEGMENT",
    ),
    (["city-card@gen-z"], "two to four can be compared", "cardkit compare A@SEGMENT"),
    (["city-card@gen-z", "pet-car"], "There is no pet-car", "did you mean pet-care"),
]


@pytest.mark.parametrize(("typed", "wrong", "instead"), NO_SEGMENT, ids=[case[1] for case in NO_SEGMENT])
def test_what_cannot_be_compared_says_what_to_write(
    cardkit: Said, typed: list[str], wrong: str, instead: str
) -> None:
    code, out, err = cardkit("compare", *typed)
    assert code == 2
    assert out == ""
    assert wrong in err
    assert instead in err


def test_a_module_alone_follows_the_others_into_their_segment(cardkit: Said) -> None:
    code, out, err = cardkit("compare", "city-card@gen-z", "pet-care", "--format", "json")
    assert code == 0
    assert json.loads(out)["products"][1]["product"] == "city-card+pet-care@gen-z"
    assert "put on city-card" in err


@pytest.mark.parametrize(("lang", "columns"), [("zh", 80), ("en", 40)])
def test_the_matrix_has_a_number_or_a_word_in_every_cell(
    cardkit: Said, golden: Callable[[str, str], None], lang: str, columns: int
) -> None:
    code, out, _ = cardkit("matrix", "--format", "table", lang=lang, columns=columns)
    assert code == 0
    golden(f"matrix-{lang}-{columns}.txt", page(out))


def test_the_matrix_for_programs_has_a_row_for_each_module_and_segment(cardkit: Said) -> None:
    _, out, _ = cardkit("matrix", "--format", "tsv")
    found = rows(out)
    assert len(found) == 4 * 2
    keys = ["module", "segment", "card", "sellable", "why", "price", "contribution", "customer_net"]
    assert list(found[0]) == keys
    for row in found:
        assert bool(row["why"]) == (row["sellable"] == "no")
        assert bool(row["contribution"]) == (row["sellable"] == "yes")
    _, out, _ = cardkit("matrix", "--format", "json", "--segment", "gen-z", "--module", "pet-care")
    whole = json.loads(out)
    assert [cell["product"] for cell in whole["cells"]] == ["city-card+pet-care@gen-z"]
    assert whole["reference_cards"] == {"gen-z": "city-card"}
    same = next(row for row in found if row["module"] == "pet-care" and row["segment"] == "gen-z")
    assert whole["cells"][0]["contribution"] == same["contribution"]


@pytest.mark.parametrize(
    ("option", "instead"),
    [
        (["--group", "famly"], "family"),
        (["--segment", "gen-y"], "did you mean gen-z"),
        (["--module", "city-card"], "There is no city-card"),
        (["--measure", "margin"], "contribution, customer-net, price"),
        (["--view", "second-year"], "steady, first-year"),
    ],
)
def test_the_matrix_says_what_can_be_asked(cardkit: Said, option: list[str], instead: str) -> None:
    code, out, err = cardkit("matrix", *option)
    assert (code, out) == (2, "")
    assert instead in err


def test_the_first_year_is_named_wherever_it_is_shown(cardkit: Said) -> None:
    code, out, _ = cardkit("price", "city-card@gen-z", "--view", "first-year", "--format", "table", lang="zh")
    assert code == 0
    assert "口径：首年" in out
    assert "每位新持有人首年" in out
    assert "−120.00" in out, "the whole acquisition cost"
    _, out, err = cardkit("price", "city-card@gen-z", "--view", "first-year")
    assert "view: first year" in err
    assert "view" not in out.partition("\n")[0]
    views = [
        json.loads(cardkit("price", "city-card@gen-z", "--format", "json", *view)[1])["view"]
        for view in ((), ("--view", "steady"), ("--view", "first-year"))
    ]
    assert views == ["steady", "steady", "first-year"]


def test_a_portfolio_shows_one_holder_beside_all_of_them(
    cardkit: Said, golden: Callable[[str, str], None]
) -> None:
    code, out, _ = cardkit("price", "city-card+pet-care@gen-z", "--portfolio", "--format", "table", lang="zh")
    assert code == 0
    golden("portfolio.txt", page(out))
    _, yuan, _ = cardkit(
        "price", "city-card+pet-care@gen-z", "--portfolio", "--unit", "yuan", "--format", "table", lang="zh"
    )
    assert "全部持有人 (元)" in yuan


def test_a_portfolio_over_all_segments_ends_in_their_sum(cardkit: Said) -> None:
    _, out, _ = cardkit("price", "city-card+pet-care", "--portfolio", "--format", "tsv")
    found = rows(out)
    assert [row["holders"] for row in found] == ["12000", "6000", "18000"]
    each = [round(float(row["total_contribution"]) * 100) for row in found]
    assert each[2] == each[0] + each[1]
    _, out, _ = cardkit("price", "city-card+pet-care", "--portfolio", "--format", "json")
    held = [one["portfolio"] for one in json.loads(out)["products"]]
    assert [one["holders"] for one in held] == [12_000, 6_000]
    for one in held:
        total = sum(round(float(line["amount"]) * 100) for line in one["lines"])
        assert total == round(float(one["totals"]["contribution"]) * 100)


def test_one_holders_arithmetic_and_all_holders_are_two_questions(cardkit: Said) -> None:
    code, out, err = cardkit("price", "city-card@gen-z", "--portfolio", "--explain")
    assert (code, out) == (2, "")
    assert "--explain and --portfolio" in err


def test_a_campaign_is_shown_with_what_it_costs_and_who_pays(
    cardkit: Said, golden: Callable[[str, str], None]
) -> None:
    code, out, _ = cardkit("show", "welcome", "--format", "table", "--unit", "wan")
    assert code == 0
    golden("campaign.txt", page(out[out.index("Expected cost") :]))
    _, out, _ = cardkit("show", "welcome", "--format", "json")
    cost = json.loads(out)["campaign_cost"]
    assert cost["per_targeted"] == "16.50", "60 % × 15 + 30 % × 25"
    assert cost["payers"] == [{"payer": "bank", "amount": cost["cost"]}]
    _, out, _ = cardkit("show", "welcome")
    keys = dict(line.split("\t") for line in out.splitlines())
    assert keys["cost.per_targeted"] == "16.50"
    assert keys["cost.segments.gen-z.targeted"] == "40000"


FOUND: list[tuple[list[str], list[str]]] = [
    (["modules", "--search", "PET"], ["pet-care"]),
    (["modules", "--search", "宠物"], ["pet-care"]),
    (["--search", "宠物"], ["pet-care", "paws-clinics"]),
    (["campaigns", "--owner", "Campaign-Team"], ["welcome"]),
    (["--partner", "sky-lounges"], ["lounge-pass"]),
    (["--expiring", "183d"], ["welcome"]),
    (["--expiring", "182"], []),
    (["modules", "--partner", "paws-clinics", "--owner", "nobody"], []),
]


@pytest.mark.parametrize(("options", "ids"), FOUND, ids=[" ".join(case[0]) for case in FOUND])
def test_list_finds(cardkit: Said, options: list[str], ids: list[str]) -> None:
    code, out, err = cardkit("list", *options, "--format", "json")
    assert code == 0
    assert {item["id"] for item in json.loads(out)["items"]} == set(ids)
    assert ("meets the conditions" in err) == (not ids)


def test_what_ends_soon_is_sorted_by_its_last_day_with_the_days_left(cardkit: Said) -> None:
    _, out, _ = cardkit("list", "--expiring", "9999")
    found: list[dict[str, Any]] = list(rows(out))
    assert [row["until"] for row in found] == sorted(row["until"] for row in found)
    assert (found[0]["id"], found[0]["days_left"], found[0]["ends"]) == ("welcome", "183", "campaign")
    code, _, err = cardkit("list", "--expiring", "3 months")
    assert code == 2
    assert "--expiring 90d" in err
