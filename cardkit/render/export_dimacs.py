"""A feature model in DIMACS, the format of SAT solvers and model counters.

Comments name the variables (`c 1 city-card`), say which are helpers, and quote the rule that clauses are of.
"""

from collections.abc import Iterator, Sequence

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text, same
from cardkit.solve.feature_model import Clause, FeatureModel


def dimacs(model: FeatureModel, about: Sequence[Text], language: Language) -> str:
    """The file's text; `about` says in a few lines whose model it is."""
    return "\n".join([*_head(model, about, language), *_body(model, language), ""])


def _head(model: FeatureModel, about: Sequence[Text], language: Language) -> Iterator[str]:
    for line in about:
        yield _comment(line, language)
    parts = (("card", model.cards), ("segment", model.segments), ("module", model.modules))
    number = 0
    for kind, names in parts:
        for name in names:
            number += 1
            yield _comment(same(f"{number} {name} ({kind})"), language)
    if model.helpers:
        first, last = len(model.named) + 1, model.features
        helpers = Text(
            f"{first} 至 {last}：求和用的辅助变量，每个产品各有唯一取值，不影响计数",
            f"{first} to {last}: helpers for sums; each has one value for every product, no count changes",
        )
        yield _comment(helpers, language)
    clauses = sum(1 for _ in model.choices()) + sum(len(each.clauses) for each in model.stated)
    yield f"p cnf {model.features} {clauses}"


def _body(model: FeatureModel, language: Language) -> Iterator[str]:
    yield _comment(Text("恰好一张卡、一个客群", "exactly one card, exactly one segment"), language)
    yield from map(_clause, model.choices())
    for each in model.stated:
        helpers = Text("", "")
        if each.helpers:
            first, last = each.helpers[0], each.helpers[-1]
            helpers = Text(f"（辅助变量 {first} 至 {last}）", f" (helpers {first} to {last})")
        yield _comment(same(f"{each.rule}: ") + each.reason + helpers, language)
        yield from map(_clause, each.clauses)


def _clause(clause: Clause) -> str:
    return " ".join(map(str, (*clause, 0)))


def _comment(text: Text, language: Language) -> str:
    return f"c {disarm(one_line(text.to(language)), anywhere=True)}"
