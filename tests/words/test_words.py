"""Every sentence that the program says is said in every language, with the same values in it; what nobody wraps is found."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from tools import words as tool
from wargame.words import ENGLISH, Words, base, languages, words_of

SPANISH = Words("es", {"{count} card": "{count} carta", "{count} cards": "{count} cartas", "Done.": "Hecho: ñandú, ¿sí?"})


def test_a_sentence_is_looked_up_by_its_english_and_filled() -> None:
    assert SPANISH.phrase("Done.") == "Hecho: ñandú, ¿sí?"
    assert SPANISH.counted("{count} card", "{count} cards", 1) == "1 carta"
    assert SPANISH.counted("{count} card", "{count} cards", 3) == "3 cartas"


def test_what_is_not_in_the_catalogue_stays_english() -> None:
    assert SPANISH.phrase("{seat} is done.", seat="Congress") == "Congress is done."


def test_spaces_at_the_edges_belong_to_the_place_and_not_to_the_sentence() -> None:
    assert SPANISH.phrase("  Done.\n") == "  Hecho: ñandú, ¿sí?\n"


def test_braces_are_letters_where_there_are_no_values() -> None:
    assert SPANISH.phrase("{wrong") == "{wrong"


def test_accents_can_be_left_away() -> None:
    assert SPANISH.ascii().phrase("Done.") == "Hecho: nandu, si?"


@pytest.mark.parametrize(("name", "language"), [("es_MX.UTF-8", "es"), ("es-MX", "es"), ("EN", "en"), ("C.UTF-8", "c")])
def test_a_locale_names_a_language(name: str, language: str) -> None:
    assert base(name) == language


@given(st.text(max_size=30))
def test_any_language_has_words(language: str) -> None:
    assert words_of(language).phrase("Never said by anybody.") == "Never said by anybody."


@pytest.mark.parametrize("language", [each for each in languages() if each != ENGLISH])
class TestACatalogue:
    def test_lacks_nothing_and_has_nothing_that_nobody_says(self, language: str) -> None:
        known, wanted = words_of(language).sentences, tool.all_said()
        assert [str(place) for words, place in wanted.items() if words not in known] == []
        assert [words for words in known if words not in wanted] == []

    def test_has_the_same_values_in_each_sentence(self, language: str) -> None:
        for english, words in words_of(language).sentences.items():
            assert words == words.strip(), english
            if "{" in english:
                assert tool.names_in(words) == tool.names_in(english), english


def test_nothing_that_the_client_says_is_left_unwrapped() -> None:
    assert [str(each) for name, tree in tool.sources(tool.SAID_BY_CLIENT) for each in tool.unwrapped(name, tree)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('page.line("Who is here")', ["Who is here"]),
        ('page.line(f"{count} cards are out")', [" cards are out"]),
        ('page.line(phrase("Who is here"))', []),
        ('page.line(("x", "bold $accent"))', []),
        ('raise ValueError("not of this kind")', []),
        ('"""What it is for."""', []),
    ],
)
def test_the_tool_finds_what_is_not_wrapped(source: str, found: list[str]) -> None:
    assert [each.words for each in tool.unwrapped("x.py", ast.parse(source))] == found


def test_the_tool_finds_what_is_said() -> None:
    lines = ['phrase("One" if few else "Many {n}", n=2)', 'Command("a.b", ("c",), "label", "Its help", "run")']
    source = "\n".join([*lines, 'Refused("code", "Not now.")'])
    assert [each.words for each in tool.said("x.py", ast.parse(source))] == ["One", "Many {n}", "label", "Its help", "Not now."]
