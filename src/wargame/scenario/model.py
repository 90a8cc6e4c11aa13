"""The scenario as data: what a designer wrote, structured, merged with its rulebooks, not yet understood.

Expressions, effects and visibility stay nodes here (`Node`, with their marks); `wargame.rules` parses, checks and
compiles them. Field names are the keys of the language (`docs/language.md`); a field named with a trailing
underscore stands for the key without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from attrs import Factory, field, frozen

from wargame.scenario.model_base import Band, Entry, Range, Requirement, Span, Stance
from wargame.scenario.model_cards import (
    REQUIRED,
    Alternate,
    CardChoice,
    ContentTag,
    Expectation,
    Inject,
    InjectKind,
    Option,
    Pool,
    Trigger,
)
from wargame.scenario.node import Node, Scalar
from wargame.scenario.text import EMPTY, Text

# The model in one place for who uses it; these parts of it stand in modules of their own.
__all__ = [
    "REQUIRED",
    "Alternate",
    "Band",
    "CardChoice",
    "ContentTag",
    "Entry",
    "Expectation",
    "Inject",
    "InjectKind",
    "Option",
    "Pool",
    "Range",
    "Requirement",
    "Span",
    "Stance",
    "Trigger",
]


class PhaseKind(Enum):
    """What seats do in a phase."""

    AUTOMATIC = "automatic"
    CARDS = "cards"
    ORDERS = "orders"
    FLOOR = "floor"
    TURNS = "turns"


class TeamRule(Enum):
    """When what a member suggests is what the team does."""

    MAJORITY = "majority"
    CAPTAIN = "captain"
    OBJECTION = "objection"


@frozen(kw_only=True)
class Quantity(Entry):
    """A bounded whole number: a track, a resource, an area value or a piece."""

    label: Text = EMPTY
    range: Range
    start: int | None = None  # None: the lower bound
    bands: tuple[Band, ...] = ()  # written as a map {0-3: Name}
    seen_by: Node | None = None
    help: Text = EMPTY
    group: str = ""
    unit: Text = EMPTY


@frozen(kw_only=True)
class Parameter(Entry):
    """A whole number that a rulebook leaves open; whoever builds on the rulebook sets it, which replaces `default`."""

    label: Text = EMPTY
    range: Range
    default: int | None = None  # None: it has to be set
    help: Text = EMPTY

    @property
    def value(self) -> int:
        """The number it stands for; the least it can be where a rulebook alone leaves it open."""
        return self.range.lo if self.default is None else self.default


@frozen(kw_only=True)
class Rulebook(Entry):
    """A rulebook that a scenario builds on; may be just its name."""

    name: str
    version: str = ""  # empty: any
    with_: Mapping[str, int] = field(factory=dict)  # parameter -> number


@frozen(kw_only=True)
class Track(Quantity):
    """A number of the whole table."""


@frozen(kw_only=True)
class Resource(Quantity):
    """A number of a seat, with what it earns a turn."""

    income: Scalar | None = None


@frozen(kw_only=True)
class AreaValue(Entry):
    """A number of every area; `fixed` ones are constants."""

    label: Text = EMPTY
    range: Range | None = None
    start: int = 0
    fixed: bool = False
    bands: tuple[Band, ...] = ()
    seen_by: Node | None = None
    help: Text = EMPTY


@frozen(kw_only=True)
class Piece(Quantity):
    """Pieces of an owner in an area."""

    of: tuple[Scalar, ...]
    pool: int | None = None
    glyph: str = ""


@frozen(kw_only=True)
class Flag(Entry):
    """A fact that holds or not."""

    label: Text = EMPTY
    start: bool = False
    expires: str = "never"  # never | turn_end
    seen_by: Node | None = None
    help: Text = EMPTY


@frozen(kw_only=True)
class Clock(Entry):
    """A countdown; 0 is stopped."""

    label: Text = EMPTY
    unit: Text = EMPTY
    max: int
    start: int = 0
    tick: int = 1
    seen_by: Node | None = None
    at_zero: Node | None = None
    help: Text = EMPTY


@frozen(kw_only=True)
class Role(Entry):
    """An abstract part in a rulebook, played by a seat or (many) by a kind."""

    label: Text = EMPTY
    many: bool = False


@frozen(kw_only=True)
class SeatKind(Entry):
    """What several seats have in common."""

    label: Text = EMPTY
    plays: tuple[str, ...] = ()
    resources: Mapping[str, Resource] = field(factory=dict)


@frozen(kw_only=True)
class Team(Entry):
    """How several people who share a seat decide; may be just the rule."""

    rule: TeamRule = TeamRule.MAJORITY
    delay: int = 30  # seconds to object in, where the rule is `objection`


@frozen(kw_only=True)
class Leaning(Entry):
    """What one member of a team stands for; may be just its label."""

    label: Text
    text: Text = EMPTY


@frozen(kw_only=True)
class Seat(Entry):
    """A side that a player or a team takes."""

    title: Text
    short: str = ""
    kind: Scalar | None = None
    plays: tuple[str, ...] = ()
    briefing: Text = EMPTY  # the Markdown itself, read from the file named
    resources: Mapping[str, Resource] = field(factory=dict)
    start: Mapping[str, int] = field(factory=dict)
    optional: bool = False
    color: str = ""
    team: Team | None = None  # None: as the scenario has it
    leanings: Mapping[str, Leaning] = field(factory=dict)


@frozen(kw_only=True)
class Faction(Entry):
    """An owner of pieces that nobody plays."""

    label: Text = EMPTY


@frozen(kw_only=True)
class Area(Entry):
    """A tile of the map."""

    label: Text
    at: tuple[int, int] = (0, 0)  # column, row
    adjacent: tuple[Scalar, ...] = ()
    values: Mapping[str, int] = field(factory=dict)
    pieces: Mapping[str, Mapping[str, int]] = field(factory=dict)  # piece -> owner -> count


@frozen(kw_only=True)
class Lock(Entry):
    """A condition that closes a group of actions."""

    when: Scalar
    otherwise: Text


@frozen(kw_only=True)
class Target(Entry):
    """What an action is aimed at."""

    of: tuple[Scalar, ...]  # a domain, or owners
    where: Scalar | None = None
    otherwise: Text = EMPTY
    label: Text = EMPTY


@frozen(kw_only=True)
class Action(Entry):
    """An entry of a seat's menu."""

    seat: tuple[Scalar, ...]
    menu: Text = EMPTY
    label: Text
    text: Text = EMPTY
    stance: Stance = Stance.HOLD
    cost: int | Mapping[str, int] = 0
    once: bool = False
    locks: tuple[Scalar, ...] = ()
    targets: Mapping[str, Target] = field(factory=dict)
    requires: tuple[Requirement, ...] = ()
    order: int = 1
    seen_by: Node | None = None  # public (default) | covert | list of seats
    names: Mapping[str, Text] = field(factory=dict)
    cite: str = ""
    effects: Node | None = None


@frozen(kw_only=True)
class Agreement(Entry):
    """What seats sign together."""

    label: Text
    parties: tuple[Scalar, ...]
    cost: Mapping[str, int] = field(factory=dict)
    requires: tuple[Requirement, ...] = ()
    terms: Text = EMPTY
    secret: bool | int = False
    on_sign: Node | None = None
    each_turn: Node | None = None
    on_leave: Node | None = None
    on_leak: Node | None = None
    ends_when: Scalar | None = None
    cite: str = ""


@frozen(kw_only=True)
class Transfers(Entry):
    """Giving main resource to another seat."""

    limit: int = 0
    groups: tuple[tuple[Scalar, ...], ...] = ()


@frozen(kw_only=True)
class Bloc(Entry):
    """Members of a body that vote together."""

    label: Text = EMPTY
    votes: int
    seat: Scalar | None = None


@frozen(kw_only=True)
class Lobby(Entry):
    """Who may spend to move the blocs."""

    seats: tuple[Scalar, ...] = ()
    per_point: int = 3
    limit: int = 3


@frozen(kw_only=True)
class Body(Entry):
    """A legislature or council."""

    label: Text
    speaker: Scalar | None = None
    blocs: Mapping[str, Bloc]
    lobby: Lobby = Factory(Lobby)


@frozen(kw_only=True)
class Veto(Entry):
    """A seat that may raise the bar."""

    by: Scalar
    ayes: int
    when: Scalar | None = None


@frozen(kw_only=True)
class Motion(Entry):
    """Something a body votes on."""

    body: Scalar
    label: Text
    text: Text = EMPTY
    ayes: int | str = "majority"  # a number of votes, majority, or unanimous
    veto: Veto | None = None
    leans: Mapping[str, Scalar] = field(factory=dict)
    passes: Node | None = None
    fails: Node | None = None
    cite: str = ""


@frozen(kw_only=True)
class ChoiceOption(Entry):
    """One answer to a secret choice."""

    label: Text
    text: Text = EMPTY


@frozen(kw_only=True)
class Choice(Entry):
    """A secret decision of one seat before turn 1."""

    seat: Scalar
    label: Text
    text: Text = EMPTY
    seen_by: Node | None = None
    options: Mapping[str, ChoiceOption]
    default: str = "random"


@frozen(kw_only=True)
class Placement(Entry):
    """Pieces a seat places before turn 1."""

    seats: tuple[Scalar, ...]
    piece: Scalar
    count: int
    where: Scalar | None = None
    weight: Scalar | None = None


@frozen(kw_only=True)
class Agenda(Entry):
    """A secret objective."""

    label: Text
    text: Text = EMPTY
    score: Scalar
    max: int = 20


@frozen(kw_only=True)
class Phase(Entry):
    """A part of a turn."""

    id: str
    label: Text
    kind: PhaseKind
    seconds: int = 0  # 0: no clock
    do: tuple[Node, ...] = ()
    orders: int = 2
    agreements: int = 1
    cards: int = 3
    cards_with_chained: int | None = None
    draw: int = 0
    text: Text = EMPTY


@frozen(kw_only=True)
class ScorePart(Entry):
    """A component of a score."""

    label: Text
    value: Scalar
    max: int | None = None
    words: Text = EMPTY


@frozen(kw_only=True)
class Scoring(Entry):
    """How seats are judged."""

    mandate: int = 60
    ending_cap: int = 100
    seats: Mapping[str, tuple[ScorePart, ...]] = field(factory=dict)


@frozen(kw_only=True)
class Ending(Entry):
    """An end before the last turn."""

    when: Scalar | None = None
    title: Text
    text: Text = EMPTY
    catastrophe: bool = True


@frozen(kw_only=True)
class LedgerLine(Entry):
    """A number shown beside the scores that nobody wins by."""

    label: Text
    value: Scalar


@frozen(kw_only=True)
class Objective(Entry):
    """A learning objective."""

    title: Text
    text: Text = EMPTY
    parts: Mapping[str, Objective] = field(factory=dict)


def each_objective(entries: Mapping[str, Objective], above: str = "") -> Iterator[tuple[str, Objective]]:
    """Every objective of a tree by its path (`q4.us_civilians`), branches before their parts."""
    for name, entry in entries.items():
        yield above + name, entry
        yield from each_objective(entry.parts, f"{above}{name}.")


@frozen(kw_only=True)
class Trial(Entry):
    """A test: given this board, when this is done with these dice, then this holds."""

    label: Text = EMPTY
    turn: int = 1
    given: Node | None = None  # by name as in expressions: what stands on the board where it differs from the start
    when: Node | None = None  # one thing that is done, or a list of them
    dice: Node | None = None
    then: tuple[Node, ...]


@frozen(kw_only=True)
class Turns(Entry):
    """How long the game is."""

    count: int
    length: str = ""
    starts: str = ""
    labels: tuple[Text, ...] = ()


@frozen(kw_only=True)
class Allowance(Entry):
    """A warning that is meant to be so: its code, the path of the entry it stands in (`tracks.trade`), and why."""

    code: str
    at: str
    because: str


@frozen(kw_only=True)
class Scenario(Entry):
    """A whole scenario, rulebooks merged in.

    `sources` maps every file read (path as shown) to its text: a game's journal carries them, so it never depends on
    files that changed since.
    """

    format: int
    id: str
    title: Text
    version: str = "1"
    summary: Text = EMPTY
    credits: Text = EMPTY
    content_note: Text = EMPTY
    rulebooks: tuple[Rulebook, ...] = ()
    languages: tuple[str, ...] = ("en",)
    turns: Turns
    parameters: Mapping[str, Parameter] = field(factory=dict)
    roles: Mapping[str, Role] = field(factory=dict)
    seat_kinds: Mapping[str, SeatKind] = field(factory=dict)
    seats: Mapping[str, Seat]
    team: Team = Factory(Team)
    factions: Mapping[str, Faction] = field(factory=dict)
    tracks: Mapping[str, Track] = field(factory=dict)
    flags: Mapping[str, Flag] = field(factory=dict)
    clocks: Mapping[str, Clock] = field(factory=dict)
    areas: Mapping[str, Area] = field(factory=dict)
    area_values: Mapping[str, AreaValue] = field(factory=dict)
    pieces: Mapping[str, Piece] = field(factory=dict)
    values: Mapping[str, Scalar] = field(factory=dict)  # key "plaza(me)" or "auth"
    effect_groups: Mapping[str, Node] = field(factory=dict)  # key "splinter(org)" or "civilian_harm"
    choices: Mapping[str, Choice] = field(factory=dict)
    placements: Mapping[str, Placement] = field(factory=dict)
    agendas: Mapping[str, Mapping[str, Agenda]] = field(factory=dict)  # seat or kind -> agenda
    phases: tuple[Phase, ...] = ()
    locks: Mapping[str, Lock] = field(factory=dict)
    actions: Mapping[str, Action] = field(factory=dict)
    injects: Mapping[str, Inject] = field(factory=dict)
    agreements: Mapping[str, Agreement] = field(factory=dict)
    transfers: Transfers = Factory(Transfers)
    bodies: Mapping[str, Body] = field(factory=dict)
    motions: Mapping[str, Motion] = field(factory=dict)
    scoring: Scoring = Factory(Scoring)
    endings: Mapping[str, Ending] = field(factory=dict)
    ledger: tuple[LedgerLine, ...] = ()
    objectives: Mapping[str, Objective] = field(factory=dict)
    content: Mapping[str, ContentTag] = field(factory=dict)
    tests: Mapping[str, Trial] = field(factory=dict)
    allow: tuple[Allowance, ...] = ()
    sources: Mapping[str, str] = field(factory=dict, eq=False, repr=False)
