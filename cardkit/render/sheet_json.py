"""A sheet as data in one language, for apps and other programs."""

from collections.abc import Mapping
from typing import Any

from cardkit.ground.money import percent
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text
from cardkit.preview.instalments import annual
from cardkit.preview.sheet import (
    Fact,
    FeeLine,
    InstalmentBox,
    Overlap,
    RightLine,
    Section,
    Sheet,
    TenorLine,
)
from cardkit.render.data_json import Stamp, envelope, money

FORMAT_VERSION = 1


def document(sheet: Sheet, language: Language, overlay: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The document of `preview`: texts in one language, rates with their sign, money as decimal strings.

    `overlay` is what a what-if changed, as data.
    """
    version = sheet.version
    return envelope(
        FORMAT_VERSION,
        Stamp(version.catalog, version.hash, overlay),
        version.as_of,
        language=language,
        **_Plain(language).sheet(sheet),
    )


class _Plain:
    def __init__(self, language: Language) -> None:
        self.language = language

    def sheet(self, sheet: Sheet) -> dict[str, Any]:
        return {
            "product": sheet.product,
            "title": self.text(sheet.title),
            "issuer": self.text(sheet.issuer),
            "card": self.text(sheet.card),
            "segment": self.optional(sheet.segment),
            "sellable": sheet.sellable,
            "reasons": self.texts(sheet.reasons),
            "facts": [self.fact(fact) for fact in sheet.facts],
            "sections": [self.section(section) for section in sheet.sections],
            "overlaps": [self.overlap(overlap) for overlap in sheet.overlaps],
            "fees": [self.fee(line) for line in sheet.fees],
            "instalments": [self.box(box) for box in sheet.instalments],
            "notices": self.texts(sheet.notices),
        }

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "kind": section.kind,
            "id": section.id,
            "name": self.text(section.name),
            "label": self.text(section.label),
            "about": self.optional(section.about),
            "facts": [self.fact(fact) for fact in section.facts],
            "rights": [self.right(right) for right in section.rights],
        }

    def right(self, right: RightLine) -> dict[str, Any]:
        return {
            "id": right.id,
            "name": self.text(right.name),
            "source": self.text(right.source),
            "promise": self.text(right.promise),
            "highest_annual_rate": self.optional(right.highest_rate),
            "conditions": self.texts(right.conditions),
            "periods": self.texts(right.periods),
            "place": self.optional(right.place),
            "validity": self.optional(right.validity),
            "starts_later": right.starts_later,
            "how": self.optional(right.how),
            "who": self.optional(right.who),
            "sharing": self.optional(right.sharing),
            "quota": self.optional(right.quota),
            "exclusions": self.texts(right.exclusions),
        }

    def overlap(self, overlap: Overlap) -> dict[str, Any]:
        return {
            "rights": self.texts(overlap.rights),
            "reason": self.text(overlap.reason),
            "cap": self.optional(overlap.cap),
        }

    def fee(self, line: FeeLine) -> dict[str, Any]:
        return {
            "kind": line.kind,
            "name": self.text(line.name),
            "amount": self.text(line.amount),
            "notes": self.texts(line.notes),
        }

    def box(self, box: InstalmentBox) -> dict[str, Any]:
        return {
            "id": box.id,
            "name": self.text(box.name),
            "purpose": self.text(box.purpose),
            "highest_annual_rate": self.rates(box.highest),
            "amounts": self.text(box.amounts),
            "timing": self.optional(box.timing),
            "principal": money(box.principal),
            "tenors": [self.tenor(tenor) for tenor in box.tenors],
        }

    def tenor(self, tenor: TenorLine) -> dict[str, Any]:
        return {
            "months": tenor.months,
            "annual_rate": self.rates(tenor),
            "rate_per_period": percent(tenor.rate_per_period),
            "interest": money(tenor.interest),
        }

    def rates(self, tenor: TenorLine) -> dict[str, str]:
        return {"simple": annual(tenor.simple), "compound": annual(tenor.compound)}

    def fact(self, fact: Fact) -> dict[str, Any]:
        return {"label": self.text(fact.label), "text": self.text(fact.text), "prominent": fact.prominent}

    def texts(self, texts: tuple[Text, ...]) -> list[str]:
        return [self.text(text) for text in texts]

    def optional(self, text: Text | None) -> str | None:
        return None if text is None else self.text(text)

    def text(self, text: Text) -> str:
        return one_line(text.to(self.language))
