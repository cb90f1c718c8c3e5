"""Payouts on one amount: what is expected is the mean of what is settled, member by member."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.distribution import Empirical, Lognormal
from cardkit.mechanics.stacking import (
    Payout,
    accumulate,
    best,
    exclusive,
    expected_accumulate,
    expected_best,
    expected_exclusive,
    winner,
)

RATES = st.integers(0, 10).map(lambda percent: Fraction(percent, 100))
CAPS = st.none() | st.integers(0, 60).map(Fraction)
MEMBERS = st.lists(st.builds(Payout, RATES, CAPS), min_size=1, max_size=6)
SPENDS = st.lists(st.integers(0, 3000), min_size=1, max_size=8)


def table(spends: list[int]) -> Empirical:
    return Empirical(tuple((float(spend), 1 / len(spends)) for spend in spends))


def means(paid: list[tuple[Fraction, ...]]) -> list[float]:
    return [float(sum(amounts)) / len(paid) for amounts in zip(*paid, strict=True)]


@given(MEMBERS, SPENDS)
def test_best_pays_the_best_member_on_every_spend(members: list[Payout], spends: list[int]) -> None:
    paid = [best(members, Fraction(spend)) for spend in spends]
    expected = expected_best(members, table(spends))
    total = sum(max(member.of(Fraction(spend)) for member in members) for spend in spends)
    assert float(sum(expected)) == pytest.approx(float(total) / len(spends), abs=1e-9)
    assert float(sum(expected)) == pytest.approx(sum(means(paid)), abs=1e-9)


@given(MEMBERS, SPENDS, CAPS)
def test_a_shared_cap_is_used_up_in_the_order_listed(
    members: list[Payout], spends: list[int], cap: Fraction | None
) -> None:
    paid = [accumulate(members, Fraction(spend), cap) for spend in spends]
    expected = expected_accumulate(members, table(spends), cap)
    assert [float(amount) for amount in expected] == pytest.approx(means(paid), abs=1e-9)
    if cap is not None:
        assert max(sum(amounts) for amounts in paid) <= cap


@given(MEMBERS, SPENDS)
def test_exclusive_pays_the_first_listed_alone(members: list[Payout], spends: list[int]) -> None:
    paid = [exclusive(members, Fraction(spend)) for spend in spends]
    expected = expected_exclusive(members, table(spends))
    assert [float(amount) for amount in expected] == pytest.approx(means(paid), abs=1e-9)


def test_who_pays_is_known_for_each_amount() -> None:
    """8 % up to 40 yuan wins below 800 yuan of spend, 5 % up to 50 yuan beyond."""
    five, eight = Payout(Fraction(5, 100), Fraction(50)), Payout(Fraction(8, 100), Fraction(40))
    assert [winner([five, eight], Fraction(spend)) for spend in (100, 799, 800, 801, 5000)] == [1, 1, 0, 0, 0]
    spend = Lognormal(900, 0.8)
    first, second = expected_best([five, eight], spend)
    below = 0.08 * spend.partial_expectation(0, 500) + 40 * (spend.at_least(500) - spend.at_least(800))
    assert float(second) == pytest.approx(below)
    beyond = 0.05 * spend.partial_expectation(800, 1000) + 50 * spend.at_least(1000)
    assert float(first) == pytest.approx(beyond)


def test_of_equals_the_first_listed_pays() -> None:
    same = Payout(Fraction(1, 100))
    assert best([same, same], Fraction(1000)) == (Fraction(10), Fraction(0))
    assert [float(amount) for amount in expected_best([same, same], Lognormal(1000, 1))] == [
        pytest.approx(10),
        0,
    ]


def test_nothing_is_paid_at_a_rate_of_nothing() -> None:
    nothing = Payout(Fraction(0), Fraction(50))
    assert not any(expected_best([nothing], Lognormal(900, 0.8)))
    assert not any(expected_accumulate([nothing], Lognormal(900, 0.8), Fraction(10)))
