"""What an entity has to do with others: what requires, excludes and contains it, and who mentions it."""

from cardkit.ground.finding import Path
from cardkit.ground.shape.base import KEY, leaves
from cardkit.ground.shape.leaf import BenefitReference, Reference
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog, Source
from cardkit.model.constraint import Needs, Within
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.rule.base import Offer

RELATIONS: dict[str, Text] = {
    "requires": Text("需要", "requires"),
    "required-by": Text("被需要", "required by"),
    "excludes": Text("互斥", "excludes"),
    "rules": Text("相关规则", "rules"),
    "interactions": Text("相互作用组", "interaction groups"),
    "part-of": Text("包含它的", "part of"),
    "mentioned-by": Text("其他引用", "mentioned by"),
}
"""The relations in the order in which they are shown."""


def mentions(source: Source) -> list[tuple[Path, str, tuple[str, ...]]]:
    """Every reference in a file as (path, id, kinds that may be meant), broken files included."""
    kind = KIND_OF_WORD.get(source.kind or "")
    if kind is None:
        return []
    found = []
    for shape, value, path in leaves(kind.shape, source.data):
        if isinstance(value, str):
            place = path[:-1] if path and path[-1] == KEY else path
            if isinstance(shape, Reference):
                found.append((place, value, shape.kinds))
            elif isinstance(shape, BenefitReference):
                found.append((place, value.partition("/")[0], ("card", "module", "service", "campaign")))
    return found


def relations(catalog: Catalog, entity: str) -> dict[str, tuple[str, ...]]:
    """The ids that stand in each relation to an entity; relations without any are left out."""
    found: dict[str, set[str]] = {name: set() for name in RELATIONS}
    offer = Offer(catalog.cards, catalog.modules, catalog.segments)
    for constraint in (each for rule in catalog.rules.values() for each in rule.constraints(offer)):
        if isinstance(constraint, Needs):
            if entity in constraint.triggers:
                found["requires"] |= constraint.needs
            if entity in constraint.needs:
                found["required-by"] |= constraint.triggers
        elif isinstance(constraint, Within) and entity in constraint.weights:
            found["excludes"] |= _kept_apart(constraint, entity)
    for source in catalog.sources:
        if source.id is None or source.id == entity:
            continue
        mentioned = {name for _, name, _ in mentions(source)}
        if source.kind == "product":
            expression = str(source.data.get("product", ""))
            mentioned |= set(expression.replace("@", "+").split("+"))
        if entity in mentioned:
            place = {
                "rule": "rules",
                "interaction": "interactions",
                "bundle": "part-of",
                "product": "part-of",
            }
            found[place.get(source.kind or "", "mentioned-by")].add(source.id)
    return {name: tuple(sorted(ids)) for name, ids in found.items() if ids}


def _kept_apart(bounded: Within, entity: str) -> set[str]:
    """The modules that can't be in a product with another one, because the two alone are too much.

    Only where nothing can make room again, and on every card.
    """
    if bounded.cards is not None or any(weight < 0 for weight in bounded.weights.values()):
        return set()
    own = bounded.weights[entity]
    return {
        other
        for other, weight in bounded.weights.items()
        if other != entity and bounded.most is not None and own + weight > bounded.most
    }
