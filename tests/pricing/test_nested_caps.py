"""Caps within caps where months are worth nothing or their cap: twelve tosses of a coin, added up by hand."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, inf

import pytest

from cardkit.ground.distribution import Binomial, CountTable, Empirical
from cardkit.mechanics.capping import (
    expected_capped_amount,
    expected_capped_count,
    expected_capped_reward,
    expected_capped_sum,
)
from cardkit.mechanics.compound import CELLS
from cardkit.mechanics.nested import Cap

SOME = CountTable(((0, 0.5), (1000, 0.5)))
FEWER = CountTable(((0, 0.5), (900, 0.5)))


def tosses(worth: float, most: float) -> float:
    """E of the year's total when each month brings so much or nothing, up to a cap."""
    return sum(comb(12, heads) * min(heads * worth, most) for heads in range(13)) / 2**12


@pytest.mark.parametrize("amount", [Fraction(1), Fraction(2), Fraction(1, 4)])
@pytest.mark.parametrize(("month", "year"), [(900, 5000), (1000, 3000), (100, 450), (402, 2010)])
def test_many_events_under_two_caps_are_put_on_wider_cells(amount: Fraction, month: int, year: int) -> None:
    caps = [Cap(12, month * amount), Cap(1, year * amount)]
    expected = expected_capped_count(SOME, 12, amount, caps)
    assert float(expected) == pytest.approx(float(amount) * tosses(month, year), rel=1e-9)


@pytest.mark.parametrize("amount", [Fraction(2), Fraction(1, 4)])
def test_a_year_without_a_cap_by_month_counts_every_event(amount: Fraction) -> None:
    expected = expected_capped_count(FEWER, 12, amount, [Cap(1, 3000 * amount)])
    assert float(expected) == pytest.approx(float(amount) * tosses(900, 3000), rel=1e-9)


def test_however_many_events_a_cap_allows_they_are_put_on_so_many_cells_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[int] = []

    def watched(count: CountTable, limit: int) -> float:
        limits.append(limit)
        return sum(min(value, limit) * share for value, share in count.values)

    monkeypatch.setattr(CountTable, "limited_expected_value", watched)
    for month in (CELLS, CELLS + 1, 1000):
        limits.clear()
        expected_capped_count(SOME, 12, Fraction(1), [Cap(12, Fraction(month)), Cap(1, Fraction(5000))])
        assert max(limits) == month
        assert len(limits) <= CELLS + 1


def quarters(worth: float, most: float, longer: Sequence[tuple[int, float]]) -> float:
    """E of the year's total of tosses that are capped by quarter, and by runs of so many quarters."""
    total = 0.0
    for heads in product(range(4), repeat=4):
        level = [min(number * worth, most) for number in heads]
        for run, cap in longer:
            level = [min(sum(level[start : start + run]), cap) for start in range(0, len(level), run)]
        total += sum(level) * comb(3, heads[0]) * comb(3, heads[1]) * comb(3, heads[2]) * comb(3, heads[3])
    return total / 2**12


@pytest.mark.parametrize("quarter", [100, 80, 120])
def test_a_quarter_within_a_year_is_put_on_wider_cells_than_its_months(quarter: int) -> None:
    spend = Empirical(((0.0, 0.5), (90.0, 0.5)))
    month, year = Cap(12, Fraction(40)), Cap(1, Fraction(230))
    expected = expected_capped_amount(spend, 12, Fraction(1), [month, Cap(4, Fraction(quarter)), year])
    assert float(expected) == pytest.approx(quarters(40, quarter, [(4, 230)]), rel=1e-4)
    if quarter != 100:  # whose months fall on whole cells of the quarter too
        assert float(expected) == pytest.approx(quarters(40, quarter, [(4, 230)]), rel=1e-9)


def test_caps_that_are_no_whole_number_of_events_are_held_at_every_level() -> None:
    once = CountTable(((0, 0.5), (3, 0.5)))
    caps = [Cap(12, Fraction(1)), Cap(4, Fraction(5, 2)), Cap(2, Fraction(4)), Cap(1, Fraction(15, 2))]
    for number, longer in ((2, []), (3, [(2, 4)]), (4, [(2, 4), (2, 7.5)])):
        expected = expected_capped_count(once, 12, Fraction(1), caps[:number])
        assert float(expected) == pytest.approx(quarters(1, 2.5, longer), rel=1e-9)


def test_of_two_caps_of_one_longer_period_the_tighter_holds() -> None:
    month, tight, loose = Cap(12, Fraction(900)), Cap(1, Fraction(3000)), Cap(1, Fraction(5000))
    alone = expected_capped_count(SOME, 12, Fraction(1), [month, tight])
    for caps in ([month, loose, tight], [month, tight, loose]):
        assert expected_capped_count(SOME, 12, Fraction(1), caps) == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize(
    ("chance", "day", "year"), [(0.3, 5, 420), (0.3, 5, 550), (0.05, 5, 100), (0.3, 1, 100)]
)
def test_a_year_of_days_is_added_up_on_wider_cells_without_moving_its_mean(
    chance: float, day: int, year: int
) -> None:
    # On some days the day's cap is earned, and nothing on the others.
    spend = Empirical(((0.0, 1 - chance), (900.0, chance)))
    caps = [Cap(365, Fraction(day)), Cap(1, Fraction(year))]
    by_hand = day * Binomial(365, chance).limited_expected_value(year // day)
    expected = expected_capped_amount(spend, 365, Fraction(1, 100), caps)
    assert float(expected) == pytest.approx(by_hand, rel=1e-4)


def test_a_month_between_days_and_a_year_is_added_up_on_wider_cells_too() -> None:
    # Ten yuan on every day, which the month's cap lets through on 28 of 30 or 31 days.
    spend = Empirical(((1000.0, 1.0),))
    caps = [Cap(365, Fraction(10)), Cap(12, Fraction(280)), Cap(1, Fraction(3300))]
    for number, most in ((2, 12 * 280), (3, 3300)):
        expected = expected_capped_amount(spend, 365, Fraction(1, 100), caps[:number])
        assert float(expected) == pytest.approx(most, rel=1e-4)


def test_a_year_that_allows_nothing_leaves_nothing_of_its_months() -> None:
    assert expected_capped_count(SOME, 12, Fraction(1), [Cap(12, Fraction(900)), Cap(1, Fraction(0))]) == 0


def test_a_certain_spend_earns_its_share_without_any_rounding() -> None:
    spend = Empirical(((9000.0, 1.0),))
    assert expected_capped_amount(spend, 12, Fraction(7, 100), [Cap(12, Fraction(21))]) == 252


@pytest.mark.parametrize("share", [Fraction(1, 20), Fraction(1, 2)])
def test_a_share_of_what_is_spent_is_capped_in_yuan_of_the_reward(share: Fraction) -> None:
    spend = Empirical(((0.0, 0.5), (900.0, 0.5)))
    month, year = 800 * share, 3000 * share

    def limited_reward(limit: float) -> float:
        return spend.limited_expected_value(limit / float(share)) * float(share)

    for caps, worth, most in (
        ([Cap(12, month)], 800, inf),
        ([Cap(12, month), Cap(1, year)], 800, 3000),
        ([Cap(1, year)], 900, 3000),
        ([], 900, inf),
    ):
        expected = expected_capped_amount(spend, 12, share, caps)
        assert float(expected) == pytest.approx(float(share) * tosses(worth, most), rel=1e-6)
        rewards = expected_capped_reward(limited_reward, 12, caps)
        assert float(rewards) == pytest.approx(float(expected), rel=1e-9)


@pytest.mark.parametrize("unit", [None, Fraction(10), Fraction(1, 3)])
def test_a_sum_of_events_is_capped_by_month_and_by_year(unit: Fraction | None) -> None:
    # No event or three of 10 yuan: 25 of the 30 count in a month, and 100 in a year.
    events = CountTable(((0, 0.5), (3, 0.5)))

    def limited_each(most: float) -> float:
        return min(10.0, most)

    for caps, worth, most in (
        ([Cap(12, Fraction(20))], 20, inf),
        ([Cap(12, Fraction(20)), Cap(1, Fraction(100))], 20, 100),
        ([Cap(1, Fraction(100))], 30, 100),
        ([], 30, inf),
    ):
        expected = expected_capped_sum(events, limited_each, 12, caps, unit)
        assert float(expected) == pytest.approx(tosses(worth, most), rel=1e-6)


def test_a_sum_of_units_is_exact_where_its_cap_is_a_whole_number_of_them() -> None:
    # Seven events of 10 yuan just reach 70, which would not be so on two hundred cells of 0.35.
    events = CountTable(((0, 0.5), (1, 0.2), (7, 0.3)))
    for month in (10, 30, 70):
        each = 0.2 * min(10, month) + 0.3 * min(70, month)
        caps = [Cap(12, Fraction(month))]
        expected = expected_capped_sum(events, lambda most: min(10.0, most), 12, caps, Fraction(10))
        assert float(expected) == pytest.approx(12 * each, rel=1e-12)


def test_a_mean_of_one_yuan_is_capped_like_any_other() -> None:
    events = CountTable(((0, 0.5), (1, 0.5)))
    expected = expected_capped_sum(events, lambda most: min(2.0, most), 1, [Cap(1, Fraction(1))])
    assert float(expected) == pytest.approx(0.5)


def test_a_sum_that_is_no_whole_number_of_units_is_taken_on_finer_cells() -> None:
    events = CountTable(((0, 0.5), (3, 0.5)))
    expected = expected_capped_sum(
        events, lambda most: min(10.0, most), 12, [Cap(12, Fraction(25))], Fraction(10)
    )
    assert float(expected) == pytest.approx(tosses(25, inf), rel=1e-6)


def test_a_cap_that_shorter_ones_never_reach_is_as_if_it_were_not_there() -> None:
    spend = Empirical(((0.0, 0.3), (40.0, 0.3), (90.0, 0.4)))
    month, year = Cap(12, Fraction(50)), Cap(1, Fraction(300))
    for quarter in (150, 160, 200):
        caps = [month, Cap(4, Fraction(quarter)), year]
        assert expected_capped_amount(spend, 12, Fraction(1), caps) == expected_capped_amount(
            spend, 12, Fraction(1), [month, year]
        )
    assert expected_capped_amount(
        spend, 12, Fraction(1), [month, Cap(4, Fraction(100)), year]
    ) < expected_capped_amount(spend, 12, Fraction(1), [month, year])
