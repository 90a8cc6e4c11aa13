"""The facilitator moves every card of the time-line without hurting the plan, and takes back what was sent by mistake."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.test_msel import line, table, told
from tests.support.hands import Hands, kinds
from wargame.engine.events import CardDealt, CardRecalled


def _dealt(hands: Hands, card: str) -> list[int]:
    """The turns in which a card has come so far, by its lines."""
    return [each["released"] for each in hands.view("white_cell")["msel"] if each["card"] == card and each["released"]]


def test_a_held_card_does_not_come_until_it_is_let_go() -> None:
    """It keeps its plan, and comes with the next cards after it was let go."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=2)
    one.done("white_cell", "hold", entry="s0", reason="They are not ready.")
    one.to("desk", 3)
    assert told(one, "s0", "status", "planned", "due", "reason") == ["held", 2, 3, "They are not ready."]
    one.done("white_cell", "unhold", entry="s0")
    one.to("desk", 4)
    assert told(one, "s0", "status", "planned", "released") == ["released", 2, 4]


def test_a_held_window_does_not_open() -> None:
    """A card of the scenario's own plan is held like any other."""
    one = table()
    one.done("white_cell", "hold", entry="tturning", reason="")
    one.to("desk", 3)
    assert _dealt(one, "turning") == []
    assert one.refused("white_cell", "hold", entry="tturning").code == "not_allowed"


def test_releasing_uses_the_line_and_leaves_the_planned_turn() -> None:
    """The trap others fell into: firing now overwrote the plan."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=4)
    for entry, planned in (("s0", 4), ("tturning", 3)):
        one.done("white_cell", "release", entry=entry)
        assert told(one, entry, "status", "planned", "due", "released") == ["released", planned, planned, 1]
    one.to("desk", 5)
    assert (_dealt(one, "spare"), _dealt(one, "turning")) == ([1], [1])
    assert one.refused("white_cell", "release", entry="s0").code == "not_allowed"


def test_firing_a_planned_card_leaves_its_plan_alone() -> None:
    """A card fired from the shelf is independent: the planned one still comes."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=3)
    before = line(one, "s0")
    one.done("white_cell", "fire", card="spare")
    assert line(one, "s0") == before
    one.to("desk", 3)
    assert sorted(_dealt(one, "spare")) == [1, 3]


def test_a_moved_card_keeps_what_it_is_bound_to() -> None:
    """The other trap: moving an inject emptied it."""
    one = Hands("odd").to("rooms")
    one.done("white_cell", "plan", card="rumour", turn=2, bound={"who": "bert"})
    one.done("white_cell", "retime", entry="s0", turn=3)
    assert told(one, "s0", "planned", "due", "bound", "title") == [2, 3, {"who": "Bert"}, "A Rumour about Bert"]
    one.done("white_cell", "release", entry="s0")
    assert told(one, "s0", "bound", "to", "status") == [{"who": "Bert"}, ["bert", "judge"], "released"]


def test_moving_and_back_is_as_it_was() -> None:
    """Also for a window, which keeps its length."""
    one = table()
    before = one.view("white_cell")["msel"]
    one.done("white_cell", "retime", entry="tstorm", turn=4)
    assert told(one, "tstorm", "planned", "due", "until") == [2, 4, 6]
    one.done("white_cell", "retime", entry="tstorm", turn=2)
    assert one.view("white_cell")["msel"] == before


def test_a_moved_window_opens_in_its_new_turn_only() -> None:
    """Turn 3 passes without it; it comes in turn 5, once."""
    one = table()
    one.done("white_cell", "retime", entry="tturning", turn=5)
    one.to("desk", 6)
    assert _dealt(one, "turning") == [5]
    assert line(one, "tturning")["planned"] == 3


def test_shifting_moves_the_card_and_all_after_it() -> None:
    """What is due earlier stays; the planned turns stay; one event tells of all."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=2)
    one.done("white_cell", "plan", card="reply", turn=4)
    one.done("white_cell", "hold", entry="s1", reason="")
    events = one.done("white_cell", "shift", entry="tturning", turns=2)
    assert kinds(events) == ["CardsMoved"]
    assert told(one, "s0", "due") == [2]
    assert told(one, "tstorm", "due") == [2]
    assert told(one, "tturning", "planned", "due") == [3, 5]
    assert told(one, "s1", "planned", "due", "status") == [4, 6, "held"]


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("retime", {"entry": "tstorm", "turn": 1}),
        ("retime", {"entry": "tstorm", "turn": 7}),
        ("retime", {"entry": "tstorm", "turn": 0}),
        ("shift", {"entry": "tstorm", "turns": -1}),
        ("shift", {"entry": "tstorm", "turns": 0}),
        ("plan", {"card": "spare", "turn": 1}),
        ("retime", {"entry": "topening", "turn": 4}),
        ("hold", {"entry": "topening", "reason": ""}),
        ("unhold", {"entry": "tstorm"}),
        ("release", {"entry": "nothing"}),
        ("release", {"entry": "t"}),
        ("skip", {"entry": "s99"}),
        ("hold", {"entry": "tspare", "reason": ""}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(do: str, fields: dict[str, Any]) -> None:
    """No card comes before now or after the last turn; what has come is not moved; a name that is none is none."""
    one = table().to("desk", 2)
    before = one.view("white_cell")
    refusal = one.refused("white_cell", do, **fields)
    assert refusal.reason.endswith((".", "?"))
    assert one.view("white_cell") == before


def test_a_skipped_card_does_not_come_and_can_be_put_back() -> None:
    """Skipping is not forgetting: a new turn, or a release, brings it back under its name."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=2)
    for entry in ("s0", "tturning"):
        one.done("white_cell", "skip", entry=entry, reason="No time.")
    one.to("desk", 4)
    assert told(one, "s0", "status", "reason", "planned") == ["skipped", "No time.", 2]
    assert _dealt(one, "turning") == []
    one.done("white_cell", "retime", entry="tturning", turn=5)
    one.done("white_cell", "release", entry="s0")
    one.to("desk", 5)
    assert told(one, "tturning", "status", "released") == ["released", 5]
    assert told(one, "s0", "status", "released") == ["released", 4]


def test_an_armed_card_that_is_skipped_does_not_arm_itself_again() -> None:
    """Its condition holds all the time; the facilitator has said no."""
    one = table().to("desk", 2)
    one.done("white_cell", "skip", entry="anudge", reason="They do well.")
    one.to("desk", 4)
    assert told(one, "anudge", "status", "reason") == ["skipped", "They do well."]


def test_an_armed_card_waits_and_is_not_moved() -> None:
    """It waits for a key; there is nothing to hold or to re-time."""
    one = table().to("desk", 2)
    for do, fields in (("hold", {"reason": ""}), ("retime", {"turn": 4}), ("shift", {"turns": 1})):
        assert "armed" in one.refused("white_cell", do, entry="anudge", **fields).reason


def test_a_plan_can_be_made_before_the_game_and_not_after() -> None:
    """The plan is the facilitator's from the lobby on."""
    one = table().to("desk", 6)
    one.done("white_cell", "advance")
    assert one.game.over
    for do, fields in (("plan", {"card": "spare", "turn": 6}), ("release", {"entry": "tstorm"}), ("hold", {"entry": "tstorm"})):
        assert one.refused("white_cell", do, **fields).code == "over"


# Taking back


def _sent(hands: Hands, card: str) -> str:
    """The number of the last copy of the card on the table."""
    return [str(number) for number, each in hands.view("white_cell")["cards"].items() if each["id"] == card][-1]


def test_a_recalled_card_leaves_the_table_and_its_effects_are_set_back_by_difference() -> None:
    """What else happened to the value meanwhile stays."""
    one = table().to("desk", 3)
    assert one["heat"] == 7
    one["heat"] = 4  # something else happened meanwhile
    number = _sent(one, "turning")
    events = one.done("white_cell", "recall", card=number, reason="Too early.", undo=True)
    recalled = next(each for each in events if isinstance(each, CardRecalled))
    heat = one.program.slot_of["heat"]
    assert [change for change in recalled.effect.changes if change[0] == heat] == [(heat, 4, 2)]
    assert number not in one.view("ann")["cards"]
    assert told(one, "tturning", "status", "planned", "released", "reason") == ["recalled", 3, 3, "Too early."]


def test_without_undo_what_it_changed_stays() -> None:
    """And the feed says so."""
    one = table().to("desk", 3)
    one.done("white_cell", "recall", card=_sent(one, "turning"), reason="Too early.")
    assert one["heat"] == 7
    assert one.refused("white_cell", "recall", card="1", reason="Again.").code == "unknown"


def test_what_is_set_back_stays_within_its_range() -> None:
    """Clamped like every change."""
    one = table().to("desk", 3)
    one["heat"] = 1
    one.done("white_cell", "recall", card=_sent(one, "turning"), reason="No.", undo=True)
    assert one["heat"] == 0


def test_a_recalled_card_can_be_sent_again_and_does_not_come_again_by_itself() -> None:
    """It comes once: its window stays shut, but the facilitator can release or re-time it."""
    one = table().to("desk", 3)
    one.done("white_cell", "recall", card=_sent(one, "turning"), reason="Too early.", undo=True)
    one.to("desk", 4)
    assert line(one, "tturning")["status"] == "recalled"
    one.done("white_cell", "release", entry="tturning")
    assert told(one, "tturning", "status", "released", "planned") == ["released", 4, 3]
    assert one["heat"] == 7


def test_answers_to_a_recalled_card_are_void() -> None:
    """Drafted ones are gone, nobody is waited for, and what revealed ones did is set back too."""
    one = Hands("odd").to("rooms")
    one["heat"] = 2
    one.done("white_cell", "fire", card="rumour", bound={"who": "bert"})
    number = _sent(one, "rumour")
    one.done("bert", "respond", card=number, option="shout", rationale="Ha.")
    one.done("white_cell", "recall", card=number, reason="Wrong one.")
    assert one.view("bert")["responses"] == {}
    assert "respond" not in [each["do"] for each in one.offers("bert", "respond")]
    one.done("white_cell", "fire", card="rumour", bound={"who": "bert"})
    number = _sent(one, "rumour")
    one.done("bert", "respond", card=number, option="shout", rationale="Ha.")
    heat = one["heat"]
    one.to("moves")
    assert one["heat"] == heat + 1
    one.done("white_cell", "recall", card=number, reason="Wrong one.", undo=True)
    assert one["heat"] == heat


def test_a_recall_is_told_to_those_who_read_the_card_and_to_nobody_else() -> None:
    """Others hear at most that a value they see has changed; the reason is the white cell's."""
    one = Hands("odd").to("rooms")
    one.done("white_cell", "fire", card="secret_note")
    events = one.done("white_cell", "recall", card=_sent(one, "secret_note"), reason="Not for them.", undo=True)
    heard = {who: one.heard(who, events) for who in ("anna", "judge", "bert", "public", "white_cell")}
    for who in ("anna", "judge", "white_cell"):
        assert heard[who][0]["head"] == "Taken back: A Note"
    assert all("Note" not in str(story) for who in ("bert", "public") for story in heard[who])
    assert [who for who in heard if "Not for them." in str(heard[who])] == ["white_cell"]


def test_a_private_card_sent_again_after_a_recall_has_another_number() -> None:
    """A draft or a late answer for the first cannot meet the second."""
    one = Hands("odd").to("rooms")
    numbers = []
    for _ in range(2):
        events = one.done("white_cell", "fire", card="secret_note")
        numbers.append(next(each.number for each in events if isinstance(each, CardDealt)))
        one.done("white_cell", "recall", card=str(numbers[-1]), reason="No.")
    assert numbers[0] != numbers[1]
    assert [told(one, f"d{number}", "status") for number in numbers] == [["recalled"]] * 2


def test_a_correction_is_read_by_all_who_read_the_card_and_says_so() -> None:
    """The title alone, the text alone or both; what is not given stays."""
    one = Hands("odd").to("rooms")
    one.done("white_cell", "fire", card="rumour", bound={"who": "bert"})
    number = _sent(one, "rumour")
    assert one.view("bert")["cards"][number]["corrected"] is False
    one.done("white_cell", "correct", card=number, text="It was Cleo.", reason="A mix-up.")
    for who in ("bert", "judge", "white_cell"):
        card = one.view(who)["cards"][number]
        assert (card["title"], card["text"], card["corrected"]) == ("A Rumour about Bert", "It was Cleo.", True)
    events = one.done("white_cell", "correct", card=number, title="A Rumour", reason="A mix-up.")
    assert one.offers("bert", "respond")[-1]["title"] == "A Rumour"
    assert one.view("bert")["cards"][number]["text"] == "It was Cleo."
    assert one.heard("bert", events)[0]["head"] == "Corrected: A Rumour"
    assert one.heard("anna", events) == one.heard("public", events) == []
    assert one.refused("white_cell", "correct", card=number, reason="Nothing.").code == "malformed"


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("recall", {"card": "0"}),
        ("correct", {"card": "0", "text": "x"}),
        ("end", {"ending": None}),
        ("outcome", {"passed": True}),
    ],
)
def test_the_heavy_hand_needs_a_reason(do: str, fields: dict[str, Any]) -> None:
    """It is kept for the debrief."""
    one = table()
    assert "reason" in one.refused("white_cell", do, **fields, reason="  ").reason
