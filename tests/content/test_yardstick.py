"""The yardstick's scenarios are what their generator writes, and its straight-line form plays the game that is written down."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from wargame.scenario.load import load
from yardstick import generate, straight

HERE = Path(generate.__file__).resolve().parent


@pytest.mark.parametrize(
    ("folder", "written"), [("scenario", generate.game()), ("endless", generate.endless()), ("hall", generate.hall())]
)
def test_files_are_what_the_generator_writes(folder: str, written: str) -> None:
    assert (HERE / folder / "scenario.yaml").read_text(encoding="utf-8") == written
    assert [str(problem) for problem in load(HERE / folder).report.sorted()] == []


def test_cards_are_as_described() -> None:
    assert len(straight.DECK) == 40
    for options in straight.DECK:
        assert len(options) == 3
        for option in options:
            tracks = [track for track, _ in option.fixed]
            assert len({*tracks, option.diced}) == 4
            assert all(1 <= abs(by) <= 3 for _, by in option.fixed)


def test_the_same_luck_gives_the_same_game() -> None:
    assert straight.play(Random(5)) == straight.play(Random(5))
    assert straight.play(Random(5)) != straight.play(Random(6))


def test_tracks_stay_in_bounds() -> None:
    for seed in range(20):
        tracks = straight.play(Random(seed))
        assert len(tracks) == 20
        assert all(0 <= value <= 20 for value in tracks)


def test_legal_orders_of_the_first_choice() -> None:
    orders = straight.legal(straight.start(), 0)
    kinds = [order[0] for order in orders]
    # Three areas with pieces and three ways out of each; five enemies in each of the last two areas; 14 tracks up and down.
    assert kinds.count(straight.MOVE) == 9
    assert kinds.count(straight.STRIKE) == 10
    assert kinds.count(straight.INFLUENCE) == 28
    assert kinds.count(straight.REINFORCE) == 1


def test_a_strike_takes_or_costs_a_piece() -> None:
    board = straight.start()
    straight.carry_out(board, 0, (straight.STRIKE, 6, 1), Random(3))
    own, theirs = board[generate.TRACKS + 6 * 6], board[generate.TRACKS + 6 * 6 + 1]
    assert (own, theirs) in {(1, 0), (0, 1)}
    assert (board[0], board[18]) == ((11, 9) if theirs == 0 else (10, 10))


def test_upkeep_drifts_and_rewards() -> None:
    board = straight.start()
    board[12], board[13] = 14, 4
    straight.upkeep(board)
    assert (board[12], board[13], board[14]) == (13, 5, 10)
    assert board[:6] == [11] * 6
