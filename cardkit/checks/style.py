"""CK9: texts that fit where they are shown, and are in the language that they say they are."""

import re
from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.law import public_texts
from cardkit.ground.finding import Code, Finding, Severity
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.module import Module
from cardkit.model.segment import Segment

LONG_TEXT = Code("CK901", "long-text", Severity.NOTE)
NO_SHORT_NAME = Code("CK902", "long-name", Severity.NOTE)
UNTRANSLATED = Code("CK903", "untranslated-text", Severity.WARNING)

MOST_CELLS = 300
"""Terminal cells: a Chinese character is two. About four lines on a customer's page."""

MOST_NAME_CELLS = 28
"""Names longer than this don't fit beside a column of amounts at 80 columns."""

_LETTER = re.compile("[A-Za-z]{3}")


def _has_han(text: str) -> bool:
    # A character class of so wide a range takes longer to compile than most catalogs take to look through.
    return not text.isascii() and any("\u3400" <= character <= "\u9fff" for character in text)


def _cells(text: str) -> int:
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


@check(LONG_TEXT)
def long_text(checking: Checking) -> Iterable[Finding]:
    """A text that customers read is very long.

    给客户看的文本太长。

    Why: Nobody reads it to the end, and what stands there counts all the same.
    为什么：没有人会读到最后，而写在后面的照样算数。
    Bad (modules/pet-care.yaml):
        description: # here
          zh: 宠物医疗包
          en: >-
            A pack for people who live with animals, which takes a fifth off what they pay at the clinics
            that work with us, as long as they have registered before, and which also returns a part of what
            they spend in restaurants that let animals in, on any day of the week and at any hour of the day,
            with caps that are written beside each of the rights.
    Good (modules/pet-care.yaml):
        description: {zh: 宠物医疗包, en: Money off at clinics and restaurants that let animals in.}
    Source: docs/guide.md
    """
    for file, entity, said in public_texts(checking):
        if 2 * max(len(said.zh), len(said.en)) <= MOST_CELLS:
            continue  # nearly all: no character is wider than two cells
        cells = max(_cells(said.zh), _cells(said.en))
        if cells > MOST_CELLS:
            yield Finding(
                LONG_TEXT,
                checking.catalog.locate(file, said.path, True),
                Text(
                    f"文本有 {cells} 格宽，超过 {MOST_CELLS} 格",
                    f"The text is {cells} cells long, more than {MOST_CELLS}",
                ),
                Text("分成几句，条件写进 exclusions", "divide it; conditions belong into exclusions"),
                entity,
            )


@check(NO_SHORT_NAME)
def long_name(checking: Checking) -> Iterable[Finding]:
    """A long name has no short form for narrow tables.

    长名称没有用于窄表格的简称。

    Why: Names are shrunk before amounts are; without a short name the cut falls where it falls.
    为什么：表格变窄时先缩名称；没有简称就随便截断。
    Bad (modules/pet-care.yaml):
        name: {zh: 宠物医疗包, en: Pack of rights for people and their pets} # here
    Good (modules/pet-care.yaml):
        name: {zh: 宠物医疗包, en: Pack of rights for people and their pets}
        short_name: {zh: 宠物, en: Pets}
    Source: docs/guide.md
    """
    for entity in checking.catalog.entities.values():
        if isinstance(entity, Card | Module | Segment) and entity.short_name is None:
            cells = max(_cells(entity.name.zh), _cells(entity.name.en))
            if cells > MOST_NAME_CELLS:
                yield Finding(
                    NO_SHORT_NAME,
                    checking.at(entity, "name"),
                    Text(f"名称有 {cells} 格宽", f"The name is {cells} cells long"),
                    Text("写 short_name", "write a short_name"),
                    entity.id,
                )


@check(UNTRANSLATED)
def untranslated_text(checking: Checking) -> Iterable[Finding]:
    """A Chinese text has no Chinese in it, or an English one has.

    中文文本里没有中文，或英文文本里有中文。

    Why: The two were swapped, or one of them was never translated; the customer reads the wrong language.
    为什么：两种语言写反了，或者有一种没有翻译；客户会读到另一种语言。
    Bad (modules/pet-care.yaml):
        description: {zh: Money off at clinics, en: Money off at clinics} # here
    Good (modules/pet-care.yaml):
        description: {zh: 宠物门诊优惠, en: Money off at clinics}
    Source: docs/format.md
    """
    for file, entity, said in public_texts(checking):
        for language, wrong in (
            ("zh", bool(_LETTER.search(said.zh)) and not _has_han(said.zh)),
            ("en", _has_han(said.en)),
        ):
            if wrong and not (language == "zh" and said.zh == said.en and " " not in said.zh):
                yield Finding(
                    UNTRANSLATED,
                    checking.catalog.locate(file, (*said.path, language), False),
                    Text("这里应当是中文", "This should be Chinese")
                    if language == "zh"
                    else Text("这里应当是英文", "This should be English"),
                    Text("译成该语言", "translate it"),
                    entity,
                )
