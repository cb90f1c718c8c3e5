"""Parts of a rounded amount add up to it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.apportion import apportioned
from cardkit.ground.money import to_fen

YUAN = st.fractions(min_value=0, max_value=10**6, max_denominator=10**4)


@given(st.lists(YUAN, min_size=1, max_size=12))
def test_parts_add_up_to_the_rounded_total_and_none_is_a_fen_off(parts: list[Fraction]) -> None:
    fen = apportioned(parts)
    assert sum(fen) == to_fen(sum(parts, Fraction(0)))
    assert all(abs(part * 100 - one) < 1 for part, one in zip(parts, fen, strict=True))


def test_the_largest_remainders_get_what_the_total_lacks() -> None:
    third = Fraction(100, 3)
    assert apportioned([third, third, third]) == (3334, 3333, 3333)
    assert apportioned([Fraction(1, 400), Fraction(3, 400), Fraction(1)]) == (0, 1, 100)
    assert apportioned([]) == ()
