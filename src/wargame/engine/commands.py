"""Commands: what somebody wants to happen. `wargame.engine.parse` reads them from what a client sent."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from wargame.engine.state import FloorDraft, Order
from wargame.rules.program import Program


@frozen
class Refused:
    """Nothing has changed; `reason` is for people, `code` for programs."""

    code: str
    reason: str


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
class Start:
    """Starts the game: 32 random bytes, the seats in play (empty: all), and whether phases have deadlines."""

    seed: bytes
    played: tuple[str, ...] = ()
    timed: bool = True


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
class Cancel:
    """Takes the scheduled card off the schedule (all its entries)."""

    card: int
    reason: str


@frozen
class Override:
    """Sets a slot."""

    slot: int
    value: int
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
)
HouseBody: TypeAlias = Start | Tick | Advance | Pause | Resume | Extend | Fire | Cancel | Override | Announce
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
