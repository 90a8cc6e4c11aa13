"""Games side by side: every number is one of the games', and a game beside itself differs in nothing."""

from __future__ import annotations

import pytest

from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.compare import NOTHING, compare
from wargame.engine.events import AnswerRevealed
from wargame.rules.program import Family

PARTS = ("outcome", "tracks", "choices", "ladder")


def test_a_game_beside_itself_differs_in_nothing() -> None:
    one = played_chronicle("everything", 1)
    body = compare(one, one)
    assert [table["game"] for table in body["tables"]] == [one.game, one.game]
    for part in PARTS:
        assert body[part], part
        for row in body[part]:
            assert len(set(row["values"])) == 1
            assert all(len(set(each["values"])) == 1 for each in row.get("turns", ()))


def test_the_numbers_are_those_of_the_games() -> None:
    games = [bots_chronicle("bridge_week", number) for number in (1, 2)]
    body = compare(*games)
    program = games[0].program
    for row in body["tracks"]:
        slot = program.slots[program.slot_of[row["slot"]]]
        assert slot.family is Family.TRACK
        assert row["values"] == [str(game.state.board[slot.index]) for game in games]
        assert row["turns"][-1]["turn"] == max(game.state.turn for game in games)
    answers = [sum(isinstance(step.event, AnswerRevealed) for step in game.walk()) for game in games]
    assert [sum(row["values"][place] != NOTHING for row in body["choices"]) for place in (0, 1)] == answers
    scores = {score.seat: score.total for score in games[1].result.scores}  # type: ignore[union-attr]
    told = [row["values"][1] for row in body["outcome"] if row["label"].startswith("Score of")]
    assert [float(words.removesuffix(" ✓")) for words in told] == [round(total, 1) for _, total in sorted(scores.items())]


def test_games_of_different_scenarios_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different scenarios"):
        compare(played_chronicle("everything", 1), bots_chronicle("bridge_week", 1))
