"""A bot's picture of the board holds what its view shows, and for the rest nothing but what anybody could know."""

from __future__ import annotations

from tests.support.play import program_of
from wargame.bots.board import bound, picture
from wargame.engine.game import Game
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import Family, Program, Sight

SHOWN = (Family.TRACK, Family.FLAG, Family.CLOCK, Family.RESOURCE, Family.AREA, Family.PIECE, Family.CHOICE, Family.AGENDA)


def test_the_white_cell_pictures_the_board_as_it_is(program: Program) -> None:
    state = Game.started(program, bytes(32)).state
    board = picture(program, view(program, state, program.white_cell))
    assert [board[slot.index] for slot in program.slots if slot.family in SHOWN] == [
        state.board[slot.index] for slot in program.slots if slot.family in SHOWN
    ]


def test_what_is_seen_exactly_is_exact_and_a_band_is_its_middle(program: Program) -> None:
    state = Game.started(program, bytes(32)).state
    for viewer in range(len(program.seats)):
        board = picture(program, view(program, state, viewer))
        for slot in program.slots:
            if slot.family not in SHOWN:
                continue
            level = state.sight[viewer][slot.index]
            if level == Sight.EXACT:
                assert board[slot.index] == state.board[slot.index]
            elif level == Sight.BAND and slot.bands:
                band = next(band for band in slot.bands if band.lo <= state.board[slot.index] <= band.hi)
                assert board[slot.index] == (band.lo + band.hi) // 2


def test_two_games_that_differ_only_in_what_is_hidden_look_the_same(program: Program) -> None:
    for viewer in range(len(program.seats)):
        one, other = State.fresh(program), State.fresh(program)
        hidden = [
            slot for slot in program.slots if slot.family in SHOWN and not one.sight[viewer][slot.index] and slot.hi > slot.lo
        ]
        for slot in hidden:
            other.board[slot.index] = slot.hi if one.board[slot.index] == slot.lo else slot.lo
        assert picture(program, view(program, one, viewer)) == picture(program, view(program, other, viewer))


def test_a_slot_out_of_sight_stands_as_last_known() -> None:
    program = program_of("skirmish")
    slot = next(slot for slot in program.slots if slot.family is Family.TRACK)
    plain = {"slots": {slot.index: [0, [2, slot.hi], 1]}, "turn": 2, "agreements": {}}
    assert picture(program, plain)[slot.index] == slot.hi


def test_bound_names_are_found_by_their_labels() -> None:
    program = program_of("five_questions")
    card = next(card for card in program.cards if card.variables and card.variables[0].kind == 0)
    name = card.variables[0].name
    assert bound(program, card.index, {name: str(program.owner_labels[3])})[0] == 3
    assert bound(program, card.index, {name: ""})[0] == -1
