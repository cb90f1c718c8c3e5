"""How long and how large the engine may get: it always ends, and says when it could not finish."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

DEFAULT_SECONDS = 30.0
DEFAULT_NODES = 2_000_000
"""Nodes of a diagram; about 200 MB while it is built."""
DEFAULT_BYTES = 1_000_000_000
"""The arrays of one calculation."""


class NotFinished(Exception):
    """A limit was reached before the answer was known; `str()` says which."""


class OutOfTime(NotFinished):
    """The time is up."""


class TooLarge(NotFinished):
    """The diagram, or what is kept at its nodes, outgrew its bound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run; the clock starts when it is made."""

    seconds: float = DEFAULT_SECONDS
    nodes: int = DEFAULT_NODES
    bytes: int = DEFAULT_BYTES
    clock: Callable[[], float] = monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started", self.clock())

    @property
    def left(self) -> float:
        """Seconds left; below 0 when the time is up."""
        return self.started + self.seconds - self.clock()

    def share(self, part: float) -> "Limits":
        """Limits of which the time is a share of what is left."""
        return Limits(max(self.left, 0.0) * part, self.nodes, self.bytes, self.clock)

    def check_time(self) -> None:
        """Raises OutOfTime when the time is up."""
        if self.left < 0:
            raise OutOfTime("time")

    def check_nodes(self, number: int) -> None:
        """Raises TooLarge for more nodes than allowed."""
        if number > self.nodes:
            raise TooLarge("nodes")

    def check_bytes(self, number: int) -> None:
        """Raises TooLarge for more bytes than allowed."""
        if number > self.bytes:
            raise TooLarge("bytes")


class Once(Generic[Value]):
    """A property that is worked out once: its value is kept, and so is that it couldn't be finished.

    Without that, every question would try again what has just run out of time.
    """

    def __init__(self, function: Callable[[Any], Value]) -> None:
        self._function = function
        self._name = f"once {function.__name__}"
        self.__doc__ = function.__doc__

    def __get__(self, owner: Any, _kind: type | None = None) -> Value:
        """The value. Raises NotFinished, the same each time."""
        known: dict[str, Any] = owner.__dict__
        if self._name not in known:
            try:
                known[self._name] = self._function(owner)
            except NotFinished as stopped:
                known[self._name] = stopped
        found = known[self._name]
        if isinstance(found, NotFinished):
            raise found
        value: Value = found
        return value
