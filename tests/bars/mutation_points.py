"""Small faults that somebody could make in code: one changed operator, comparison, constant or statement each."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

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
        for number, node in enumerate(ast.walk(statement)):
            for choice in range(_choices(node)):
                tree = copy.deepcopy(original)
                own = list(ast.walk(tree.body[top]))
                if own[number] in _out_of_scope(tree.body[top]):
                    break
                what = _changed(tree.body[top], own[number], choice)
                if what is not None:
                    line = getattr(node, "lineno", 0)
                    yield Mutant(line, what, ast.fix_missing_locations(tree), top, functions.get(node))


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


def _choices(node: ast.AST) -> int:
    """The most faults that a node can have."""
    if isinstance(node, ast.Compare):
        return 2
    kinds = ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.Constant | ast.Return | ast.If | ast.IfExp | ast.Expr
    return 1 if isinstance(node, kinds | ast.AugAssign | ast.Name | ast.Continue | ast.comprehension) else 0


def _out_of_scope(top: ast.stmt) -> set[ast.AST]:
    """Docstrings, annotations, default values, decorators, words for people, and what is no code of a function."""
    left_out: list[ast.AST] = []
    if isinstance(top, ast.Import | ast.ImportFrom | ast.Expr):
        return set(ast.walk(top))
    for node in ast.walk(top):
        if isinstance(node, ast.FunctionDef):
            left_out += [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
        elif isinstance(node, ast.ClassDef):
            left_out += [*node.bases, *node.decorator_list]
            left_out += [inner for inner in node.body if not isinstance(inner, ast.FunctionDef)]
        elif isinstance(node, ast.AnnAssign):
            left_out.append(node.annotation)
        elif isinstance(node, ast.Assert | ast.Raise):
            left_out.append(node)
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "note":
                left_out += [node.args[0], *node.args[2:]]
            elif called in SPOKEN:
                left_out.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield):
            left_out.append(node)
        elif isinstance(node, ast.keyword) and node.arg in ("needed_by", "steps", "formula"):
            left_out.append(node)
    return {inner for node in left_out for inner in ast.walk(node)}


def _changed(top: ast.AST, node: ast.AST, choice: int) -> str | None:
    """Put the fault into the tree; says what it is, None where there is none of this number."""
    before = ast.unparse(node) if not isinstance(node, ast.comprehension) else ""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        node.op = OPERATORS[type(node.op)]()
    elif isinstance(node, ast.Compare):
        others = COMPARISONS[type(node.ops[0])]
        if choice >= len(others) or len(node.ops) > 1:
            return None
        node.ops[0] = others[choice]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            node.value = not node.value
        elif isinstance(node.value, int | float):
            node.value += 1
        elif isinstance(node.value, str) and node.value:
            node.value = node.value + "~"
        else:
            return None
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
        if isinstance(node.op, ast.Not):
            _replaced(top, node, node.operand)
            return f"{before}  →  {ast.unparse(node.operand)}"
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.UnaryOp):
        before = ast.unparse(node.test)
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return f"if {before}  →  if not"
    elif isinstance(node, ast.comprehension) and node.ifs:
        before = ast.unparse(node.ifs[0])
        node.ifs = []
        return f"… if {before}  →  all"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _is_note(node.value):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.Continue):
        _replaced(top, node, ast.Break())
        return "continue  →  break"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in NAMES:
        node.id = NAMES[node.id]
    else:
        return None
    after = ast.unparse(node)
    return None if after == before else f"{before}  →  {after}".replace("\n", " ")


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _is_note(call: ast.Call) -> bool:
    """Whether a statement only writes on the worksheet."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "note"


def _replaced(top: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put one node in another's place."""
    for parent in ast.walk(top):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]
