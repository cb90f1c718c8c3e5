"""What is made from the code is committed as the code makes it."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_schemas_and_generated_pages_are_what_the_code_makes_now() -> None:
    differing = [
        str(path.relative_to(ROOT))
        for path, text in generator().pages()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert differing == [], "run `make docs`"
