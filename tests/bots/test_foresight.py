"""Foresight tells what a deed is worth to a seat, changes nothing, and fears an ending before it comes."""

from __future__ import annotations

from wargame.bots.foresight import Foresight
from wargame.engine.state import State
from wargame.rules.execution import Execution
from wargame.rules.program import Board, Program


def test_nothing_on_the_board_changes(program: Program) -> None:
    board = State.fresh(program).board
    before = board.copy()
    foresight = Foresight(program, 0, 1.0, 0)
    for action in program.actions:
        if 0 in action.seats and not action.variables:
            foresight.expect(board, lambda b, x, run=action.run: run(b, x, 0))  # type: ignore[misc]
    assert board == before


def test_more_of_what_is_scored_is_worth_more(bridge_week: Program) -> None:
    board = State.fresh(bridge_week).board
    flow = bridge_week.slot_of["fentanyl_flow"]
    foresight = Foresight(bridge_week, bridge_week.seats.index("washington"), 0.0, 0)

    def lower(b: Board, _: Execution) -> None:
        b[flow] -= 5

    assert foresight.expect(board, lower) > foresight.expect(board, None)
    assert foresight.changes(board, lower) == [(flow, -5.0)]
    assert foresight.purpose(board, lower) == ("Fentanyl flow", -5.0)


def test_a_step_towards_an_ending_is_feared_and_more_so_the_nearer_it_is(bridge_week: Program) -> None:
    ladder = bridge_week.slot_of["escalation"]
    careful, careless = (Foresight(bridge_week, 0, caution, 0) for caution in (1.0, 0.0))

    def climb(b: Board, _: Execution) -> None:
        b[ladder] += 1

    def fear(height: int) -> float:
        board = State.fresh(bridge_week).board
        board[ladder] = height
        return careless.expect(board, climb) - careful.expect(board, climb)

    assert fear(1) == 0
    assert 0 < fear(4) < fear(5)
