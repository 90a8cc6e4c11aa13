"""Cleaned text holds nothing that hides, reorders, stacks or drives a terminal, and cleaning is done in one go."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.wire.plain import MOST_MARKS, clean, clean_name, is_name


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("private\ue000", "private"),
        ("a\tb\nc\u2028d", "a b c d"),
        ("e\u0301", "é"),
        ("half\ud800", "half"),
        ("\u0301start", "start"),
    ],
)
def test_controls_and_hidden_characters_go(given_text: str, wanted: str) -> None:
    assert clean(given_text) == wanted


def test_line_breaks_stay_where_they_are_wanted() -> None:
    assert clean("one\r\ntwo\rthree\u2029four", newlines=True) == "one\ntwo\nthree\nfour"


def test_a_joiner_stays_between_emoji_only() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    health = "\U0001f9d1\U0001f3fd\u200d\u2695\ufe0f"
    assert clean(family) == family
    assert clean(health) == health
    assert clean("a\u200db") == "ab"
    assert clean("\U0001f468\u200d") == "\U0001f468"


def test_marks_do_not_pile_up() -> None:
    piled = "z" + "\u0335" * 50 + "b"
    assert clean(piled) == "z" + "\u0335" * MOST_MARKS + "b"


@given(st.text(alphabet=st.characters(codec=None), max_size=60), st.booleans())
def test_cleaning_twice_changes_nothing(text: str, newlines: bool) -> None:
    once = clean(text, newlines=newlines)
    assert clean(once, newlines=newlines) == once
    assert unicodedata.is_normalized("NFC", once)
    allowed = {"\n"} if newlines else set()
    for character in once:
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cs", "Co", "Zl", "Zp"} or character in allowed
        assert category != "Cf" or character == "\u200d"


@pytest.mark.parametrize(
    ("name", "wanted", "good"),
    [
        ("  Ana \n Lucía ", "Ana Lucía", True),
        ("\u200b\u202e", "", False),
        ("x" * 33, "x" * 33, False),
        ("\u3164", "\u3164", True),
        ("李雷", "李雷", True),
    ],
)
def test_names_are_one_line_of_bounded_length(name: str, wanted: str, good: bool) -> None:
    assert clean_name(name) == wanted
    assert is_name(wanted) is good
