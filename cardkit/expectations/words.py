"""What a customer's page says, as expected, and what it doesn't."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from cardkit.expectations.outcome import Miss
from cardkit.expectations.world import World
from cardkit.ground.text import LANGUAGES, Language, Text, same
from cardkit.model.expectation import ExpectedWords, SheetExpectation
from cardkit.preview.project import sheet_of
from cardkit.preview.spoken import pieces

_DOES_NOT_COUNT = re.compile(r"[\s:：]+")
_PAGES: dict[Language, Text] = {
    "zh": Text("中文页面", "the Chinese page"),
    "en": Text("英文页面", "the English page"),
}
_NOTHING_LIKE_IT = Text("页面上没有相近的话", "nothing on the page is like it")
_LEAST_ALIKE = 0.4
_MOST_COMPARED = 160
_MOST_SHOWN = 160


def worded(world: World, expectation: SheetExpectation, as_of: date) -> Iterator[Miss]:
    """Texts that are missing from the page, and texts that it shouldn't say, by language.

    White space and colons don't count: a phrase may be copied from any format of the page, line breaks and
    all. Raises CardkitError where the page can't be made.
    """
    named = world.named(expectation, expectation.campaigns)
    found = tuple(pieces(sheet_of(world.catalog, named.product, as_of, named.campaigns)))
    for language in LANGUAGES:
        wanted = expectation.zh if language == "zh" else expectation.en
        if wanted is not None:
            yield from _misses(world, language, wanted, [piece.text.to(language) for piece in found])


def _misses(world: World, language: Language, wanted: ExpectedWords, said: Sequence[str]) -> Iterator[Miss]:
    page = [_DOES_NOT_COUNT.sub("", text) for text in said]
    for index, text in enumerate(wanted.contains):
        if not any(_DOES_NOT_COUNT.sub("", text) in piece for piece in page):
            yield Miss(
                _PAGES[language],
                Text(f"包含“{text}”", f"contains “{text}”"),
                Text("没有", "it doesn't"),
                _nearest(text, said) if world.may_search() else _NOTHING_LIKE_IT,
                (language, "contains", index),
            )
    lower = [piece.lower() for piece in page]
    for index, text in enumerate(wanted.lacks):
        bare = _DOES_NOT_COUNT.sub("", text).lower()
        at = next((at for at, piece in enumerate(lower) if bare in piece), None)
        if at is not None:
            yield Miss(
                _PAGES[language],
                Text(f"不包含“{text}”", f"doesn't contain “{text}”"),
                Text("有", "it does"),
                same(_cut(said[at])),
                (language, "lacks", index),
            )


def _nearest(text: str, said: Sequence[str]) -> Text:
    """The line of the page that is most like the text, if any is."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text[:_MOST_COMPARED])
    best, likeness = "", _LEAST_ALIKE
    for line in said:
        matcher.set_seq1(line[:_MOST_COMPARED])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = line, ratio
    if not best:
        return _NOTHING_LIKE_IT
    return Text(f"最相近的是“{_cut(best)}”", f"the nearest is “{_cut(best)}”")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
