"""Periods that caps, counts and prices refer to, each with its name: calendar, statement or anniversary."""

from cardkit.ground.text import Text

PER_YEAR = {
    "calendar-day": 365,
    "calendar-month": 12,
    "statement-month": 12,
    "calendar-quarter": 4,
    "calendar-year": 1,
    "anniversary-year": 1,
}
"""How many of a period there are in a year."""

PERIODS = tuple(PER_YEAR)

NAMES = {
    "calendar-day": Text("每自然日", "a calendar day"),
    "calendar-month": Text("每自然月", "a calendar month"),
    "statement-month": Text("每账单周期", "a statement month"),
    "calendar-quarter": Text("每自然季度", "a calendar quarter"),
    "calendar-year": Text("每自然年", "a calendar year"),
    "anniversary-year": Text("每持卡年（自核卡日起算）", "a card year (from the day of approval)"),
}
