"""A parameter is one number everywhere, said by who stands nearest to the scenario; a version asked for is the one there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.rules.compile import build
from wargame.scenario.load import Loaded, load_sources
from wargame.scenario.model import Scenario
from wargame.scenario.problem import Report
from wargame.scenario.reuse import fits

HEAD = """format: 1
id: ford
title: The ford
turns: {count: 3}
seats:
  north: {title: The north bank}
  south: {title: The south bank}
phases:
  - {id: orders, label: Orders, kind: orders, seconds: 30, do: [{effects: [flow]}]}
"""
TOLLS = """format: 1
id: tolls
title: Tolls
version: "1.3"
parameters:
  dues: {label: Dues, range: [1, 9], default: 2}
  most: {label: The most, range: [5, 20], default: 10}
tracks:
  coins: {label: "Coins, at most {most}", range: [0, most], start: dues, help: "{dues} a crossing, not {other}."}
clocks:
  flood: {label: Flood, max: most, tick: dues}
effect_groups:
  flow: [coins + 2 * dues, {news: "{dues} coins are due."}]
"""


def loaded(uses: str, **books: str) -> Loaded:
    sources = {f"rulebooks/{name}/rulebook.yaml": text for name, text in {"tolls": TOLLS, **books}.items()}
    return load_sources({"scenario.yaml": f"{HEAD}rulebooks: {uses}\n", **sources})


def good(uses: str, **books: str) -> Scenario:
    found = loaded(uses, **books)
    assert found.report.problems == []
    assert found.scenario is not None
    return found.scenario


def codes(uses: str, **books: str) -> list[str]:
    return [problem.code for problem in loaded(uses, **books).report.sorted()]


def on_tolls(name: str, dues: int) -> str:
    return f"format: 1\nid: {name}\ntitle: T\nrulebooks: [{{name: tolls, with: {{dues: {dues}}}}}]\n"


@pytest.mark.parametrize(
    ("uses", "dues", "most"),
    [("[tolls]", 2, 10), ("[{name: tolls}]", 2, 10), ("[{name: tolls, with: {dues: 3, most: 12}}]", 3, 12)],
)
def test_a_parameter_is_one_number_everywhere(uses: str, dues: int, most: int) -> None:
    """In whole numbers, ranges, texts, effects and news."""
    scenario = good(uses)
    track = scenario.tracks["coins"]
    assert (track.range.hi, track.start, scenario.clocks["flood"].max, scenario.clocks["flood"].tick) == (
        most,
        dues,
        most,
        dues,
    )
    assert (str(track.label), str(track.help)) == (f"Coins, at most {most}", f"{dues} a crossing, not {{other}}.")
    program = build(scenario, Report())
    assert program is not None
    assert [str(text) for text in program.news] == [f"{dues} coins are due."]
    assert f"+ (2 * {dues})" in program.generated


def test_the_sources_alone_bring_it_back() -> None:
    """What a journal carries gives the same scenario."""
    scenario = good("[{name: tolls, with: {dues: 3}}]")
    assert load_sources(scenario.sources).scenario == scenario


def test_the_nearest_to_the_scenario_has_the_last_word() -> None:
    """A rulebook sets a parameter of another; the scenario may set it again."""
    assert good("[market]", market=on_tolls("market", 4)).parameters["dues"].value == 4
    for uses in ("[market, {name: tolls, with: {dues: 5}}]", "[{name: tolls, with: {dues: 5}}, market]"):
        assert good(uses, market=on_tolls("market", 4)).parameters["dues"].value == 5


def test_two_that_disagree_are_told() -> None:
    """Neither of two rulebooks is nearer; who agree are no problem."""
    books = {"market": on_tolls("market", 4), "harbour": on_tolls("harbour", 5)}
    assert codes("[market, harbour]", **books) == ["parameter_conflict"]
    assert codes("[market, harbour, {name: tolls, with: {dues: 3}}]", **books) == []
    assert codes("[market, harbour]", market=on_tolls("market", 4), harbour=on_tolls("harbour", 4)) == []


@pytest.mark.parametrize(
    ("uses", "wanted"),
    [
        ("[{name: tolls, with: {deus: 3}}]", ["unknown_name"]),
        ("[{name: tolls, with: {dues: 10}}]", ["out_of_range"]),
        ("[{name: tolls, with: {dues: many}}]", ["wrong_type"]),
        ("[{name: tolls, with: [dues]}]", ["wrong_type"]),
        ("[{name: tolls, wiht: {dues: 3}}]", ["unknown_key"]),
        ("[{with: {dues: 3}}]", ["missing_key"]),
        ('[{name: tolls, version: "2"}]', ["rulebook_version"]),
        ("[{name: tolls, version: 1}]", ["wrong_type"]),
        ('[{name: tols, version: "1"}]', ["unknown_rulebook"]),
    ],
)
def test_what_does_not_fit_is_told(uses: str, wanted: list[str]) -> None:
    """Once, and as what it is."""
    assert codes(uses) == wanted


def test_a_parameter_without_a_default_has_to_be_set() -> None:
    """By who builds on the rulebook; the rulebook alone stands for the least it can be."""
    book = TOLLS.replace("range: [1, 9], default: 2", "range: [1, 9]")
    assert codes("[tolls]", tolls=book) == ["parameter_open"]
    assert good("[{name: tolls, with: {dues: 7}}]", tolls=book).parameters["dues"].value == 7
    alone = load_sources({"rulebook.yaml": book}, "rulebook.yaml")
    assert alone.report.problems == []
    assert alone.scenario is not None
    assert alone.scenario.tracks["coins"].start == 1


def test_the_number_must_fit_where_it_stands() -> None:
    """A bound of the field holds for a parameter as for a number."""
    book = TOLLS.replace("range: [1, 9], default: 2", "range: [-9, 9], default: -1")
    found = [problem for problem in loaded("[tolls]", tolls=book).report.sorted() if problem.hint]
    assert [(problem.code, problem.hint) for problem in found] == [("out_of_range", "that is the parameter `dues`")]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 4))
def test_a_version_fits_its_own_line(numbers: list[int], cut: int) -> None:
    """A version fits itself and every shorter form of itself, and no other."""
    version = ".".join(map(str, numbers))
    shorter = ".".join(map(str, numbers[: max(1, cut)]))
    assert fits(version, version)
    assert fits(version, shorter)
    assert not fits(version, f"{version}.0")
    assert not fits(version, str(numbers[0] + 1))


def test_tests_of_a_rulebook_stay_with_it() -> None:
    """A scenario is not told to hold what its rulebooks promise of themselves."""
    book = TOLLS + "tests:\n  flows: {when: {do: flow}, then: [coins == 3 * dues]}\n"
    assert good("[tolls]", tolls=book).tests == {}
    alone: Any = load_sources({"rulebook.yaml": book}, "rulebook.yaml").scenario
    assert list(alone.tests) == ["flows"]
