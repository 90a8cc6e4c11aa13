"""A line of the MSEL keeps its name and its planned turn for life, and the white cell alone reads it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hands import Hands, program_from
from wargame.engine.msel import MOST_LINES, msel, put
from wargame.engine.state import Line, State

PLAN = """
format: 1
id: plan
title: A Plan
turns: {count: 6, length: a day}
phases: [{id: news, label: News, kind: cards, cards: 9}, {id: desk, label: Desk, kind: orders, orders: 1}]
seats: {ann: {title: Ann}, ben: {title: Ben}}
tracks: {heat: {label: Heat, range: [0, 10], start: 5}}
actions:
  call: {seat: ann, label: Call, effects: [{inject: reply, in: 2}]}
  calm: {seat: ben, label: Calm, effects: [heat -1]}
injects:
  opening: {title: Opening, to: [ann], pool: trigger, trigger: {turns: 1, once: true}, text: It begins.}
  turning: {title: Turning, to: [ann, ben], pool: trigger, trigger: {turns: 3, once: true}, text: It turns., on_deal: [heat +2]}
  storm: {title: Storm, to: [ben], pool: random, trigger: {turns: 2-4, when: heat >= 9}, text: Wind.}
  reply: {title: Reply, to: [ann], pool: chained, text: They answer.}
  spare: {title: Spare, to: [ben], pool: shelf, text: If needed., on_deal: [heat +1]}
  nudge: {title: Nudge, to: [ben], pool: contingency, trigger: {when: turn >= 2, once: true}, text: Come on.}
scoring:
  seats: {ann: [{label: Calm, value: 10 * (10 - heat), max: 100}], ben: [{label: Heat, value: 10 * heat, max: 100}]}
"""


def table() -> Hands:
    """The plan above, at the desk of turn 1."""
    return Hands(program_from(PLAN)).to("desk")


def line(table: Hands, name: str) -> dict[str, Any]:
    """A line as the white cell reads it."""
    return next(each for each in table.view("white_cell")["msel"] if each["entry"] == name)


def told(table: Hands, name: str, *keys: str) -> list[Any]:
    """Some of what a line says."""
    return [line(table, name)[key] for key in keys]


def test_the_plan_of_the_scenario_is_there_before_anything_happens() -> None:
    """Cards with a window of turns, by the turn in which they can come first; the shelf is no plan."""
    program = program_from(PLAN)
    lines = msel(program, State.fresh(program), program.white_cell)
    assert [(each["entry"], each["planned"], each["until"], each["status"], each["by"]) for each in lines] == [
        ("topening", 1, 1, "planned", "plan"),
        ("tstorm", 2, 4, "planned", "rule"),
        ("tturning", 3, 3, "planned", "plan"),
    ]


def test_nobody_but_the_white_cell_reads_it() -> None:
    """What is to come is no business of players."""
    for viewer in ("ann", "ben", "public"):
        assert table().view(viewer)["msel"] == []


def test_a_card_that_comes_by_itself_keeps_its_line() -> None:
    """The same name, the same planned turn; the number of the card on the table."""
    one = table()
    assert told(one, "topening", "planned", "status", "released", "number") == [1, "released", 1, "0"]


def test_what_an_effect_schedules_is_a_line_of_its_own() -> None:
    """Planned by a rule for the turn the effect says; released when it comes."""
    one = table()
    one.orders("ann", "call")
    one.to("desk", 2)
    assert told(one, "s0", "card", "planned", "due", "status", "by") == ["reply", 3, 3, "planned", "rule"]
    one.to("desk", 3)
    assert told(one, "s0", "planned", "status", "released", "to") == [3, "released", 3, ["ann"]]


def test_what_nobody_planned_gets_a_line_when_it_is_dealt() -> None:
    """Fired from the shelf: no planned turn, by the facilitator."""
    one = table()
    one.done("white_cell", "fire", card="spare")
    assert told(one, "d1", "card", "planned", "due", "released", "by", "status") == [
        "spare",
        None,
        None,
        1,
        "facilitator",
        "released",
    ]


def test_a_window_that_passes_is_told_as_skipped() -> None:
    """With the reason; its planned turn stays."""
    one = table().to("desk", 5)
    assert told(one, "tstorm", "status", "planned") == ["skipped", 2]
    assert "without it" in line(one, "tstorm")["reason"]


def test_a_card_that_came_by_another_way_closes_its_window() -> None:
    """It comes once: fired by hand, it does not come again, and its plan still says when it was meant to."""
    one = table()
    one.done("white_cell", "fire", card="turning")
    assert told(one, "tturning", "status", "planned", "released") == ["skipped", 3, None]
    one.to("desk", 4)
    assert one["heat"] == 7
    assert [each["entry"] for each in one.view("white_cell")["msel"] if each["card"] == "turning"] == ["d1", "tturning"]


def test_an_armed_card_waits_at_the_turn_that_is_now() -> None:
    """And is the same line when it has been released."""
    one = table().to("desk", 2)
    assert told(one, "anudge", "status", "planned", "released") == ["armed", None, None]
    one.to("desk", 3).done("white_cell", "release", entry="anudge")
    assert told(one, "anudge", "status", "released") == ["released", 3]


def test_the_time_line_is_sorted_by_turn() -> None:
    """What was released by the turn it was released in, what waits by the turn it is due."""
    one = table().to("desk", 2)
    one.done("white_cell", "fire", card="spare")
    one.done("white_cell", "plan", card="reply", turn=5)
    order = [each["entry"] for each in one.view("white_cell")["msel"]]
    assert order == ["topening", "d1", "anudge", "tstorm", "tturning", "s0"]


@pytest.mark.parametrize("kept", ["s0", "tturning"])
def test_a_time_line_without_end_forgets_the_oldest_that_are_over(kept: str) -> None:
    """What waits is never forgotten; nothing grows for ever."""
    one = table()
    one.done("white_cell", "plan", card="spare", turn=4)
    one.done("white_cell", "hold", entry="tturning", reason="")
    for number in range(MOST_LINES + 50):
        put(one.state, f"d{number + 100}", Line(0, None, None, "released", "facilitator", released=1, number=number))
    assert len(one.state.lines) == MOST_LINES
    assert kept in one.state.lines
    assert f"d{MOST_LINES + 149}" in one.state.lines
