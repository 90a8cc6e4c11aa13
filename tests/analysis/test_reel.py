"""At every position a reel shows what each viewer knew then, whichever way one came there, and tells nobody more than that."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.chronicles import played_chronicle
from wargame.analysis.chronicle import Chronicle, made
from wargame.analysis.reel import DECISIONS, EVERY, Reel, after, before, decider
from wargame.engine import events as e
from wargame.engine.view import view
from wargame.rules.program import NOBODY

KEPT = ("feed", "messages", "history")


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return played_chronicle("everything", 1, rewinds=1)


def viewers(chronicle: Chronicle) -> list[int]:
    program = chronicle.base
    return [0, len(program.seats) - 1, program.public, program.white_cell]


def test_after_every_row_the_view_is_that_of_the_mirror_of_then(chronicle: Chronicle) -> None:
    reel = Reel(chronicle)
    for viewer in viewers(chronicle):
        for frame in chronicle.frames(viewer):
            assert reel.view(viewer, reel.end_of(frame.entry.seq)) == frame.view


@pytest.mark.parametrize("removed", [False, True])
def test_wherever_one_comes_from_a_position_is_the_same(chronicle: Chronicle, removed: bool) -> None:
    reel, anew = Reel(chronicle, removed=removed), Reel(chronicle, removed=removed)
    order = Random(4).sample(range(len(reel) + 1), len(reel) + 1)
    for viewer in viewers(chronicle):
        walked = [anew.view(viewer, at) for at in range(len(reel) + 1)]
        assert all(reel.view(viewer, at) == walked[at] for at in order)


@pytest.mark.parametrize("removed", [False, True])
def test_state_and_view_of_a_position_agree(chronicle: Chronicle, removed: bool) -> None:
    reel = Reel(chronicle, removed=removed)
    for at in range(0, len(reel) + 1, 5):
        program, state = reel.state(at)
        for viewer in viewers(chronicle):
            kept = {key: value for key, value in reel.view(viewer, at).items() if key not in KEPT}
            assert kept == view(program, state, viewer), at


def test_with_what_was_taken_back_the_game_ends_the_same(chronicle: Chronicle) -> None:
    short, whole = Reel(chronicle), Reel(chronicle, removed=True)
    assert len(whole) > len(short)
    assert {moment.entry.live for moment in whole.moments} == {True, False}
    assert sum(isinstance(moment.event, e.Rewound) for moment in whole.moments) == 1
    for viewer in viewers(chronicle):
        assert whole.view(viewer, len(whole)) == short.view(viewer, len(short))


def test_a_position_is_never_far_from_a_mark(chronicle: Chronicle) -> None:
    """So stepping back costs the same at the end of a long game as at its beginning."""
    reel = Reel(chronicle)
    marks = reel._where
    assert all(later - earlier <= EVERY for earlier, later in zip(marks, [*marks[1:], len(reel)], strict=True))


def test_phases_and_turns_are_where_they_began(chronicle: Chronicle) -> None:
    reel = Reel(chronicle)
    assert reel.moments[reel.turns[0] - 1].when == (0, -1)
    assert [reel.moments[at - 1].turn for at in reel.turns] == sorted({moment.turn for moment in reel.moments[reel.start :]})
    assert set(reel.turns) <= set(reel.phases)
    assert after(reel.phases, reel.phases[0]) == reel.phases[1]
    assert before(reel.phases, reel.phases[1]) == reel.phases[0]
    assert (before(reel.phases, reel.phases[0]), after(reel.phases, len(reel))) == (None, None)


def test_the_decisions_of_a_seat_are_its_own(chronicle: Chronicle) -> None:
    reel = Reel(chronicle)
    found = {seat: reel.decisions(seat) for seat in range(len(chronicle.base.seats))}
    assert sum(map(len, found.values())) == len(reel.decisions(NOBODY)) > 10
    for seat, where in found.items():
        assert {decider(reel.moments[at - 1]) for at in where} <= {seat}
        assert {type(reel.moments[at - 1].event) for at in where} <= set(DECISIONS)


def test_what_happened_is_told_only_to_whom_it_was_told(chronicle: Chronicle) -> None:
    reel = Reel(chronicle)
    drafts = [at for at, moment in enumerate(reel.moments, 1) if isinstance(moment.event, e.AnswerDrafted)]
    assert drafts
    for at in drafts:
        seat = decider(reel.moments[at - 1])
        others = [viewer for viewer in (*range(len(chronicle.base.seats)), chronicle.base.public) if viewer != seat]
        assert {reel.words(viewer, at) for viewer in others} == {""}
        assert "answers a card" in reel.words(seat, at)
        assert "answers a card" in reel.words(chronicle.base.white_cell, at)


def test_a_game_that_broke_off_and_one_that_never_began_have_reels() -> None:
    whole = played_chronicle("everything", 1)
    for rows in (0, 1, 17):
        part = Reel(made(whole.game, whole.name, whole.base, whole.entries[:rows], whole.people))
        assert part.view(0, len(part))["status"] == ("running" if rows == 17 else "lobby" if not rows else "setup")
        assert part.start <= len(part)
