"""DOMAIN §5 once more, independently: the lines of a product whose benefits need no distribution.

Written from the formulas, on the data that was drawn, with fractions alone; it uses nothing of the package.
"""

from collections.abc import Iterator
from fractions import Fraction

from tests.laws.drawing import Data
from tests.laws.reckoned_benefits import PER_YEAR, Benefits, fen


class Reckoning(Benefits):
    """The prices of one catalog on a day."""

    def lines(self, card: str, modules: list[str], segment: str, campaigns: list[str]) -> dict[str, int]:
        """Every line of both sides: `revenue`, `cost`, `pays` or `value`, and its id, with its fen."""
        found: dict[str, int] = {}
        for side, line, yuan in self.exact_lines(card, modules, segment, campaigns):
            if yuan:
                found[f"{side} {line}"] = fen(yuan)
        vat = self.value(self.settings["market"]["vat"], segment)
        for line, amount in list(found.items()):
            if line.startswith("revenue ") and (tax := fen(Fraction(amount, 100) * vat / (1 + vat))):
                found[f"cost {line.removeprefix('revenue ')}/vat"] = tax
        return found

    def exact_lines(
        self, card: str, modules: list[str], segment: str, campaigns: list[str]
    ) -> Iterator[tuple[str, str, Fraction]]:
        """The lines before they are rounded, in yuan, without VAT; costs positive."""
        for side, line, yuan in self.card_lines(card, segment):
            yield side, line, yuan
            if line in ("annual-fee", "fx-markup"):
                yield "pays", line, yuan
        running = [name for name in campaigns if self.addressed(name, segment)]
        for name in [card, *self.tiers(segment), *modules, *running]:
            for right in [*self.of[name].get("core", ()), *self.of[name]["benefits"]]:
                yield from self.benefit(name, right, card, segment)
        for line, yuan in self.fees(card, modules, segment):
            yield "revenue", line, yuan
            yield "pays", line, yuan

    def addressed(self, campaign: str, segment: str) -> bool:
        """Whether a campaign is for the segment and runs on the day."""
        window, target = self.of[campaign]["window"], self.of[campaign]["target"]
        return window["from"] <= self.as_of <= window["until"] and segment in target["segments"]

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

    def benefit(
        self, holder: str, right: Data, card: str, segment: str
    ) -> Iterator[tuple[str, str, Fraction]]:
        """C = e·t·units·unit cost·(1−π), bounded by the pool; revenue, payments and value beside it."""
        line = f"{holder}/{right['id']}"
        enrolled = self.enrolled(holder, right, segment)
        if enrolled == 0:
            return
        expected = self.expected(holder, right, card, segment)
        scale = enrolled * self.pool(holder, right, card, segment)
        if expected.revenue is not None:
            yield "revenue", f"{line}/{expected.revenue[0]}", expected.revenue[1] * scale
        if expected.cost * scale:
            yield "cost", line, expected.cost * scale * self.borne(holder, right, card, segment)
        funding = self.value(self.settings["market"]["funding"], segment)
        loss = self.value(self.of[segment]["credit"]["instalment_loss"], segment)
        yield "cost", f"{line}/funding", expected.balance * scale * funding
        yield "cost", f"{line}/loss", expected.balance * scale * loss
        yield "pays", line, expected.pays * scale
        yield "value", line, expected.worth * scale * self.value(right.get("valuation", 1), segment)

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

    def everybody(self, holder: str, right: Data, card: str, of_one: int) -> Fraction:
        """Σ over the segments: holders·e·t·units (0) of one, or cost (1) as far as the pool goes."""
        data, total = self.of[holder], Fraction(0)
        sold = data["target"]["segments"] if data["kind"] == "campaign" else self.segments
        for segment in data["segments"] if data["kind"] == "service" else sold:
            on = card if data["kind"] == "card" else self.of[segment]["reference_card"]
            enrolled = self.enrolled(holder, right, segment)
            if enrolled:
                expected = self.expected(holder, right, on, segment)
                each = expected.cost if of_one else expected.units
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
