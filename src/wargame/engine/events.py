"""Events: what happened. The journal of events is the game.

An event carries every value that it changed, old and new, so folding needs no rules. `wargame.engine.coding` turns events
into plain data and back.
"""

from __future__ import annotations

from typing import Any, TypeAlias, get_args

from attrs import define, frozen

from wargame.engine.desk_events import (
    BoardOpened,
    CardCorrected,
    CardHeld,
    CardPlanned,
    CardRecalled,
    CardSkipped,
    CardsMoved,
    CardWritten,
    Dissented,
    EndCalled,
    Estimated,
    Forked,
    Happened,
    Noted,
    NoteVoted,
    OnBehalf,
    OutcomeSet,
    Overridden,
    Petitioned,
    PetitionHeld,
    PetitionTurnedDown,
    Rewound,
    Ruled,
)
from wargame.engine.effect import NOTHING, Effect
from wargame.engine.state import Answer, FloorDraft, Order, Result
from wargame.engine.team_events import (
    Adopted,
    DelaysResumed,
    DelaysStopped,
    Dropped,
    Endorsed,
    Objected,
    Suggested,
    TeamSet,
    Withdrawn,
)


@frozen
class GameStarted:
    """Seats in play, the seed and its commitment."""

    played: tuple[bool, ...]
    seed: bytes
    commitment: str
    timed: bool
    deadline: int | None
    effect: Effect


@frozen
class PhaseBegan:
    """A phase that seats act in, or the first of a turn."""

    turn: int
    phase: int
    deadline: int | None
    effect: Effect  # the turn slot


@frozen
class AgendasDealt:
    """Agendas, and choices and placements that were left to chance."""

    effect: Effect


@frozen
class ChoiceMade:
    """A secret choice."""

    seat: int
    choice: int
    option: int
    effect: Effect


@frozen
class PlacementDrafted:
    """Areas for pieces before turn 1."""

    seat: int
    placement: int
    areas: tuple[int, ...]


@frozen
class SetupClosed:
    """Placements carried out, choices left open settled."""

    effect: Effect


@frozen
class CardDealt:
    """A card came onto the table. `reason`: scheduled, trigger, random, deck, fired, released."""

    number: int
    card: int
    bindings: tuple[int, ...]
    to: tuple[tuple[int, int], ...]
    reason: str
    schedule: int  # number of the scheduled card it was, or -1
    effect: Effect
    line: str = ""  # of the MSEL


@frozen
class CardDropped:
    """A scheduled card that will not come (already fired, too soon, or cancelled)."""

    schedule: int
    reason: str


@frozen
class CardArmed:
    """A contingency card waits for the facilitator."""

    card: int
    effect: Effect


@frozen
class ExpectationMissed:
    """What the dealt card expected of a seat (by its place among `expects`) did not come in time. `armed`: the contingency card
    that waits for it now, or -1."""

    number: int
    card: int
    place: int
    seat: int
    armed: int


@frozen
class AnswerDrafted:
    """A seat's answer to a card, not yet revealed."""

    seat: int
    number: int
    answer: Answer


@frozen
class AnswerRevealed:
    """A seat's answer takes effect."""

    seat: int
    number: int
    answer: Answer
    defaulted: bool
    effect: Effect


@frozen
class CardsClosed:
    """The cards on the table are done with."""


@frozen
class OrdersDrafted:
    """A seat's whole draft of orders."""

    seat: int
    orders: tuple[Order, ...]


@frozen
class OrdersPaid:
    """Costs of a seat's orders, taken before any is carried out."""

    seat: int
    effect: Effect


@define(unsafe_hash=True)  # not frozen, as `Effect` is not
class OrderDone:
    """An order: `done`, `refunded` (no longer possible) or `unpaid`, with the reason in words."""

    seat: int
    order: Order
    status: str
    reason: str
    effect: Effect


@frozen
class FloorDrafted:
    """A seat's draft on the motion."""

    seat: int
    draft: FloorDraft


@frozen
class BlocVote:
    """How one bloc voted: chance in per cent and rolls (empty when a seat decided)."""

    bloc: int
    lean: int
    rolls: tuple[int, ...]
    ayes: int


@frozen
class MotionTabled:
    """A motion is on the floor."""

    motion: int
    by: int


@frozen
class MotionVoted:
    """The vote."""

    motion: int
    by: int
    lobby: tuple[tuple[int, int], ...]  # (seat, points)
    blocs: tuple[BlocVote, ...]
    ayes: int
    needed: int
    vetoed: bool
    passed: bool
    effect: Effect


@frozen
class AgreementProposed:
    """An agreement on the table; the proposer has signed."""

    seat: int
    agreement: int
    side_terms: str


@frozen
class AgreementSigned:
    """One more key."""

    seat: int
    agreement: int


@frozen
class AgreementDeclined:
    """A proposal is off the table (seat NOBODY: the phase ended)."""

    seat: int
    agreement: int


@frozen
class AgreementEntered:
    """In force."""

    agreement: int
    by: int
    side_terms: str
    effect: Effect


@frozen
class AgreementHeld:
    """Its terms for this turn."""

    agreement: int
    effect: Effect


@frozen
class AgreementLeaked:
    """A secret agreement came out."""

    agreement: int
    effect: Effect


@frozen
class AgreementEnded:
    """Left by a seat, or lapsed (seat NOBODY)."""

    seat: int
    agreement: int
    effect: Effect


@frozen
class Transferred:
    """Main resource from a seat to another."""

    seat: int
    to: int
    amount: int
    effect: Effect


@frozen
class Upkeep:
    """Income, a clock, expiries or rules of a phase. `what`: income, clock, expiries, effects."""

    what: str
    name: str
    effect: Effect


@frozen
class Sealed:
    """A seat is done with the phase."""

    seat: int


@frozen
class Reopened:
    """A seat is not done after all."""

    seat: int


@frozen
class Said:
    """A message (to None: all). `seat` NOBODY: the facilitator."""

    seat: int
    to: tuple[int, ...] | None
    text: str


@frozen
class Paused:
    """The clock is stopped with `left` ms to go (0 in untimed games)."""

    left: int


@frozen
class Resumed:
    """The clock runs again."""

    deadline: int | None


@frozen
class Extended:
    """A new deadline."""

    deadline: int | None
    left: int | None


@frozen
class GameEnded:
    """The end."""

    result: Result


Event: TypeAlias = (
    GameStarted
    | PhaseBegan
    | AgendasDealt
    | ChoiceMade
    | PlacementDrafted
    | SetupClosed
    | CardDealt
    | CardDropped
    | CardArmed
    | CardPlanned
    | CardHeld
    | CardsMoved
    | CardSkipped
    | CardRecalled
    | CardCorrected
    | ExpectationMissed
    | CardWritten
    | Happened
    | AnswerDrafted
    | AnswerRevealed
    | CardsClosed
    | OrdersDrafted
    | OrdersPaid
    | OrderDone
    | FloorDrafted
    | MotionTabled
    | MotionVoted
    | AgreementProposed
    | AgreementSigned
    | AgreementDeclined
    | AgreementEntered
    | AgreementHeld
    | AgreementLeaked
    | AgreementEnded
    | Transferred
    | Upkeep
    | Sealed
    | Reopened
    | Said
    | Paused
    | Resumed
    | Extended
    | Overridden
    | OnBehalf
    | OutcomeSet
    | EndCalled
    | Petitioned
    | Estimated
    | PetitionHeld
    | Ruled
    | PetitionTurnedDown
    | Dissented
    | Noted
    | NoteVoted
    | BoardOpened
    | Rewound
    | Forked
    | TeamSet
    | Suggested
    | Endorsed
    | Objected
    | Withdrawn
    | Dropped
    | Adopted
    | DelaysStopped
    | DelaysResumed
    | GameEnded
)

EVENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}

__all__ = [
    "EVENTS",
    "NOTHING",
    "Adopted",
    "AgendasDealt",
    "AgreementDeclined",
    "AgreementEnded",
    "AgreementEntered",
    "AgreementHeld",
    "AgreementLeaked",
    "AgreementProposed",
    "AgreementSigned",
    "AnswerDrafted",
    "AnswerRevealed",
    "BlocVote",
    "BoardOpened",
    "CardArmed",
    "CardCorrected",
    "CardDealt",
    "CardDropped",
    "CardHeld",
    "CardPlanned",
    "CardRecalled",
    "CardSkipped",
    "CardWritten",
    "CardsClosed",
    "CardsMoved",
    "ChoiceMade",
    "DelaysResumed",
    "DelaysStopped",
    "Dissented",
    "Dropped",
    "Effect",
    "EndCalled",
    "Endorsed",
    "Estimated",
    "Event",
    "ExpectationMissed",
    "Extended",
    "FloorDrafted",
    "Forked",
    "GameEnded",
    "GameStarted",
    "Happened",
    "MotionTabled",
    "MotionVoted",
    "NoteVoted",
    "Noted",
    "Objected",
    "OnBehalf",
    "OrderDone",
    "OrdersDrafted",
    "OrdersPaid",
    "OutcomeSet",
    "Overridden",
    "Paused",
    "PetitionHeld",
    "PetitionTurnedDown",
    "Petitioned",
    "PhaseBegan",
    "PlacementDrafted",
    "Reopened",
    "Resumed",
    "Rewound",
    "Ruled",
    "Said",
    "Sealed",
    "SetupClosed",
    "Suggested",
    "TeamSet",
    "Transferred",
    "Upkeep",
    "Withdrawn",
]
