"""Distributions: the worked cases, the laws that hold for all, samples that agree with the closed forms."""

import math
import random
from collections import Counter
from collections.abc import Callable

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
    Mixture,
    NegativeBinomial,
    Poisson,
    expected_piecewise,
    expected_steps,
)

SAMPLES = 20_000
SEED = 20250101  # of 20250102 the uniforms themselves are off: 18.94 % of them above 0.8, 3.8 standard errors

lognormals = st.builds(Lognormal, st.floats(0.01, 1e6), st.floats(0, 20))
tables = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 9)), min_size=1, max_size=5).map(
    lambda rows: Empirical(
        tuple((float(value), weight / sum(weight for _, weight in rows)) for value, weight in rows)
    )
)
amounts = st.one_of(
    lognormals, tables, st.builds(lambda one, other: Mixture(((0.3, one), (0.7, other))), lognormals, tables)
)
parametric_counts = st.one_of(
    st.builds(Poisson, st.floats(0, 1e6)),
    st.builds(NegativeBinomial, st.floats(0, 1e6), st.floats(1e-9, 100)),
    st.builds(Binomial, st.integers(0, 10**6), st.floats(0, 1)),
)
counts = st.one_of(
    parametric_counts,
    st.just(CountTable(((0, 0.5), (2, 0.3), (7, 0.2)))),
    st.builds(
        lambda one, other: CountMixture(((0.25, one), (0.75, other))), parametric_counts, parametric_counts
    ),
)


class TestWorkedCases:
    @pytest.mark.parametrize(
        ("case", "mean", "quota", "expected"),
        [
            ("G3a", 8.1, 5, 4.850561),
            ("G3b", 2.7, 5, 2.61351),
            ("G6a", 3.2, 6, 3.130409),
            ("G6b", 5.12, 6, 4.579355),
            ("G9", 2.2, 4, 2.092561),
        ],
    )
    def test_uses_within_a_quota(self, case: str, mean: float, quota: int, expected: float) -> None:
        assert Poisson(mean).limited_expected_value(quota) == pytest.approx(expected, abs=5e-7), case

    @pytest.mark.parametrize(
        ("case", "spend", "limit", "expected"),
        [
            ("G4", Lognormal(900, 0.8), 1000, 686.0262),
            ("G9", Lognormal(600, 0.9), 1000, 512.9518),
        ],
    )
    def test_spend_up_to_a_cap(self, case: str, spend: Lognormal, limit: float, expected: float) -> None:
        assert spend.limited_expected_value(limit) == pytest.approx(expected, abs=5e-5), case

    def test_g7_who_chooses_uses_more(self) -> None:
        frequent, seldom = (Poisson(mean).limited_expected_value(6) for mean in (5.0, 0.3))
        assert 0.3 * frequent + 0.7 * seldom == pytest.approx(1.562011, abs=5e-7)
        chosen = (0.3 * 0.8 * frequent + 0.7 * 0.05 * seldom) / 0.275
        assert chosen == pytest.approx(3.971304, abs=5e-7)

    def test_g14_exceeding_and_reaching_80_percent_are_different_prices(self) -> None:
        active = Binomial(200, 0.78)
        assert active.at_least(161) == pytest.approx(0.223175, abs=5e-7)
        assert active.at_least(160) == pytest.approx(0.278616, abs=5e-7)

    @pytest.mark.parametrize(
        ("case", "spend", "threshold", "expected"),
        [
            ("G15", Lognormal(42000, 0.7), 50000, 0.276978),
            ("G16b", Lognormal(5000, 0.9), 10000, 0.099395),
        ],
    )
    def test_share_above_a_threshold(
        self, case: str, spend: Lognormal, threshold: float, expected: float
    ) -> None:
        assert spend.at_least(threshold) == pytest.approx(expected, abs=5e-7), case

    def test_g23_the_best_of_two_cashbacks_is_one_piecewise_function(self) -> None:
        best = [(0.0, 0.0), (500.0, 40.0), (800.0, 40.0), (1000.0, 50.0)]
        assert expected_piecewise(Lognormal(900, 0.8), best, 0) == pytest.approx(39.5374, abs=5e-5)


class TestAmounts:
    @given(amounts, st.floats(0, 1e7), st.floats(0, 1e7))
    def test_limited_expected_value_rises_bends_down_and_stays_below_mean_and_limit(
        self, amount: AmountDistribution, one: float, other: float
    ) -> None:
        low, high = sorted((one, other))
        at_low, between, at_high = map(amount.limited_expected_value, (low, (low + high) / 2, high))
        slack = 1e-12 * (1 + amount.mean)
        assert 0 <= at_low <= at_high + slack
        assert at_high <= min(amount.mean, high) + slack
        assert between >= (at_low + at_high) / 2 - slack

    @given(amounts, st.floats(0, 1e5))
    def test_limit_splits_the_mean_into_what_is_below_and_the_limit_itself(
        self, amount: AmountDistribution, limit: float
    ) -> None:
        below = amount.partial_expectation(0, limit)
        split = below + limit * amount.at_least(limit)
        assert amount.limited_expected_value(limit) == pytest.approx(split, rel=1e-9, abs=1e-9)
        assert below + amount.partial_expectation(limit, math.inf) == pytest.approx(amount.mean, rel=1e-9)

    @given(amounts)
    def test_no_limit_is_the_mean(self, amount: AmountDistribution) -> None:
        assert amount.limited_expected_value(math.inf) == pytest.approx(amount.mean, rel=1e-12)
        assert expected_piecewise(amount, [(0, 0)], 1) == pytest.approx(amount.mean, rel=1e-12)

    @given(amounts, st.lists(st.integers(1, 10**6), min_size=1, max_size=6, unique=True))
    def test_the_piecewise_identity_has_the_mean_whatever_its_points(
        self, amount: AmountDistribution, corners: list[int]
    ) -> None:
        points = [(0.0, 0.0), *((float(x), float(x)) for x in sorted(corners))]
        assert expected_piecewise(amount, points, 1) == pytest.approx(amount.mean, rel=1e-9)

    @given(amounts, st.floats(0.01, 100), st.floats(0, 1e5))
    def test_scaling_the_amount_scales_its_limit(
        self, amount: AmountDistribution, factor: float, limit: float
    ) -> None:
        scaled = amount.scaled(factor).limited_expected_value(limit * factor)
        assert scaled == pytest.approx(factor * amount.limited_expected_value(limit), rel=1e-9)

    def test_without_variation_everything_is_in_one_point(self) -> None:
        for certain in (Lognormal(300, 0), Empirical(((300.0, 1.0),))):
            assert (certain.at_least(300), certain.above(300)) == (1, 0)
            assert (certain.limited_expected_value(299), certain.limited_expected_value(301)) == (299, 300)
            assert (certain.partial_expectation(300, 301), certain.partial_expectation(299, 300)) == (300, 0)
        nothing = Lognormal(0, 0.8)
        assert (nothing.at_least(0), nothing.above(0), nothing.limited_expected_value(5)) == (1, 0, 0)

    def test_the_lognormal_tail_keeps_its_digits_far_out(self) -> None:
        # reference values from 40-digit arithmetic
        assert Lognormal(5, 50).at_least(1e9) == pytest.approx(9.224182932748e-17, rel=1e-12, abs=0)
        assert Lognormal(900, 0.8).limited_expected_value(1e-3) == 1e-3

    @given(lognormals, tables, st.floats(0, 1e4))
    def test_a_mixture_is_its_weighted_parts(
        self, one: Lognormal, other: Empirical, threshold: float
    ) -> None:
        mixed = Mixture(((0.3, one), (0.7, other)))
        assert mixed.mean == pytest.approx(0.3 * one.mean + 0.7 * other.mean)
        assert mixed.above(threshold) == pytest.approx(
            0.3 * one.above(threshold) + 0.7 * other.above(threshold)
        )


class TestSteps:
    @given(lognormals, st.floats(0.01, 1e4), st.integers(0, 3000))
    def test_steps_are_the_sum_of_their_probabilities(self, spend: Lognormal, step: float, most: int) -> None:
        each = math.fsum(spend.at_least(number * step) for number in range(1, most + 1))
        if spend.cv > 1e-9:  # a certain amount is divided in decimals instead
            assert expected_steps(spend, step, most) == pytest.approx(each, rel=1e-10, abs=0)

    def test_a_small_step_loses_half_a_step_on_average(self) -> None:
        assert expected_steps(Lognormal(900, 0.8), 0.01) == pytest.approx(90_000 - 0.5, rel=1e-12)

    def test_a_large_step_is_seldom_reached(self) -> None:
        assert expected_steps(Lognormal(1, 0.8), 1000) == pytest.approx(1.30940536883e-24, rel=1e-11, abs=0)

    def test_decimal_amounts_hold_whole_steps(self) -> None:
        assert expected_steps(Empirical(((0.3, 0.5), (0.7, 0.5))), 0.1) == 5
        assert expected_steps(Lognormal(0.3, 0), 0.1, most=2) == 2


class TestCounts:
    @given(counts, st.integers(0, 300), st.booleans())
    def test_probability_is_the_difference_of_two_tails(
        self, count: CountDistribution, number: int, around_the_mean: bool
    ) -> None:
        number += int(count.mean) if around_the_mean else 0
        difference = count.at_least(number) - count.at_least(number + 1)
        assert difference == pytest.approx(count.probability(number), rel=1e-9, abs=1e-11)

    @given(counts, st.integers(0, 40))
    def test_uses_within_a_limit_are_the_sum_of_tails(self, count: CountDistribution, limit: int) -> None:
        tails = math.fsum(count.at_least(number) for number in range(1, limit + 1))
        assert count.limited_expected_value(limit) == pytest.approx(tails, rel=1e-10, abs=1e-12)

    @given(counts)
    def test_a_limit_beyond_reach_leaves_the_mean(self, count: CountDistribution) -> None:
        assert count.limited_expected_value(10**13) == pytest.approx(count.mean, rel=1e-9)

    def test_probabilities_sum_to_one_also_for_a_million(self) -> None:
        for count, half in ((Poisson(1e6), 9000), (Binomial(10**6, 0.5), 5000)):
            around = range(int(count.mean) - half, int(count.mean) + half)
            assert math.fsum(map(count.probability, around)) == pytest.approx(1, abs=1e-12)

    def test_little_dispersion_is_nearly_poisson_and_much_is_not(self) -> None:
        for number in range(12):
            nearly = NegativeBinomial(4.2, 1e-13).at_least(number)
            assert nearly == pytest.approx(Poisson(4.2).at_least(number), rel=1e-11)
        # dispersion 1 is geometric: P(K >= k) = (mean / (1 + mean))^k
        assert NegativeBinomial(1e6, 1).at_least(10**6) == pytest.approx((1e6 / (1e6 + 1)) ** 10**6)

    def test_thinning_a_count_keeps_each_event_with_the_same_chance(self) -> None:
        kept = 0.4
        for count in (Poisson(3), NegativeBinomial(3, 0.6), CountTable(((0, 0.2), (5, 0.8)))):
            thinned = math.fsum(
                count.probability(number) * Binomial(number, kept).probability(2) for number in range(200)
            )
            assert count.scaled(kept).probability(2) == pytest.approx(thinned, rel=1e-12)
        with pytest.raises(ValueError, match="longer period"):
            CountTable(((0, 0.2), (5, 0.8))).scaled(12)


class TestRefusals:
    @pytest.mark.parametrize(
        "build",
        [
            lambda: Lognormal(-1, 0.5),
            lambda: Lognormal(1, math.nan),
            lambda: Lognormal(math.inf, 1),
            lambda: Empirical(((5.0, 0.5), (6.0, 0.4))),
            lambda: Empirical(()),
            lambda: Mixture(((1.5, Lognormal(1, 1)), (-0.5, Lognormal(2, 1)))),
            lambda: Poisson(-0.1),
            lambda: NegativeBinomial(3, 0),
            lambda: Binomial(10, 1.2),
            lambda: CountTable(((-1, 1.0),)),
            lambda: Poisson(3).scaled(-1),
            lambda: expected_steps(Lognormal(1, 1), 0),
            lambda: expected_piecewise(Lognormal(1, 1), [(1, 0)], 0),
            lambda: expected_piecewise(Lognormal(1, 1), [(0, 0), (5, 1), (5, 2)], 0),
        ],
    )
    def test_parameters_that_mean_nothing_raise(self, build: Callable[[], object]) -> None:
        with pytest.raises(ValueError, match=r"."):
            build()


class TestSamples:
    @pytest.mark.parametrize("count", [Poisson(3.2), Poisson(400), Binomial(200, 0.78)], ids=repr)
    def test_evenly_spread_chances_give_each_count_as_often_as_its_probability_says(
        self, count: CountDistribution
    ) -> None:
        chances = EvenlySpread(SAMPLES)
        often = Counter(count.sample(chances) for _ in range(SAMPLES))
        for number in range(600):
            assert often[number] == pytest.approx(SAMPLES * count.probability(number), abs=1)

    @pytest.mark.parametrize(
        "amount",
        [
            Lognormal(900, 0.8),
            Lognormal(50, 0),
            Empirical(((10.0, 0.5), (300.0, 0.4), (2000.0, 0.1))),
            Mixture(((0.4, Lognormal(200, 0.5)), (0.6, Empirical(((700.0, 0.9), (50.0, 0.1)))))),
        ],
        ids=lambda amount: type(amount).__name__,
    )
    def test_sampled_amounts_agree_with_the_closed_forms(self, amount: AmountDistribution) -> None:
        rng = random.Random(SEED)
        drawn = [amount.sample(rng) for _ in range(SAMPLES)]
        agrees(drawn, amount.mean)
        agrees([min(value, 600) for value in drawn], amount.limited_expected_value(600))
        agrees([float(value >= 300) for value in drawn], amount.at_least(300))
        agrees([value // 50 for value in drawn], expected_steps(amount, 50))

    @pytest.mark.parametrize(
        "count",
        [
            Poisson(3.2),
            Poisson(400),
            NegativeBinomial(3.2, 0.7),
            NegativeBinomial(60, 0.2),
            Binomial(200, 0.78),
            CountTable(((0, 0.5), (3, 0.3), (8, 0.2))),
            CountMixture(((0.3, Poisson(5)), (0.7, Poisson(0.3)))),
        ],
        ids=repr,
    )
    def test_sampled_counts_agree_with_the_closed_forms(self, count: CountDistribution) -> None:
        rng = random.Random(SEED)
        drawn = [count.sample(rng) for _ in range(SAMPLES)]
        quota = math.ceil(count.mean)
        agrees(drawn, count.mean)
        agrees([min(value, quota) for value in drawn], count.limited_expected_value(quota))
        agrees([float(value >= quota + 1) for value in drawn], count.at_least(quota + 1))


class EvenlySpread(random.Random):
    """Chances in even steps from 0 to 1 instead of random ones."""

    def __init__(self, steps: int) -> None:
        super().__init__(0)
        self.drawn = 0
        self.steps = steps

    def random(self) -> float:
        self.drawn += 1
        return (self.drawn - 0.5) / self.steps


def agrees(drawn: list[float] | list[int], expected: float) -> None:
    """The mean of what was drawn is within three standard errors of what is expected."""
    mean = math.fsum(drawn) / len(drawn)
    variance = math.fsum((value - mean) ** 2 for value in drawn) / (len(drawn) - 1)
    assert mean == pytest.approx(expected, rel=1e-12, abs=3 * math.sqrt(variance / len(drawn)))
