"""How many examples a law is held to: few and always the same in tests, many new ones for the bars."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings

FACTOR = float(os.environ.get("CARDKIT_EXAMPLES_FACTOR", "1"))
"""How many times as many examples; the bars set it."""

SLOW_BUT_BOUNDED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


def examples(number: int) -> Callable[[Any], Any]:
    """So many examples, times the factor; the same ones in every run unless there are more."""
    return settings(
        phases=(Phase.explicit, Phase.generate),  # a catalog comes from a seed, there is nothing to shrink
        max_examples=max(2, round(number * FACTOR)),
        deadline=None,
        database=None,
        derandomize=FACTOR <= 1,
        suppress_health_check=SLOW_BUT_BOUNDED,
    )
