"""Events: what happened. The journal of events is the game.

An event carries every value that it changed, old and new, so folding needs no rules. `wargame.engine.coding` turns events
into plain data and back.
"""

from __future__ import annotations

from typing import Any, TypeAlias, get_args

from attrs import define, frozen

from wargame.engine.state import Answer, FloorDraft, Order, Result
from wargame.rules.execution import Deal, News, Roll


# Not frozen, for speed: playouts make one for every order, and a frozen class takes twice as long to make. Nothing changes one.
@define(unsafe_hash=True)
class Effect:
    """What a run of effects did: slot changes (slot, old, new), rolls, news, cards scheduled, motions called, choices
    opened, an ending (-1: none), and whose sight of what changed (viewer, slot, level)."""

    changes: tuple[tuple[int, int, int], ...] = ()
    rolls: tuple[Roll, ...] = ()
    news: tuple[News, ...] = ()
    deals: tuple[Deal, ...] = ()
    motions: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    ending: int = -1
    sight: tuple[tuple[int, int, int], ...] = ()


NOTHING = Effect()


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
class CardWritten:
    """The facilitator wrote a card, which is on the shelf from now on. `source` is YAML as typed: the program is amended by it
    (`wargame.engine.amended`)."""

    card: str
    source: str


@frozen
class Happened:
    """Something happened that no card or order stands for: the words for all, why, the effects as typed, what they did."""

    text: str
    reason: str
    source: str
    effect: Effect


@frozen
class CardPlanned:
    """The facilitator put a card on the schedule."""

    number: int
    card: int
    bindings: tuple[int | None, ...]
    turn: int


@frozen
class CardHeld:
    """A card of the time-line does not come by itself until it is let go (`held` false)."""

    line: str
    held: bool
    reason: str


@frozen
class CardsMoved:
    """Cards of the time-line were given other turns: (line, turn before, turn now, last turn of a window)."""

    moves: tuple[tuple[str, int, int, int | None], ...]


@frozen
class CardSkipped:
    """A card of the time-line was taken off it."""

    line: str
    reason: str
    effect: Effect  # what was armed is no longer


@frozen
class CardRecalled:
    """A card was taken back from the table; `undone`: with what it had changed."""

    number: int
    card: int
    bindings: tuple[int, ...]
    to: tuple[tuple[int, int], ...]
    undone: bool
    reason: str
    effect: Effect


@frozen
class CardCorrected:
    """A card on the table has other words from now on (empty: as they were)."""

    number: int
    title: str
    text: str
    reason: str


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
class Overridden:
    """The facilitator set a value, and why."""

    reason: str
    effect: Effect


@frozen
class OnBehalf:
    """The facilitator acts for a seat: the events that follow are of `what`. `to`: the seats that hear of it (None: all)."""

    seat: int
    what: str
    to: tuple[int, ...] | None
    reason: str


@frozen
class OutcomeSet:
    """The facilitator decides the motion on the floor, whatever the vote will be."""

    motion: int
    passed: bool
    reason: str


@frozen
class EndCalled:
    """The facilitator ends the game."""

    reason: str


@frozen
class Petitioned:
    """A seat proposes something beyond the rules."""

    seat: int
    number: int
    person: str
    what: str
    because: tuple[str, ...]
    against: str


@frozen
class Estimated:
    """How likely somebody of the white cell takes a petition to be, in per cent."""

    number: int
    person: str
    percent: int


@frozen
class PetitionHeld:
    """A petition waits while the rest goes on."""

    number: int
    reason: str


@frozen
class Ruled:
    """A ruling: `roll` (1-100) against `odds`, the words for players, the effects as typed that were carried out."""

    seat: int
    number: int
    odds: int
    roll: int
    success: bool
    ruling: str
    public: bool
    source: str
    effect: Effect


@frozen
class PetitionTurnedDown:
    """A petition does not happen."""

    seat: int
    number: int
    ruling: str


@frozen
class Dissented:
    """A seat's line against a ruling."""

    number: int
    seat: int
    text: str


@frozen
class Noted:
    """A note for the review; `person` empty: anonymous."""

    number: int
    viewer: int
    person: str
    fact: str
    so_what: str
    change: str
    objective: str
    private: bool


@frozen
class NoteVoted:
    """Somebody votes for a note, or takes the vote back."""

    number: int
    voter: str
    up: bool


@frozen
class BoardOpened:
    """Players may write notes now, or no more."""

    open: bool


@frozen
class Rewound:
    """The facilitator went back to the end of row `to`, where a phase began: rows after it no longer count
    (`wargame.engine.history`). The game is paused with `left` ms to go."""

    to: int
    left: int
    reason: str


@frozen
class Forked:
    """What came before was copied from another table, up to its row `at`. `of`: that table's game; `name`: what people call
    it. The game is paused with `left` ms to go."""

    of: str
    at: int
    name: str
    left: int


@frozen
class TeamSet:
    """Who the people of a seat are: members (person, name, index of the leaning or -1), those connected, the captain."""

    seat: int
    members: tuple[tuple[str, str, int], ...]
    present: tuple[str, ...]
    captain: str


@frozen
class Suggested:
    """A member suggests what the seat shall do: the subject, in words, and the command as JSON text. `due`: when it is
    adopted unless somebody objects (ms), where the rule is like that."""

    seat: int
    number: int
    person: str
    about: str
    words: str
    body: str
    due: int | None


@frozen
class Endorsed:
    """A member is for a suggestion."""

    seat: int
    number: int
    person: str


@frozen
class Objected:
    """A member is against a suggestion."""

    seat: int
    number: int
    person: str
    why: str


@frozen
class Withdrawn:
    """Whoever made a suggestion takes it back, or makes another on the same subject."""

    seat: int
    number: int
    person: str


@frozen
class Dropped:
    """A suggestion falls, for a reason in words."""

    seat: int
    number: int
    words: str
    reason: str


@frozen
class Adopted:
    """What was suggested is done; what it does follows. `how`: majority, captain, objection (nobody objected), deadline
    (the phase ended) or alone; `endorsers` by name; `present`: how many there were to decide."""

    seat: int
    number: int
    how: str
    endorsers: tuple[str, ...]
    present: int
    words: str


@frozen
class DelaysStopped:
    """The time to object stands still from this moment (ms)."""

    at: int


@frozen
class DelaysResumed:
    """The time to object goes on from this moment (ms)."""

    at: int


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
