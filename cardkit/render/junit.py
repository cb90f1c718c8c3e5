"""JUnit's XML as Jenkins, GitLab and others read it: well-formed, whatever a text holds."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from cardkit.ground.safe import LOGGING_COMMAND, disarm, one_line


@dataclass(frozen=True, slots=True)
class Case:
    """One test: where it belongs, what it is called, and why it failed (None where it passed)."""

    group: str
    name: str
    failure: str | None = None
    kind: str = ""
    """The sort of failure, as a word for programs."""
    body: tuple[str, ...] = ()
    """Lines: the failure's details, or the output of a test that passed."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests that belong together."""

    name: str
    cases: tuple[Case, ...]


def document(suite: Suite, *, ascii_only: bool = False) -> str:
    """The XML of one suite; with `ascii_only` other characters stand as references."""
    failures = sum(case.failure is not None for case in suite.cases)
    counts = {"tests": str(len(suite.cases)), "failures": str(failures), "errors": "0"}
    root = ET.Element("testsuites", {"name": one_line(suite.name), **counts})
    element = ET.SubElement(root, "testsuite", {"name": one_line(suite.name), **counts, "skipped": "0"})
    for case in suite.cases:
        _add(element, case)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode") + "\n"
    if ascii_only:
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    # Runners obey `##[` wherever it stands; as a reference it reads back as the same character.
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + LOGGING_COMMAND.sub("&#35;", text)


def _add(suite: ET.Element, case: Case) -> None:
    element = ET.SubElement(
        suite, "testcase", {"classname": one_line(case.group), "name": one_line(case.name)}
    )
    body = "".join(f"\n{disarm(one_line(line))}" for line in case.body) + "\n" if case.body else ""
    if case.failure is not None:
        failure = {"type": one_line(case.kind), "message": one_line(case.failure)}
        ET.SubElement(element, "failure", failure).text = body or None
    elif body:
        ET.SubElement(element, "system-out").text = body
