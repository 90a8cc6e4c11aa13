"""What deserves a line among the figures of a sweep: questions answered one way, choices that seem to pay or to cost."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from attrs import field, frozen

from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.words import certain

FEW = 10  # choices on a card, before its most chosen answer is worth a line
ENOUGH = 40  # choices, before what followed is worth a line


@frozen
class Question:
    """What a card asks an addressee (`who`: a seat, kind, role or variable), where there is more than one option."""

    card: str
    title: str
    who: str
    choices: int
    options: Plain

    @property
    def most(self) -> Plain:
        """The option chosen most."""
        return max(self.options.values(), key=_share)

    @property
    def lopsided(self) -> float:
        """The share of the option chosen most; nothing where too few chose."""
        return _share(self.most) if self.choices >= FEW else 0.0


@frozen
class Choice:
    """An option or an order: its figures and where it stands. `card`: its title, None for an order."""

    told: Plain
    card: str | None
    who: str

    @property
    def paid(self) -> Any:
        """The mean of what it gained over others."""
        return self.told["gain_over_others"]["mean"]


@frozen
class Paying:
    """Choices after which scores differ beyond chance, the largest difference first. `compared`: how many were looked at."""

    compared: int
    more: list[Choice] = field(factory=list)
    less: list[Choice] = field(factory=list)

    @property
    def found(self) -> int:
        """How many differ."""
        return len(self.more) + len(self.less)

    @property
    def by_chance(self) -> int:
        """How many of those compared would differ by chance alone."""
        return round(self.compared / 20)


def questions(numbers: Plain) -> list[Question]:
    """All of them, the most lopsided first; those that few answered last."""
    found = [
        Question(name, card["title"], who, choice["choices"], choice["options"])
        for name, card in numbers["cards"].items()
        for who, choice in card["choices"].items()
        if len(choice["options"]) > 1
    ]
    return sorted(found, key=lambda each: (-each.lopsided, -each.choices, each.title, each.who))


def choices(numbers: Plain) -> Iterator[Choice]:
    """Every option of a question, and every order."""
    for question in questions(numbers):
        for told in question.options.values():
            yield Choice(told, question.title, question.who)
    for seat, actions in numbers["actions"].items():
        for told in actions.values():
            yield Choice(told, None, seat)


def paying(numbers: Plain) -> Paying:
    """What seems to pay and to cost, of choices made often enough."""
    compared = [each for each in choices(numbers) if each.told["chosen"] >= ENOUGH and each.paid is not None]
    found = sorted((each for each in compared if certain(each.told["gain_over_others"])), key=attrgetter("paid"))
    return Paying(len(compared), [each for each in reversed(found) if each.paid > 0], [each for each in found if each.paid < 0])


def _share(told: Plain) -> float:
    return told["share"] or 0.0
