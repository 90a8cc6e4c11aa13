"""Problems: what is wrong with a scenario, said so that its designer can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import Enum
from heapq import nlargest
from itertools import islice

from attrs import define, field, frozen

from wargame.scenario.node import Mark

_SUGGESTION = re.compile(r"did you mean `([^`]+)`\?")
MOST_ERRORS = 200  # in one scenario
LONGEST_WORD = 100
MOST_KNOWN = 1000
MOST_COMPARED = 20  # letter by letter; of the others only which letters they have
CLOSE = 0.6  # how alike a word must be to be suggested


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


class TooManyProblemsError(Exception):
    """Enough is wrong; saying more would help nobody."""


@define
class Report:
    """All problems found so far; checking goes on after the first. `allowed` are warnings set aside."""

    problems: list[Problem] = field(factory=list)
    allowed: list[Problem] = field(factory=list)
    most: int | None = None

    def error(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        """Adds an error. Raises `TooManyProblemsError` where there are `most` problems already."""
        if self.most is not None and len(self.problems) >= self.most:
            raise TooManyProblemsError
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


def guess(word: str, known: Iterable[str]) -> str:
    """The hint of `suggest` as a sentence that follows another, with the space before it; or empty."""
    hint = suggest(word, known)
    return f" {hint[0].upper()}{hint[1:]}" if hint else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known word ("did you mean `escalation`?"), two if they are equally close, or empty."""
    if len(word) > LONGEST_WORD:
        return ""  # no name is so long, and comparing would take for ever
    matcher = SequenceMatcher(b=word)
    quick: list[tuple[float, str]] = []
    for name in dict.fromkeys(islice(known, MOST_KNOWN)):
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= CLOSE and (bound := matcher.quick_ratio()) >= CLOSE:
            quick.append((bound, name))
    scores = {name: likeness(word, name) for _, name in nlargest(MOST_COMPARED, quick)}
    best = max(scores.values(), default=0.0)
    close = sorted(name for name, score in scores.items() if score == best >= CLOSE)[:2]
    return f"did you mean {' or '.join(f'`{one}`' for one in close)}?" if close else ""


def suggested(hint: str) -> str:
    """The one word that `suggest` names in a hint, or empty where it names none or two."""
    match = _SUGGESTION.match(hint)
    return match.group(1) if match is not None else ""


def likeness(word: str, other: str) -> float:
    """How alike two words are, 0 to 1, as `suggest` measures it."""
    return SequenceMatcher(None, other, word).ratio()
