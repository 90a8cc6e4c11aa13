"""Minutes follow from clocks, words and decisions, and words are those on the cards."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from tests.support.sweeps import numbers_of
from wargame.analysis.sweep.reading import briefing_words, card_words, menu_words, words
from wargame.analysis.sweep.time_needed import SECONDS_A_DECISION, WORDS_A_MINUTE
from wargame.scenario.text import text


def test_words_are_counted_over_all_texts() -> None:
    assert words(text("One two"), "three", text("")) == 3


def test_an_addressee_reads_title_text_and_its_own_options() -> None:
    program = program_of("five_questions")
    counted = card_words(program)
    for card, by_addressee in zip(program.cards, counted, strict=True):
        for addressee, number in zip(card.addressees, by_addressee, strict=True):
            labels = sum(len(str(option.model.label).split()) for option in addressee.options)
            assert number >= len(str(card.model.title).split()) + labels


def test_every_seat_has_a_briefing_and_a_menu_to_read() -> None:
    program = program_of("five_questions")
    for seat in program.seats:
        assert briefing_words(program, seat) == len(str(program.scenario.seats[seat].briefing).split()) > 100
        assert menu_words(program, seat) > 50


def test_clocks_add_up_to_the_minutes() -> None:
    time = numbers_of("five_questions")["time"]
    assert time["by_clocks"] == pytest.approx(sum(each["seconds"] * each["per_game"] for each in time["phases"]) / 60, abs=0.3)


def test_the_seat_with_most_to_do_sets_the_pace() -> None:
    numbers = numbers_of("five_questions")
    time = numbers["time"]
    for place, turn in enumerate(time["turns"]):
        needed = [
            seat["card_words_a_turn"][place] / WORDS_A_MINUTE + seat["decisions_a_turn"][place] * SECONDS_A_DECISION / 60
            for seat in time["seats"].values()
        ]
        assert turn["by_reading"] == pytest.approx(max(needed), abs=0.1)
