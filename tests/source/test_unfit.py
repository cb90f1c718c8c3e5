"""The first finding names the real fault, wherever it is, and one fault is one finding."""

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from cardkit.source.build import build
from cardkit.source.document import Document
from cardkit.source.nodes import read

EXAMPLE = Path(__file__).parent.parent.parent / "catalog"
SAMPLES = (
    "cards/base-card",
    "modules/pet-care",
    "modules/rent-instalments",
    "segments/gen-z",
    "campaigns/team-bonus",
)


def document(name: str, text: str) -> Document:
    made, findings = read(f"{name}.yaml", text.encode())
    assert made is not None, findings
    return made


def loaded(name: str) -> Any:
    return document(name, (EXAMPLE / f"{name}.yaml").read_text(encoding="utf-8")).data


def dumped(data: Any) -> str:
    class Exact(yaml.SafeDumper):
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    Exact.add_representer(
        Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value))
    )
    return yaml.dump(data, Dumper=Exact, allow_unicode=True, sort_keys=False)


def containers(data: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from containers(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from containers(value, (*path, index))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


FIXED = ("title", "categories", "usage", "segments", "by_segment", "attributes")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_misspelt_key_is_one_finding_at_that_key_that_says_what_was_meant(name: str) -> None:
    original = loaded(name)
    tried = 0
    for path, container in list(containers(original)):
        if path and path[-1] in FIXED:
            continue  # keys are ids here: a wrong one is an unknown id
        for key in container:
            if key in ("kind", "mechanic", "zh", "en", "id") or len(key) < 4:
                continue
            broken = copy.deepcopy(original)
            here = at(broken, path)
            items = [(k + "x" if k == key else k, v) for k, v in here.items()]
            here.clear()
            here.update(items)
            made, findings = build(document(name, dumped(broken)))
            assert made is None
            assert [finding.code.id for finding in findings] == ["CK101"], (path, key, findings)
            assert findings[0].site.path == (*path, key + "x")
            assert findings[0].hint is not None
            assert key in findings[0].hint.en
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("name", SAMPLES)
def test_a_missing_key_is_one_finding_at_its_parent(name: str) -> None:
    original = loaded(name)
    for key in ("owner", "name"):
        broken = copy.deepcopy(original)
        del broken[key]
        _, findings = build(document(name, dumped(broken)))
        assert [(finding.code.id, finding.site.path) for finding in findings] == [("CK102", (key,))]


CASES = [
    (
        "a rate without its sign",
        "modules/pet-care",
        ("benefits", 0, "take_up"),
        Decimal("0.35"),
        "CK103",
        "%",
    ),
    ("a rate that is text", "modules/pet-care", ("benefits", 0, "take_up"), "a third", "CK105", "0.45%"),
    ("a price in quotes", "modules/pet-care", ("price",), "68", "CK103", "without quotes"),
    ("a negative price", "modules/pet-care", ("price",), -1, "CK106", "at least 0"),
    ("a third decimal", "modules/pet-care", ("price",), Decimal("68.005"), "CK109", "fen"),
    ("a wrong word", "modules/pet-care", ("status",), "alive", "CK104", "did you mean live"),
    (
        "a wrong mechanic",
        "modules/pet-care",
        ("benefits", 0, "mechanic"),
        "discounts",
        "CK104",
        "did you mean discount",
    ),
    ("31 February", "modules/pet-care", ("valid", "until"), "2027-02-31", "CK109", "exists"),
    ("a date in words", "modules/pet-care", ("valid", "until"), "end of 2027", "CK105", "2026-12-31"),
    ("an id with capitals", "modules/pet-care", ("id",), "Pet-Care", "CK105", "lower-case"),
    ("nothing where a name should be", "modules/pet-care", ("name",), None, "CK103", None),
    ("one language only", "modules/pet-care", ("name",), {"zh": "宠物"}, "CK102", "en"),
    ("no benefits", "modules/pet-care", ("benefits",), [], "CK107", None),
]


@pytest.mark.parametrize(
    ("what", "name", "path", "value", "code", "instead"), CASES, ids=[case[0] for case in CASES]
)
def test_a_wrong_value_is_one_finding_at_that_value(
    what: str, name: str, path: tuple[Any, ...], value: Any, code: str, instead: str | None
) -> None:
    broken = loaded(name)
    at(broken, path[:-1])[path[-1]] = value
    made, findings = build(document(name, dumped(broken)))
    found = [finding for finding in findings if finding.code.id != "CK112"]
    assert made is None, what
    assert [finding.code.id for finding in found] == [code], found
    assert found[0].site.path[: len(path)] == path
    if instead is not None:
        assert found[0].hint is not None
        assert instead in found[0].hint.en
    assert found[0].message.zh != found[0].message.en


def test_one_fault_never_hides_the_next() -> None:
    broken = loaded("modules/pet-care")
    broken["price"] = "68"
    broken["status"] = "alive"
    broken["valid"]["until"] = "2027-02-31"
    broken["benefits"][0]["taek_up"] = broken["benefits"][0].pop("take_up")
    _, findings = build(document("modules/pet-care", dumped(broken)))
    assert sorted(finding.code.id for finding in findings) == ["CK101", "CK103", "CK104", "CK109"]


def test_a_file_in_the_wrong_folder_or_of_no_kind_is_told_what_to_do() -> None:
    text = (EXAMPLE / "modules/pet-care.yaml").read_text(encoding="utf-8")
    for name, kind, code in (
        ("cards/pet-care", "kind: module", "CK111"),
        ("modules/pet-care", "kind: modul", "CK110"),
        ("modules/cat-care", "kind: module", "CK112"),
        ("elsewhere/pet-care", "kind: module", "CK111"),
    ):
        _, findings = build(document(name, text.replace("kind: module", kind)))
        assert [finding.code.id for finding in findings] == [code], name
