"""What is known is told by name, with how well it is known, and what is wanted now in a phrase."""

from __future__ import annotations

from typing import Any

from tests.client import sample
from tests.client.sample_board import SLOTS
from wargame.client.door import Classroom, Connection, Glance, Stage
from wargame.client.look import Look


def look(phase: str = "desk", offers: list[Any] | None = None, **changes: Any) -> Look:
    data = {**sample.view(phase=phase), **changes}
    listed = sample.offers(phase) if offers is None else offers
    return Look(Glance(Connection(Stage.LIVE), sample.catalog(), data, listed, you="washington"))


def test_a_number_a_band_and_what_was_known_last() -> None:
    known = look()
    exact = known.reading(SLOTS.by_name["relations"])
    assert (exact.words, exact.exact, exact.stale) == ("41 strained", 41, False)
    band = known.reading(SLOTS.by_name["capacity"])
    assert (band.words, band.exact) == ("stretched", None)
    old = known.reading(SLOTS.by_name["sonora.chapitos.site"])
    assert (old.value, old.turn, old.stale) == (1, 1, True)
    never = known.reading(SLOTS.by_name["baja.chapitos.site"])
    assert (never.known, never.words) == (False, "?")


def test_control_is_the_largest_owner_and_nobody_in_a_tie() -> None:
    assert look().control("jalisco") == "cjng"
    assert look().control("michoacan") is None
    assert look().control("us_home") is None


def test_trends_and_changes_come_from_the_history() -> None:
    known = look()
    assert known.trend(SLOTS.by_name["relations"]) == [44, 47, 41]
    assert known.change(SLOTS.by_name["relations"]) == -3  # since the last turn began, not only since this one did
    assert known.trend(SLOTS.by_name["arms"]) == []
    assert known.change(SLOTS.by_name["trade"]) == 0


def test_letters_on_the_map_are_different_for_each_owner() -> None:
    known = look()
    owners = [seat["id"] for seat in known.seats] + ["others"]
    assert len({known.letter(owner) for owner in owners}) == len(owners)


def test_costs_in_words() -> None:
    assert look().cost_words({"washington.capital": 2}) == "2 political capital"
    assert look().cost_words({}) == "free"
    assert look().cost_words(0) == "free"


def test_what_is_wanted_now() -> None:
    answered = {"option": "lead", "rationale": "", "belief": None}
    assert look().wanted() == "2 cards to answer (press 3)"
    assert look(responses={"7": answered}).wanted() == "1 card to answer (press 3)"
    assert look(responses={"7": answered, "8": answered}).wanted() == "all entered, not sealed: press e when done"
    assert look("rooms").wanted() == "orders: 0 of 2, not sealed (press 4) · a proposal to sign (press 6)"
    full = [{"action": "raid", "targets": ["cjng"], "rationale": ""}] * 2
    assert look("rooms", [*sample.offers("rooms")], orders=full, proposals={}).wanted().startswith("orders: 2 of 2, press e")
    assert look("desk", [], sealed=["washington", "cjng"]).wanted() == "waiting for: MX, Congress"
    assert look("desk", [], sealed=["washington"], active=["washington"]).wanted() == "done"
    assert look(paused=5000).wanted() == "the game is paused"
    assert look(status="over").wanted() == "the game is over: see the result (press 0)"


def test_an_untouched_draft_on_the_floor_is_no_position_taken() -> None:
    assert look("floor").wanted() == "a motion on the floor (press 7, e when done)"


def test_answers_to_a_card_are_those_of_this_turn() -> None:
    story = {"kind": "response", "turn": 3, "card": "kidnap", "head": "MX: Wait"}
    known = look(feed=[story, {**story, "turn": 2}, {**story, "card": "other"}, {**story, "kind": "card"}])
    assert known.answers({"id": "kidnap"}) == [story]


def test_time_left_is_counted_up_and_stands_while_paused() -> None:
    assert look(deadline=10_000).left(8_001) == 2
    assert look(deadline=10_000).left(11_000) == 0
    assert look(deadline=10_000, paused=61_500).left(0) == 61
    assert look(deadline=None).left(0) is None


def test_only_seats_of_this_game_are_listed() -> None:
    assert [seat["id"] for seat in look(played=["congress", "cjng"]).seats] == ["congress", "cjng"]


def test_the_facilitator_hears_first_of_those_at_the_door() -> None:
    """With somebody at the door nobody is told to start straight away."""
    waiting = Classroom(tables=[{"table": "t"}], lobby=[{"request": "r1", "name": "Eva"}, {"request": "r2", "name": "Max"}])
    data = {**sample.view("white_cell"), "status": "lobby", "turn": 0}
    start = [{"do": "start", "ok": True}]
    glance = Glance(Connection(Stage.LIVE), sample.catalog("white_cell"), data, start, you="white_cell", classroom=waiting)
    assert Look(glance).wanted() == "2 at the door (press 1) · you can start the game (press a)"
