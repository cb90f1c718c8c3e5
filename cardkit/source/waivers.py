"""Files of waivers: bytes to records, with every fault kept as a finding, as for entities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cardkit.ground.finding import Finding
from cardkit.ground.shape.base import Schema, Shape
from cardkit.ground.shape.composite import Record
from cardkit.source.build import misfits, shaped
from cardkit.source.document import Document
from cardkit.source.nodes import read
from cardkit.source.schema import plain, self_contained, validator_of

if TYPE_CHECKING:  # its records are made only where there are waivers
    from cardkit.model.waiver import Waivers


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """One file as far as it could be read: `made` is None where it has faults, which waive nothing."""

    file: str
    document: Document | None
    made: "Waivers | None"
    findings: tuple[Finding, ...]


def read_waivers(texts: Mapping[str, bytes]) -> Iterator[WaiverFile]:
    """The files of waivers, in the order of their names. Raises nothing."""
    for file, raw in sorted(texts.items()):
        document, findings = read(file, raw)
        if document is None or findings:
            yield WaiverFile(file, document, None, tuple(findings))
            continue
        shape, schema = _format()
        data = plain(document.data)
        if validator_of(schema).is_valid(data):
            made, findings = shaped(document, shape)
        else:
            made, findings = None, misfits(document, data, shape, schema)
        yield WaiverFile(file, document, made, tuple(findings))


def faults_of_waivers(texts: Mapping[str, bytes]) -> list[Finding]:
    """What is wrong with files of waivers, as files."""
    return [finding for each in read_waivers(texts) for finding in each.findings]


@cache
def _format() -> tuple[Shape, Schema]:
    from cardkit.model.waiver import Waivers

    shape = Record(Waivers)
    return shape, self_contained("waivers", shape)
