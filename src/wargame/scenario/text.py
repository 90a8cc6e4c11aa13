"""Text for people, in one or several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from wargame.scenario.node import NOWHERE, Mark


@frozen
class Text:
    """A text by language; the first language is the scenario's default. `marks`: where a language's words stand, if apart."""

    by_language: Mapping[str, str] = field(factory=dict)
    mark: Mark = field(default=NOWHERE, eq=False)
    marks: Mapping[str, Mark] = field(factory=dict, eq=False, repr=False)

    def get(self, language: str | None = None) -> str:
        """The text in `language`, else in the default language, else empty."""
        if language is not None and language in self.by_language:
            return self.by_language[language]
        return next(iter(self.by_language.values()), "")

    def __str__(self) -> str:
        return self.get()

    def __bool__(self) -> bool:
        return any(self.by_language.values())


EMPTY = Text()

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(words: str) -> set[str]:
    """What stands in braces in a text, braces and all."""
    return {found.group() for found in _PLACEHOLDER.finditer(words)}


def with_numbers(words: str, numbers: Mapping[str, int]) -> str:
    """The words with `{name}` replaced where the name stands for a number; any other placeholder is left for later."""
    if not numbers or "{" not in words:
        return words
    return _PLACEHOLDER.sub(lambda found: str(numbers.get(found.group(1), found.group())), words)


def text(words: str) -> Text:
    """A Text of one language."""
    return Text({"en": words})
