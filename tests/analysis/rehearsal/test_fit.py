"""A fitted scenario plays within the minutes asked for and meets every objective that any card is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.rehearsal.fit import AT_A_TABLE, LARGEST_TEAM, MET, Seating, TooShortError, fit
from wargame.analysis.rehearsal.pace import paces
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def maker(name: str) -> object:
    def make(text: str) -> Program:
        loaded = load(SCENARIOS / name, fit=text)
        assert loaded.scenario is not None
        assert not loaded.report.failed, loaded.report.sorted()
        program = build(loaded.scenario, loaded.report)
        assert program is not None
        return program

    return make


@pytest.mark.parametrize(("name", "minutes"), [("practice", 31), ("practice", 45), ("bridge_week", 30), ("strait", 60)])
def test_it_fits_and_meets_every_objective(name: str, minutes: int) -> None:
    """Rehearsed again with other luck it stays within a tenth of the time, and each objective comes up in most games."""
    make = maker(name)
    people = make("").seats  # type: ignore[operator]
    plan = fit(make, minutes, people, paces()["usual"], games=6)  # type: ignore[arg-type]
    assert plan.kept.minutes.median <= plan.play
    assert all(after >= MET for _, after in plan.coverage().values())
    again = type(plan.kept)(plan.kept.program, people, paces()["usual"]).run(4, seed=500)
    assert again.minutes.median <= 1.1 * plan.play
    assert plan.kept.program.scenario.turns.count <= plan.whole.program.scenario.turns.count


def test_a_long_lesson_keeps_everything() -> None:
    """Where there is time nothing goes."""
    make = maker("practice")
    plan = fit(make, 200, make("").seats, paces()["usual"], games=2)  # type: ignore[operator,arg-type]
    assert plan.fit.turns is None
    assert not plan.fit.seconds
    assert plan.left_out() == []


def test_too_short_says_how_long_it_would_have_to_be() -> None:
    """And what takes the time."""
    make = maker("practice")
    with pytest.raises(
        TooShortError, match=r"^10 minutes are not enough: with 7 for the opening and 12 .* need about \d+ in all\."
    ):
        fit(make, 10, make("").seats, paces()["usual"], games=2)  # type: ignore[operator,arg-type]


@given(st.integers(1, 400), st.integers(2, 9))
def test_everybody_gets_a_seat_and_no_team_is_much_larger(students: int, seats: int) -> None:
    """Tables and teams differ by one at most."""
    people = tuple(f"s{number}" for number in range(seats))
    tables = Seating.of(students, people).tables
    sizes = [sum(table.values()) for table in tables]
    assert sum(sizes) == students
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= max(AT_A_TABLE, seats)
    for table in tables:
        assert max(table.values()) - min(table.values()) <= 1
        assert max(table.values()) <= LARGEST_TEAM
