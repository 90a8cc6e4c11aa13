"""How hard a text is to read, by two plain formulas that count letters, words and sentences.

LIX (C. H. Björnsson, Läsbarhet, 1968) works alike for many European languages: words a sentence, plus the per cent of words
longer than six letters. The ARI (R. J. Senter and E. A. Smith, Automated Readability Index, AMRL-TR-66-220, 1967) gives the
American school grade of an English text.
"""

from __future__ import annotations

import re

from attrs import frozen

LONG = 6  # letters; a longer word counts as long
LEVELS = ((30, "very easy"), (40, "easy"), (50, "medium"), (60, "difficult"))  # LIX below which a text is so, after Björnsson
_SENTENCE = re.compile(r"[.!?:…]+(?=[\s\"”»)]|\Z)|\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@frozen
class Readability:
    """The count of words and sentences, LIX, and the ARI grade."""

    words: int
    sentences: int
    lix: float
    grade: float

    @property
    def level(self) -> str:
        """LIX in words."""
        return next((words for most, words in LEVELS if self.lix < most), "very difficult")


def readability(text: str) -> Readability:
    """The figures of a text; zeros for one without words."""
    words = _WORD.findall(text)
    if not words:
        return Readability(0, 0, 0.0, 0.0)
    sentences = max(1, sum(1 for part in _SENTENCE.split(text) if _WORD.search(part)))
    letters = sum(len(word) for word in words)
    long = sum(len(word) > LONG for word in words)
    a_sentence = len(words) / sentences
    lix = a_sentence + 100 * long / len(words)
    grade = 4.71 * letters / len(words) + 0.5 * a_sentence - 21.43
    return Readability(len(words), sentences, round(lix, 1), round(max(0.0, grade), 1))
