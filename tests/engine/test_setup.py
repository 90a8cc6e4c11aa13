"""Before turn 1 every seat gets its secrets, and what it leaves open is decided for it by lot or default."""

from __future__ import annotations

import pytest

from tests.support.hands import Hands, program_from

TWICE = """
format: 1
id: twice
title: Twice
turns: {count: 1}
seats: {only: {title: The Only One}, other: {title: The Other}}
areas: {here_now: {label: Here}, there: {label: There, at: [1, 0]}}
pieces: {tent: {label: Tent, of: [only], range: [0, 3]}}
placements:
  first: {seats: [only], piece: tent, count: 2}
  second: {seats: [only], piece: tent, count: 2}
phases: [{id: work, label: Work, kind: orders}]
"""


def test_two_placements_in_one_area_place_two() -> None:
    """Neither overwrites the other."""
    table = Hands(program_from(TWICE)).to("work")
    assert (table["here_now.only.tent"], table["there.only.tent"]) == (2, 2)


@pytest.mark.parametrize("number", range(8))
def test_seats_of_a_kind_draw_different_agendas(number: int) -> None:
    """Three of three."""
    table = Hands("odd", number)
    assert {table.state.board[deck.slot] for deck in table.program.agendas} == {0, 1, 2}


def test_what_is_not_chosen_falls_to_the_default_or_the_lot() -> None:
    """The motto has a default; the stake is drawn, and differs between games."""
    stakes = set()
    for number in range(12):
        table = Hands("odd", number).to("rooms")
        assert table["motto"] == 0
        stakes.add(table["stake"])
    assert stakes == {0, 1}


def test_a_choice_is_its_seats_alone_until_it_may_be_seen() -> None:
    """Others see it once the books are open."""
    table = Hands("odd")
    table.done("anna", "choose", choice="stake", option="hedge")
    table.to("rooms")
    assert table.sees("anna", "stake") == [2, 1, None]
    assert table.sees("bert", "stake") is None
    table["open_books"] = 1
    assert table.sees("bert", "stake") == [2, 1, None]


def test_a_seat_without_secrets_is_not_waited_for() -> None:
    """Of the four only Anna and the judge have something to choose."""
    table = Hands("odd")
    assert table.game.active() == (table.seat("anna"), table.seat("judge"))
    table.sealed("anna", "judge")
    assert table.state.status == "running"
