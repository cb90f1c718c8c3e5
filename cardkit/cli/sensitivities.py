"""`cardkit price --sensitivity`: which prices have one, and where it is written."""

from typing import Any

from cardkit.cli.options import table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text
from cardkit.model.expression import Named
from cardkit.pricing.price import Price
from cardkit.pricing.sensitivity import Sensitivity, sensitivity
from cardkit.pricing.setting import Day
from cardkit.render.sensitivity_json import sensitivity_object
from cardkit.render.sensitivity_tables import data_table, sensitivity_tables


def measured(day: Day, named: list[Named], price: Price, added: tuple[str, ...], alone: bool) -> Sensitivity:
    """The sensitivity of one product in its segment; raises CardkitError for several, or not `alone`."""
    if len(named) > 1 or named[0].product.segment is None:
        raise CardkitError(
            Text("--sensitivity 一次分析一个产品", "--sensitivity looks at one product at a time"),
            Text("写一个带 @SEGMENT 的产品", "give one product with @SEGMENT"),
        )
    if not alone:
        raise CardkitError(
            Text(
                "--sensitivity 针对单个持有人的价格，不能与 --portfolio 或 --explain 同用",
                "--sensitivity is of one holder's price: it doesn't go with --portfolio or --explain",
            ),
            Text("分两次运行", "run the command twice"),
        )
    return sensitivity(day, price, tuple(dict.fromkeys((*named[0].campaigns, *added))))


def show_sensitivity(session: Session, found: Sensitivity, price: Price, form: str) -> None:
    """Tables for people; one table for programs."""
    console = session.console
    if form in ("tsv", "csv"):
        console.table(data_table(str(price.product), found), table_format(form, console))
        return
    for table in sensitivity_tables(found, console.glyphs):
        console.data("\n")
        console.table(table, table_format(form, console))


def with_sensitivity(body: dict[str, Any], found: Sensitivity, language: Language) -> dict[str, Any]:
    """A price's JSON body with the member `sensitivity` in its only product."""
    (product,) = body["products"]
    return {**body, "products": [{**product, "sensitivity": sensitivity_object(found, language)}]}
