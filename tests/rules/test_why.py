"""The parts of a condition are what it is made of: together they say what the condition says, and each tells what it saw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.conditions import known, shaken
from tests.support.play import ALL, program_of
from tests.support.rules import BASE, compiled
from wargame.rules.aside import Aside
from wargame.rules.expression import Scope
from wargame.rules.program import NOBODY, Board, Program
from wargame.rules.why import Part, why
from wargame.scenario.node import Scalar
from wargame.scenario.problem import Report

VALUES = """
values:
  alarmed: escalation > 3 or mood < 0
  "strong(org)": org.strength >= 6 and org.heat < 9
"""


def part_of(text: str, extra: str = VALUES) -> tuple[Program, Part]:
    program = compiled(BASE + extra)
    sheet = Aside.of(program).sheet(report := Report())
    made = why(sheet, Scalar(text), Scope({}))
    assert made is not None, report.problems
    return program, made(sheet.module.link())


def told(part: Part, board: Board) -> list[str]:
    return [term.told(term.value(board, NOBODY)) for term in part.terms]


def test_a_comparison_tells_what_it_saw() -> None:
    """`escalation >= 5` does not hold: escalation is 2."""
    program, part = part_of("escalation + 1 >= max(cartel.heat)")
    board = list(program.start)
    assert part.words == "escalation + 1 >= max(cartel.heat)"
    assert part.test(board, NOBODY) is True
    assert told(part, board) == ["`escalation + 1` is 3", "`max(cartel.heat)` is 3"]


def test_what_is_joined_is_taken_apart() -> None:
    """Words are those that were written, spaces and line breaks made one."""
    _, part = part_of("(tariffs or not ban) and\n  escalation   > 1")
    assert (part.joined, [each.words for each in part.parts]) == ("and", ["tariffs or not ban", "escalation > 1"])
    either = part.parts[0]
    assert (either.joined, [each.joined for each in either.parts]) == ("or", ["", "not"])


def test_a_named_value_shows_what_it_stands_for() -> None:
    """Its parameters are bound to what it is called with."""
    program, part = part_of("strong(mayiza) and not alarmed")
    board = list(program.start)
    strong, calm = part.parts
    assert strong.joined == "is"
    assert [each.words for each in strong.parts[0].parts] == ["org.strength >= 6", "org.heat < 9"]
    assert told(strong.parts[0].parts[0], board) == ["`org.strength` is 7"]
    assert calm.parts[0].joined == "is"


def test_a_truth_and_a_membership() -> None:
    """A flag needs no value; what is looked for in a list tells what it is."""
    program, part = part_of("dialogue and highest(x.heat for x in cartel) in [chapitos, mayiza]")
    board = list(program.start)
    assert [told(each, board) for each in part.parts] == [[], ["`highest(x.heat for x in cartel)` is `chapitos`"]]


def every(part: Part) -> Iterator[Part]:
    yield part
    for each in part.parts:
        yield from every(each)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(number=st.integers(0, 2**30))
def test_the_parts_say_what_the_whole_says(name: str, number: int) -> None:
    """On any board: the condition taken apart is the program's own, and every join is the join of its parts."""
    program, found = program_of(name), known(name)
    board = shaken(program, number)
    for card in program.cards:
        part = found.cards[card.index]
        assert card.when(board, NOBODY) == (part is None or part.test(board, NOBODY))
    for ending in program.endings:
        whole = found.endings[ending.index]
        assert (ending.when is None) == (whole is None)
        assert ending.when is None or whole is None or ending.when(board, NOBODY) == whole.test(board, NOBODY)
    wholes = [part for part in (*found.cards, *found.endings, *found.lapses) if part is not None]
    for part in (each for whole in wholes for each in every(whole)):
        values = [bool(each.test(board, NOBODY)) for each in part.parts]
        joins = {"and": all(values), "or": any(values), "not": not any(values), "is": all(values)}
        assert not part.joined or bool(part.test(board, NOBODY)) == joins[part.joined], part.words
