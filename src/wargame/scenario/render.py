"""Problems as text for people, as JSON for tools, and as annotations for a code host."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from wargame.scenario.problem import Problem, Report, Severity
from wargame.scenario.scalars import printable

MOST_COLUMNS = 110  # of a source line that are shown
CONTEXT = 40  # columns kept before the place when a long line is cut


@frozen
class Checked:
    """The problems of one scenario, with the texts to show them in. `paths` leads from a mark's file to the path to show."""

    report: Report
    sources: Mapping[str, str]
    paths: Mapping[str, str]
    complete: bool = True  # everything was looked at: no file that cannot be read keeps problems out of sight
    tests: int = 0  # how many were run

    def path(self, problem: Problem) -> str:
        """The file of a problem as the designer knows it, printable."""
        return printable(self.paths.get(problem.mark.file, problem.mark.file))


def render_text(checked: Sequence[Checked], files: int) -> str:
    """All problems with their source lines, then one line that sums up. `files`: how many scenarios were checked."""
    blocks = [block(one, problem) for one in checked for problem in one.report.sorted()]
    return "\n\n".join([*blocks, summary(checked, files)]) + "\n"


def render_json(checked: Sequence[Checked]) -> str:
    """A JSON object: `problems`, a list of objects with file, line, column, width, severity, code, message and hint; and
    `allowed`, the same of the warnings that the scenarios allow."""
    problems = [_plain(one, problem) for one in checked for problem in one.report.sorted()]
    allowed = [_plain(one, problem) for one in checked for problem in sorted(set(one.report.allowed))]
    return json.dumps({"problems": problems, "allowed": allowed}, indent=2, ensure_ascii=False) + "\n"


def _plain(one: Checked, problem: Problem) -> dict[str, object]:
    return {
        "file": one.path(problem),
        "line": problem.mark.line,
        "column": problem.mark.column,
        "width": problem.width,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": printable(problem.message),
        "hint": printable(problem.hint),
    }


def render_github(checked: Sequence[Checked]) -> str:
    """One workflow command a problem, which code hosts show beside the line; what is allowed is left out."""
    lines = []
    for one in checked:
        for problem in one.report.sorted():
            place = {
                "file": one.path(problem),
                "line": str(problem.mark.line),
                "col": str(problem.mark.column),
                "endColumn": str(problem.mark.column + problem.width),
                "title": problem.code,
            }
            properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
            words = problem.message + (f" Hint: {problem.hint}" if problem.hint else "")
            lines.append(f"::{problem.severity.value} {properties}::{_data(printable(words))}\n")
    return "".join(lines)


def summary(checked: Sequence[Checked], files: int) -> str:
    """One line: what was checked, how many problems there are, how many warnings are allowed, how many tests were run."""
    problems = [problem for one in checked for problem in one.report.sorted()]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    subject = _count(files, "scenario or rulebook", "scenarios and rulebooks")
    aside = sum(len(set(one.report.allowed)) for one in checked)
    allowed = f" {_count(aside, 'warning')} allowed." if aside else ""
    ran = sum(one.tests for one in checked)
    allowed += f" {_count(ran, 'test')} run." if ran else ""
    if not problems:
        return f"{subject} checked, no problems.{allowed}"
    found = " and ".join(
        part for part in (errors and _count(errors, "error"), warnings and _count(warnings, "warning")) if part
    )
    return f"{subject} checked: {found}.{allowed}"


def pointer(checked: Sequence[Checked]) -> str:
    """One line on where codes are explained, with the first code as the example; empty where there is no problem."""
    codes = [problem.code for one in checked for problem in one.report.sorted()]
    return f"`wargame check --explain {codes[0]}` says more about a code.\n" if codes else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def block(checked: Checked, problem: Problem) -> str:
    """A problem with its source line, its place underlined, and its hint."""
    place = f"{checked.path(problem)}:{problem.mark.line}:{problem.mark.column}"
    lines = [f"{place}: {problem.severity.value}[{problem.code}]: {printable(problem.message)}"]
    source = _source(_lines(checked.sources.get(problem.mark.file, "")), problem.mark.line)
    if source is not None:
        shown, before = _cut(source, problem.mark.column - 1)
        number = str(problem.mark.line)
        margin = " " * len(number)
        lead = _columns(shown[:before])
        marked = shown[before : before + problem.width]
        lines.append(f"  {number} | {shown}".rstrip())
        lines.append(f"  {margin} | {' ' * lead}{'^' * max(1, _columns(marked))}")
    if problem.hint:
        lines.append(f"  hint: {printable(problem.hint)}")
    return "\n".join(lines)


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _source(lines: Sequence[str], number: int) -> str | None:
    """A line of a file, printable and as long as it was; None if there is nothing to show."""
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return None
    return printable(lines[number - 1].replace("\t", " "))


def _cut(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column that fits, and where the column is in it."""
    if len(line) <= MOST_COLUMNS:
        return line, min(column, len(line))
    start = max(0, min(column - CONTEXT, len(line) - MOST_COLUMNS))
    part = line[start : start + MOST_COLUMNS]
    if start + MOST_COLUMNS < len(line):
        part = part[:-1] + "…"
    if start:
        part = "…" + part[1:]
    return part, column - start


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
