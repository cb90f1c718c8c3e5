"""Classes made by `frozen` behave as frozen dataclasses do."""

from dataclasses import dataclass
from functools import cached_property

import pytest

from cardkit.ground.frozen import changed, frozen


@frozen
class Fee:
    """A value with a default and something worked out from it."""

    card: str
    yuan: int = 200
    waived: bool = False

    def __post_init__(self) -> None:
        if self.yuan < 0:
            raise ValueError("a fee isn't negative")

    @cached_property
    def doubled(self) -> int:
        """Kept after the first use."""
        return 2 * self.yuan


@dataclass(frozen=True)
class Compiled:
    """The same fields, as a dataclass."""

    card: str
    yuan: int = 200
    waived: bool = False


@frozen
class Reduced(Fee):
    """Inherits fields and adds one."""

    by: int = 50


def test_it_is_built_in_order_by_keyword_or_both() -> None:
    for fee in (Fee("gold", 300), Fee(card="gold", yuan=300), Fee("gold", yuan=300)):
        assert (fee.card, fee.yuan, fee.waived) == ("gold", 300, False)
    assert Reduced("gold", by=20) == Reduced("gold", 200, waived=False, by=20)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("gold", 1, True, 4), {}),
        (("gold",), {"card": "gold"}),
        (("gold",), {"colour": "red"}),
    ],
    ids=["too few", "too many", "one twice", "an unknown one"],
)
def test_wrong_fields_are_refused(given: tuple[object, ...], named: dict[str, object]) -> None:
    for made in (Fee, Compiled):
        with pytest.raises(TypeError):
            made(*given, **named)  # type: ignore[arg-type]  # what a type checker would refuse as well


def test_it_is_equal_and_hashed_by_its_fields_alone() -> None:
    used, fresh = Fee("gold"), Fee("gold")
    assert used.doubled == 400
    assert used == fresh
    assert hash(used) == hash(fresh)
    assert used != Fee("gold", 300)
    other: object = Compiled("gold")
    assert used != other
    assert Fee("gold", 200) != Reduced("gold", 200)
    assert {used, fresh} == {fresh}


def test_it_shows_its_fields_as_a_dataclass_does() -> None:
    assert repr(Fee("gold", 300)) == repr(Compiled("gold", 300)).replace("Compiled", "Fee")


def test_it_can_not_be_changed() -> None:
    fee = Fee("gold")
    with pytest.raises(AttributeError, match="frozen"):
        fee.yuan = 1  # type: ignore[misc]  # what a type checker refuses as well
    with pytest.raises(AttributeError, match="frozen"):
        del fee.yuan


def test_it_checks_itself_once_it_is_filled() -> None:
    with pytest.raises(ValueError, match="negative"):
        Fee("gold", -1)


def test_it_matches_by_position() -> None:
    match Fee("gold", 300):
        case Fee(card, yuan):
            assert (card, yuan) == ("gold", 300)


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    fee = Reduced("gold", 300, by=20)
    assert changed(fee, waived=True) == Reduced("gold", 300, waived=True, by=20)
    assert not fee.waived
    with pytest.raises(TypeError):
        changed(fee, colour="red")
