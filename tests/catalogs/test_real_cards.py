"""Three kinds of product that exist in many banks and not in the shipped catalog, as catalogs of their own.

One of seven plans with a shared cap and monthly places; a premium card whose fee spend or points can take
away; a tiered cashback card with ticket bounds and caps by quarter and year. All names are invented.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from math import comb, erf, exp, lgamma, log, sqrt
from pathlib import Path
from typing import Any

import pytest

from cardkit.checks.run import run as checked
from cardkit.cli.app import run
from cardkit.ground.finding import Finding
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import from_texts, load

HERE = Path(__file__).parent
LAW = HERE.parent.parent / "catalog" / "law"
AS_OF = date(2026, 11, 22)
PRODUCTS = {
    "seven-plans": ("diner", "shopper"),
    "premium-card": ("meridian", "golfer"),
    "tiered-cashback": ("family-tide", "first-tide"),
}
Texts = dict[str, bytes]


def texts_of(folder: Path) -> Texts:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}


def said(finding: Finding) -> str:
    return f"{finding.site.file}:{finding.site.span.line} {finding.code.id} {finding.message.en}"


def amount(catalog: Catalog, product: Product, line: str) -> float:
    """One line of the bank's side, yuan."""
    found = [each.amount for each in price(Day(catalog, AS_OF), product).lines if each.id == line]
    assert found, f"no line {line}"
    return sum(found) / 100


@pytest.fixture(scope="module", params=PRODUCTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_real_card_validates_without_a_single_finding(name: str) -> None:
    assert [said(finding) for finding in checked(load(HERE / name), AS_OF)] == []


def test_a_real_card_keeps_the_laws_of_the_shipped_catalog(name: str) -> None:
    laws = {f"law/{file}": text for file, text in texts_of(LAW).items()}
    catalog = from_texts(texts_of(HERE / name) | laws, [])
    assert [said(finding) for finding in checked(catalog, AS_OF)] == []


def test_every_sellable_pair_of_card_and_module_is_priced_and_its_lines_add_up(name: str) -> None:
    catalog = load(HERE / name)
    day = Day(catalog, AS_OF)
    sold = 0
    for card in catalog.cards:
        for modules in ((), *((module,) for module in catalog.modules)):
            for segment in catalog.segments:
                found = price(day, Product(card, modules, segment))
                assert sum(line.amount for line in found.lines) == found.contribution
                assert found.customer_value > 0
                sold += found.sellable
    assert sold >= len(PRODUCTS[name])


def test_saved_products_are_sellable_and_a_page_has_their_rights_in_both_languages(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = load(HERE / name)
    for product in PRODUCTS[name]:
        for language in ("zh", "en"):
            arguments = ("preview", product, "--lang", language, "--catalog", str(HERE / name))
            assert run([*arguments, "--as-of", AS_OF.isoformat()]) == 0
            page = capsys.readouterr().out
            card = catalog.cards[catalog.products[product].product.partition("@")[0].partition("+")[0]]
            assert all(right.name.to(language) in page for right in card.rights)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "product", ["seven-plans/diner", "premium-card/meridian", "tiered-cashback/family-tide"]
)
def test_a_real_card_reads_as_a_page_of_a_bank(
    product: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[str, str], None],
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    catalog, _, saved = product.partition("/")
    code = run(
        ["preview", saved, "--lang", language, "--catalog", str(HERE / catalog), "--as-of", AS_OF.isoformat()]
    )
    assert code == 0
    golden(f"{saved}.{language}.txt", capsys.readouterr().out)


# By hand -----------------------------------------------------------------------------------------------


def above(z: float) -> float:
    return 0.5 * (1 - erf(z / sqrt(2)))


def limited(mean: float, cv: float, most: float) -> float:
    """E[min(X, most)] of a lognormal: mean·Φ((ln d − μ − σ²)/σ) + d·(1 − Φ((ln d − μ)/σ))."""
    sigma = sqrt(log(1 + cv**2))
    z = (log(most / mean) + sigma**2 / 2) / sigma
    return mean * above(sigma - z) + most * above(z)


def spread(cells: Sequence[tuple[float, float, float]], whole: float) -> float:
    """The cv of Σ weight·spend over categories (mean, cv, weight), all of them as variable as `whole`."""

    def parts(weighted: list[float]) -> tuple[float, float]:
        squares = sum(deviation**2 for deviation in weighted)
        return squares, sum(weighted) ** 2 - squares

    squares, cross = parts([mean * cv for mean, cv, _ in cells])
    correlation = ((sum(mean for mean, _, _ in cells) * whole) ** 2 - squares) / cross
    squares, cross = parts([mean * cv * weight for mean, cv, weight in cells])
    return sqrt(squares + correlation * cross) / sum(mean * weight for mean, _, weight in cells)


def test_places_in_a_plan_and_the_cap_that_it_shares_with_the_base() -> None:
    """The dining plan in a month of a young professional.

    Places: 400,000·26 %·80 % + 500,000·14 %·80 % = 139,200 customers want one of 60,000, so 43.1 % of those
    who register get one: 34.5 % of the holders. With a place 3.3 % of dining and 0.3 % of the rest come back,
    together at most 60; without one 0.3 % of all. The base is used up first; the plan's partner pays 25 %.
    """
    placed = 0.8 * 60_000 / 139_200
    categories = {
        "dining": (1100, 0.7),
        "travel": (700, 1.5),
        "online": (1200, 0.8),
        "supermarket": (400, 0.6),
        "entertainment": (300, 0.9),
        "transport": (350, 0.6),
        "overseas": (200, 2.2),
        "utilities": (150, 0.5),
        "public-welfare": (20, 2),
        "other": (280, 1),
    }
    without = {"utilities", "public-welfare"}

    def month(plan: float) -> float:
        rates = {name: 0.0 if name in without else 0.003 for name in categories} | {"dining": 0.003 + plan}
        cells = [(mean, cv, rates[name]) for name, (mean, cv) in categories.items()]
        return limited(sum(mean * rate for mean, _, rate in cells), spread(cells, 0.6), 60)

    base, both = month(0), month(0.03)
    by_hand = 12 * (base + placed * (both - base) * 0.75)
    catalog = load(HERE / "seven-plans")
    line = amount(
        catalog, Product("compass-card", ("dining-plan",), "young-professional"), "dining-plan-and-base"
    )
    assert -line == pytest.approx(by_hand, abs=0.006)
    assert 12 * 13.59 * 0.99 < 12 * base < 12 * 13.59, "0.3 % of 4,530 yuan hardly ever reaches the cap"


def test_a_year_of_spend_or_points_takes_the_fee_away() -> None:
    """274,800 yuan a year, cv 0.55: P(at least 400,000) = 16.2 %; of the others 12 % pay with points.

    A point costs 75 %·0.08/12 + 25 %·540/90,000 = 0.0065, so the bank gives up 3,600 and keeps 1,300.
    """
    sigma = sqrt(log(1 + 0.55**2))
    by_spend = above((log(400_000 / 274_800) + sigma**2 / 2) / sigma)
    by_points = (1 - by_spend) * 0.12
    assert by_spend == pytest.approx(0.1617, abs=1e-4)
    catalog = load(HERE / "premium-card")
    product = Product("meridian-card", (), "frequent-traveller")
    waived = amount(catalog, product, "annual-fee-waivers/waiver")
    assert waived == pytest.approx(-3600 * (by_spend + by_points), abs=0.006)
    taken = amount(catalog, product, "annual-fee-waivers/points-taken")
    assert taken == pytest.approx(1300 * by_points, abs=0.006)


def test_points_of_the_birthday_month_are_one_month_of_the_year() -> None:
    """22,100 of 22,900 yuan a month earn points; four more for every 2 yuan, at most 60,000 of them."""
    cells = [
        (4000, 0.7, 1),
        (7000, 1.2, 1),
        (5000, 0.9, 1),
        (900, 1.5, 1),
        (900, 1.2, 1),
        (2500, 2, 1),
        (700, 2.5, 0),
        (100, 2, 0),
        (1800, 1, 1),
    ]
    points = limited(4 * 22_100 / 2, spread(cells, 0.7), 60_000)
    line = amount(
        load(HERE / "premium-card"),
        Product("meridian-card", (), "frequent-traveller"),
        "meridian-card/birthday-points",
    )
    assert -line == pytest.approx(points * 0.8 * 0.0065, abs=0.006)


def test_guests_in_the_lounge_take_visits_too() -> None:
    """Nine visits a year, two places for guests of which 30 % are taken, at most twelve uses at 105 yuan."""
    size, chance = 1 / 0.8, 0.8 * 9 / (1 + 0.8 * 9)
    uses = 0.0
    for visits in range(400):
        log_of = lgamma(size + visits) - lgamma(size) - lgamma(visits + 1)
        there = exp(log_of + size * log(1 - chance) + visits * log(chance))
        if visits >= 12:
            uses += there * 12
            continue
        for guests in range(2 * visits + 1):
            with_guests = comb(2 * visits, guests) * 0.3**guests * 0.7 ** (2 * visits - guests)
            uses += there * with_guests * min(visits + guests, 12)
    line = amount(
        load(HERE / "premium-card"),
        Product("meridian-card", (), "frequent-traveller"),
        "meridian-card/lounges",
    )
    assert -line == pytest.approx(0.85 * 105 * uses, abs=0.006)


def counted(mean: float, cv: float, low: float, high: float) -> float:
    """E[T; low ≤ T ≤ high] of a lognormal ticket."""
    sigma = sqrt(log(1 + cv**2))
    low_z, high_z = ((log(edge / mean) + sigma**2 / 2) / sigma - sigma for edge in (low, high))
    return mean * (above(low_z) - above(high_z))


def test_tiers_of_a_month_on_purchases_between_ten_and_five_thousand_yuan() -> None:
    """Without caps 1 % of the first 2,000 comes back, 2 % up to 5,000 and 3 % beyond, twelve times a year.

    X is what is spent on purchases that count, out of five of the eight categories: 3,840 yuan a month.
    """
    categories = [
        (900, 0.7, 9, 0.8),
        (1100, 0.5, 12, 0.8),
        (1000, 0.8, 8, 1.1),
        (500, 0.6, 14, 0.9),
        (340, 1, 3, 1),
    ]
    excluded = [(400, 0.4), (300, 3), (60, 2)]
    share = sum(n * counted(mean / n, cv, 10, 5000) for mean, _, n, cv in categories) / 3840
    assert 0.97 < share < 1
    cv = spread([*((mean, cv, 1) for mean, cv, _, _ in categories), *((*each, 0) for each in excluded)], 0.5)
    mean = 3840 * share
    first, second = limited(mean, cv, 2000), limited(mean, cv, 5000)
    uncapped = 12 * (0.01 * first + 0.02 * (second - first) + 0.03 * (mean - second))

    product = Product("tide-cashback-card", (), "urban-family")
    texts = texts_of(HERE / "tiered-cashback")
    file = "cards/tide-cashback-card.yaml"
    lines = texts[file].decode().splitlines(keepends=True)
    bare = "".join(line for line in lines if "most:" not in line and "limits:" not in line)
    free = from_texts(texts | {file: bare.encode()}, [])
    line = "tide-cashback-card/tiered-cashback"
    assert -amount(free, product, line) == pytest.approx(uncapped, abs=0.006)
    # Quarters of at most 120 yuan come to 480, so the year's 400 decides; most quarters reach their cap.
    capped = -amount(load(HERE / "tiered-cashback"), product, line)
    assert 0.9 * 400 < capped < 400 < uncapped


def test_a_customer_picks_one_plan_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(product: str) -> Any:
        arguments = ["check", product, "--format", "json", "--catalog", str(HERE / "seven-plans")]
        run([*arguments, "--as-of", AS_OF.isoformat()])
        return json.loads(capsys.readouterr().out)

    assert answer("compass-card+travel-plan@household")["sellable"]
    assert not answer("compass-card@household")["sellable"]
    assert not answer("compass-card+travel-plan+online-plan@household")["sellable"]
