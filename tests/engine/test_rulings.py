"""A petition waits for its ruling; the engine rolls against the odds and carries out what was set down for that outcome."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hands import Hands, kinds
from wargame.engine.events import Ruled

WHAT = {"what": "We open a back channel.", "because": ["An old friend", "No press"], "against": "Somebody may talk."}


def petition(hands: Hands, who: str = "north", **fields: Any) -> int:
    """The number of a petition just made."""
    hands.done(who, "petition", **{**WHAT, **fields})
    return int(hands.view("white_cell")["petitions"][-1]["number"])


@pytest.fixture
def hands() -> Hands:
    return Hands("everything").to("rooms")


def test_a_petition_is_heard_by_its_seat_and_the_white_cell(hands: Hands) -> None:
    """Nobody else learns of it, not even by the number that the next one gets."""
    before = hands.view("south")
    number = petition(hands)
    assert hands.view("south") == before
    assert [each["number"] for each in hands.view("north")["petitions"]] == [number]
    assert hands.view("north")["petitions"][0]["because"] == ["An old friend", "No press"]
    assert petition(hands) != number + 1


def test_a_ruling_rolls_and_carries_out_one_side(hands: Hands) -> None:
    """At odds of 100 the one side happens, at 0 the other; all hear a public ruling with odds and roll."""
    slot = next(each for each in hands.program.shown if each.family.name == "TRACK")
    hands[slot.name] = slot.lo
    for odds, gain in ((100, 1), (0, 2)):
        number = petition(hands)
        was = hands[slot.name]
        done = hands.done(
            "white_cell",
            "rule",
            number=number,
            odds=odds,
            success=f"{slot.name} +1",
            failure=f"{slot.name} +2",
            ruling="It is done.",
            ruling_fails="It is not.",
        )
        assert isinstance(done[0], Ruled)
        assert hands[slot.name] == was + gain
        heard = hands.view("south")["petitions"][-1]
        assert heard["ruling"] == ("It is done." if odds else "It is not.")
        assert (heard["odds"], heard["success"], heard["status"]) == (odds, bool(odds), "ruled")
        assert 1 <= heard["roll"] <= 100


def test_a_private_ruling_stays_with_the_seat(hands: Hands) -> None:
    """Others hear nothing of it."""
    number = petition(hands)
    hands.done("white_cell", "rule", number=number, odds=100, success="", failure="", ruling="Quietly.", public=False)
    assert hands.view("south")["petitions"] == []
    assert hands.view("public")["petitions"] == []
    assert hands.view("north")["petitions"][0]["ruling"] == "Quietly."


def test_effects_are_checked_before_the_die_is_cast(hands: Hands) -> None:
    """A slip in either side refuses the ruling and leaves the petition waiting."""
    number = petition(hands)
    for sides in ({"success": "no such thing +1", "failure": ""}, {"success": "", "failure": "- {unknown: 1}"}):
        refused = hands.refused("white_cell", "rule", number=number, odds=50, ruling="So be it.", **sides)
        assert refused.code == "malformed"
        assert "Line 1" in refused.reason
    assert hands.view("north")["petitions"][0]["status"] == "waiting"


def test_one_is_held_back_while_the_rest_goes_on(hands: Hands) -> None:
    """A held petition outlives the phase and can still be ruled on; a settled one cannot."""
    number = petition(hands)
    hands.done("white_cell", "defer", number=number, reason="I take this upstairs.")
    hands.done("white_cell", "advance")
    assert hands.view("north")["petitions"][0]["status"] == "held"
    assert hands.refused("white_cell", "defer", number=number, reason="").code == "not_allowed"
    hands.done("white_cell", "turn_down", number=number, ruling="There is no such friend.")
    assert hands.refused("white_cell", "turn_down", number=number, ruling="Again.").code == "not_allowed"
    assert hands.view("south")["petitions"] == []


def test_dissent_is_one_line_of_those_who_heard(hands: Hands) -> None:
    """A seat that heard the ruling puts one line against it; who did not hear it learns nothing from trying."""
    number = petition(hands)
    quiet = petition(hands)
    assert hands.refused("south", "dissent", number=number, text="No!") == hands.refused(
        "south", "dissent", number=7, text="No!"
    )
    hands.done("white_cell", "rule", number=number, odds=50, success="", failure="", ruling="So be it.")
    hands.done("white_cell", "rule", number=quiet, odds=50, success="", failure="", ruling="Hush.", public=False)
    hands.done("south", "dissent", number=number, text="That was never likely.")
    assert hands.refused("south", "dissent", number=number, text="Still.").code == "not_allowed"
    assert hands.refused("south", "dissent", number=quiet, text="No!").code == "unknown"
    assert hands.view("north")["petitions"][0]["dissents"] == [{"seat": "south", "text": "That was never likely."}]


def test_estimates_are_the_white_cells(hands: Hands) -> None:
    """Each person's last estimate counts, and only the white cell sees them."""
    number = petition(hands)
    for percent in (20, 40):
        hands.done("white_cell", "estimate", number=number, percent=percent)
    assert hands.view("white_cell")["petitions"][0]["estimates"] == [{"person": "", "percent": 40}]
    assert "estimates" not in hands.view("north")["petitions"][0]


def test_there_is_a_most(hands: Hands) -> None:
    """Three of a seat wait at a time; a pause and the end refuse more."""
    numbers = [petition(hands) for _ in range(3)]
    assert len(set(numbers)) == 3
    assert hands.refused("north", "petition", **WHAT).code == "not_allowed"
    hands.done("white_cell", "pause")
    assert hands.refused("south", "petition", **WHAT).code == "paused"


@pytest.mark.parametrize(
    "fields",
    [{"what": " "}, {"because": []}, {"because": ["", " "]}, {"because": [1]}, {"because": ["x" * 201]}, {"what": "x" * 501}],
)
def test_a_petition_has_a_deed_and_a_reason(hands: Hands, fields: dict[str, Any]) -> None:
    """What is no proposal is refused with a reason."""
    assert hands.refused("north", "petition", **{**WHAT, **fields}).code in ("malformed", "too_long")


def test_all_is_told_when_the_game_is_over(hands: Hands) -> None:
    """The review needs it all: every petition is known once the game is over."""
    number = petition(hands)
    while not hands.game.over:
        hands.done("white_cell", "advance")
    assert [each["number"] for each in hands.view("south")["petitions"]] == [number]
    assert hands.refused("white_cell", "rule", number=number, odds=1, success="", failure="", ruling="Late.").code == "over"


def test_events_are_named_after_what_happened(hands: Hands) -> None:
    """A petition is one event, and nothing else moves."""
    assert kinds(hands.done("north", "petition", **WHAT)) == ["Petitioned"]
