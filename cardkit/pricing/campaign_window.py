"""A campaign's window: how many years it is, what comes again in each of them, on which day it is priced."""

from datetime import date, timedelta
from fractions import Fraction

from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import Window
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.milestone import Milestone
from cardkit.model.campaign import Campaign

DAYS = 365


def running_day(benefit: Benefit, campaign: Campaign, as_of: date) -> date:
    """The day asked for, or the nearest one in the campaign's window and the benefit's validity."""
    spans = [campaign.window] if benefit.validity is None else [campaign.window, benefit.validity]
    for span in spans:
        if span.until is not None and as_of > span.until:
            as_of = span.until
        if span.since is not None and as_of < span.since:
            as_of = span.since
    return as_of


def window_years(window: Window) -> Fraction:
    """Years of a window, at least one: what is granted in a part of a year is priced as that already."""
    if window.since is None or window.until is None:
        return Fraction(1)
    end = window.until + timedelta(days=1)
    years = 0
    while _anniversary(window.since, years + 1) <= end:
        years += 1
    rest = Fraction((end - _anniversary(window.since, years)).days, DAYS)
    return max(Fraction(1), years + rest) if years else Fraction(1)


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def recurs(benefit: Benefit) -> bool:
    """Whether a customer is granted it anew in a second year of the window, as priced for one year."""
    return not isinstance(benefit, Milestone | Draw)
