"""The facilitator's hand on outcomes: acts for a seat by the seat's own rules, decides votes, ends the game, and says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.test_floor import on_the_floor, voted
from tests.support.hands import Hands, kinds
from tests.support.play import RandomPlay, seat_command
from wargame.engine.commands import Refused
from wargame.engine.dump import dump

GAMBLE = {"do": "orders", "orders": [{"action": "gamble", "targets": [], "rationale": ""}]}


def _act(table: Hands, seat: str, **body: Any) -> tuple[Any, ...]:
    return table.done("white_cell", "act", seat=seat, body=body, reason="She shouts it across the room.")


def test_an_order_on_behalf_of_a_seat_is_the_seat_s_own_order() -> None:
    """The same draft, the same events after the one that says who did it."""
    table, twin = Hands("odd").to("rooms"), Hands("odd").to("rooms")
    events = _act(table, "anna", **GAMBLE)
    assert events[1:] == twin.done("anna", "orders", orders=GAMBLE["orders"])
    assert kinds(events)[0] == "OnBehalf"
    assert dump(table.state) == dump(twin.state)


def test_the_same_legality_holds_on_behalf_of_a_seat() -> None:
    """What the seat could not do, nobody does for it; the refusal names the seat and leaves nothing behind."""
    table = Hands("odd").to("rooms")
    table["anna.coin"] = 1
    before = dump(table.state)
    refusal = table.refused("white_cell", "act", seat="anna", body=GAMBLE, reason="Please.")
    assert refusal.code == "not_affordable"
    assert refusal.reason.startswith("Anna: ")
    assert dump(table.state) == before


def test_random_deeds_on_behalf_of_a_seat_are_taken_where_the_seat_s_own_are() -> None:
    """One legality: `act` and the seat's own command are accepted and refused together."""
    compared = 0
    for number in range(6):
        play = RandomPlay("odd", number, house=0.1)
        for _ in range(60):
            if play.step() is None or play.game.state.paused:
                continue
            seat = play.rng.randrange(len(play.game.program.seats))
            made = seat_command(play.game, seat, play.rng)
            if made is None or made[0]["do"] in ("say", "petition", "dissent", "note", "vote"):
                continue
            own, acted = Hands.of(play.game), Hands.of(play.game)
            name = play.game.program.seats[seat]
            first = own.do(name, **made[0])
            second = acted.do("white_cell", "act", seat=name, body=made[0], reason="So it is.")
            assert isinstance(first, Refused) is isinstance(second, Refused), made[0]
            assert dump(own.state) == dump(acted.state)
            compared += 1
    assert compared > 100


def test_the_seat_hears_that_the_facilitator_acted_and_others_do_not_learn_of_a_draft() -> None:
    """A draft is nobody else's business; a proposal is its parties'; an order given at once is everybody's who sees it."""
    table = Hands("odd").to("rooms")

    def hear(events: tuple[Any, ...]) -> set[str]:
        stories = {who: table.heard(who, events) for who in ("anna", "bert", "cleo", "judge", "public", "white_cell")}
        return {who for who, told in stories.items() if any("The facilitator acted" in story["head"] for story in told)}

    events = _act(table, "anna", **GAMBLE)
    assert hear(events) == {"anna", "white_cell"}
    assert table.heard("anna", events)[0]["head"] == "The facilitator acted for Anna: Order A gamble"
    assert "shouts" not in str(table.heard("anna", events))
    assert "shouts" in str(table.heard("white_cell", events))
    assert hear(_act(table, "anna", do="propose", agreement="peace")) == {"anna", "bert", "white_cell"}
    table.to("moves")
    events = _act(table, "anna", do="order", action="confess", targets=[], rationale="")
    assert hear(events) == {"anna", "bert", "cleo", "judge", "public", "white_cell"}


def test_acting_for_a_seat_that_is_done_reopens_it() -> None:
    """Its people have to look at what now stands in their name; the facilitator can be done for it, too."""
    table = Hands("odd").to("rooms")
    table.done("anna", "seal")
    events = _act(table, "anna", **GAMBLE)
    assert kinds(events) == ["OnBehalf", "Reopened", "OrdersDrafted"]
    assert table.seat("anna") in table.game.active()
    _act(table, "anna", do="seal")
    assert table.seat("anna") not in table.game.active()
    assert table.refused("white_cell", "act", seat="anna", body={"do": "seal"}, reason="Again.").code == "sealed"
    assert kinds(_act(table, "anna", do="reopen")) == ["OnBehalf", "Reopened"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"do": "say", "to": None, "text": "I am Anna."}, "not_allowed"),
        ({"do": "petition", "what": "We fly.", "because": ["We can."]}, "not_allowed"),
        ({"do": "override", "slot": "heat", "value": 1, "reason": "x"}, "forbidden"),
        ({"do": "act", "seat": "bert", "body": {"do": "seal"}, "reason": "x"}, "forbidden"),
        ({"do": "dance"}, "unknown"),
        ({"do": "seal", "why": "x"}, "malformed"),
        ({}, "malformed"),
        (None, "malformed"),
        ([["do", "seal"]], "malformed"),
        ("seal", "malformed"),
    ],
)
def test_what_is_no_deed_of_a_seat_is_not_done_for_it(body: Any, code: str) -> None:
    """Nobody's words are put into somebody's mouth, and no facilitator's command is given through a seat."""
    table = Hands("odd").to("rooms")
    assert table.refused("white_cell", "act", seat="anna", body=body, reason="Why not.").code == code


def test_a_seat_that_does_not_play_is_not_acted_for() -> None:
    """And players act for nobody but themselves."""
    table = Hands("odd", played=("anna", "bert", "cleo")).to("rooms")
    assert table.refused("white_cell", "act", seat="judge", body={"do": "seal"}, reason="x").code == "bad_target"
    assert table.refused("anna", "act", seat="bert", body={"do": "seal"}, reason="x").code == "forbidden"


@pytest.mark.parametrize("passed", [True, False])
def test_the_facilitator_decides_the_motion_when_the_phase_ends(passed: bool) -> None:
    """The votes are cast and told as ever; the outcome is the decided one, its effects come, and players hear who decided."""
    table = on_the_floor("amnesty")
    for seat in ("anna", "bert"):
        table.done(seat, "floor", lobby=0, position="nay" if passed else "aye")
    table.done("white_cell", "outcome", passed=passed, reason="For the lesson.")
    assert [table.view(who)["outcome"] for who in ("white_cell", "anna", "public")] == [passed, None, None]
    vote = voted(table)
    assert (vote.passed, vote.ayes) == (passed, 0 if passed else 2)
    assert "The facilitator decided it." in str(table.heard("public", (vote,)))
    assert table.view("white_cell")["outcome"] is None
    changed = {table.program.slots[slot].name for slot, _, _ in vote.effect.changes}
    assert ("quarrel" in changed, "anna.grudge" in changed) == (not passed, passed)


def test_a_decision_that_the_vote_bears_out_is_no_story() -> None:
    """Nothing was taken from the players."""
    table = on_the_floor("amnesty")
    table.done("white_cell", "outcome", passed=True, reason="For the lesson.")
    assert "facilitator" not in str(table.heard("public", (voted(table),)))


def test_without_a_motion_there_is_nothing_to_decide() -> None:
    """Nor can a decision be half said."""
    table = Hands("odd").to("rooms")
    assert table.refused("white_cell", "outcome", passed=True, reason="x").code == "not_allowed"
    assert table.refused("white_cell", "outcome", reason="x").code == "malformed"


@pytest.mark.parametrize("ending", [None, "ruin"])
def test_the_facilitator_ends_the_game_with_an_ending_or_without(ending: str | None) -> None:
    """Everybody is told by whom; the result is worked out as at any end."""
    table = Hands("odd").to("rooms")
    events = table.done("white_cell", "end", ending=ending, reason="The bell.")
    assert kinds(events) == ["EndCalled", "GameEnded"]
    assert table.game.over
    result = table.view("anna")["result"]
    assert (result["ending"] or {}).get("id") == ending
    assert table.heard("public", events)[0]["head"] == "The facilitator ends the game"
    assert "bell" not in str(table.heard("anna", events))
    assert table.refused("white_cell", "end", ending=None, reason="Twice.").code == "over"
    assert Hands("odd").refused("white_cell", "end", ending="nothing", reason="x").code == "unknown"


def test_nothing_moves_while_the_game_is_paused() -> None:
    """No deed of a seat, none on its behalf, no end of the phase; what the facilitator prepares waits for the resuming."""
    table = Hands("odd", timed=True).to("rooms")
    table.done("white_cell", "fire", card="vote_now")
    number = next(number for number, each in table.view("bert")["cards"].items() if each["id"] == "vote_now")
    table.done("white_cell", "pause")
    table.at = 10_000_000
    assert isinstance(table.tick(), Refused)
    for seat in table.program.seats:
        for do in ("seal", "reopen"):
            assert table.refused(seat, do).code == "paused"
        assert table.refused("white_cell", "act", seat=seat, body={"do": "seal"}, reason="x").code == "paused"
    assert table.refused("white_cell", "advance").code == "paused"
    # Recalling the last card that is waited for ends no phase while paused.
    before = (table.state.turn, table.phase)
    table.done("white_cell", "recall", card=number, reason="Wrong.")
    table.done("white_cell", "plan", card="drill", turn=2)
    assert ((table.state.turn, table.phase), table.state.deadline) == (before, None)
