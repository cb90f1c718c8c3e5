"""All mechanics, by the word that a catalog uses for them."""

from cardkit.ground.shape.composite import Record, Tagged
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.discount import Discount
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.earn import Earn
from cardkit.mechanics.entitlement import Entitlement
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.mechanics.milestone import Milestone
from cardkit.mechanics.redeem import Redeem
from cardkit.mechanics.service import Service
from cardkit.mechanics.voucher import Voucher

WORDS: dict[str, type[Benefit]] = {
    "earn": Earn,
    "redeem": Redeem,
    "cashback": Cashback,
    "milestone": Milestone,
    "entitlement": Entitlement,
    "voucher": Voucher,
    "discount": Discount,
    "instalment": Instalment,
    "insurance": Insurance,
    "fee-waiver": FeeWaiver,
    "service": Service,
    "draw": Draw,
    "feature": Feature,
}
"""What stands after `mechanic:` in a catalog, in the order of the documentation."""

MECHANICS: tuple[type[Benefit], ...] = tuple(WORDS.values())

BENEFIT = Tagged("mechanic", {word: Record(made) for word, made in WORDS.items()}, "benefit")
"""A benefit of any mechanic, told apart by its word."""
