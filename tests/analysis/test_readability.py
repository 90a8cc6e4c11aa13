"""Readability counts words and sentences as a reader would, and says harder of harder texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.readability import readability


@pytest.mark.parametrize(
    ("text", "words", "sentences"),
    [
        ("", 0, 0),
        ("—  …", 0, 0),
        ("The cat sat. It slept!", 5, 2),
        ("A heading\n\nOne sentence without an end", 7, 2),
        ("¿Quién fue? El Gobierno no lo dice.", 7, 2),
        ('"Stop." she said', 3, 2),
    ],
)
def test_counts(text: str, words: int, sentences: int) -> None:
    """Words are runs of letters and digits; a sentence ends with a mark or an empty line."""
    found = readability(text)
    assert (found.words, found.sentences) == (words, sentences)


def test_the_formulas() -> None:
    """LIX: words a sentence plus the per cent of long words. ARI: 4.71 letters a word + 0.5 words a sentence - 21.43."""
    found = readability("Governments negotiate. They talk.")
    assert found.lix == pytest.approx(2 + 100 * 2 / 4)
    assert readability("One two three four. " * 3).grade == 0.0
    assert found.grade == pytest.approx(4.71 * 28 / 4 + 0.5 * 2 - 21.43, abs=0.05)


def test_harder_is_harder() -> None:
    """Long words in long sentences stand above short ones."""
    easy = readability("We wait. They come. It is cold.")
    hard = readability(
        "Notwithstanding considerable institutional reluctance, intergovernmental negotiations continue throughout winter."
    )
    assert easy.lix < 30
    assert hard.lix > 60
    assert (easy.level, hard.level) == ("very easy", "very difficult")


@given(st.text(max_size=300))
def test_any_text_has_figures(text: str) -> None:
    """No text is too strange; there are never more sentences than words."""
    found = readability(text)
    assert 0 <= found.sentences <= found.words
    assert found.lix >= 0
    assert found.grade >= 0
