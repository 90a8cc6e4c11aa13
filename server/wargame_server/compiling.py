"""From a scenario on disk, in memory or in a journal to the program that is played."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load, load_sources
from wargame.scenario.problem import Report, Severity
from wargame_server.journal.rows import Opening

SCENARIO_FILE = "scenario.yaml"


class ScenarioError(ValueError):
    """A scenario that cannot be played; `report` holds every problem."""

    def __init__(self, report: Report) -> None:
        problems = [f"{problem.mark}: {problem.message}" for problem in report.sorted() if problem.severity is Severity.ERROR]
        super().__init__("\n".join(problems) or "The scenario cannot be read.")
        self.report = report


def compiled(scenario: Path | str | Mapping[str, str], entry: str = SCENARIO_FILE) -> tuple[Program, Opening]:
    """The program of a scenario (a folder or main file, or its sources by path) and the first row of a game of it. Raises
    ScenarioError."""
    if isinstance(scenario, Mapping):
        loaded = load_sources(scenario, entry)
    else:
        path = Path(scenario)
        entry = path.name if path.is_file() else SCENARIO_FILE
        loaded = load(path)
    if loaded.scenario is None or loaded.report.failed:
        raise ScenarioError(loaded.report)
    report = Report()
    program = build(loaded.scenario, report)
    if program is None or report.failed:
        raise ScenarioError(report)
    return program, Opening(loaded.sources, entry)


def rebuilt(opening: Opening) -> Program:
    """The program of a game that was kept. Raises ScenarioError."""
    return compiled(opening.sources, opening.entry)[0]
