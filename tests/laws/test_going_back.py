"""Set back to where a phase began, a game goes on as it would have: the same deeds, the same luck, the same state."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.play import RandomPlay, parsed, program_of, seed_of
from wargame.engine.amended import fold
from wargame.engine.commands import Start, house
from wargame.engine.dump import dump
from wargame.engine.events import Rewound
from wargame.engine.game import Game
from wargame.engine.history import Row, boundaries, live_rows, set_back
from wargame.engine.mirror import Mirror
from wargame.engine.project import project_all
from wargame.engine.state import State
from wargame.engine.view import view


def _played(name: str, number: int, most: int = 150) -> tuple[RandomPlay, list[Row], dict[int, int]]:
    """A random game, its rows, and by row how many moves had been made."""
    program = program_of(name)
    play = RandomPlay(name, number, played=program.seats)
    start = Game(program, State.fresh(program)).execute(house(program, Start(seed_of(number), program.seats, timed=False)))
    assert isinstance(start, tuple)
    rows: list[Row] = [(1, start)]
    moves = {1: 0}
    while len(play.moves) < most and not play.game.over:
        done = play.step()
        if done is not None and isinstance(done[1], tuple):
            rows.append((len(rows) + 1, done[1]))
            moves[len(rows)] = len(play.moves)
    return play, rows, moves


def _told(name: str, rows: list[Row]) -> Game:
    return Game.replayed(program_of(name), (event for _, events in rows for event in events))


@pytest.mark.parametrize("name", ["everything", "five_questions", "skirmish"])
@pytest.mark.parametrize("number", range(3))
def test_the_same_deeds_after_going_back_lead_to_the_same_state(name: str, number: int) -> None:
    play, rows, moves = _played(name, number)
    seq = Random(number).choice(boundaries(rows)).seq
    stood = _told(name, rows[:seq])
    events = set_back(stood.program, stood.state, 0, Rewound(seq, 0, "Again."), ())
    rows_now = [*rows, (len(rows) + 1, events)]
    game = _told(name, list(live_rows(rows_now)))
    assert game.state.paused
    assert isinstance(game.execute(parsed(game, game.program.white_cell, {"do": "resume"})), tuple)
    assert dump(game.state) == dump(stood.state), "once it goes on, nothing tells that it was set back"
    for who, body in play.moves[moves[seq] :]:
        game.execute(parsed(game, who, body))
    assert dump(game.state) == dump(play.game.state)


@pytest.mark.parametrize("name", ["everything", "five_questions"])
def test_mirrors_fold_what_counts_into_the_view(name: str) -> None:
    _, rows, _ = _played(name, 7)
    for each in boundaries(rows)[::3]:
        stood = _told(name, rows[: each.seq])
        row = (len(rows) + 1, set_back(stood.program, stood.state, 0, Rewound(each.seq, 0, "Again."), ()))
        program = program_of(name)
        state = State.fresh(program)
        mirrors = [Mirror(view(program, state, viewer)) for viewer in range(program.viewers)]
        for _, events in live_rows([*rows, row]):
            for event in events:
                program = fold(program, state, event)
                for mirror, ops in zip(mirrors, project_all(program, state, event), strict=True):
                    mirror.fold(ops)
        for viewer, mirror in enumerate(mirrors):
            for part, value in view(program, state, viewer).items():
                assert mirror.data[part] == value, (viewer, part)
