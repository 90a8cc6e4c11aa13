"""Compiling: both variants of a program write the same, whatever the board; the generated text is the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import program_of
from tests.support.rules import BASE, Table, compiled, tried
from wargame.rules.compile import build
from wargame.rules.execution import Execution
from wargame.rules.names import parameters
from wargame.rules.program import NEVER, Family, Program
from wargame.scenario.load import load
from wargame.scenario.problem import Report


@cache
def silent_of(name: str) -> Program:
    """The program without a log of writes."""
    program = build(program_of(name).scenario, Report(), recording=False)
    assert program is not None
    return program


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(["everything", "five_questions", "skirmish"]), number=st.integers(0, 10**6))
def test_recording_and_silent_variants_write_the_same(name: str, number: int) -> None:
    """From any board, any action or answer leads both variants to the same board, and the log replays to it."""
    loud, silent = program_of(name), silent_of(name)
    rng = Random(number)
    board = [rng.randint(slot.lo, slot.hi) for slot in loud.slots]
    for _ in range(12):
        action = rng.choice(loud.actions)
        me = rng.choice(action.seats)
        targets = action.candidates(board, me)
        assert set(action.targets(board, me)) <= set(targets)
        if not targets:
            continue
        target = rng.choice(targets)
        before, other = list(board), list(board)
        seed = rng.randbytes(32)
        logged, quiet = Execution(seed, "p"), Execution(seed, "p")
        action.run(board, logged, me, *target)
        silent.actions[action.index].run(other, quiet, me, *target)
        assert other == board
        assert quiet.writes == []
        assert (quiet.rolls, quiet.deals, quiet.news) == (logged.rolls, logged.deals, logged.news)
        for slot, old, new in logged.writes:
            assert before[slot] == old != new
            before[slot] = new
        assert before == board
        assert board[0] == 0
        assert all(entry.lo <= value <= entry.hi for entry, value in zip(loud.slots, board, strict=True))


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(["everything", "five_questions", "skirmish"]), number=st.integers(0, 10**6))
def test_targets_are_those_for_which_all_reasons_hold(name: str, number: int) -> None:
    """`targets` is exactly the candidates that nothing about the targets holds back, in the same order."""
    program = program_of(name)
    rng = Random(number)
    board = [rng.randint(slot.lo, slot.hi) for slot in program.slots]
    for action in program.actions:
        for me in action.seats:
            wanted = [
                targets
                for targets in action.candidates(board, me)
                if all(reason.test(board, me, *targets) for reason in action.target_reasons)
            ]
            assert action.targets(board, me) == wanted


def test_source_is_the_same_in_every_process() -> None:
    """Two processes with other hash seeds write the same text."""
    script = (
        "import hashlib; from tests.support.play import program_of; "
        "print(hashlib.sha256(program_of('everything').generated.encode()).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_slots() -> None:
    """Every slot has the name, range, start and label that were declared."""
    program = compiled(BASE)
    slot = program.slots[program.slot_of["mayiza.strength"]]
    assert (slot.family, slot.lo, slot.hi, slot.start, str(slot.label)) == (Family.RESOURCE, 0, 12, 7, "Strength")
    assert program.slots[0].family is Family.VOID
    assert program.start[program.slot_of["sinaloa.washington.units"]] == 2
    assert program.start[program.slot_of["ban"]] == 1
    assert program.start[program.turn_slot] == 1
    assert "baja.plaza" not in program.slot_of
    assert program.neighbours == ((1,), (0, 2), (1,), ())
    assert [program.slots[slot].name for slot in program.main_resource] == [
        "washington.capital", "chapitos.cash", "mayiza.cash", "hemisphere.influence",
    ]  # fmt: skip
    assert program.pools[0].limit == 4


def test_every_family_is_allotted() -> None:
    """The test scenario of everything has slots of every family."""
    families = {slot.family for slot in program_of("everything").slots}
    assert families == set(Family)


def test_card_counters_start_as_never() -> None:
    """A card that was not dealt has no turn in which it was."""
    program = program_of("everything")
    assert all(program.start[card.dealt_on] == NEVER and program.start[card.fired] == 0 for card in program.cards)


RULEBOOK = """
format: 1
id: ladder
title: Ladder
roles:
  intervener: {label: Intervener}
  armed_group: {label: Armed group, many: true}
tracks: {escalation: {label: Escalation, range: [0, 10], start: 2}}
effect_groups: {hostile: [escalation +2, intervener.capital -1, armed_group.heat +1]}
actions:
  raid:
    seat: intervener
    label: Raid
    cost: 2
    targets: {target: {of: armed_group, where: target.heat > 0}}
    effects: [hostile, target.heat -1]
"""


def test_a_rulebook_alone_is_checked_with_stand_ins(tmp_path: Path) -> None:
    """Roles are played by stand-ins with whatever resources the rules suppose; nothing is said about what is unused."""
    (tmp_path / "rulebook.yaml").write_text(RULEBOOK)
    loaded = load(tmp_path)
    assert loaded.scenario is not None, loaded.report.sorted()
    report = Report()
    assert build(loaded.scenario, report, partial=True) is not None, report.sorted()
    assert report.problems == []


def test_roles_are_names_of_those_who_play_them() -> None:
    """`intervener` is the seat, `armed_group` the kind."""
    text = BASE.replace("title: The White House,", "title: The White House, plays: intervener,").replace(
        "label: Cartel\n", "label: Cartel\n    plays: armed_group\n"
    )
    text += "roles: {intervener: {}, armed_group: {many: true}}\n"
    text += "actions: {act: {seat: intervener, label: Act, effects: [intervener.capital -1, armed_group.heat +1]}}\n"
    table = Table(text)
    table.act("washington")
    assert (table["washington.capital"], table["chapitos.heat"], table["mayiza.heat"]) == (5, 4, 2)
    assert table.program.kinds["armed_group"] == (1, 2)
    assert table.program.kinds["intervener"] == (0,)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("auth", ("auth", ())),
        ("plaza(org)", ("plaza", (("org", ""),))),
        ("plaza(org: owner, n:number)", ("plaza", (("org", "owner"), ("n", "number")))),
        ("plaza(", None),
        ("plaza(1)", None),
    ],
)
def test_parameters(key: str, wanted: object) -> None:
    """Names with parameters are taken apart."""
    assert parameters(key) == wanted


A = "actions: {a: {seat: cartel, label: A, "
FINDINGS = [
    (A + "effects: [escalation +1], requires: [{when: escalation >= 0}]}}", "always_true", "warning"),
    (A + "effects: [{when: support > 200, then: [mood +1]}]}}", "never_true", "warning"),
    (A + "requires: [{when: mood > 5}]}}", "never_legal", "warning"),
    (A + "effects: [{when: ban and mood < 9, then: [mood +1]}]}}", "always_true", "warning"),
    (A + "cost: 99}}", "unaffordable", "warning"),
    ("injects: {c: {title: C, pool: random, trigger: {when: escalation > 10}}}", "never_fires", "warning"),
    ("injects: {c: {title: C, pool: trigger, trigger: {chance: escalation - 20}}}", "never_fires", "warning"),
    ("injects: {c: {title: C, pool: chained}}", "unscheduled_card", "warning"),
    ("values: {v: 1 + 1}", "unused", "warning"),
    ("effect_groups: {g: [mood +1]}", "unused", "warning"),
    ("locks: {l: {when: ban, otherwise: No.}}", "unused", "warning"),
    ("ledger: [{label: L, value: 1 if tariffs else 0}]", "unset_flag", "warning"),
    (A + "requires: [{when: hidden_one > 3, otherwise: No.}]}}", "peeks", "error"),
    (A + "targets: {t: {of: cartel, where: t.cash > 3}}}}", "peeks", "error"),
    (A + "requires: [{when: fired(c) > 0}]}}\ninjects: {c: {title: C}}", "peeks", "error"),
    (A + "requires: [{when: given(a) == 0}]}}", "peeks", "error"),
    ("locks: {l: {when: hidden_one > 3, otherwise: No.}}\n" + A + "locks: [l]}}", "peeks", "error"),
    ("placements: {p: {seats: [cartel], piece: presence, count: 1, where: hidden_one > 3}}", "peeks", "error"),
    ("injects: {c: {title: C, to: [washington], bind: {x: escalation}}}", "type", "error"),
    ("injects: {c: {title: C, bind: {x: areas}, to: [x]}}", "not_a_seat", "error"),
    (A + "targets: {t: {of: [cartel, areas]}}}}", "type", "error"),
    (A + "targets: {escalation: {of: cartel}}}}", "name_taken", "error"),
    (A + "seen_by: {washington: exact}}}", "seen_by", "error"),
    ("ledger: [{label: L, value: me.cash}]", "no_me", "error"),
]


@pytest.mark.parametrize(("extra", "code", "severity"), FINDINGS)
def test_finding(extra: str, code: str, severity: str) -> None:
    """What a designer did not mean is found."""
    _, problems = tried(BASE + extra + "\n")
    assert (code, severity) in {(problem.code, problem.severity.value) for problem in problems}, problems


@pytest.mark.parametrize(
    "extra",
    [
        A + 'requires: [{when: "given(a, me) == 0"}, {when: me.cash > 1}, {when: sonora.me.presence > 0}]}}',
        "actions: {a: {seat: mayiza, label: A, requires: [{when: hidden_one > 3}]}}",
        A + "targets: {t: {of: cartel, where: t != me and t.heat > 3}}}}",
    ],
)
def test_no_peeking_where_all_is_seen(extra: str) -> None:
    """What the acting seat sees exactly may hold it back."""
    _, problems = tried(BASE + extra + "\n")
    assert not [problem for problem in problems if problem.severity.value == "error"], problems


@pytest.mark.parametrize("name", ["five_questions", "skirmish"])
def test_good_content_has_no_problem(name: str) -> None:
    """There are no false alarms on what is shipped."""
    report = Report()
    assert build(program_of(name).scenario, report) is not None
    assert report.sorted() == []


def test_steps_of_a_phase() -> None:
    """Phases carry their steps and their effects."""
    text = BASE.replace("{effects: []}", "expiries, {effects: [escalation +1]}")
    table = Table(text)
    assert [step.name for step in table.program.phases[0].steps] == ["income", "clocks", "expiries", "effects"]
    run = table.program.phases[0].steps[3].run
    assert run is not None
    run(table.board, Execution(bytes(32), "p"), -1)
    assert table["escalation"] == 3
    _, problems = tried(BASE.replace("[income, clocks,", "[incom, clocks,"))
    assert [(problem.code, problem.hint) for problem in problems][:1] == [("unknown_step", "did you mean `income`?")]
