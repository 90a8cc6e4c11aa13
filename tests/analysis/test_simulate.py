"""Counts over many games are right, the same with any number of processes, and add up."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests.support.play import program_of
from wargame.analysis.simulate import play_many, play_one, required_seats, summary
from wargame.cli.main import wargame
from wargame.rules.program import Program

SEEDS = ["1", "2", "3", "4", "5", "6"]


@pytest.fixture
def program() -> Program:
    return program_of("bridge_week")


def test_the_same_seed_gives_the_same_record(program: Program) -> None:
    seats = required_seats(program)
    assert play_one(program, "random", "7", seats) == play_one(program, "random", "7", seats)


def test_shares_add_up_and_rates_are_per_game(program: Program) -> None:
    seats = required_seats(program)
    records = list(play_many(program, "random", SEEDS, seats))
    numbers = summary(program, records, seats)
    assert numbers["games"] == len(SEEDS)
    assert sum(numbers["endings"].values()) == pytest.approx(1, abs=0.001)
    for by_key in numbers["options"].values():
        for shares in by_key.values():
            assert sum(shares.values()) == pytest.approx(1, abs=0.001)
    for seat in seats:
        row = numbers["seats"][seat]
        assert row["mean"] == pytest.approx(sum(record.scores[seat] for record in records) / len(records), abs=0.01)
        given = sum(count for record in records for (who, _), count in record.orders.items() if who == seat)
        assert sum(row["orders"].values()) == pytest.approx(given / len(records), abs=0.01)
    assert all(numbers["cards"][card] == 0 for card in numbers["never"]["cards"])


def test_two_processes_count_what_one_counts(program: Program) -> None:
    seats = required_seats(program)
    assert list(play_many(program, "random", SEEDS, seats, jobs=2)) == list(play_many(program, "random", SEEDS, seats))


def test_the_command_prints_json_and_nothing_else() -> None:
    shown = CliRunner().invoke(wargame, ["simulate", "bridge_week", "--games", "2", "--bots", "random", "--json"])
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)["games"] == 2


def test_the_command_tells_people_about_every_seat(program: Program) -> None:
    shown = CliRunner().invoke(wargame, ["simulate", "bridge_week", "--games", "2", "--bots", "random"])
    assert shown.exit_code == 0, shown.output
    for seat in required_seats(program):
        assert str(program.scenario.seats[seat].title) in shown.stdout
