"""The lines of a price: signed whole fen, each computed once and rounded once, that only ever add."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from cardkit.ground.money import Fen, to_fen
from cardkit.ground.text import Text
from cardkit.pricing.worksheet import Step


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bank's side: revenue positive, cost negative."""

    id: str
    side: Literal["revenue", "cost"]
    source: str
    """Id of the entity that the line comes from."""
    name: Text
    amount: Fen
    benefit: bool = False
    """Whether it is benefit cost: what the rights themselves cost."""
    steps: tuple[Step, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One line of the customer's side: what they pay, or what a right is worth to them; both positive."""

    id: str
    kind: Literal["pays", "value"]
    source: str
    name: Text
    amount: Fen


@dataclass(slots=True)
class Terms:
    """Lines of both sides, in the order in which a reader wants them."""

    lines: list[Line] = field(default_factory=list)
    customer: list[CustomerLine] = field(default_factory=list)

    def add(self, other: "Terms") -> None:
        """Take over another's lines."""
        self.lines.extend(other.lines)
        self.customer.extend(other.customer)

    def revenue(
        self, line: str, source: str, name: Text, yuan: Fraction, vat: Fraction, steps: Iterable[Step] = ()
    ) -> None:
        """A revenue line, gross, and the VAT contained in it: gross·r/(1+r), one rounded term of its own."""
        gross = to_fen(yuan)
        self.lines.append(Line(line, "revenue", source, name, gross, steps=tuple(steps)))
        tax = to_fen(Fraction(-gross, 100) * vat / (1 + vat))
        if tax:
            steps = (Step(Text("增值税率", "VAT rate"), vat, unit="rate"),)
            self.lines.append(
                Line(f"{line}/vat", "cost", source, name + Text("·增值税", " · VAT"), tax, steps=steps)
            )

    def cost(
        self,
        line: str,
        source: str,
        name: Text,
        yuan: Fraction,
        *,
        benefit: bool = False,
        steps: Iterable[Step] = (),
    ) -> None:
        """A cost line, given as a positive amount."""
        self.lines.append(
            Line(line, "cost", source, name, Fen(-to_fen(yuan)), benefit=benefit, steps=tuple(steps))
        )

    def pays(self, line: str, source: str, name: Text, yuan: Fraction) -> None:
        """What the customer pays; a waiver or discount is negative."""
        self.customer.append(CustomerLine(line, "pays", source, name, to_fen(yuan)))

    def value(self, line: str, source: str, name: Text, yuan: Fraction) -> None:
        """What a right is worth to the customer."""
        self.customer.append(CustomerLine(line, "value", source, name, to_fen(yuan)))
