"""The codes of problems as they stand in the sources: what tests of their fixtures and of their catalogue go by."""

from __future__ import annotations

import ast
from pathlib import Path

import wargame.analysis.trials
import wargame.rules
import wargame.scenario
from wargame.scenario.problem import Severity

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"

# What is called to report, and the severity it reports with. Its second argument is the code.
REPORTING = {
    "error": Severity.ERROR,
    "wrong": Severity.ERROR,
    "wrong_attribute": Severity.ERROR,
    "refuse": Severity.ERROR,
    "_Mention": Severity.ERROR,
    "warning": Severity.WARNING,
}


def reported(package: str) -> dict[str, Severity]:
    """Every code that stands as text in a call of a package that reports, with its severity."""
    found: dict[str, Severity] = {}
    for file in sorted(Path(package).rglob("*.py")):
        found |= _in(file)
    return found


def _in(file: Path) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in REPORTING:
            for code in _texts(node.args[1]):
                found[code] = REPORTING[name]
    return found


def _texts(node: ast.expr) -> list[str]:
    """A text, or both of `A if C else B`."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def of_scenario() -> dict[str, Severity]:
    """What reading, structuring and checking report."""
    return reported(wargame.scenario.__path__[0])


def of_tests() -> dict[str, Severity]:
    """What running the tests of a scenario reports."""
    return _in(Path(wargame.analysis.trials.__file__))


def of_rules() -> dict[str, Severity]:
    """What the rules report."""
    return reported(wargame.rules.__path__[0])
