"""What a product could be changed to: values that are cheap to load, whether anything is suggested or not."""

from typing import Literal, TypeAlias

from cardkit.ground.frozen import frozen
from cardkit.ground.money import Fen
from cardkit.model.expression import Product

Aim: TypeAlias = Literal["bank", "customer"]
AIMS: tuple[Aim, ...] = ("bank", "customer")


@frozen
class Suggestion:
    """A product that may be sold, how it differs, and what that changes.

    The changes are None without a segment, and where the catalog lacks a figure of the price.
    """

    product: Product
    changes: tuple[str, ...]
    """`-module` and `+module`, `card CARD`; modules taken out first, then those added, then the card."""
    contribution_change: Fen | None
    customer_net_change: Fen | None


@frozen
class Nearest:
    """The nearest products that may be sold."""

    suggestions: tuple[Suggestion, ...] = ()
    """Those with fewer changes first, the best first among equals.

    Where the nearest are few there are some with more changes, all of which are needed; and always one that
    has all the modules of the product, on its card, if there is any.
    """
    others: int = 0
    """How many more there are with as few changes as the first."""
    complete: bool = True
    """Whether the search came to its end. If not, there may be nearer or better ones, or some after all."""
    extended: bool = False
    """Whether one of them has all the modules of the product, on its card."""
