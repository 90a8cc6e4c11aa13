"""What a seat works out for itself is what the rules say: its score, its agenda, the turn's drift, the ends to be feared."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.play import ALL, program_of
from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Board, Family, Program
from wargame.rules.thought import think


def any_board(program: Program, luck: Random) -> Board:
    """A board on which anything within bounds can stand."""
    board = [luck.randint(slot.lo, slot.hi) if slot.shown else slot.start for slot in program.slots]
    for slot in program.slots:
        if slot.family is Family.PLAYED:
            board[slot.index] = luck.randint(0, 1)
    board[program.turn_slot] = luck.randint(1, program.scenario.turns.count)
    return board


def score(program: Program, board: Board, seat: int) -> float:
    """The score with the agenda, part by part."""
    total = sum(float(part.value(board, seat)) for part in program.scores[seat])
    for deck in program.agendas:
        if deck.seat == seat and 0 <= board[deck.slot] < len(deck.agendas):
            total += float(deck.agendas[board[deck.slot]][2](board, seat))
    return total


def run_by_itself(program: Program, board: Board, execution: Execution) -> None:
    """All the effects of a turn that nobody orders, as they stand in the program."""
    for agreement in program.agreements:
        if agreement.each_turn is not None and board[agreement.slot]:
            agreement.each_turn(board, execution, agreement.parties[0])
    for phase in program.phases:
        for step in phase.steps:
            if step.run is not None:
                step.run(board, execution, NOBODY)


@pytest.mark.parametrize("name", ALL)
def test_drift_leads_to_the_same_score(name: str) -> None:
    program, luck = program_of(name), Random(7)
    for number in range(60):
        board = any_board(program, luck)
        whole = board.copy()
        run_by_itself(program, whole, Execution(number.to_bytes(32, "little"), "drift"))
        for seat in range(len(program.seats)):
            thought, part = think(program, seat), board.copy()
            assert thought.worth(part) == pytest.approx(score(program, board, seat))
            thought.drift(part, Execution(number.to_bytes(32, "little"), "drift", recording=False))
            assert thought.worth(part) == pytest.approx(score(program, whole, seat))


@pytest.mark.parametrize("name", ALL)
def test_nothing_else_matters(name: str) -> None:
    """Boards that agree in what a thought reads are worth the same, drift the same way and are feared alike."""
    program, luck = program_of(name), Random(8)
    for number in range(30):
        one, other = any_board(program, luck), any_board(program, luck)
        for seat in range(len(program.seats)):
            thought = think(program, seat)
            pair = one.copy(), other.copy()
            for slot in {*thought.reads, *thought.fears}:
                pair[1][slot] = one[slot]
            assert thought.feared(pair[0]) == thought.feared(pair[1])
            for board in pair:
                thought.drift(board, Execution(number.to_bytes(32, "little"), "drift", recording=False))
            assert thought.worth(pair[0]) == thought.worth(pair[1])


@pytest.mark.parametrize("name", ALL)
def test_every_catastrophe_is_feared(name: str) -> None:
    program, luck = program_of(name), Random(9)
    feared = [ending.when for ending in program.endings if ending.when is not None and ending.model.catastrophe]
    for _ in range(60):
        board = any_board(program, luck)
        assert bool(think(program, 0).feared(board)) == any(when(board, NOBODY) for when in feared)
