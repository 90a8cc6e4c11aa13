"""A study asks about choices that were made, compares like with like, and says the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chronicles import bots_chronicle
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import Names
from wargame.analysis.whatif.page import shown, whatif_part
from wargame.analysis.whatif.replay import decisions
from wargame.analysis.whatif.study import MOST_ASKED, NotAskedError, paired, study


@pytest.fixture(scope="module")
def game() -> Chronicle:
    return bots_chronicle("bridge_week")


def test_the_choices_that_mattered_are_found_and_answered(game: Chronicle) -> None:
    done = study(game, games=3)
    assert 0 < len(done.questions) <= MOST_ASKED
    assert done.screened == done.open == len(decisions(game))
    for question in done.questions:
        assert question.made.option == question.decision.answer.option != question.other.option
        assert len(question.made.games) == len(question.other.games) == 3
        assert question.made.replay is not None
        assert question.made.replay.result == game.result


def test_it_is_the_same_every_time(game: Chronicle) -> None:
    names = Names(game.program, {})
    assert shown(study(game, games=2), names) == shown(study(game, games=2), names)


def test_a_named_choice_is_asked_about(game: Chronicle) -> None:
    decision = decisions(game)[-1]
    other = next(index for index in decision.options if index != decision.answer.option)
    done = study(game, f"{decision.name}={decision.option(other).id}", games=2)
    assert [(each.decision.name, each.other.option) for each in done.questions] == [(decision.name, other)]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("nonsense", "is not TURN.SEAT=OPTION or CARD:SEAT=OPTION"),
        ("card:=x", "is not TURN.SEAT=OPTION or CARD:SEAT=OPTION"),
        ("no_card:washington=x", "had no choice to make on `no_card`"),
    ],
)
def test_what_was_never_asked_is_said_so(game: Chronicle, asked: str, words: str) -> None:
    with pytest.raises(NotAskedError, match=words):
        study(game, asked)


def test_the_answer_that_was_given_is_no_alternative(game: Chronicle) -> None:
    decision = decisions(game)[0]
    last = next(each for each in reversed(decisions(game)) if each.name == decision.name)
    with pytest.raises(NotAskedError, match="is what"):
        study(game, f"{last.name}={last.option(last.answer.option).id}")
    with pytest.raises(NotAskedError, match="was not open"):
        study(game, f"{last.name}=surrender_everything")


def test_nothing_asked_is_nothing_shown(game: Chronicle) -> None:
    assert not whatif_part(game, "none", Names(game.program, {})).body


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=20))
def test_a_paired_difference_lies_in_its_interval(pairs: list[tuple[int, int]]) -> None:
    estimate = paired([a for a, _ in pairs], [b for _, b in pairs])
    assert estimate is not None
    assert estimate.value == pytest.approx(sum(b - a for a, b in pairs) / len(pairs))
    assert estimate.low <= estimate.value <= estimate.high


def test_the_page_tells_counts_that_are_the_games(game: Chronicle) -> None:
    done = study(game, games=4)
    part = shown(done, Names(game.program, {}))
    question = done.questions[0]
    ended = sum(each.result.ending == question.endings[0] for each in question.other.games)
    assert f"{ended} of 4" in part.body.text
    assert "They are not your players" in part.body.text
