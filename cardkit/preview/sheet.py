"""The customer's sheet as a value: everything that a page says, in both languages, and nothing else.

A renderer is one file that turns a Sheet into a page. It takes its headings from `labels`, and what stands
beside a right from `facts`, so that every format shows the same things in the same order.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cardkit.ground.money import Fen
from cardkit.ground.text import Text, joined
from cardkit.preview import labels

_SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line: `限制条件  每自然月最多 5 次`."""

    label: Text
    text: Text
    prominent: bool = False
    """The law wants it to be seen first: show it at least as strongly as anything near it."""


@dataclass(frozen=True, slots=True)
class RightLine:
    """One right: what the customer gets, and whatever limits it, beside it."""

    id: str
    """`ENTITY/BENEFIT`: stable, for programs."""
    name: Text
    source: Text
    """The name of the card, module, service tier or campaign that grants it."""
    promise: Text
    conditions: tuple[Text, ...] = ()
    """Caps and conditions, each a sentence part."""
    periods: tuple[Text, ...] = ()
    """Periods that counts and caps refer to, for programs: the sentences name them too."""
    highest_rate: Text | None = None
    """The highest annual rate of an instalment right."""
    place: Text | None = None
    validity: Text | None = None
    starts_later: bool = False
    """Not yet in force on the page's day; `validity` says from when."""
    how: Text | None = None
    """How to get it."""
    who: Text | None = None
    """Who may have it, where that is not simply the main card holder."""
    sharing: Text | None = None
    quota: Text | None = None
    """The quota for all customers together, first come first served."""
    exclusions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The rights that one card, module, service tier or campaign grants."""

    kind: str
    """`campaign`, `core`, `card`, `module` or `service`."""
    id: str
    name: Text
    label: Text
    """What kind of thing it is, for people: 权益模块·出行."""
    about: Text | None
    facts: tuple[Fact, ...]
    rights: tuple[RightLine, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Rights that don't simply add up: which, why, and what they get at most together."""

    rights: tuple[Text, ...]
    reason: Text
    cap: Text | None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One thing that the customer pays, or gets off; notes say when it is waived and when it changes."""

    kind: str
    """`card`, `module`, `discount`, `total`, `rate`, `insurance` or `voucher`."""
    name: Text
    amount: Text
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class TenorLine:
    """One length of an instalment plan, with what it costs."""

    months: int
    simple: Fraction
    """Annual rate, simple (单利): twelve monthly rates of the schedule as billed."""
    compound: Fraction
    """Annual rate, compound (复利)."""
    rate_per_period: Fraction
    """Interest of one period as a share of the principal."""
    interest: Fen
    """Interest of the whole plan on the example principal."""


@dataclass(frozen=True, slots=True)
class InstalmentBox:
    """What an instalment right costs; the highest annual rate comes first and stands out."""

    id: str
    name: Text
    purpose: Text
    amounts: Text
    """The least and the most that one contract may be."""
    timing: Text | None
    """When interest is paid; None where there is none."""
    principal: Fen
    """The example on which the interest in yuan is shown."""
    tenors: tuple[TenorLine, ...]

    @property
    def highest(self) -> TenorLine:
        """The tenor with the highest simple annual rate."""
        return max(self.tenors, key=lambda tenor: tenor.simple)


@dataclass(frozen=True, slots=True)
class Version:
    """Which catalog, on which day, and under which assumptions."""

    catalog: str
    hash: str
    as_of: date
    assumed: Text | None = None
    """What a what-if changed: no customer may take such a page for the product's own."""

    @property
    def short_hash(self) -> str:
        """Enough of the hash to tell versions apart."""
        return self.hash[:_SHORT_HASH]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One product's page."""

    product: str
    """The product expression, canonical."""
    title: Text
    issuer: Text
    card: Text
    segment: Text | None
    sellable: bool
    reasons: tuple[Text, ...]
    """Why it may not be sold, where it may not."""
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    overlaps: tuple[Overlap, ...]
    fees: tuple[FeeLine, ...]
    instalments: tuple[InstalmentBox, ...]
    notices: tuple[Text, ...]
    version: Version


def facts(right: RightLine) -> tuple[Fact, ...]:
    """What stands beside a right after its promise, labelled, in the order of a page; nothing empty.

    The highest annual rate is not among them: it goes before the promise, which names the monthly one.
    """
    lines = (
        (labels.CONDITIONS, _several(right.conditions)),
        (labels.PLACE, right.place),
        (labels.VALIDITY, right.validity),
        (labels.HOW, right.how),
        (labels.WHO, right.who),
        (labels.SHARING, right.sharing),
        (labels.QUOTA, right.quota),
        (labels.EXCLUSIONS, _several(right.exclusions)),
    )
    return tuple(Fact(label, text) for label, text in lines if text is not None)


def _several(parts: tuple[Text, ...]) -> Text | None:
    return joined(parts, "；", "; ") if parts else None
