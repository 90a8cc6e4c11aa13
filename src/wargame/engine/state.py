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


@define(unsafe_hash=True)  # not frozen, for speed; nothing changes one
class Dealt:
    """A card on the table this turn. `to`: (seat, index of the addressee in the card)."""

    number: int
    card: int
    bindings: tuple[int, ...]
    to: tuple[tuple[int, int], ...]
    turn: int
    resolved: bool = False
    did: tuple[tuple[int, int, int], ...] = ()  # what its dealing and its answers changed: (slot, old, new)
    title: str = ""  # the facilitator's words in place of the scenario's; empty: not corrected
    text: str = ""

    def done(self, changes: tuple[tuple[int, int, int], ...]) -> Dealt:
        """The same card with an answer revealed, which changed this."""
        did = self.did + changes
        return Dealt(self.number, self.card, self.bindings, self.to, self.turn, True, did, self.title, self.text)


@frozen
class Scheduled:
    """A card to come: due turn, order of scheduling, and bindings (None: bound when dealt)."""

    due: int
    number: int
    card: int
    bindings: tuple[int | None, ...]


@define(unsafe_hash=True)  # not frozen, for speed: every card dealt makes one; nothing changes one
class Line:
    """A line of the MSEL, the time-line of cards (`wargame.engine.msel`)."""

    card: int
    planned: int | None  # turn it was meant for when it came onto the time-line: never changes; None: nobody planned it
    due: int | None  # turn it is meant for now (of a window: the first)
    status: str
    by: str
    until: int | None = None  # last turn of its window
    bindings: tuple[int | None, ...] = ()
    reason: str = ""
    released: int | None = None
    number: int | None = None  # of the dealt card


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


@frozen
class Awaited:
    """Something that is expected of a seat because of a dealt card (`wargame.engine.expectations`)."""

    number: int  # of the dealt card
    card: int
    place: int  # among what the card expects
    seat: int
    due: int  # last turn in which it counts
    status: str = "open"


@frozen
class Petition:
    """Something a seat proposes beyond the rules (`wargame.engine.petitions`)."""

    number: int
    seat: int
    person: str
    what: str
    because: tuple[str, ...]
    against: str
    turn: int
    phase: str
    status: str = "waiting"
    held: str = ""  # why it was held back
    odds: int = 0
    roll: int = 0
    success: bool = False
    ruling: str = ""
    public: bool = False
    settled: int = 0  # its place among the rulings; 0: none yet
    estimates: tuple[tuple[str, int], ...] = ()  # (person, per cent)
    dissents: tuple[tuple[int, str], ...] = ()  # (seat, words)


@frozen
class Note:
    """What somebody wrote down for the review (`wargame.engine.notes`); `votes` are those who voted for it."""

    number: int
    viewer: int
    person: str  # empty: anonymous
    fact: str
    so_what: str
    change: str
    objective: str
    private: bool
    turn: int
    phase: str
    votes: tuple[str, ...] = ()


@frozen
class Suggestion:
    """What a member of a team would have its seat do (`wargame.engine.team`); `body` is the command as JSON text."""

    number: int
    person: str
    about: str  # the subject: a kind and, where there are several, which: `card 3`, `orders`, `agreement compact`
    words: str
    body: str
    endorsed: tuple[str, ...]  # persons, the author first
    objected: tuple[tuple[str, str], ...] = ()  # (person, why)
    due: int | None = None  # ms on the host's clock: adopted then unless somebody objects
    left: int | None = None  # ms that were left when paused


@frozen
class Team:
    """The people of one seat. `members`: (person, name, index of the leaning or -1)."""

    members: tuple[tuple[str, str, int], ...]
    present: tuple[str, ...]
    captain: str
    suggestions: tuple[Suggestion, ...] = ()
    count: int = 0  # suggestions made so far


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
    lines: Mapping[str, Line] = field(factory=dict)  # of the MSEL, those about which there is something to remember
    expected: tuple[Awaited, ...] = ()
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
    outcome: bool | None = None  # how the facilitator decides it, if so
    mover: int = 0  # in a phase of kind `turns`: orders given so far
    doom: int = -1  # ending called by an effect
    result: Result | None = None
    teams: Mapping[int, Team] = field(factory=dict)  # of the seats that ever had several people
    petitions: tuple[Petition, ...] = ()
    notes: tuple[Note, ...] = ()
    board_open: bool = False  # whether players write notes

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

    def held(self, seat: int, made: Suggestion) -> bool:
        """Whether a suggestion waits until the seat, which is done with the phase, is not done after all."""
        kinds = ("card", "orders", "floor", "choice", "placement") if self.status == "setup" else ("card", "orders", "floor")
        return seat in self.sealed and made.about.partition(" ")[0] in kinds

    @property
    def wake(self) -> int | None:
        """The next moment, in ms on the host's clock, at which time alone does something; None: it never does."""
        moments = [] if self.deadline is None else [self.deadline]
        for seat, team in self.teams.items():
            moments += [made.due for made in team.suggestions if made.due is not None and not self.held(seat, made)]
        return min(moments, default=None)

    @property
    def paused(self) -> bool:
        """Whether the facilitator has stopped the clock."""
        return self.left is not None
