"""DOMAIN §4–§5 once more, independently: the lines of a product whose benefits need no distribution.

Written from the formulas, on the data that was drawn, with fractions alone; it uses nothing of the package.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

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


class Reckoning:
    """One catalog on a day."""

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

    def lines(self, card: str, modules: list[str], segment: str, campaigns: list[str]) -> dict[str, int]:
        """Every line of both sides: `revenue`, `cost`, `pays` or `value`, and its id, with its fen."""
        found: dict[str, int] = {}

        def put(side: str, line: str, yuan: Fraction) -> None:
            found[f"{side} {line}"] = fen(yuan)
            if side == "revenue":
                vat = self.value(self.settings["market"]["vat"], segment)
                tax = fen(-Fraction(found[f"{side} {line}"], 100) * vat / (1 + vat))
                if tax:
                    found[f"cost {line}/vat"] = -tax

        for side, line, yuan in self.card_lines(card, segment):
            if yuan:
                put(side, line, yuan)
                if line in ("annual-fee", "fx-markup"):
                    put("pays", line, yuan)
        for name in [card, *self.tiers(segment), *modules]:
            for right in [*self.of[name].get("core", ()), *self.of[name]["benefits"]]:
                for side, line, yuan in self.benefit(name, right, card, segment):
                    put(side, line, yuan)
        for name in campaigns:
            window = self.of[name]["window"]
            in_time = window["from"] <= self.as_of <= window["until"]
            if in_time and segment in self.of[name]["target"]["segments"]:
                for right in self.of[name]["benefits"]:
                    for side, line, yuan in self.benefit(name, right, card, segment):
                        put(side, line, yuan)
        for line, yuan in self.fees(card, modules, segment):
            if yuan:
                put("revenue", line, yuan)
                put("pays", line, yuan)
        return found

    def card_lines(self, card: str, segment: str) -> Iterator[tuple[str, str, Fraction]]:
        """Card economics, yuan per active customer and year; costs positive."""
        market, credit = self.settings["market"], self.of[segment]["credit"]

        def m(key: str) -> Fraction:
            return self.value(market[key], segment)

        def c(key: str) -> Fraction:
            return self.value(credit[key], segment)

        rates = {
            name: self.value(data["interchange"], segment)
            for name, data in self.settings["categories"].items()
        }
        spend = {
            name: 12 * self.value(data["month_mean"], segment)
            for name, data in self.of[segment]["spend"]["categories"].items()
        }
        total = sum(spend.values())
        floating = total * c("float_days") / 365
        revolving = c("revolver_share") * c("revolving_balance")
        operating = self.of[card]["operating"]
        yield "revenue", "interchange", sum((spend[name] * rates[name] for name in spend), Fraction(0))
        yield "revenue", "annual-fee", self.fee(card, "annual", segment)
        yield "revenue", "fx-markup", self.fee(card, "fx-markup", segment)
        yield "revenue", "revolving-interest", revolving * m("revolving_daily") * 365
        charged = sum((spend[name] for name in spend if rates[name] > 0), Fraction(0))
        yield "cost", "network-fee", charged * m("network_fee")
        yield "cost", "funding", (floating + revolving) * m("funding")
        yield "cost", "credit-loss", floating * c("float_loss") + revolving * c("revolving_loss")
        fixed, variable = (self.value(operating[key], segment) for key in ("fixed", "variable"))
        yield "cost", "operating", fixed + variable * total
        life = self.value(self.of[segment]["life_years"], segment)
        yield "cost", "acquisition", self.value(self.of[card]["acquisition_cost"], segment) / life

    def fee(self, card: str, name: str, segment: str) -> Fraction:
        """A fee of the card, gross × collection."""
        collection = self.value(self.settings["market"]["collection"], segment)
        if name == "annual":
            return self.value(self.of[card]["annual_fee"], segment) * collection
        abroad = self.of[segment]["spend"]["categories"]["overseas"]["month_mean"]
        markup = self.value(self.of[card]["fx_markup"], segment)
        return 12 * self.value(abroad, segment) * markup * collection

    def fees(self, card: str, modules: list[str], segment: str) -> Iterator[tuple[str, Fraction]]:
        """Module prices, and what bundles and the number of paid modules take off."""
        collection = self.value(self.settings["market"]["collection"], segment)
        prices = {name: self.value(self.of[name]["price"], segment) for name in modules}
        for name, price in prices.items():
            yield f"{name}/fee", price * collection
        for name, data in self.of.items():
            if data["kind"] == "bundle" and data["card"] == card and set(data["modules"]) <= set(modules):
                yield f"{name}/discount", -self.value(data["discount"], segment) * collection
        paid = sum(price > 0 for price in prices.values())
        reached = [tier for tier in self.settings["multi_module_discounts"] if tier["modules"] <= paid]
        if reached:
            off = max(reached, key=lambda tier: int(tier["modules"]))["amount"]
            yield "multi-module-discount", -self.value(off, segment) * collection

    def tiers(self, segment: str) -> list[str]:
        """Service tiers that come with the segment."""
        return [
            name
            for name, data in self.of.items()
            if data["kind"] == "service" and segment in data["segments"]
        ]

    def benefit(self, holder: str, right: Data, card: str, segment: str) -> Iterator[tuple[str, str, Fraction]]:
        """C = e·t·units·unit cost·(1−π), bounded by the pool; revenue, payments and value beside it."""
        line = f"{holder}/{right['id']}"
        enrolled = self.enrolled(holder, right, segment)
        if enrolled == 0:
            return
        units, cost, worth, revenue, pays, balance = self.expected(holder, right, card, segment)
        scale = enrolled * self.pool(holder, right, card, segment)
        if revenue is not None:
            yield "revenue", f"{line}/{revenue[0]}", revenue[1] * scale
        if cost * scale:
            borne = self.borne(holder, right, card, segment)
            if borne:
                yield "cost", line, cost * scale * borne
        if balance * scale:
            market, credit = self.settings["market"], self.of[segment]["credit"]
            yield "cost", f"{line}/funding", balance * scale * self.value(market["funding"], segment)
            yield "cost", f"{line}/loss", balance * scale * self.value(credit["instalment_loss"], segment)
        if pays * scale:
            yield "pays", line, pays * scale
        valued = worth * scale * self.value(right.get("valuation", 1), segment)
        if valued:
            yield "value", line, valued

    def enrolled(self, holder: str, right: Data, segment: str) -> Fraction:
        """Share of the holders who are eligible, targeted and enrolled."""
        eligibility = right.get("eligibility", {})
        validity = right.get("validity", {})
        early, late = validity.get("from", "0"), validity.get("until", "9")
        if segment not in eligibility.get("segments", [segment]) or not early <= self.as_of <= late:
            return Fraction(0)
        share = self.value(eligibility.get("share", 1), segment)
        if self.of[holder]["kind"] == "campaign":
            share *= self.value(self.of[holder]["target"]["share"], segment)
        return share * self.value(right.get("take_up", 1), segment)

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

    def everybody(self, holder: str, right: Data, card: str, of_one: int) -> Fraction:
        """Σ over the segments: holders·e·t·units (0) or cost (1) of one, the pool taken into account in cost."""
        data, total = self.of[holder], Fraction(0)
        sold = data["target"]["segments"] if data["kind"] == "campaign" else self.segments
        for segment in data["segments"] if data["kind"] == "service" else sold:
            on = card if data["kind"] == "card" else self.of[segment]["reference_card"]
            enrolled = self.enrolled(holder, right, segment)
            if enrolled:
                each = self.expected(holder, right, on, segment)[of_one]
                scale = self.pool(holder, right, on, segment) if of_one else Fraction(1)
                total += self.holders(holder, segment) * enrolled * each * scale
        return total

    def pool(self, holder: str, right: Data, card: str, segment: str) -> Fraction:
        """min(1, units ÷ demand of all in a period)·periods offered ÷ periods of a year."""
        pool = right.get("pool")
        if pool is None:
            return Fraction(1)
        year = PER_YEAR[pool["period"]]
        demand = self.everybody(holder, right, card, 0) / year
        units = self.value(pool["units"], segment)
        fill = Fraction(1) if demand <= units else units / demand
        return fill * min(Fraction(1), Fraction(pool["periods"], year))

    def borne(self, holder: str, right: Data, card: str, segment: str) -> Fraction:
        """The bank's part of the cost, after every payer's cap and the shortfall."""
        funding = right.get("funding")
        if funding is None:
            return Fraction(1)
        shares = funding["shares"]
        if not any("cap" in payer for payer in shares):
            return 1 - sum(
                (self.value(payer["share"], segment) for payer in shares if payer["payer"] != "bank"),
                Fraction(0),
            )
        total = self.everybody(holder, right, card, 1)
        left, bank = total, Fraction(0)
        for payer in shares:
            part = total * self.value(payer["share"], segment)
            if "cap" in payer:
                part = min(part, self.value(payer["cap"], segment))
            left -= part
            bank += part if payer["payer"] == "bank" else 0
        bank += left if funding.get("shortfall", "bank") == "bank" else 0
        return bank / total if total else Fraction(1)

    def expected(
        self, holder: str, right: Data, card: str, segment: str
    ) -> tuple[Fraction, Fraction, Fraction, tuple[str, Fraction] | None, Fraction, Fraction]:
        """Units, cost, worth, revenue by name, payment and balance of one enrolled holder in a year."""

        def v(key: str, default: Any = None) -> Fraction:
            return self.value(right.get(key, default), segment)

        none = Fraction(0)
        mechanic = right["mechanic"]
        if mechanic == "redeem":
            return none, none, none, None, none, none
        if mechanic == "feature":
            return Fraction(1), v("fixed_cost"), v("retail_value", 0), None, none, none
        if mechanic == "insurance":
            price = v("customer_price")
            return Fraction(1), v("premium"), v("expected_claims"), ("insurance-fee", price), price, none
        if mechanic == "voucher":
            granted = v("count") * PER_YEAR[right["period"]]
            claimed = granted * v("claim")
            used = claimed * v("redeemed") * v("face")
            paid = claimed * v("customer_price", 0)
            sales = ("voucher-sales", paid) if "customer_price" in right else None
            return granted, used * v("cost_ratio"), used, sales, paid, none
        if mechanic == "entitlement":
            claim = v("claim") if right["cost_basis"] == "per-issue" else Fraction(1)
            issued = v("count") * PER_YEAR[right["period"]] * claim
            return issued, issued * v("unit_cost"), issued * v("retail_value"), None, none, none
        if mechanic == "service":
            cost = v("contacts", 0) * v("contact_cost", 0)
            if "staff_cost" in right:
                cost += v("staff_cost") / v("customers_per_manager")
            return Fraction(1), cost, v("retail_value"), None, none, none
        if mechanic == "fee-waiver":
            chance = Fraction(1) if right["condition"] == "none" else v("new_share")
            off = -self.fee(card, right["fee"], segment) * v("waived") * chance
            return -off, none, none, ("waiver", off), off, none
        special = {"draw": self.prizes, "milestone": self.rewards, "instalment": self.plans}
        return special[mechanic](holder, right, segment)

    def prizes(self, holder: str, right: Data, segment: str) -> Any:
        """Σ value·count ÷ entrants."""
        entrants = self.value(right.get("entrants", 0), segment)
        if "entrants" not in right:
            share = self.value(right.get("eligibility", {}).get("share", 1), segment)
            entrants = self.holders(holder, segment) * share * self.value(right.get("take_up", 1), segment)
        count = cost = worth = Fraction(0)
        for prize in right["prizes"]:
            count += prize["count"]
            worth += prize["count"] * self.value(prize["value"], segment)
            cost += prize["count"] * self.value(prize.get("unit_cost", prize["value"]), segment)
        return count / entrants, cost / entrants, worth / entrants, None, Fraction(0), Fraction(0)

    def rewards(self, _holder: str, right: Data, segment: str) -> Any:
        """Σ P(step)·claim·reward; of the highest step alone, P(it) − P(the next)."""
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
        return units, cost, worth, None, Fraction(0), Fraction(0)

    def plans(self, _holder: str, right: Data, segment: str) -> Any:
        """Contracts·(reference − customer interest); balance P·(n+1)/(2n)·n/12."""
        contracts, principal, reference_rate = (
            self.value(right[key], segment) for key in ("contracts", "mean_principal", "reference_rate")
        )
        weights = [self.value(tenor.get("share", 1), segment) for tenor in right["tenors"]]
        reference = interest = balance = Fraction(0)
        for tenor, weight in zip(right["tenors"], weights, strict=True):
            months, part = tenor["months"], weight / sum(weights) * contracts * principal
            reference += part * reference_rate * months
            interest += part * self.value(tenor["customer_rate"], segment) * months
            balance += part * Fraction(months + 1, 2 * months) * Fraction(months, 12)
        kept = reference * (1 - self.value(self.settings["market"]["prepayment_loss"], segment))
        revenue = ("instalment-interest", kept)
        return contracts, reference - interest, reference, revenue, interest, balance
