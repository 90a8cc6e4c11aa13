"""Problems: what is wrong with a scenario, said so that its designer can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from itertools import islice

from attrs import define, field, frozen

from wargame.scenario.node import Mark

LONGEST_WORD = 100
MOST_KNOWN = 1000


class Severity(Enum):
    """An error keeps the scenario from being played; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen(order=True)
class Problem:
    """One finding: where, a stable code, one sentence, a hint, and how many columns to underline."""

    mark: Mark
    code: str
    message: str
    hint: str = ""
    severity: Severity = field(default=Severity.ERROR, order=False)
    width: int = 1


@define
class Report:
    """All problems found so far; checking goes on after the first."""

    problems: list[Problem] = field(factory=list)

    def error(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        """Adds an error."""
        self.problems.append(Problem(mark, code, message, hint, Severity.ERROR, width))

    def warning(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        """Adds a warning."""
        self.problems.append(Problem(mark, code, message, hint, Severity.WARNING, width))

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def sorted(self) -> list[Problem]:
        """The problems by place, each once."""
        return sorted(set(self.problems))


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known word ("did you mean `escalation`?"), or empty."""
    if len(word) > LONGEST_WORD:
        return ""  # no name is so long, and comparing would take for ever
    close = get_close_matches(word, list(islice(known, MOST_KNOWN)), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""
