"""Texts that people read, always in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text in Chinese and in English; there is no text in only one of them."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en

    def __add__(self, other: "Text") -> "Text":
        return Text(self.zh + other.zh, self.en + other.en)


def same(text: str) -> Text:
    """A text that reads the same in both languages: an id, an amount, a formula."""
    return Text(text, text)


def joined(parts: "tuple[Text, ...] | list[Text]", zh: str = "、", en: str = ", ") -> Text:
    """The parts as one text, with each language's own separator between them."""
    return Text(zh.join(part.zh for part in parts), en.join(part.en for part in parts))
