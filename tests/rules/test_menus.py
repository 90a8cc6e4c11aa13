"""Actions: who may order them, at what, at what cost, and what holds them back."""

from __future__ import annotations

from tests.support.rules import BASE, Table
from wargame.rules.program import Kind

ACTIONS = """
locks: {shut: {when: tariffs, otherwise: Closed.}}
actions:
  contest:
    seat: cartel
    label: Contest
    cost: 2
    locks: [shut]
    targets:
      place: {of: areas, where: place.me.presence >= 1, otherwise: You are nowhere near., label: Where}
      rival: {of: [cartel, others], where: rival != me and place.rival.presence >= 1}
    requires:
      - {when: escalation < 9, otherwise: Too hot.}
      - {when: me.cash + place.plaza > 4, otherwise: Too dear.}
    seen_by: [washington]
    effects: [place.me.presence +1, place.rival.presence -1]
  march:
    seat: [cartel, washington]
    label: March
    cost: {}
    seen_by: covert
    targets: {from: {of: areas}, to: {of: neighbours(from)}}
  raid:
    seat: washington
    label: Raid
    cost: {capital: 3}
    targets: {target: {of: [chapitos, others]}}
"""


def test_targets() -> None:
    """All legal combinations in declared order; candidates are those before any condition."""
    table = Table(BASE + ACTIONS)
    action = table.program.actions[0]
    assert len(action.candidates(table.board, 1)) == 9
    assert action.targets(table.board, 1) == [(1, 2), (1, 4)]
    table["sinaloa.chapitos.presence"] = 1
    assert action.targets(table.board, 1) == [(1, 2), (1, 4), (2, 2)]
    assert [(one.name, one.kind, str(one.label)) for one in action.variables] == [
        ("place", Kind.AREA, "Where"),
        ("rival", Kind.OWNER, ""),
    ]


def test_neighbours_and_single_owners() -> None:
    """A target may run over the neighbours of another, or over seats and factions by name."""
    table = Table(BASE + ACTIONS)
    assert table.program.actions[1].targets(table.board, 0) == [(0, 1), (1, 0), (1, 2), (2, 1)]
    assert table.program.actions[2].targets(table.board, 0) == [(1,), (4,)]


def test_reasons() -> None:
    """Locks and conditions without a target stand apart from those that depend on it."""
    table = Table(BASE + ACTIONS)
    action = table.program.actions[0]
    assert [str(reason.words) for reason in action.reasons] == ["Closed.", "Too hot."]
    assert all(reason.test(table.board, 1) for reason in action.reasons)
    table["tariffs"], table["escalation"] = 1, 9
    assert not any(reason.test(table.board, 1) for reason in action.reasons)
    assert [str(reason.words) for reason in action.target_reasons][0::2] == ["You are nowhere near.", "Too dear."]
    assert action.target_reasons[1].words.get().startswith("Only if ")
    table["chapitos.cash"] = 3
    assert [bool(reason.test(table.board, 1, 1, 2)) for reason in action.target_reasons] == [True, True, False]


def test_costs_menus_and_audiences() -> None:
    """Costs are of the main resource or by name; a menu lists a seat's actions; the white cell learns everything."""
    program = Table(BASE + ACTIONS).program
    contest, march, raid = program.actions
    assert contest.costs == {1: ((program.slot_of["chapitos.cash"], 2),), 2: ((program.slot_of["mayiza.cash"], 2),)}
    assert raid.costs == {0: ((program.slot_of["washington.capital"], 3),)}
    assert march.costs == {0: (), 1: (), 2: ()}
    assert program.menus == ((1, 2), (0, 1), (0, 1), ())
    assert contest.audience == (True, False, False, False, False, True)
    assert march.audience == (False, False, False, False, False, True)
    assert raid.audience is None
    assert contest.given[2] == program.slot_of["given.contest.mayiza"]


def test_a_seat_out_of_play_is_no_target() -> None:
    """An optional seat can be aimed at only while it plays."""
    table = Table(BASE + "actions: {ask: {seat: washington, label: Ask, targets: {who: {of: seats}}}}\n")
    action = table.program.actions[0]
    assert action.targets(table.board, 0) == [(0,), (1,), (2,), (3,)]
    table["played.hemisphere"] = 0
    assert action.targets(table.board, 0) == action.candidates(table.board, 0) == [(0,), (1,), (2,)]
