"""The JSON Schemas of the format: made from the shapes, committed for editors, used for the bulk check."""

from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

import jsonschema_rs

from cardkit.ground.shape.base import Schema, Shape
from cardkit.ground.shape.composite import Record
from cardkit.model.kinds import KINDS
from cardkit.model.settings import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS = "catalog"
SHAPES: dict[str, Shape] = {SETTINGS: Record(Settings)} | {kind.word: kind.shape for kind in KINDS}
"""The shape of each kind of file, by the word in `kind:`; `catalog` is catalog.yaml."""


@cache
def schema_of(word: str) -> Schema:
    """The self-contained schema of one kind of file."""
    return self_contained(word, SHAPES[word])


def self_contained(word: str, shape: Shape) -> Schema:
    """The schema of files of a shape, with everything that it refers to."""
    definitions: dict[str, Schema] = {}
    body = shape.schema(definitions)
    return {"$schema": DIALECT, "title": f"cardkit {word}", **body, "$defs": definitions}


def any_schema() -> Schema:
    """One schema for every file of the kind folders: dispatches on `kind` alone."""
    definitions: dict[str, Schema] = {}
    branches = [
        {
            "if": {"properties": {"kind": {"const": kind.word}}, "required": ["kind"]},
            "then": kind.shape.schema(definitions),
        }
        for kind in KINDS
    ]
    return {
        "$schema": DIALECT,
        "title": "cardkit entity",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": [kind.word for kind in KINDS]}},
        "allOf": branches,
        "$defs": definitions,
    }


def fits(word: str, data: Any) -> bool:
    """Whether a file's data, exact decimals included, is of this kind and fits its schema."""
    if word == SETTINGS:
        return _validator(SETTINGS).is_valid(data)
    return data.get("kind") == word and _validator("").is_valid(data)


@cache
def _validator(word: str) -> jsonschema_rs.Draft202012Validator:
    """One validator for all kinds of entity, so that shared parts are compiled once; one for catalog.yaml."""
    return validator_of(schema_of(word) if word else any_schema())


def validator_of(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """The validator of a self-contained schema."""
    return jsonschema_rs.Draft202012Validator(schema, retriever=_refuse, validate_formats=False)


def _refuse(uri: str) -> NoReturn:
    """Nothing is ever fetched: neither from a network nor from a file."""
    raise ValueError(f"schemas are self-contained; {uri} is not fetched")


def plain(data: Any) -> Any:
    """Data as JSON knows it: exact decimals become floats, for a validator that knows no others."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def schema_files() -> dict[str, str]:
    """The committed schemas by file name: one for each kind of file, and one that dispatches on `kind`."""
    import json

    from cardkit.model.expectation import Expectations  # which only tests of a catalog need
    from cardkit.model.waiver import Waivers  # and these differences

    schemas = {word: schema_of(word) for word in SHAPES} | {"entity": any_schema()}
    schemas["expectations"] = self_contained("expectations", Record(Expectations))
    schemas["waivers"] = self_contained("waivers", Record(Waivers))
    return {
        f"{word}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for word, schema in schemas.items()
    }
