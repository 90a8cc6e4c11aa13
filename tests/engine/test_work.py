"""Sight is what the rules of the scenario say of the board, after every command, however it came to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, RandomPlay
from wargame.engine.work import joined


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=6, deadline=None)
@given(number=st.integers(0, 2**32 - 1))
def test_the_sight_that_is_folded_is_the_sight_that_the_rules_give(name: str, number: int) -> None:
    """Changes that undo one another within a command leave sight as the board has it."""
    play = RandomPlay(name, number, house=0.3)
    program = play.game.program
    for _ in range(150):
        play.step()
        state = play.game.state
        if play.game.over:
            return
        for rule in program.dynamic_sight:
            assert state.sight[rule.viewer][rule.slot] == rule.level(state.board), program.slots[rule.slot].name


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), max_size=12))
def test_writes_joined_lead_where_the_writes_lead(steps: list[tuple[int, int]]) -> None:
    """From the first old value of each slot to its last new one; a slot that ends as it began is not named."""
    board = dict.fromkeys(range(1, 4), 0)
    writes = []
    for slot, value in steps:
        if board[slot] != value:
            writes.append((slot, board[slot], value))
            board[slot] = value
    folded = dict.fromkeys(range(1, 4), 0)
    for slot, old, new in joined(writes):
        assert folded[slot] == old != new
        folded[slot] = new
    assert folded == board
