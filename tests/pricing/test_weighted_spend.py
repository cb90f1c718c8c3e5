"""Rewards at several rates are a weighted sum of the spend by category: what a shared cap is taken from."""

from fractions import Fraction

import pytest

from cardkit.ground.distribution import Lognormal
from cardkit.mechanics.stacking import Payout, expected_accumulate
from cardkit.pricing.spending import CategoryFigures, Spending


def spending(whole: float, *cvs: float) -> Spending:
    """Categories a, b, … of 100, 200, … yuan a month, with these coefficients of variation."""
    return Spending(
        {
            name: CategoryFigures(Fraction(100 * place), cv, cv / 2, Fraction(4), 1.0)
            for place, (name, cv) in enumerate(zip("abcdef", cvs, strict=False), 1)
        },
        whole,
        whole / 2,
    )


@pytest.mark.parametrize("period", ["calendar-month", "calendar-quarter", "calendar-year"])
def test_weights_of_one_are_the_spend_itself(period: str) -> None:
    spend = spending(0.7, 0.9, 1.2, 0.8)
    assert spend.weighted({"a": Fraction(1), "c": Fraction(1)}, period) == spend.amount(
        ("a", "c"), Fraction(1), period
    )


def test_one_rate_for_all_is_a_share_of_the_spend() -> None:
    spend = spending(0.7, 0.9, 1.2, 0.8)
    rate = Fraction(3, 100)
    weighted = spend.weighted(dict.fromkeys("abc", rate), "calendar-month")
    assert isinstance(weighted, Lognormal)
    assert weighted.mean == pytest.approx(18)
    assert weighted.cv == pytest.approx(0.7)


@pytest.mark.parametrize("cap", [2, 8, 20, 60])
def test_where_all_categories_move_together_a_shared_cap_is_that_of_one_spend(cap: int) -> None:
    """Fully correlated, b is always twice a: 1 % of both and 4 % of b is 1 % and 8/3 % of one spend."""
    spend = spending(0.8, 0.8, 0.8)
    base, plan = Fraction(1, 100), Fraction(4, 100)
    first = spend.weighted({"a": base, "b": base}, "calendar-month")
    both = spend.weighted({"a": base, "b": base + plan}, "calendar-month")
    by_pieces = expected_accumulate(
        [Payout(base), Payout(plan * 2 / 3)],
        spend.amount((), Fraction(1), "calendar-month"),
        Fraction(cap),
    )
    paid = first.limited_expected_value(cap), both.limited_expected_value(cap)
    assert [paid[0], paid[1] - paid[0]] == pytest.approx([float(each) for each in by_pieces])


def test_unequal_weights_spread_the_rewards_more_than_the_spend() -> None:
    """Independent categories of 100 and 200 yuan, both of cv 1: variance 100²·w_a² + 200²·w_b²."""
    spend = spending((100**2 + 200**2) ** 0.5 / 300, 1.0, 1.0)
    rewards = spend.weighted({"a": Fraction(1, 10), "b": Fraction(1, 100)}, "calendar-month")
    assert isinstance(rewards, Lognormal)
    assert rewards.mean == pytest.approx(12)
    assert rewards.cv == pytest.approx((10**2 + 2**2) ** 0.5 / 12)
