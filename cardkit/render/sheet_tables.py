"""The tables of a sheet: fees, and what each tenor of an instalment plan costs."""

from cardkit.ground.money import percent
from cardkit.ground.text import Text, joined
from cardkit.preview import labels
from cardkit.preview.sheet import InstalmentBox, Sheet
from cardkit.render.table import Column, Row, Table

YUAN = Text("元", "CNY")


def fee_table(sheet: Sheet) -> Table:
    """Every fee with what waives or changes it beside it."""
    columns = (
        Column("fee", labels.FEE, wrapped=True),
        Column("amount", labels.AMOUNT, whole=True),
        Column("note", labels.NOTE, wrapped=True),
    )
    return Table(
        None,
        columns,
        tuple(
            Row(
                (line.name, line.amount, joined(line.notes, "；", "; ")),
                "total" if line.kind == "total" else "plain",
            )
            for line in sheet.fees
        ),
    )


def tenor_table(box: InstalmentBox) -> Table:
    """Annual rates first; what a month and the whole plan cost comes after."""
    columns = (
        Column("months", labels.MONTHS, "count"),
        Column("simple", labels.SIMPLE, "percent"),
        Column("compound", labels.COMPOUND, "percent"),
        Column("rate_per_period", labels.PER_PERIOD, "percent"),
        Column("interest", labels.INTEREST, "amount", YUAN),
    )
    rows = tuple(
        Row(
            (
                tenor.months,
                tenor.simple,
                tenor.compound,
                percent(tenor.rate_per_period),
                tenor.interest,
            ),
            "highlight" if tenor is box.highest and tenor.simple > 0 and len(box.tenors) > 1 else "plain",
        )
        for tenor in box.tenors
    )
    return Table(None, columns, rows)
