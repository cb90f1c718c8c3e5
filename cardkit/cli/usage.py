"""Usage errors in both languages: the parser speaks English only, so its sentences are said again here."""

import re

from cardkit.ground.text import Text, same

SENTENCES: tuple[tuple[str, str, str], ...] = (
    (r"No such command '(?P<a>[^']*)'.*", "没有 {a} 这个命令", "There is no command {a}"),
    (r"No such option: (?P<a>\S+)(?P<b>.*)", "没有 {a} 这个选项{b}", "There is no option {a}{b}"),
    (r"Missing argument '(?P<a>[^']*)'\.?", "缺少参数 {a}", "The argument {a} is missing"),
    (r"Missing option '(?P<a>[^']*)'\.?", "缺少选项 {a}", "The option {a} is missing"),
    (r"Missing command\.?", "没有写命令", "No command was given"),
    (r"Option '(?P<a>[^']*)' requires an argument\.?", "选项 {a} 后面要有值", "The option {a} needs a value"),
    (r"Got unexpected extra arguments? \((?P<a>.*)\)", "多出的参数：{a}", "Too many arguments: {a}"),
    (
        r"Invalid value for '?(?P<a>[^':]*)'?: (?P<b>.*)",
        "{a} 的值不对：{b}",
        "The value of {a} isn't right: {b}",
    ),
)


def usage_error(message: str) -> Text:
    """A parser's sentence as a text; an unknown one is kept as it is."""
    for pattern, zh, en in SENTENCES:
        found = re.fullmatch(pattern, message.strip(), re.DOTALL)
        if found:
            parts = found.groupdict()
            return Text(zh.format(**parts), en.format(**parts))
    return same(message)
