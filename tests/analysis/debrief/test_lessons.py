"""Each question of the scenario stands beside what the game has to say to it, or that it has nothing."""

from __future__ import annotations

from tests.support.chronicles import bots_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.lessons import evidence, lessons
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.engine import events as e


def test_every_card_on_the_table_is_evidence_once() -> None:
    chronicle = bots_chronicle("five_questions", 1)
    record = read(chronicle)
    found = [each for those in evidence(record).values() for each in those]
    dealt = [event for entry in chronicle.live for event in entry.events if isinstance(event, e.CardDealt)]
    assert sorted(each.told.event.number for each in found) == sorted(event.number for event in dealt)
    words = Page(lessons(record, names_of(chronicle)).text).text
    for name, objective in chronicle.program.scenario.objectives.items():
        assert str(objective.title) in words, name
    for each in found:
        assert str(each.card.model.debrief) in words
        assert str(each.card.model.lesson) in words


def test_a_question_that_nothing_raised_is_said_to_be_open() -> None:
    game = Kept()
    game.to("desk")
    words = Page(lessons(*game.told()).text).text
    assert "What is the aim?" in words
    assert "No card of this game raised it." in words
    assert "Other cards" in words
