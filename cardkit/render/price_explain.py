"""The arithmetic of each line, as a worked example: inputs with their sources, steps with formulas."""

from fractions import Fraction

from cardkit.ground.money import percent, plain_number
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text
from cardkit.pricing.lines import Line
from cardkit.pricing.price import Price
from cardkit.pricing.worksheet import Step
from cardkit.render.glyphs import Glyphs
from cardkit.render.numbers import amount


def explain(price: Price, language: Language, glyphs: Glyphs) -> str:
    """Each line of the bank's side with how it came about, as plain text lines; ends in a newline."""
    out: list[str] = []
    for line in price.lines:
        out.append(f"{_title(line, language)}  {amount(line.amount, signed=True, glyphs=glyphs)}")
        seen: set[tuple[str, Fraction]] = set()
        for step in line.steps:
            mark = (step.title.en + step.formula, step.value)
            if mark not in seen:
                seen.add(mark)
                out.append("    " + _said(step, language))
        out.append("")
    total = Text("贡献", "contribution").to(language)
    out.append(f"{total} = {_sum(price)}  {amount(price.contribution, signed=True, glyphs=glyphs)}")
    return "\n".join(out) + "\n"


def _title(line: Line, language: Language) -> str:
    return f"{one_line(line.name.to(language))} [{line.id}]"


def _sum(price: Price) -> str:
    return f"Σ {len(price.lines)}"


def _said(step: Step, language: Language) -> str:
    value = percent(step.value, 4) if step.unit == "rate" else plain_number(step.value, 6)
    title = one_line(step.title.to(language))
    if step.formula:
        how = "" if step.formula == "=" else f"   [{step.formula}]"
        return f"= {title}: {value}{how}"
    where = "" if step.origin is None else f"   {step.origin()}"
    source = "" if not step.source else f"  ({one_line(step.source)})"
    return f"· {title}: {value}{where}{source}"
