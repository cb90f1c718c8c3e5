"""Uses of those who choose a module, added up by hand: who uses a right more chooses it more often."""

from fractions import Fraction

import pytest

from cardkit.ground.distribution import CountMixture, NegativeBinomial, Poisson
from cardkit.model.module import CustomerType
from cardkit.pricing.demand import chosen

RARELY = CustomerType(share=Fraction(3, 4), choose=Fraction(2, 5), usage={"visits": Fraction(2)})
OFTEN = CustomerType(share=Fraction(1, 4), choose=Fraction(2, 5), usage={"visits": Fraction(6)})
NOBODY = CustomerType(share=Fraction(1, 4), choose=Fraction(0), usage={"visits": Fraction(6)})


def test_those_who_choose_use_it_as_their_types_do() -> None:
    """3/10 of all customers choose it and use it twice, 1/10 use it six times: (3·2 + 1·6) ÷ 4."""
    those = chosen([RARELY, OFTEN], "visits")
    assert those.share == Fraction(2, 5)
    assert those.mean == 3
    assert those.demand(Fraction(3, 2), None) == CountMixture(((0.75, Poisson(3.0)), (0.25, Poisson(9.0))))


def test_a_type_that_never_chooses_it_has_no_part_in_its_demand() -> None:
    those = chosen([RARELY, NOBODY], "visits")
    assert those.mean == 2
    assert those.demand(Fraction(1), Fraction(1, 2)) == CountMixture(((1.0, NegativeBinomial(2.0, 0.5)),))


@pytest.mark.parametrize("dispersion", [None, Fraction(0), Fraction(1, 2)])
def test_where_nobody_chooses_it_nobody_uses_it(dispersion: Fraction | None) -> None:
    those = chosen([NOBODY], "visits")
    assert those.share == those.mean == 0
    expected = NegativeBinomial(0.0, 0.5) if dispersion else Poisson(0.0)
    assert those.demand(Fraction(1), dispersion) == expected
