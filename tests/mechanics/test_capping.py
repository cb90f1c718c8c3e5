"""Caps in their own periods: for concrete rewards, and in expectation against brute force."""

from fractions import Fraction
from itertools import product
from math import exp, factorial, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.distribution import (
    AmountDistribution,
    Binomial,
    CountDistribution,
    CountMixture,
    CountTable,
    Empirical,
    Lognormal,
    NegativeBinomial,
    Poisson,
)
from cardkit.ground.errors import CardkitError
from cardkit.mechanics import capping, nested
from cardkit.mechanics.capping import (
    capped,
    expected_capped_amount,
    expected_capped_count,
    expected_capped_sum,
)
from cardkit.mechanics.compound import compound
from cardkit.mechanics.nested import Cap
from cardkit.mechanics.whole_steps import WholeSteps

MONTHLY_50, YEARLY_420 = Cap(12, Fraction(50)), Cap(1, Fraction(420))


def test_a_monthly_cap_acts_in_each_month_and_a_yearly_one_on_what_is_left() -> None:
    months = [Fraction(80)] * 6 + [Fraction(10)] * 6
    assert capped(months, []) == 540
    assert capped(months, [MONTHLY_50]) == 360
    assert capped(months, [Cap(1, Fraction(355)), MONTHLY_50]) == 355
    assert capped(months, [MONTHLY_50, Cap(4, Fraction(120))]) == 300


def test_365_days_are_months_of_30_or_31_days() -> None:
    assert capped([Fraction(1)] * 365, [Cap(12, Fraction(30))]) == 360
    assert capped([Fraction(1)] * 365, [Cap(12, Fraction(31))]) == 365


def test_fewer_periods_than_a_year_has_are_capped_one_by_one() -> None:
    assert capped([Fraction(80)], [MONTHLY_50]) == 50


@given(
    st.lists(st.integers(0, 200), min_size=12, max_size=12),
    st.integers(0, 200),
    st.integers(0, 2000),
)
def test_no_cap_is_ever_exceeded(rewards: list[int], month: int, year: int) -> None:
    total = capped(
        [Fraction(reward) for reward in rewards], [Cap(12, Fraction(month)), Cap(1, Fraction(year))]
    )
    assert total == min(sum(min(reward, month) for reward in rewards), year)


@pytest.mark.parametrize("cells", [100, 200])
def test_halving_the_cells_moves_a_price_by_less_than_a_hundredth_of_a_percent(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spend, ticket, count = Lognormal(900, 0.8), Lognormal(120, 0.9), Poisson(7.0)

    def prices() -> list[Fraction]:
        caps = [MONTHLY_50, YEARLY_420]
        three = [MONTHLY_50, Cap(4, Fraction(110)), Cap(1, Fraction(380))]
        back = Fraction(1, 20)
        return [
            expected_capped_amount(spend, 12, back, caps),
            expected_capped_amount(spend, 12, back, three),
            expected_capped_sum(count, lambda d: ticket.limited_expected_value(20 * d) / 20, 12, caps),
            expected_capped_sum(count, lambda d: ticket.limited_expected_value(20 * d) / 20, 12, caps[:1]),
        ]

    def prices_on(cells: int) -> list[Fraction]:
        for module in (capping, nested):
            monkeypatch.setattr(module, "CELLS", cells)
        return prices()

    usual, finer, coarser = prices(), prices_on(cells * 2), prices_on(cells)
    for price, reference, here in zip(coarser, finer, usual, strict=True):
        assert abs(price - reference) < reference / 10_000
        assert abs(here - reference) < reference / 10_000


@pytest.mark.parametrize("year", [5, 7, 7.5, 100])
def test_three_nested_caps_agree_with_every_combination(year: float) -> None:
    """Quarters of a half year of a year: at most 4, 6 and so much."""
    table = CountTable(((0, 0.5), (1, 0.2), (5, 0.3)))
    caps = [Cap(4, Fraction(4)), Cap(2, Fraction(6)), Cap(1, Fraction(str(year)))]
    by_hand = 0.0
    for years in product(table.values, repeat=4):
        chance, (a, b, c, d) = 1.0, (min(count, 4) for count, _ in years)
        for _, share in years:
            chance *= share
        by_hand += chance * min(min(a + b, 6) + min(c + d, 6), year)
    assert float(expected_capped_count(table, 4, Fraction(1), caps)) == pytest.approx(by_hand, rel=1e-12)


def test_a_day_a_month_and_a_year_of_caps_on_unequal_months() -> None:
    """One purchase a day for certain: under 30 a month, months of 31 days lose one."""
    daily = CountTable(((1, 1.0),))
    caps = [Cap(365, Fraction(1)), Cap(12, Fraction(30)), Cap(1, Fraction(359))]
    assert float(expected_capped_count(daily, 365, Fraction(1), caps[:2])) == pytest.approx(360)
    assert float(expected_capped_count(daily, 365, Fraction(1), caps)) == pytest.approx(359)


def brute_force(amount: Empirical, periods: int, month: float, year: float) -> float:
    """E of the capped total over every combination of twelve values."""
    total = 0.0
    for values in product(amount.values, repeat=periods):
        chance = 1.0
        for _, share in values:
            chance *= share
        total += chance * min(sum(min(value, month) for value, _ in values), year)
    return total


def test_nested_caps_on_amounts_agree_with_every_combination() -> None:
    amount = Empirical(((0.0, 0.5), (40.0, 0.3), (90.0, 0.2)))
    caps = [Cap(4, Fraction(60)), Cap(1, Fraction(130))]
    expected = expected_capped_amount(amount, 4, Fraction(1), caps)
    assert float(expected) == pytest.approx(brute_force(amount, 4, 60, 130), rel=1e-4)


@pytest.mark.parametrize("year", [5, 7.5, 8, 100])
def test_nested_caps_on_counts_agree_with_every_combination(year: float) -> None:
    table = CountTable(((0, 0.5), (1, 0.2), (4, 0.3)))
    caps = [Cap(4, Fraction(6)), Cap(1, Fraction(str(year * 2)))]
    expected = expected_capped_count(table, 4, Fraction(2), caps)
    values = Empirical(tuple((float(count), share) for count, share in table.values))
    assert float(expected) == pytest.approx(2 * brute_force(values, 4, 3, year), rel=1e-12)


def test_twelve_poisson_months_under_a_yearly_cap_are_a_poisson_year() -> None:
    expected = expected_capped_count(Poisson(2.2), 12, Fraction(1), [Cap(1, Fraction(24))])
    assert float(expected) == pytest.approx(Poisson(26.4).limited_expected_value(24), rel=1e-12)


def test_a_longer_cap_alone_is_a_cap_on_the_sum() -> None:
    table = CountTable(((0, 0.5), (1, 0.2), (4, 0.3)))
    expected = expected_capped_count(table, 4, Fraction(1), [Cap(1, Fraction(11, 2))])
    values = Empirical(tuple((float(count), share) for count, share in table.values))
    assert float(expected) == pytest.approx(brute_force(values, 4, inf, 5.5), rel=1e-12)


def test_without_caps_or_amounts_there_is_nothing_to_limit() -> None:
    assert expected_capped_amount(Lognormal(900, 0.8), 12, Fraction(0), [MONTHLY_50]) == 0
    assert expected_capped_amount(Lognormal(900, 0.8), 12, Fraction(1, 100), []) == 108
    assert expected_capped_count(Poisson(3.0), 12, Fraction(0), [MONTHLY_50]) == 0
    assert expected_capped_count(Poisson(3.0), 12, Fraction(5), []) == 180
    assert expected_capped_amount(Lognormal(900, 0.8), 12, Fraction(1), [Cap(1, Fraction(0))]) == 0
    assert expected_capped_sum(Poisson(3.0), lambda d: min(d, 1), 12, [Cap(1, Fraction(0))]) == 0
    assert expected_capped_sum(Poisson(0.0), lambda d: min(d, 1), 12, [MONTHLY_50]) == 0


def test_of_two_caps_of_one_period_the_tighter_holds() -> None:
    spend = Lognormal(900, 0.8)
    tight = expected_capped_amount(spend, 12, Fraction(1, 20), [MONTHLY_50])
    assert expected_capped_amount(spend, 12, Fraction(1, 20), [Cap(12, Fraction(70)), MONTHLY_50]) == tight
    assert expected_capped_amount(spend, 12, Fraction(1, 20), [MONTHLY_50, Cap(12, Fraction(70))]) == tight


def test_a_cap_that_cannot_bind_changes_nothing() -> None:
    spend = Lognormal(900, 0.8)
    caps = [MONTHLY_50, Cap(1, Fraction(600))]
    assert expected_capped_amount(spend, 12, Fraction(1, 20), caps) == expected_capped_amount(
        spend, 12, Fraction(1, 20), caps[:1]
    )


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        ([Cap(365, Fraction(5)), MONTHLY_50], "shorter than the period that is priced"),
        ([Cap(12, Fraction(7)), Cap(1, Fraction(20))], "multiples of the amount"),
    ],
)
def test_caps_that_cannot_be_priced_say_so(caps: list[Cap], message: str) -> None:
    with pytest.raises(CardkitError, match=message):
        expected_capped_count(Poisson(3.0), 12, Fraction(5), caps)


EACH = [0.5, 0.2, 0.2, 0.1]


def convolved(times: int) -> list[float]:
    sums = [1.0]
    for _ in range(times):
        sums = [
            sum(sums[k - j] * EACH[j] for j in range(len(EACH)) if 0 <= k - j < len(sums))
            for k in range(len(sums) + len(EACH) - 1)
        ]
    return sums


def by_hand(count: CountDistribution, cells: int, most: int) -> list[float]:
    """Σ P(K = n)·(n-fold convolution)."""
    totals = [0.0] * cells
    for events in range(most + 1):
        for cell, chance in enumerate(convolved(events)[:cells]):
            totals[cell] += count.probability(events) * chance
    return totals


@pytest.mark.parametrize(
    "count",
    [
        Poisson(4.0),
        NegativeBinomial(4.0, 0.6),
        Binomial(7, 0.4),
        CountTable(((0, 0.3), (3, 0.7))),
        CountMixture(((0.4, Poisson(1.0)), (0.6, Binomial(3, 0.5)))),
    ],
    ids=lambda count: type(count).__name__,
)
def test_a_compound_sum_agrees_with_repeated_convolution(count: CountDistribution) -> None:
    assert compound(count, EACH, 25) == pytest.approx(by_hand(count, 25, 60), abs=1e-12)


def test_many_purchases_do_not_underflow() -> None:
    """A Poisson count of purchases that each bring one unit is Poisson."""
    mean = 2000.0
    sums = compound(Poisson(mean), [0.0, 1.0], 2101)
    assert sums[2000] == pytest.approx(Poisson(mean).probability(2000), rel=1e-9)
    assert sum(sums) == pytest.approx(1 - Poisson(mean).at_least(2101), rel=1e-9)


class Unheard:
    """A kind of count that nobody has told the recursion about."""

    mean = 1.0

    def at_least(self, count: int) -> float:
        return float(count <= 1)

    def probability(self, count: int) -> float:
        return float(count == 1)

    def limited_expected_value(self, limit: int) -> float:
        return float(min(1, limit))

    def scaled(self, factor: float) -> "Unheard":  # noqa: ARG002
        return self

    def sample(self, rng: object) -> int:  # noqa: ARG002
        return 1


def test_an_unknown_kind_of_count_is_refused() -> None:
    with pytest.raises(CardkitError, match="can't be capped with this count"):
        compound(Unheard(), EACH, 5)


@pytest.mark.parametrize(
    "amount", [Lognormal(120, 0.9), Empirical(((19.0, 0.5), (60.0, 0.5)))], ids=["lognormal", "table"]
)
def test_whole_steps_are_a_count(amount: AmountDistribution) -> None:
    steps = WholeSteps(amount, Fraction(20))
    assert steps.at_least(0) == 1
    assert steps.probability(-1) == 0
    assert [steps.limited_expected_value(limit) for limit in (-2, 0)] == [-2, 0]
    assert steps.limited_expected_value(1) == steps.at_least(1) < 1
    assert steps.limited_expected_value(7) == pytest.approx(sum(steps.at_least(k) for k in range(1, 8)))
    assert steps.mean == pytest.approx(sum(steps.at_least(k) for k in range(1, 2000)))
    assert sum(steps.probability(k) for k in range(2000)) == pytest.approx(1)
    with pytest.raises(ValueError, match="scale the amount"):
        steps.scaled(2)


def test_whole_steps_are_drawn_from_the_amount() -> None:
    import random

    assert WholeSteps(Empirical(((59.0, 1.0),)), Fraction(20)).sample(random.Random(1)) == 2


def test_poisson_probabilities_in_this_test_are_what_they_should_be() -> None:
    assert Poisson(4.0).probability(3) == pytest.approx(exp(-4) * 4**3 / factorial(3))
