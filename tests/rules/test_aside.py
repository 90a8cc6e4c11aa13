"""What is typed beside a scenario is checked and carried out as if it stood in it, and the program stays as it was."""

from __future__ import annotations

import pytest

from tests.support.rules import BASE, SEED, compiled, value_of
from wargame.rules.aside import Aside, Trial
from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Program
from wargame.scenario.problem import Report

GROUPS = """
effect_groups:
  unrest: [{roll: 100, label: Unrest, success: [mood -1, {news: It stirs.}]}]
actions:
  act: {seat: washington, label: Act, effects: [unrest, {roll: 50, success: [mood +1]}]}
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return compiled(BASE + GROUPS)


@pytest.fixture(scope="module")
def aside(program: Program) -> Aside:
    return Aside.of(program)


def wrong(report: Report) -> list[tuple[int, str, int]]:
    return [(problem.mark.column, problem.code, problem.width) for problem in report.sorted()]


@pytest.mark.parametrize(
    "text",
    ["escalation", "support // 3 + 1", "me.cash", "max(cartel.heat) - mood", "count(x for x in cartel if x.strength > 5)"],
)
def test_an_expression_has_the_value_it_has_in_the_scenario(text: str, program: Program, aside: Aside) -> None:
    found = aside.evaluation(text, seat := program.seats.index("chapitos"), Report())
    assert found is not None
    assert found.whole.value(list(program.start), seat) == value_of(text)


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        ("escalation >= 5", "no", ["`escalation` is 2"]),
        ("dialogue", "no", []),
        ("objective", "`disrupt`", []),
        ("me.agenda", "`rich`", []),
        ("highest(x.heat for x in cartel)", "`chapitos`", []),
        ("tariffs or me.cash > escalation", "yes", ["`tariffs` does not hold", "`me.cash` is 6", "`escalation` is 2"]),
        ("1 / 4", "0.25", []),
    ],
)
def test_values_are_told_in_words(text: str, said: str, names: list[str], program: Program, aside: Aside) -> None:
    """Seats, options and truths by their names; and the names in an expression with theirs."""
    found = aside.evaluation(text, seat := program.seats.index("chapitos"), Report())
    assert found is not None
    board = list(program.start)
    assert found.whole.named(found.whole.value(board, seat)) == said
    assert [term.told(term.value(board, seat)) for term in found.terms] == names


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("esclation > 3", (1, "unknown_name", 9)),
        ("support = 3", (9, "operator", 1)),
        ("1 + tariffs", (5, "type", 7)),
        ("", (1, "empty", 1)),
        ("die(6)", (1, "dice_here", 6)),
    ],
)
def test_what_is_wrong_has_its_place_and_is_said_once(text: str, problem: tuple[int, str, int], aside: Aside) -> None:
    report = Report()
    assert aside.evaluation(text, NOBODY, report) is None
    (found,) = wrong(report)
    assert found[0] == problem[0]
    assert found[2] == problem[2]


def run(program: Program, trial: Trial, seat: int) -> tuple[list[int], Execution]:
    board, x = list(program.start), Execution(SEED, "test")
    trial.run(board, x, seat)
    return board, x


def test_effects_are_carried_out(program: Program, aside: Aside) -> None:
    """Short ones are divided by `;`; a whole kind is every seat of it."""
    trial = aside.trial("escalation +2; cartel.heat = 7; end dialogue", NOBODY, Report())
    assert trial is not None
    board, _ = run(program, trial, NOBODY)
    value = {name: board[program.slot_of[name]] for name in ("escalation", "chapitos.heat", "mayiza.heat")}
    assert value == {"escalation": 4, "chapitos.heat": 7, "mayiza.heat": 7}


@pytest.mark.parametrize(
    "text",
    [
        "{roll: 95, label: Mine, success: [{news: Done.}], failure: [{news: Not done.}]}",
        "- roll: 95\n  label: Mine\n  success: [{news: Done.}]\n  failure: [{news: Not done.}]",
        "[{roll: 95, label: Mine, success: [{news: Done.}], failure: [{news: Not done.}]}]",
        "mood +0; {roll: 95, label: Mine, success: [{news: Done.}], failure: [{news: Not done.}]}",
        "roll: 95\nlabel: Mine\nsuccess: [{news: Done.}]\nfailure: [{news: Not done.}]",
    ],
)
def test_longer_effects_are_yaml(text: str, program: Program, aside: Aside) -> None:
    """New rolls and news have numbers behind the program's own."""
    trial = aside.trial(text, NOBODY, report := Report())
    assert trial is not None, report.problems
    _, x = run(program, trial, NOBODY)
    (roll,), (news,) = x.rolls, x.news
    assert str(trial.sites[roll.site].label) == "Mine"
    assert str(trial.news[news.text]) == ("Done." if roll.result <= 95 else "Not done.")
    assert trial.sites[: len(program.sites)] == program.sites
    assert trial.news[: len(program.news)] == program.news


def test_groups_keep_the_numbers_of_their_rolls(program: Program, aside: Aside) -> None:
    """A group that the scenario has rolls and says what it does there."""
    trial = aside.trial("unrest", NOBODY, Report())
    assert trial is not None
    _, x = run(program, trial, NOBODY)
    assert [str(program.sites[roll.site].label) for roll in x.rolls] == ["Unrest"]
    assert [str(program.news[news.text]) for news in x.news] in ([], ["It stirs."])


def test_nothing_typed_stays(program: Program, aside: Aside) -> None:
    """The same text again gets the same numbers."""
    made = [aside.trial("{news: Once.}", NOBODY, Report()) for _ in range(3)]
    assert [len(each.news) for each in made if each is not None] == [len(program.news) + 1] * 3


def test_each_part_of_a_line_has_its_place(aside: Aside) -> None:
    """A `;` in quotes or brackets divides nothing."""
    report = Report()
    assert aside.trial("mood +1; {news: 'a; b'}; mod +1; {roll: x}", NOBODY, report) is None
    assert [column for column, _, _ in wrong(report)] == [26, 34, 41]


@pytest.mark.parametrize(
    "text", ["", "escalation + 2x", "; ;", "{roll: 5}", "{a: [}", "nothing_known", "me.cash +1", "\x1b[31m"]
)
def test_wrong_effects_are_told(text: str, aside: Aside) -> None:
    """Whatever is typed ends in a problem, not in an error."""
    report = Report()
    assert aside.trial(text, NOBODY, report) is None
    assert report.failed
