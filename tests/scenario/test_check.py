"""The static checks raise no false alarm, name the culprit and not the bystander, and know kinds and roles."""

from __future__ import annotations

from wargame.scenario.load import Loaded, load_sources
from wargame.scenario.problem import Problem

HEAD = """format: 1
id: ford
title: The ford
turns: {count: 3}
seat_kinds:
  clan: {label: Clan, plays: raider, resources: {coin: {label: Coin, range: [0, 9]}}}
seats:
  north: {title: North, kind: clan}
  south: {title: South, kind: clan, resources: {grain: {label: Grain, range: [0, 9]}}, start: {coin: 3, grain: 2}}
  king: {title: The king, plays: judge}
phases:
  - {id: orders, label: Orders, kind: orders}
rulebooks: raids
"""
BOOK = "format: 1\nid: raids\ntitle: Raids\nroles: {raider: {label: Raider, many: true}, judge: {label: Judge}}\n"


def loaded(more: str, book: str = "") -> Loaded:
    return load_sources({"scenario.yaml": HEAD + more, "rulebooks/raids/rulebook.yaml": BOOK + book})


def problems(more: str, book: str = "") -> list[Problem]:
    return loaded(more, book).report.sorted()


def test_kinds_and_roles_stand_for_their_seats() -> None:
    """Wherever a seat may be named a kind or a role may, and a member of what is named counts as named."""
    more = """actions:
  raid: {seat: raider, label: Raid, cost: {coin: 1}}
injects:
  rain:
    title: Rain
    to: [clan, judge]
    texts: {north: Rain in the north., others: Rain.}
    choices:
      south: {options: [{id: wait, stance: hold, label: Wait}]}
      judge: {options: [{id: rule, stance: hold, label: Rule}]}
agreements:
  truce: {label: Truce, parties: clan, cost: {north: 1, clan: 1}}
agendas:
  clan: {peace: {label: Peace, score: 1}, war: {label: War, score: 2}}
scoring: {seats: {raider: [{label: Coin, value: 3}], king: [{label: Peace, value: 2}]}}
pieces: {guards: {label: Guards, of: raider, range: [0, 3]}}
areas: {mill: {label: Mill, pieces: {guards: {north: 1}}}}
transfers: {limit: 1, groups: [[raider, king]]}
"""
    assert problems(more) == []


def test_every_seat_of_an_action_must_have_what_it_costs() -> None:
    """A resource that one seat of a kind lacks is reported once, for that seat."""
    found = problems("actions:\n  feast: {seat: clan, label: Feast, cost: {grain: 1}}\n")
    assert [problem.message for problem in found] == ["There is no resource of `north` named `grain`."]


def test_a_scenario_yields_to_its_rulebook_names() -> None:
    """Where a scenario takes a name that its rulebook has, the scenario is told, whatever the sections."""
    found = problems("areas: {dusk: {label: Dusk}}\n", "values: {dusk: turn > 2}\n")
    assert [(problem.code, problem.mark.file) for problem in found] == [("name_taken", "scenario.yaml")]


def test_sections_outside_the_name_space_may_share_names() -> None:
    """Cards, actions, resources, pieces, bodies and phases are asked for by section, so their names are free."""
    more = "injects: {north: {title: North, text: x}}\nactions: {orders: {seat: king, label: x}}\nbodies:\n"
    more += "  north: {label: N, blocs: {king: {votes: 1, seat: king}}}\n"
    assert problems(more) == []


def test_a_motion_may_leave_out_blocs_that_a_seat_decides() -> None:
    """Only a bloc that is rolled for needs a lean."""
    more = "bodies:\n  moot: {label: Moot, blocs: {a: {votes: 2, seat: king}, b: {votes: 1}}}\n"
    more += "motions:\n  law: {body: moot, label: Law, ayes: 3, leans: {b: 50}}\n"
    assert problems(more) == []


def test_bands_may_lie_below_zero() -> None:
    """Bands cover whatever the range is."""
    assert problems("tracks: {mood: {label: Mood, range: [-5, 5], bands: {-5--1: Bad, 0: Even, 1-5: Good}}}\n") == []


def test_a_card_may_address_a_bound_name() -> None:
    """A name that a scheduling effect hands on is no seat, and nothing is said about it here."""
    more = "injects:\n  rain:\n    title: Rain\n    to: [king, target]\n    text: x\n    choices:\n"
    more += "      target: {options: [{id: wait, stance: hold, label: Wait}]}\n"
    assert problems(more) == []


def test_places_are_those_of_keys_and_values() -> None:
    """A fault of a value is shown at the value, a fault of a name at the name."""
    found = problems("areas:\n  mill: {label: Mill, values: {gold: 1}}\ntracks:\n  mood: {label: M, range: [0, 5], start: 9}\n")
    assert [(problem.mark.line, problem.mark.column, problem.width) for problem in found] == [(15, 32, 4), (17, 42, 1)]
