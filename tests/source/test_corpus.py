import csv
import pathlib
import time

import pytest

from cardkit.ground.finding import Severity
from cardkit.source.nodes import read

CORPUS = pathlib.Path(__file__).parents[1] / "corpus"

# Well-formed text of ordinary letters: only who knows that it is an id can refuse it.
IDS = {"chr-homoglyph-id.yaml", "chr-fullwidth-id.yaml"}


def rows() -> list[dict[str, str]]:
    with (CORPUS / "EXPECTED.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["file"]))
def test_a_hostile_file_gives_what_the_table_says(row: dict[str, str]) -> None:
    raw = (CORPUS / row["file"]).read_bytes()
    start = time.perf_counter()
    document, findings = read(row["file"], raw)
    assert time.perf_counter() - start < float(row["seconds"])
    errors = [found for found in findings if found.code.severity is Severity.ERROR]
    assert document is not None or errors
    if row["layer"] in {"schema", "output"} or row["file"] in IDS:
        assert not errors
    elif row["outcome"] in {"accept", "reject"}:
        assert bool(errors) == (row["outcome"] == "reject")
    if errors and row["line"] != "-":
        assert errors[0].site.span.line == int(row["line"])


def test_every_file_of_the_corpus_is_in_the_table() -> None:
    assert sorted(row["file"] for row in rows()) == sorted(path.name for path in CORPUS.glob("*.yaml"))
