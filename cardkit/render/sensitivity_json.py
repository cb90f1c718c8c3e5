"""Sensitivity as the JSON that other programs rely on: the member `sensitivity` of a product."""

from typing import Any

from cardkit.ground.money import Fen, percent, plain_number
from cardkit.ground.text import Language
from cardkit.pricing.assumptions import Assumption, Change
from cardkit.pricing.break_even import BreakEven
from cardkit.pricing.sensitivity import PartSensitivity, Sensitivity
from cardkit.render.data_json import money


def sensitivity_object(found: Sensitivity, language: Language) -> dict[str, Any]:
    """Break-evens and worst cases by part, then the strongest assumptions.

    Rates carry their sign, money is a decimal string; `value` is null where there is no break-even, and `why`
    says why. `own_…` is where the part pays for itself. An `amount` of null is a worst case without a bound.
    """
    return {
        "parts": [_part(part) for part in found.parts],
        "assumptions": [_assumption(each, language) for each in found.assumptions],
    }


def _part(part: PartSensitivity) -> dict[str, Any]:
    answers: dict[str, Any] = {"break_even_take_up": _answer(part.take_up, rate=True)}
    if part.kind == "card":
        answers["break_even_annual_fee"] = _answer(part.price, rate=False)
        answers["break_even_spend_change"] = _answer(part.spend, rate=True)
    else:
        answers["break_even_price"] = _answer(part.price, rate=False)
        answers["own_take_up"] = _answer(part.own_take_up, rate=True)
        answers["own_price"] = _answer(part.own_price, rate=False)
        answers["spend_uplift"] = _answer(part.spend, rate=True)
    return {
        "id": part.id,
        "kind": part.kind,
        **answers,
        "worst_case": {
            "amount": _optional(part.worst_cost),
            "borne_by_bank": _optional(part.worst_borne),
            "benefits": [
                {
                    "id": each.benefit,
                    "expected": _optional(each.expected),
                    "amount": _optional(each.cost),
                    "borne_by_bank": _optional(each.borne),
                }
                for each in part.worst
            ],
        },
    }


def _answer(answer: BreakEven | None, *, rate: bool) -> dict[str, Any] | None:
    if answer is None:
        return None

    def written(value: Any) -> str | None:
        if value is None:
            return None
        return percent(value) if rate else money(Fen(round(value * 100)))

    found = answer.found
    return {
        "now": written(answer.now),
        "value": None if found is None else written(found.value),
        "left": None if found is None else money(found.left),
        "set": list(answer.set),
        "why": answer.why,
        "searched": None
        if answer.ends is None
        else [{"value": written(end.value), "left": money(end.left)} for end in answer.ends],
    }


def _assumption(each: Assumption, language: Language) -> dict[str, Any]:
    value = None
    if each.value is not None:
        value = percent(each.value, 8) if each.unit == "rate" else plain_number(each.value)
    return {
        "path": each.path,
        "name": each.title.to(language),
        "value": value,
        "source": each.source or None,
        "less": _change(each.less),
        "more": _change(each.more),
    }


def _change(change: Change | None) -> dict[str, str] | None:
    if change is None:
        return None
    return {"set": change.set, "contribution_change": money(change.contribution_change)}


def _optional(fen: Fen | None) -> str | None:
    return None if fen is None else money(fen)
