"""Which language to speak."""

from collections.abc import Mapping

from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import LANGUAGES, Language, Text, same

VARIABLE = "CARDKIT_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose(option: str | None, environment: Mapping[str, str]) -> Language:
    """`--lang`, then CARDKIT_LANG, then the locale: Chinese for `zh…`, English for any other.

    Raises CardkitError when the option or CARDKIT_LANG names another language: they were meant.
    """
    for origin, value in (("--lang", option), (VARIABLE, environment.get(VARIABLE))):
        if value:
            return _named(origin, value)
    locale = next((value for name in _LOCALE if (value := environment.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _named(origin: str, value: str) -> Language:
    # zh_CN.UTF-8 and zh-Hans mean zh: people paste what their system says.
    begin = value.strip().lower().replace("-", "_").partition("_")[0]
    for language in LANGUAGES:
        if begin == language:
            return language
    raise CardkitError(
        Text(
            f"{origin}：没有语言“{one_line(value)}”。", f"{origin}: there is no language “{one_line(value)}”."
        ),
        hint=same(" | ".join(LANGUAGES)),
    )
