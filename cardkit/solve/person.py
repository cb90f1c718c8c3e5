"""One person in place of a segment's average customer: what they said they need, laid over the catalog."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import plain_number
from cardkit.ground.safe import one_line
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import nearest
from cardkit.source.overlay import assignment, overlaid


def person(catalog: Catalog, segment: str, needs: Mapping[str, Fraction]) -> Catalog:
    """The catalog with a person's numbers in place of a segment's usage, and of what choosers there use.

    A need of catalog.yaml stands for uses; a usage may be named itself. What isn't named stays as the segment
    has it. Raises CardkitError for a word that is neither, and for a usage that the segment doesn't have.
    """
    usages: dict[str, Fraction] = {}
    for word, number in needs.items():
        for usage, uses in _uses(catalog, word).items():
            usages[usage] = usages.get(usage, Fraction(0)) + uses * number
    return overlaid(catalog, [assignment(change) for change in _changes(catalog, segment, usages)])


def _uses(catalog: Catalog, word: str) -> Mapping[str, Fraction]:
    settings = catalog.settings
    if word in settings.needs:
        return settings.needs[word].usages
    if word in settings.usages:
        return {word: Fraction(1)}
    known = [*settings.needs, *settings.usages]
    close = nearest(word, known) or list(settings.needs)
    raise CardkitError(
        Text(f"没有需求 {one_line(word)}", f"There is no need {one_line(word)}"),
        Text("可写：", "write one of: ") + joined([same(each) for each in close]),
    )


def _changes(catalog: Catalog, segment: str, usages: Mapping[str, Fraction]) -> Iterator[str]:
    """The changes as `--set` has them."""
    for usage, number in usages.items():
        value = plain_number(number)
        yield f"{segment}.usage.{usage}.mean={value}"
        for module in catalog.modules.values():
            demand = (module.segments or {}).get(segment)
            for index, kind in enumerate(() if demand is None else demand.types):
                # Who chooses the module uses more than the average; this person uses what they said.
                if usage in kind.usage:
                    yield f"{module.id}.segments.{segment}.types.{index}.usage.{usage}={value}"
