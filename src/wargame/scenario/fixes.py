"""What can be mended without asking: for a problem, the edit of the source text that its hint already tells.

Edits are made by place, so comments and layout stay. Whether one really helps is for the caller to see, by checking again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from wargame.scenario.problem import Problem, likeness, suggested
from wargame.scenario.scalars import shown

ALIKE = 0.8  # what a name must at least have in common with the one suggested
TAB = "  "

_WORD = re.compile(r"([\"']?)([A-Za-z_][\w.-]*)\1")
_QUOTED = re.compile(r"([\"'])([^\"'\n]*)\1")
_TRUTH = re.compile(r"write `(true|false)`")
_PUT_IN_QUOTES = re.compile(r'put it in quotes: "(.*)"\Z')
_OPERATORS = {"=": "==", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not", "<>": "!=", "=<": "<=", "=>": ">="}


@frozen
class Edit:
    """`length` characters of a line, from a column (both from 1), become `text`."""

    line: int
    column: int
    length: int
    text: str


@frozen
class Fix:
    """What mends a problem, and a sentence that says what it did."""

    problem: Problem
    edits: tuple[Edit, ...]
    said: str


def propose(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """How to mend a problem in a file of these lines; None where only its writer can know."""
    number = problem.mark.line
    if not 1 <= number <= len(lines):
        return None
    for kind in KINDS:
        fix = kind(problem, lines)
        if fix is not None:
            return fix
    return None


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made. Of two that overlap only the first is."""
    lines = text.split("\n")
    end = (0, 0)
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column)):
        if (edit.line, edit.column) >= end:
            kept.append(edit)
            end = (edit.line, edit.column + max(1, edit.length))
    for edit in reversed(kept):
        line, start = lines[edit.line - 1], edit.column - 1
        lines[edit.line - 1] = line[:start] + edit.text + line[start + edit.length :]
    return "\n".join(lines)


# ---------------------------------------------------------------- kinds of fixes


def _name(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """A name with one letter wrong, where only one known name is so close."""
    word = suggested(problem.hint)
    match = _WORD.match(lines[problem.mark.line - 1], problem.mark.column - 1) if word else None
    if match is None or likeness(match.group(2), word) < ALIKE:
        return None
    if problem.width not in (1, len(match.group(2)), len(match.group())):
        return None  # more is underlined than this word
    edit = Edit(problem.mark.line, match.start(2) + 1, len(match.group(2)), word)
    return Fix(problem, (edit,), f"{shown(match.group(2))} is now {shown(word)}.")


def _operator(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """`=` where `==` is meant, and the signs of other languages."""
    line, start = lines[problem.mark.line - 1], problem.mark.column - 1
    written = line[start : start + problem.width]
    if problem.code != "operator" or written not in _OPERATORS or line[start : start + 2] in ("+=", "-="):
        return None
    operator = text = _OPERATORS[written]
    if operator.isalpha():
        before, after = line[:start], line[start + problem.width :]
        text = f"{' ' if before[-1:].strip() and before[-1:] not in '([' else ''}{operator}{'' if after[:1] == ' ' else ' '}"
    edit = Edit(problem.mark.line, problem.mark.column, problem.width, text)
    return Fix(problem, (edit,), f"`{written}` is now `{operator}`.")


def _unquoted(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """A number in quotes, and `yes` or `"true"` where a truth belongs."""
    truth = _TRUTH.match(problem.hint)
    if problem.code != "wrong_type" or (truth is None and problem.hint != "write it without quotes"):
        return None
    line, start = lines[problem.mark.line - 1], problem.mark.column - 1
    quoted = _QUOTED.match(line, start - 1) if start else None
    old = quoted.group() if quoted is not None else line[start : start + problem.width]
    new = truth.group(1) if truth is not None else quoted.group(2) if quoted is not None else old
    edit = Edit(problem.mark.line, start + (0 if quoted is not None else 1), len(old), new)
    return Fix(problem, (edit,), f"{shown(old)} is now {shown(new)}.")


def _quoted(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """A number where a text belongs."""
    match = _PUT_IN_QUOTES.match(problem.hint)
    line, start = lines[problem.mark.line - 1], problem.mark.column - 1
    if match is None or line[start : start + problem.width] != match.group(1):
        return None
    edit = Edit(problem.mark.line, problem.mark.column, problem.width, f'"{match.group(1)}"')
    return Fix(problem, (edit,), f"{shown(match.group(1))} is now a text, in quotes.")


def _format(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """A main file that does not say which version of the language it is written in."""
    if problem.code != "missing_key" or problem.message != "The file lacks `format`.":
        return None
    end = "\r\n" if lines[0].endswith("\r") else "\n"
    edit = Edit(problem.mark.line, 1, 0, f"format: 1{end}")
    return Fix(problem, (edit,), "`format: 1` stands first now.")


def _tabs(problem: Problem, lines: Sequence[str]) -> Fix | None:
    """Tabs: all of a file at once, where they alone make up the indentation."""
    if problem.code != "tab" or any(re.match(r" +\t|\t+ ", line) for line in lines):
        return None
    if any(line.startswith("\t") for line in lines) and any(line.startswith(" ") for line in lines):
        return None  # how many spaces a tab was taken for, only its writer knows
    edits = []
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip("\t"))
        if "\t" in line:
            text = TAB * indent + line[indent:].replace("\t", " ")
            edits.append(Edit(number, 1, len(line), text))
    return Fix(problem, tuple(edits), "The tabs of this file are now spaces.")


KINDS: tuple[Callable[[Problem, Sequence[str]], Fix | None], ...] = (_tabs, _format, _operator, _unquoted, _quoted, _name)
