"""The yardstick's scenarios are what their generator writes, and its straight-line form plays the game that is written down."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import fmean, pvariance

import pytest

from wargame.rules.compile import build
from wargame.rules.execution import Execution
from wargame.rules.program import Program
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


def compiled_game(program: Program, random: Random) -> list[int]:
    """The compiled scenario played as `straight.play` plays: uniformly over every legal order."""
    board = list(program.start)
    cards = list(range(len(program.cards)))
    random.shuffle(cards)
    for turn in range(generate.TURNS):
        execution = Execution(seed=random.randbytes(32), purpose=str(turn))
        for _ in range(2):
            (addressee,) = program.cards[cards.pop()].addressees
            random.choice(addressee.options).run(board, execution, addressee.seats[0])
        for seat in range(generate.SEATS):
            for _ in range(2):
                actions = [program.actions[index] for index in program.menus[seat]]
                legal = [
                    (action, targets)
                    for action in actions
                    if all(board[slot] >= amount for slot, amount in action.costs[seat])
                    for targets in action.targets(board, seat)
                ]
                action, targets = random.choice(legal)
                for slot, amount in action.costs[seat]:
                    board[slot] -= amount
                action.run(board, execution, seat, *targets)
        for step in program.phases[-1].steps:
            if step.run is not None:
                step.run(board, execution, -1)
    return [board[program.slot_of[generate.slot(track)]] for track in range(generate.TRACKS)]


def test_the_scenario_plays_by_the_same_rules() -> None:
    loaded = load(HERE / "scenario")
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None
    random, games = Random(11), 250
    ours = [compiled_game(program, random) for _ in range(games)]
    theirs = [straight.play(random) for _ in range(games)]
    for track in range(generate.TRACKS):
        mine, yours = ([game[track] for game in played] for played in (ours, theirs))
        # Four standard errors of a difference: by chance about once in a thousand runs, and never with these seeds.
        error = ((pvariance(mine) + pvariance(yours)) / games) ** 0.5
        assert abs(fmean(mine) - fmean(yours)) <= 4 * error, track
