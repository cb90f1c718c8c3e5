"""The verdict on a product: the answer first, then the reasons, then what to do."""

from collections.abc import Sequence
from typing import Any

from cardkit.ground.money import Fen
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, joined
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.model.sellable import Refusal
from cardkit.pricing.nearest import Suggestion
from cardkit.render.data_json import money
from cardkit.render.glyphs import Glyphs
from cardkit.render.numbers import amount


def check_body(
    catalog: Catalog,
    product: Product,
    sellable: bool,
    found: Sequence[Refusal],
    suggestions: Sequence[Suggestion],
    language: Language,
) -> dict[str, Any]:
    """The JSON body; each rule that is broken by a complete product is a smallest conflict by itself."""
    sets = []
    for refusal in found:
        site = catalog.site(refusal.entity, *refusal.path)
        sets.append(
            [
                {
                    "rule": refusal.rule,
                    "reason": refusal.reason.to(language),
                    "file": site.file,
                    "line": site.span.line,
                }
            ]
        )
    return {
        "product": str(product),
        "sellable": sellable,
        "conflict_sets": sets,
        "suggestions": [
            {
                "product": str(suggestion.product),
                "changes": list(suggestion.changes),
                "contribution_change": _money(suggestion.contribution_change),
                "customer_net_change": _money(suggestion.customer_net_change),
            }
            for suggestion in suggestions
        ],
    }


def _money(fen: Fen | None) -> str | None:
    return None if fen is None else money(fen)


def check_text(
    catalog: Catalog,
    product: Product,
    found: Sequence[Refusal],
    segments: Sequence[str] | None,
    suggestions: Sequence[Suggestion],
    language: Language,
    glyphs: Glyphs,
) -> str:
    """Lines for people; ends in a newline."""
    out = []
    if not found and segments is None:
        out.append(f"{glyphs.tick} {product}{Text('：可售', ': may be sold').to(language)}")
    elif not found and segments:
        names = joined([catalog.segments[name].name for name in segments]).to(language)
        count = f"{len(segments)}/{len(catalog.segments)}"
        sold = Text(f"：可售于 {count} 个客群：", f": may be sold in {count} segments: ").to(language)
        out.append(f"{glyphs.tick} {product}{sold}{one_line(names)}")
    else:
        out.append(f"{glyphs.cross} {product}{Text('：不可售', ': may not be sold').to(language)}")
    for refusal in found:
        site = catalog.site(refusal.entity, *refusal.path)
        out.append(
            f"  {refusal.rule}  {one_line(refusal.reason.to(language))}  ({site.file}:{site.span.line})"
        )
    if not found and segments is not None and not segments:
        out.append("  " + Text("没有任何客群可以购买", "no segment may have it").to(language))
    if found and not suggestions:
        none = Text("换卡、增减模块都没有可售的产品", "no change of card or modules makes it sellable")
        out.append("  " + none.to(language))
    if suggestions:
        out.append(Text("最接近的可售产品：", "the nearest that may be sold:").to(language))
    for suggestion in suggestions:
        changes = joined([_change(change) for change in suggestion.changes], "，", ", ").to(language)
        effect = ""
        if suggestion.contribution_change is not None and suggestion.customer_net_change is not None:
            bank = amount(suggestion.contribution_change, signed=True, glyphs=glyphs)
            customer = amount(suggestion.customer_net_change, signed=True, glyphs=glyphs)
            effect = Text(
                f"（贡献 {bank}，客户净值 {customer}）", f" (contribution {bank}, customer net {customer})"
            ).to(language)
        out.append(f"  {changes}{effect}  {suggestion.product}")
    return "\n".join(out) + "\n"


def _change(change: str) -> Text:
    if change.startswith("-"):
        return Text(f"去掉 {change[1:]}", f"remove {change[1:]}")
    if change.startswith("+"):
        return Text(f"加上 {change[1:]}", f"add {change[1:]}")
    return Text(f"改用 {change[5:]}", f"change to {change[5:]}")
