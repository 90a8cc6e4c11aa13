"""The compiled scenario: numbers and functions over the board, nothing looked up by name while a game runs.

**Numbers.** *Slots* index the board (`list[int]`); slot 0 is the void: always 0, reads of what does not exist land there and
writes to it are lost. *Owners* are seats (first, in declared order), then factions; *areas*, *cards*, *actions*, ... are
indices into the tuples below. `NOBODY` (-1) is no seat and no area; tables indexed by owner or area have one row more, so that
-1 finds the void.

**Functions.** `b` is the board, `x` an `Execution` (dice, write log and side effects), `me` the acting owner, the rest bound
seats and areas. An `Effects` writes to `b` at once; with recording on it also appends `(slot, old, new)` to `x.writes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from wargame.scenario import model as source
from wargame.scenario.node import Mark
from wargame.scenario.text import EMPTY, Text
from wargame.words import Words, words_of

if TYPE_CHECKING:
    from wargame.rules.trial import Trial

Board: TypeAlias = list[int]
Test: TypeAlias = Callable[..., bool]  # (b, me, *refs)
Number: TypeAlias = Callable[..., float]  # (b, me, *refs)
Effects: TypeAlias = Callable[..., None]  # (b, x, me, *refs)

NOBODY = -1
VOID = 0
NEVER = -1  # turn in which a card was last dealt, if never


class Sight(IntEnum):
    """How well a viewer sees a slot."""

    HIDDEN = 0
    BAND = 1
    EXACT = 2


class Family(IntEnum):
    """What a slot is a number of."""

    VOID = 0
    TRACK = 1
    FLAG = 2
    CLOCK = 3
    RESOURCE = 4  # of a seat
    AREA = 5  # a value of an area
    PIECE = 6  # pieces of an owner in an area
    AGREEMENT = 7  # 1 in force
    CHOICE = 8  # index of the option, from 0
    AGENDA = 9  # of a seat: index into its deck, from 0
    GIVEN = 10  # how often an action was carried out by a seat
    FIRED = 11  # how often a card was dealt
    DEALT_ON = 12  # turn in which a card was last dealt (NEVER)
    PLAYED = 13  # 1: the seat is in play
    TURN = 14  # the turn now (1..)
    ARMED = 15  # 1: a contingency card waits for the facilitator


class Kind(IntEnum):
    """What a bound name stands for."""

    OWNER = 0
    AREA = 1
    NUMBER = 2
    AGREEMENT = 3


@frozen
class Band:
    """A named part of a slot's range, both ends included."""

    lo: int
    hi: int
    name: Text


@frozen
class Slot:
    """One bounded whole number of the board."""

    index: int
    name: str  # as written in the language: `escalation`, `washington.capital`, `sonora.chapitos.presence`
    family: Family
    label: Text
    lo: int
    hi: int
    start: int
    bands: tuple[Band, ...] = ()  # cover lo..hi without gaps where the slot can be seen as a band; else may be empty
    owner: int = NOBODY
    area: int = NOBODY
    part: str = ""  # what it is without owner and area: `capital`, `presence`, `watch`
    help: Text = EMPTY
    unit: Text = EMPTY
    group: str = ""
    fixed: bool = False

    @property
    def shown(self) -> bool:
        """Whether players ever hear of it; the families behind AGENDA are the engine's own."""
        return Family.VOID < self.family <= Family.AGENDA


@frozen
class DynamicSight:
    """A viewer's sight of a slot where it depends on the board."""

    viewer: int
    slot: int
    level: Callable[[Board], int]  # a Sight
    reads: tuple[int, ...]  # slots whose change may change it


@frozen
class Variable:
    """A bound name of an action, card or group."""

    name: str
    kind: Kind
    label: Text = EMPTY
    members: tuple[int, ...] = ()  # what it can stand for; the rules were made for these alone. Empty for numbers


@frozen
class Site:
    """A place in the scenario where dice are rolled, with the words for it."""

    index: int
    name: str
    label: Text
    rows: tuple[tuple[int, Text], ...] = ()  # of a table with fixed weights: the highest throw of each row, and its label


@frozen
class Reason:
    """A condition that can hold something back, with the words for it.

    `test(b, me, *targets)` is true when it does not hold back. `seat`: only this seat's key (agreements), else NOBODY.
    """

    test: Test
    words: Text
    seat: int = NOBODY


@frozen
class Action:
    """A menu entry. Shared by all seats that have it (`me` tells them apart)."""

    index: int
    id: str
    model: source.Action
    seats: tuple[int, ...]
    costs: Mapping[int, tuple[tuple[int, int], ...]]  # seat -> ((resource slot, amount), ...)
    variables: tuple[Variable, ...]
    reasons: tuple[Reason, ...]  # locks and conditions that name no target: test(b, me)
    targets: Callable[[Board, int], list[tuple[int, ...]]]  # (b, me) -> legal targets in declared order; [()] if it takes none
    candidates: Callable[[Board, int], list[tuple[int, ...]]]  # the same before `where` and target conditions
    target_reasons: tuple[Reason, ...]  # test(b, me, *targets); all true exactly for members of `targets`
    run: Effects  # (b, x, me, *targets)
    audience: tuple[bool, ...] | None  # by viewer: who learns what was done by whom; None: everybody
    given: Mapping[int, int]  # seat -> its GIVEN slot
    code: Code


@frozen
class OptionCode:
    """An option of a card."""

    id: str
    model: source.Option
    reasons: tuple[Reason, ...]  # test(b, me, *variables of the card)
    run: Effects  # (b, x, me, *variables)
    code: Code


@frozen
class Addressee:
    """Who answers a card: fixed seats, or the seat a variable is bound to."""

    key: str  # as in `choices`
    seats: tuple[int, ...]  # empty when `variable` tells
    variable: int  # index into the card's variables, or -1
    options: tuple[OptionCode, ...]  # empty: it only reads
    default: int  # index of the option taken at the deadline


@frozen
class Expected:
    """What a card expects of seats: an `order`, an `agreement` or an `option` of its own, by id, within some turns."""

    seats: tuple[int, ...]
    sort: str
    id: str
    label: Text
    within: int  # turns, that of the card counted
    missed: int  # the contingency card that is armed otherwise, or -1


@frozen
class Card:
    """An inject card."""

    index: int
    id: str
    model: source.Inject
    pool: source.Pool
    variables: tuple[Variable, ...]
    binds: tuple[Callable[..., int] | None, ...]  # by variable: (b, x, me, *earlier variables) -> member; None: only handed on
    when: Test  # (b, me)
    chance: Number  # (b, me) -> per cent
    turns: tuple[int, int]
    once: bool
    cooldown: int
    addressees: tuple[Addressee, ...]
    on_trigger: Effects | None  # (b, x, me, *variables)
    on_deal: Effects | None
    hints: tuple[tuple[int, Number], ...]  # (seat, value)
    fired: int  # slot
    dealt_on: int  # slot
    armed: int  # slot; VOID unless pool is contingency
    private: bool = False  # only the addressees read it and learn the answers (`seen_by: addressees`)
    expects: tuple[Expected, ...] = ()

    def answered_by(self, bindings: tuple[int, ...], played: Sequence[bool]) -> tuple[tuple[int, int], ...]:
        """The seats in play that answer the card, each with its place among the addressees; the first place counts."""
        seats: dict[int, int] = {}
        for index, addressee in enumerate(self.addressees):
            if not addressee.options:
                continue
            for seat in addressee.seats if addressee.variable < 0 else (bindings[addressee.variable],):
                if 0 <= seat < len(played) and played[seat]:
                    seats.setdefault(seat, index)
        return tuple(sorted(seats.items())) if len(seats) > 1 else tuple(seats.items())


@frozen
class Agreement:
    """An agreement between seats."""

    index: int
    id: str
    model: source.Agreement
    slot: int
    parties: tuple[int, ...]
    costs: Mapping[int, tuple[tuple[int, int], ...]]
    reasons: tuple[Reason, ...]  # test(b, me)
    secret: bool
    leak: int  # per cent a turn that a secret one comes out
    on_sign: Effects | None  # (b, x, me)
    each_turn: Effects | None
    on_leave: Effects | None
    on_leak: Effects | None
    ends_when: Test | None  # (b, me)
    code_sign: Code
    code_turn: Code
    code_leave: Code


@frozen
class Bloc:
    """Members of a body that vote together."""

    id: str
    label: Text
    votes: int
    seat: int  # the seat that decides, or NOBODY: rolled


@frozen
class Body:
    """A legislature or council."""

    id: str
    model: source.Body
    speaker: int
    blocs: tuple[Bloc, ...]
    lobbyists: tuple[int, ...]
    per_point: int
    limit: int


@frozen
class Motion:
    """Something to vote on."""

    index: int
    id: str
    model: source.Motion
    body: Body
    ayes: int
    veto_by: int  # seat or NOBODY
    veto_ayes: int
    veto_when: Test | None  # (b, me)
    leans: tuple[Number | None, ...]  # by bloc: (b, me) -> per cent; None where a seat decides
    lean_reads: tuple[tuple[int, ...], ...]
    passes: Effects | None  # (b, x, me) with me the speaker
    fails: Effects | None
    code_pass: Code
    code_fail: Code
    lean_trees: tuple[object | None, ...] = ()  # by bloc, for `describe.number_bounds`


@frozen
class Choice:
    """A secret decision before turn 1 (an effect may open it again)."""

    index: int
    id: str
    model: source.Choice
    seat: int
    slot: int
    options: tuple[str, ...]
    default: int  # index, or -1: at random


@frozen
class Placement:
    """Pieces a seat places before turn 1."""

    index: int
    id: str
    model: source.Placement
    seats: tuple[int, ...]
    piece: str
    count: int
    where: Callable[[Board, int], list[int]]  # (b, seat) -> legal areas
    weight: Number  # (b, seat, area)


@frozen
class AgendaDeck:
    """The agendas of a seat, dealt from one deck per kind without repetition."""

    seat: int
    slot: int
    deck: str  # seat or kind; seats with the same deck draw without repetition
    agendas: tuple[tuple[str, source.Agenda, Number], ...]  # id, model, score(b, me)
    trees: tuple[object, ...] = field(default=(), repr=False)  # the scores, for `describe.score_bounds`


@frozen
class Step:
    """A step of a phase: a built-in one by name, or effects."""

    name: str  # income | clocks | agreements | expiries | endings | effects
    run: Effects | None = None  # (b, x, me)


@frozen
class Phase:
    """A part of a turn."""

    index: int
    id: str
    model: source.Phase
    kind: source.PhaseKind
    steps: tuple[Step, ...]


@frozen
class Income:
    """What a resource earns a turn."""

    seat: int
    slot: int
    amount: Number  # (b, me)


@frozen
class ClockCode:
    """A countdown."""

    id: str
    model: source.Clock
    slot: int
    tick: int
    at_zero: Effects | None  # (b, x, me)


@frozen
class ScorePart:
    """A component of a score."""

    model: source.ScorePart
    value: Number  # (b, me)
    tree: object = field(default=None, repr=False)  # for `describe.score_bounds`


@frozen
class Ending:
    """An end before the last turn."""

    index: int
    id: str
    model: source.Ending
    when: Test | None  # (b, me)


@frozen
class LedgerLine:
    """A number beside the scores."""

    model: source.LedgerLine
    value: Number  # (b, me)


@frozen
class Code:
    """Parsed effects kept for describing them (opaque outside `wargame.rules`)."""

    tree: object = None
    variables: tuple[Variable, ...] = ()


@frozen
class PoolLimit:
    """How many pieces of an owner the map may hold."""

    piece: str
    owner: int
    slots: tuple[int, ...]
    limit: int


@frozen(kw_only=True)
class Program:
    """A checked scenario, ready to run."""

    scenario: source.Scenario
    digest: str  # SHA-256 over the sources, hex
    slots: tuple[Slot, ...]
    start: tuple[int, ...]
    slot_of: Mapping[str, int]  # by Slot.name
    seats: tuple[str, ...]  # ids
    owners: tuple[str, ...]  # seats, then factions
    owner_labels: tuple[Text, ...]
    kinds: Mapping[str, tuple[int, ...]]  # kind or role -> seats
    areas: tuple[str, ...]
    neighbours: tuple[tuple[int, ...], ...]
    main_resource: tuple[int, ...]  # seat -> slot (VOID if it has none)
    turn_slot: int
    played: tuple[int, ...]  # seat -> PLAYED slot
    sight: tuple[bytes, ...]  # viewer -> Sight by slot, where it does not depend on the board (at start where it does)
    dynamic_sight: tuple[DynamicSight, ...]
    sight_reads: frozenset[int]  # slots whose change may change some sight
    phases: tuple[Phase, ...]
    actions: tuple[Action, ...]
    action_index: Mapping[str, int]
    menus: tuple[tuple[int, ...], ...]  # seat -> its actions, in declared order
    listings: tuple[Callable[[Board], list[tuple[int, tuple[int, ...]]]], ...]  # seat -> (b): orders that stand alone
    cards: tuple[Card, ...]
    card_index: Mapping[str, int]
    agreements: tuple[Agreement, ...]
    agreement_index: Mapping[str, int]
    motions: tuple[Motion, ...]
    motion_index: Mapping[str, int]
    bodies: Mapping[str, Body]
    choices: tuple[Choice, ...]
    placements: tuple[Placement, ...]
    agendas: tuple[AgendaDeck, ...]
    incomes: tuple[Income, ...]
    clocks: tuple[ClockCode, ...]
    expiring: tuple[int, ...]  # flags that end with the turn
    scores: tuple[tuple[ScorePart, ...], ...]  # by seat
    endings: tuple[Ending, ...]
    ledger: tuple[LedgerLine, ...]
    sites: tuple[Site, ...]
    news: tuple[Text, ...]  # texts of `news` effects, by index
    pools: tuple[PoolLimit, ...]
    transfer_limit: int
    transfer_groups: tuple[tuple[int, ...], ...]
    marks: Mapping[str, Mark] = field(factory=dict, repr=False)
    written: tuple[str, ...] = ()  # ids of the cards that were added while a game ran (`wargame.rules.amend`), in order
    trials: tuple[Trial, ...] = ()  # the tests, where they were asked for
    trees: Mapping[str, object] = field(factory=dict, repr=False)  # see `tree`
    recording: bool = True  # whether effects log what they write
    generated: str = field(default="", repr=False)  # the source of the functions, for people who want to see it

    @cached_property
    def shown(self) -> tuple[Slot, ...]:
        """The slots that players ever hear of."""
        return tuple(slot for slot in self.slots if slot.shown)

    @cached_property
    def drawn_from(self) -> Mapping[source.Pool, tuple[Card, ...]]:
        """The cards of each pool, in declared order."""
        return {pool: tuple(card for card in self.cards if card.pool is pool) for pool in source.Pool}

    @cached_property
    def on_missed(self) -> frozenset[int]:
        """The contingency cards that wait only when something expected was missed: they have no condition of their own."""
        named = {each.missed for card in self.cards for each in card.expects}
        return frozenset(index for index in named if index >= 0 and self.cards[index].model.trigger.when is None)

    @cached_property
    def thoughts(self) -> dict[int, object]:
        """What seats can work out, as far as anybody asked (`wargame.rules.thought`)."""
        return {}

    @cached_property
    def memo(self) -> dict[object, object]:
        """What was made of the program beside it, kept for who asks next: where rules are added (`wargame.rules.aside`), and
        the programs with more rules (`wargame.rules.amend`)."""
        return {}

    def tree(self, function: Callable[..., object]) -> object:
        """What a function of this program was made from, to be told in words: an expression, or the parameters and the block
        of effects (opaque outside `wargame.rules`); None for a function that no rule stands behind."""
        return self.trees.get(getattr(function, "__name__", ""))

    @cached_property
    def words(self) -> Words:
        """What the engine says, in the language of the table."""
        return words_of(self.scenario.languages[0])

    def phrase(self, english: str, /, **values: object) -> str:
        """An English sentence in the language of the table, `{name}` replaced by values."""
        return self.words.phrase(english, **values)

    @property
    def public(self) -> int:
        """The viewer number of spectators: what everybody may see."""
        return len(self.seats)

    @property
    def white_cell(self) -> int:
        """The viewer number of the facilitators: everything."""
        return len(self.seats) + 1

    @property
    def viewers(self) -> int:
        """How many viewers there are: the seats, the public, the white cell."""
        return len(self.seats) + 2
