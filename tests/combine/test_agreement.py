"""Where schema and engine disagree, `check` says that cardkit is at fault, and gives no verdict."""

from pathlib import Path
from typing import Any

import pytest

from cardkit.cli.app import run
from cardkit.combine import agreement
from cardkit.combine.product_schema import NOT_EXPRESSED, product_schema

CATALOG = str(Path(__file__).parent.parent.parent / "catalog")
SOLD, NOT_SOLD = "base-card+pet-care@gen-z", "base-card+airport-lounge@career-core"
RULE = "lounge-needs-miles"


def without_rule(*given: Any) -> dict[str, Any]:
    schema = product_schema(*given)
    return schema | {"allOf": [said for said in schema["allOf"] if said["title"] != RULE]}


def listing_it(*given: Any) -> dict[str, Any]:
    return without_rule(*given) | {NOT_EXPRESSED: [{"rule": RULE, "reason": "too hard"}]}


def too_strict(*given: Any) -> dict[str, Any]:
    return product_schema(*given) | {"maxProperties": 0}


@pytest.mark.parametrize(
    ("compiled", "product", "code", "said"),
    [
        (product_schema, SOLD, 0, ""),
        (product_schema, NOT_SOLD, 1, ""),
        (without_rule, NOT_SOLD, 3, f"The engine refuses {NOT_SOLD} by {RULE}"),
        (listing_it, NOT_SOLD, 1, ""),
        (too_strict, SOLD, 3, f"The engine accepts {SOLD}"),
        (too_strict, NOT_SOLD, 1, ""),
    ],
)
def test_a_disagreement_is_a_fault_of_cardkit(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    compiled: Any,
    product: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(agreement, "product_schema", compiled)
    assert run(["check", product, "--catalog", CATALOG, "--as-of", "2026-07-01", "--lang", "en"]) == code
    out, err = capsys.readouterr()
    assert said in err
    assert (code == 3) == (out == "")
