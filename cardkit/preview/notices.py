"""What a page says of everything on it: notice of changes, quotas, who may use a right, rates."""

from collections.abc import Iterator

from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment
from cardkit.preview.held import Page, first_come
from cardkit.preview.instalments import EVERY_RATE_IS_ANNUAL


def notices(page: Page) -> tuple[Text, ...]:
    """The notices that hold for this page, in order."""
    return tuple(_notices(page))


def _notices(page: Page) -> Iterator[Text]:
    if any(isinstance(held.right, Instalment) for held in page.held):
        yield EVERY_RATE_IS_ANNUAL
    days = page.catalog.settings.notice_days
    yield Text(
        f"权益或费用变更，提前 {days} 天通知您。",
        f"You are told {days} days before a right or a fee changes.",
    )
    campaigns = (page.catalog.campaigns[name] for name in page.campaigns)
    pools = any(held.right.pool is not None for held in page.held)
    if pools or any(map(first_come, campaigns)):
        yield Text(
            "标有名额的权益先到先得，领完为止。",
            "Rights with a quota are first come, first served, and end when the quota is used up.",
        )
    yield Text(
        "未另外注明的权益仅限主卡持卡人；所列起止日期均含当天。",
        "Rights are for the main card holder unless they say otherwise; first and last days are included.",
    )
    if page.modules and not any(page.catalog.modules[name].preselected for name in page.product.modules):
        yield Text(
            "权益模块均由您自行选择，不默认勾选。",
            "Every module is your own choice; none is ticked beforehand.",
        )
    if page.leaves_out:
        yield Text(
            "另有只面向部分客群的权益，未列在此页。",
            "There are further rights for certain groups of customers; they aren't listed here.",
        )
