"""Scenarios (情景): named sets of changed figures, laid over a catalog to ask what would be if."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import Definitions, Schema, Shape, ShapeError, item, record
from cardkit.ground.shape.composite import MapOf
from cardkit.ground.shape.leaf import Words
from cardkit.ground.text import Text, same

ScenarioFigure: TypeAlias = str | int | Decimal | bool
"""A value as YAML gives it: `1.5%` and the multiplier `*1.2` are texts."""

_EXAMPLE = "pet-care.price"
_MOST_CHARACTERS = 300


@frozen
class FigurePath(Shape):
    """Which value of which entity: `ENTITY.key.key`, as `--set` takes it."""

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002 - the base class fixes it
        """A text; what it leads to is looked up when the scenario is used."""
        return {"type": "string", "minLength": 3, "maxLength": _MOST_CHARACTERS}

    def build(self, data: Any, path: Path) -> str:
        """The path as it is written; raises ShapeError for one that names no key."""
        if not all(str(data).split(".")) or "." not in str(data):
            raise ShapeError(
                path,
                Text("路径要写成 ENTITY.key", "A path reads ENTITY.key"),
                Text(f"例如 {_EXAMPLE}", f"such as {_EXAMPLE}"),
            )
        return str(data)

    def label(self) -> Text:
        """`ENTITY.key.key`."""
        return same("`ENTITY.key.key`")


@frozen
class AnyValue(Shape):
    """A single value: what it may be depends on where its path leads."""

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002 - the base class fixes it
        """A text, a number, true or false."""
        return {
            "description": "One value: a text, a number, true or false.\n\n单个值：文字、数、true 或 false。",
            "anyOf": [
                {"type": "string", "minLength": 1, "maxLength": 500},
                {"type": "number"},
                {"type": "boolean"},
            ],
        }

    def build(self, data: Any, path: Path) -> ScenarioFigure:  # noqa: ARG002 - any value fits
        """The value as it is written."""
        made: ScenarioFigure = data
        return made

    def label(self) -> Text:
        """A value as its own file would hold it, or a multiplier."""
        return Text('值，或倍数如 `"*1.2"`', 'value, or a multiplier such as `"*1.2"`')


@record
class Scenario:
    """One scenario: what is different in it."""

    name: Text = item(
        Words(), Text("名称", "name"), Text("情景名称。", "What the scenario is called."), example=None
    )
    set: Mapping[str, ScenarioFigure] = item(
        MapOf(FigurePath(), AnyValue(), least=1),
        Text("改动", "what it sets"),
        Text(
            '路径到值，与 --set 相同：权益可写编号，* 代表每一个，"*1.2" 表示乘以 1.2。',
            'Path to value, as for --set: benefits by id, * for each of several, "*1.2" to multiply.',
        ),
        example={"catalog.market.funding": "1.5%"},
    )
