"""The arithmetic of a line, written down as it is done: inputs with their sources, steps with formulas."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from cardkit.ground.shape.figure import Entry
from cardkit.ground.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One input or one intermediate result."""

    title: Text
    value: Fraction
    formula: str = ""
    """How it was computed; empty for an input."""
    unit: str = "number"
    """How to show the value: `number` or `rate`."""
    entry: Entry | None = None
    """For an input: the catalog's entry, which knows its source and status."""
    origin: Callable[[], str] | None = None
    """For an input: gives the entity and key it comes from, e.g. `pet-care.benefits.0.rate`."""

    @property
    def source(self) -> str:
        """For an input: its source and status as the catalog states them; empty where it states none."""
        if self.entry is None:
            return ""
        return " · ".join(part for part in (self.entry.source, self.entry.status) if part)
