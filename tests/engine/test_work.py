"""Sight is what the rules of the scenario say of the board, after every command, however it came to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hands import Hands, program_from
from tests.support.play import ALL, RandomPlay
from wargame.engine.project import project
from wargame.engine.work import MOST_WAITING, TOO_MANY, joined


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


FLOOD = """
format: 1
id: flood
title: Flood
turns: {count: 9}
seats: {north: {title: North}, south: {title: South}}
tracks: {dust: {label: Dust, range: [0, 3]}}
phases: [{id: desk, label: Desk, kind: cards, cards_with_chained: 20}, {id: rooms, label: Rooms, kind: orders}]
actions: {sweep: {seat: north, label: Sweep, effects: [dust +1]}}
injects:
  spark: {title: A spark, to: [north], pool: trigger, on_deal: [many, many, inject spark]}
  ash: {title: Ash, to: [south], pool: chained, on_deal: [many, inject ash]}
effect_groups:
  many: [four, four, four, four, four, four, four, four, four, four]
  four: [ash, ash, ash, ash]
  ash: [inject ash, inject ash, inject ash, inject ash]
"""


def test_cards_that_breed_fill_the_schedule_and_no_more() -> None:
    """Each schedules hundreds; the white cell is told once a command, and the game is played to its end."""
    table = Hands(program_from(FLOOD))
    told = []
    while not table.game.over:
        events = table.done("white_cell", "advance")
        told.append([event for event in events if event == TOO_MANY])
        assert len(table.state.schedule) <= MOST_WAITING
        for event in told[-1]:
            assert project(table.program, table.state, event, table.seat("white_cell"))
            assert project(table.program, table.state, event, table.seat("north")) == ()
    assert table.state.turn == 9
    assert 2 < sum(map(len, told)) <= 9
    assert max(map(len, told)) == 1
