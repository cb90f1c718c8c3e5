"""Whom the products of one command line are offered to, and which of their campaigns count."""

from collections.abc import Iterable

from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, parse
from cardkit.pricing.price import addressed
from cardkit.pricing.setting import Day


def in_one_segment(session: Session, catalog: Catalog, expressions: list[str]) -> list[Named]:
    """The products that were typed, those without a segment in the one that the others name.

    Raises CardkitError where a product needs a segment and the others name none, or several.
    """
    read = [_read(catalog, typed) for typed in expressions]
    segments = sorted({named.product.segment for named in read if named and named.product.segment})
    offered: list[Named] = []
    for expression, named in zip(expressions, read, strict=True):
        typed = one_line(expression)
        if named is not None and named.product.segment is not None:
            offered += session.products(catalog, [expression])
        elif len(segments) == 1:
            session.console.message(
                Text(
                    f"说明：{typed} 没有写客群，按 {segments[0]} 比较",
                    f"note: {typed} names no segment: taken in {segments[0]}, like the others",
                )
            )
            offered += session.products(catalog, [f"{expression}@{segments[0]}"])
        else:
            raise _which(typed, segments)
    return offered


def _read(catalog: Catalog, typed: str) -> Named | None:
    """The product, or None where it may be that only a segment is missing."""
    try:
        return parse(catalog, typed)
    except CardkitError as wrong:
        if "@" in typed or not catalog.segments:
            raise
        try:
            parse(catalog, f"{typed}@{next(iter(catalog.segments))}")
        except CardkitError:
            raise wrong from None  # it lacks more than a segment
        return None


def _which(typed: str, segments: list[str]) -> CardkitError:
    if not segments:
        return CardkitError(
            Text(f"{typed} 没有写客群", f"{typed} names no segment"),
            Text(
                f"写成 {typed}@SEGMENT；只写一个也行，其余的跟随它",
                f"write {typed}@SEGMENT; one of the products is enough, the others follow it",
            ),
        )
    names = joined([same(name) for name in segments], "、", " and ")
    return CardkitError(
        Text(
            f"{typed} 没有写客群，而其他产品在 {names.zh}",
            f"{typed} names no segment, and the others are in {names.en}",
        ),
        Text(f"写成 {typed}@SEGMENT", f"write {typed}@SEGMENT"),
    )


def tell_uncounted(session: Session, day: Day, campaigns: Iterable[str], segments: Iterable[str]) -> None:
    """Say which campaigns are no part of the prices: not running on the day, or for other segments."""
    wanted = tuple(segments)
    for name in campaigns:
        if not any(addressed(day.catalog.campaigns[name], segment, day) for segment in wanted):
            session.console.message(
                Text(
                    f"说明：活动 {name} 当日不进行，或不面向该客群，未计入",
                    f"note: {name} isn't counted: not running on the day, or not for the segment",
                )
            )
