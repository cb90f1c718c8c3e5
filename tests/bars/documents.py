"""300,000 mutated documents through the reader, 5,000 catalogs of them validated: no raw exception.

`python -m tests.bars.documents [--quick] [SEED]`
"""

import sys
import traceback
from collections import Counter
from datetime import date
from random import Random

from rich.text import Text as Styled

from cardkit.checks.run import run
from cardkit.ground.text import Text
from cardkit.render.data_json import Stamp
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report
from cardkit.source.build import build
from cardkit.source.load import from_texts
from cardkit.source.nodes import read
from tests.bars.mutation import ROOT, mutated, sources
from tests.bars.outcome import finish, quick

EXAMPLE = ROOT / "tests" / "checks" / "example"
AS_OF = date(2026, 7, 1)


def faults_of_reading(chance: Random, number: int, seen: Counter[str]) -> list[str]:
    """Documents read, built and, where a finding has to be placed, read once more."""
    files, faults = sources(), []
    names, contents = list(files), list(files.values())
    for _ in range(number):
        name = chance.choice(names)
        raw = mutated(chance, files[name], contents)
        try:
            document, findings = read(name, raw)
            if document is None:
                seen["refused by the reader"] += 1
            else:
                _, more = build(document)
                seen["refused by the schema" if more else "fine"] += 1
                findings = [*findings, *more]
                document.site(tuple(chance.choices([*document.data, 0, "benefits"], k=2)), key=False)
            if any(found.site.span.line < 1 for found in findings):
                faults.append(f"a finding without a line: {raw[:200]!r}")
        except Exception:  # noqa: BLE001 - what the bar counts
            faults.append(f"{traceback.format_exc(limit=-2)!s} from {raw[:300]!r}")
    return faults


def faults_of_validating(chance: Random, number: int, seen: Counter[str]) -> list[str]:
    """Small whole catalogs with one to three mutated files: loaded, checked, and their findings shown."""
    files = {file.relative_to(EXAMPLE).as_posix(): file.read_bytes() for file in EXAMPLE.rglob("*.yaml")}
    contents, faults = list(files.values()), []
    for _ in range(number):
        texts = dict(files)
        for name in chance.sample(sorted(files), chance.randint(1, 3)):
            texts[name] = mutated(chance, files[name], contents)
        try:
            catalog = from_texts(texts, [])
            findings = [*catalog.findings, *run(catalog, AS_OF)]
            crashed = [found.message.en for found in findings if found.code.name == "check-crashed"]
            faults += [f"{message} for {_changed(files, texts)}" for message in crashed]
            seen["catalogs with findings" if findings else "catalogs without findings"] += 1
            report = Report(
                tuple(findings),
                catalog.texts.get,
                "zh",
                Stamp("c", catalog.hash),
                AS_OF,
                ok=False,
                summary=Text("", ""),
            )
            for form in FORMATS:
                rendered = form.render(report)
                text = rendered.plain if isinstance(rendered, Styled) else rendered
                if any(ord(character) < 32 and character != "\n" for character in text):
                    faults.append(f"a control character in {form.name} for {_changed(files, texts)}")
        except Exception:  # noqa: BLE001 - what the bar counts
            faults.append(f"{traceback.format_exc(limit=-2)!s} from {_changed(files, texts)}")
    return faults


def _changed(files: dict[str, bytes], texts: dict[str, bytes]) -> str:
    """The mutated files, for whoever looks into the fault."""
    return str({name: raw for name, raw in texts.items() if raw != files[name]})[:1500]


def main(arguments: list[str]) -> int:
    """Both parts, one after the other."""
    few = quick(arguments)
    seeds = [int(each) for each in arguments if each.isdigit()]
    chance = Random(seeds[0] if seeds else 20260701)
    documents, catalogs = (2_000, 40) if few else (300_000, 5_000)
    seen: Counter[str] = Counter()
    faults = faults_of_reading(chance, documents, seen)
    faults += faults_of_validating(chance, catalogs, seen)
    counted = ", ".join(f"{number:,} {what}" for what, number in seen.most_common())
    reached = f"{len(faults)} raw exceptions in {documents:,} documents and {catalogs:,} catalogs ({counted})"
    return finish("mutated documents", reached, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
