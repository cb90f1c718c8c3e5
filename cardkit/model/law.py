"""Law that checks enforce, as data that a compliance officer can edit."""

from collections.abc import Mapping

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, MapOf
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Identifier, Line, Number
from cardkit.ground.text import Text
from cardkit.model.entity import Entity


@record
class Law(Entity):
    """One requirement: where it is written, how sure that is, which check enforces it, with which figures."""

    citation: str = item(
        Line(), Text("出处", "citation"), Text("文号与条款。", "The document's number and article.")
    )
    certainty: str = item(
        Choice(("confirmed", "draft", "unverified")),
        Text("确认程度", "certainty"),
        Text(
            "confirmed 已核对，draft 征求意见，unverified 待核对。未确认的只给警告。",
            "What isn't confirmed gives warnings, not errors.",
        ),
    )
    check: str = item(
        Line(40), Text("检查项", "check"), Text("执行它的检查的代码或名称。", "Code or name of the check.")
    )
    parameters: Mapping[str, Figure] | None = item(
        MapOf(Identifier(), FigureOf(Number(), by_segment=False)),
        Text("参数", "parameters"),
        Text("检查用到的数。", "Figures that the check uses."),
        default=None,
    )
    words: tuple[str, ...] = item(
        ListOf(Line(100)),
        Text("词语", "words"),
        Text("检查要找的词语，两种语言都可以。", "Words that the check looks for, of either language."),
        default=(),
    )
