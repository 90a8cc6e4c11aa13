"""A small scenario that has a bit of everything, and how to run one expression or one list of effects in it."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent
from typing import Any

from wargame.rules.compile import build
from wargame.rules.execution import Execution
from wargame.rules.program import Board, Program
from wargame.scenario.load import load_sources
from wargame.scenario.problem import Problem, Report

SEED = bytes(32)
HEAD = """
format: 1
id: small
title: Small
turns: {count: 6}
seat_kinds:
  cartel:
    label: Cartel
    resources:
      cash: {label: Cash, range: [0, 15], start: 6, seen_by: owner}
      strength: {label: Strength, range: [0, 12], start: 5}
      heat: {label: Heat, range: [0, 10], start: 3}
seats:
  washington: {title: The White House, resources: {capital: {label: Capital, range: [0, 14], start: 6}}}
  chapitos: {kind: cartel, title: Chapitos}
  mayiza: {kind: cartel, title: Mayiza, start: {strength: 7, heat: 1}}
  hemisphere: {title: Hemisphere, optional: true, resources: {influence: {label: Influence, range: [0, 9], start: 4}}}
factions: {others: {label: Other groups}}
tracks:
  escalation: {label: Escalation ladder, range: [0, 10], start: 2}
  support: {label: Support, range: [0, 100], start: 55}
  mood: {label: Mood, range: [-5, 5], start: 0}
  hidden_one: {label: Hidden one, range: [0, 9], start: 4, seen_by: {mayiza: exact}}
flags:
  tariffs: {label: Tariffs in force}
  ban: {label: A ban, start: true}
clocks:
  powers: {label: War powers, unit: days, max: 120, tick: 30}
area_values:
  plaza: {label: Plaza value, start: 1, fixed: true}
  watch: {label: Watched, range: [0, 2]}
areas:
  baja: {label: Baja, adjacent: [sonora], values: {plaza: 3}, pieces: {presence: {chapitos: 2}}}
  sonora: {label: Sonora, at: [1, 0], adjacent: [sinaloa], pieces: {presence: {chapitos: 1, mayiza: 1, others: 1}}}
  sinaloa: {label: Sinaloa, at: [2, 0], values: {plaza: 2}, pieces: {presence: {mayiza: 3}, units: {washington: 2}}}
pieces:
  presence: {label: Presence, of: [cartel, others], range: [0, 3]}
  units: {label: Units, of: [washington], range: [0, 9], pool: 4}
"""
TAIL = """
phases: [{id: news, label: News, kind: automatic, do: [income, clocks, {effects: []}]}]
"""
MORE = """
choices:
  objective:
    seat: washington
    label: Objective
    options: {disrupt: {label: Disrupt}, degrade: {label: Degrade}}
    default: disrupt
agendas:
  washington: {home: {label: Home, score: "10"}, glory: {label: Glory, score: "5"}}
  cartel: {rich: {label: Rich, score: me.cash}, loud: {label: Loud, score: me.heat}}
agreements:
  dialogue: {label: Dialogue, parties: [washington, chapitos], on_leave: [support -3]}
  truce: {label: Truce, parties: [chapitos, mayiza]}
motions:
  force: {body: floor, label: Use of force, ayes: 2, leans: {hawks: 50 + escalation}, passes: [escalation +1]}
bodies:
  floor: {label: The floor, speaker: washington, blocs: {hawks: {label: Hawks, votes: 3}}}
endings:
  war: {title: War, when: escalation >= 10}
"""
BASE = HEAD + MORE + TAIL


def compiled(text: str, **options: bool) -> Program:
    """The program of a scenario's text; fails with its problems if there are errors."""
    program, problems = tried(text, **options)
    assert program is not None, "\n".join(f"{one.mark} {one.code} {one.message}" for one in problems)
    return program


def tried(text: str, **options: bool) -> tuple[Program | None, list[Problem]]:
    """The program of a scenario's text, if there are no errors, and what the rules found."""
    loaded = load_sources({"scenario.yaml": text})
    assert loaded.scenario is not None, loaded.report.sorted()
    assert not loaded.report.failed, loaded.report.sorted()
    report = Report()
    program = build(loaded.scenario, report, **options)
    return program, report.sorted()


class Table:
    """A compiled scenario and a board of it."""

    def __init__(self, text: str, **options: bool) -> None:
        self.program = compiled(text, **options)
        self.board: Board = list(self.program.start)

    def __getitem__(self, name: str) -> int:
        return self.board[self.program.slot_of[name]]

    def __setitem__(self, name: str, value: int) -> None:
        self.board[self.program.slot_of[name]] = value

    def seat(self, name: str) -> int:
        """The number of a seat or faction."""
        return self.program.owners.index(name)

    def area(self, name: str) -> int:
        """The number of an area."""
        return self.program.areas.index(name)

    def act(self, me: str, *targets: int, action: str = "act", seed: bytes = SEED, purpose: str = "test") -> Execution:
        """Carries an action out."""
        run = self.program.actions[self.program.action_index[action]].run
        execution = Execution(seed, purpose)
        before = list(self.board)
        run(self.board, execution, self.seat(me), *targets)
        replayed = before
        for slot, old, new in execution.writes:
            assert replayed[slot] == old != new
            replayed[slot] = new
        assert replayed == self.board
        assert self.board[0] == 0
        for entry in self.program.slots:
            assert entry.lo <= self.board[entry.index] <= entry.hi, entry.name
        return execution


def acting(effects: str, *, extra: str = "", seat: str = "cartel", targets: str = "", cards: str = "") -> Table:
    """A table with an action `act` that has these effects: in a line, without the brackets, or as a block list."""
    listed = f"[{effects}]" if not effects.startswith("\n") else "\n" + indent(dedent(effects), "      ").rstrip()
    aimed = f"    targets: {{{targets}}}\n" if targets else ""
    action = f"actions:\n  act:\n    seat: {seat}\n    label: Act\n{aimed}    effects: {listed}\n"
    return Table(BASE + action + extra + cards)


def value_of(
    expression: str, *, me: str = "chapitos", changes: Mapping[str, int] | None = None, extra: str = "", played: bool = True
) -> Any:
    """The value of an expression on the start board with some slots changed."""
    quoted = expression.replace("'", "''")
    table = Table(BASE + f"scoring: {{seats: {{{me}: [{{label: L, value: '{quoted}'}}]}}}}\n" + extra)
    for name, value in (changes or {}).items():
        table[name] = value
    if not played:
        table["played.hemisphere"] = 0
    seat = table.seat(me)
    return table.program.scores[seat][0].value(table.board, seat)
