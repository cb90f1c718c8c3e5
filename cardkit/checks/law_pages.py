"""CK7: law on the pages as customers read them: words that mustn't stand there, and what must."""

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.checks.law import (
    ABSOLUTE,
    CURES,
    EXAMS,
    GIFTS,
    HARDSHIP,
    HIGHEST_RATE,
    INSURANCE,
    INTEREST_WORDING,
    INTERPRETATION,
    LATE_FEE,
    PRESELECTED,
    PRIZES,
    RATE_PROMINENCE,
    RETURNS,
    TUTORING,
    cited,
    found_word,
    in_force,
)
from cardkit.checks.law_rates import instalments
from cardkit.checks.shown import Shown, shown
from cardkit.ground.annual_rate import FeeTiming, Schedule
from cardkit.ground.finding import Code, Finding, Related, Site
from cardkit.ground.money import plain_number, to_fen
from cardkit.ground.text import LANGUAGES, Language, Text, joined, same
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.instalment import EXAMPLE_PRINCIPAL, Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.mechanics.voucher import Voucher
from cardkit.mechanics.wording import yuan
from cardkit.model.law import Law
from cardkit.preview import labels
from cardkit.preview.instalments import annual
from cardkit.preview.spoken import Piece

PAGE_WORDING = Code("CK730", "page-wording")
PAGE_LACKS = Code("CK731", "page-lacks")

FORBIDDING = (
    RATE_PROMINENCE,
    PRESELECTED,
    LATE_FEE,
    ABSOLUTE,
    EXAMS,
    CURES,
    RETURNS,
    INTERPRETATION,
    HARDSHIP,
)
"""Checks whose law lists words that no page may hold."""

_MOST_SHOWN = 60


@check(PAGE_WORDING)
def page_wording(checking: Checking) -> Iterable[Finding]:
    """A page as customers read it holds a word that the law forbids there.

    生成的客户页面上出现了法规禁止的词。

    Why: A page is made of sentences around names from many files. A category called “fees” is fine in a
        table, and becomes the cost of a loan once an instalment says where it holds.
    为什么：页面由句式和许多文件里的名称拼成。类别叫“手续费”本身无妨，一旦写进分期的适用范围，就成了借款的成本。
    Bad (catalog.yaml):
        categories:
          dining: {name: {zh: 手续费支出, en: dining}, interchange: 0.45%} # here
          grocery: {name: {zh: 商超, en: groceries}, interchange: 0.45%}
    Bad (modules/study-instalments.yaml benefits/0):
        scope: {categories: [dining]}
    Good (modules/study-instalments.yaml benefits/0):
        scope: {categories: [dining]}
    Source: 银保监规〔2022〕13号；广告法
    """
    for code in (*FORBIDDING, INTEREST_WORDING):
        for law in in_force(checking, code):
            any_word = _any_word(law)
            if any_word is not None:
                yield from _on_pages(checking, law, code, any_word)


def _any_word(law: Law) -> re.Pattern[str] | None:
    """Finds any of a law's words at once: most pieces hold none."""
    words = [re.escape(word.lower()) for word in law.words]
    return re.compile("|".join(words)) if words else None


def _on_pages(checking: Checking, law: Law, code: Code, any_word: re.Pattern[str]) -> Iterator[Finding]:
    of_instalments = {held.reference for held, _ in instalments(checking)}
    of_instalments |= {reference.partition("/")[0] for reference in of_instalments}
    told: set[tuple[Site, str]] = set()
    for page in shown(checking):
        if not any(any_word.search(text) for text in _whole(checking, page)):
            continue
        for piece in page.pieces:
            if code is INTEREST_WORDING and piece.about not in of_instalments:
                continue
            for language in LANGUAGES:
                text = piece.text.to(language)
                word = found_word(text, law.words) if any_word.search(text.lower()) else None
                site = None if word is None else _unseen(checking, code, word, piece, language)
                if word is not None and site is not None and (site, word) not in told:
                    told.add((site, word))
                    yield _spoken(checking, law, word, text, site, page, piece)


def _whole(checking: Checking, page: Shown) -> tuple[str, ...]:
    """All of a page in lower case, in each language; made once for all laws."""
    key = f"whole page {id(page)}"
    if key not in checking.memory:
        checking.memory[key] = tuple(
            "\n".join(piece.text.to(language) for piece in page.pieces).lower() for language in LANGUAGES
        )
    texts: tuple[str, ...] = checking.memory[key]
    return texts


def _unseen(checking: Checking, code: Code, word: str, piece: Piece, language: Language) -> Site | None:
    """Where a word on a page comes from; None where the check of the catalog's own texts points at it."""
    entity = piece.about.partition("/")[0]
    offering = {held.holder.id for held, _ in instalments(checking)}
    for walked in checking.walks:
        watched = walked.source.id in offering if code is INTEREST_WORDING else walked.source.kind != "law"
        for said in walked.said:
            own = said.zh if language == "zh" else said.en
            if own in piece.text.to(language) and found_word(own, (word,)):
                if watched and said.public:
                    return None
                return checking.catalog.locate(walked.source.file, (*said.path, language), False)
    if entity in checking.catalog.entities:
        return _place(checking, piece.about)
    return checking.catalog.setting_site("id")


def _place(checking: Checking, about: str) -> Site:
    """The right (or entity) that a piece of a page is about."""
    for held in checking.held:
        if held.reference == about:
            return checking.at_held(held, "name")
    return checking.catalog.site(about.partition("/")[0], "name")


def _spoken(
    checking: Checking, law: Law, word: str, text: str, site: Site, page: Shown, piece: Piece
) -> Finding:
    line = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    related: tuple[Related, ...] = ()
    if piece.about.partition("/")[0] in checking.catalog.entities:
        related = (
            Related(_place(checking, piece.about), Text("页面上说的是它", "what the page says it of")),
        )
    return cited(
        checking,
        law,
        PAGE_WORDING,
        site,
        Text(f"客户页面会出现“{word}”：{line}", f"The customer's page will say “{word}”: {line}"),
        Text(
            f"改名，或换一种写法；页面见 cardkit preview {page.product}",
            f"give it another name; see the page with: cardkit preview {page.product}",
        ),
        piece.about.partition("/")[0] or None,
        related,
    )


@check(PAGE_LACKS)
def page_lacks(checking: Checking) -> Iterable[Finding]:
    """A page as customers read it lacks what the law wants them to read, in one of its languages.

    生成的客户页面缺少法规要求写明的内容，或只在一种语言里写了。

    Why: An exclusion that stands in the Chinese page alone was never told to whoever read the English one.
        Each instalment's highest annual rate is computed a second time here and looked for on its page, with
        its least and most amount; insurance must show insurer and price.
    为什么：除外条款只写在中文页面，等于没有告诉看英文页面的客户。每个分期的最高年化利率在这里另算一遍，
        并到页面上核对，连同金额上下限；保险要写出承保公司和价格。
    Bad (modules/study-instalments.yaml benefits/0):
        exclusions:
          - {zh: 不含义务教育阶段学科类培训, en: some courses are excluded} # here
    Good (modules/study-instalments.yaml benefits/0):
        exclusions:
          - {zh: 不含义务教育阶段学科类培训, en: school-subject tutoring is excluded}
    Source: 银保监规〔2022〕13号；保险代理监管规定；2021 年“双减”文件
    """
    said: dict[str, list[Text]] = {}
    for page in shown(checking):
        for piece in page.pieces:
            said.setdefault(piece.about, []).append(piece.text)
    for code, needed in _NEEDED:
        for law in in_force(checking, code):
            for held in checking.on_sale:
                if held.reference in said:
                    yield from _lacking(checking, law, held, said[held.reference], needed)


Needed = Callable[[Checking, Law, Held], Iterator[tuple[str, Language, tuple[str, ...]]]]
"""What must stand in the lines about a right: the key to point at, the language, one of some texts."""


def _lacking(checking: Checking, law: Law, held: Held, said: list[Text], needed: Needed) -> Iterator[Finding]:
    for key, language, texts in needed(checking, law, held):
        lines = [line.to(language).lower() for line in said]
        if not any(text.lower() in line for text in texts for line in lines):
            page = {"zh": Text("中文页面", "the Chinese page"), "en": Text("英文页面", "the English page")}
            wanted = joined([same(text) for text in texts], " / ", " / ")
            yield cited(
                checking,
                law,
                PAGE_LACKS,
                checking.at_held(held, *(int(step) if step.isdigit() else step for step in key.split("/"))),
                page[language] + Text(f"缺少：{wanted.zh}", f" lacks: {wanted.en}"),
                Text("写进这里，页面就会有", "write it here, and the page will have it"),
                held.holder.id,
            )


def _of_instalments(
    checking: Checking, _: Law, held: Held
) -> Iterator[tuple[str, Language, tuple[str, ...]]]:
    """The highest annual rate, found in a second way, and the amounts."""
    right = held.benefit
    if not isinstance(right, Instalment):
        return
    least, most = (amount.on(checking.as_of) for amount in (right.minimum_amount, right.maximum_amount))
    flat = [tenor.customer_rate.on(checking.as_of) for tenor in right.tenors]
    if least is None or most is None or any(rate is None for rate in flat):
        return
    principal = max(least.value, min(EXAMPLE_PRINCIPAL, most.value))
    highest = max(
        _bisected(
            Schedule.from_flat_fee(to_fen(principal), tenor.months, rate.value, FeeTiming(right.fee_timing))
        )
        for tenor, rate in zip(right.tenors, flat, strict=True)
        if rate is not None
    )
    rate = "0%" if highest == 0 else annual(highest)
    yield "tenors", "zh", (f"最高年化利率：{rate}",)
    yield "tenors", "en", (f"Highest annual rate: {rate}",)
    for key, amount in (("minimum_amount", least.value), ("maximum_amount", most.value)):
        yield key, "zh", (yuan(amount).zh,)
        yield key, "en", (yuan(amount).en,)


def _bisected(schedule: Schedule) -> Fraction:
    """The simple annual rate, found without Newton: by halving an interval until nothing is left of it."""
    if schedule.cost == 0:
        return Fraction(0)
    low, high = 0.0, schedule.cost / schedule.disbursed
    for _ in range(60):
        middle = (low + high) / 2
        worth, factor = 0.0, 1.0
        for part in schedule.instalments:
            factor /= 1 + middle
            worth += part.payment * factor
        low, high = (middle, high) if worth > schedule.disbursed else (low, middle)
    return Fraction(12 * (low + high) / 2)


def _of_insurance(checking: Checking, _: Law, held: Held) -> Iterator[tuple[str, Language, tuple[str, ...]]]:
    """Who insures, and what it costs."""
    right = held.benefit
    if not isinstance(right, Insurance):
        return
    partner = checking.catalog.partners.get(right.insurer)
    price = right.customer_price.on(checking.as_of)
    for language in LANGUAGES:
        if partner is not None:
            yield "insurer", language, (partner.name.to(language),)
        if price is not None and price.value > 0:
            yield "customer_price", language, (yuan(price.value).to(language),)


def _of_tuition(_: Checking, law: Law, held: Held) -> Iterator[tuple[str, Language, tuple[str, ...]]]:
    """The exclusion in each language; that it stands in none is told by the check of the catalog."""
    right = held.benefit
    if not isinstance(right, Instalment) or right.book != "tuition":
        return
    for at, exclusion in enumerate(right.exclusions):
        if found_word(f"{exclusion.zh} {exclusion.en}", law.words):
            for language in LANGUAGES:
                own = tuple(word for word in law.words if word.isascii() == (language == "en"))
                if own:
                    yield f"exclusions/{at}/{language}", language, own
            return


def _of_gifts(checking: Checking, _: Law, held: Held) -> Iterator[tuple[str, Language, tuple[str, ...]]]:
    """Of vouchers kind, quantity, period and manner; a period that isn't given is told of the file."""
    right = held.benefit
    if not isinstance(right, Voucher):
        return
    face, count = right.face.on(checking.as_of), right.count.on(checking.as_of)
    for language in LANGUAGES:
        if face is not None:
            yield "face", language, (yuan(face.value).to(language),)
        if count is not None:
            shown = plain_number(count.value)
            yield "count", language, (f"{shown} 张", f"{shown} voucher")
        if right.life_days is not None:
            yield "life_days", language, (f"{right.life_days:,}",)
        yield "name", language, (labels.ENROLMENT[right.enrolment].to(language),)


def _of_draws(_checking: Checking, _: Law, held: Held) -> Iterator[tuple[str, Language, tuple[str, ...]]]:
    """Each prize with its quantity; time, manner and organiser."""
    right = held.benefit
    if not isinstance(right, Draw):
        return
    for language in LANGUAGES:
        for prize in right.prizes:
            yield "prizes", language, (prize.name.to(language),)
            yield "prizes", language, (f"{prize.count:,}",)
        for key in ("draw_time", "draw_manner", "organiser"):
            yield key, language, (getattr(right, key).to(language),)


_NEEDED: tuple[tuple[Code, Needed], ...] = (
    (GIFTS, _of_gifts),
    (PRIZES, _of_draws),
    (HIGHEST_RATE, _of_instalments),
    (INSURANCE, _of_insurance),
    (TUTORING, _of_tuition),
)
"""What pages must state, by the check whose law wants it."""
