"""A card alone in a text is read as it would be among the files of its scenario, and every fault names its place there."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from wargame.scenario.addition import CARD, read_card
from wargame.scenario.problem import Report


def read(source: str) -> tuple[object, list[tuple[str, str, int]]]:
    report = Report()
    found = read_card(program_of("everything").scenario, source, report)
    return found, [(problem.code, problem.mark.file, problem.mark.line) for problem in report.sorted()]


def test_a_card_is_read_with_its_id() -> None:
    found, problems = read("injects:\n  rain:\n    title: Rain\n    tags: [grief]\n    text: It rains.\n")
    assert isinstance(found, tuple)
    assert (found[0], str(found[1].title), found[1].tags) == ("rain", "Rain", ("grief",))
    assert problems == []


def test_it_may_name_what_the_scenario_has() -> None:
    """Cards, actions, objectives, tags; and only a slip is told."""
    found, problems = read(
        "injects:\n  rain:\n    title: Rain\n    to: [assembly]\n    tags: [greif]\n    objective: q1.cost\n"
        "    expects: [{who: assembly, order: brief, if_missed: reminder}]\n"
    )
    assert found is not None
    assert problems == [("unknown_tag", CARD, 5)]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "    to: [nobody_at]\n    choices: {north: {options: [{id: a, stance: hold, label: A}]}}\n",
            ("addressee", CARD, 5),
        ),
        ("    objective: q9\n", ("unknown_name", CARD, 4)),
        ("    expects: [{who: north, order: brief}]\n", ("expects", CARD, 4)),
        (f"    text: {'long ' * 900}\n", ("too_long", CARD, 4)),
    ],
)
def test_the_checks_of_a_scenario_hold(lines: str, problem: tuple[str, str, int]) -> None:
    found, problems = read(f"injects:\n  rain:\n    title: Rain\n{lines}")
    assert found is None
    assert problem in problems
