"""Notes for the review: facilitators' are private, players' stand on the board once it is open, and everybody votes once."""

from __future__ import annotations

import pytest

from tests.support.hands import Hands
from wargame.engine.commands import VoteNote, house
from wargame.engine.decide import decide
from wargame.engine.project import project
from wargame.engine.state import Note

LESSON = {"fact": "Nobody called the other side.", "so_what": "Both guessed.", "change": "A hotline."}


@pytest.fixture
def hands() -> Hands:
    return Hands("everything").to("rooms")


def test_the_board_opens_by_hand_or_at_the_end(hands: Hands) -> None:
    """Until then a player's note is refused with the reason."""
    assert hands.refused("north", "note", **LESSON).code == "not_allowed"
    hands.done("white_cell", "board", open=True)
    hands.done("north", "note", **LESSON)
    assert hands.view("public")["board"]["notes"][0]["fact"] == LESSON["fact"]
    hands.done("white_cell", "board", open=False)
    assert hands.refused("north", "note", **LESSON).code == "not_allowed"
    while not hands.game.over:
        hands.done("white_cell", "advance")
    hands.done("south", "note", **LESSON)


def test_private_notes_are_the_white_cells(hands: Hands) -> None:
    """A facilitator's note is read by facilitators only, and leaves no gap in the numbers of the others."""
    before = hands.view("north")
    hands.done("white_cell", "note", **LESSON)
    assert hands.view("north") == before
    hands.done("white_cell", "note", **LESSON, private=False)
    assert [each["number"] for each in hands.view("north")["board"]["notes"]] == [1]
    assert [each["private"] for each in hands.view("white_cell")["board"]["notes"]] == [True, False]


def test_an_anonymous_note_names_nobody(hands: Hands) -> None:
    """Neither the person nor the seat."""
    hands.done("white_cell", "board", open=True)
    hands.done("north", "note", **LESSON, anonymous=True)
    note = hands.view("white_cell")["board"]["notes"][0]
    assert note["seat"] is None
    assert note["person"] == ""


def test_a_vote_is_given_once_and_taken_back(hands: Hands) -> None:
    """The second vote of the same takes the first one back; nobody votes for what they cannot read."""
    hands.done("white_cell", "board", open=True)
    hands.done("north", "note", **LESSON)
    hands.done("white_cell", "note", **LESSON)
    for count in (1, 0, 1):
        hands.done("south", "vote", number=1)
        assert hands.view("north")["board"]["notes"][0]["votes"] == count
    assert hands.refused("south", "vote", number=-1).code == "unknown"
    events = decide(hands.program, hands.state, house(hands.program, VoteNote(1)))
    assert isinstance(events, tuple)


def test_private_notes_take_no_place_on_the_board(hands: Hands) -> None:
    """Else the refusal would tell players how many there are."""
    hands.done("white_cell", "board", open=True)
    full = tuple(
        Note(-1 - each, hands.program.white_cell, f"e{each}", "x", "", "", "", True, 1, "rooms") for each in range(200)
    )
    hands.state.notes = full
    hands.done("north", "note", **LESSON)
    assert "200" in hands.refused("white_cell", "note", **LESSON).reason


def test_a_vote_costs_one_note_however_many_there_are(hands: Hands) -> None:
    """Everybody is told of every vote: not the whole board each time."""
    hands.done("white_cell", "board", open=True)
    for seat in ("north", "south", "reds"):
        for _ in range(15):
            hands.done(seat, "note", **LESSON)
    for event in hands.done("blues", "vote", number=7):
        (op,) = project(hands.program, hands.state, event, hands.seat("north"))
        assert (op[0], op[3]["number"], op[3]["votes"]) == ("entry", 7, 1)


def test_there_is_a_most(hands: Hands) -> None:
    """One person writes twenty notes at most."""
    hands.done("white_cell", "board", open=True)
    for _ in range(20):
        hands.done("north", "note", **LESSON)
    assert hands.refused("north", "note", **LESSON).code == "not_allowed"
    assert hands.refused("south", "note", fact=" ").code == "malformed"
    assert hands.refused("south", "note", fact="x", objective="nonsense").code == "unknown"
