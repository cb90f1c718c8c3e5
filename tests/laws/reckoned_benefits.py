"""What DOMAIN §4 says of the benefits that need no distribution, and the figures it says it of.

Written from the formulas, on the data that was drawn, with fractions alone; it uses nothing of the package.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from tests.laws.drawing import Data

Tree = dict[str, Data]
PER_YEAR = {
    "calendar-month": 12,
    "statement-month": 12,
    "calendar-quarter": 4,
    "calendar-year": 1,
    "anniversary-year": 1,
}


def number(value: Any) -> Fraction:
    """A plain value of a file: `4.5%` is 9/200."""
    if isinstance(value, str):
        return Fraction(value.removesuffix("%")) / 100
    return Fraction(value)


def fen(yuan: Fraction) -> int:
    """Whole fen, half to even, by whole-number division."""
    twice, rest = divmod(2 * yuan.numerator * 100 + yuan.denominator, 2 * yuan.denominator)
    return twice - (rest == 0 and twice % 2)


class Expected(NamedTuple):
    """What one enrolled holder gets in a year, before the pool and partners: units, and yuan."""

    units: Fraction
    cost: Fraction
    worth: Fraction
    revenue: tuple[str, Fraction] | None = None
    pays: Fraction = Fraction(0)
    balance: Fraction = Fraction(0)


class Holding(NamedTuple):
    """A benefit that somebody holds: who grants it, on which card, in which segment."""

    holder: str
    right: Data
    card: str
    segment: str


class Benefits:
    """One catalog on a day: its figures, and what its benefits come to."""

    def __init__(self, tree: Tree, as_of: str) -> None:
        self.tree = tree
        self.as_of = as_of
        self.settings = tree["catalog.yaml"]
        self.of = {data["id"]: data for file, data in tree.items() if file != "catalog.yaml"}
        self.segments = [name for name, data in self.of.items() if data["kind"] == "segment"]

    def value(self, figure: Any, segment: str) -> Fraction:
        """A figure on the day, in a segment."""
        if isinstance(figure, dict) and "by_segment" in figure:
            return self.value(figure["by_segment"].get(segment, figure["default"]), segment)
        if isinstance(figure, list):
            held = [entry["value"] for entry in figure if entry["from"] <= self.as_of]
            return number(held[-1])
        return number(figure["value"] if isinstance(figure, dict) else figure)

    def fee(self, card: str, name: str, segment: str) -> Fraction:
        """A fee of the card, gross × collection."""
        collection = self.value(self.settings["market"]["collection"], segment)
        if name == "annual":
            return self.value(self.of[card]["annual_fee"], segment) * collection
        abroad = self.of[segment]["spend"]["categories"]["overseas"]["month_mean"]
        markup = self.value(self.of[card]["fx_markup"], segment)
        return 12 * self.value(abroad, segment) * markup * collection

    def holders(self, holder: str, segment: str) -> Fraction:
        """How many hold what the benefit belongs to."""
        population = self.value(self.of[segment]["population"], segment)
        if self.of[holder]["kind"] != "module":
            return population
        demand = self.of[holder]["segments"][segment]
        if "types" in demand:
            kinds = [number(kind["share"]) * number(kind["choose"]) for kind in demand["types"]]
            return population * sum(kinds)
        return population * self.value(demand["choose"], segment)

    def expected(self, holder: str, right: Data, card: str, segment: str) -> Expected:
        """What one enrolled holder of a benefit gets in a year."""
        own: dict[str, Callable[[Holding], Expected]] = {
            "redeem": lambda _: Expected(Fraction(0), Fraction(0), Fraction(0)),
            "feature": self.feature,
            "insurance": self.insurance,
            "voucher": self.vouchers,
            "entitlement": self.issues,
            "service": self.service,
            "fee-waiver": self.waiver,
            "draw": self.prizes,
            "milestone": self.rewards,
            "instalment": self.plans,
        }
        return own[right["mechanic"]](Holding(holder, right, card, segment))

    def of_right(self, held: Holding, key: str, default: Any = None) -> Fraction:
        """A figure of the benefit itself."""
        return self.value(held.right.get(key, default), held.segment)

    def feature(self, held: Holding) -> Expected:
        """The fixed cost."""
        return Expected(
            Fraction(1), self.of_right(held, "fixed_cost"), self.of_right(held, "retail_value", 0)
        )

    def insurance(self, held: Holding) -> Expected:
        """t·premium; t·customer price is revenue."""
        price = self.of_right(held, "customer_price")
        premium, claims = (self.of_right(held, key) for key in ("premium", "expected_claims"))
        return Expected(Fraction(1), premium, claims, ("insurance-fee", price), price)

    def vouchers(self, held: Holding) -> Expected:
        """count·face·ratio·claim·redeemed."""
        granted = self.of_right(held, "count") * PER_YEAR[held.right["period"]]
        claimed = granted * self.of_right(held, "claim")
        used = claimed * self.of_right(held, "redeemed") * self.of_right(held, "face")
        paid = claimed * self.of_right(held, "customer_price", 0)
        return Expected(
            granted, used * self.of_right(held, "cost_ratio"), used, ("voucher-sales", paid), paid
        )

    def issues(self, held: Holding) -> Expected:
        """t·claim·wholesale, or wholesale for everybody eligible."""
        claimed = self.of_right(held, "claim") if held.right["cost_basis"] == "per-issue" else Fraction(1)
        issued = self.of_right(held, "count") * PER_YEAR[held.right["period"]] * claimed
        return Expected(
            issued, issued * self.of_right(held, "unit_cost"), issued * self.of_right(held, "retail_value")
        )

    def service(self, held: Holding) -> Expected:
        """staff ÷ ratio + contacts·unit."""
        cost = self.of_right(held, "contacts", 0) * self.of_right(held, "contact_cost", 0)
        if "staff_cost" in held.right:
            cost += self.of_right(held, "staff_cost") / self.of_right(held, "customers_per_manager")
        return Expected(Fraction(1), cost, self.of_right(held, "retail_value"))

    def waiver(self, held: Holding) -> Expected:
        """fee·P(condition)·collection, as negative revenue."""
        certain = held.right["condition"] == "none"
        chance = Fraction(1) if certain else self.of_right(held, "new_share")
        off = -self.fee(held.card, held.right["fee"], held.segment) * self.of_right(held, "waived") * chance
        return Expected(-off, Fraction(0), Fraction(0), ("waiver", off), off)

    def prizes(self, held: Holding) -> Expected:
        """Σ value·count ÷ entrants."""
        right, segment = held.right, held.segment
        entrants = self.of_right(held, "entrants", 0)
        if "entrants" not in right:
            share = self.value(right.get("eligibility", {}).get("share", 1), segment)
            entrants = self.holders(held.holder, segment) * share * self.of_right(held, "take_up", 1)
        count = cost = worth = Fraction(0)
        for prize in right["prizes"]:
            count += prize["count"]
            worth += prize["count"] * self.value(prize["value"], segment)
            cost += prize["count"] * self.value(prize.get("unit_cost", prize["value"]), segment)
        return Expected(count / entrants, cost / entrants, worth / entrants)

    def rewards(self, held: Holding) -> Expected:
        """Σ P(step)·claim·reward; of the highest step alone, P(it) − P(the next)."""
        right, segment = held.right, held.segment
        months = [self.value(month, segment) for month in right.get("month_probabilities", ())]
        reached = []
        for step in right["steps"]:
            chance = Fraction(1)
            for month in months[: step.get("streak", 0)]:
                chance *= month
            reached.append(self.value(step["probability"], segment) if "probability" in step else chance)
        units = cost = worth = Fraction(0)
        for place, step in enumerate(right["steps"]):
            paid = reached[place]
            if right["mode"] == "highest" and place + 1 < len(reached):
                paid = max(Fraction(0), paid - reached[place + 1])
            units += paid
            claimed = paid * self.value(step.get("claim", 1), segment)
            cost += claimed * self.value(step["unit_cost"], segment)
            worth += claimed * self.value(step["retail_value"], segment)
        return Expected(units, cost, worth)

    def plans(self, held: Holding) -> Expected:
        """Contracts·(reference − customer interest); balance P·(n+1)/(2n)·n/12."""
        contracts, principal, reference_rate = (
            self.of_right(held, key) for key in ("contracts", "mean_principal", "reference_rate")
        )
        tenors = held.right["tenors"]
        weights = [self.value(tenor.get("share", 1), held.segment) for tenor in tenors]
        reference = interest = balance = Fraction(0)
        for tenor, weight in zip(tenors, weights, strict=True):
            months, part = tenor["months"], weight / sum(weights) * contracts * principal
            reference += part * reference_rate * months
            interest += part * self.value(tenor["customer_rate"], held.segment) * months
            balance += part * Fraction(months + 1, 2 * months) * Fraction(months, 12)
        kept = reference * (1 - self.value(self.settings["market"]["prepayment_loss"], held.segment))
        paid = ("instalment-interest", kept)
        return Expected(contracts, reference - interest, reference, paid, interest, balance)
