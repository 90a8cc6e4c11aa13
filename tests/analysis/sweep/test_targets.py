"""A balance file is read strictly: what is wrong is said with its place, what is not said stays usual."""

from __future__ import annotations

import pytest

from wargame.analysis.sweep.targets import QUICK, Balance, Targets, read_balance, top_of
from wargame.scenario.problem import Report

SEATS = ("north", "south", "east")


def read(text: str) -> tuple[Balance, list[str]]:
    report = Report()
    balance = read_balance(text.encode(), "balance.yaml", SEATS, report)
    return balance, [f"{problem.mark}: {problem.message}" for problem in report.sorted()]


def test_what_is_said_replaces_what_is_usual() -> None:
    balance, problems = read(
        """
tables:
  2: [east, north]
targets: {mandate: 60-100, nobody: 0-5}
quick: {mandate: 50-100}
seats:
  east: {stance: 0-60}
"""
    )
    assert problems == []
    assert balance.tables == {2: ("north", "east")}
    assert balance.full.of("mandate") == (60, 100)
    assert balance.full.of("option") == Targets().option
    assert balance.full.of("stance", "east") == balance.quick.of("stance", "east") == (0, 60)
    assert balance.full.of("stance", "north") == (0, 50)
    assert balance.quick.of("mandate") == (50, 100)
    assert balance.quick.of("catastrophes") == QUICK.catastrophes


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("targets: {mandat: 1-2}", "balance.yaml:1:11: There is no key `mandat` here."),
        ("wishes: 1", "balance.yaml:1:1: There is no key `wishes` here."),
        ("targets: {mandate: many}", "balance.yaml:1:20: Here stands the text `many`; it needs two whole numbers"),
        ("targets: {mandate: 40-20}", "balance.yaml:1:20: Here stands the text `40-20`"),
        ("targets: {mandate: 40-200}", "balance.yaml:1:20: Here stands the text `40-200`"),
        ("targets: [1]", "balance.yaml:1:10: Here stands a list; it needs a map."),
        ("- 1", "balance.yaml:1:1: Here stands a list; it needs a map."),
        ("quick: {nobody: 1-2}", "balance.yaml:1:9: There is no key `nobody` here."),
        ("seats: {west: {stance: 0-60}}", "balance.yaml:1:9: There is no key `west` here."),
        ("seats: {east: {nobody: 0-60}}", "balance.yaml:1:16: There is no key `nobody` here."),
        ("tables: {9: [north]}", "balance.yaml:1:10: A table is named by how many people sit at it, 1 to 3, not `9`."),
        ("tables: {2: [north]}", "balance.yaml:1:13: This table needs 2 seats, not 1."),
        ("tables: {2: [north, west]}", "balance.yaml:1:21: `west` is no seat."),
        ("tables: {2: [north, north]}", "balance.yaml:1:21: `north` stands here twice."),
        ("tables: {2: north}", "balance.yaml:1:13: Here stands the text `north`; it needs a list of seats."),
        ("targets: {", "balance.yaml:"),
        ("", "balance.yaml:"),
        ("targets: &a {mandate: 1-2}", "balance.yaml:"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, problem: str) -> None:
    _, problems = read(text)
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_all_problems_are_said_at_once() -> None:
    _, problems = read("targets: {mandat: 1-2, top: no}\nquick: 3\n")
    assert len(problems) == 3


@pytest.mark.parametrize("seats", range(2, 20))
def test_an_even_share_of_tops_is_well(seats: int) -> None:
    low, high = top_of(seats)
    assert low <= 100 / seats <= high
