"""A fix is the edit that the hint of a problem tells, at its place, and none where only the writer can know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.scenario.fixes import Edit, apply, propose
from wargame.scenario.node import Mark
from wargame.scenario.problem import Problem, Severity


def mended(line: str, column: int, code: str, hint: str, width: int, message: str = "") -> str | None:
    """The line after the fix of a problem in it; None if there is no fix."""
    problem = Problem(Mark("scenario.yaml", 1, column), code, message, hint, Severity.ERROR, width)
    fix = propose(problem, line.split("\n"))
    return None if fix is None else apply(line, fix.edits)


@pytest.mark.parametrize(
    ("line", "column", "code", "hint", "width", "wanted"),
    [
        ("[escaltion +1]", 2, "unknown_name", "did you mean `escalation`?", 9, "[escalation +1]"),
        ('goal == "disrpt"', 9, "unknown_option", "did you mean `disrupt`?", 8, 'goal == "disrupt"'),
        ("tacks: {}", 1, "unknown_key", "did you mean `tracks`? The keys are: tracks", 5, "tracks: {}"),
        ("turn = 3", 6, "operator", "did you mean `==`?", 1, "turn == 3"),
        ("a && b", 3, "operator", "write `and`", 2, "a and b"),
        ("a&&b", 2, "operator", "write `and`", 2, "a and b"),
        ("(!a)", 2, "operator", "write `not`", 1, "(not a)"),
        ("count: '3'", 9, "wrong_type", "write it without quotes", 1, "count: 3"),
        ("once: yes", 7, "wrong_type", "write `true`", 3, "once: true"),
        ('once: "no", a: b', 8, "wrong_type", "write `false` without quotes", 2, "once: false, a: b"),
        ("cite: 5", 7, "wrong_type", 'put it in quotes: "5"', 1, 'cite: "5"'),
    ],
)
def test_each_kind_of_fix(line: str, column: int, code: str, hint: str, width: int, wanted: str) -> None:
    """Only the characters in question change."""
    assert mended(line, column, code, hint, width) == wanted


@pytest.mark.parametrize(
    ("line", "column", "code", "hint", "width"),
    [
        ("[escal +1]", 2, "unknown_name", "did you mean `escalation`?", 5),  # not alike enough to be sure
        ("[strike_c]", 2, "unknown_name", "did you mean `strike_a` or `strike_b`?", 8),
        ("[escaltion.x +1]", 2, "unknown_name", "did you mean `escalation`?", 4),  # something else is underlined
        ("x += 1", 3, "operator", "write `x +1`", 2),
        ("a ** b", 3, "operator", "multiply instead", 2),
        ("count: many", 8, "wrong_type", "", 4),
        ("\ta: 1\n  b: 2", 1, "tab", "use spaces", 1),  # how wide a tab is meant to be, nobody knows
    ],
)
def test_what_is_not_certain_is_left(line: str, column: int, code: str, hint: str, width: int) -> None:
    """No fix."""
    assert mended(line, column, code, hint, width) is None


def test_tabs_of_a_file_become_spaces_at_once() -> None:
    """Two for each in the indentation, one for others."""
    assert mended("a:\n\tb:\t1\n\t\tc: 2", 1, "tab", "use spaces", 1) == "a:\n  b: 1\n    c: 2"


def test_the_format_goes_first() -> None:
    """With the line ends of the file."""
    message = "The file lacks `format`."
    assert mended("id: x", 1, "missing_key", "", 1, message) == "format: 1\nid: x"
    assert mended("id: x\r\n", 1, "missing_key", "", 1, message) == "format: 1\r\nid: x\r\n"


def test_a_place_outside_the_file_is_no_place() -> None:
    """As when the file has changed since."""
    problem = Problem(Mark("scenario.yaml", 9, 1), "tab", "A tab stands here.")
    assert propose(problem, ["a: 1"]) is None


@given(
    st.text("ab \n", max_size=40),
    st.lists(st.builds(Edit, st.integers(1, 3), st.integers(1, 9), st.integers(0, 4), st.sampled_from(["", "x", "yy"]))),
)
def test_edits_never_touch_other_lines(text: str, edits: list[Edit]) -> None:
    """Whatever is edited, lines without an edit stay, and there are as many lines."""
    lines = text.split("\n")
    edits = [edit for edit in edits if edit.line <= len(lines)]
    after = apply(text, edits).split("\n")
    assert len(after) == len(lines)
    touched = {edit.line for edit in edits}
    assert all(after[index] == line for index, line in enumerate(lines) if index + 1 not in touched)
