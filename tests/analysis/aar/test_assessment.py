"""Ratings are suggested by what was asked and did not come, never by the outcome, and rest on rows of the journal."""

from __future__ import annotations

import pytest
from attrs import evolve

from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.aar.assessment import NOT_EXERCISED, RATINGS, Assessment, assess
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.engine import events as e


def assessed(chronicle: Chronicle) -> list[Assessment]:
    return assess(read(chronicle), names_of(chronicle))


def with_answers(chronicle: Chronicle, rationale: str | None = None, defaulted: bool | None = None) -> Chronicle:
    """The same game with other things said of every answer."""

    def turned(event: e.Event) -> e.Event:
        if not isinstance(event, e.AnswerRevealed):
            return event
        answer = event.answer if rationale is None else evolve(event.answer, rationale=rationale)
        return evolve(event, answer=answer, defaulted=event.defaulted if defaulted is None else defaulted)

    return evolve(
        chronicle, entries=tuple(evolve(entry, events=tuple(map(turned, entry.events))) for entry in chronicle.entries)
    )


@pytest.fixture(scope="module")
def game() -> Chronicle:
    return with_answers(bots_chronicle("bridge_week"), rationale="Because.")


def test_all_that_was_asked_came(game: Chronicle) -> None:
    for each in assessed(game):
        assert each.rating in ("P", NOT_EXERCISED), each
        assert each.challenges == 0


def test_nothing_that_was_asked_came(game: Chronicle) -> None:
    for each in assessed(with_answers(game, defaulted=True)):
        if each.asked:
            assert each.rating == "U"
            assert len(each.areas) >= each.challenges == each.asked


def test_answers_without_reasons_are_some_challenge(game: Chronicle) -> None:
    exercised = [each for each in assessed(with_answers(game, rationale="")) if each.asked]
    assert exercised
    assert {each.rating for each in exercised} == {"S"}


def test_the_outcome_changes_nothing(game: Chronicle) -> None:
    def turned(event: e.Event) -> e.Event:
        if not isinstance(event, e.GameEnded):
            return event
        scores = tuple(evolve(score, total=0.0, met=False) for score in event.result.scores)
        return e.GameEnded(evolve(event.result, scores=scores))

    entries = tuple(evolve(entry, events=tuple(map(turned, entry.events))) for entry in game.entries)
    assert assessed(evolve(game, entries=entries)) == assessed(game)


def test_what_is_counted_is_what_was_answered() -> None:
    chronicle = played_chronicle("everything")
    record = read(chronicle)
    rows = {act.told.row for act in record.acts if act.kind == "answer"}
    for each in assessed(chronicle):
        assert each.rating in (*RATINGS, NOT_EXERCISED)
        assert {row for strength in each.strengths for row in strength.rows} <= {entry.seq for entry in chronicle.live}
        assert each.challenges <= each.asked
        assert {row for area in each.areas for row in area.rows} <= rows | {entry.seq for entry in chronicle.live}
