"""Writes what is made from the code: schemas for editors; pages on format, mechanics, checks, commands.

`python docs/generate.py` writes; `python docs/generate.py --check` compares and fails on a difference.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cardkit.checks.base import Check
from cardkit.checks.law_rows import LAW_ROWS
from cardkit.checks.mistakes import MISTAKES
from cardkit.checks.page import Page, render
from cardkit.checks.profile import PROFILES
from cardkit.checks.registry import CHECKS
from cardkit.cli.commands.registry import COMMANDS
from cardkit.diff.registry import PROMISES
from cardkit.ground.shape.base import Item, Shape, declared, required_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.text import Language
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.registry import MECHANICS
from cardkit.model.expectation import EXPECTATION, Expectation, Expectations
from cardkit.model.kinds import KINDS
from cardkit.model.settings import Settings
from cardkit.model.waiver import Waivers
from cardkit.source.editor import editor_settings
from cardkit.source.load import load
from cardkit.source.schema import schema_files
from cardkit.source.write import write_text

ROOT = Path(__file__).parent.parent
NOTE = "<!-- made by docs/generate.py from the code: change the code, then run `make docs` -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    for name, text in schema_files().items():
        yield ROOT / "cardkit" / "schemas" / name, text
    for law in sorted((ROOT / "catalog" / "law").glob("*.yaml")):  # `cardkit init` hands them on
        yield ROOT / "cardkit" / "starter" / "law" / law.name, law.read_text(encoding="utf-8")
    yield ROOT / ".vscode" / "settings.json", _editor_settings()
    yield ROOT / "docs" / "format.md", NOTE + _format_page()
    yield ROOT / "docs" / "mechanics.md", NOTE + _mechanics_page()
    yield ROOT / "docs" / "checks.md", NOTE + _checks_page()
    yield ROOT / "docs" / "law.md", NOTE + _law_page()
    yield ROOT / "docs" / "commands.md", NOTE + _commands_page()


def _editor_settings() -> str:
    return json.dumps({"yaml.schemas": editor_settings("./cardkit/schemas/", "catalog/")}, indent=2) + "\n"


def _inner(shape: Shape) -> Iterator[Record]:
    if isinstance(shape, Record):
        yield shape
    elif isinstance(shape, ListOf | MapOf | FigureOf):
        yield from _inner(shape.inner)
    elif isinstance(shape, Tagged):
        yield from shape.records.values()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _row(key: str, said: Item, required: bool) -> str:
    label = said.shape.label()
    example = "" if said.example is None else f" `{said.example}`"
    must = "**yes**" if required else ""
    about = f"{said.about.en}<br>{said.about.zh}{example}"
    cells = (f"`{key}`", f"{said.title.en} {said.title.zh}", label.en, must, about)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _table(record: type, skip: frozenset[str] = frozenset()) -> str:
    required = required_of(record)
    rows = [_row(key, said, key in required) for _, key, said, _ in declared(record) if key not in skip]
    return "\n".join(["| key | title | value | must | about |", "|---|---|---|---|---|", *rows]) + "\n"


def _format_page() -> str:
    parts = [
        "# The catalog format\n\n"
        "One entity per file, file name = id. `must` keys can't be left out; every other key has a default.\n"
        "A number that may be dated or sourced is written plainly (`300`, `0.45%`), as\n"
        "`{value: 300, source: …, status: measured|contract|assumed}`, as a dated list\n"
        "`[{from: 2026-01-01, value: 300}, …]`, or, where the table says so, by segment:\n"
        "`{default: 30%, by_segment: {gen-z: 35%}}`.\n\n"
        "## catalog.yaml\n\n" + _table(Settings)
    ]
    seen: dict[str, Record] = {}
    queue = [shape for _, _, said, _ in declared(Settings) for shape in _inner(said.shape)]
    for kind in KINDS:
        records = list(_inner(kind.shape))
        head = f"## {kind.word} ({kind.name.zh}), in `{kind.folder}/`\n\n"
        if len(records) == 1:
            parts.append(head + f"{_first(records[0].made)}\n\n" + _table(records[0].made))
        else:
            parts.append(head + "One of the following, by the word under `rule`.\n")
            for word, record in zip(kind.shape.records, records, strict=True):  # type: ignore[attr-defined]
                parts.append(f"### rule: {word}\n\n{_first(record.made)}\n\n" + _table(record.made))
        for record in records:
            queue += [shape for _, _, said, _ in declared(record.made) for shape in _inner(said.shape)]
    parts.append(_expectations(queue))
    parts.append(_waivers(queue))
    parts.append("## Parts\n")
    while queue:
        record = queue.pop(0)
        if record.name in seen or issubclass(record.made, Benefit):
            continue
        seen[record.name] = record
        parts.append(f"### {record.name}\n\n{_first(record.made)}\n\n" + _table(record.made))
        queue += [shape for _, _, said, _ in declared(record.made) for shape in _inner(said.shape)]
    parts.append("Benefits are described in [mechanics.md](mechanics.md).\n")
    return "\n".join(parts)


def _expectations(queue: list[Record]) -> str:
    """The part on `tests/`; what its records are made of joins the queue."""
    common = frozenset(key for _, key, _, _ in declared(Expectation))
    head = (
        "## expectations (预期), in `tests/`\n\n"
        "What a catalog's owners hold it to. `cardkit test` tells what is not as expected, `cardkit\n"
        "validate` whether the files are well written. They lie in `tests/` of the catalog's folder, in\n"
        "files and folders of any name, and are no part of the catalog: they have no id, nothing refers to\n"
        "them, and they don't change its content hash.\n"
    )
    every = "### expectation\n\nEach has these keys, and those of its kind, by the word under `expect`.\n"
    parts = [head, _table(Expectations), every, _table(Expectation)]
    for word, record in EXPECTATION.records.items():
        parts.append(f"### expect: {word}\n\n{_first(record.made)}\n\n" + _table(record.made, common))
        queue += [shape for _, _, said, _ in declared(record.made) for shape in _inner(said.shape)]
    return "\n".join(parts)


def _waivers(queue: list[Record]) -> str:
    """The part on `waivers/`; what its records are made of joins the queue."""
    queue += [shape for _, _, said, _ in declared(Waivers) for shape in _inner(said.shape)]
    head = (
        "## waivers (放行), in `waivers/`\n\n"
        "Breaks of promises (CK8) that somebody has approved. `cardkit diff` tells them apart from those\n"
        "that nobody has; one that is past its last day approves nothing, and is told. They lie in\n"
        "`waivers/` of the catalog's folder, in files of any name, and are no part of it, as `tests/`\n"
        "is not.\n"
    )
    return "\n".join([head, _table(Waivers)])


def _first(record: type) -> str:
    return (record.__doc__ or "").strip().partition("\n\n")[0]


def _mechanics_page() -> str:
    common = frozenset(key for _, key, _, _ in declared(Benefit))
    parts = [
        "# Benefit mechanics\n\n"
        "Cost = e·t·E[units | limits]·unit cost·(1−π), bounded by the pool: eligible e, take-up t,\n"
        "partner share π. `settle` is what the contract grants for concrete inputs, `expect` its closed\n"
        "form; the tests hold the two together.\n\n## Common to all\n\n" + _table(Benefit)
    ]
    for mechanic in MECHANICS:
        word = Record(mechanic).name
        doc = "\n".join(line.removeprefix("    ") for line in (mechanic.__doc__ or "").strip().splitlines())
        parts.append(f"## {word}\n\n{doc}\n\n" + _table(mechanic, common))
    return "\n".join(parts)


def _checks_page() -> str:
    parts = [
        "# Checks\n\nCodes and names are accepted alike: `cardkit rule CK201`, `cardkit rule unknown-id`.\n"
    ]
    for check in sorted((*CHECKS, *PROMISES), key=lambda check: check.code.id):
        code = check.code
        parts.append(
            f"## {code.id} {code.name} ({code.severity})\n\n```text\n{_lines(check.page, 'en')}```\n"
        )
        parts.append(f"```text\n{_lines(check.page, 'zh')}```\n")
    return "\n".join(parts)


def _law_page() -> str:
    laws = load(ROOT / "catalog").laws.values()
    head = (
        "# Law, and what else catches mistakes\n\n"
        "Every requirement of law that a catalog check can hold. The law is data: a file in `catalog/law/`\n"
        "with its citation, dates, certainty, figures and words, which a compliance officer edits; without\n"
        "it the check doesn't run, and `missing-law` says so. *On files* checks what is written in the\n"
        "catalog, *on pages* the customer's page as `cardkit preview` makes it.\n\n"
        "Confirmed law gives errors, anything else warnings. `cardkit validate --profile` changes that for\n"
        "law and wording (CK7):\n\n"
    )
    profiles = "".join(f"- `{word}`: {said.en}. {said.zh}。\n" for word, said in PROFILES.items())
    columns = "| requirement | law | citation | from | status | on files | on pages |\n"
    rows = [columns, "|---|---|---|---|---|---|---|\n"]
    for row in LAW_ROWS:
        names = {name for check in row.on_files for name in (check.code.name, check.code.id)}
        own = [law for law in laws if law.check in names]
        cells = (
            f"{row.requirement.en}<br>{row.requirement.zh}",
            "<br>".join(f"`{law.id}`" for law in own),
            "<br>".join(law.citation for law in own),
            "<br>".join(str(law.valid.since if law.valid else "") for law in own),
            "<br>".join(law.certainty for law in own),
            _codes(row.on_files),
            _codes(row.on_pages),
        )
        rows.append("| " + " | ".join(_cell(cell) for cell in cells) + " |\n")
    mistakes = ["\n## Not law\n\n| mistake | checks |\n|---|---|\n"]
    for mistake in MISTAKES:
        said = _cell(f"{mistake.what.en}<br>{mistake.what.zh}")
        mistakes.append(f"| {said} | {_codes(mistake.checks)} |\n")
    return head + profiles + "\n" + "".join(rows) + "".join(mistakes)


def _codes(checks: tuple[Check, ...]) -> str:
    return "<br>".join(f"{check.code.id} `{check.code.name}`" for check in checks)


def _lines(page: Page, language: Language) -> str:
    return "\n".join(render(page, language)) + "\n"


def _commands_page() -> str:
    rows = [f"| `cardkit {command.name}` | {command.about.en} | {command.about.zh} |" for command in COMMANDS]
    return "# Commands\n\n| command | does | 作用 |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def main() -> int:
    """Write the files, or with `--check` compare them; 1 where one differs."""
    differing = []
    for path, text in pages():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            differing.append(path.relative_to(ROOT))
            if "--check" not in sys.argv:
                write_text(path, text)
    for path in differing:
        sys.stdout.write(f"{'differs' if '--check' in sys.argv else 'wrote'}: {path}\n")
    return 1 if differing and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
