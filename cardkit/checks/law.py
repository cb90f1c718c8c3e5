"""CK7: how law becomes findings. The law itself is data: citation, certainty, figures and words in `law/`.

A check runs for each law in force that names it, by code or name; without one it doesn't run at all.
Confirmed law gives errors, everything else warnings, and every message quotes the citation.
"""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.checks.checking import Checking
from cardkit.checks.walk import Said
from cardkit.ground.finding import Code, Finding, Path, Related, Severity, Site
from cardkit.ground.text import Text
from cardkit.model.law import Law

HOLDER_AGE = Code("CK701", "holder-age")
STUDENTS = Code("CK702", "student-safeguards")
TENOR = Code("CK703", "instalment-tenor")
INTEREST_WORDING = Code("CK704", "instalment-interest-wording")
HIGHEST_RATE = Code("CK705", "highest-annual-rate")
CASH_LIMITS = Code("CK706", "cash-instalment-limits")
PRESELECTED = Code("CK707", "nothing-preselected")
RATE_PROMINENCE = Code("CK708", "annual-rate-prominence")
CHANGE_NOTICE = Code("CK709", "change-notice")
RIGHTS_NOTICE = Code("CK710", "rights-change-notice")
LATE_FEE = Code("CK711", "no-late-fee")
INTERCHANGE = Code("CK712", "interchange-cap")
ABSOLUTE = Code("CK713", "absolute-claims")
GIFTS = Code("CK714", "gifts-stated")
EXAMS = Code("CK715", "no-exam-promise")
CURES = Code("CK716", "no-cure-promise")
RETURNS = Code("CK717", "no-guaranteed-returns")
FIGURES = Code("CK718", "figures-need-a-source")
PRIZES = Code("CK719", "prize-draws")
INTERPRETATION = Code("CK720", "final-interpretation")
TUTORING = Code("CK721", "no-school-tutoring")
INSURANCE = Code("CK722", "insurance-disclosure")
NEW_RESIDENT = Code("CK723", "new-resident-definition")
HARDSHIP = Code("CK724", "hardship-not-marketing")

LAW_CODES = (
    HOLDER_AGE,
    STUDENTS,
    TENOR,
    INTEREST_WORDING,
    HIGHEST_RATE,
    CASH_LIMITS,
    PRESELECTED,
    RATE_PROMINENCE,
    CHANGE_NOTICE,
    RIGHTS_NOTICE,
    LATE_FEE,
    INTERCHANGE,
    ABSOLUTE,
    GIFTS,
    EXAMS,
    CURES,
    RETURNS,
    FIGURES,
    PRIZES,
    INTERPRETATION,
    TUTORING,
    INSURANCE,
    NEW_RESIDENT,
    HARDSHIP,
)
"""The checks that a law may name in `check:`, by code or name."""


def in_force(checking: Checking, code: Code) -> Iterator[Law]:
    """The laws that drive a check on the day."""
    for law in checking.catalog.laws.values():
        named = law.check.strip() in (code.id, code.name)
        if named and law.status == "live" and (law.valid is None or law.valid.holds(checking.as_of)):
            yield law


def parameter(checking: Checking, law: Law, name: str, usual: int | str) -> Fraction:
    """A figure of the law on the day; the usual one where the file doesn't give it."""
    figure = (law.parameters or {}).get(name)
    entry = figure.on(checking.as_of) if figure is not None else None
    return Fraction(usual) if entry is None else entry.value


def cited(
    checking: Checking,
    law: Law,
    code: Code,
    site: Site,
    message: Text,
    hint: Text,
    entity: str | None,
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding that quotes the law; a warning where the law isn't confirmed."""
    sure = law.certainty == "confirmed"
    quoted = Text(
        f"（{law.citation}{'' if sure else '，尚未核对'}）",
        f" ({law.citation}{'' if sure else ', not confirmed'})",
    )
    law_site = Related(checking.at(law, "citation"), law.name)
    return Finding(
        code if sure else Code(code.id, code.name, Severity.WARNING),
        site,
        message + quoted,
        hint,
        entity,
        (*related, law_site),
    )


Spoken = tuple[str, str | None, Said]
"""A file, its entity, and a text that customers read."""


def public_texts(checking: Checking) -> Iterator[Spoken]:
    """Every text that customers read; the names of laws are not among them."""
    for walked in checking.walks:
        if walked.source.kind != "law":
            for said in walked.said:
                if said.public:
                    yield walked.source.file, walked.source.id, said


def found_word(text: str, words: tuple[str, ...]) -> str | None:
    """The first of some words that stands in a text; English words as whole words, in any case."""
    lower = text.lower()
    for word in words:
        start = lower.find(word.lower())
        while start >= 0:
            if _whole(lower, start, start + len(word)):
                return word
            start = lower.find(word.lower(), start + 1)
    return None


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch isn't part of a longer English word: no cure in secure."""
    if not (text[start].isascii() and text[start].isalnum()):
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def spoken_words(said: Said, words: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Each language of a text in which one of the words stands: the word and the text's place."""
    for language, text in (("zh", said.zh), ("en", said.en)):
        word = found_word(text, words)
        if word is not None:
            yield word, (*said.path, language)
