"""What a card expects is counted from its release; what does not come arms a card that waits, and only the white cell knows."""

from __future__ import annotations

from typing import Any

from tests.support.hands import Hands
from wargame.engine.events import CardArmed, Event, ExpectationMissed
from wargame.engine.story import story


def fired(phase: str = "rooms", turn: int = 1) -> tuple[Hands, int]:
    """A table at which the letter, which expects three things, has just been dealt, and the number that it got."""
    table = Hands("everything").to(phase, turn)
    table.done("white_cell", "fire", card="letter", bound={"target": "reds"})
    return table, table.state.hand[-1].number


def of_card(table: Hands, number: int) -> list[dict[str, Any]]:
    return [each for each in table.view("white_cell")["expected"] if each["card"] == str(number)]


def status(table: Hands, number: int) -> dict[str, str]:
    return {each["id"]: each["status"] for each in of_card(table, number)}


def test_a_card_opens_what_it_expects() -> None:
    """Due in the turn it is dealt in, or as many more as it says; each seat by itself."""
    table, number = fired()
    assert [(each["seat"], each["what"], each["id"], each["due"], each["if_missed"]) for each in of_card(table, number)] == [
        ("north", "option", "answer", 1, "reminder"),
        ("assembly", "order", "brief", 2, "reminder"),
        ("south", "agreement", "pact", 3, None),
    ]
    assert set(status(table, number).values()) == {"open"}
    assert all(table.view(who)["expected"] == [] for who in (*table.program.seats, "public"))


def test_what_was_missed_arms_its_card_once() -> None:
    """As the turn ends, not before; the card waits and does not come by itself."""
    table, number = fired()
    events: list[Event] = []
    while table.state.turn == 1:
        assert status(table, number)["answer"] == "open"
        events += table.done("white_cell", "advance")
    missed = [each for each in events if isinstance(each, ExpectationMissed) and each.number == number]
    assert [(each.place, each.seat) for each in missed] == [(0, table.seat("north"))]
    armed = [each.card for each in events if isinstance(each, CardArmed)]
    assert armed.count(table.program.card_index["reminder"]) == 1
    assert status(table, number) == {"answer": "missed", "brief": "open", "pact": "open"}
    table.to("rooms", 2)
    assert table.state.board[table.program.slot_of["armed.reminder"]] == 1
    assert all(card["id"] != "reminder" for card in table.view("north")["cards"].values())
    assert _feed(table, events)[0] == "Expected of Northland: “Answer” did not come; “A Reminder” is armed"


def _feed(table: Hands, events: list[Event]) -> list[str]:
    """What is told of missed expectations, which is told to the white cell alone."""
    missed = [event for event in events if isinstance(event, ExpectationMissed)]
    others = range(table.program.white_cell)
    assert all(story(table.program, table.state, event, viewer) is None for event in missed for viewer in others)
    told = [story(table.program, table.state, event, table.program.white_cell) for event in missed]
    return [each["head"] for each in told if each is not None]


def test_an_answer_an_order_and_an_agreement_meet_it() -> None:
    table, number = fired("desk")
    table.done("north", "respond", card=str(number), option="answer", rationale="")
    table.done("white_cell", "advance")
    assert status(table, number)["answer"] == "met"
    table.to("rooms", 1)
    table.orders("assembly", "brief")
    table.done("white_cell", "override", slot="tension", value=1, reason="To sign.")
    table.done("north", "propose", agreement="pact", side_terms="")
    table.done("south", "sign", agreement="pact")
    assert status(table, number)["pact"] == "met"
    table.done("white_cell", "advance")
    assert status(table, number)["brief"] == "met"


def test_another_answer_does_not_meet_it() -> None:
    table, number = fired("desk")
    table.done("north", "respond", card=str(number), option="wait", rationale="")
    table.to("rooms", 2)
    assert status(table, number)["answer"] == "missed"


def test_in_the_last_turn_nothing_is_armed() -> None:
    """There is no turn left in which the card could come."""
    last = Hands("everything").program.scenario.turns.count
    table, _ = fired("rooms", last)
    events: list[Any] = []
    while not table.game.over:
        events += table.done("white_cell", "advance")
    missed = [each for each in events if isinstance(each, ExpectationMissed)]
    assert missed
    assert all(each.armed == -1 for each in missed)


def test_a_card_that_waits_for_something_missed_never_arms_itself() -> None:
    """It has no condition of its own, so nothing else brings it."""
    table = Hands("everything")
    assert table.program.card_index["reminder"] in table.program.on_missed
    assert table.program.card_index["nudge"] not in table.program.on_missed
