"""The house stands: imports only go down, siblings don't import each other, packages re-export nothing."""

import ast
from pathlib import Path

import cardkit

ROOT = Path(cardkit.__file__).parent
FLOORS = {
    "ground": 1,
    "mechanics": 2,
    "model": 3,
    "combine": 4,
    "source": 5,
    "pricing": 6,
    "solve": 7,
    "preview": 8,
    "checks": 9,
    "expectations": 9,
    "diff": 10,
    "render": 11,
    "cli": 12,
    "__main__": 13,
}


def imports() -> list[tuple[str, str, str]]:
    """Every import inside the package as (file, floor of the file, floor of what it imports)."""
    return [
        (str(path.relative_to(ROOT)), path.relative_to(ROOT).parts[0].removesuffix(".py"), name.split(".")[1])
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (name := node.module or "").startswith("cardkit.")
    ]


def test_every_floor_is_named() -> None:
    assert {own for _, own, _ in imports()} | {other for _, _, other in imports()} <= set(FLOORS)


def test_imports_only_go_down() -> None:
    wrong = [
        f"{file}: {own} imports {other}" for file, own, other in imports() if FLOORS[other] > FLOORS[own]
    ]
    assert wrong == []


def test_packages_hold_one_sentence_and_import_nothing() -> None:
    for path in ROOT.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        allowed = 2 if path.parent == ROOT else 1  # the package itself also holds the version
        assert len(body) <= allowed, path
        assert isinstance(body[0], ast.Expr), path


def test_only_the_console_and_the_texts_touch_the_outside_world() -> None:
    outside = {"print", "open", "input"}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.func.id}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in outside
    ]
    assert wrong == []
