"""Parts of a rounded amount that add up to it: the method of the largest remainder."""

from collections.abc import Sequence
from fractions import Fraction

from cardkit.ground.money import Fen, to_fen


def apportioned(parts: Sequence[Fraction]) -> tuple[Fen, ...]:
    """Exact parts in yuan as whole fen that sum to the rounded total; none is a fen or more off.

    Every part gets its whole fen; what the total still lacks goes to the largest remainders, a fen each, the
    first among equals.
    """
    total = to_fen(sum(parts, Fraction(0)))
    whole = [part * 100 // 1 for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda at: whole[at] - parts[at] * 100)
    for at in by_remainder[: total - sum(whole)]:
        whole[at] += 1
    return tuple(Fen(fen) for fen in whole)
