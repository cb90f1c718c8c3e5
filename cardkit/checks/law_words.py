"""CK7: words that customers must not read, whatever they stand in. The words are in `law/`."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.law import (
    ABSOLUTE,
    CURES,
    EXAMS,
    HARDSHIP,
    INTERPRETATION,
    LATE_FEE,
    RATE_PROMINENCE,
    RETURNS,
    cited,
    found_word,
    in_force,
    public_texts,
    spoken_words,
)
from cardkit.checks.law_instalments import of_instalments
from cardkit.checks.law_rates import states_only_a_periods_rate
from cardkit.ground.finding import Code, Finding
from cardkit.ground.text import Text


def _forbidden(checking: Checking, code: Code, message: Text, hint: Text) -> Iterator[Finding]:
    """A finding at every text in which a word of the law stands; `{word}` in the message is that word."""
    for law in in_force(checking, code):
        for file, entity, said in public_texts(checking):
            for word, path in spoken_words(said, law.words):
                site = checking.catalog.locate(file, path, False)
                shown = Text(message.zh.format(word=word), message.en.format(word=word))
                yield cited(checking, law, code, site, shown, hint, entity)


@check(LATE_FEE)
def no_late_fee(checking: Checking) -> Iterable[Finding]:
    """A text speaks of a late fee or an over-limit fee.

    文本提到滞纳金或超限费。

    Why: Both were abolished; a page that names one promises to charge what may not be charged.
    为什么：这两项都已取消；页面上写出来，等于承诺收取不得收取的费用。
    Bad (modules/pet-care.yaml):
        description: {zh: 逾期不收利息，只收滞纳金, en: A pack for pets} # here
    Good (modules/pet-care.yaml):
        description: {zh: 逾期按约定支付违约金, en: A pack for pets}
    Source: 银发〔2016〕111号
    """
    return _forbidden(
        checking,
        LATE_FEE,
        Text("“{word}”已取消，不能出现", "{word} was abolished and can't be named"),
        Text("改写为合同约定的违约金，或删去", "say what the contract says instead, or leave it out"),
    )


@check(ABSOLUTE)
def absolute_claims(checking: Checking) -> Iterable[Finding]:
    """A text makes an absolute claim.

    文本用了绝对化用语。

    Why: “The best” and “national level” are forbidden in advertising; the fine is large and the proof
        impossible.
    为什么：广告不得使用“国家级”“最佳”等用语；罚款高，也无法证明。
    Bad (modules/pet-care.yaml):
        description: {zh: 全城最佳的宠物医疗, en: A pack for pets} # here
    Good (modules/pet-care.yaml):
        description: {zh: 示例宠物医院门诊优惠, en: A pack for pets}
    Source: 广告法 第九条
    """
    return _forbidden(
        checking,
        ABSOLUTE,
        Text("“{word}”是绝对化用语", "{word} is an absolute claim"),
        Text("写可以核实的事实", "state a fact that can be checked"),
    )


@check(EXAMS)
def no_exam_promise(checking: Checking) -> Iterable[Finding]:
    """A text promises that an exam is passed.

    文本承诺通过考试。

    Why: Education and training may not be advertised with a promise of the result.
    为什么：教育、培训广告不得对结果作保证性承诺。
    Bad (modules/study-instalments.yaml):
        description: {zh: 报名即包过, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 职业技能课程分期, en: Instalments for courses}
    Source: 广告法 第二十四条
    """
    return _forbidden(
        checking,
        EXAMS,
        Text("“{word}”承诺了考试结果", "{word} promises the result of an exam"),
        Text("只写课程内容和条件", "say what the course is, and its conditions"),
    )


@check(CURES)
def no_cure_promise(checking: Checking) -> Iterable[Finding]:
    """A text promises a cure.

    文本承诺疗效。

    Why: Nothing but medicine may be advertised with its effect on an illness, and no cure may be
        promised.
    为什么：非医疗广告不得涉及疾病治疗功能，更不得承诺治愈。
    Bad (modules/pet-care.yaml):
        description: {zh: 小病治愈率高, en: A pack for pets} # here
    Good (modules/pet-care.yaml):
        description: {zh: 宠物门诊费用优惠, en: A pack for pets}
    Source: 广告法 第十七条
    """
    return _forbidden(
        checking,
        CURES,
        Text("“{word}”涉及疗效", "{word} speaks of an effect on illness"),
        Text("只写服务内容和费用", "say what the service is and costs"),
    )


@check(RETURNS)
def no_guaranteed_returns(checking: Checking) -> Iterable[Finding]:
    """A text promises that money is safe or earns something.

    文本承诺保本或收益。

    Why: Financial products may not be advertised as free of risk, nor with a promised return.
    为什么：金融产品广告不得明示或暗示保本、无风险或保收益。
    Bad (modules/card-security.yaml):
        description: {zh: 用卡无风险, en: Cover for card fraud} # here
    Good (modules/card-security.yaml):
        description: {zh: 盗刷损失保障, en: Cover for card fraud}
    Source: 广告法 第二十五条
    """
    return _forbidden(
        checking,
        RETURNS,
        Text("“{word}”是保证性承诺", "{word} is a promise that can't be kept"),
        Text("写明保障范围和除外情形", "say what is covered and what is not"),
    )


@check(INTERPRETATION)
def final_interpretation(checking: Checking) -> Iterable[Finding]:
    """A text keeps the final interpretation to the bank.

    文本写了“最终解释权”。

    Why: Standard terms that let one side decide what they mean are void against consumers.
    为什么：由一方单独决定含义的格式条款，对消费者无效。
    Bad (modules/pet-care.yaml):
        description: {zh: 最终解释权归本行所有, en: A pack for pets} # here
    Good (modules/pet-care.yaml):
        description: {zh: 规则以活动页面为准, en: A pack for pets}
    Source: 消费者权益保护法 第二十六条
    """
    return _forbidden(
        checking,
        INTERPRETATION,
        Text("“{word}”条款无效", "A clause on {word} is void"),
        Text("删去，把规则写清楚", "leave it out, and state the rules clearly"),
    )


@check(RATE_PROMINENCE)
def annual_rate_prominence(checking: Checking) -> Iterable[Finding]:
    """A text shows a daily or monthly rate, and no annualised one before it.

    文本突出日利率或月利率，而不是年化利率。

    Why: Annualised rates must be at least as prominent as daily or monthly ones, which make every loan
        look cheap.
    为什么：年化利率的展示不得弱于日利率、月利率；后者让任何贷款都显得便宜。
    Bad (modules/study-instalments.yaml):
        description: {zh: 日息低至万分之三, en: Instalments for courses} # here
    Bad (modules/study-instalments.yaml):
        description: {zh: 每月利息只要 0.3%, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 年化利率（单利）最高 6.58%，合每月 0.3%, en: Instalments for courses}
    Source: 人民银行公告〔2021〕第3号
    """
    yield from _forbidden(
        checking,
        RATE_PROMINENCE,
        Text("“{word}”突出了日利率或月利率", "{word} puts a daily or monthly rate first"),
        Text("改写年化利率", "state the annualised rate instead"),
    )
    for law in in_force(checking, RATE_PROMINENCE):
        for file, entity, said in of_instalments(checking):
            for language, text in (("zh", said.zh), ("en", said.en)):
                if found_word(text, law.words) is None and states_only_a_periods_rate(text):
                    yield cited(
                        checking,
                        law,
                        RATE_PROMINENCE,
                        checking.catalog.locate(file, (*said.path, language), False),
                        Text("只写了每期的利率", "Only what a month or payment costs is stated"),
                        Text("先写年化利率", "state the annualised rate, before it"),
                        entity,
                    )


@check(HARDSHIP)
def hardship_not_marketing(checking: Checking) -> Iterable[Finding]:
    """A text offers debt relief as a right.

    文本把债务帮扶当作权益来宣传。

    Why: Rescheduling is for customers in hardship, agreed one by one; as a marketing right it invites
        default.
    为什么：个性化分期是对困难客户的逐户安排；拿来做营销权益，等于鼓励违约。
    Bad (modules/study-instalments.yaml):
        description: {zh: 支持账单重组, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 可提前结清, en: Instalments for courses}
    Source: 银监会令2011年第2号 第七十条
    """
    return _forbidden(
        checking,
        HARDSHIP,
        Text("“{word}”是困难帮扶，不能作为权益", "{word} is a hardship measure and no right"),
        Text("从权益文本里删去", "take it out of the texts of rights"),
    )
