"""One call plays, counts and judges; who the people are and what a scenario aims at is said in few words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.play import program_of
from wargame.analysis.simulate import Simulation, balance_of, judged, people_of, play_one, required_seats
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.targets import Balance
from wargame.rules.program import Program
from wargame.scenario.problem import Report


@pytest.fixture
def program() -> Program:
    return program_of("five_questions")


def test_the_same_seed_gives_the_same_game() -> None:
    program = program_of("bridge_week")
    assert play_one(program, "random", "7", program.seats) == play_one(program, "random", "7", program.seats)


def test_people_are_named_by_number_list_or_word(program: Program) -> None:
    usual = Balance()
    assert people_of(program, "required", usual) == required_seats(program) == program.seats[:6]
    assert people_of(program, "all", usual) == people_of(program, "7", usual) == program.seats
    assert people_of(program, "6", usual) == program.seats[:6]
    assert people_of(program, "congress, washington", usual) == ("washington", "congress")
    table = Balance(tables={2: ("congress", "cjng")})
    assert people_of(program, "2", table) == ("congress", "cjng")


@pytest.mark.parametrize("wanted", ["0", "8", "99999999999", "congres", "washington,,", ""])
def test_people_that_are_not_there_are_refused_in_a_sentence(program: Program, wanted: str) -> None:
    with pytest.raises(ValueError, match=r"^(five_questions has 7 seats|There is no seat)"):
        people_of(program, wanted, Balance())


def test_a_balance_file_beside_the_scenario_counts(tmp_path: Path) -> None:
    report = Report()
    assert balance_of(tmp_path, ("north",), report) == Balance()
    (tmp_path / "balance.yaml").write_text("targets: {mandate: 60-100}\n", encoding="utf-8")
    assert balance_of(tmp_path, ("north",), report).full.mandate == (60, 100)
    assert balance_of(tmp_path / "scenario.yaml", ("north",), report).full.mandate == (60, 100)
    assert not report.failed


def test_a_balance_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "balance.yaml").mkdir()
    with pytest.raises(ValueError, match="This is a folder"):
        balance_of(tmp_path, (), Report())


def test_numbers_are_judged_by_the_targets() -> None:
    program = program_of("bridge_week")
    numbers = Simulation(Plan.of(program, "random", program.seats, seed=1, games=3)).run()
    assert numbers["games"] == 3
    assert "against" not in numbers
    health = judged(numbers, Balance())["health"]
    assert {each["of"] for each in health["targets"] if each["measure"] == "mandate"} == set(program.seats)
