"""Reads boolean feature models in UVL (Universal Variability Language) as problems of the engine.

A feature is a variable, the model one cell. Read are the feature tree with its groups (mandatory, optional,
or, alternative, and cardinalities such as `[1..3]`), attributes of features (skipped), and constraints over
features with `!`, `&`, `|`, `=>`, `<=>` and parentheses. Imports, typed features, feature cardinalities and
arithmetic are no boolean models and refused. `python benchmarks/uvl.py MODEL.uvl` prints what is found.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cardkit.solve.counting import count_with
from cardkit.solve.diagram import compile_diagram
from cardkit.solve.limits import Limits
from cardkit.solve.problem import Limit, Need, Problem, Sum
from cardkit.solve.programme import Programme

CELL = "model"
MOST_CLAUSES = 4096
"""Of one constraint, written out; more is refused."""

Clause: TypeAlias = frozenset[int]
"""At least one of these holds: 1 is the first feature, −1 that it is left out."""


class NotBoolean(ValueError):
    """What is read is no boolean UVL; says where."""


class Group(NamedTuple):
    """Children of which a chosen parent has at least, and at most, so many; both inclusive."""

    parent: int
    least: int
    most: int
    children: tuple[int, ...]


@dataclass
class Model:
    """A feature model: variables are features in the order of the file."""

    features: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    """Every constraint, written out."""

    def problem(self) -> Problem:
        """The same choices as a problem with one cell; the root, the first feature, is always chosen."""
        sums = [_sum({0: 1}, 1, None)]
        needs = []
        for group in self.groups:
            ones = dict.fromkeys(group.children, 1)
            if group.least == group.most == len(group.children):
                for child in group.children:
                    needs.append(_need({group.parent}, {child}))
                    needs.append(_need({child}, {group.parent}))
            elif group.least == group.most:
                sums.append(_sum({**ones, group.parent: -group.most}, 0, 0))
            else:
                if group.least == 1:
                    needs.append(_need({group.parent}, set(group.children)))
                elif group.least:
                    sums.append(_sum({**ones, group.parent: -group.least}, 0, None))
                if group.most < len(group.children):
                    sums.append(_sum({**ones, group.parent: -group.most}, None, 0))
                else:
                    needs += [_need({child}, {group.parent}) for child in group.children]
        for clause in self.clauses:
            chosen = {literal - 1 for literal in clause if literal > 0}
            left_out = {-literal - 1 for literal in clause if literal < 0}
            if len(left_out) == 1:
                needs.append(_need(left_out, chosen))
            else:
                weights = {**dict.fromkeys(chosen, 1), **dict.fromkeys(left_out, -1)}
                sums.append(_sum(weights, 1 - len(left_out), None))
        return Problem(tuple(self.features), (CELL,), (1,) * len(self.features), tuple(sums), tuple(needs))


def _sum(weights: dict[int, int], least: int | None, most: int | None) -> Sum:
    return Sum(tuple(weights.items()), (Limit(least, most, 1, CELL),))


def _need(triggers: set[int], needs: set[int]) -> Need:
    return Need(frozenset(triggers), frozenset(needs), CELL)


# reading -----------------------------------------------------------------------------------------------

_COMMENT = re.compile(r"""^((?:[^"/]|"[^"]*"|/(?!/))*)//.*""")
"""From the first `//` that stands in no quotes."""
_SECTIONS = {"namespace", "include", "features", "constraints"}
_FEATURE = re.compile(r'(?P<name>"[^"]+"|[^\s"{}\[\]]+)\s*(?P<attributes>\{.*\})?')
_CARDINALITY = re.compile(r"\[\s*(?:(?P<least>\d+)\s*\.\.\s*)?(?P<most>\d+|\*)\s*\]")


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def read(text: str) -> Model:
    """The model of a file's text. Raises NotBoolean."""
    model = Model()
    section = ""
    tree: list[_Line] = []
    constraints: list[_Line] = []
    for line in _lines(text):
        if line.indent == 0:
            section, _, rest = line.text.partition(" ")
            if section not in _SECTIONS or (rest and section != "namespace"):
                raise NotBoolean(f"line {line.number}: {line.text}")
        elif section == "features":
            tree.append(line)
        elif section == "constraints":
            constraints.append(line)
        elif section != "include":
            raise NotBoolean(f"line {line.number}: {line.text}")
    _read_tree(model, tree)
    names = {name: index for index, name in enumerate(model.features, 1)}
    for line in constraints:
        model.clauses += clauses(_Formula(line.text, names, line.number).read(), MOST_CLAUSES)
    return model


def _lines(text: str) -> Iterator[_Line]:
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub(r"\1", raw).expandtabs(4).rstrip()
        if line:
            yield _Line(number, len(line) - len(line.lstrip()), line.lstrip())


def _read_tree(model: Model, lines: Sequence[_Line]) -> None:
    """Features and groups alternate: below a feature stand its groups, below a group its features."""
    # Open features and groups, from the root: (indent, feature) or (indent, group's key).
    opened: list[tuple[int, int | tuple[int, int]]] = []
    children: dict[tuple[int, int], list[int]] = {}
    kinds: dict[tuple[int, int], _Line] = {}
    for line in lines:
        while opened and opened[-1][0] >= line.indent:
            opened.pop()
        above = opened[-1][1] if opened else None
        if isinstance(above, int):
            key = (above, line.number)
            children[key], kinds[key] = [], line
            opened.append((line.indent, key))
            continue
        found = _FEATURE.fullmatch(line.text)
        if found is None or (above is None and model.features):
            raise NotBoolean(f"line {line.number}: {line.text}")
        feature = len(model.features)
        model.features.append(found["name"].strip('"'))
        if above is not None:
            children[above].append(feature)
        opened.append((line.indent, feature))
    if len(set(model.features)) < len(model.features):
        raise NotBoolean("a feature stands twice")
    for key, line in kinds.items():
        least, most = _bounds(line, len(children[key]))
        model.groups.append(Group(key[0], least, most, tuple(children[key])))


def _bounds(line: _Line, number: int) -> tuple[int, int]:
    known = {"mandatory": (number, number), "optional": (0, number), "or": (1, number), "alternative": (1, 1)}
    if line.text in known:
        return known[line.text]
    found = _CARDINALITY.fullmatch(line.text)
    if found is None:
        raise NotBoolean(f"line {line.number}: {line.text}")
    most = number if found["most"] == "*" else int(found["most"])
    least = most if found["least"] is None else int(found["least"])
    return (0 if found["most"] == "*" and found["least"] is None else least), min(most, number)


# constraints -------------------------------------------------------------------------------------------

Formula: TypeAlias = "int | tuple[str, tuple[Formula, ...]]"
"""A literal, or `and` or `or` of formulas; negations stand at features only."""

_TOKEN = re.compile(r'\s*(<=>|=>|[!&|()]|"[^"]+"|[^\s!&|()<=>"]+)')


class _Formula:
    """Reads one constraint; the loosest operator is `<=>`, then `=>`, `|`, `&`, `!`."""

    def __init__(self, text: str, names: dict[str, int], number: int) -> None:
        self._names, self._number = names, number
        self._tokens: list[str] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise self._wrong(text[at:])
            self._tokens.append(found[1])
            at = found.end()

    def read(self) -> Formula:
        formula = self._equal()
        if self._tokens:
            raise self._wrong(self._tokens[0])
        return formula

    def _wrong(self, what: str) -> NotBoolean:
        return NotBoolean(f"line {self._number}: {what} is no boolean constraint")

    def _taken(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            del self._tokens[0]
            return True
        return False

    def _equal(self) -> Formula:
        left = self._implied()
        while self._taken("<=>"):
            right = self._implied()
            left = ("and", (("or", (_not(left), right)), ("or", (left, _not(right)))))
        return left

    def _implied(self) -> Formula:
        left = self._any()
        while self._taken("=>"):
            left = ("or", (_not(left), self._any()))
        return left

    def _any(self) -> Formula:
        found = [self._all()]
        while self._taken("|"):
            found.append(self._all())
        return ("or", tuple(found)) if len(found) > 1 else found[0]

    def _all(self) -> Formula:
        found = [self._one()]
        while self._taken("&"):
            found.append(self._one())
        return ("and", tuple(found)) if len(found) > 1 else found[0]

    def _one(self) -> Formula:
        if self._taken("!"):
            return _not(self._one())
        if self._taken("("):
            formula = self._equal()
            if not self._taken(")"):
                raise self._wrong("( without )")
            return formula
        name = self._tokens.pop(0) if self._tokens else "nothing"
        if name.strip('"') not in self._names:
            raise self._wrong(name)
        return self._names[name.strip('"')]


def _not(formula: Formula) -> Formula:
    if isinstance(formula, int):
        return -formula
    kind, parts = formula
    return ("or" if kind == "and" else "and", tuple(_not(part) for part in parts))


def clauses(formula: Formula, most: int) -> list[Clause]:
    """A formula as clauses, written out; the ones that always hold are left out. Raises NotBoolean."""
    if isinstance(formula, int):
        return [frozenset({formula})]
    kind, parts = formula
    of_parts = [clauses(part, most) for part in parts]
    if kind == "and":
        found = {clause for each in of_parts for clause in each}
    else:
        found = {frozenset[int]()}
        for each in of_parts:
            found = {left | right for left in found for right in each}
            found = {clause for clause in found if not any(-literal in clause for literal in clause)}
            if len(found) > most:
                raise NotBoolean(f"a constraint has more than {most} clauses")
    return sorted(found, key=sorted)


# what the engine finds ---------------------------------------------------------------------------------


class Figures(NamedTuple):
    """The number of configurations, and of features that are in all of them and in none."""

    configurations: int
    core: int
    dead: int
    nodes: int


def figures(model: Model, limits: Limits) -> Figures:
    """What the engine finds. Raises TooLarge, OutOfTime."""
    diagram = compile_diagram(model.problem(), limits)
    counted = count_with(Programme(diagram, (0,), limits))
    (configurations,) = counted.products
    having = [number for (number,) in counted.with_variable]
    return Figures(configurations, having.count(configurations), having.count(0), diagram.nodes)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("models", nargs="+", type=Path)
    print("model\tfeatures\tconfigurations\tcore\tdead\tnodes\tCPU s")
    for path in parser.parse_args(arguments).models:
        began = time.process_time()
        model = read(path.read_text(encoding="utf-8"))
        found = figures(model, Limits())
        print(
            path.stem,
            len(model.features),
            found.configurations,
            found.core,
            found.dead,
            found.nodes,
            f"{time.process_time() - began:.3f}",
            sep="\t",
        )


if __name__ == "__main__":
    main(sys.argv[1:])
