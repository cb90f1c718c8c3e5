"""CK7: how instalments and figures are spoken of, and laws that drive no check."""

import re
from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.law import (
    FIGURES,
    HIGHEST_RATE,
    INTEREST_WORDING,
    LAW_CODES,
    Spoken,
    cited,
    in_force,
    public_texts,
    spoken_words,
)
from cardkit.ground.finding import Code, Finding, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment
from cardkit.model.expression import nearest

UNKNOWN_CHECK = Code("CK209", "unknown-check")
MISSING_LAW = Code("CK725", "missing-law", Severity.NOTE)

_ANNUAL_RATE = re.compile(r"(年化|annual|APR).*[0-9]%|[0-9]%.*(年化|annual|APR)", re.IGNORECASE)
_LOWEST = re.compile(r"低至|最低|起\b|as low as|rates? from|from [0-9.]+%", re.IGNORECASE)
_HIGHEST = re.compile(r"最高|上限|up to|at most|highest", re.IGNORECASE)


def of_instalments(checking: Checking) -> Iterator[Spoken]:
    """The texts of entities that offer instalments."""
    offering = {held.holder.id for held in checking.on_sale if isinstance(held.benefit, Instalment)}
    for file, entity, said in public_texts(checking):
        if entity in offering:
            yield file, entity, said


@check(INTEREST_WORDING)
def instalment_interest_wording(checking: Checking) -> Iterable[Finding]:
    """The cost of an instalment is called a fee.

    分期的成本被写成“手续费”。

    Why: What instalments cost is interest and must be called so; a fee hides that it is the price of a loan.
    为什么：分期收取的是利息，应当写“利息”；叫手续费会掩盖它是借款的价格。
    Bad (modules/study-instalments.yaml):
        description: {zh: 办理时另收手续费, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 利息按年化利率（单利）6.58% 计, en: Instalments for courses}
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, INTEREST_WORDING):
        for file, entity, said in of_instalments(checking):
            for word, path in spoken_words(said, law.words):
                yield cited(
                    checking,
                    law,
                    INTEREST_WORDING,
                    checking.catalog.locate(file, path, False),
                    Text(f"分期的成本不能写“{word}”", f"The cost of instalments can't be called {word}"),
                    Text("写“利息”，并给出年化利率", "write interest, and give the annualised rate"),
                    entity,
                )


@check(HIGHEST_RATE)
def highest_annual_rate(checking: Checking) -> Iterable[Finding]:
    """A text on instalments shows the lowest rate and not the highest.

    分期文本只写最低利率，没有写最高利率。

    Why: The highest annualised rate must be shown clearly; “from” alone is what hardly anybody gets.
    为什么：应当明确展示最高年化利率；只写“低至”，几乎没有人拿得到。
    Bad (modules/study-instalments.yaml):
        description: {zh: 年化利率低至 0%, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 年化利率（单利）0% 起，最高 6.58%, en: Instalments for courses}
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, HIGHEST_RATE):
        for file, entity, said in of_instalments(checking):
            for language, text in (("zh", said.zh), ("en", said.en)):
                if _ANNUAL_RATE.search(text) and _LOWEST.search(text) and not _HIGHEST.search(text):
                    yield cited(
                        checking,
                        law,
                        HIGHEST_RATE,
                        checking.catalog.locate(file, (*said.path, language), False),
                        Text("只写了最低利率", "Only the lowest rate is shown"),
                        Text("写明最高年化利率", "state the highest annualised rate"),
                        entity,
                    )


@check(FIGURES)
def figures_need_a_source(checking: Checking) -> Iterable[Finding]:
    """A text quotes figures or surveys without their source.

    文本引用数据或调查，却没有写出处。

    Why: Data, statistics and surveys in advertising are true, accurate, and name where they come from.
    为什么：广告引用数据、统计资料和调查结果，应当真实准确并表明出处。
    Bad (modules/pet-care.yaml):
        description: {zh: 调查显示九成主人满意, en: A pack for pets} # here
    Good (modules/pet-care.yaml):
        description: {zh: 调查显示九成主人满意（来源：本行 2025 年客户调查）, en: A pack for pets}
    Source: 广告法 第十一条
    """
    for law in in_force(checking, FIGURES):
        for file, entity, said in public_texts(checking):
            for word, path in spoken_words(said, law.words):
                text = said.zh if path[-1] == "zh" else said.en
                if any(mark in text.lower() for mark in ("来源", "出处", "source")):
                    continue
                yield cited(
                    checking,
                    law,
                    FIGURES,
                    checking.catalog.locate(file, path, False),
                    Text(f"“{word}”后面没有写出处", f"{word}: by whom, and when?"),
                    Text(
                        "写“（来源：…）”，或删去数据", "add the source in the text, or leave the figures out"
                    ),
                    entity,
                )


@check(UNKNOWN_CHECK)
def unknown_check(checking: Checking) -> Iterable[Finding]:
    """A law names a check that doesn't exist.

    法规指向的检查不存在。

    Why: Nobody enforces it, and whoever reads the file believes that cardkit does.
    为什么：没有人在执行它，而读文件的人以为有。
    Bad (law/second-interest.yaml):
        kind: law
        id: second-interest
        name: {zh: 分期成本称利息, en: Instalment cost is interest}
        owner: compliance
        citation: 银保监规〔2022〕13号
        certainty: confirmed
        check: instalment-interest-word # here
    Good (law/instalment-interest-wording.yaml):
        check: CK704
    Source: docs/format.md
    """
    known = {code.name for code in LAW_CODES} | {code.id for code in LAW_CODES}
    for law in checking.catalog.laws.values():
        if law.check.strip() not in known:
            close = nearest(law.check, known) or sorted(code.name for code in LAW_CODES)
            yield Finding(
                UNKNOWN_CHECK,
                checking.at(law, "check"),
                Text(f"没有检查 {law.check}", f"There is no check {law.check} that law can drive"),
                Text(f"可写：{'、'.join(close)}", f"write one of: {', '.join(close)}"),
                law.id,
            )


@check(MISSING_LAW)
def missing_law(checking: Checking) -> Iterable[Finding]:
    """The catalog has laws, and one that cardkit knows is not among them.

    目录里有法规文件，却缺少 cardkit 认识的一条。

    Why: Its check doesn't run, which looks the same as finding nothing.
    为什么：对应的检查不会运行，看上去和“没有问题”一样。
    Bad (law/holder-age.yaml):
        status: retired
    Bad (catalog.yaml):
        format_version: 1 # here
    Good (law/holder-age.yaml):
        status: live
    Source: law/
    """
    if not checking.catalog.laws or any(
        name in checking.catalog.source_of for name in _broken_laws(checking)
    ):
        return
    for code in LAW_CODES:
        if not any(
            law.check.strip() in (code.id, code.name) and law.status == "live"
            for law in checking.catalog.laws.values()
        ):
            yield Finding(
                MISSING_LAW,
                checking.catalog.setting_site("format_version", key=True),
                Text(
                    f"没有法规文件驱动检查 {code.id} {code.name}，它没有运行",
                    f"No law drives the check {code.id} {code.name}, so it did not run",
                ),
                Text(
                    f"在 law/ 里加一个 check: {code.name} 的文件",
                    f"add a file with check: {code.name} to law/",
                ),
            )


def _broken_laws(checking: Checking) -> list[str]:
    return [
        source.id
        for source in checking.catalog.sources
        if source.id is not None and source.file.startswith("law/") and source.id in checking.catalog.broken
    ]
