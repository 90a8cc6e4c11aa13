"""Events of the facilitator's desk: the time-line by hand, overrides, rulings, notes, going back."""

from __future__ import annotations

from attrs import frozen

from wargame.engine.effect import Effect


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
