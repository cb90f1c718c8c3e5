"""Mutants of the pricing core that do the same as the code, so that no test can kill them, and why."""

from typing import NamedTuple


class Survivor(NamedTuple):
    """A mutant by file, function (empty outside of all) and fault; the same one twice stands here twice."""

    file: str
    function: str
    what: str


EQUIVALENT: tuple[Survivor, ...] = (
    # The names under which a day remembers totals: any others would do.
    Survivor("shares", "pool_scale", "'pool'  →  'pool~'"),
    Survivor("shares", "bank_share", "'cost'  →  'cost~'"),
    # Shares of a cost or a value that is nothing.
    Survivor("shares", "bank_share", "1  →  2"),
    Survivor("benefit_terms", "after_shares", "1  →  2"),
    Survivor("benefit_terms", "after_shares", "1  →  2"),
    # Whatever side is not revenue is cost, and whatever fee is not the annual one is the markup.
    *(Survivor("card_terms", "", "'cost'  →  'cost~'") for _ in range(5)),
    Survivor("card_terms", "", "'fx-markup'  →  'fx-markup~'"),
    # No discount at all: None and 0 are both nothing to take off.
    Survivor("discounts", "_multi_module", "return Fraction(0)  →  return None"),
    # Only said in the message about a missing figure; each member is priced with its own holder.
    Survivor("interaction_terms", "interaction_terms", "' + '  →  ' + ~'"),
    Survivor("interaction_terms", "interaction_terms", "0  →  1"),
    # Every way to waive a fee sets it anew, and there are at least two.
    Survivor("interaction_terms", "_waived", "0  →  1"),
    # Redemption options expect nothing of their own.
    Survivor(
        "interaction_terms",
        "_redeemed",
        "for (benefit, at) if not isinstance(benefit, Redeem)  →  for (benefit, at) if any",
    ),
    # Nothing more is spent in a wider scope: nothing is added either way.
    Survivor("stacking_terms", "stacked", "rest > 0  →  rest >= 0"),
)
