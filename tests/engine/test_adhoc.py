"""What the facilitator makes up is checked before it changes anything, plays like the scenario's own, and replays exactly."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hands import Hands, kinds
from tests.support.play import program_of
from wargame.engine.amended import amended, fold
from wargame.engine.commands import Refused
from wargame.engine.dump import dump
from wargame.engine.events import NOTHING, CardWritten, Event, Happened
from wargame.engine.parse import LONGEST_CARD
from wargame.engine.questions import answer

CARD = """
injects:
  flood:
    title: A Flood
    to: [north]
    seen_by: addressees
    text: The river is up.
    texts: {others: You hear nothing.}
    choices:
      north:
        options:
          - {id: dam, stance: hold, label: Build a dam, effects: [tension -1, {roll: 50, success: [support +1]}]}
          - {id: blame, stance: escalate, label: Blame the south, effects: [tension +1]}
"""
EVERYBODY = CARD.replace("seen_by: addressees", "bind: {who: seats}").replace("flood", "open_flood")


def asked(table: Hands, who: str = "white_cell", **body: Any) -> dict[str, Any]:
    told = answer(table.program, table.state, table.seat(who), body)
    assert not isinstance(told, Refused), told
    return told


def test_a_written_card_is_on_the_shelf_and_plays() -> None:
    """It is written, fired, seen by whom it is for, answered, carried out."""
    table = Hands("everything").to("rooms")
    assert kinds(table.done("white_cell", "write", source=CARD)) == ["CardWritten"]
    table.done("white_cell", "fire", card="flood")
    number = next(number for number, card in table.view("north")["cards"].items() if card["id"] == "flood")
    assert all(card["id"] != "flood" for card in table.view("south")["cards"].values())
    table.done("north", "respond", card=number, option="blame", rationale="They dug it.")
    before = table["tension"]
    table.done("white_cell", "advance")
    assert table["tension"] >= before + 1
    table.to(table.phase, table.state.turn)
    assert table.state.board[table.program.slot_of["fired.flood"]] == 1


def test_only_the_white_cell_hears_of_the_shelf() -> None:
    table = Hands("everything").to("rooms")
    before = [table.view(who) for who in (*table.program.seats, "public")]
    table.done("white_cell", "write", source=CARD)
    assert [table.view(who) for who in (*table.program.seats, "public")] == before


def test_a_journal_with_written_rules_folds_anywhere() -> None:
    """Cards, things that happen with dice and news, an end of the game over the longer board: the events alone give it back."""
    table = Hands("everything")
    events: list[Event] = []
    twin, program = table.state.fork(), program_of("everything")

    def did(do: str, **fields: Any) -> None:
        events.extend(table.done("white_cell", do, **fields))

    while table.state.status == "setup":
        did("advance")
    did("write", source=CARD)
    did("happen", text="It rains.", effects="{roll: 50, success: [tension +1], failure: [{news: Nothing.}]}", reason="Why not.")
    did("write", source=EVERYBODY)
    did("happen", text="It rains.", effects="{roll: 50, success: [tension +1], failure: [{news: Nothing.}]}", reason="Again.")
    did("fire", card="flood")
    did("fire", card="open_flood")
    while not table.game.over:
        did("advance")
    for event in events:
        program = fold(program, twin, event)
    assert dump(twin) == dump(table.state)
    assert len(twin.board) == len(program.slots) == len(table.program.slots)
    rolls = [roll.purpose for event in events if isinstance(event, Happened) for roll in event.effect.rolls]
    assert len(set(rolls)) == 2, "the same thing that happens twice is rolled for twice"


def test_what_happens_is_read_by_all_and_its_reason_by_the_facilitators() -> None:
    table = Hands("everything").to("rooms")
    before = table["tension"]
    events = table.done("white_cell", "happen", text="It rains [b]hard[/b].", effects="tension +1", reason="To stir.")
    assert kinds(events) == ["Happened"]
    assert table["tension"] == before + 1


@pytest.mark.parametrize("source", ["", "injects: {", CARD.replace("tension -1", "tensions -1"), "x" * (LONGEST_CARD + 1)])
def test_a_card_with_a_fault_changes_nothing(source: str) -> None:
    table = Hands("everything").to("rooms")
    before, program = dump(table.state), table.program
    assert table.refused("white_cell", "write", source=source).reason
    assert (dump(table.state), table.program) == (before, program)


def test_nobody_else_writes() -> None:
    table = Hands("everything").to("rooms")
    assert table.refused("north", "write", source=CARD).code == "forbidden"
    assert table.refused("north", "happen", text="So.", effects="", reason="So.").code == "forbidden"
    for what in ("check_card", "check_effects"):
        told = answer(table.program, table.state, table.seat("north"), {"what": what, "source": CARD, "effects": ""})
        assert isinstance(told, Refused)


def test_a_check_shows_the_card_to_each_as_it_would_be_read() -> None:
    """A private card to its addressees alone; one for all to the public, and apart to who answers it. Nothing changes."""
    table = Hands("everything").to("rooms")
    before = dump(table.state)
    told = asked(table, what="check_card", source=CARD)
    assert (told["card"], list(told["seats"])) == ("flood", ["north"])
    assert [option["id"] for option in told["seats"]["north"]["options"]] == ["dam", "blame"]
    told = asked(table, what="check_card", source=EVERYBODY)
    assert set(told["seats"]) == {"public", "north"}
    assert told["seats"]["public"]["options"] == []
    assert dump(table.state) == before


def test_a_check_tells_every_problem_with_its_place() -> None:
    table = Hands("everything").to("rooms")
    told = asked(table, what="check_card", source=CARD.replace("tension", "tensoin"))
    assert (told["card"], told["seats"]) == (None, {})
    errors = [each for each in told["problems"] if each["severity"] == "error"]
    assert [(each["line"], each["code"], each["hint"]) for each in errors] == [
        (12, "unknown_name", "did you mean `tension`?"),
        (13, "unknown_name", "did you mean `tension`?"),
    ]


def test_effects_are_told_before_they_happen() -> None:
    table = Hands("everything").to("rooms")
    told = asked(table, what="check_effects", effects="tension +1; {roll: 40, success: [support -2]}")
    assert told["problems"] == []
    assert [tone for _, tone, _ in told["lines"]] == ["change", "roll", "change"]
    assert asked(table, what="check_effects", effects="")["lines"] == []
    wrong = asked(table, what="check_effects", effects="tensoin +1")
    assert (wrong["lines"], [each["code"] for each in wrong["problems"]]) == ([], ["unknown_name"])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3_000,
        "{" * 3_000,
        "- " * 1_000,
        "(" * 2_000 + ")" * 2_000,
        "tension +" + "1+" * 1_900 + "1",
        "; " * 1_900,
        "\x1b]0;owned\x07",
        "&a [*a]",
        "tension = tension ** tension",
        "".join(f"{{each: {name} in seats, do: [" for name in "abcdefgh") + "tension +1" + "]}" * 8,
        "import os",
    ],
)
def test_hostile_effects_end_in_problems(text: str) -> None:
    table = Hands("everything").to("rooms")
    told = answer(table.program, table.state, table.program.white_cell, {"what": "check_effects", "effects": text})
    assert isinstance(told, Refused) or told["problems"]
    assert table.refused("white_cell", "happen", text="So.", effects=text, reason="So.").reason


@pytest.mark.parametrize("body", [{}, {"source": 7}, {"source": None}, {"effects": ["a"]}, {"source": "y" * 99_999}])
@pytest.mark.parametrize("what", ["check_card", "check_effects"])
def test_a_question_that_is_none_is_refused(what: str, body: dict[str, Any]) -> None:
    table = Hands("everything")
    assert isinstance(answer(table.program, table.state, table.program.white_cell, {"what": what, **body}), Refused)


def test_a_source_that_no_longer_compiles_is_said_so() -> None:
    """A journal of another version ends in a sentence."""
    program = program_of("everything")
    with pytest.raises(ValueError, match="no longer understood"):
        amended(program, CardWritten("flood", CARD.replace("tension", "tensoin")))
    assert amended(program, Happened("So.", "", "tension +1", NOTHING)) is program
