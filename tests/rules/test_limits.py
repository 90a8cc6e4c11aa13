"""However much a few lines ask for, checking them ends soon, with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.cli.checking import check_path
from wargame.scenario.problem import MOST_ERRORS

HEAD = """\
format: 1
id: large
title: Large
turns: {count: 3}
phases: [{id: orders, label: Orders, kind: orders}]
tracks:
  t: {label: T, range: [0, 9], start: 1}
"""


def board(seats: int, areas: int, pieces: int, seen_by: str = "all") -> str:
    kinds = "seat_kinds:\n  k: {label: K, resources: {coin: {label: C, range: [0, 9]}}}\nseats:\n"
    return (
        HEAD
        + kinds
        + "".join(f"  s{seat}: {{kind: k, title: S}}\n" for seat in range(seats))
        + "areas:\n"
        + "".join(f"  r{area}: {{label: R, at: [{area % 50}, {area // 50}]}}\n" for area in range(areas))
        + "pieces:\n"
        + "".join(f"  p{part}: {{label: P, of: [k], range: [0, 9], seen_by: {seen_by}}}\n" for part in range(pieces))
    )


def chain(form: str) -> str:
    """Sixteen values, each made from the one before."""
    return "values:\n  v0: t + 1\n" + "".join(f"  v{one}: {form.format(f'v{one - 1}')}\n" for one in range(1, 16))


def order(effects: str) -> str:
    return f"actions:\n  go: {{seat: s0, label: Go, effects: [{effects}]}}\n"


def calls(number: int, most: int = 8) -> str:
    """Effect groups that call each other many times."""
    groups = "effect_groups:\n  g0: [t +1]\n"
    return groups + "".join(f"  g{one}: [{', '.join([f'g{one - 1}'] * number)}]\n" for one in range(1, most))


PARAMETERS = ", ".join(f"p{number}" for number in range(30))
CASES = {
    "values made from values": board(1, 1, 1) + chain("{0} + {0} + {0} + {0} + {0} + {0}"),
    "conditions made from conditions": board(1, 1, 1) + chain("{0} + " * 12 + "{0}"),
    "groups that call groups": board(1, 1, 1) + calls(20) + order("g7"),
    "parameters": board(1, 1, 1) + f'values:\n  "v({PARAMETERS})": nothing\n',
    "a large board": board(250, 200, 20),
    "a board with many who look at it": board(200, 100, 1),
    "sight that depends": board(90, 110, 1, "{owner: exact, others: {exact: here.owner.p0 > 1}}"),
    "loops in loops": board(50, 60, 1) + order('"t + sum(sum(sum(z.x.p0 + y.coin for z in areas) for y in k) for x in k)"'),
    "many loops": board(50, 60, 1)
    + "values:\n"
    + "".join(f"  v{one}: sum(sum(z.x.p0 for z in areas) for x in k) + {one}\n" for one in range(1500)),
    "effects on everybody everywhere": board(50, 50, 1) + order(", ".join(["areas.k.p0 +1"] * 30)),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_said_to_be_too_big(name: str, tmp_path: Path) -> None:
    """An error `too_big`, and no other."""
    (tmp_path / "scenario.yaml").write_text(CASES[name])
    problems = check_path(tmp_path).report.sorted()
    assert {problem.code for problem in problems} == {"too_big"}


def test_of_very_many_problems_some_are_listed(tmp_path: Path) -> None:
    """And it is said that there are more."""
    effects = ", ".join(["tt +1"] * 20)
    text = (
        board(1, 1, 1)
        + "actions:\n"
        + "".join(f"  a{one}: {{seat: s0, label: L, effects: [{effects}]}}\n" for one in range(300))
    )
    (tmp_path / "scenario.yaml").write_text(text)
    problems = check_path(tmp_path).report.sorted()
    assert len(problems) == MOST_ERRORS + 1
    assert {problem.code for problem in problems} == {"unknown_name", "too_many_problems"}
