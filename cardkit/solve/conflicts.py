"""Why a product may not be sold: the smallest sets of rules that forbid it, and what adding can't mend."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType

from cardkit.combine.compile import Constraints
from cardkit.ground.frozen import frozen
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within, refused
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.solve.limits import NotFinished
from cardkit.solve.smallest import Blame, Rules, smallest


@frozen
class Conflicts:
    """Sets of rules, each of which forbids a product by itself, and none of whose rules can be left out."""

    sets: tuple[tuple[Refusal, ...], ...] = ()
    """Smaller ones first; the rules of a set in the catalog's order. None where the product may be sold."""
    complete: bool = True
    """Whether these are all that were asked for; if not, there may be smaller ones too."""
    refusing: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Of a product without a segment, the segments that each rule of the sets refuses it in."""


NONE = Conflicts()


def conflicts(
    constraints: Constraints, product: Product, segments: tuple[str, ...], *, every: bool = False
) -> Conflicts:
    """The smallest sets of rules that forbid a product; with `every` the larger ones too.

    Each rule that a product breaks forbids it by itself. A product without a segment may be sold when one of
    the segments may have it: then the rules of a set together refuse it in each of them.
    """
    if product.segment is not None:
        own = tuple(constraints.broken(product))
        alone = dict.fromkeys(each.refusal.rule for each in own)
        return _told(constraints, Blame(tuple(frozenset((name,)) for name in alone)), product, own)
    broken = [tuple(constraints.broken(product.to(segment))) for segment in segments]
    rules = [frozenset(each.refusal.rule for each in some) for some in broken]
    if not rules or not all(rules):
        return NONE
    blame = smallest(partial(_unhit, rules), every=every)
    told = _told(constraints, blame, product, (each for some in broken for each in some))
    named = {each.rule for some in told.sets for each in some}
    refusing = {
        name: tuple(s for s, own in zip(segments, rules, strict=True) if name in own) for name in named
    }
    return Conflicts(told.sets, told.complete, refusing)


def even_if_extended(
    constraints: Constraints,
    product: Product,
    segments: tuple[str, ...],
    modules: frozenset[str],
    *,
    every: bool = False,
) -> Conflicts:
    """The smallest sets of rules because of which no product with these modules and more may be sold.

    On the same card, and to the same segment; without one to any of the segments. None where adding some of
    the catalog's `modules` makes it sellable. With `every` the larger sets too.
    """
    broken = tuple(constraints.broken(product))
    if product.segment is not None and not every:
        if not broken:
            return NONE
        alone = _alone(constraints, broken, frozenset(product.modules), modules)
        if alone:
            return _told(constraints, Blame(tuple(frozenset((name,)) for name in alone)), product, broken)
    from cardkit.solve.sat import Sat

    asked = segments if product.segment is None else (product.segment,)
    try:
        blame = Sat(constraints.all, (product.card,), asked, modules).conflicts(product.modules, every=every)
    except NotFinished:
        return Conflicts(complete=False)
    return _told(constraints, blame, product, broken)


def _unhit(broken: list[Rules], chosen: Rules) -> Rules | None:
    """The rules that refuse the product in a segment where none of those chosen does."""
    return next((rules for rules in broken if rules.isdisjoint(chosen)), None)


def _told(
    constraints: Constraints, blame: Blame, product: Product, broken: Iterable[Constraint]
) -> Conflicts:
    """The sets with what is to be told of each rule: of those that the product breaks also how."""
    named = frozenset(name for rules in blame.sets for name in rules)
    said = {each.refusal.rule: each.refusal for each in constraints if each.refusal.rule in named}
    place = {name: index for index, name in enumerate(said)}
    own: defaultdict[str, list[Constraint]] = defaultdict(list)
    for each in broken:
        if not any(each is known for known in own[each.refusal.rule]):
            own[each.refusal.rule].append(each)
    modules = frozenset(product.modules)
    said |= {name: refused(some, modules) for name, some in own.items() if name in named}
    sets = [tuple(said[name] for name in sorted(rules, key=place.__getitem__)) for rules in blame.sets]
    sets.sort(key=lambda some: (len(some), [place[each.rule] for each in some]))
    return Conflicts(tuple(sets), blame.complete)


def _alone(
    constraints: Constraints, broken: Iterable[Constraint], chosen: frozenset[str], modules: frozenset[str]
) -> tuple[str, ...] | None:
    """The broken rules that no added module can mend, without asking a solver; None where that isn't sure."""
    found = []
    for rule in dict.fromkeys(each.refusal.rule for each in broken):
        own = [each for each in constraints if each.refusal.rule == rule]
        if any(_hopeless(each, chosen, modules) for each in broken if each.refusal.rule == rule):
            found.append(rule)
        elif not (all(_can_be_met(each, modules) for each in own) or (len(own) == 1 and _counts(own[0]))):
            return None
    return tuple(found)


def _hopeless(constraint: Constraint, chosen: frozenset[str], modules: frozenset[str]) -> bool:
    """Whether no product with the modules chosen and more keeps a constraint that they break."""
    if isinstance(constraint, Forbidden):
        return True
    if isinstance(constraint, Needs):
        return constraint.needs.isdisjoint(modules)
    total = constraint.total(chosen)
    left = [weight for name, weight in constraint.weights.items() if name in modules - chosen]
    lowest = total + sum(weight for weight in left if weight < 0)
    highest = total + sum(weight for weight in left if weight > 0)
    return (constraint.most is not None and lowest > constraint.most) or (
        constraint.least is not None and highest < constraint.least
    )


def _can_be_met(constraint: Constraint, modules: frozenset[str]) -> bool:
    """Whether it is a need that adding modules can meet, beside all other such needs."""
    return isinstance(constraint, Needs) and not constraint.needs.isdisjoint(modules)


def _counts(constraint: Constraint) -> bool:
    """Whether a sum can be any number between its lowest and its highest, so that only its bounds matter."""
    return isinstance(constraint, Within) and all(weight == 1 for weight in constraint.weights.values())
