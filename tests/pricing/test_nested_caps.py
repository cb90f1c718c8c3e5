"""Caps within caps where months are worth nothing or their cap: twelve tosses of a coin, added up by hand."""

from fractions import Fraction
from math import comb, inf

import pytest

from cardkit.ground.distribution import CountTable, Empirical
from cardkit.mechanics.capping import (
    expected_capped_amount,
    expected_capped_count,
    expected_capped_reward,
    expected_capped_sum,
)
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


def test_a_year_without_a_cap_by_month_counts_every_event() -> None:
    expected = expected_capped_count(FEWER, 12, Fraction(2), [Cap(1, Fraction(6000))])
    assert float(expected) == pytest.approx(2 * tosses(900, 3000), rel=1e-9)


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
