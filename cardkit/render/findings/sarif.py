"""SARIF 2.1.0, which code scanning on GitHub, Azure and in editors reads."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from cardkit import __version__
from cardkit.checks import page
from cardkit.checks.registry import page_of
from cardkit.ground.finding import Code, Finding, Severity, Site
from cardkit.ground.safe import clean, one_line
from cardkit.ground.text import Language
from cardkit.render.data_json import dumps
from cardkit.render.findings.report import Report, explained

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""What paths are relative to, in the word that readers know: the root of the repository."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_LINK_MARKS = re.compile(r"[\\\[\]]")


def render(report: Report) -> str:
    """The log of one run. Fingerprints are ours: what readers make of lines changes when a line does."""
    codes = sorted({finding.code.id: finding.code for finding in report.findings}.values(), key=_id)
    index = {code.id: number for number, code in enumerate(codes)}
    prints = report.fingerprints()
    run = {
        "tool": {
            "driver": {
                "name": "cardkit",
                "semanticVersion": __version__,
                "language": {"zh": "zh-CN", "en": "en-US"}[report.language],
                "rules": [_rule(code, report.language) for code in codes],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(report, finding, index[finding.code.id], fingerprint)
            for finding, fingerprint in zip(report.findings, prints, strict=True)
        ],
        "properties": {
            "catalog": None if report.catalog.id is None else clean(report.catalog.id),
            "contentHash": report.catalog.hash,
            "asOf": report.as_of.isoformat(),
            "suppressed": len(report.suppressed),
            "known": len(report.known),
            "untouched": len(report.untouched),
        },
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ascii_only=report.ascii_only)


def _id(code: Code) -> str:
    return code.id


def _rule(code: Code, language: Language) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code.id, "name": code.name}
    found = page_of(code.id)
    if found is not None:
        shown = "\n".join(page.render(found, language))
        rule["shortDescription"] = {"text": found.summary.to(language)}
        rule["fullDescription"] = {"text": found.why.to(language)}
        rule["help"] = {"text": shown, "markdown": _fenced(shown)}
    return rule | {"defaultConfiguration": {"level": _LEVELS[code.severity]}}


def _fenced(text: str) -> str:
    fence = "`" * (3 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}\n"


def _result(report: Report, finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    location = _location(report, finding.site)
    logical: dict[str, str] = {"fullyQualifiedName": one_line(finding.site.file + "#" + finding.site.pointer)}
    if finding.entity is not None:
        logical["name"] = one_line(finding.entity)
    result: dict[str, Any] = {
        "ruleId": finding.code.id,
        "ruleIndex": index,
        "level": _LEVELS[finding.code.severity],
        "message": {"text": _unlinked(explained(report, finding, related=False))},
        "locations": [location | {"logicalLocations": [logical]}],
        "partialFingerprints": {"cardkitFinding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            _location(report, each.site)
            | {"id": number, "message": {"text": _unlinked([one_line(each.message.to(report.language))])}}
            for number, each in enumerate(finding.related, 1)
        ]
    return result


def _location(report: Report, site: Site) -> dict[str, Any]:
    span = site.span
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(report.path(site)), "uriBaseId": ROOT},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }


def _unlinked(lines: Iterable[str]) -> str:
    """A plain text: `[words](address)` would be a link (SARIF §3.11.6)."""
    return _LINK_MARKS.sub(r"\\\g<0>", "\n".join(lines))
