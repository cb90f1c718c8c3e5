"""Instalment schedules and their annual rates: the worked cases and the laws."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.annual_rate import FeeTiming, Schedule, average_balance
from cardkit.ground.money import Fen

principals = st.integers(100, 10**8).map(Fen)
tenors = st.integers(1, 60)
timings = st.sampled_from(FeeTiming)


class TestWorkedCases:
    @pytest.mark.parametrize(
        ("case", "contract", "timing", "rates"),
        [
            ("G10a", (12000, 12, "0.006"), FeeTiming.EACH_PAYMENT, (0.13034224, 0.13841785)),
            ("G10b", (12000, 3, "0.008"), FeeTiming.EACH_PAYMENT, (0.14343194, 0.15324708)),
            ("G10c", (12000, 6, "0.007"), FeeTiming.EACH_PAYMENT, (0.14259638, 0.15229522)),
            ("G10d", (30000, 24, "0.0055"), FeeTiming.EACH_PAYMENT, (0.12199447, 0.12905221)),
            ("G10e", (50000, 36, "0.005"), FeeTiming.EACH_PAYMENT, (0.11082453, 0.11663077)),
            ("G10f", (12000, 12, "0.006"), FeeTiming.FIRST_PAYMENT, (0.13856031, 0.14770749)),
            ("G10h", (10000, 12, "0.006"), FeeTiming.EACH_PAYMENT, (0.13034183,)),
        ],
    )
    def test_a_flat_fee_as_simple_and_compound_annual_rate(
        self, case: str, contract: tuple[int, int, str], timing: FeeTiming, rates: tuple[float, ...]
    ) -> None:
        yuan, periods, fee_rate = contract
        schedule = Schedule.from_flat_fee(Fen(yuan * 100), periods, Fraction(fee_rate), timing)
        shown = (schedule.simple_annual, schedule.compound_annual)[: len(rates)]
        assert shown == pytest.approx(rates, abs=1e-7), case

    def test_g10a_monthly_rate(self) -> None:
        schedule = Schedule.from_flat_fee(Fen(1_200_000), 12, Fraction(6, 1000))
        assert schedule.monthly_rate == pytest.approx(0.01086185, abs=1e-8)

    def test_g10g_a_fee_deducted_from_the_disbursement(self) -> None:
        schedule = Schedule.from_total_fee(Fen(1_200_000), 12, Fen(86_400), FeeTiming.DEDUCTED)
        assert schedule.disbursed == 1_113_600
        assert schedule.simple_annual == pytest.approx(0.14024935, abs=1e-7)
        assert schedule.compound_annual == pytest.approx(0.14962535, abs=1e-7)

    def test_g10h_the_last_instalment_absorbs_the_fen(self) -> None:
        schedule = Schedule.from_flat_fee(Fen(1_000_000), 12, Fraction(6, 1000))
        assert [part.principal for part in schedule.instalments] == [83_333] * 11 + [83_337]
        assert {part.fee for part in schedule.instalments} == {6_000}

    @pytest.mark.parametrize("timing", FeeTiming)
    def test_g10i_interest_free_is_zero_and_never_minus_zero(self, timing: FeeTiming) -> None:
        schedule = Schedule.from_flat_fee(Fen(1_200_000), 12, Fraction(0), timing)
        for rate in (schedule.monthly_rate, schedule.simple_annual, schedule.compound_annual):
            assert str(rate) == "0.0"

    def test_g12_average_balance(self) -> None:
        assert average_balance(15_000, 12) == 8125


class TestLaws:
    @given(principals, tenors, st.integers(0, 10**6).map(Fen), timings)
    def test_every_fen_of_principal_and_fee_is_paid_once(
        self, principal: Fen, periods: int, fee: Fen, timing: FeeTiming
    ) -> None:
        schedule = Schedule.from_total_fee(principal, periods, min(fee, Fen(principal - 1)), timing)
        assert sum(part.principal for part in schedule.instalments) == principal
        assert schedule.cost == min(fee, principal - 1)
        assert len(schedule.instalments) == periods

    @given(principals, tenors, st.integers(0, 10**6).map(Fen), timings)
    def test_the_rate_discounts_the_payments_to_what_was_disbursed(
        self, principal: Fen, periods: int, fee: Fen, timing: FeeTiming
    ) -> None:
        schedule = Schedule.from_total_fee(principal, periods, min(fee, Fen(principal // 2)), timing)
        rate = schedule.monthly_rate
        present = math.fsum(
            part.payment / (1 + rate) ** month for month, part in enumerate(schedule.instalments, 1)
        )
        assert present == pytest.approx(schedule.disbursed, rel=1e-12)
        assert (rate == 0) == (schedule.cost == 0)

    @given(principals, tenors, st.integers(0, 1000), st.integers(1, 1000), timings)
    def test_a_higher_fee_is_a_higher_rate(
        self, principal: Fen, periods: int, fee: int, more: int, timing: FeeTiming
    ) -> None:
        principal = Fen(principal + 5000)
        cheap = Schedule.from_total_fee(principal, periods, Fen(fee), timing)
        dear = Schedule.from_total_fee(principal, periods, Fen(fee + more), timing)
        assert dear.simple_annual > cheap.simple_annual
        assert dear.compound_annual > cheap.compound_annual

    @given(principals, st.integers(2, 60), st.integers(100, 10**4).map(Fen))
    def test_the_earlier_the_fee_the_higher_the_rate(self, principal: Fen, periods: int, fee: Fen) -> None:
        each, first, deducted = (
            Schedule.from_total_fee(Fen(principal + 50_000), periods, fee, timing).monthly_rate
            for timing in (FeeTiming.EACH_PAYMENT, FeeTiming.FIRST_PAYMENT, FeeTiming.DEDUCTED)
        )
        assert each < first < deducted


def test_the_rate_of_a_tiny_fee_keeps_its_digits() -> None:
    # fee / (principal x (n + 1) / 2) is the rate of a fee close to nothing
    schedule = Schedule.from_total_fee(Fen(12 * 10**10), 12, Fen(12))
    assert schedule.monthly_rate == pytest.approx(12 / (10**10 * 78), rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("principal", "periods", "fee", "timing"),
    [
        (0, 12, 0, FeeTiming.EACH_PAYMENT),
        (1000, 0, 0, FeeTiming.EACH_PAYMENT),
        (1000, 12, -1, FeeTiming.EACH_PAYMENT),
        (1000, 12, 1000, FeeTiming.DEDUCTED),
    ],
)
def test_schedules_that_mean_nothing_raise(principal: int, periods: int, fee: int, timing: FeeTiming) -> None:
    with pytest.raises(ValueError, match="write"):
        Schedule.from_total_fee(Fen(principal), periods, Fen(fee), timing)
