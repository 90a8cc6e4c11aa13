"""What the client itself says, in its person's language. One client a process has one reader, as it has one terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping

from wargame.words import Words, base, languages, later, words_of

__all__ = ["counted", "is_chosen", "language_wanted", "later", "phrase", "speak", "speak_like", "spoken", "without_accents"]

SHORTEST_LOCALE = 2  # `C` and an empty one name no language


class _Speech:
    words = Words()
    chosen = False  # by the person; else the table's language is spoken
    bare = False  # without accents


def language_wanted(asked: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The language to speak: asked for, or by WARGAME_LANGUAGE, or the locale's. Empty for the table's, where none is named."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    for each in (asked, environment.get("WARGAME_LANGUAGE", ""), "" if base(locale) in ("c", "posix") else locale):
        if len(base(each)) >= SHORTEST_LOCALE:
            return base(each) if base(each) in languages() else languages()[0]
    return ""


def speak(language: str, *, by_choice: bool = False) -> None:
    """Speaks a language from now on, English for an empty one. `by_choice`: the person wants it, whatever the table's is."""
    words = words_of(language)
    _Speech.words = words.ascii() if _Speech.bare else words
    _Speech.chosen = by_choice and bool(language)


def speak_like(table: str) -> bool:
    """Speaks the language of a table, unless the person chose one; whether that is another than before."""
    before = _Speech.words.language
    if not _Speech.chosen:
        speak(table)
    return _Speech.words.language != before


def without_accents(on: bool) -> None:
    """Whether accents are left away, for terminals that draw only ASCII."""
    _Speech.bare = on
    speak(_Speech.words.language, by_choice=_Speech.chosen)


def is_chosen() -> bool:
    """Whether the person chose the language."""
    return _Speech.chosen


def spoken() -> str:
    """The language spoken."""
    return _Speech.words.language


def phrase(english: str, /, **values: object) -> str:
    """What the client says: an English sentence in the language spoken, `{name}` replaced by values."""
    return _Speech.words.phrase(english, **values)


def counted(one: str, many: str, count: int, **values: object) -> str:
    """`one` for a count of 1 and else `many`, in the language spoken; `{count}` is the number."""
    return _Speech.words.counted(one, many, count, **values)
