"""Three findings in three files of a catalog that lies in a folder of its repository."""

from datetime import date

from cardkit.ground.finding import Code, Finding, Related, Severity, Site, Span
from cardkit.ground.text import Language, Text
from cardkit.render.data_json import Stamp
from cardkit.render.findings.report import Report

SOURCES = {
    "cards/travel-gold.yaml": "id: travel-gold\nname: {zh: 金卡}\n",
    "modules/lounge.yaml": "id: lounge\n"
    "name: {zh: 机场贵宾厅}\n"
    "summary: 全年六次机场贵宾厅权益，可携带一位同行人，节假日通用，需提前一天预约，"
    " requires: [air-mile] 航班延误除外\n",
}
DATA: dict[str, dict[str, object]] = {
    "modules/lounge.yaml": {"id": "lounge", "requires": ["air-mile", "gold"]}
}
FINDINGS = (
    Finding(
        Code("CK901", "short-summary", Severity.WARNING),
        Site("cards/travel-gold.yaml", Span(2, 1, 2, 5), ("name",)),
        Text("没有英文名称", "the English name is missing"),
    ),
    Finding(
        Code("CK203", "unknown-id"),
        Site("modules/lounge.yaml", Span(3, 53, 3, 61), ("requires", 0)),
        Text("没有叫 air-mile 的模块", "there is no module air-mile"),
        Text("air-miles", "air-miles"),
        "lounge",
        (Related(Site("cards/travel-gold.yaml", Span(1, 1)), Text("这张卡含有它", "this card includes it")),),
    ),
    Finding(
        Code("CK105", "missing-key"),
        Site("modules/price.yaml", Span(7, 1, 7, 1)),
        Text("缺少 owner", "owner is missing"),
        Text("owner: 团队名", "owner: a team"),
    ),
)


def report(language: Language, findings: tuple[Finding, ...] = FINDINGS) -> Report:
    summary = Text("检查了 3 个文件，用时 0.1 秒。", "Checked 3 files in 0.1 s.")
    stamp = Stamp("demo", "3f2a9c")
    day = date(2026, 1, 1)
    return Report(
        findings,
        SOURCES.get,
        language,
        stamp,
        day,
        not findings,
        summary,
        columns=72,
        prefix="bank/catalog/",
        data=DATA.get,
        files=("cards/travel-gold.yaml", "modules/lounge.yaml", "modules/price.yaml", "partners/air.yaml"),
    )
