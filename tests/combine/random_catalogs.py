"""Small random catalogs in which only combinations matter, with every kind of rule and limit there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from cardkit.ground.text import Text
from cardkit.mechanics.common import Window
from cardkit.model.card import TIERS
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.expression import Product
from cardkit.model.rule.base import Rule
from cardkit.model.rule.registry import RULES
from cardkit.source.load import from_texts

AS_OF = date(2026, 7, 1)
GHOST = "ghost"
"""What rules may refer to although it doesn't exist."""

_EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
Made = TypeVar("Made", bound=Entity)


def example() -> Catalog:
    """The example catalog, for its entities: what they cost is none of our business here."""
    return from_texts(
        {
            file.relative_to(_EXAMPLE).as_posix(): file.read_bytes()
            for file in _EXAMPLE.rglob("*.yaml")
            if file.parent.name not in ("rules", "law", "campaigns", "products", "bundles")
        },
        [],
    )


def altered(entity: Made, **changes: Any) -> Made:
    """The entity with other values in some fields."""
    names = type(entity).__items__  # type: ignore[attr-defined]  # `record` gives it to the class
    return type(entity)(**{name: getattr(entity, name) for name in names} | changes)


def random_catalog(base: Catalog, chance: Random) -> Catalog:
    """One or two cards, up to six modules, one or two segments, up to five rules."""
    card = next(iter(base.cards.values()))
    module = next(iter(base.modules.values()))
    segment = next(iter(base.segments.values()))
    segments = [f"s{number}" for number in range(chance.randint(1, 2))]
    made: list[Entity] = [
        altered(segment, id=name, minimum_age=chance.choice((16, 18, 60))) for name in segments
    ]
    cards = [f"c{number}" for number in range(chance.randint(1, 2))]
    made += [
        altered(
            card,
            **_entity(name, chance, segments),
            tier=chance.choice(TIERS),
            slots=chance.choice((0, 1, 2, 3, 4, 6, 9)),
            minimum_age=chance.choice((18, 18, 18, 21)),
        )
        for name in cards
    ]
    modules = [f"m{number}" for number in range(chance.randint(0, 6))]
    made += [
        altered(
            module,
            **_entity(name, chance, segments),
            group=chance.choice(("family", "travel")),
            slots=chance.choice((0, 1, 1, 1, 2, 3)),
            attributes=_attributes(chance),
        )
        for name in modules
    ]
    for number in range(chance.randint(0, 5)):
        made.append(_rule(f"r{number}", chance, cards, modules, segments))
    return replace(base, entities={entity.id: entity for entity in made})


def products(catalog: Catalog) -> Iterator[Product]:
    """Every product there is, and each without a segment."""
    for card in catalog.cards:
        for size in range(len(catalog.modules) + 1):
            for modules in combinations(sorted(catalog.modules), size):
                for segment in (*catalog.segments, None):
                    yield Product(card, modules, segment)


def _window(chance: Random) -> Window | None:
    """Nothing, or a span whose ends lie around the day, on it too."""
    if chance.random() < 0.8:
        return None
    days = [AS_OF + timedelta(days=chance.randint(-1, 1)) for _ in range(2)]
    return Window(since=chance.choice((None, min(days))), until=chance.choice((None, max(days))))


def _entity(name: str, chance: Random, segments: list[str]) -> dict[str, Any]:
    status = chance.choice(("live",) * 12 + ("pilot", "pilot", "draft", "retired"))
    return {
        "id": name,
        "status": status,
        "pilot_segments": (chance.choice(segments),) if status == "pilot" else (),
        "valid": _window(chance),
        "eligible_segments": (chance.choice((*segments, GHOST)),) if chance.random() < 0.2 else (),
    }


def _attributes(chance: Random) -> dict[str, Fraction] | None:
    values = (None, 0, 1, 1, 2, 3, Fraction("0.5"), Fraction("2.25"))
    value = chance.choice(values)
    return None if value is None else {"load": Fraction(value)}


def _some(chance: Random, names: list[str], least: int = 0) -> tuple[str, ...]:
    """Some of the names, seldom one that doesn't exist, seldom one twice; at least one."""
    found = [name for name in names if chance.random() < 0.5]
    if chance.random() < 0.05:
        found.append(GHOST)
    while len(found) < max(1, least):
        found.append(chance.choice([*names, GHOST]))
    return tuple(found)


def _rule(name: str, chance: Random, cards: list[str], modules: list[str], segments: list[str]) -> Rule:
    word = chance.choice(tuple(RULES))
    grouped = chance.random() < 0.3
    number = chance.randint(0, 4)
    some_cards = chance.choice(((), _some(chance, cards)))
    needs_any = chance.choice(((), _some(chance, modules)))
    fields: dict[str, dict[str, Any]] = {
        "requires": {
            "modules": _some(chance, modules),
            "needs_all": chance.choice(((), _some(chance, modules)[:2])) or (() if needs_any else (GHOST,)),
            "needs_any": needs_any,
        },
        "excludes": {"modules": _some(chance, modules, 2)},
        "allowed-cards": {
            "modules": _some(chance, modules),
            "cards": some_cards,
            "tiers": chance.choice(((), TIERS[:2])),
        },
        "allowed-segments": {
            "segments": _some(chance, segments),
            "modules": chance.choice(((), _some(chance, modules))),
            "cards": some_cards,
        },
        "budget": {"attribute": "load", "most": Fraction(chance.randint(0, 14), 2), "cards": some_cards},
    }
    count = {
        "number": number,
        "modules": () if grouped else _some(chance, modules),
        "group": chance.choice(("family", "travel", "nobody")) if grouped else None,
        "cards": some_cards,
    }
    return RULES[word](
        kind="rule",
        id=name,
        name=Text("规则", "rule"),
        owner="me",
        status=chance.choice(("live",) * 8 + ("draft", "retired")),
        valid=_window(chance),
        rule=word,
        reason=Text("因为", "because"),
        **fields.get(word, count),
    )
