"""Missing is not zero: a price that needs an absent value says which one and where it belongs."""

from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.shape.base import declared, is_record
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity


class MissingFigure(CardkitError):
    """A figure that a price needs and the catalog doesn't give."""

    def __init__(self, entity: str, file: str, path: Path, needed_by: str, why: Text | None = None) -> None:
        keys = ".".join(str(step) for step in path)
        self.entity = entity
        self.path = path
        why = why or Text("没有给出", "isn't given")
        super().__init__(
            Text(
                f"无法定价 {needed_by}：{file} 里的 {keys} {why.zh}",
                f"Can't price {needed_by}: {keys} in {file} {why.en}",
            ),
            Text(
                f"在 {file} 写上 {keys}；确实为零就写 0（空缺不等于零）",
                f"write {keys} in {file}; where it really is zero, write 0 (missing is not zero)",
            ),
        )


def path_to(root: Any, record: Any) -> Path | None:
    """The keys that lead from one record to another inside it, found by identity; None if it isn't there."""
    if root is record:
        return ()
    if isinstance(root, tuple):
        pairs: list[tuple[str | int, Any]] = list(enumerate(root))
    elif isinstance(root, dict):
        pairs = list(root.items())
    elif is_record(type(root)):
        pairs = [(key, getattr(root, name)) for name, key, _, _ in declared(type(root))]
    else:
        return None
    for key, value in pairs:
        inner = path_to(value, record)
        if inner is not None:
            return (key, *inner)
    return None


def place_of(
    catalog: Catalog, known: tuple[Entity, ...], owner: Any, name: str
) -> tuple[Entity | None, Path]:
    """The entity (None: catalog.yaml) that a record belongs to, and the path of its field there.

    Looked for in the entities that are known to be involved, then in the interaction groups.
    """
    for entity in (*known, *catalog.interactions.values()):
        path = path_to(entity, owner)
        if path is not None:
            return entity, (*path, name)
    return None, (*(path_to(catalog.settings, owner) or ()), name)


def origin_of(catalog: Catalog, known: tuple[Entity, ...], owner: Any, name: str) -> str:
    """The entity and key of a record's field, e.g. `pet-care.benefits.0.rate`."""
    entity, path = place_of(catalog, known, owner, name)
    return ".".join(str(step) for step in (entity.id if entity is not None else "catalog", *path))
