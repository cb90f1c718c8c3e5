"""The real setting of a price: a catalog's card, segment and day, as mechanics may ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, Literal

from cardkit.ground.distribution import (
    AmountDistribution,
    CountDistribution,
    CountMixture,
    Lognormal,
    NegativeBinomial,
    Poisson,
)
from cardkit.ground.finding import Path
from cardkit.ground.shape.base import field_of
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Rate
from cardkit.ground.text import Text
from cardkit.mechanics.common import Scope, Sharing
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.redeem import Redeem, cost_per_point
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.module import CustomerType, Module
from cardkit.model.segment import Credit, Segment, Usage
from cardkit.pricing.missing import MissingFigure, path_to
from cardkit.pricing.spending import CategoryFigures, Spending
from cardkit.pricing.worksheet import Step

View = Literal["steady", "first-year"]
"""Which year of a holder's life is priced: an average one, or the first.

In the first year the acquisition cost is borne in full instead of spread over the life, and what a fee waiver
grants in the first year is certain, because every holder is new. Everything else is the same.
"""

VIEWS: dict[View, Text] = {
    "steady": Text("平均年", "steady year"),
    "first-year": Text(
        "首年（获客成本全额计入，首年减免必然发生）",
        "first year (acquisition in full, first-year waivers certain)",
    ),
}


ASKED = "asked of the segment"
"""Key of the day's memory: what was asked that differs between segments, while somebody listens there."""

INPUTS = "every figure that was read"
"""Key of the day's memory: a list put there collects all inputs, those of no line's worksheet included."""


@dataclass(frozen=True, slots=True)
class Day:
    """A catalog on a day, in a view: what depends on neither card nor segment, what lines may remember."""

    catalog: Catalog
    as_of: date
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    view: View = "steady"


@dataclass(frozen=True)
class RealSetting:
    """One card, one segment, one day, and the entity whose benefit is being priced."""

    day: Day
    card: Card
    segment: Segment
    holder: Entity
    needed_by: str
    """What the price is for, for messages: `pet-care/clinic-discount in gen-z`."""
    options: tuple[Redeem, ...] | None = None
    """Redemption options to price points with; None: those of the card and the holder itself."""
    shared: bool = False
    """Whether a supplementary-card pack shares what can be shared."""
    steps: list[Step] = field(default_factory=list)

    @property
    def catalog(self) -> Catalog:
        """The catalog that is priced."""
        return self.day.catalog

    def asks(self, kind: str, name: str | int = "", what: Any = None) -> None:
        """Note what is asked that differs between segments, where somebody wants to know."""
        asked: dict[tuple[str, str | int], Any] | None = self.day.memory.get(ASKED)
        if asked is not None:
            asked[kind, name] = what

    # figures -----------------------------------------------------------------------------------------

    def read(self, owner: Any, name: str) -> Fraction:
        """The value of a record's figure on the day, in the segment; noted as an input."""
        if self.day.view == "first-year" and name == "new_share" and isinstance(owner, FeeWaiver):
            title = field_of(FeeWaiver, name)[0].title
            return self.note(title, Fraction(1), VIEWS["first-year"].en)
        return self._read(owner, name)

    def optional(self, owner: Any, name: str) -> Fraction | None:
        """As `read`, but None where the field was left out."""
        return None if getattr(owner, name) is None else self.read(owner, name)

    def read_each(self, owner: Any, name: str) -> tuple[Fraction, ...]:
        """The values of a record's list of figures, in order."""
        figures: tuple[Figure, ...] = getattr(owner, name)
        title = field_of(type(owner), name)[0].title
        values = []
        for index, figure in enumerate(figures):
            entry = figure.on(self.day.as_of, self.segment.id)
            if entry is None:
                entity, path = self._place(owner, name)
                raise self.missing(entity, (*path, index))
            values.append(entry.value)
            self.steps.append(Step(title, entry.value, entry=entry))
        return tuple(values)

    def market(self, name: str) -> Fraction:
        """A market parameter."""
        return self._read(self.catalog.settings.market, name)

    def note(self, title: Text, value: Fraction, formula: str = "") -> Fraction:
        """Write a step of the arithmetic down; gives the value back."""
        self.steps.append(Step(title, value, formula or "="))
        return value

    def _read(self, owner: Any, name: str) -> Fraction:
        figure = getattr(owner, name)
        entry = None if figure is None else figure.on(self.day.as_of, self.segment.id)
        if figure is not None and figure.by_segment:
            self.asks("figure", id(figure), figure)
        elif type(owner) in (Segment, Credit):
            self.asks("record", name, type(owner))
        if entry is None:
            why = None
            if figure is not None:
                why = Text(
                    f"在 {self.day.as_of} 没有适用于 {self.segment.id} 的值",
                    f"has no value for {self.segment.id} on {self.day.as_of}",
                )
            entity, path = self._place(owner, name)
            raise self.missing(entity, path, why)
        said, default = field_of(type(owner), name)
        inner = said.shape.inner if isinstance(said.shape, FigureOf) else said.shape
        unit = "rate" if isinstance(inner, Rate) else "number"
        # Not a method of this setting: the step would keep it alive, and it the step.
        known = (self.holder, self.segment, self.card)
        origin = None if figure is default else partial(_origin, self.catalog, known, owner, name)
        step = Step(said.title, entry.value, "", unit, entry, origin)
        self.steps.append(step)
        inputs: list[Step] | None = self.day.memory.get(INPUTS)
        if inputs is not None:
            inputs.append(step)
        value: Fraction = entry.value
        return value

    def _place(self, owner: Any, name: str) -> tuple[Entity | None, Path]:
        return _place(self.catalog, (self.holder, self.segment, self.card), owner, name)

    def missing(self, entity: Entity | None, path: Path, why: Text | None = None) -> MissingFigure:
        """The error for a figure that isn't there: which, and in which file it belongs."""
        name = entity.id if entity is not None else ""
        file = self.catalog.source_of[name].file if entity is not None else "catalog.yaml"
        return MissingFigure(name, file, path, self.needed_by, why)

    # spend -------------------------------------------------------------------------------------------

    @cached_property
    def spending(self) -> Spending:
        """The segment's spend on the day; read once for all lines of a day."""
        self.asks("spend")
        key = ("spending", self.segment.id)
        if key not in self.day.memory:
            self.day.memory[key] = self._spending()
        remembered: Spending = self.day.memory[key]
        return remembered

    def _spending(self) -> Spending:
        quiet = replace(self, holder=self.segment, steps=[])
        spend = self.segment.spend
        return Spending(
            {
                name: CategoryFigures(
                    quiet.read(category, "month_mean"),
                    float(quiet.read(category, "month_cv")),
                    float(quiet.read(category, "year_cv")),
                    quiet.read(category, "purchases_month"),
                    float(quiet.read(category, "ticket_cv")),
                )
                for name, category in spend.categories.items()
            },
            float(quiet.read(spend, "month_cv")),
            float(quiet.read(spend, "year_cv")),
        )

    def _categories(self, scope: Scope | None) -> tuple[str, ...]:
        names = scope.categories if scope is not None else ()
        for name in names:
            self.asks("category", name)
            if name not in self.segment.spend.categories:
                raise self.missing(self.segment, ("spend", "categories", name))
        if scope is not None and scope.excluded_categories:
            return scope.covers(self.segment.spend.categories)
        return names

    def _share(self, scope: Scope | None) -> Fraction:
        return Fraction(1) if scope is None else self.read(scope, "share")

    def spend(self, scope: Scope | None, period: str) -> AmountDistribution:
        """Spend in scope of one holder in one period, yuan."""
        amount = self.spending.amount(self._categories(scope), self._share(scope), period)
        self._distribution(Text("范围内消费", "spend in scope"), amount, period)
        return amount

    def reward(self, shares: Sequence[tuple[Scope | None, Fraction]], period: str) -> AmountDistribution:
        """What several shares of the spend in their scopes come to together in one period, yuan."""
        weights: dict[str, Fraction] = {}
        for scope, share in shares:
            weight = share * self._share(scope)
            for name in self._categories(scope) or tuple(self.segment.spend.categories):
                weights[name] = weights.get(name, Fraction(0)) + weight
        amount = self.spending.weighted(weights, period)
        self._distribution(Text("合计奖励（上限前）", "rewards together, before the cap"), amount, period)
        return amount

    def purchases(self, scope: Scope | None, period: str) -> CountDistribution:
        """Number of purchases in scope of one holder in one period."""
        count = self.spending.purchases(self._categories(scope), self._share(scope), period)
        self._distribution(Text("范围内笔数", "purchases in scope"), count, period)
        return count

    def ticket(self, scope: Scope | None) -> AmountDistribution:
        """Amount of one purchase in scope, yuan."""
        return self.spending.ticket(self._categories(scope))

    def _distribution(self, title: Text, distribution: Any, period: str) -> None:
        family = type(distribution).__name__.lower()
        spread = f", cv {distribution.cv:.4g}" if isinstance(distribution, Lognormal) else ""
        self.steps.append(
            Step(
                title,
                Fraction(distribution.mean),
                f"{family}(mean {distribution.mean:,.6g}{spread}), {period}",
            )
        )

    # usage -------------------------------------------------------------------------------------------

    def usage(self, metric: str, factor: Fraction = Fraction(1)) -> CountDistribution:
        """Demand of one holder in a year after selection, times a factor."""
        usage = self._usage_of(metric)
        dispersion = self.optional(usage, "dispersion")
        types = [kind for kind in self._types() if metric in kind.usage]
        if not types:
            mean = self.read(usage, "mean")
            return self._demand(mean * factor, dispersion)
        chosen = sum((kind.share * kind.choose for kind in types), Fraction(0))
        if chosen == 0:
            return self._demand(Fraction(0), dispersion)
        mean = sum((kind.share * kind.choose * kind.usage[metric] for kind in types), Fraction(0)) / chosen
        self.note(
            Text("选择者的年需求（逆选择后）", "demand a year of those who choose it, after selection"),
            mean,
            "Σ s·p·E ÷ Σ s·p",
        )
        return CountMixture(
            tuple(
                (
                    float(kind.share * kind.choose / chosen),
                    self._demand(kind.usage[metric] * factor, dispersion),
                )
                for kind in types
                if kind.share * kind.choose > 0
            )
        )

    def _demand(self, mean: Fraction, dispersion: Fraction | None) -> CountDistribution:
        if dispersion is None or dispersion == 0:
            return Poisson(float(mean))
        return NegativeBinomial(float(mean), float(dispersion))

    def _usage_of(self, metric: str) -> Usage:
        self.asks("usage", metric)
        usage = self.segment.usage.get(metric)
        if usage is None:
            raise self.missing(self.segment, ("usage", metric))
        return usage

    def usage_ticket(self, metric: str) -> AmountDistribution:
        """What one use costs at its retail price, yuan."""
        usage = self._usage_of(metric)
        self.asks("ticket", metric)
        return Lognormal(float(self.read(usage, "ticket_mean")), float(self.read(usage, "ticket_cv")))

    def _types(self) -> tuple[CustomerType, ...]:
        if isinstance(self.holder, Module) and self.holder.segments is not None:
            demand = self.holder.segments.get(self.segment.id)
            if demand is not None:
                return demand.types
        return ()

    def sharing_factor(self, sharing: Sharing) -> Fraction:
        """Demand as a multiple of one holder's own, once a pack shares the benefit."""
        return self.read(sharing, "demand_factor") if self.shared else Fraction(1)

    # points and fees ---------------------------------------------------------------------------------

    def _options(
        self, currency: str, steps: list[Step]
    ) -> list[tuple[Fraction, Fraction, Fraction, Fraction]]:
        self.asks("card", "", self.card.id)
        if self.options is not None:
            found = [
                (option, self._holding(option)) for option in self.options if option.currency == currency
            ]
        else:
            holders = (self.card,) if self.holder is self.card else (self.card, self.holder)
            found = [
                (right, holder)
                for holder in holders
                for right in getattr(holder, "rights", ())
                if isinstance(right, Redeem) and right.currency == currency
            ]
        if not found:
            raise MissingFigure(
                currency,
                self.catalog.source_of[self.holder.id].file,
                ("benefits", "cost_per_point"),
                self.needed_by,
                Text(
                    f"没有给出，{currency} 也没有兑换项目",
                    f"isn't given, and {currency} has no redemption option on the card or in it",
                ),
            )
        options = []
        for option, holder in found:
            at = replace(self, holder=holder, steps=steps)
            options.append(
                (
                    at.read(option, "mix_share"),
                    at.read(option, "points"),
                    at.read(option, "unit_cost"),
                    at.read(option, "retail_value"),
                )
            )
        return options

    def _holding(self, option: Redeem) -> Entity:
        for _, entity in self.catalog.holders():
            if any(right is option for right in entity.rights):
                return entity
        return self.holder

    def cost_per_point(self, currency: str) -> Fraction:
        """Expected cost of one redeemed point, a mix over the redemption options, yuan."""
        cost = cost_per_point(
            [(share, points, cost) for share, points, cost, _ in self._options(currency, self.steps)]
        )
        return self.note(
            Text("每分成本（CPP）", "cost per point (CPP)"),
            cost,
            "Σ share·unit cost ÷ points, shares sum to 1",
        )

    def value_per_point(self, currency: str) -> Fraction:
        """What one redeemed point is worth to the customer at retail, yuan."""
        options = self._options(currency, [])
        return cost_per_point([(share, points, retail) for share, points, _, retail in options])

    def redemption_rate(self, currency: str) -> Fraction:
        """Share of granted points that are ever redeemed (URR)."""
        return self._read(self.catalog.settings.points_currencies[currency], "redemption_rate")

    def fee(self, name: str) -> Fraction:
        """A fee of the card per holder and year, gross, times collection, yuan."""
        self.asks("card", "", self.card.id)
        collection = self.market("collection")
        if name == "annual":
            return (
                replace(self, holder=self.card, steps=self.steps).read(self.card, "annual_fee") * collection
            )
        overseas = tuple(
            key
            for key, category in self.catalog.settings.categories.items()
            if category.overseas and key in self.segment.spend.categories
        )
        spend = self.spending.year_mean(overseas) if overseas else Fraction(0)
        self.note(Text("境外年消费", "overseas spend a year"), spend)
        return spend * self.read(self.card, "fx_markup") * collection

    # how many ----------------------------------------------------------------------------------------

    def holders(self) -> Fraction:
        """How many customers of the segment are expected to hold what the benefit belongs to."""
        population = self.read(self.segment, "population")
        if isinstance(self.holder, Module):
            return population * self.choose(self.holder)
        return population

    def choose(self, module: Module) -> Fraction:
        """Probability that a customer of the segment chooses the module."""
        self.asks("choose", module.id, module)
        demand = (module.segments or {}).get(self.segment.id)
        if demand is None:
            raise self.missing(module, ("segments", self.segment.id, "choose"))
        if demand.types:
            return sum((kind.share * kind.choose for kind in demand.types), Fraction(0))
        return self.read(demand, "choose")


def _place(catalog: Catalog, known: tuple[Entity, ...], owner: Any, name: str) -> tuple[Entity | None, Path]:
    """The entity (None: catalog.yaml) that a record belongs to, and the path of its field there."""
    for entity in (*known, *catalog.interactions.values()):
        path = path_to(entity, owner)
        if path is not None:
            return entity, (*path, name)
    return None, (*(path_to(catalog.settings, owner) or ()), name)


def _origin(catalog: Catalog, known: tuple[Entity, ...], owner: Any, name: str) -> str:
    """The entity and key of a record's field, e.g. `pet-care.benefits.0.rate`."""
    entity, path = _place(catalog, known, owner, name)
    return ".".join(str(step) for step in (entity.id if entity is not None else "catalog", *path))
