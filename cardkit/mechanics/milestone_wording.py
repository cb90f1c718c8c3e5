"""How the steps of a milestone are said: 满 or 超过, months in a row, days from which start."""

from collections.abc import Callable

from cardkit.ground.text import Text, same
from cardkit.mechanics.milestone_step import Step
from cardkit.mechanics.period import NAMES
from cardkit.mechanics.wording import Wording, at_least, grouped, rate, within, yuan


def step_text(metric: str, step: Step, words: Wording) -> Text:
    """One step with its reward: what has to be reached, until when, and what it brings."""
    reward = step.reward
    if step.reward_face is not None:
        face = yuan(words.value(step.reward_face))
        reward += Text(f"（价值 {face.zh}）", f" (worth {face.en})")
    if metric == "event":
        assert step.condition is not None
        return Text(f"{step.condition.zh}：{reward.zh}", f"{step.condition.en}: {reward.en}")
    reached, time = CONDITIONS[metric](step, words), _time(step, words)
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


def _counted(step: Step, words: Wording, zh: str, en: str) -> Text:
    """The threshold as a number of things: 满 5 笔 / at least 5 purchases."""
    assert step.threshold is not None
    threshold = words.value(step.threshold)
    shown = grouped(threshold)
    return at_least(step.comparison, Text(f"{shown} {zh}", f"{shown} {en}{'' if threshold == 1 else 's'}"))


def _money(step: Step, words: Wording) -> Text:
    """The threshold as money: 满 3,000 元 / at least CNY 3,000."""
    assert step.threshold is not None
    return at_least(step.comparison, yuan(words.value(step.threshold)))


def _spend(step: Step, words: Wording) -> Text:
    least, window = _money(step, words), _window(step)
    return Text(f"{window.zh}累计消费{least.zh}", f"you spend {least.en}{window.en}")


def _purchases(step: Step, words: Wording) -> Text:
    least, window = _counted(step, words, "笔", "purchase"), _window(step)
    return Text(f"{window.zh}消费{least.zh}", f"you make {least.en}{window.en}")


def _window(step: Step) -> Text:
    """自然月内 / in a calendar month; nothing where the days of the step are all that counts."""
    return Text("", "") if step.window is None else Text("", " ") + within(step.window)


def _first_spend(step: Step, words: Wording) -> Text:
    least = _money(step, words)
    return Text(f"首笔消费{least.zh}", f"your first purchase is {least.en}")


def _months_on_target(step: Step, words: Wording) -> Text:
    """连续 3 个自然月每月消费满 3,000 元; a month is a calendar month unless the step says otherwise."""
    least, months = _money(step, words), step.streak or 1
    name = NAMES[step.window or "calendar-month"]
    month = Text(name.zh.removeprefix("每"), name.en.removeprefix("a "))
    if months == 1:
        return Text(f"任一{month.zh}消费{least.zh}", f"you spend {least.en} in any one {month.en}")
    each = "每月" if step.window in (None, "calendar-month") else "每期"
    return Text(
        f"连续 {months} 个{month.zh}{each}消费{least.zh}",
        f"you spend {least.en} in each of {months} consecutive {month.en}s",
    )


def _instalment_months(step: Step, words: Wording) -> Text:  # noqa: ARG001 - all conditions are called alike
    months = step.streak or 1
    if months == 1:
        return Text("办理一个月账单分期", "you pay your bill in instalments for one month")
    return Text(
        f"连续 {months} 个月办理账单分期", f"you pay your bill in instalments for {months} consecutive months"
    )


def _tenure(step: Step, words: Wording) -> Text:
    least = _counted(step, words, "年", "year")
    return Text(f"连续用卡{least.zh}", f"you have used the card for {least.en} without a break")


def _team(step: Step, words: Wording) -> Text:
    assert step.share is not None
    share = rate(words.value(step.share))
    if step.comparison == ">=":
        least = Text(f"达到 {share.zh}", f"at least {share.en}")
    else:
        least = at_least(">", same(share.zh))
    return Text(f"团队员工开卡率{least.zh}", f"{least.en} of your employer's staff open the card")


def _referrals(step: Step, words: Wording) -> Text:
    least = _counted(step, words, "位好友", "friend")
    return Text(f"成功推荐{least.zh}开卡", f"you successfully refer {least.en}")


def _approval(step: Step, words: Wording) -> Text:  # noqa: ARG001 - all conditions are called alike
    return Text("获批开卡", "your card is approved")


CONDITIONS: dict[str, Callable[[Step, Wording], Text]] = {
    "spend": _spend,
    "purchases": _purchases,
    "first-spend": _first_spend,
    "months-on-target": _months_on_target,
    "instalment-months": _instalment_months,
    "tenure-years": _tenure,
    "team-share": _team,
    "referrals": _referrals,
    "approval": _approval,
}
"""What has to be reached, by metric; an event's condition is the catalog's own."""
