"""A warning is allowed by its code and the entry it stands in, and by nothing less."""

from __future__ import annotations

import pytest

from wargame.scenario import model
from wargame.scenario.allow import set_aside
from wargame.scenario.node import Map, Mark
from wargame.scenario.problem import Report
from wargame.scenario.strict_yaml import parse

FILE = "scenario.yaml"
TEXT = b"""\
tracks:
  river: {label: River, range: [0, 9]}
  rain: {label: Rain,
    range: [0, 9]}
flags: {gate: Gate, lock: Lock}
agendas:
  north: {rich: {title: Rich, value: coin}}
phases: [{id: one}]
values:
  "calm(org)": river < 3
"""


def tree() -> Map:
    parsed = parse(TEXT, FILE, Report())
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    return parsed.root


def allowance(at: str, code: str = "unmoved") -> model.Allowance:
    return model.Allowance(code=code, at=at, because="It is meant.", mark=Mark(FILE, 20, 1))


def report_at(line: int, column: int, *, error: bool = False) -> Report:
    report = Report()
    (report.error if error else report.warning)(Mark(FILE, line, column), "unmoved", "It is so.")
    return report


@pytest.mark.parametrize(
    ("at", "line", "column"),
    [
        ("tracks.river", 2, 3),
        ("tracks.rain", 4, 16),
        ("flags.gate", 5, 15),
        ("agendas.north.rich", 7, 39),
        ("phases", 8, 11),
        ("values.calm", 10, 16),
    ],
)
def test_a_warning_in_the_entry_is_set_aside(at: str, line: int, column: int) -> None:
    """From the key of the entry to the end of its last value."""
    report = report_at(line, column)
    set_aside([allowance(at)], tree(), report)
    assert report.problems == []
    assert [problem.code for problem in report.allowed] == ["unmoved"]


@pytest.mark.parametrize(("at", "line", "column"), [("tracks.river", 3, 3), ("flags.gate", 5, 21), ("phases", 7, 11)])
def test_a_warning_beside_the_entry_stays(at: str, line: int, column: int) -> None:
    """Also where the next entry stands on the same line; and the allowance is reported as not needed."""
    report = report_at(line, column)
    set_aside([allowance(at)], tree(), report)
    assert [problem.code for problem in report.problems] == ["unmoved", "allow_unused"]
    assert report.allowed == []


def test_another_code_stays() -> None:
    """An allowance is for one code."""
    report = report_at(2, 3)
    set_aside([allowance("tracks.river", "unused")], tree(), report)
    assert [problem.code for problem in report.problems] == ["unmoved", "allow_unused"]


def test_an_error_stays() -> None:
    """Whatever its code says, what keeps a scenario from being played is not set aside."""
    report = report_at(2, 3, error=True)
    set_aside([allowance("tracks.river")], tree(), report)
    assert report.failed


def test_the_same_allowance_twice_is_one_too_many() -> None:
    """The second is not needed."""
    report = report_at(2, 3)
    set_aside([allowance("tracks.river"), allowance("tracks.river")], tree(), report)
    assert [problem.code for problem in report.problems] == ["allow_unused"]
