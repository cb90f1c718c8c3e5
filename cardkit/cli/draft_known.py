"""What a new file may refer to in its catalog, and take as its pattern."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cardkit.checks.checking import VOCABULARY, Checking
from cardkit.checks.registry import CHECKS
from cardkit.cli.session import Session
from cardkit.ground.finding import Path
from cardkit.model.catalog import Catalog
from cardkit.model.kinds import Kind
from cardkit.model.relations import mentions
from cardkit.source.drafts.proposals import Known

LAW_CHECKS = "CK7"
"""Codes of the checks that a record of law may name."""


def known_to(catalog: Catalog, kind: Kind, session: Session, named: Mapping[str, str]) -> Known:
    """What a draft of a kind may refer to, and take as its pattern; its first benefit has its own name."""
    checking = Checking(catalog, session.as_of)
    ids = {word: _in_order(catalog, word, found) for word, found in checking.ids_of_kind.items() if found}
    ids["benefit"] = [f"{name}/{right.id}" for name, holder in catalog.holders() for right in holder.rights]
    values: dict[Path, Any] = {
        ("check",): next(check.code.name for check in CHECKS if check.code.id.startswith(LAW_CHECKS)),
        ("benefits", 0, "name"): dict(named),
    }
    summed = [name for module in catalog.modules.values() for name in module.attributes or ()]
    if summed:
        values[("attribute",)] = summed[0]
    if catalog.cards:
        values[("product",)] = next(iter(catalog.cards))
    sources = [source for source in catalog.sources if source.kind == kind.word]
    others = [source.data for source in sources if source.id in catalog.entities]
    used = Counter(name for source in catalog.sources for _, name, _ in mentions(source))
    everything = [source.data for source in catalog.sources]
    return Known(ids, values, others, everything, session.as_of, used)


def _in_order(catalog: Catalog, word: str, found: frozenset[str]) -> list[str]:
    """Words of catalog.yaml as they stand there; entities by name, those that are sold first."""
    if word in VOCABULARY:
        settings = next((source.data for source in catalog.sources if source.file == "catalog.yaml"), {})
        return list(settings.get(VOCABULARY[word], ()))

    def order(name: str) -> tuple[bool, bool, str]:
        entity = catalog.entities.get(name)
        return entity is None, entity is not None and entity.status != "live", name

    return sorted(found, key=order)
