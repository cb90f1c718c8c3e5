"""Small faults that somebody could make in code: one operator, comparison, constant or statement changed."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil"}
SPOKEN = ("Text", "note", "CardkitError", "MissingFigure")
"""Calls whose words only people read: they are looked at in goldens, and are no arithmetic."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one fault in it."""

    line: int
    what: str
    tree: ast.Module
    top: int
    """Place in the module's body of the statement that holds the fault."""
    function: str | None
    """The function or method that holds it, as Python calls it; None where it is outside of all."""


def mutants(source: str) -> Iterator[Mutant]:
    """Every fault in the functions and the module's own constants; none in docstrings, types, messages."""
    original = ast.parse(source)
    for top, statement in enumerate(original.body):
        functions = _functions(statement)
        left_out = _out_of_scope(statement)
        for number, node in enumerate(ast.walk(statement)):
            if node in left_out:
                continue
            for choice in range(2 if isinstance(node, ast.Compare) else 1):
                own = copy.deepcopy(statement)
                what = _changed(own, _numbered(own, number), choice)
                if what is not None:
                    body = [*original.body[:top], ast.fix_missing_locations(own), *original.body[top + 1 :]]
                    tree = ast.Module(body, original.type_ignores)
                    yield Mutant(getattr(node, "lineno", 0), what, tree, top, functions.get(node))


def _numbered(top: ast.AST, number: int) -> ast.AST:
    """The node that a walk meets after so many others."""
    return next(islice(ast.walk(top), number, None))


def _functions(top: ast.stmt) -> dict[ast.AST, str]:
    """The outermost function or method around each node."""
    inside = top.body if isinstance(top, ast.ClassDef) else [top]
    prefix = f"{top.name}." if isinstance(top, ast.ClassDef) else ""
    return {
        node: prefix + function.name
        for function in inside
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    }


def _out_of_scope(top: ast.stmt) -> set[ast.AST]:
    """Docstrings, annotations, default values, decorators, words for people, and what no function holds."""
    if isinstance(top, ast.Import | ast.ImportFrom | ast.Expr):
        return set(ast.walk(top))
    left_out = [each for node in ast.walk(top) for each in _left_out(node)]
    return {inner for node in left_out for inner in ast.walk(node)}


def _left_out(node: ast.AST) -> list[ast.AST]:
    """What of one node no test could tell from its mutant, or only people could."""
    if isinstance(node, ast.FunctionDef):
        return [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
    if isinstance(node, ast.ClassDef):
        fields = [inner for inner in node.body if not isinstance(inner, ast.FunctionDef)]
        return [*node.bases, *node.decorator_list, *fields]
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        some = {"note": node.args[:1] + node.args[2:], "cast": node.args[:1]}
        return [*some.get(called, [node] if called in SPOKEN else [])]
    words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield)
    spoken = isinstance(node, ast.keyword) and node.arg in ("needed_by", "steps", "formula", "strict")
    return [node] if words or spoken or isinstance(node, ast.Assert | ast.Raise) else []


def _changed(top: ast.AST, node: ast.AST, choice: int) -> str | None:
    """Put the fault into the tree; says what it is, None where there is none of this number."""
    for kinds, change in CHANGES:
        if isinstance(node, kinds):
            said = node.test if isinstance(node, ast.If | ast.IfExp) else node
            before = _shown(said)
            put = change(node, choice)
            if put is not node:
                if put is None:
                    return None
                _replaced(top, node, put)
            after = _shown(put.test if isinstance(put, ast.If | ast.IfExp) else put)
            return None if after == before else f"{before}  →  {after}".replace("\n", " ")
    return None


def _shown(node: ast.AST) -> str:
    """A node as code; a condition of a comprehension as what it lets through."""
    if isinstance(node, ast.comprehension):
        return f"for {ast.unparse(node.target)} if {' and '.join(map(ast.unparse, node.ifs)) or 'any'}"
    return ast.unparse(node)


def _operator(node: ast.AST, _choice: int) -> ast.AST | None:
    assert isinstance(node, ast.BinOp | ast.AugAssign)
    other = OPERATORS.get(type(node.op))
    if other is None:
        return None
    node.op = other()
    return node


def _comparison(node: ast.AST, choice: int) -> ast.AST | None:
    assert isinstance(node, ast.Compare)
    others = COMPARISONS[type(node.ops[0])]
    if choice >= len(others) or len(node.ops) > 1:
        return None
    node.ops[0] = others[choice]()
    return node


def _connective(node: ast.AST, _choice: int) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _constant(node: ast.AST, _choice: int) -> ast.AST | None:
    assert isinstance(node, ast.Constant)
    if isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node.value, int | float):
        node.value += 1
    elif isinstance(node.value, str) and node.value:
        node.value += "~"
    else:
        return None
    return node


def _sign(node: ast.AST, _choice: int) -> ast.AST:
    assert isinstance(node, ast.UnaryOp)
    return node.operand


def _returned(node: ast.AST, _choice: int) -> ast.AST:
    assert isinstance(node, ast.Return)
    if node.value is not None:
        node.value = ast.Constant(None)
    return node


def _condition(node: ast.AST, _choice: int) -> ast.AST | None:
    assert isinstance(node, ast.If | ast.IfExp)
    if isinstance(node.test, ast.Compare | ast.UnaryOp):
        return None  # they are turned round themselves
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return node


def _filter(node: ast.AST, _choice: int) -> ast.AST:
    assert isinstance(node, ast.comprehension)
    node.ifs = []
    return node


def _statement(node: ast.AST, _choice: int) -> ast.AST | None:
    """A call whose result nobody takes; what only writes on the worksheet stays."""
    assert isinstance(node, ast.Expr)
    call = node.value
    if not isinstance(call, ast.Call) or (isinstance(call.func, ast.Attribute) and call.func.attr == "note"):
        return None
    return ast.Pass()


def _name(node: ast.AST, _choice: int) -> ast.AST | None:
    assert isinstance(node, ast.Name)
    if node.id not in NAMES or not isinstance(node.ctx, ast.Load):
        return None
    node.id = NAMES[node.id]
    return node


CHANGES: tuple[tuple[Any, Callable[[ast.AST, int], ast.AST | None]], ...] = (
    (ast.BinOp | ast.AugAssign, _operator),
    (ast.Compare, _comparison),
    (ast.BoolOp, _connective),
    (ast.Constant, _constant),
    (ast.UnaryOp, _sign),
    (ast.Return, _returned),
    (ast.If | ast.IfExp, _condition),
    (ast.comprehension, _filter),
    (ast.Expr, _statement),
    (ast.Name, _name),
    (ast.Continue, lambda _node, _choice: ast.Break()),
)
"""The kinds of nodes and what is done to one; what comes back takes its place, None where nothing is done."""


def _replaced(top: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put one node in another's place."""
    for parent in ast.walk(top):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]
