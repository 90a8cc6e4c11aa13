"""Problems are shown in their place, in three formats, and nothing that a file holds reaches a terminal raw."""

from __future__ import annotations

import json

from wargame.scenario.node import Mark
from wargame.scenario.problem import Report
from wargame.scenario.render import Checked, render_github, render_json, render_text, summary


def checked(source: str, mark: Mark, width: int = 1, *, message: str = "Wrong.", hint: str = "") -> Checked:
    report = Report()
    report.error(mark, "code", message, hint, width)
    return Checked(report, {"f.yaml": source}, {"f.yaml": "games/f.yaml"})


def test_the_caret_stands_under_the_columns() -> None:
    """The line is shown with its number and every column in question is underlined."""
    text = render_text([checked("a: 1\nkey: value\n", Mark("f.yaml", 2, 6), 5, hint="mend it")], 1)
    assert text == (
        "games/f.yaml:2:6: error[code]: Wrong.\n"
        "  2 | key: value\n"
        "    |      ^^^^^\n"
        "  hint: mend it\n"
        "\n"
        "1 scenario or rulebook checked: 1 error.\n"
    )


def test_wide_and_combining_characters_keep_the_caret_in_place() -> None:
    """Columns are those of a terminal: emoji take two, combining marks none."""
    lines = render_text([checked("名前 e\u0301: x", Mark("f.yaml", 1, 8), 1)], 1).split("\n")
    assert lines[2] == "    | " + " " * 8 + "^"


def test_long_lines_are_cut_around_the_place() -> None:
    """A line that does not fit is shown around the place, with the caret still under it."""
    source = "x" * 500 + "HERE" + "y" * 500
    lines = render_text([checked(source, Mark("f.yaml", 1, 501), 4)], 1).split("\n")
    assert len(lines[1]) < 130
    at = lines[2].index("^^^^")
    assert lines[1][at : at + 4] == "HERE"


def test_control_characters_never_come_through() -> None:
    """Escapes and direction marks in a line, a message, a hint or a path are replaced."""
    report = Report()
    report.error(Mark("f\x1b.yaml", 1, 1), "code", "Bad \x1b[2J thing", "do \u202e this")
    one = Checked(report, {"f\x1b.yaml": "a\x1b]0;title\x07b\tc\u2028"}, {})
    for text in (render_text([one], 1), render_github([one]), render_json([one])):
        assert not any(character in text for character in "\x1b\x07\u202e\u2028\t")


def test_places_that_do_not_exist_are_survived() -> None:
    """A mark beyond the file, or in a file that was not read, is shown without a line."""
    for mark in (Mark("f.yaml", 99, 1), Mark("g.yaml", 1, 1), Mark("", 0, 0), Mark("f.yaml", 1, 500)):
        assert "error[code]: Wrong." in render_text([checked("a: 1\n", mark)], 1)


def test_json_holds_everything() -> None:
    """Each problem is an object with its place, code and words."""
    assert json.loads(render_json([checked("a: 1\n", Mark("f.yaml", 1, 4), 2, hint="mend it")]))["problems"] == [
        {
            "file": "games/f.yaml",
            "line": 1,
            "column": 4,
            "width": 2,
            "severity": "error",
            "code": "code",
            "message": "Wrong.",
            "hint": "mend it",
        }
    ]


def test_annotations_are_escaped() -> None:
    """What would end a workflow command early is escaped."""
    text = render_github([checked("a: 1\n", Mark("f.yaml", 1, 4), message="50%, ::warning:: done")])
    assert text == "::error file=games/f.yaml,line=1,col=4,endColumn=5,title=code::50%25, ::warning:: done\n"


def test_the_summary_counts() -> None:
    """Errors and warnings are counted apart."""
    report = Report()
    assert summary([], 0) == "0 scenarios and rulebooks checked, no problems."
    report.warning(Mark("f", 1, 1), "a", "A.")
    report.error(Mark("f", 1, 1), "b", "B.")
    report.error(Mark("f", 2, 1), "b", "B.")
    assert summary([Checked(report, {}, {})], 2) == "2 scenarios and rulebooks checked: 2 errors and 1 warning."
