"""Questions about every product of the small bank: analyze, best, and policies proved or refuted."""

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
from tests.conftest import Golden

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
AS_OF = "2026-07-01"
ABOUT = re.compile(r"(catalog|目录) small-bank · [0-9a-f]{8}")
Said = Callable[..., tuple[int, str, str]]

POLICIES = """
policies:
  - id: bank-earns
    measure: contribution
    least: {floor}
    reason: {{zh: 不做亏损产品。, en: No product loses money.}}
  - id: some-choice
    measure: products
    least: 3
    reason: {{zh: 每个客群都有得选。, en: Every segment has a choice.}}
"""
NEEDS = """
needs:
  pets: {name: {zh: 宠物, en: pets}, usages: {clinic-visits: 5}}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))


@pytest.fixture
def cardkit(bank: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Runs a command on the small bank; gives exit code, stdout and stderr."""

    def said(*arguments: str, lang: str = "en", columns: int = 100) -> tuple[int, str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        code = run([*arguments, "--catalog", str(bank), "--as-of", AS_OF, "--lang", lang], {})
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


def add(bank: Path, text: str) -> None:
    """Put something into catalog.yaml."""
    file = bank / "catalog.yaml"
    written = re.sub(r"(?ms)^policies:\n.*?(?=^\S|\Z)", "", file.read_text(encoding="utf-8"))
    file.write_text(written + text, encoding="utf-8")


def page(out: str) -> str:
    """People's output without the catalog's hash, which changes with each file of the example."""
    assert ABOUT.search(out)
    return "".join(line.rstrip() + "\n" for line in ABOUT.sub("small-bank", out).splitlines())


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out), delimiter="\t"))


@pytest.mark.parametrize(("lang", "columns"), [("en", 100), ("zh", 80)])
def test_analyze_shows_counts_edges_policies_and_what_the_rules_make_of_it(
    cardkit: Said, bank: Path, golden: Golden, lang: str, columns: int
) -> None:
    add(bank, POLICIES.format(floor=-1000))
    options = ("--histogram", "--front", "--format", "table")
    code, out, err = cardkit("analyze", *options, lang=lang, columns=columns)
    assert (code, err) == (0, "")
    golden(f"analyze.{lang}.txt", page(out))


def test_analyze_as_json_is_what_price_says_of_each_product_it_names(cardkit: Said) -> None:
    code, out, _ = cardkit("analyze", "--histogram", "--format", "json")
    said = json.loads(out)
    assert code == 0
    assert said["products_total"] == sum(cell["products"] for cell in said["cells"])
    assert {cell["segment"] for cell in said["cells"]} == {"gen-z", "senior"}
    for cell in said["cells"]:
        for edge, key, total in (
            ("worst", "contribution", "contribution"),
            ("best", "contribution", "contribution"),
            ("worst_customer_net", "amount", "customer_net"),
        ):
            if cell[edge] is not None:
                assert cell[edge][key] == priced(cardkit, cell[edge]["product"])[total]
    for histogram in said["histograms"]:
        assert sum(each["products"] for each in histogram["stretches"]) == said["products_total"]
    for front in said["fronts"]:
        for product in front["products"]:
            assert product["contribution"] == priced(cardkit, product["product"])["contribution"]


def priced(cardkit: Said, product: str) -> dict[str, Any]:
    _, out, _ = cardkit("price", product, "--format", "json")
    totals: dict[str, Any] = json.loads(out)["products"][0]["totals"]
    return totals


def test_a_pipe_gets_a_row_for_each_card_and_segment(cardkit: Said) -> None:
    _, out, _ = cardkit("analyze", "--format", "tsv")
    assert {(row["card"], row["segment"]) for row in rows(out)} == {
        (card, segment) for card in ("city-card", "gold-card") for segment in ("gen-z", "senior")
    }
    _, out, _ = cardkit("analyze", "--format", "tsv", "--segment", "gen-z", "--card", "gold-card")
    assert [(row["card"], row["segment"]) for row in rows(out)] == [("gold-card", "gen-z")]


def test_best_lists_what_was_asked_for_and_prices_it_as_price_does(cardkit: Said, golden: Golden) -> None:
    code, out, err = cardkit("best", "@gen-z", "--number", "3", "--format", "table")
    assert (code, err) == (0, "")
    golden("best.txt", page(out))
    _, out, _ = cardkit("best", "gen-z", "--by", "customer-net", "--format", "tsv")
    nets = [float(row["customer_net"]) for row in rows(out)]
    assert nets == sorted(nets, reverse=True)
    for row in rows(out):
        assert row["contribution"] == priced(cardkit, row["product"])["contribution"]


def test_best_keeps_the_conditions(cardkit: Said) -> None:
    given = ("--include", "pet-care", "--exclude", "card-security", "--card", "gold-card")
    code, out, _ = cardkit("best", "gen-z", *given, "--format", "tsv")
    assert code == 0
    assert rows(out)
    for row in rows(out):
        card, *modules = row["product"].partition("@")[0].split("+")
        assert card == "gold-card"
        assert "pet-care" in modules
        assert "card-security" not in modules


def test_where_nothing_meets_the_conditions_it_says_how_close_one_comes(cardkit: Said) -> None:
    code, out, err = cardkit(
        "best", "gen-z", "--include", "pet-care", "--max-price", "0.01", "--format", "tsv"
    )
    assert code == 1
    assert rows(out) == []
    assert err.startswith("no product meets these conditions; the one that costs the customer least is ")


def test_a_persons_needs_replace_what_their_segment_uses(cardkit: Said, bank: Path) -> None:
    add(bank, NEEDS)
    _, plain, _ = cardkit("best", "gen-z", "--include", "pet-care", "--number", "1", "--format", "tsv")
    _, told, _ = cardkit(
        "best", "gen-z", "--include", "pet-care", "--number", "1", "--needs", "pets=2", "--format", "tsv"
    )
    _, none, _ = cardkit(
        "best", "gen-z", "--include", "pet-care", "--number", "1", "--needs", "pets=0", "--format", "tsv"
    )
    values = [float(rows(out)[0]["customer_value"]) for out in (none, plain, told)]
    assert values == sorted(values)
    assert len(set(values)) == 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("gen-x",), "There is no gen-x in the catalog\n  → did you mean gen-z?"),
        (("gen-z", "--by", "profit"), "--by has no profit"),
        (("gen-z", "--by", "contribution=0"), "The weights of --by can't all be 0"),
        (("gen-z", "--include", "pet-cares"), "There is no pet-cares in the catalog"),
        (("gen-z", "--needs", "dogs=1"), "There is no need dogs"),
        (("gen-z", "--needs", "clinic-visits"), "Can't read clinic-visits of --needs"),
        (("gen-z", "--max-price", "1.234"), "--max-price is an amount in yuan with at most two decimals"),
        (("gen-z", "--number", "0"), "--number is a whole number from 1 to 1000"),
        (("gen-z", "--time-limit", "0"), "--time-limit is a number of seconds above 0"),
    ],
)
def test_what_cant_be_meant_is_refused_with_what_to_write(
    cardkit: Said, given: tuple[str, ...], told: str
) -> None:
    code, out, err = cardkit("best", *given)
    assert (code, out) == (2, "")
    assert told in err


def test_a_refuted_policy_names_the_worst_product_and_changes_that_mend_it(cardkit: Said, bank: Path) -> None:
    add(bank, POLICIES.format(floor=-1000))
    _, out, _ = cardkit("analyze", "--segment", "gen-z", "--format", "json")
    lowest = min(float(cell["worst"]["contribution"]) for cell in json.loads(out)["cells"] if cell["worst"])
    add(bank, POLICIES.format(floor=lowest + 10))
    code, out, _ = cardkit("validate", "--select", "policy-refuted", "--format", "json")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert findings
    for finding in findings:
        assert finding["code"] == "CK414"
        assert re.search(
            r"contribution of \S+ is -?[\d.]+, at least -?[\d.]+ is asked; \d+ products? break",
            finding["message"],
        )
        assert finding["related"][-1]["file"] == "catalog.yaml"
    code, out, _ = cardkit("analyze", "--format", "json")
    refuted = [each for each in json.loads(out)["policies"] if each["status"] == "refuted"]
    assert code == 1
    named = [re.findall(r"doesn't hold at ([\w-]+):", each["message"]) for each in findings]
    assert {each["segment"] for each in refuted} == {segment for found in named for segment in found}
    for each in refuted:
        reached = priced(cardkit, each["counterexample"])["contribution"]
        assert float(reached) < lowest + 10
        assert each["bounds"]["reached"] == reached


def test_a_mend_that_is_told_mends(cardkit: Said, bank: Path) -> None:
    add(bank, POLICIES.format(floor=-1000))
    _, out, _ = cardkit("analyze", "--format", "json")
    lowest = min(float(cell["worst"]["contribution"]) for cell in json.loads(out)["cells"] if cell["worst"])
    add(bank, POLICIES.format(floor=round(lowest + 1, 2)))
    _, out, _ = cardkit("validate", "--select", "policy-refuted", "--format", "json")
    hints = [finding["hint"] for finding in json.loads(out)["findings"]]
    prices = [
        found for hint in hints for found in re.findall(r"\(([\w-]+)\) from CNY [\d.]+ to ([\d.]+)", hint)
    ]
    assert prices, hints
    for holder, price in prices:
        key = "annual_fee" if (bank / "cards" / f"{holder}.yaml").exists() else "price"
        given = ("--set", f"{holder}.{key}={price}")
        _, out, _ = cardkit("validate", "--select", "policy-refuted", "--format", "json", *given)
        left = json.loads(out)["findings"]
        assert len(left) < len(hints)


def test_what_isnt_proved_in_time_is_never_called_proved(cardkit: Said, bank: Path) -> None:
    add(bank, POLICIES.format(floor=-1000))
    code, out, _ = cardkit("analyze", "--time-limit", "0.000001", "--format", "json")
    said = json.loads(out)
    assert code == 1
    assert {each["status"] for each in said["policies"]} == {"not_proved"}
    assert said["products_total"] is None
    assert said["not_proved"]
    code, out, _ = cardkit("validate", "--time-limit", "0.000001", "--select", "CK415", "--format", "json")
    assert code == 1
    assert {finding["name"] for finding in json.loads(out)["findings"]} == {"policy-not-proved"}
    code, out, err = cardkit("best", "gen-z", "--time-limit", "0.000001", "--format", "tsv")
    assert (code, rows(out)) == (1, [])
    assert err.startswith("not proved: the time limit was reached")
