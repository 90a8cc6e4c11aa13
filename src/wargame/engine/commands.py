"""Commands: what somebody wants to happen. `wargame.engine.parse` reads them from what a client sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, frozen

from wargame.engine.state import FloorDraft, Order
from wargame.rules.program import Program
from wargame.words import Words


@frozen
class Refused:
    """Nothing has changed; `reason` is for people, `code` for programs.

    `words` is an English sentence with `{names}` for `values` (another refusal can be one), so that it can be said in the
    language of the table.
    """

    code: str
    words: str
    values: Mapping[str, object] = field(factory=dict, hash=False)

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.said(Words())

    def said(self, words: Words) -> str:
        """Why, in another language."""
        values = {name: value.said(words) if isinstance(value, Refused) else value for name, value in self.values.items()}
        return words.phrase(self.words, **values)


@frozen
class Choose:
    """Makes a secret choice."""

    choice: int
    option: int


@frozen
class Place:
    """Says where pieces start."""

    placement: int
    areas: tuple[int, ...]


@frozen
class Respond:
    """Answers a card; `option` by id."""

    number: int
    option: str
    rationale: str
    belief: int | None


@frozen
class GiveOrders:
    """Replaces the draft of orders."""

    orders: tuple[Order, ...]


@frozen
class GiveOrder:
    """Gives an order that is carried out at once."""

    order: Order


@frozen
class Propose:
    """Puts an agreement on the table."""

    agreement: int
    side_terms: str


@frozen
class Sign:
    """Signs a proposal."""

    agreement: int


@frozen
class Decline:
    """Takes a proposal off the table."""

    agreement: int


@frozen
class Leave:
    """Leaves an agreement."""

    agreement: int


@frozen
class Transfer:
    """Gives main resource to another seat."""

    to: int
    amount: int


@frozen
class TakeFloor:
    """Drafts lobbying, position and veto on the motion."""

    draft: FloorDraft


@frozen
class Say:
    """Sends a message (to None: everybody)."""

    to: tuple[int, ...] | None
    text: str


@frozen
class Seal:
    """Is done with this phase."""


@frozen
class Reopen:
    """Is not done after all."""


@frozen
class Petition:
    """Proposes something that no order stands for: what, up to three reasons, and what speaks against it."""

    what: str
    because: tuple[str, ...]
    against: str


@frozen
class Dissent:
    """Puts a line against a ruling."""

    number: int
    text: str


@frozen
class TakeNote:
    """Writes a note for the review: the fact, so what, what to change, and for which objective (empty: none)."""

    fact: str
    so_what: str
    change: str
    objective: str
    anonymous: bool = False
    private: bool = False  # for facilitators only


@frozen
class VoteNote:
    """Votes for a note, or takes the vote back."""

    number: int


@frozen
class OpenBoard:
    """Opens the board of notes to players, or closes it."""

    open: bool


@frozen
class Estimate:
    """Says how likely a petition is to come off, in per cent."""

    number: int
    percent: int


@frozen
class Defer:
    """Holds a petition back while the rest goes on."""

    number: int
    reason: str


@frozen
class Rule:
    """Rules on a petition: odds in per cent, effects (as text) for either outcome, and the words that players read."""

    number: int
    odds: int
    success: str
    failure: str
    ruling: str
    ruling_fails: str = ""  # empty: only that it failed
    public: bool = True


@frozen
class TurnDown:
    """Settles a petition without a roll: it does not happen."""

    number: int
    ruling: str


@frozen
class Endorse:
    """Is for what another member of the team suggests."""

    number: int


@frozen
class Object:
    """Is against it."""

    number: int
    why: str


@frozen
class Withdraw:
    """Takes the own suggestion back."""

    number: int


@frozen
class Start:
    """Starts the game: 32 random bytes, the seats in play (empty: all), and whether phases have deadlines."""

    seed: bytes
    played: tuple[str, ...] = ()
    timed: bool = True


@frozen
class SetTeam:
    """Who the people of a seat are: (person, name), those of them who are connected, and the captain (empty: as before)."""

    seat: int
    members: tuple[tuple[str, str], ...]
    present: tuple[str, ...]
    captain: str = ""


@frozen
class Tick:
    """Time has passed."""


@frozen
class Advance:
    """Ends the phase now."""


@frozen
class Pause:
    """Stops the clock."""


@frozen
class Resume:
    """Starts the clock again."""


@frozen
class Extend:
    """Gives the phase more time (or less)."""

    seconds: int


@frozen
class Fire:
    """Deals a card now; variables by name."""

    card: int
    bound: tuple[tuple[int, int], ...]  # (variable, member)


@frozen
class Hold:
    """Keeps a card of the time-line (by the name of its line) from coming by itself."""

    line: str
    reason: str


@frozen
class LetGo:
    """Lets a card that is held come by itself again."""

    line: str


@frozen
class Release:
    """Deals a card of the time-line now."""

    line: str


@frozen
class Retime:
    """Gives a card of the time-line another turn."""

    line: str
    turn: int


@frozen
class Shift:
    """Moves a card of the time-line, and all that are due at its turn or later, by so many turns."""

    line: str
    turns: int


@frozen
class Skip:
    """Takes a card off the time-line."""

    line: str
    reason: str


@frozen
class Plan:
    """Puts a card on the schedule for a turn; variables by name."""

    card: int
    turn: int
    bound: tuple[tuple[int, int], ...]  # (variable, member)


@frozen
class Recall:
    """Takes a card back from the table; `undo`: what it changed is set back."""

    number: int
    reason: str
    undo: bool


@frozen
class Correct:
    """Puts other words on a card on the table (empty: as they are)."""

    number: int
    title: str
    text: str
    reason: str


@frozen
class Act:
    """Does what a seat may do, on its behalf; `what` in words."""

    seat: int
    body: PlayerBody
    reason: str


@frozen
class Decide:
    """Decides the motion on the floor."""

    passed: bool
    reason: str


@frozen
class EndGame:
    """Ends the game, with an ending or without one (-1)."""

    ending: int
    reason: str


@frozen
class Override:
    """Sets a slot."""

    slot: int
    value: int
    reason: str


@frozen
class Write:
    """Puts a card on the shelf: YAML with `injects: {id: {...}}`."""

    source: str


@frozen
class Happen:
    """Tells everybody of something, and carries out effects (as typed)."""

    text: str
    effects: str
    reason: str


@frozen
class Announce:
    """Says something to everybody as the facilitator."""

    text: str


PlayerBody: TypeAlias = (
    Choose
    | Place
    | Respond
    | GiveOrders
    | GiveOrder
    | Propose
    | Sign
    | Decline
    | Leave
    | Transfer
    | TakeFloor
    | Say
    | Seal
    | Reopen
    | Endorse
    | Object
    | Withdraw
    | Petition
    | Dissent
    | TakeNote
    | VoteNote
)
HouseBody: TypeAlias = (
    Start
    | SetTeam
    | Tick
    | Advance
    | Pause
    | Resume
    | Extend
    | Fire
    | Hold
    | LetGo
    | Release
    | Retime
    | Shift
    | Skip
    | Plan
    | Recall
    | Correct
    | Act
    | Decide
    | EndGame
    | Override
    | Write
    | Happen
    | Announce
    | Say
    | Estimate
    | Defer
    | Rule
    | TurnDown
    | TakeNote
    | VoteNote
    | OpenBoard
)
Body: TypeAlias = PlayerBody | HouseBody


@frozen
class Command:
    """A body, who sends it (a viewer number), the turn and phase its sender saw, and the host's time in ms."""

    who: int
    body: Body
    turn: int
    phase: str
    at: int = 0
    person: str = ""  # which member of the seat, or which facilitator; empty where the host does not say


def house(program: Program, body: HouseBody, at: int = 0) -> Command:
    """A command of the host or facilitator; such commands are taken in any phase."""
    return Command(program.white_cell, body, -1, "", at)
