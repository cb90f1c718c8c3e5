"""Each requirement of law that a catalog check can hold, and the checks that hold it: the reviewer's list.

The law itself (citation, dates, certainty, figures, words) is data in `law/`; this says what is asked, in a
sentence, and which checks answer, on the catalog's files and on the generated pages. See `docs/law.md`.
"""

from cardkit.checks.base import Check
from cardkit.checks.law_charges import change_notice, interchange_cap, prize_draws, rights_change_notice
from cardkit.checks.law_figures import (
    cash_instalment_limits,
    holder_age,
    instalment_tenor,
    student_safeguards,
)
from cardkit.checks.law_instalments import (
    figures_need_a_source,
    highest_annual_rate,
    instalment_interest_wording,
)
from cardkit.checks.law_pages import page_lacks, page_wording
from cardkit.checks.law_rates import annual_rate_disagrees, no_annual_rate
from cardkit.checks.law_rights import (
    gifts_stated,
    insurance_disclosure,
    new_resident_definition,
    no_school_tutoring,
    nothing_preselected,
)
from cardkit.checks.law_words import (
    absolute_claims,
    annual_rate_prominence,
    final_interpretation,
    hardship_not_marketing,
    no_cure_promise,
    no_exam_promise,
    no_guaranteed_returns,
    no_late_fee,
)
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text


@frozen
class LawRow:
    """One requirement, the checks that read the catalog's files for it, and those that read its pages."""

    requirement: Text
    on_files: tuple[Check, ...]
    on_pages: tuple[Check, ...] = ()


LAW_ROWS: tuple[LawRow, ...] = (
    LawRow(Text("主卡持卡人年满 18 周岁", "main card holder at least 18"), (holder_age,)),
    LawRow(
        Text(
            "可能含学生的客群：第二还款来源书面落实，不得超限使用",
            "a segment that can hold students: second repayment source in writing, no over-limit use",
        ),
        (student_safeguards,),
    ),
    LawRow(
        Text(
            "分期最长 60 个月，写明金额下限和上限",
            "instalment tenor at most 60 months; minimum and maximum amount stated",
        ),
        (instalment_tenor,),
        (page_lacks,),
    ),
    LawRow(
        Text(
            "分期成本称利息并写年化利率，不得出现“手续费”",
            "instalment cost shown as interest with an annualised rate, never as a fee",
        ),
        (instalment_interest_wording, no_annual_rate, annual_rate_disagrees),
        (page_wording, page_lacks),
    ),
    LawRow(
        Text("醒目展示最高年化利率", "highest annualised rate shown prominently"),
        (highest_annual_rate, no_annual_rate),
        (page_lacks,),
    ),
    LawRow(
        Text("现金分期最多 50,000 元、24 个月", "cash instalments at most 50,000 yuan and 24 months"),
        (cash_instalment_limits,),
    ),
    LawRow(
        Text(
            "收费项目不得默认勾选或强制搭售",
            "nothing that costs money is pre-selected or forced into a product",
        ),
        (nothing_preselected,),
        (page_wording,),
    ),
    LawRow(
        Text(
            "年化利率的展示不弱于月利率、日利率",
            "annualised rate at least as prominent as monthly or daily ones",
        ),
        (annual_rate_prominence,),
        (page_wording,),
    ),
    LawRow(Text("利率变更提前 45 天告知", "rate changes told 45 days before"), (change_notice,)),
    LawRow(
        Text("权益变更的通知期可设，默认 45 天", "changed rights: a notice period, 45 days unless set"),
        (rights_change_notice,),
    ),
    LawRow(
        Text("不收滞纳金、超限费", "no late fee, no over-limit fee"),
        (no_late_fee,),
        (page_wording,),
    ),
    LawRow(Text("发卡行服务费率在上限之内", "interchange within the cap"), (interchange_cap,)),
    LawRow(Text("不用绝对化用语", "no absolute claims"), (absolute_claims,), (page_wording,)),
    LawRow(
        Text("赠品写明品种、数量、期限、方式", "gifts: kind, quantity, period, manner stated"),
        (gifts_stated,),
        (page_lacks,),
    ),
    LawRow(Text("不承诺通过考试", "no promise to pass exams"), (no_exam_promise,), (page_wording,)),
    LawRow(Text("不承诺疗效", "no promise to cure"), (no_cure_promise,), (page_wording,)),
    LawRow(
        Text("不承诺保本、无风险", "no promise of capital or of no risk"),
        (no_guaranteed_returns,),
        (page_wording,),
    ),
    LawRow(Text("引用数据要有出处", "figures need a source"), (figures_need_a_source,)),
    LawRow(
        Text(
            "抽奖：最高奖不超过 50,000 元；写明数量、时间、方式、主办方",
            "prize draws: top prize at most 50,000 yuan; quantity, time, manner, organiser stated",
        ),
        (prize_draws,),
        (page_lacks,),
    ),
    LawRow(
        Text("不写“最终解释权归…”", "no clause on the final right of interpretation"),
        (final_interpretation,),
        (page_wording,),
    ),
    LawRow(
        Text("学费分期不含学科类培训", "tuition instalments exclude school-subject tutoring"),
        (no_school_tutoring,),
        (page_lacks,),
    ),
    LawRow(
        Text(
            "保险写明承保公司和价格，不默认勾选",
            "insurance names its insurer; its price shown; never pre-selected",
        ),
        (insurance_disclosure,),
        (page_lacks,),
    ),
    LawRow(
        Text(
            "新市民：因就业、就学、投靠而来，未落户或落户不满三年",
            "new residents: came for work, study or family, not registered or for under 3 years",
        ),
        (new_resident_definition,),
    ),
    LawRow(
        Text("债务纾困不作为营销权益", "debt relief is never a marketing right"),
        (hardship_not_marketing,),
        (page_wording,),
    ),
)
