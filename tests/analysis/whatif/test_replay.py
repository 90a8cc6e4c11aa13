"""A replay with the answer that was given is the game itself; with another, people do again whatever they still can."""

from __future__ import annotations

import pytest

from tests.support.chronicles import bots_chronicle, classroom_chronicle, played_chronicle
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.whatif.replay import changed, decisions, other_luck, retold, same_luck
from wargame.analysis.whatif.script import Script

GAMES = [
    ("bots", "bridge_week", 1),
    ("bots", "skirmish", 2),
    ("people", "everything", 1),
    ("people", "odd", 3),
    ("people", "odd", 6),
    ("people", "skirmish", 4),
    ("class", "everything", 1),
    ("class", "everything", 2),
    ("class", "odd", 1),
    ("class", "odd", 4),
    ("class", "skirmish", 1),
    ("class", "bridge_week", 2),
]


def chronicle_of(kind: str, name: str, number: int) -> Chronicle:
    return {"bots": bots_chronicle, "people": played_chronicle, "class": classroom_chronicle}[kind](name, number)


@pytest.mark.parametrize("game", GAMES, ids=lambda game: "-".join(map(str, game)))
def test_the_same_answer_gives_the_same_game(game: tuple[str, str, int]) -> None:
    chronicle = chronicle_of(*game)
    script = Script.of(chronicle.walk())
    for decision in decisions(chronicle):
        ended = same_luck(decision, script, decision.answer.option)
        assert ended.board == tuple(chronicle.state.board), decision.name
        assert ended.result == chronicle.result
        assert not ended.lost


def test_only_answers_that_were_open_are_asked_about() -> None:
    found = decisions(bots_chronicle("bridge_week"))
    assert found
    for decision in found:
        assert decision.answer.option in decision.options
        assert len(decision.options) > 1


def test_the_change_is_one_answer_and_the_record_stays_as_it_was() -> None:
    decision = decisions(bots_chronicle("bridge_week"))[0]
    board = tuple(decision.before.board)
    other = next(option for option in decision.options if option != decision.answer.option)
    state = changed(decision, other)
    assert state.answers[(decision.dealt.number, decision.seat)].option == other
    same_luck(decision, Script.of(()), other)
    assert tuple(decision.before.board) == board
    assert (
        decision.before.answers.get((decision.dealt.number, decision.seat))
        != state.answers[(decision.dealt.number, decision.seat)]
    )


@pytest.mark.parametrize("game", [("bots", "bridge_week", 1), ("class", "everything", 4)], ids=lambda game: game[0])
def test_another_answer_is_played_to_an_end_and_says_what_was_lost(game: tuple[str, str, int]) -> None:
    chronicle = chronicle_of(*game)
    script = Script.of(chronicle.walk())
    total = sum(len(acts) for acts in script.acts.values())
    for decision in decisions(chronicle):
        for option in decision.options:
            ended = same_luck(decision, script, option)
            assert ended.result is not None
            assert ended.kept + len(ended.lost) <= total


def test_the_game_told_again_is_the_one_that_was_replayed() -> None:
    chronicle = bots_chronicle("bridge_week")
    for decision in decisions(chronicle):
        option = decision.options[-1]
        told = retold(chronicle, decision, option)
        assert tuple(told.state.board) == same_luck(decision, Script.of(chronicle.walk()), option).board
        assert told.complete


def test_other_luck_is_the_same_luck_for_both_answers_and_every_time() -> None:
    decision = decisions(bots_chronicle("bridge_week"))[0]
    option = decision.answer.option
    assert other_luck(decision, option, 3) == other_luck(decision, option, 3)
    boards = {other_luck(decision, option, number).board for number in range(8)}
    assert len(boards) > 1
