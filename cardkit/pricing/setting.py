"""The real setting of a price: a catalog's card, segment and day, as mechanics may ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, Literal

from cardkit.ground.distribution import AmountDistribution, CountDistribution, Lognormal
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
from cardkit.pricing.demand import chosen, demand
from cardkit.pricing.missing import MissingFigure, origin_of, place_of
from cardkit.pricing.redemption import Redemption, granting, options_in
from cardkit.pricing.spending import Spending, spending_of
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


ASKED = "asked of card and segment"
"""Key of the day's memory: what was asked that differs between cells, while somebody listens there."""

INPUTS = "every figure that was read"
"""Key of the day's memory: a list put there collects all inputs, those of no line's worksheet included."""


@dataclass(frozen=True, slots=True)
class Day:
    """A catalog on a day, in a view: what depends on neither card nor segment.

    What was computed is remembered here; a day of another catalog, date or view starts with an empty memory.
    """

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
    steps: list[Step] | None = field(default_factory=list)
    """The worksheet; None where nobody will read it."""

    @property
    def catalog(self) -> Catalog:
        """The catalog that is priced."""
        return self.day.catalog

    # the same card, segment and day for another purpose -------------------------------------------------

    def line(self, holder: Entity, needed_by: str) -> "RealSetting":
        """The setting of one line, with a worksheet of its own."""
        return self._with(holder=holder, needed_by=needed_by, steps=None if self.steps is None else [])

    def of(self, holder: Entity) -> "RealSetting":
        """The setting of another holder's benefit, on the same worksheet."""
        return self._with(holder=holder)

    def aside(self) -> "RealSetting":
        """The same setting, for a step that isn't written on its worksheet."""
        return self if self.steps is None else self._with(steps=None)

    def _with(self, **changed: Any) -> "RealSetting":
        # As `replace`, in a quarter of the time: the prices of a catalog need tens of thousands of settings.
        made: RealSetting = object.__new__(RealSetting)
        made.__dict__.update(self.__dict__, **changed)
        return made

    def asks(self, kind: str, name: str | int = "", what: Any = None) -> None:
        """Note what is asked that differs between cards or segments, where somebody wants to know."""
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
            if figure.by_segment:
                self.asks("figure", id(figure), figure)
            entry = figure.on(self.day.as_of, self.segment.id)
            if entry is None:
                entity, path = self._place(owner, name)
                raise self.missing(entity, (*path, index))
            values.append(entry.value)
            if self.steps is not None:
                self.steps.append(Step(title, entry.value, entry=entry))
        return tuple(values)

    def market(self, name: str) -> Fraction:
        """A market parameter."""
        return self._read(self.catalog.settings.market, name)

    def note(self, title: Text, value: Fraction, formula: str = "") -> Fraction:
        """Write a step of the arithmetic down; gives the value back."""
        if self.steps is not None:
            self.steps.append(Step(title, value, formula or "="))
        return value

    def _read(self, owner: Any, name: str) -> Fraction:
        figure = getattr(owner, name)
        entry = None if figure is None else figure.on(self.day.as_of, self.segment.id)
        if owner is self.card:
            self.asks("card", name, self.card.id)
        elif owner is self.card.operating:
            self.asks("operating", name, self.card.id)
        elif figure is not None and figure.by_segment:
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
        value: Fraction = entry.value
        inputs: list[Step] | None = self.day.memory.get(INPUTS)
        if self.steps is None and inputs is None:
            return value
        said, default = field_of(type(owner), name)
        inner = said.shape.inner if isinstance(said.shape, FigureOf) else said.shape
        unit = "rate" if isinstance(inner, Rate) else "number"
        # Not a method of this setting: the step would keep it alive, and it the step.
        known = (self.holder, self.segment, self.card)
        origin = None if figure is default else partial(origin_of, self.catalog, known, owner, name)
        step = Step(said.title, value, "", unit, entry, origin)
        if self.steps is not None:
            self.steps.append(step)
        if inputs is not None:
            inputs.append(step)
        return value

    def _place(self, owner: Any, name: str) -> tuple[Entity | None, Path]:
        return place_of(self.catalog, (self.holder, self.segment, self.card), owner, name)

    def missing(self, entity: Entity | None, path: Path, why: Text | None = None) -> MissingFigure:
        """The error for a figure that isn't there: which, and in which file it belongs."""
        name = entity.id if entity is not None else ""
        file = self.catalog.source_of[name].file if entity is not None else "catalog.yaml"
        return MissingFigure(name, file, path, self.needed_by, why)

    # spend -------------------------------------------------------------------------------------------

    @property
    def spending(self) -> Spending:
        """The segment's spend on the day; read once for all lines of a day."""
        self.asks("spend")
        key = ("spending", self.segment.id)
        if key not in self.day.memory:
            self.day.memory[key] = spending_of(self.segment.spend, self.aside().of(self.segment).read)
        remembered: Spending = self.day.memory[key]
        return remembered

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
        if self.steps is None:
            return
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
            return demand(self.read(usage, "mean") * factor, dispersion)
        those = chosen(types, metric)
        if those.share:
            self.note(
                Text("选择者的年需求（逆选择后）", "demand a year of those who choose it, after selection"),
                those.mean,
                "Σ s·p·E ÷ Σ s·p",
            )
        return those.demand(factor, dispersion)

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
            self.asks("types", self.holder.id, self.holder)
            demand = self.holder.segments.get(self.segment.id)
            if demand is not None:
                return demand.types
        return ()

    def sharing_factor(self, sharing: Sharing) -> Fraction:
        """Demand as a multiple of one holder's own, once a pack shares the benefit."""
        return self.read(sharing, "demand_factor") if self.shared else Fraction(1)

    # points and fees ---------------------------------------------------------------------------------

    def redemptions(self, currency: str) -> list[Redemption]:
        """The figures of every redemption option. Raises MissingFigure where there is none."""
        if self.options is None:
            self.asks("points", currency, self.card.id)
            holders = (self.card,) if self.holder is self.card else (self.card, self.holder)
            found = [
                (option, holder)
                for holder in holders
                for option in options_in(getattr(holder, "rights", ()), currency)
            ]
        else:
            found = [(option, self._granting(option)) for option in options_in(self.options, currency)]
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
        settings = [(option, self.of(holder)) for option, holder in found]
        return [
            Redemption(
                at.read(option, "mix_share"),
                at.read(option, "points"),
                at.read(option, "unit_cost"),
                at.read(option, "retail_value"),
            )
            for option, at in settings
        ]

    def _granting(self, option: Redeem) -> Entity:
        if "granting" not in self.day.memory:
            self.day.memory["granting"] = granting(self.catalog)
        known: dict[int, Entity] = self.day.memory["granting"]
        return known.get(id(option), self.holder)

    def cost_per_point(self, currency: str) -> Fraction:
        """Expected cost of one redeemed point, a mix over the redemption options, yuan."""
        cost = cost_per_point([(each.share, each.points, each.cost) for each in self.redemptions(currency)])
        return self.note(
            Text("每分成本（CPP）", "cost per point (CPP)"),
            cost,
            "Σ share·unit cost ÷ points, shares sum to 1",
        )

    def value_per_point(self, currency: str) -> Fraction:
        """What one redeemed point is worth to the customer at retail, yuan."""
        options = self.aside().redemptions(currency)
        return cost_per_point([(each.share, each.points, each.retail) for each in options])

    def redemption_rate(self, currency: str) -> Fraction:
        """Share of granted points that are ever redeemed (URR)."""
        return self._read(self.catalog.settings.points_currencies[currency], "redemption_rate")

    def fee(self, name: str) -> Fraction:
        """A fee of the card per holder and year, gross, times collection, yuan."""
        collection = self.market("collection")
        if name == "annual":
            return self.of(self.card).read(self.card, "annual_fee") * collection
        for key, category in self.catalog.settings.categories.items():
            if category.overseas:
                self.asks("category", key)
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
