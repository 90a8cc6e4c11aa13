"""Whatever happens in any game was found to be possible beforehand, and no slot leaves the range it was found to have."""

from __future__ import annotations

from functools import cache

import pytest

import wargame.rules.compile
from tests.support.play import ALL, HERE, RandomPlay
from tests.support.rules import HEAD
from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.game import Game
from wargame.rules.builder import Builder
from wargame.rules.compile import build
from wargame.rules.course import Course, things
from wargame.scenario.load import load, load_sources
from wargame.scenario.model import Scenario
from wargame.scenario.problem import Report
from wargame.scenario.shipped import find_scenario

TAIL = """
phases:
  - {id: news, label: News, kind: automatic, do: [income, clocks]}
  - {id: desk, label: Desk, kind: cards}
  - {id: rooms, label: Rooms, kind: orders, orders: 2}
"""


def studied(scenario: Scenario) -> Course:
    """The course of a scenario; the builder is caught where it is handed to the warnings."""
    caught: list[Builder] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wargame.rules.compile, "warn", caught.append)
        build(scenario, Report())
    return Course(caught[0])


@cache
def course_of(name: str) -> Course:
    """The course of a test scenario or a shipped one."""
    here = HERE / f"{name}.yaml"
    loaded = load_sources({"scenario.yaml": here.read_text()}) if here.exists() else load(find_scenario(name))
    assert loaded.scenario is not None
    return studied(loaded.scenario)


def course(text: str) -> Course:
    """The course of the small scenario with something added."""
    loaded = load_sources({"scenario.yaml": HEAD + TAIL + text})
    assert loaded.scenario is not None, loaded.report.sorted()
    return studied(loaded.scenario)


def slot(found: Course, name: str) -> tuple[int, int]:
    """How far a slot was found to move."""
    index = found.builder.layout.slot_of[name]
    return found.lo[index], found.hi[index]


def thing(game: Game, event: e.Event) -> str:
    """What an event says has happened, as the course names it; empty for other events."""
    program = game.program
    match event:
        case e.CardDealt():
            return f"injects.{program.cards[event.card].id}"
        case e.OrderDone(status="done"):
            return f"actions.{program.actions[event.order.action].id}"
        case e.AgreementEntered():
            return f"agreements.{program.agreements[event.agreement].id}"
        case e.MotionVoted():
            return f"motions.{program.motions[event.motion].id}"
        case _:
            return ""


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("name", ALL)
def test_nothing_happens_that_was_not_found_possible(name: str, number: int) -> None:
    """In games without a facilitator's hand: every card, order, agreement and vote, and the value of every slot."""
    found = course_of(name)
    play = RandomPlay(name, number, house=0)
    seen = 0
    while not play.game.over:
        made = play.step()
        if made is None or isinstance(made[1], Refused):
            continue
        for event in made[1]:
            happened = thing(play.game, event)
            seen += bool(happened)
            assert not happened or happened in found.happens
        for index, value in enumerate(play.game.state.board):
            assert found.lo[index] <= value <= found.hi[index], play.game.program.slots[index].name
    assert seen


@pytest.mark.parametrize("name", ALL)
def test_shipped_scenarios_hold_nothing_dead_of_their_own(name: str) -> None:
    """What never happens in them stands in a rulebook."""
    found = course_of(name)
    dead = [one for one in things(found.builder) if one not in found.happens]
    scenario = found.builder.layout.scenario
    marks = [getattr(scenario, one.split(".")[0])[one.split(".")[1]].mark for one in dead]
    assert all(mark.file.startswith("rulebooks/") for mark in marks), dead


def test_a_number_that_only_goes_up_stays_above_its_start() -> None:
    found = course("actions: {act: {seat: cartel, label: Act, effects: [escalation +1, support -1, mood = 3]}}")
    assert slot(found, "escalation") == (2, 10)
    assert slot(found, "support") == (0, 55)
    assert slot(found, "mood") == (0, 3)
    assert slot(found, "hidden_one") == (4, 4)


def test_a_stored_sum_grows_to_the_end_of_the_range() -> None:
    """Each pass of the fixpoint could add one; it does not take as many passes as the range is long."""
    found = course("actions: {act: {seat: cartel, label: Act, effects: [support = support + 1]}}")
    assert slot(found, "support") == (55, 100)


def test_orders_are_counted_by_the_turns_and_the_room() -> None:
    act = "{seat: washington, label: Act, effects: []}"
    once = "{seat: washington, label: Once, once: true, effects: []}"
    found = course(f"actions: {{act: {act}, once: {once}}}")
    assert slot(found, "given.act.washington") == (0, 12)
    assert slot(found, "given.once.washington") == (0, 1)


def test_what_only_itself_brings_about_never_happens() -> None:
    """Two cards that schedule each other need a third that begins."""
    ring = "injects:\n  one: {title: One, pool: chained, to: [washington], on_deal: [inject two in 1]}\n"
    ring += "  two: {title: Two, pool: chained, to: [washington], on_deal: [inject one in 1, escalation +1]}\n"
    assert course(ring).happens == set()
    begun = course(ring + "  three: {title: Three, pool: trigger, to: [washington], on_deal: [inject two]}\n")
    assert begun.happens == {"injects.one", "injects.two", "injects.three"}
    assert slot(begun, "escalation") == (2, 10)


def test_a_flag_set_by_what_needs_it_is_never_set() -> None:
    needs = "requires: [{when: tariffs, otherwise: No.}]"
    found = course(f"actions: {{act: {{seat: washington, label: Act, {needs}, effects: [set tariffs]}}}}")
    assert "actions.act" not in found.happens
    assert slot(found, "tariffs") == (0, 0)


def test_the_default_answer_is_given_whatever_it_requires() -> None:
    """At the deadline it is taken, open or not, so what it does can come about."""
    closed = "requires: [{when: escalation > 10, otherwise: No.}]"
    found = course(
        "injects: {ask: {title: Ask, to: [washington], pool: trigger, choices: {washington: {default: go, options: ["
        f"{{id: go, stance: hold, label: Go, {closed}, effects: [mood +1]}},"
        f"{{id: no, stance: hold, label: No, {closed}, effects: [mood -1]}}]}}}}}}}}"
    )
    assert slot(found, "mood") == (0, 5)
