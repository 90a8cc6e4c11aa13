"""Turning points are the three decisions that moved the scores most, and nothing else."""

from __future__ import annotations

import pytest

from tests.support.chronicles import bots_chronicle, played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.opening import lead, minute, turning_points
from wargame.analysis.debrief.record import read
from wargame.engine.scores import seat_score
from wargame.rules.program import NOBODY


@pytest.mark.parametrize("chronicle", [played_chronicle("everything", 5), bots_chronicle("bridge_week", 3)])
def test_they_are_the_heaviest_by_the_engines_own_scores(chronicle) -> None:  # type: ignore[no-untyped-def]
    record = read(chronicle)
    weights: dict[int, float] = {}
    for step in chronicle.walk():
        if step.after.status != "running" or not getattr(step.event, "effect", None):
            continue
        moved = sum(
            abs(
                seat_score(step.program, step.after, seat, NOBODY).total
                - seat_score(step.program, step.before, seat, NOBODY).total
            )
            for seat in step.after.seats
        )
        weights[id(step.event)] = moved
    found = turning_points(record)
    assert 0 < len(found) <= 3
    for told in found:
        assert told.weight == pytest.approx(weights[id(told.event)])
    least = min(told.weight for told in found)
    decided = [
        told
        for told in record.told
        if told.story["kind"] in ("response", "order", "vote", "agreement", "card", "transfer", "override")
    ]
    assert sum(told.weight > least + 0.05 for told in decided) < 3


def test_a_page_says_how_the_game_ended() -> None:
    game = Kept()
    assert "broke off in Set-up" in Page(str(lead(*game.told()).text)).text
    game.to("rooms", turn=2)
    words = Page(lead(*game.told()).text).text
    assert "broke off in Turn 2: April, Rooms and orders, after 2 of 3 turns" in words
    assert "every secret" in words


def test_scores_are_those_of_the_result() -> None:
    chronicle = played_chronicle("everything", 5)
    record = read(chronicle)
    assert chronicle.result is not None
    words = Page(minute(record, names_of(chronicle)).text).text
    for score in chronicle.result.scores:
        assert f"{score.total:.1f}" in words
