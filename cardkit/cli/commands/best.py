"""`cardkit best @SEGMENT`: the best products for a segment, or for one person in it."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Annotated

import typer

from cardkit.cli.engine import limits_of, time_limit_option
from cardkit.cli.options import DATA_FORMATS, argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen, to_fen
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import unknown
from cardkit.pricing.setting import Day
from cardkit.render.best_tables import MEASURED, best_body, best_table, best_title, not_proved
from cardkit.render.data_json import envelope
from cardkit.render.numbers import amount
from cardkit.solve.best import Best, Wish, best

MOST = 1000
"""Products that one answer lists."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).to(language)

    where = argument("客群：@SEGMENT", "The segment: @SEGMENT", "@SEGMENT", language)
    by = said(
        "按什么排序：contribution、customer-net、customer-value，或组合 contribution=0.6,customer-net=0.4",
        "What counts: contribution, customer-net, customer-value, or a mix: "
        "contribution=0.6,customer-net=0.4",
    )
    needs = said(
        "一个人的需求，代替客群的平均，如 flights=8,children=1",
        "One person's needs in place of the segment's average: flights=8,children=1",
    )

    def run(
        session: Session,
        segment: Annotated[str, where],
        by: Annotated[str, typer.Option(metavar="MEASURE", help=by)] = "contribution",
        number: Annotated[
            int, typer.Option("--number", "-n", metavar="N", help=said("列出几个", "How many to list"))
        ] = 10,
        include: Annotated[
            list[str] | None,
            typer.Option(
                metavar="MODULE", help=said("必须有的模块，可重复", "Must have it; may be repeated")
            ),
        ] = None,
        exclude: Annotated[
            list[str] | None,
            typer.Option(
                metavar="MODULE", help=said("不要的模块，可重复", "Must not have it; may be repeated")
            ),
        ] = None,
        card: Annotated[
            list[str] | None,
            typer.Option(metavar="CARD", help=said("只用这张卡，可重复", "This card only; may be repeated")),
        ] = None,
        max_price: Annotated[
            str | None,
            typer.Option(
                metavar="CNY", help=said("客户每年最多支付（含）", "The most that the customer pays a year")
            ),
        ] = None,
        min_contribution: Annotated[
            str | None,
            typer.Option(
                metavar="CNY",
                help=said("每年贡献至少（含）", "The least that the product contributes a year"),
            ),
        ] = None,
        needs: Annotated[str | None, typer.Option(metavar="NEED=N,…", help=needs)] = None,
        time_limit: time_limit_option(language) = None,  # type: ignore[valid-type]  # the help's language
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        form = chosen(format_, DATA_FORMATS, session.console.default_format)
        if not 1 <= number <= MOST:
            raise CardkitError(
                Text(f"--number 是 1 到 {MOST} 的整数", f"--number is a whole number from 1 to {MOST}"),
                Text("例如 --number 10", "for example --number 10"),
            )
        catalog = session.usable()
        wish = Wish(
            _segment(catalog, segment),
            _weights(by),
            number,
            _known(catalog, include, "module"),
            _known(catalog, exclude, "module"),
            _known(catalog, card, "card"),
            _yuan(max_price, "--max-price"),
            _yuan(min_contribution, "--min-contribution"),
            _numbers(needs, "--needs", "flights=8,children=1"),
        )
        return _show(session, catalog, best(Day(catalog, session.as_of), wish, limits_of(time_limit)), form)

    return run


def _show(session: Session, catalog: Catalog, found: Best, form: str) -> int:
    console = session.console
    doubt = not_proved(found)
    if form == "json":
        body = {"currency": catalog.settings.currency, **best_body(found)}
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    elif form in ("tsv", "csv"):
        console.table(best_table(found), table_format(form, console))
    else:
        notes = (*_conditions(found.wish), *_lacking(found), session.about(catalog))
        console.table(best_table(found, best_title(found), notes), table_format(form, console))
    if not found.found and found.finished:
        console.message(_nothing(session, found))
    if doubt is not None:
        console.message(doubt)
    return 0 if found.finished and found.found else 1


def _nothing(session: Session, found: Best) -> Text:
    """That nothing meets the conditions, and how close one comes."""
    wish, signs = found.wish, session.console.glyphs
    told = Text("没有产品满足这些条件", "no product meets these conditions")
    if wish.highest_price is not None and (cheapest := found.cheapest()) is not None:
        pays = amount(Fen(cheapest.totals.pays), glyphs=signs)
        told += Text(
            f"；客户支付最少的是 {cheapest.product}，每年 {pays} 元",
            f"; the one that costs the customer least is {cheapest.product}, CNY {pays} a year",
        )
    if wish.lowest_contribution is not None and (most := found.most_profitable()) is not None:
        earns = amount(Fen(most.totals.contribution), signed=True, glyphs=signs)
        told += Text(
            f"；贡献最高的是 {most.product}，每年 {earns} 元",
            f"; the one that contributes most is {most.product}, CNY {earns} a year",
        )
    return told


def _conditions(wish: Wish) -> tuple[Text, ...]:
    said = [same(f"--include {name}") for name in wish.include]
    said += [same(f"--exclude {name}") for name in wish.exclude]
    said += [same(f"--card {name}") for name in wish.cards]
    if wish.highest_price is not None:
        said.append(same(f"--max-price {amount(wish.highest_price)}"))
    if wish.lowest_contribution is not None:
        said.append(same(f"--min-contribution {amount(wish.lowest_contribution)}"))
    if wish.needs:
        said.append(
            same("--needs " + ",".join(f"{name}={float(number):g}" for name, number in wish.needs.items()))
        )
    return (Text("条件：", "conditions: ") + joined(said, "，", ", "),) if said else ()


def _lacking(found: Best) -> tuple[Text, ...]:
    """What could not be priced, and is therefore in no product listed."""
    missing = found.combinations.missing
    if not missing:
        return ()
    first = next(iter(missing.values()))
    return (
        Text(
            f"{len(missing)} 处缺少数值，含有它们的产品没有参加排名，如：",
            f"{len(missing)} figures are missing; products that need them aren't ranked, for example: ",
        )
        + first,
    )


def _segment(catalog: Catalog, typed: str) -> str:
    name = typed.removeprefix("@")
    if name not in catalog.segments:
        raise unknown(catalog, name, ("segment",))
    return name


def _known(catalog: Catalog, names: list[str] | None, kind: str) -> tuple[str, ...]:
    known = catalog.modules if kind == "module" else catalog.cards
    for name in names or ():
        if name not in known:
            raise unknown(catalog, name, (kind,))
    return tuple(dict.fromkeys(names or ()))


def _weights(typed: str) -> Mapping[str, Fraction]:
    """A measure by its name, or a mix of measures with their weights."""
    weights = (
        {typed: Fraction(1)}
        if "=" not in typed
        else _numbers(typed, "--by", "contribution=0.6,customer-net=0.4")
    )
    for name in weights:
        chosen(name, tuple(name for name in MEASURED if name != "customer-pays"), "", "--by")
    if not any(weights.values()):
        raise CardkitError(
            Text("--by 的权重不能都是 0", "The weights of --by can't all be 0"),
            Text(
                "例如 --by contribution=0.6,customer-net=0.4", "write --by contribution=0.6,customer-net=0.4"
            ),
        )
    return weights


def _numbers(typed: str | None, option: str, example: str) -> Mapping[str, Fraction]:
    """`NAME=NUMBER,NAME=NUMBER`; numbers are not negative."""
    found: dict[str, Fraction] = {}
    for part in (typed or "").split(","):
        name, equals, number = part.partition("=")
        if not typed:
            break
        value = _number(number)
        if not equals or value is None or name.strip() in found:
            raise CardkitError(
                Text(f"看不懂 {option} 的 {one_line(part)}", f"Can't read {one_line(part)} of {option}"),
                Text(f"写成 {option} {example}", f"write {option} {example}"),
            )
        found[name.strip()] = value
    return found


def _number(typed: str) -> Fraction | None:
    text = typed.strip()
    if not text.replace(".", "", 1).isdigit() or not text.isascii() or len(text) > 15:
        return None
    return Fraction(text)


def _yuan(typed: str | None, option: str) -> Fen | None:
    if typed is None:
        return None
    negative = typed.strip().startswith("-")
    value = _number(typed.strip().removeprefix("-"))
    if value is None or (value * 100).denominator != 1:
        raise CardkitError(
            Text(
                f"{option} 要写成元，最多两位小数", f"{option} is an amount in yuan with at most two decimals"
            ),
            Text(f"例如 {option} 300", f"for example {option} 300"),
        )
    return to_fen(-value if negative else value)
