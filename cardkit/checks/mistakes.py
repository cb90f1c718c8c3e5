"""Mistakes that are no breach of law and cost money all the same, and the checks that catch each."""

from cardkit.checks import (
    combinations,
    dates,
    dead,
    figures,
    law_words,
    lifecycle,
    limits,
    membership,
    offers,
    overlap,
    policies,
    sums,
    thresholds,
    wording,
)
from cardkit.checks.base import Check
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text


@frozen
class Mistake:
    """One sort of mistake, and the checks that find it."""

    what: Text
    checks: tuple[Check, ...]


MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        Text("返现上限与消费上限对不上", "reward cap ≠ spend cap × (rate − base)"),
        (limits.caps_disagree,),
    ),
    Mistake(
        Text("奖励没有上限也没有名额池", "a reward with no cap and no pool"),
        (limits.unbounded_reward,),
    ),
    Mistake(
        Text("缺的数当作零", "missing taken for zero"),
        (figures.missing_figure, limits.missing_take_up, figures.no_price, lifecycle.no_value_yet),
    ),
    Mistake(
        Text("阶梯门槛不升，或在期限内达不到", "ladder thresholds that fall, or can't be reached in time"),
        (thresholds.falling_thresholds, thresholds.unreachable_step, offers.discount_tiers_fall),
    ),
    Mistake(
        Text("“满 / 超过”与 `>=` / `>` 不一致", "满 / 超过 against `>=` / `>`"),
        (wording.comparison_wording,),
    ),
    Mistake(
        Text("模块比合作合同活得久", "a module outlives its partner's contract"),
        (dates.outlives_contract,),
    ),
    Mistake(
        Text(
            "费用分摊之和不是 1，或封顶后的差额没有人承担",
            "funding shares ≠ 1, or a remainder without an owner",
        ),
        (sums.funding_shares, sums.shortfall_without_owner),
    ),
    Mistake(
        Text("两项权益对同一笔交易付钱却不在一组", "two benefits pay on one transaction outside a group"),
        (overlap.undeclared_overlap, membership.undeclared_sharing, membership.benefit_in_two_groups),
    ),
    Mistake(
        Text(
            "没有写明是自然、账单还是持卡周期", "a period that isn't named: calendar, statement, anniversary"
        ),
        (wording.period_not_named,),
    ),
    Mistake(Text("门槛互相包含", "nested thresholds"), (thresholds.nested_thresholds,)),
    Mistake(
        Text("困难帮扶写进营销", "hardship measures in marketing"),
        (law_words.hardship_not_marketing,),
    ),
    Mistake(
        Text(
            "卖不掉的模块、买不到的组合、无可买的客群",
            "dead modules, unreachable bundles, segments with nothing to buy",
        ),
        (
            combinations.module_without_card,
            dead.dead_module,
            combinations.unsellable_bundle,
            combinations.unsellable_product,
            combinations.nothing_to_sell,
        ),
    ),
    Mistake(
        Text(
            "银行亏钱，或客户觉得不值的产品",
            "a product that loses money, or is worth less to the customer than it costs",
        ),
        (policies.policy_refuted, policies.policy_not_proved),
    ),
)
