"""Benefits from data as a catalog would give it, and a setting whose distributions a test chooses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cardkit.ground.distribution import AmountDistribution, CountDistribution
from cardkit.ground.errors import CardkitError
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import Scope, Sharing
from cardkit.mechanics.registry import BENEFIT

DAY = date(2026, 7, 1)

Make = Callable[..., Any]


def number(value: Any) -> Any:
    """Data as the catalog's reader gives it: decimals exactly from their text."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {key: number(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [number(inner) for inner in value]
    return value


@pytest.fixture
def benefit() -> Make:
    """Builds a benefit: `benefit("cashback", rate="5%")`."""

    def build(mechanic: str, **data: Any) -> Any:
        common = {"id": "example", "mechanic": mechanic, "name": {"zh": "示例", "en": "Example"}}
        return BENEFIT.build(number(common | data), ())

    return build


class MissingError(CardkitError):
    """The example setting's word for a figure that was not given."""


@dataclass
class ExampleSetting:
    """A setting made of given distributions; whatever was not given is missing."""

    amount: AmountDistribution | None = None
    amounts: Mapping[str, AmountDistribution] = field(default_factory=dict)
    count: CountDistribution | None = None
    ticket_amount: AmountDistribution | None = None
    uses: CountDistribution | None = None
    figures: Mapping[str, Fraction] = field(default_factory=dict)
    shared: bool = False
    notes: list[str] = field(default_factory=list)

    def given(self, found: Any, name: str) -> Any:
        if found is None:
            raise MissingError(Text(f"缺少 {name}", f"{name} is missing"))
        return found

    def read(self, owner: Any, name: str) -> Fraction:
        value: Fraction = self.given(self.optional(owner, name), name)
        return value

    def optional(self, owner: Any, name: str) -> Fraction | None:
        figure: Figure | None = getattr(owner, name)
        entry = None if figure is None else figure.on(DAY, None)
        return None if entry is None else entry.value

    def read_each(self, owner: Any, name: str) -> tuple[Fraction, ...]:
        return tuple(self.given(figure.on(DAY, None), name).value for figure in getattr(owner, name))

    def spend(self, scope: Scope | None, period: str) -> AmountDistribution:
        whole: AmountDistribution = self.given(self.amounts.get(period, self.amount), f"spend by {period}")
        share = Fraction(1) if scope is None else self.read(scope, "share")
        return whole if share == 1 else whole.scaled(float(share))

    def purchases(self, scope: Scope | None, period: str) -> CountDistribution:  # noqa: ARG002
        count: CountDistribution = self.given(self.count, "purchases")
        return count

    def ticket(self, scope: Scope | None) -> AmountDistribution:  # noqa: ARG002
        ticket: AmountDistribution = self.given(self.ticket_amount, "ticket")
        return ticket

    def usage(self, metric: str, factor: Fraction = Fraction(1)) -> CountDistribution:
        uses: CountDistribution = self.given(self.uses, metric)
        return uses.scaled(float(factor))

    def usage_ticket(self, metric: str) -> AmountDistribution:
        ticket: AmountDistribution = self.given(self.ticket_amount, metric)
        return ticket

    def sharing_factor(self, sharing: Sharing) -> Fraction:
        return self.read(sharing, "demand_factor") if self.shared else Fraction(1)

    def cost_per_point(self, currency: str) -> Fraction:  # noqa: ARG002
        return self.market("cost_per_point")

    def value_per_point(self, currency: str) -> Fraction:  # noqa: ARG002
        return self.market("value_per_point")

    def redemption_rate(self, currency: str) -> Fraction:  # noqa: ARG002
        return self.market("redemption_rate")

    def fee(self, name: str) -> Fraction:
        return self.market(name)

    def market(self, name: str) -> Fraction:
        value: Fraction = self.given(self.figures.get(name), name)
        return value

    def holders(self) -> Fraction:
        return self.market("holders")

    def note(self, title: Text, value: Fraction, formula: str = "") -> Fraction:  # noqa: ARG002
        self.notes.append(title.en)
        return value

    def holder_share(self, benefit: Benefit) -> Fraction:
        """e·t: the share of holders who are eligible and enrolled."""
        take_up = self.optional(benefit, "take_up")
        return self.read(benefit.eligibility, "share") * (Fraction(1) if take_up is None else take_up)

    def bank_cost(self, benefit: Benefit) -> Fraction:
        """C = e·t·E[units]·unit cost·(1 − π), without pools and caps of partners."""
        cost = benefit.expect(self).cost * self.holder_share(benefit)
        if benefit.funding is None:
            return cost
        shares = [self.read(f, "share") for f in benefit.funding.shares if f.payer == "bank"]
        return cost * sum(shares, Fraction(0))


@pytest.fixture
def example_setting() -> Make:
    """Makes an ExampleSetting; plain numbers become its figures: `example_setting(holders=100)`."""

    def make(**given: Any) -> ExampleSetting:
        distributions = {key: value for key, value in given.items() if key in ExampleSetting.__annotations__}
        figures = {key: Fraction(str(value)) for key, value in given.items() if key not in distributions}
        return ExampleSetting(**distributions, figures=figures)

    return make


@dataclass(frozen=True)
class ExampleWording:
    """Names are what a test says they are; figures are read on the test's day."""

    names: Mapping[str, Text]

    def name(self, identifier: str) -> Text:
        return self.names[identifier]

    def value(self, figure: Figure) -> Fraction:
        entry = figure.on(DAY, None)
        assert entry is not None
        return entry.value


@pytest.fixture
def words() -> ExampleWording:
    return ExampleWording(
        {
            "points": Text("积分", "points"),
            "miles": Text("里程", "miles"),
            "shield": Text("盾安保险", "Shield Insurance"),
            "approval": Text("核卡日", "approval"),
        }
    )


def funded(partner: str) -> dict[str, Any]:
    """A funding record in which a partner pays a share, given as a percentage, and the bank the rest."""
    rest = Fraction(100) - Fraction(partner.removesuffix("%"))
    return {
        "shares": [{"payer": "bank", "share": f"{float(rest):g}%"}, {"payer": "partner", "share": partner}]
    }


@pytest.fixture
def partner_pays() -> Make:
    return funded
