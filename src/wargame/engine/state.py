"""The state of a game: the board and the little beside it that is not a number.

Only `wargame.engine.apply` changes a state. Every field but the board is replaced, never changed in place, so that a
fork costs one copy of the board.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Literal

from attrs import define, field, frozen

from wargame.rules.program import Board, Program

Status = Literal["lobby", "setup", "running", "over"]

SETUP = -1  # phase before the first phase of turn 1


@define(unsafe_hash=True)  # not frozen, for speed: playouts make very many; nothing changes one
class Order:
    """An order as drafted: action, its targets (indices), and why."""

    action: int
    targets: tuple[int, ...] = ()
    rationale: str = ""


@frozen
class Answer:
    """A seat's answer to a card: index of the option, why, and how likely (0-100) it thinks the other side is to escalate."""

    option: int
    rationale: str = ""
    belief: int | None = None


@frozen
class FloorDraft:
    """What a seat does on the motion: points of lobbying (negative: against), its position, whether it would veto."""

    lobby: int = 0
    position: bool | None = None
    veto: bool = True


@frozen
class Dealt:
    """A card on the table this turn. `to`: (seat, index of the addressee in the card)."""

    number: int
    card: int
    bindings: tuple[int, ...]
    to: tuple[tuple[int, int], ...]
    turn: int
    resolved: bool = False

    def done(self) -> Dealt:
        """The same card, answered."""
        return self if self.resolved else Dealt(self.number, self.card, self.bindings, self.to, self.turn, True)


@frozen
class Scheduled:
    """A card to come: due turn, order of scheduling, and bindings (None: bound when dealt)."""

    due: int
    number: int
    card: int
    bindings: tuple[int | None, ...]


@frozen
class Proposal:
    """An agreement on the table."""

    by: int
    signed: frozenset[int]
    side_terms: str = ""


@frozen
class Signed:
    """An agreement in force."""

    by: int
    since: int
    side_terms: str = ""
    leaked: bool = False


@frozen
class PartScore:
    """A component of a score, with the most it can be (None: open)."""

    label: str
    value: float
    max: int | None
    words: str


@frozen
class SeatScore:
    """A seat's result: total 0-100, whether the mandate is met, and what it is made of."""

    seat: int
    total: float
    met: bool
    parts: tuple[PartScore, ...]
    agenda: str = ""  # id
    choices: tuple[tuple[str, str], ...] = ()  # choice id, option id


@frozen
class Result:
    """How a game ended: the ending that cut it short (-1: the last turn), scores of the seats in play, the ledger."""

    ending: int
    scores: tuple[SeatScore, ...]
    top: tuple[int, ...]
    ledger: tuple[tuple[str, float], ...]


@define
class State:
    """A game at one moment."""

    board: Board
    sight: tuple[bytes, ...]  # viewer -> Sight by slot
    memory: tuple[Mapping[int, tuple[int, int, int]], ...]  # viewer -> slot -> level, value as last seen, turn
    status: Status = "lobby"
    turn: int = 0
    phase: int = SETUP
    seed: bytes = b""
    commitment: str = ""
    played: tuple[bool, ...] = ()
    seats: tuple[int, ...] = ()  # those in play, in order
    timed: bool = False
    deadline: int | None = None  # ms on the host's clock
    left: int | None = None  # ms that were left when paused; None: not paused
    hand: tuple[Dealt, ...] = ()
    dealt: int = 0  # cards dealt so far, of those that everybody reads
    schedule: tuple[Scheduled, ...] = ()
    scheduled: int = 0  # cards scheduled so far
    answers: Mapping[tuple[int, int], Answer] = field(factory=dict)  # (card number, seat)
    orders: Mapping[int, tuple[Order, ...]] = field(factory=dict)
    floor: Mapping[int, FloorDraft] = field(factory=dict)
    chosen: Mapping[int, int] = field(factory=dict)  # choice -> option, made by hand
    opened: frozenset[int] = frozenset()  # choices open again
    placed: Mapping[tuple[int, int], tuple[int, ...]] = field(factory=dict)  # (placement, seat) -> areas
    sealed: frozenset[int] = frozenset()
    proposals: Mapping[int, Proposal] = field(factory=dict)
    signed: Mapping[int, Signed] = field(factory=dict)
    entered: Mapping[int, int] = field(factory=dict)  # seat -> agreements entered this turn
    transferred: Mapping[tuple[int, int], int] = field(factory=dict)  # (from, to) -> points this turn
    motions: tuple[tuple[int, int], ...] = ()  # waiting: (motion, who called it or NOBODY)
    motion: tuple[int, int] | None = None  # on the floor
    mover: int = 0  # in a phase of kind `turns`: orders given so far
    doom: int = -1  # ending called by an effect
    result: Result | None = None

    @classmethod
    def fresh(cls, program: Program) -> State:
        """A game that has not started."""
        return cls(
            board=list(program.start),
            sight=program.sight,
            memory=tuple({} for _ in range(program.viewers)),
            played=tuple(True for _ in program.seats),
            seats=tuple(range(len(program.seats))),
        )

    def fork(self) -> State:
        """A state of its own that starts out the same."""
        twin = copy.copy(self)
        twin.board = self.board.copy()
        return twin

    def phase_id(self, program: Program) -> str:
        """The phase's id as players know it."""
        return program.phases[self.phase].id if self.phase >= 0 else "setup"

    @property
    def paused(self) -> bool:
        """Whether the facilitator has stopped the clock."""
        return self.left is not None
