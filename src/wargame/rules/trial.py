"""Tests of a scenario, compiled: what stands on the board, what is done, how dice fall, and what must hold then.

`wargame.rules.trials` makes these from what a designer wrote; `wargame.analysis.trials` carries them out. Numbers are those of
`wargame.rules.program`; functions are `(b, me, was)`: the board, nobody, and the board before anything was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from wargame.rules.program import Effects
from wargame.rules.tree import Type
from wargame.scenario.node import Mark


@frozen(kw_only=True)
class Deed:
    """Something that is done in a test."""

    mark: Mark
    width: int = 1


@frozen(kw_only=True)
class OrderDeed(Deed):
    """A seat gives an order, and it is carried out."""

    seat: int
    action: int
    targets: tuple[int, ...]


@frozen(kw_only=True)
class CardDeed(Deed):
    """A card is dealt and answered; who is not named takes the default."""

    card: int
    bindings: tuple[int | None, ...]
    answers: tuple[tuple[int, str], ...]  # seat, option


@frozen(kw_only=True)
class TriggerDeed(Deed):
    """A card is asked whether it comes this turn, and dealt if so."""

    card: int


@frozen(kw_only=True)
class SignDeed(Deed):
    """All parties sign."""

    agreement: int


@frozen(kw_only=True)
class LeaveDeed(Deed):
    """A seat leaves an agreement."""

    agreement: int
    seat: int


@frozen(kw_only=True)
class VoteDeed(Deed):
    """A motion is voted on. Votes of a bloc that are not given are rolled."""

    motion: int
    ayes: Mapping[str, int]  # bloc -> votes for it
    against: tuple[int, ...]  # seats that vote no with the bloc they decide for
    lobby: tuple[tuple[int, int], ...]  # seat, points
    veto: bool


@frozen(kw_only=True)
class PhaseDeed(Deed):
    """The steps of a phase are taken."""

    phase: int


@frozen(kw_only=True)
class StepDeed(Deed):
    """One built-in step is taken."""

    name: str


@frozen(kw_only=True)
class EffectsDeed(Deed):
    """Effects happen; `seat` is `me` in them, or NOBODY."""

    run: Effects
    seat: int


@frozen(kw_only=True)
class Term:
    """A part of a condition whose value helps to see why it holds or does not."""

    words: str
    value: Callable[..., Any]
    type: Type
    options: tuple[str, ...] = ()  # names by number, for choices, agendas, seats, areas and agreements

    def told(self, value: Any) -> str:
        """The part with the value it has: `` `escalation` is 3 ``."""
        if self.type is Type.TRUTH:
            return f"`{self.words}` {'holds' if value else 'does not hold'}"
        return f"`{self.words}` is {self.named(value)}"

    def named(self, value: Any) -> str:
        """A value in words: a number without a needless decimal point, a name in backquotes."""
        if self.type is Type.TRUTH:
            return "yes" if value else "no"
        if self.options:
            return f"`{self.options[int(value)]}`" if 0 <= value < len(self.options) else "nobody"
        return f"{value:g}" if isinstance(value, float) else str(value)


@frozen(kw_only=True)
class Expectation:
    """What must be so in the end (`negated`: must not be so)."""

    mark: Mark
    width: int = 1
    negated: bool = False


@frozen(kw_only=True)
class Holds(Expectation):
    """A condition over the board."""

    words: str
    test: Callable[..., bool]
    terms: tuple[Term, ...]


@frozen(kw_only=True)
class IsRefused(Expectation):
    """The last deed is refused, with words that contain these."""

    words: str


@frozen(kw_only=True)
class IsDealt(Expectation):
    """A card is dealt."""

    card: int


@frozen(kw_only=True)
class IsScheduled(Expectation):
    """A card is scheduled, so many turns ahead (None: whenever)."""

    card: int
    delay: int | None


@frozen(kw_only=True)
class Ends(Expectation):
    """The game ends with an ending."""

    ending: int


@frozen(kw_only=True)
class IsSaid(Expectation):
    """News that contains these words."""

    words: str


Fall: TypeAlias = int | str  # what is rolled: a number, or who is picked


@frozen(kw_only=True)
class Falls:
    """How dice fall: in the order in which they are rolled, or by label; `others` is for every roll not told."""

    mark: Mark
    listed: tuple[Fall, ...] = ()
    labelled: Mapping[str, tuple[Fall, ...]] = field(factory=dict)
    others: int | None = None


@frozen(kw_only=True)
class Trial:
    """A test."""

    name: str
    mark: Mark
    turn: int
    given: tuple[tuple[int, int], ...]  # slot, value
    falls: Falls
    deeds: tuple[Deed, ...]
    expected: tuple[Expectation, ...]
