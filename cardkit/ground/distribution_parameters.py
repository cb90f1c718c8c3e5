"""What the parameters of a distribution must be; whatever else raises ValueError."""

import math
from collections.abc import Iterable

SHARES_SUM_WITHIN = 1e-9


def require_magnitude(name: str, value: float) -> None:
    """Raise ValueError unless the value is finite and at least 0."""
    if not (math.isfinite(value) and value >= 0):
        message = f"{name} is {value}; write a finite number of at least 0"
        raise ValueError(message)


def require_shares(name: str, shares: Iterable[float]) -> None:
    """Raise ValueError unless every share is a magnitude and together they make 1 (within 1e-9)."""
    listed = tuple(shares)
    for share in listed:
        require_magnitude(f"a share of {name}", share)
    total = math.fsum(listed)
    if abs(total - 1) > SHARES_SUM_WITHIN:
        message = f"the shares of {name} sum to {total}; they must sum to 1"
        raise ValueError(message)
