"""New figures change their own characters and no others."""

from decimal import Decimal

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.source.document import Document
from cardkit.source.new_numbers import with_numbers
from cardkit.source.nodes import read

TEXT = """# 顶部注释 60.00
a:   {is: 60.00,within: 0.5}   # 60.00 stays here
航空: "is: 60.00"
list:
- 60.00
-   {is: 1 , x: 60.00}
"""
NUMBERS = {("a", "is"): Decimal("-7.50"), ("list", 1, "is"): Decimal("1234.00")}
WANTED = TEXT.replace("{is: 60.00,", "{is: -7.50,").replace("{is: 1 ,", "{is: 1234.00 ,")


def document(raw: bytes) -> Document:
    found, faults = read("tests/some.yaml", raw)
    assert found is not None
    assert not faults
    return found


@pytest.mark.parametrize(
    "dressed",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["plain", "with a byte order mark", "with line ends of Windows", "without a last line end"],
)
def test_comments_spaces_quotes_and_line_ends_stay(dressed: type[str]) -> None:
    raw = dressed(TEXT).encode()
    assert with_numbers(document(raw), raw, NUMBERS) == dressed(WANTED)


def test_what_would_not_read_back_the_same_is_not_written() -> None:
    raw = b"a: {is: 5}\nb: is\n"
    with pytest.raises(CardkitError, match="wouldn't read back"):
        with_numbers(document(raw), raw, {("c",): Decimal(1)})
