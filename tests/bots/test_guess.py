"""A seat cannot tell the boards it imagines from the real one, and what is drawn for it is what there could be."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, RandomPlay, program_of
from wargame.bots.guess import Guess
from wargame.engine.game import Game
from wargame.engine.glimpse import Window
from wargame.engine.view import view
from wargame.rules.program import Program

SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("name", ALL)
@given(number=SEEDS)
@settings(max_examples=5, deadline=None)
def test_a_drawn_board_looks_like_the_real_one(name: str, number: int) -> None:
    play = RandomPlay(name, number)
    program, state = play.game.program, play.game.state
    for step in range(60):
        play.step()
        seat = step % len(program.seats)
        shown = view(program, state, seat)
        board = Guess.of(program, shown).draw(Random(number + step))
        assert all(slot.lo <= board[slot.index] <= slot.hi for slot in program.shown)
        twin = state.fork()
        twin.board = board
        assert view(program, twin, seat)["slots"] == shown["slots"]


@pytest.mark.parametrize("name", ALL)
@given(number=SEEDS)
@settings(max_examples=5, deadline=None)
def test_both_forms_of_a_view_are_guessed_alike(name: str, number: int) -> None:
    play = RandomPlay(name, number)
    program, state = play.game.program, play.game.state
    for step in range(60):
        play.step()
        seat = step % len(program.seats)
        guess = Guess.of(program, view(program, state, seat))
        assert guess == Guess.of(program, Window(program, seat).glimpse(state))


def _flagship() -> tuple[Program, Guess]:
    program = program_of("five_questions")
    state = Game.started(program, bytes(32)).state
    return program, Guess.of(program, view(program, state, program.seats.index("chapitos")))


def test_no_two_seats_are_drawn_the_same_agenda_of_a_deck() -> None:
    program, guess = _flagship()
    drawn = [guess.draw(Random(number)) for number in range(40)]
    own = next(deck for deck in program.agendas if deck.seat == program.seats.index("chapitos"))
    decks = [deck for deck in program.agendas if deck.deck == own.deck]
    assert len(decks) > 2
    for board in drawn:
        assert board[own.slot] == guess.board[own.slot]
        assert len({board[deck.slot] for deck in decks}) == len(decks)
    other = next(deck for deck in decks if deck is not own)
    assert len({board[other.slot] for board in drawn}) == len(other.agendas) - 1


def test_secret_choices_and_placed_pieces_are_drawn_in_full() -> None:
    program, guess = _flagship()
    drawn = [guess.draw(Random(number)) for number in range(40)]
    choice = program.choices[0]
    assert {board[choice.slot] for board in drawn} == set(range(len(choice.options)))
    placement = program.placements[0]
    other = program.seats.index("mayiza")
    slots = [program.slot_of[f"{area}.mayiza.{placement.piece}"] for area in program.areas]
    assert other in placement.seats
    assert {sum(board[slot] for slot in slots) for board in drawn} == {placement.count}
    assert len({tuple(board[slot] for slot in slots) for board in drawn}) > 2
