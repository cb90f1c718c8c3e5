"""Why a file doesn't fit its schema: the faults that a person would name, in the order of their weight.

The schema dispatches on `kind`, `mechanic` and `rule`, so that every fault is one of the branch that was
meant. Faults that follow from others are left out: a misspelt key isn't also a missing one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from cardkit.ground.finding import Code, Finding, Path
from cardkit.ground.safe import one_line
from cardkit.ground.shape.base import Schema
from cardkit.ground.text import Text
from cardkit.source import schema_codes as codes
from cardkit.source.document import Document

MOST_SHOWN = 40
NO_NETWORK: Registry[Any] = Registry()


def explain(document: Document, data: Any, schema: Schema, entity: str | None) -> list[Finding]:
    """Findings for each fault of data that doesn't fit the schema, one for one fault."""
    validator = Draft202012Validator(schema, registry=NO_NETWORK)
    errors = sorted(validator.iter_errors(data), key=_weight)
    found: list[Finding] = []
    for error in _without_echoes(errors):
        found.extend(_findings(document, error, entity))
    return found


ORDER = ("additionalProperties", "required", "type", "enum", "const", "pattern")
"""Which of several faults of one value names the real one."""


def _weight(error: ValidationError) -> tuple[int, str, int]:
    order = ORDER.index(error.validator) if error.validator in ORDER else len(ORDER)
    return len(error.absolute_path), str(list(error.absolute_path)), order


def _without_echoes(errors: Sequence[ValidationError]) -> Iterator[ValidationError]:
    """Leave out what another fault already explains: two faults of one value, missing beside misspelt."""
    misspelt: dict[Path, list[str]] = {}
    for error in errors:
        if error.validator == "additionalProperties":
            misspelt[_path(error)] = [meant for _, meant in _unknown_keys(error) if meant]
    seen: set[tuple[Path, str]] = set()
    for error in errors:
        path, key = _path(error), ""
        if error.validator == "required":
            key = _missing(error)
            if key in misspelt.get(path, []):
                continue
        # Of several things that are wrong with one value the first is told: the others follow from it.
        if (path, key) not in seen or error.validator == "additionalProperties":
            seen.add((path, key))
            yield error


def _path(error: ValidationError) -> Path:
    return tuple(error.absolute_path)


def _schema(error: ValidationError) -> Schema:
    """The schema object that the data doesn't fit."""
    return error.schema if isinstance(error.schema, dict) else {}


def _instance(error: ValidationError) -> Any:
    """The value that doesn't fit."""
    return error.instance


def _missing(error: ValidationError) -> str:
    """The key that a `required` error is about: the one that isn't there."""
    required: Any = error.validator_value
    return next(str(key) for key in required if key not in _instance(error) and repr(key) in error.message)


def _unknown_keys(error: ValidationError) -> list[tuple[str, str | None]]:
    """Each key that the record doesn't have, with the one that was probably meant."""
    from difflib import get_close_matches

    known = list(_schema(error).get("properties", {}))
    free = [key for key in known if key not in _instance(error)]
    pairs = []
    for key in _instance(error):
        if key not in known:
            close = get_close_matches(key, free, 1, 0.6) or get_close_matches(key, known, 1, 0.75)
            pairs.append((key, close[0] if close else None))
    return pairs


def _shown(value: Any) -> str:
    text = one_line(str(value))
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _findings(document: Document, error: ValidationError, entity: str | None) -> Iterator[Finding]:
    path = _path(error)
    if error.validator == "additionalProperties":
        known = ", ".join(list(_schema(error).get("properties", {}))[:30])
        for key, meant in _unknown_keys(error):
            in_text = set(_schema(error).get("required", [])) == {"zh", "en"}
            hint = (
                Text(
                    "花括号里的逗号会断开文字：给整段文字加引号",
                    "a comma inside { } ends the text: put it in quotes",
                )
                if in_text
                else Text(f"可用的键：{known}", f"keys that are known here: {known}")
                if meant is None
                else Text(f"是不是要写 {meant}？", f"did you mean {meant}?")
            )
            message = Text(
                f"没有 {_shown(key)} 这个键，它会被忽略",
                f"There is no key {_shown(key)}; it would be ignored",
            )
            yield Finding(codes.UNKNOWN_KEY, document.site((*path, key), key=True), message, hint, entity)
        return
    code, said, instead = _said(error)
    at = document.site((*path, _missing(error)) if error.validator == "required" else path)
    if "propertyNames" in [step for step in error.absolute_schema_path if isinstance(step, str)]:
        at = document.site((*path, str(_instance(error))), key=True)
    yield Finding(code, at, said, instead, entity)


def _said(error: ValidationError) -> tuple[Code, Text, Text | None]:  # noqa: PLR0911 - one for each keyword
    value = _shown(error.instance)
    wanted: Any = error.validator_value
    said = _schema(error).get("description", "")
    match error.validator:
        case "required":
            key = _missing(error)
            about = _schema(error).get("properties", {}).get(key, {})
            zh, en = _both(about.get("description", ""))
            example = about.get("examples")
            return (
                codes.MISSING_KEY,
                Text(f"缺少 {key}", f"The key {key} is missing"),
                Text(
                    f"写上 {key}：{zh}" + (f" 例如 {example[0]}" if example else ""),
                    f"write {key}: {en}" + (f" For example {example[0]}" if example else ""),
                ),
            )
        case "type":
            return codes.WRONG_TYPE, *_wrong_type(value, wanted, error)
        case "enum" | "const":
            words = [str(word) for word in (wanted if isinstance(wanted, list) else [wanted])]
            return codes.UNKNOWN_WORD, *_wrong_word(value, words)
        case "pattern":
            return codes.WRONG_FORM, *_wrong_form(value, str(wanted))
        case "minimum" | "exclusiveMinimum" | "maximum":
            relation = {
                "minimum": Text("至少是", "at least"),
                "exclusiveMinimum": Text("要大于", "more than"),
                "maximum": Text("最多是", "at most"),
            }[error.validator]
            return (
                codes.OUT_OF_BOUNDS,
                Text(f"{value} 超出范围", f"{value} is out of bounds"),
                Text(f"{relation.zh} {wanted}", f"write a number that is {relation.en} {wanted}"),
            )
        case "minItems" | "minLength" | "minProperties":
            return (
                codes.TOO_FEW,
                Text(f"这里至少要有 {wanted} 项", f"At least {wanted} must stand here"),
                Text("写上内容，或删去这个键", "write what is meant, or leave the key out"),
            )
        case "maxItems" | "maxLength" | "maxProperties":
            return (
                codes.TOO_MANY,
                Text(f"太长：最多 {wanted}", f"Too long: at most {wanted}"),
                Text("缩短它，或分成几个", "shorten it, or divide it"),
            )
        case _:
            zh, en = _both(said)
            return codes.WRONG_FORM, Text(f"{value} 写法不对。{zh}", f"{value} isn't right here. {en}"), None


def _both(description: str) -> tuple[str, str]:
    en, _, zh = description.partition("\n\n")
    return zh or en, en


def _wrong_type(value: str, wanted: Any, error: ValidationError) -> tuple[Text, Text | None]:
    names = {
        "string": Text("文字", "text"),
        "number": Text("数", "a number"),
        "integer": Text("整数", "a whole number"),
        "boolean": Text("true 或 false", "true or false"),
        "object": Text("键值映射", "a map of keys"),
        "array": Text("列表", "a list"),
    }
    name = names[str(wanted)]
    hint: Text | None = None
    if "%" in str(_schema(error).get("pattern", "")):
        hint = Text(f"比率要带百分号，如 {value}%", f"a rate carries its sign: write it such as {value}%")
    elif wanted in ("number", "integer") and isinstance(error.instance, str):
        bare = error.instance.replace(",", "").strip()
        numeric = bare.replace(".", "", 1).isdigit()
        hint = Text(f"去掉引号和逗号：{bare}", f"without quotes and commas: {bare}") if numeric else None
    elif wanted == "string" and error.instance is not None:
        hint = Text(f'加引号："{value}"', f'put it in quotes: "{value}"')
    if error.instance is None:
        return Text(f"这里空着；要{name.zh}", f"Nothing stands here; it needs {name.en}"), hint
    return Text(f"这里要{name.zh}，写的是 {value}", f"This needs {name.en}, not {value}"), hint


def _wrong_word(value: str, words: list[str]) -> tuple[Text, Text]:
    from difflib import get_close_matches

    close = get_close_matches(value, words, 1, 0.5)
    listed = ", ".join(words)
    zh = (f"是不是 {close[0]}？" if close else "") + f"可写：{listed}"
    en = (f"did you mean {close[0]}? " if close else "") + f"write one of: {listed}"
    return Text(f"不认识 {value}", f"{value} isn't one of the words that may stand here"), Text(zh, en)


def _wrong_form(value: str, pattern: str) -> tuple[Text, Text]:
    if "%" in pattern:
        return (
            Text(f"{value} 不是比率", f"{value} isn't a rate"),
            Text(
                "比率要带百分号，最多八位小数：0.45%",
                "a rate carries its sign, at most eight decimals: 0.45%",
            ),
        )
    if "{4}" in pattern:
        return (
            Text(f"{value} 不是日期", f"{value} isn't a date"),
            Text("写成 2026-12-31", "write it as 2026-12-31"),
        )
    if "/" in pattern:
        return (
            Text(f"{value} 不是权益引用", f"{value} doesn't name a benefit"),
            Text("写成 ENTITY/BENEFIT", "write ENTITY/BENEFIT, or card/BENEFIT"),
        )
    return (
        Text(f"{value} 不是可用的 id", f"{value} can't be used as an id"),
        Text(
            "用小写字母、数字和连字符，如 pet-care",
            "write lower-case letters, digits and hyphens, such as pet-care",
        ),
    )
