"""How the steps of a milestone are said: 满 or 超过, months in a row, days from which start."""

from cardkit.ground.text import Text, same
from cardkit.mechanics.milestone_step import Step
from cardkit.mechanics.wording import Wording, at_least, grouped, rate, within, yuan


def step_text(metric: str, step: Step, words: Wording) -> Text:
    """One step with its reward: what has to be reached, until when, and what it brings."""
    reward = step.reward
    if step.reward_face is not None:
        face = yuan(words.value(step.reward_face))
        reward += Text(f"（价值 {face.zh}）", f" (worth {face.en})")
    reached = _condition(metric, step, words)
    if metric == "event":
        return Text(f"{reached.zh}：{reward.zh}", f"{reward.en} {reached.en}")
    time = _time(step, words)
    return Text(f"{time.zh}{reached.zh}，得{reward.zh}", f"{reward.en} when {reached.en}{time.en}")


def _time(step: Step, words: Wording) -> Text:
    """核卡后 65 天内 / within 65 days of approval; from the campaign's clock where one is named."""
    if step.clock is not None:
        start = words.name(step.clock)
        if step.within_days is None:
            return Text(f"在{start.zh}期限内", f" in the time of {start.en}")
        return Text(
            f"自{start.zh}起 {step.within_days} 天内", f" within {step.within_days} days of {start.en}"
        )
    if step.within_days is None:
        return Text("", "")
    return Text(f"核卡后 {step.within_days} 天内", f" within {step.within_days} days of approval")


def _condition(metric: str, step: Step, words: Wording) -> Text:
    """What has to be reached, without the reward."""
    if metric == "event":
        assert step.condition is not None
        return step.condition
    if metric == "approval":
        return Text("获批开卡", "your card is approved")
    if metric == "team-share":
        return _team(step, words)
    if metric == "instalment-months":
        months = step.streak or 1
        return Text(
            f"连续 {months} 个月办理账单分期", f"you pay your bill in instalments for {_months(months)}"
        )
    assert step.threshold is not None
    threshold = words.value(step.threshold)
    shown = grouped(threshold)
    if metric == "referrals":
        friends = Text(f"{shown} 位好友", f"{shown} friend{'' if threshold == 1 else 's'}")
        least = at_least(step.comparison, friends)
        return Text(f"成功推荐{least.zh}", f"you refer {least.en} who get the card")
    if metric == "tenure-years":
        years = Text(f"{shown} 年", f"{shown} year{'' if threshold == 1 else 's'}")
        least = at_least(step.comparison, years)
        return Text(f"连续用卡{least.zh}", f"you have used the card for {least.en} without a break")
    if metric == "purchases":
        assert step.window is not None
        window = within(step.window)
        least = at_least(
            step.comparison, Text(f"{shown} 笔", f"{shown} purchase{'' if threshold == 1 else 's'}")
        )
        return Text(f"{window.zh}消费{least.zh}", f"you make {least.en} {window.en}")
    return _spend(metric, step, at_least(step.comparison, yuan(threshold)))


def _spend(metric: str, step: Step, least: Text) -> Text:
    if metric == "first-spend":
        return Text(f"首笔消费{least.zh}", f"your first purchase is {least.en}")
    if metric == "months-on-target":
        months = step.streak or 1
        if months == 1:
            return Text(f"一个月内消费{least.zh}", f"you spend {least.en} in one month")
        return Text(
            f"连续 {months} 个月每月消费{least.zh}", f"you spend {least.en} in each of {_months(months)}"
        )
    assert step.window is not None
    window = within(step.window)
    return Text(f"{window.zh}累计消费{least.zh}", f"you spend {least.en} {window.en}")


def _team(step: Step, words: Wording) -> Text:
    assert step.share is not None
    share = rate(words.value(step.share))
    least = (
        Text(f"达到 {share.zh}", f"at least {share.en}")
        if step.comparison == ">="
        else at_least(">", same(share.zh))
    )
    return Text(f"团队员工开卡率{least.zh}", f"{least.en} of your employer's staff open the card")


def _months(months: int) -> str:
    return "one month" if months == 1 else f"{months} consecutive months"
