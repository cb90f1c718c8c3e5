"""A feature model in UVL, the Universal Variability Language, at its boolean level.

Names of our own begin with a capital letter, so that no id of a catalog is one of them. Helpers for sums are
features like others (UVL knows no other variables), in a group of their own; constraints say exactly when
each is there.
"""

from collections.abc import Iterator, Sequence

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text, same
from cardkit.solve.feature_model import Clause, FeatureModel


def uvl(model: FeatureModel, about: Sequence[Text], language: Language) -> str:
    """The file's text; `about` says in a few lines whose model it is. Needs a card and a segment."""
    names = [_quoted(name) for name in model.named]
    names += [f"Sum_{number}" for number in range(1, model.helpers + 1)]
    # The namespace comes first: parsers of UVL's published grammar refuse several comments before it.
    lines = ["namespace Products", "", *(_comment(line, language) for line in about), ""]
    lines += ["features", *_tree(model, names)]
    constraints = list(_constraints(model, names, language))
    if constraints:
        lines += ["", "constraints", *constraints]
    return "\n".join([*lines, ""])


def _tree(model: FeatureModel, names: Sequence[str]) -> Iterator[str]:
    cards, segments = len(model.cards), len(model.segments)
    groups = (
        ("Card", "alternative", names[:cards]),
        ("Segment", "alternative", names[cards : cards + segments]),
        ("Modules", "optional", names[cards + segments : len(model.named)]),
        ("Sums", "optional", names[len(model.named) :]),
    )
    yield "\tProduct {abstract}"
    yield "\t\tmandatory"
    for parent, group, members in groups:
        if members:
            yield f"\t\t\t{parent} {{abstract}}"
            yield f"\t\t\t\t{group}"
            yield from (f"\t\t\t\t\t{name}" for name in members)


def _constraints(model: FeatureModel, names: Sequence[str], language: Language) -> Iterator[str]:
    for each in model.stated:
        yield "\t" + _comment(same(f"{each.rule}: ") + each.reason, language)
        for clause in each.clauses:
            yield "\t" + _implication(clause, names)


def _implication(clause: Clause, names: Sequence[str]) -> str:
    """A clause as it reads best: what is there, and what then must be there too."""
    there = [names[-each - 1] for each in clause if each < 0]
    then = [names[each - 1] for each in clause if each > 0]
    if not clause:
        return "!Product"
    if not there:
        return " | ".join(then)
    if not then:
        return " | ".join(f"!{name}" for name in there)
    return f"{_grouped(there, ' & ')} => {_grouped(then, ' | ')}"


def _grouped(names: Sequence[str], operator: str) -> str:
    return names[0] if len(names) == 1 else f"({operator.join(names)})"


def _quoted(name: str) -> str:
    """An id is no identifier of UVL where it has a hyphen or begins with a digit."""
    return f'"{name}"'


def _comment(text: Text, language: Language) -> str:
    return f"// {disarm(one_line(text.to(language)), anywhere=True)}"
