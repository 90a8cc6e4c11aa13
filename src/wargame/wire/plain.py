"""Text from people made plain: no controls, no hidden characters, no stacks of combining marks, of bounded length.

Everything a person typed passes here on its way in (the server) and once more before it is drawn (the client).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

NAME_LENGTH = 32

# Scripts that stack marks honestly (Thai, Vietnamese, Hebrew with points) need up to three on one letter.
MOST_MARKS = 4
# Before anything is composed a letter may have more. Sorting marks takes time with the square of their number.
MOST_MARKS_APART = 16

# Cc controls, Cf format (bidi overrides, zero width), Cs surrogates, Co private use, Zl and Zp separators.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
_JOINER = "\u200d"
_EMOJI_VARIATION = "\ufe0f"


def clean(text: str, *, newlines: bool = False) -> str:
    """The text in NFC without characters that do not show, or show as something else; cleaning it again changes nothing.

    Line breaks stay (as `\\n`) where `newlines` is set and become spaces otherwise, as tabs do; a zero-width joiner stays
    between two emoji; no letter keeps more than four combining marks.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    if not newlines:
        text = text.replace("\n", " ")
    text = _sifted(text, MOST_MARKS_APART)
    # Taking a character out can bring two together that compose, and composing can change what the next pass sees.
    while True:
        cleaned = unicodedata.normalize("NFC", _sifted(unicodedata.normalize("NFC", text), MOST_MARKS))
        if cleaned == text:
            return cleaned
        text = cleaned


def clean_all(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with every text in it clean (line breaks stay)."""
    return {key: _clean_any(value) for key, value in body.items()}


def _clean_any(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, newlines=True)
    if isinstance(value, dict):
        return clean_all(value)
    if isinstance(value, list):
        return [_clean_any(each) for each in value]
    return value


def clean_name(text: str) -> str:
    """A name on one line: clean, single spaces, none at the ends; may be empty or too long (see `is_name`)."""
    return " ".join(clean(text).split())


def is_name(text: str) -> bool:
    """Whether a clean name has 1 to 32 characters, at least one of them a letter, digit or symbol."""
    return 1 <= len(text) <= NAME_LENGTH and any(unicodedata.category(each)[0] in "LNSP" for each in text)


def _sifted(text: str, most_marks: int) -> str:
    kept: list[str] = []
    marks = 0
    for index, character in enumerate(text):
        if " " <= character <= "~":
            marks = 0
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in _MARKS or unicodedata.combining(character):
            marks += 1
            # A mark needs something to stand on.
            if not kept or kept[-1] == "\n" or marks > most_marks:
                continue
        elif character == _JOINER:
            if not (_ends_in_emoji(kept) and _is_emoji(text[index + 1 : index + 2])):
                continue
        elif character == "\n":
            marks = 0
        elif category in _DROPPED:
            continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _ends_in_emoji(kept: list[str]) -> bool:
    for character in reversed(kept):
        if character != _EMOJI_VARIATION:
            return _is_emoji(character)
    return False


def _is_emoji(character: str) -> bool:
    if not character:
        return False
    # Skin tones are Sk; all other emoji that joiners connect are So.
    return unicodedata.category(character) == "So" or "\U0001f3fb" <= character <= "\U0001f3ff"
