"""What an instalment costs as an annual rate, computed on the schedule as it is billed, to the fen.

With payments p_k at the end of month k and the amount disbursed D, the monthly rate r solves
sum p_k / (1 + r)^k = D; the simple annual rate (单利) is 12 r, the compound one (复利) is (1 + r)^12 - 1
(DOMAIN.md section 5). Always say which of the two is shown.
"""

import math
from enum import StrEnum
from fractions import Fraction

from cardkit.ground.frozen import frozen
from cardkit.ground.money import ZERO, Fen, to_fen

MONTHS_IN_A_YEAR = 12
_MOST_ITERATIONS = 200
_CLOSE = 1e-10
"""A relative step so small that the next one, about its square, is below a float's precision."""


class FeeTiming(StrEnum):
    """When the customer pays the fee; the values are the catalog's words."""

    EACH_PAYMENT = "each_payment"
    FIRST_PAYMENT = "first_payment"
    DEDUCTED = "deducted"


@frozen
class Instalment:
    """One month's payment: its share of the principal and of the fee."""

    principal: Fen
    fee: Fen

    @property
    def payment(self) -> Fen:
        """What the customer pays that month."""
        return Fen(self.principal + self.fee)


@frozen
class Schedule:
    """Monthly instalments against an amount disbursed at the start of the first month.

    A fee deducted from the disbursement is in `disbursed`, not in an instalment. The rates are solved anew at
    each use. Raises ValueError if there are no instalments, one is negative, or the payments add up to less
    than what was disbursed.
    """

    disbursed: Fen
    instalments: tuple[Instalment, ...]

    def __post_init__(self) -> None:
        if not self.instalments or any(part.principal < 0 or part.fee < 0 for part in self.instalments):
            message = "a schedule needs at least one instalment, and none below 0"
            raise ValueError(message)
        if not 0 < self.disbursed <= self.paid:
            message = (
                f"{self.disbursed} fen disbursed against {self.paid} fen paid; write 0 < disbursed <= paid"
            )
            raise ValueError(message)

    @classmethod
    def from_flat_fee(
        cls,
        principal: Fen,
        periods: int,
        fee_rate: Fraction,
        fee_timing: FeeTiming = FeeTiming.EACH_PAYMENT,
    ) -> "Schedule":
        """Equal principal and a fee of `fee_rate` of the whole principal per period.

        Paid with each payment, the fee is rounded to the fen (half-even) per payment; paid at once, it is
        rounded as the total of all periods. Raises ValueError as `from_total_fee` does.
        """
        yuan = Fraction(principal, 100)
        if fee_timing is not FeeTiming.EACH_PAYMENT:
            return cls.from_total_fee(principal, periods, to_fen(yuan * fee_rate * periods), fee_timing)
        fee = to_fen(yuan * fee_rate)
        return cls.from_total_fee(principal, periods, Fen(fee * periods), fee_timing)

    @classmethod
    def from_total_fee(
        cls,
        principal: Fen,
        periods: int,
        fee: Fen,
        fee_timing: FeeTiming = FeeTiming.EACH_PAYMENT,
    ) -> "Schedule":
        """Equal principal and one fee in fen for all periods together.

        What doesn't divide is rounded to the fen (half-even), and the last instalment absorbs the difference.
        Raises ValueError if the principal or the periods are not above 0, the fee is negative, or the fee is
        deducted and leaves nothing to disburse.
        """
        if principal <= 0 or periods <= 0 or fee < 0:
            message = (
                f"{principal} fen over {periods} periods for a fee of {fee} fen; "
                "write a principal and periods above 0 and a fee of at least 0"
            )
            raise ValueError(message)
        fees = {
            FeeTiming.EACH_PAYMENT: _split(fee, periods),
            FeeTiming.FIRST_PAYMENT: (fee, *[ZERO] * (periods - 1)),
            FeeTiming.DEDUCTED: (ZERO,) * periods,
        }[fee_timing]
        disbursed = Fen(principal - fee) if fee_timing is FeeTiming.DEDUCTED else principal
        return cls(disbursed, tuple(map(Instalment, _split(principal, periods), fees)))

    @property
    def paid(self) -> Fen:
        """All payments together."""
        return Fen(sum(part.payment for part in self.instalments))

    @property
    def cost(self) -> Fen:
        """What the customer pays beyond the amount disbursed: the fee, whenever it is paid."""
        return Fen(self.paid - self.disbursed)

    @property
    def monthly_rate(self) -> float:
        """The monthly rate r of sum p_k / (1 + r)^k = disbursed; exactly 0.0 without a cost.

        To 1e-14 for rates below 1. Newton's method from 0: the present value falls and is convex in r, so the
        steps rise to the root without passing it and need no bisection. Nothing lies above
        paid / disbursed - 1, where everything paid in month 1 would put the rate.
        """
        if self.cost == 0:
            return 0.0
        payments = [(month, float(part.payment)) for month, part in enumerate(self.instalments, start=1)]
        highest = self.cost / self.disbursed
        rate = 0.0
        for _ in range(_MOST_ITERATIONS):
            # sum p_k (1 + r)^-k - disbursed, written as cost + sum p_k ((1 + r)^-k - 1) for rates close to 0
            growth = math.log1p(rate)
            surplus = self.cost + math.fsum(paid * math.expm1(-month * growth) for month, paid in payments)
            slope = math.fsum(month * paid * math.exp(-(month + 1) * growth) for month, paid in payments)
            following = min(rate + surplus / slope, highest)
            if abs(following - rate) <= _CLOSE * rate:
                return following
            rate = following
        return rate

    @property
    def simple_annual(self) -> float:
        """The simple annual rate (单利): 12 monthly rates."""
        return MONTHS_IN_A_YEAR * self.monthly_rate

    @property
    def compound_annual(self) -> float:
        """The compound annual rate (复利): (1 + monthly rate)^12 - 1."""
        return math.expm1(MONTHS_IN_A_YEAR * math.log1p(self.monthly_rate))


def average_balance(originated_yuan: Fraction | int, periods: int) -> Fraction:
    """The average balance in yuan of a book: so many yuan originated per year, repaid in equal principal.

    P (n + 1) / (2 n) n / 12: each contract stands at (n + 1) / (2 n) of its principal on average, and there
    are n months' worth of contracts out of the year's 12 (DOMAIN.md section 5). Raises ValueError unless
    the periods are above 0.
    """
    if periods <= 0:
        message = f"an instalment over {periods} periods; write a number above 0"
        raise ValueError(message)
    return Fraction(originated_yuan) * (periods + 1) / (2 * MONTHS_IN_A_YEAR)


def _split(total: Fen, periods: int) -> tuple[Fen, ...]:
    """Equal parts to the fen (half-even), the last absorbs the rest.

    Of a total so small that the last part would be negative (11 fen in 7), the equal parts are rounded down.
    """
    part = to_fen(Fraction(total, 100 * periods))
    if part * (periods - 1) > total:
        part = Fen(total // periods)
    return (part,) * (periods - 1) + (Fen(total - part * (periods - 1)),)
