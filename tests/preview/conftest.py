"""Small catalogs from data, the shipped one, and catalogs in which certain numbers are others."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from cardkit.ground.finding import Site
from cardkit.ground.shape.composite import Record
from cardkit.ground.text import Language
from cardkit.model.catalog import Catalog, Source
from cardkit.model.entity import Entity
from cardkit.model.expression import Product
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.settings import Settings
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import RightLine, Sheet
from cardkit.render import sheet_json, sheet_markdown, sheet_terminal
from cardkit.render.data_json import dumps
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.source.load import load

AS_OF = date(2026, 11, 22)
SETTINGS = Record(Settings)

Data = dict[str, Any]
SmallCatalog = Callable[..., Catalog]
Printed = Callable[..., str]


def texts(zh: str, en: str) -> Data:
    return {"zh": zh, "en": en}


def exact(value: Any) -> Any:
    """Data as the reader gives it: decimals exactly from their text."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [exact(inner) for inner in value]
    return value


def settings_data() -> Data:
    return {
        "format_version": 1,
        "id": "small",
        "name": texts("小目录", "Small catalog"),
        "owner": "tests",
        "issuer": texts("甲银行", "Bank A"),
        "currency": "CNY",
        "languages": ["zh", "en"],
        "market": {
            "interchange_cap": "0.45%",
            "network_fee": "0.0325%",
            "vat": "6%",
            "funding": "2%",
            "revolving_daily": "0.05%",
            "prepayment_loss": "6%",
            "collection": "97%",
        },
        "categories": {
            "dining": {"name": texts("餐饮", "dining"), "interchange": "0.45%"},
            "overseas": {"name": texts("境外", "abroad"), "interchange": "0.45%", "overseas": True},
        },
        "usages": {"lounge-visits": {"name": texts("贵宾厅", "lounge visits")}},
        "module_groups": {"travel": {"name": texts("出行", "travel")}},
        "points_currencies": {
            "points": {"name": texts("积分", "points"), "redemption_rate": "60%", "expiry_months": 24},
            "miles": {"name": texts("里程", "miles"), "redemption_rate": "80%"},
        },
        "notice_days": 45,
        "multi_module_discounts": [{"modules": 2, "amount": 15}],
    }


def right(mechanic: str, id_: str = "example", **more: Any) -> Data:
    """A benefit; underscores at the end of a key are dropped."""
    common = {"id": id_, "mechanic": mechanic, "name": texts("示例权益", "Example right")}
    return common | {key.rstrip("_"): value for key, value in more.items()}


def segment_data(name: str, zh: str, en: str) -> Data:
    return {
        "kind": "segment",
        "id": name,
        "name": texts(zh, en),
        "owner": "tests",
        "population": 1000,
        "reference_card": "plain-card",
        "traits": texts("特征", "traits"),
        "minimum_age": 20,
        "life_years": 5,
        "spend": {
            "month_cv": 0.6,
            "year_cv": 0.5,
            "categories": {
                "dining": {
                    "month_mean": 800,
                    "month_cv": 0.7,
                    "year_cv": 0.5,
                    "purchases_month": 9,
                    "ticket_cv": 0.8,
                }
            },
        },
        "usage": {"lounge-visits": {"mean": 2}},
        "credit": {
            "revolver_share": "20%",
            "revolving_balance": 4000,
            "revolving_loss": "6%",
            "instalment_loss": "3%",
            "float_loss": "0.3%",
            "float_days": 28,
        },
    }


def card_data(*benefits: Data, **more: Any) -> Data:
    return {
        "kind": "card",
        "id": "plain-card",
        "name": texts("普通卡", "Plain card"),
        "owner": "tests",
        "tier": "gold",
        "annual_fee": 300,
        "fx_markup": "1.5%",
        "slots": 3,
        "core": [
            right(
                "cashback",
                "core-cashback",
                name=texts("日常返现", "Everyday cashback"),
                rate="1%",
                limits=[{"metric": "reward", "most": 50, "period": "calendar-month"}],
            )
        ],
        "benefits": list(benefits),
        "operating": {"fixed": 30, "variable": "0.02%"},
        "acquisition_cost": 180,
    } | more


def module_data(id_: str, *benefits: Data, **more: Any) -> Data:
    return {
        "kind": "module",
        "id": id_,
        "name": texts(f"模块{id_}", f"Module {id_}"),
        "owner": "tests",
        "group": "travel",
        "price": 99,
        "benefits": list(benefits),
    } | more


def campaign_data(*benefits: Data, **more: Any) -> Data:
    return {
        "kind": "campaign",
        "id": "welcome",
        "name": texts("迎新", "Welcome"),
        "owner": "tests",
        "objective": "acquire",
        "stage": "activation",
        "indicator": "cards-issued",
        "target": {"segments": ["anybody"], "share": "40%"},
        "window": {"from": "2026-10-01", "until": "2027-03-31"},
        "organiser": texts("甲银行信用卡中心", "Card centre of Bank A"),
        "benefits": list(benefits),
    } | more


def group_data(*members: str, **more: Any) -> Data:
    return {
        "kind": "interaction",
        "id": "together",
        "name": texts("一组", "A group"),
        "owner": "tests",
        "how": "accumulate",
        "members": list(members),
        "reason": texts("两项一起计算。", "The two count together."),
    } | more


@pytest.fixture
def small_catalog() -> SmallCatalog:
    """Builds a catalog: `small_catalog(module_data(…), card=card_data(…), settings=settings_data())`."""

    def build(*entities: Data, card: Data | None = None, settings: Data | None = None) -> Catalog:
        everything = [
            card or card_data(),
            segment_data("anybody", "大众", "Everybody"),
            segment_data("rich", "高净值", "High net worth"),
            *entities,
        ]
        return of_data(exact(settings or settings_data()), [exact(data) for data in everything])

    return build


def of_data(settings: Data, entities: list[Data]) -> Catalog:
    """A catalog of plain data, its hash fixed."""
    made: dict[str, Entity] = {data["id"]: built(data) for data in entities}
    sources = [Source(f"{data['id']}.yaml", data["kind"], data["id"], data) for data in entities]
    return Catalog(
        SETTINGS.build(settings, ()),
        made,
        (Source("catalog.yaml", None, None, settings), *sources),
        (),
        "0123456789abcdef" * 4,
        lambda file, path, key: Site(file, path=path),  # noqa: ARG005
        {},
    )


def built(data: Data) -> Any:
    return KIND_OF_WORD[data["kind"]].shape.build(data, ())


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    """The shipped catalog, its hash fixed so that goldens live longer than it."""
    root = Path(__file__).parents[2] / "catalog"
    catalog = load(root)
    assert [finding.message.en for finding in catalog.findings] == []
    return replace(catalog, hash="0123456789abcdef" * 4)


@pytest.fixture
def printed() -> Printed:
    """A sheet as a terminal without colour shows it."""

    def print_plain(sheet: Sheet, language: Language, columns: int = 80, glyphs: Glyphs = UNICODE) -> str:
        out = io.StringIO()
        console = Console(
            file=out, width=columns, force_terminal=False, markup=False, emoji=False, highlight=False
        )
        console.print(
            sheet_terminal.render(sheet, language, columns=columns, glyphs=glyphs), end="", crop=False
        )
        return out.getvalue()

    return print_plain


def everything_said(sheet: Sheet) -> str:
    """The sheet in every language, as data and as a page."""
    parts = []
    for language in ("zh", "en"):
        parts += [dumps(sheet_json.document(sheet, language)), sheet_markdown.render(sheet, language)]
    return "".join(parts)


def only_right(sheet: Sheet, section: str = "card") -> RightLine:
    """The one right of the one section of a kind."""
    (found,) = (it for it in sheet.sections if it.kind == section)
    (line,) = found.rights
    return line


def with_entity(catalog: Catalog, entity: Entity) -> Catalog:
    """The catalog with one entity in place of the one of that id."""
    return replace(catalog, entities={**catalog.entities, entity.id: entity})


def sheet_for(
    catalog: Catalog,
    card: str,
    *modules: str,
    segment: str | None = "anybody",
    campaigns: tuple[str, ...] = (),
) -> Sheet:
    return sheet_of(catalog, Product(card, tuple(sorted(modules)), segment), AS_OF, campaigns)


class Kit(SimpleNamespace):
    """The helpers of this file, for test files, which can't import it."""

    def __repr__(self) -> str:
        return "kit"


@pytest.fixture(scope="session")
def kit() -> Any:
    helpers = (
        AS_OF,
        built,
        campaign_data,
        card_data,
        everything_said,
        group_data,
        module_data,
        of_data,
        only_right,
        right,
        settings_data,
        sheet_for,
        texts,
        with_entity,
    )
    return Kit(**{getattr(helper, "__name__", "AS_OF"): helper for helper in helpers})
