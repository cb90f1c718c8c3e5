"""Colours and weights: a second hint beside signs and words, never the only one."""

from rich.text import Text as Styled

from cardkit.render.table import Cell, Column, Emphasis

# Red means "up" on Chinese markets, so below zero is orange. On terminals with sixteen colours these two
# become bright blue and brown (rich's dark_orange would become red).
BLUE = "dodger_blue1"
ORANGE = "orange3"
EMPHASIS: dict[Emphasis, str] = {"plain": "", "total": "bold", "highlight": f"bold {BLUE}", "muted": "dim"}


def tone(value: Cell, column: Column) -> str:
    """A second hint beside the sign, never the only one."""
    if value is None:
        return "dim"
    if not column.signed or not isinstance(value, int) or not value:
        return ""
    return BLUE if value > 0 else ORANGE


def final(text: str, style: str = "") -> Styled:
    """Text that rich neither wraps nor crops: what it needs has been done."""
    return Styled(text, style=style, no_wrap=True, overflow="ignore")
