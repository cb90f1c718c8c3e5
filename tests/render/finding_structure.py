"""Reads findings back from every format as its readers do, and says what is wrong with them."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import xmlschema
from jsonschema import Draft4Validator

PUBLISHED = Path(__file__).parent / "published"
_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")


@cache
def sarif_schema() -> Draft4Validator:
    # Not jsonschema-rs: it refuses the schema for a bracket in one of its patterns.
    return Draft4Validator(json.loads((PUBLISHED / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(PUBLISHED / "junit-10.xsd")


def commands(output: str) -> list[dict[str, str]]:
    """The workflow commands in a log, as GitHub's runner reads them: properties, `kind` and `message`."""
    found = []
    for line in re.split(r"[\r\n]+", output):
        if not line.lstrip().startswith("::"):
            continue
        command = _COMMAND.fullmatch(line)
        assert command is not None, line
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        found.append({name: _read(value) for name, value in properties.items()})
        found[-1] |= {"kind": command[1], "message": _read(command[3])}
    return found


def _read(value: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(written, meant)
    return value


def _github(output: str, number: int) -> Iterator[str]:
    found = commands(output)
    shown = min(number, 10)
    if len(found) != shown:
        yield "other annotations"
    properties = {"file", "line", "endLine", "col", "endColumn", "title", "kind", "message"}
    marks = found if number <= 10 else found[:9]
    if any(set(each) != properties for each in marks):
        yield "other properties"
    if output.count("\n") != shown + (0 if number <= 10 else number - 9):
        yield "other lines"


def _gitlab(output: str, number: int) -> Iterator[str]:
    found = json.loads(output)
    if len({each["fingerprint"] for each in found}) != number:
        yield "fingerprints that aren't each finding's own"
    if any(
        set(each) != {"description", "check_name", "fingerprint", "severity", "location"} for each in found
    ):
        yield "other keys"


def _sarif(output: str, number: int) -> Iterator[str]:
    found = json.loads(output)
    yield from (error.message for error in sarif_schema().iter_errors(found))
    results = found["runs"][0]["results"]
    if len(results) != number:
        yield "other results"
    for result in results:
        if re.search(r"(?<!\\)(?:\\\\)*\[", result["message"]["text"]):
            yield "a link in a message"
        if not re.fullmatch(
            r"[A-Za-z0-9._~/%-]*", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        ):
            yield "an address that isn't written as one"


def _junit(output: str, number: int) -> Iterator[str]:
    root = ET.fromstring(output)
    yield from (str(error.reason) for error in junit_schema().iter_errors(root))
    bodies = [each.text or "" for each in root.iter() if each.tag in ("failure", "system-out")]
    if sum(line[:1] not in ("", " ") for body in bodies for line in body.split("\n")) > number:
        yield "other findings"
    if {each.tag for each in root.iter()} - {
        "testsuites", "testsuite", "testcase", "failure", "system-out"
    }:  # fmt: skip
        yield "other elements"


def _markdown(output: str, number: int) -> Iterator[str]:
    rows = [line for line in output.split("\n") if line.startswith("|")]
    if [row.count("|") for row in rows] != [6] * (number + 2):
        yield "other rows or cells"
    if re.search(r"@[A-Za-z0-9_.-]|#[0-9]", re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), output)):
        yield "a call or a link"


def _json(output: str, number: int) -> Iterator[str]:
    if len(json.loads(output)["findings"]) != number:
        yield "other findings"


def _jsonl(output: str, number: int) -> Iterator[str]:
    found: list[Any] = [json.loads(line) for line in output.splitlines()]
    if len(found) != number or any("code" not in each for each in found):
        yield "other findings"


def _concise(output: str, number: int) -> Iterator[str]:
    if output.count("\n") != number:
        yield "not one line for each finding"


_READERS: dict[str, Callable[[str, int], Iterator[str]]] = {
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
    "markdown": _markdown,
    "json": _json,
    "jsonl": _jsonl,
    "concise": _concise,
}


def structure_faults(form: str, output: str, number: int) -> list[str]:
    """What is wrong with `number` findings in a format; `full` is for people and isn't read back."""
    read_back = _READERS.get(form)
    return [] if read_back is None else [f"{form}: {fault}" for fault in read_back(output, number)]
