"""What stacked payouts come to, on a grid of spends that touches every bend."""

from fractions import Fraction

import pytest

from cardkit.ground.distribution import Empirical
from cardkit.mechanics.stacking import Payout, accumulate, best, expected_accumulate, expected_best

SPENDS = [Fraction(spend) for spend in range(7, 4000, 25)]  # no two payouts are equal on any
GRID = Empirical(tuple((float(spend), 1 / len(SPENDS)) for spend in SPENDS))
MEMBERS = (
    Payout(Fraction(5, 100), Fraction(10)),
    Payout(Fraction(1, 100)),
    Payout(Fraction(3, 100), Fraction(25)),
    Payout(Fraction(2, 100), Fraction(40)),
)
LAST_BEND_IS_A_CAP = (Payout(Fraction(1, 100), Fraction(10)), Payout(Fraction(5, 100)))


def mean(paid: list[tuple[Fraction, ...]], place: int) -> float:
    return float(sum((amounts[place] for amounts in paid), Fraction(0)) / len(paid))


@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_best_of_several_is_the_best_on_every_spend(number: int) -> None:
    members = MEMBERS[:number]
    paid = [best(members, spend) for spend in SPENDS]
    for place, expected in enumerate(expected_best(members, GRID)):
        assert float(expected) == pytest.approx(mean(paid, place), abs=1e-9)


@pytest.mark.parametrize("cap", [0, 5, 10, 12, 30, 33, 60, 100, 200])
@pytest.mark.parametrize(
    "members",
    [MEMBERS, MEMBERS[::-1], MEMBERS[:2], MEMBERS[1:], MEMBERS[1:2], MEMBERS[:1], LAST_BEND_IS_A_CAP],
)
def test_a_shared_cap_is_reached_wherever_it_is_reached(members: tuple[Payout, ...], cap: int) -> None:
    paid = [accumulate(members, spend, Fraction(cap)) for spend in SPENDS]
    for place, expected in enumerate(expected_accumulate(members, GRID, Fraction(cap))):
        assert float(expected) == pytest.approx(mean(paid, place), abs=1e-9)
