"""A sweep gives the same numbers for any number of jobs, and goes on from what it had finished when it was stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.play import program_of
from wargame.analysis.sweep.plan import Chunk, GameFailedError, Plan, play_chunk
from wargame.analysis.sweep.run import Progress, Sweep


class StopError(Exception):
    """Somebody pressed ctrl+C."""


def plan(games: int = 12, bots: str = "random", seed: int = 1) -> Plan:
    program = program_of("bridge_week")
    return Plan.of(program, bots, program.seats, seed=seed, games=games)


def written(sweep: Sweep) -> str:
    return json.dumps([*(tally.plain() for tally in sweep.tallies), sweep.pairs.plain()])


def ran(*plans: Plan, root: Path | None = None, jobs: int = 1) -> Sweep:
    sweep = Sweep(plans, root, jobs)
    sweep.run()
    return sweep


def test_two_processes_count_what_one_counts(tmp_path: Path) -> None:
    assert written(ran(plan(), plan(bots="one-ply"), jobs=2)) == written(ran(plan(), plan(bots="one-ply"), root=tmp_path))


def test_stopped_and_started_again_it_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    def stop(now: Progress) -> None:
        if now.done >= 5:
            raise StopError

    sweep = Sweep([plan()], tmp_path)
    with pytest.raises(StopError):
        sweep.run(stop)
    heard: list[Progress] = []
    again = Sweep([plan()], tmp_path)
    again.run(heard.append)
    assert heard == [Progress(5, 5, 12), Progress(10, 5, 12), Progress(12, 5, 12)]
    assert written(again) == written(ran(plan()))


def test_a_damaged_file_is_said_and_its_games_played_again(tmp_path: Path) -> None:
    ran(plan(), root=tmp_path)
    [damaged] = tmp_path.glob("*/6-5.chunk")
    damaged.write_bytes(damaged.read_bytes()[:-7])
    sweep = ran(plan(), root=tmp_path)
    assert list(sweep.remarks()) == ["1 file of finished games was damaged and thrown away; the games were played again."]
    assert written(sweep) == written(ran(plan()))
    assert not list(ran(plan(), root=tmp_path).remarks())


def test_a_disk_that_refuses_costs_nothing_but_keeping(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    sweep = ran(plan(), root=place)
    assert not sweep.keeps
    assert "could not be kept" in next(sweep.remarks())
    assert written(sweep) == written(ran(plan()))


def test_more_games_go_on_from_fewer(tmp_path: Path) -> None:
    ran(plan(10), root=tmp_path)
    heard: list[Progress] = []
    sweep = Sweep([plan(15)], tmp_path)
    sweep.run(heard.append)
    assert heard[0] == Progress(10, 10, 15)
    assert written(sweep) == written(ran(plan(15)))


def test_forgetting_plays_all_again(tmp_path: Path) -> None:
    ran(plan(), root=tmp_path)
    sweep = Sweep([plan()], tmp_path)
    sweep.forget()
    heard: list[Progress] = []
    sweep.run(heard.append)
    assert heard[0].found == 0


def test_other_bots_and_other_seats_are_kept_apart() -> None:
    first = plan()
    program = first.program
    names = {first.name, plan(bots="one-ply").name, Plan.of(program, "random", program.seats[:1], seed=1, games=12).name}
    assert len(names) == 3
    assert plan(games=99, seed=7).name == first.name


def test_pairs_are_differences_over_the_same_seeds(tmp_path: Path) -> None:
    mine, theirs = plan(7), plan(7, bots="one-ply")
    sweep = ran(mine, theirs, root=tmp_path)
    for place, seat in enumerate(mine.people):
        first = [game[place] for chunk in mine.chunks() for game in play_chunk(mine, chunk)[1]]
        second = [game[place] for chunk in theirs.chunks() for game in play_chunk(theirs, chunk)[1]]
        apart = [one - other for one, other in zip(first, second, strict=True)]
        assert list(sweep.pairs.row("gain", seat)) == [7, sum(apart), sum(each * each for each in apart)]
    assert written(ran(mine, theirs, root=tmp_path)) == written(sweep)


def test_bots_against_themselves_differ_in_nothing() -> None:
    sweep = ran(plan(), plan())
    assert all(row[1:] == [0, 0] for row in sweep.pairs.rows.values())
    assert sweep.tallies[0].plain() == sweep.tallies[1].plain()


def test_a_game_that_fails_is_said_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.analysis.playout.MOST_COMMANDS", 1)
    with pytest.raises(GameFailedError, match=r"The game of seed 1 could not be played to its end \(RunawayError: .*\)\."):
        ran(plan())


def test_chunks_cover_every_seed_once() -> None:
    assert list(plan(12, seed=4).chunks()) == [Chunk(4, 5), Chunk(9, 5), Chunk(14, 2)]
