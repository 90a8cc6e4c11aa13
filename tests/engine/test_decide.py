"""A command is carried out in full or refused with a reason, whatever the phase, and the facilitator's hand breaks nothing."""

from __future__ import annotations

import pytest

from tests.support.hands import Hands, kinds
from wargame.engine.commands import Advance, Command, Refused, house
from wargame.engine.parse import parse


@pytest.mark.parametrize("slot", ["turn", "played.judge", "fired.drill", "armed.restless"])
def test_what_the_game_keeps_for_itself_cannot_be_overridden(slot: str) -> None:
    """Counters of the engine are not values of the scenario."""
    table = Hands("odd").to("rooms")
    assert slot in table.program.slot_of
    assert table.refused("white_cell", "override", slot=slot, value=1, reason="Why not.").code == "not_allowed"


def test_an_agreement_set_in_force_by_hand_is_one_that_can_be_left() -> None:
    """Nobody brought it; its proposal is off the table."""
    table = Hands("odd").to("rooms")
    table.done("anna", "propose", agreement="peace")
    table["peace"] = 1
    assert table.view("bert")["agreements"]["peace"] == {"by": None, "since": 1, "side_terms": ""}
    assert table.view("bert")["proposals"] == {}
    table.done("bert", "leave", agreement="peace")
    assert table["peace"] == 0


def test_a_choice_set_by_hand_before_turn_one_stands() -> None:
    """The default does not replace it when the set-up closes."""
    table = Hands("odd")
    for value in (0, 1):
        table["motto"] = value
    assert table.view("judge")["setup"]["choices"] == {"motto": "kind_one"}
    table.to("rooms")
    assert table["motto"] == 1


def test_an_override_needs_a_reason() -> None:
    """It is kept for the debrief."""
    table = Hands("odd").to("rooms")
    assert table.refused("white_cell", "override", slot="heat", value=3, reason="  ").code == "malformed"


def test_firing_before_turn_one_is_refused() -> None:
    """There is no turn for the card to be of."""
    table = Hands("odd")
    assert table.phase == "setup"
    assert table.refused("white_cell", "fire", card="drill").code == "not_started"


@pytest.mark.parametrize("phase", ["desk", "rooms", "moves"])
def test_a_card_can_be_fired_in_any_phase_of_players(phase: str) -> None:
    """Its addressees are waited for, and answer it before the phase ends."""
    table = Hands("odd").to(phase)
    table.done("white_cell", "fire", card="vote_now")
    assert table.seat("bert") in table.game.active()


def test_nothing_moves_while_paused_and_the_rest_of_the_clock_comes_back() -> None:
    """What was left when the game was paused is left when it goes on."""
    table = Hands("odd", timed=True).to("rooms")
    table.at = 12_000
    table.done("white_cell", "pause")
    assert (table.state.deadline, table.state.left) == (None, 18_000)
    assert table.refused("anna", "seal").code == "paused"
    assert table.refused("white_cell", "advance").code == "paused"
    table.at = 500_000
    assert isinstance(table.tick(), Refused)
    table.done("white_cell", "resume")
    assert table.state.deadline == 518_000


def test_pausing_at_the_last_moment_does_not_take_the_clock_away() -> None:
    """Nothing was left; after resuming the phase ends by the clock at once."""
    table = Hands("odd", timed=True).to("rooms")
    table.at = 30_000
    table.done("white_cell", "pause")
    table.done("white_cell", "resume")
    assert table.state.deadline == 30_000
    assert not isinstance(table.tick(), Refused)


def test_a_phase_without_a_clock_gets_none_by_being_extended_in_a_pause() -> None:
    """The set-up has no clock, paused or not, and the offer says so."""
    table = Hands("odd", timed=True)
    assert table.refused("white_cell", "extend", seconds=60).code == "not_allowed"
    table.done("white_cell", "pause")
    assert table.refused("white_cell", "extend", seconds=60).code == "not_allowed"
    assert table.offers("white_cell", "extend") == []


def test_a_deadline_that_has_not_passed_ends_nothing() -> None:
    """The host may ask too early."""
    table = Hands("odd", timed=True).to("rooms")
    table.at = 29_999
    assert isinstance(table.tick(), Refused)
    table.at = 30_000
    assert "PhaseBegan" in kinds(table.tick() or ())  # type: ignore[arg-type]


def test_the_last_key_must_hold_for_everybody() -> None:
    """A party that spent what it had pledged to pay makes the proposal fall, without telling why."""
    table = Hands("odd").to("rooms")
    table.done("anna", "propose", agreement="toll")
    table.done("bert", "sign", agreement="toll")
    table["anna.coin"] = 1
    assert kinds(table.done("cleo", "sign", agreement="toll")) == ["AgreementSigned", "AgreementDeclined"]
    assert table["toll"] == 0


def test_a_key_turned_is_money_pledged() -> None:
    """What an open proposal costs cannot be spent on orders meanwhile."""
    table = Hands("odd").to("rooms")
    table["anna.coin"] = 3
    table.done("anna", "propose", agreement="toll")
    refusal = table.refused("anna", "orders", orders=[{"action": "gamble", "targets": [], "rationale": ""}])
    assert refusal.code == "not_affordable"


def test_a_late_command_is_told_what_is_on_now() -> None:
    """The phase it was meant for is part of it."""
    table = Hands("odd").to("rooms")
    from wargame.engine.commands import Command, Seal

    outcome = table.game.execute(Command(0, Seal(), 1, "desk"))
    assert isinstance(outcome, Refused)
    assert (outcome.code, "Rooms" in outcome.reason) == ("stale_phase", True)


def test_two_who_end_the_same_phase_end_it_once() -> None:
    """The second one, a facilitator or the clock's own, must not end the phase after it unseen."""
    table = Hands("odd").to("rooms")
    seen = (table.state.turn, table.phase)
    command = parse(table.program, table.program.white_cell, {"do": "advance"}, turn=seen[0], phase=seen[1])
    assert isinstance(command, Command)
    assert not isinstance(table.game.execute(command), Refused)
    now = (table.state.turn, table.phase)
    assert now != seen
    refused = table.game.execute(command)
    assert isinstance(refused, Refused)
    assert refused.code == "stale_phase"
    assert f"it is turn {now[0]}" in refused.reason
    assert (table.state.turn, table.phase) == now
    assert not isinstance(table.game.execute(house(table.program, Advance())), Refused)  # the host's own is meant for now


@pytest.mark.parametrize(("do", "words"), [("pause", "paused already"), ("resume", "goes on already")])
def test_doing_twice_what_the_clock_does_says_how_it_stands(do: str, words: str) -> None:
    """Two facilitators had the same thought."""
    table = Hands("odd").to("rooms")
    if do == "pause":
        table.done("white_cell", "pause")
    assert words in table.refused("white_cell", do).reason
