"""Spend over several categories and in periods of any length, against the moments worked out by hand."""

from fractions import Fraction
from math import sqrt

import pytest

from cardkit.ground.distribution import Lognormal, Mixture, Poisson
from cardkit.pricing.spending import CategoryFigures, Spending

DINING = CategoryFigures(Fraction(900), 0.8, 0.5, Fraction(12), 0.7)
GROCERY = CategoryFigures(Fraction(700), 0.6, 0.4, Fraction(9), 0.5)
TRAVEL = CategoryFigures(Fraction(400), 1.5, 1.1, Fraction(2), 0.9)
NEVER = CategoryFigures(Fraction(0), 0.0, 0.0, Fraction(0), 0.0)
ALL = {"dining": DINING, "grocery": GROCERY, "travel": TRAVEL}
ONE = Fraction(1)

MONTH_DEVIATIONS = (900 * 0.8, 700 * 0.6, 400 * 1.5)
YEAR_DEVIATIONS = (900 * 0.5, 700 * 0.4, 400 * 1.1)


def amount(spending: Spending, categories: tuple[str, ...], period: str, share: Fraction = ONE) -> Lognormal:
    made = spending.amount(categories, share, period)
    assert isinstance(made, Lognormal)
    return made


def test_one_category_keeps_its_own_spread_in_a_month_and_in_a_year() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    assert amount(spending, ("dining",), "calendar-month").cv == pytest.approx(0.8)
    assert amount(spending, ("dining",), "calendar-year").cv == pytest.approx(0.5)
    assert amount(spending, ("dining",), "calendar-month").mean == 900
    assert amount(spending, ("dining",), "calendar-year").mean == 10_800
    assert amount(spending, ("dining",), "calendar-quarter", Fraction(1, 3)).mean == 900


def test_between_a_month_and_a_year_only_what_differs_from_month_to_month_averages_out() -> None:
    # variance = between customers + within a customer: b + w = 0.8² in a month, b + w/12 = 0.5² in a year
    within = (0.64 - 0.25) * 12 / 11
    between = 0.64 - within
    spending = Spending(ALL, 0.6, 0.45)
    assert amount(spending, ("dining",), "calendar-quarter").cv == pytest.approx(sqrt(between + within / 3))
    day = amount(spending, ("dining",), "calendar-day")
    assert day.cv == pytest.approx(sqrt(between + within * 365 / 12))


def test_a_year_more_variable_than_its_months_is_as_variable_as_they_are() -> None:
    odd = Spending({"dining": CategoryFigures(Fraction(900), 0.5, 0.8, Fraction(12), 0.7)}, 0.5, 0.8)
    assert amount(odd, (), "calendar-month").cv == amount(odd, (), "calendar-year").cv == 0.5


def test_a_year_never_varies_less_than_twelve_independent_months() -> None:
    chance = Spending({"dining": CategoryFigures(Fraction(900), 1.2, 0.0, Fraction(12), 0.7)}, 1.2, 0.0)
    assert amount(chance, (), "calendar-month").cv == pytest.approx(1.2)
    assert amount(chance, (), "calendar-year").cv == pytest.approx(1.2 / sqrt(12))


def correlation(deviations: tuple[float, ...], whole: float) -> float:
    """The one correlation that makes all categories together as variable as the whole is said to be."""
    squares = sum(deviation**2 for deviation in deviations)
    return ((2000 * whole) ** 2 - squares) / (sum(deviations) ** 2 - squares)


def test_all_categories_together_are_as_variable_as_the_segment_says_its_spend_is() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    assert 0 < correlation(MONTH_DEVIATIONS, 0.6) < 1
    assert amount(spending, (), "calendar-month").mean == 2000
    assert amount(spending, (), "calendar-month").cv == pytest.approx(0.6)
    assert amount(spending, (), "calendar-year").cv == pytest.approx(0.45)


def test_some_categories_share_the_correlation_of_all() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    common = correlation(MONTH_DEVIATIONS, 0.6)
    first, second, _ = MONTH_DEVIATIONS
    deviation = sqrt(first**2 + second**2 + 2 * common * first * second)
    both = amount(spending, ("dining", "grocery"), "calendar-month")
    assert both.mean == 1600
    assert both.cv == pytest.approx(deviation / 1600)


@pytest.mark.parametrize(("whole", "correlated"), [(0.2, 0), (0.9, 1)])
def test_no_spread_of_the_whole_asks_for_less_than_none_or_more_than_full_correlation(
    whole: float, correlated: int
) -> None:
    spending = Spending(ALL, whole, whole)
    first, second, _ = MONTH_DEVIATIONS
    variance = first**2 + second**2 + 2 * correlated * first * second
    both = amount(spending, ("dining", "grocery"), "calendar-month")
    assert both.cv == pytest.approx(sqrt(variance) / 1600)


def test_a_category_without_spend_is_nothing_for_certain() -> None:
    spending = Spending({**ALL, "pets": NEVER}, 0.6, 0.45)
    assert amount(spending, ("pets",), "calendar-month") == Lognormal(0.0, 0.0)
    assert spending.ticket(("pets",)) == Lognormal(0.0, 0.0)


def test_purchases_add_up_and_a_share_of_them_is_in_scope() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    assert spending.purchases((), ONE, "calendar-month") == Poisson(23.0)
    assert spending.purchases(("dining", "travel"), Fraction(1, 2), "calendar-year") == Poisson(84.0)


def test_a_ticket_is_drawn_from_the_categories_by_their_purchases() -> None:
    spending = Spending({**ALL, "pets": NEVER}, 0.6, 0.45)
    assert spending.ticket(("grocery", "pets")) == Lognormal(700 / 9, 0.5)
    assert spending.ticket(("dining", "travel")) == Mixture(
        ((12 / 14, Lognormal(75.0, 0.7)), (2 / 14, Lognormal(200.0, 0.9)))
    )


def test_the_mean_of_a_year_is_that_of_twelve_months() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    assert spending.year_mean() == 24_000
    assert spending.year_mean(("travel", "grocery")) == 13_200


def test_a_weighted_sum_such_as_rewards_has_the_moments_of_its_parts() -> None:
    spending = Spending(ALL, 0.6, 0.45)
    weights = {"dining": Fraction(2, 100), "travel": Fraction(5, 100)}
    common = correlation(MONTH_DEVIATIONS, 0.6)
    first, second = 0.02 * MONTH_DEVIATIONS[0], 0.05 * MONTH_DEVIATIONS[2]
    rewards = spending.weighted(weights, "calendar-month")
    assert rewards.mean == 38
    assert isinstance(rewards, Lognormal)
    assert rewards.cv == pytest.approx(sqrt(first**2 + second**2 + 2 * common * first * second) / 38)
    assert spending.weighted(weights, "calendar-quarter").mean == 114


def test_small_spend_and_rare_purchases_follow_the_same_formulas() -> None:
    small = {
        "coffee": CategoryFigures(Fraction(1, 2), 0.8, 0.5, Fraction(1, 4), 0.7),
        "paper": CategoryFigures(Fraction(1, 2), 0.6, 0.4, Fraction(1, 2), 0.5),
    }
    spending = Spending(small, 0.6, 0.4)
    assert amount(spending, (), "calendar-month").cv == pytest.approx(0.6)
    assert spending.ticket(("coffee",)) == Lognormal(2.0, 0.7)
