"""A bot that searches finds the best in a fixed number of playouts, sees what its view says and decides alike anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hidden import with_hidden_changed
from tests.support.play import RandomPlay, program_of
from wargame.analysis.playout import Playout
from wargame.bots.levels import seat_bot
from wargame.bots.search import Search, halved
from wargame.engine.glimpse import Window
from wargame.engine.offers import offers
from wargame.engine.view import view

SEEDS = st.integers(0, 2**32 - 1)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12, unique=True), st.integers(1, 200))
def test_the_best_is_found_where_luck_plays_no_part_or_falls_alike_on_all(worths: list[int], playouts: int) -> None:
    assert halved(len(worths), playouts, lambda number, sample: worths[number] + sample % 7 * 100.0) == worths.index(
        max(worths)
    )


def test_the_better_on_average_is_found_where_luck_plays_a_part() -> None:
    def play(number: int, sample: int) -> float:
        return number + Random(f"{number} {sample}").gauss(0, 2)

    assert halved(4, 400, play) == 3


@given(st.integers(2, 20), st.integers(1, 200))
def test_about_as_many_playouts_are_made_as_there_may_be_and_the_last_two_are_compared_most(count: int, playouts: int) -> None:
    made: Counter[int] = Counter()

    def play(number: int, sample: int) -> float:
        made[number] += 1
        return float(number)

    halved(count, playouts, play)
    # One at least for each in every round, however few there may be.
    assert made.total() <= playouts + 3 * count
    assert made[count - 1] == made[count - 2] == max(made.values())


def test_points_given_beforehand_decide_between_equals() -> None:
    assert halved(3, 30, lambda number, sample: 1.0, [0.0, 0.5, 0.0]) == 1


@pytest.mark.parametrize("name", ["everything", "skirmish", "bridge_week"])
@given(number=SEEDS)
@settings(max_examples=3, deadline=None)
def test_games_that_differ_only_in_what_a_seat_may_not_know_get_the_same_decision(name: str, number: int) -> None:
    play = RandomPlay(name, number, house=0)
    program, state, rng = play.game.program, play.game.state, Random(number)
    for _ in range(6):
        for _ in range(8):
            play.step()
        seat = rng.randrange(len(program.seats))
        twin = with_hidden_changed(program, state, seat, rng)
        open_now = offers(program, state, seat)
        if open_now != offers(program, twin, seat):
            continue  # a hidden value decides what is open: that is no secret
        views = [Window(program, seat).glimpse(state), Window(program, seat).glimpse(twin), view(program, state, seat)]
        bots = [Search(program, program.seats[seat], Random(number), playouts=12) for _ in views]
        first, *rest = [bot.decide(shown, open_now) for bot, shown in zip(bots, views, strict=True)]
        assert rest == [first, first]


def test_decisions_do_not_depend_on_the_process() -> None:
    played = """
from hashlib import sha256
from tests.bots.test_search import game
print(sha256(repr([(sent.seat, sent.body) for sent in game("3").sent]).encode()).hexdigest())
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", played],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def game(seed: str) -> Playout:
    """A game of bridge_week with a searching bot in the first seat."""
    program = program_of("bridge_week")
    levels = dict.fromkeys(program.seats, "one-ply") | {program.seats[0]: "search"}
    bots = {seat: seat_bot(level, program, seat, seed) for seat, level in levels.items()}
    played = Playout(program, bots)
    played.start(sha256(seed.encode()).digest())
    played.play()
    return played
