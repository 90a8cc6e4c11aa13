"""Phases follow one another, turn by turn, in every kind of game; nobody is waited for twice or in vain."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hands import Hands, program_from
from wargame.engine.apply import apply
from wargame.engine.commands import Refused
from wargame.engine.events import Said
from wargame.engine.flow import MOST_UNASKED, STOPPED
from wargame.engine.mirror import Mirror
from wargame.engine.project import project
from wargame.engine.view import view
from wargame.rules.program import NOBODY

TINY = """
format: 1
id: tiny
title: Tiny
turns: {count: 1}
seats: {only: {title: The Only One}}
tracks: {dust: {label: Dust, range: [0, 3]}}
phases: [{id: work, label: Work, kind: orders, orders: 1}]
actions: {sweep: {seat: only, label: Sweep, effects: [dust +1]}}
scoring: {seats: {only: [{label: Dust, value: 10 * dust}]}}
"""


def test_one_seat_one_turn_no_map_no_cards_no_agreements_is_a_game() -> None:
    """The smallest game starts, is played, and ends with a result."""
    table = Hands(program_from(TINY))
    assert (table.phase, table.state.turn) == ("work", 1)
    table.orders("only", "sweep")
    table.sealed("only")
    assert table.game.over
    assert table.view("only")["result"]["seats"]["only"]["score"] == 10


def test_the_phase_ends_when_all_who_are_waited_for_are_done() -> None:
    """Not one earlier."""
    table = Hands("odd").to("rooms")
    table.sealed("anna", "bert", "cleo")
    assert table.phase == "rooms"
    table.done("anna", "reopen")
    table.sealed("judge")
    assert table.phase == "rooms"
    table.sealed("anna")
    assert table.phase == "moves"


def test_a_floor_without_a_motion_is_passed_over() -> None:
    """And one with a motion is not."""
    table = Hands("odd").to("moves")
    table.done("white_cell", "fire", card="vote_now")
    table.done("white_cell", "advance")
    assert table.phase == "floor"
    assert table.view("public")["motion"]["id"] == "ban"


def test_a_motion_called_twice_is_voted_on_once() -> None:
    """The card calls it twice."""
    table = Hands("odd").to("moves")
    table.forget_motions()
    table.done("white_cell", "fire", card="vote_now")
    table.done("white_cell", "advance")
    assert table.view("public")["motion"]["id"] == "ban"
    assert [table.program.motions[waiting].id for waiting, _ in table.state.motions].count("ban") == 0


def test_seats_move_one_after_the_other_and_whoever_answered_a_card_still_moves() -> None:
    """Being done with a card before one's turn is not being done with one's orders."""
    table = Hands("odd").to("moves")
    table.done("white_cell", "fire", card="vote_now")
    number = next(number for number, card in table.view("bert")["cards"].items() if card["id"] == "vote_now")
    table.done("bert", "respond", card=number, option="pass")
    table.done("bert", "seal")
    table.done("anna", "seal")
    assert table.phase == "moves"
    assert table.game.active() == (table.seat("bert"),)
    table.done("bert", "order", action="gamble", targets=[])
    assert table.game.active() == (table.seat("bert"),)  # two orders each
    table.done("bert", "seal")
    assert table.game.active() == (table.seat("cleo"),)


def test_a_motion_is_brought_by_the_seat_whose_open_order_called_it() -> None:
    """A covert order does not name its author."""
    table = Hands("odd").to("rooms")
    table.forget_motions()
    table.orders("cleo", "sue")
    table.to("floor")
    assert table.view("public")["motion"]["by"] == "cleo"
    table = Hands("odd").to("rooms")
    table.forget_motions()
    table.orders("cleo", "whisper")
    table.to("floor")
    assert (table.view("public")["motion"]["id"], table.view("public")["motion"]["by"]) == ("amnesty", None)


@settings(max_examples=15, deadline=None)
@given(number=st.integers(0, 2**32 - 1), waits=st.lists(st.integers(0, 40_000), min_size=20, max_size=20))
def test_games_with_clocks_keep_the_mirrors_true(number: int, waits: list[int]) -> None:
    """Deadlines, pauses and extensions at any moment: every viewer's mirror is its view, and the game goes on."""
    table = Hands("odd", number, timed=True)
    program = table.program
    mirrors = [Mirror(view(program, table.state, viewer)) for viewer in range(program.viewers)]
    for place, wait in enumerate(waits):
        table.at += wait
        hands = [("pause", {}), ("resume", {}), ("extend", {"seconds": wait // 1000 - 20}), ("advance", {})]
        do, fields = hands[(number + place * wait) % len(hands)]
        before = table.state.fork()
        for outcome in (table.do("white_cell", do, **fields), table.tick()):
            if isinstance(outcome, Refused):
                continue
            twin = before.fork()
            for event in outcome:
                apply(program, twin, event)
                for viewer, mirror in enumerate(mirrors):
                    mirror.fold(project(program, twin, event, viewer))
            before = twin
        for viewer, mirror in enumerate(mirrors):
            shown = {key: value for key, value in mirror.data.items() if key not in ("feed", "messages", "history")}
            assert shown == view(program, table.state, viewer)


def many_phases(kind: str, count: int, turns: int = 1) -> str:
    """The smallest game with many more phases of a kind."""
    phases = "".join(f"\n  - {{id: p{number}, label: P, kind: {kind}}}" for number in range(count))
    return TINY.replace("count: 1", f"count: {turns}").replace(
        "phases: [{id: work, label: Work, kind: orders, orders: 1}]",
        f"phases:\n  - {{id: work, label: Work, kind: orders, orders: 1}}{phases}",
    )


def test_any_number_of_empty_floors_is_passed_over() -> None:
    """More than calls can be nested."""
    table = Hands(program_from(many_phases("floor", 1500)))
    table.sealed("only")
    assert table.game.over


def test_a_game_that_asks_nobody_waits_for_the_facilitator_after_a_while() -> None:
    """Phase after phase with nothing to decide ends the command, not the table; the white cell is told why, nobody else."""
    table = Hands(program_from(many_phases("automatic", 450)))
    said = table.done("only", "seal")[-1]
    assert (table.state.status, table.phase) == ("running", f"p{MOST_UNASKED - 1}")
    assert said == Said(NOBODY, (), STOPPED)
    assert project(table.program, table.state, said, table.seat("white_cell"))
    assert project(table.program, table.state, said, table.seat("only")) == ()
    table.done("white_cell", "advance")
    assert table.phase == f"p{2 * MOST_UNASKED}"
    table.done("white_cell", "advance")
    assert table.game.over
