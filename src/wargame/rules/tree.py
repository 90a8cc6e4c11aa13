"""The typed trees that expressions and effects are parsed into; code, ranges and words are all made from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen

from wargame.rules.program import Kind, Site
from wargame.scenario.node import NOWHERE, Mark
from wargame.scenario.text import Text


class Type(Enum):
    """What an expression is; the value is how it is said to a designer."""

    NUMBER = "a number"
    TRUTH = "yes or no"
    OWNER = "a seat or faction"
    AREA = "an area"
    AGREEMENT = "an agreement"
    OPTION = "one of several options"
    TEXT = "a text"


KIND_OF = {
    Type.OWNER: Kind.OWNER,
    Type.AREA: Kind.AREA,
    Type.NUMBER: Kind.NUMBER,
    Type.AGREEMENT: Kind.AGREEMENT,
}

Rows: TypeAlias = tuple[int, ...]
Grid: TypeAlias = tuple[Rows, ...]


@frozen(eq=False, kw_only=True)
class Expr:
    """A typed expression. `whole`: its value is an `int` for certain."""

    type: Type = Type.NUMBER
    whole: bool = False
    mark: Mark = field(default=NOWHERE, repr=False)
    width: int = field(default=1, repr=False)

    def placed(self, mark: Mark, width: int) -> Expr:
        """This very expression, told where it stands. Only for whoever has just made it: copies would be half of a check."""
        object.__setattr__(self, "mark", mark)
        object.__setattr__(self, "width", width)
        return self


@frozen(eq=False)
class Const(Expr):
    """A number, a truth (0 or 1), or the number of an owner, area or agreement."""

    value: float


@frozen(eq=False)
class Words(Expr):
    """A text in quotes; only ever compared with the options of a choice."""

    text: str
    type: Type = field(default=Type.TEXT, kw_only=True)


@frozen(eq=False)
class Ref(Expr):
    """A bound name.

    `local`: unique in its function. `members`: what it can stand for (seats, areas, ...; with NOBODY where it can be
    nobody). `lo`, `hi`: for numbers.
    """

    name: str
    local: str
    members: Rows = ()
    lo: float = float("-inf")
    hi: float = float("inf")


@frozen(eq=False)
class Read(Expr):
    """The slot with this index."""

    slot: int


@frozen(eq=False)
class Cell(Expr):
    """A slot found through a table: `rows[key]` or `grid[key][second]`, the last row being nobody's."""

    rows: Rows | Grid
    keys: tuple[Expr, ...]
    part: str  # what is read, as written: `strength`, `presence`


@frozen(eq=False)
class Fixed(Expr):
    """A constant found through a table."""

    rows: Rows
    key: Expr
    part: str


@frozen(eq=False)
class Negate(Expr):
    """Minus."""

    item: Expr


@frozen(eq=False)
class Binary(Expr):
    """Arithmetic; what is divided by 0 is 0."""

    op: str  # + - * / //
    left: Expr
    right: Expr


@frozen(eq=False)
class Compare(Expr):
    """A comparison of two."""

    op: str  # == != < <= > >=
    left: Expr
    right: Expr
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Member(Expr):
    """Whether an owner, area or agreement is one of a list."""

    item: Expr
    members: Rows
    words: str
    negated: bool = False
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Logic(Expr):
    """`and`, `or`."""

    op: str
    items: tuple[Expr, ...]
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Not(Expr):
    """`not`."""

    item: Expr
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Choose(Expr):
    """`yes if test else no`."""

    test: Expr
    yes: Expr
    no: Expr


@frozen(eq=False)
class Call(Expr):
    """A built-in function of numbers: min max abs round floor ceil clamp scale."""

    name: str
    args: tuple[Expr, ...]


@frozen(eq=False)
class Touch(Expr):
    """Whether two areas are adjacent."""

    one: Expr
    other: Expr
    around: Grid  # the neighbours by area
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Exists(Expr):
    """Whether a seat- or area-valued expression holds anyone."""

    item: Expr
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Party(Expr):
    """Whether a seat is a party of an agreement."""

    agreement: Expr
    seat: Expr
    parties: Grid  # by agreement
    type: Type = field(default=Type.TRUTH, kw_only=True)


@frozen(eq=False)
class Start(Expr):
    """An expression over another board: as the scenario starts (`S`), or in a test as it was before the test did anything
    (`was`)."""

    item: Expr
    board: str = "S"


@frozen(eq=False)
class Domain:
    """What a loop runs over.

    `members` fixed ones, of which those in `optional` count only while their PLAYED slot is 1; or, with `near`, the
    neighbours of that area (`members` are then all areas that can come up).
    """

    type: Type
    members: Rows
    words: str
    optional: Mapping[int, int] = field(factory=dict)
    near: Expr | None = None
    around: Grid = ()  # with `near`: the neighbours by area


@frozen(eq=False)
class Fold(Expr):
    """A function over a domain: count sum any all max min highest lowest first."""

    name: str
    var: Ref
    domain: Domain
    body: Expr
    test: Expr | None


@frozen(eq=False)
class Value:
    """A named value, with its parameters."""

    name: str
    params: tuple[Ref, ...]
    body: Expr
    me: bool  # whether it speaks of `me`


@frozen(eq=False)
class ValueCall(Expr):
    """A named value at work."""

    value: Value
    args: tuple[Expr, ...]


@frozen(eq=False)
class Dice(Expr):
    """`die(n)`, `chance(p)`, `random(...)`, `random_by(...)`; `refs` are the bound names that key it."""

    name: str
    site: Site
    refs: tuple[Ref, ...]
    amount: Expr | None = None  # of die and chance
    var: Ref | None = None  # of random and random_by
    domain: Domain | None = None
    test: Expr | None = None
    weight: Expr | None = None


# ---------------------------------------------------------------- effects


@frozen(eq=False, kw_only=True)
class Effect:
    """One effect."""

    mark: Mark = field(default=NOWHERE, repr=False)


Block: TypeAlias = tuple[Effect, ...]


@frozen(eq=False)
class Pool:
    """A limit on pieces of an owner on the map: by owner (a row more for nobody), the slots and the most there may be."""

    slots: Grid
    limit: int


@frozen(eq=False)
class Write(Effect):
    """Adds to, subtracts from or stores in a slot. `bounds`: its range, when the same for all it can be."""

    place: Read | Cell
    op: str  # + - =
    amount: Expr
    pool: Pool | None = None
    owner: Expr | None = None  # whose pieces, where there is a pool
    played: int = 0  # slot that must be 1 (a seat of a kind that may be out of play)


@frozen(eq=False)
class EndAgreement(Effect):
    """Takes an agreement out of force."""

    agreement: Expr


@frozen(eq=False)
class RollFor(Effect):
    """A percent roll."""

    site: Site
    refs: tuple[Ref, ...]
    need: Expr
    success: Block
    failure: Block


@frozen(eq=False)
class When(Effect):
    """A branch."""

    test: Expr
    then: Block
    otherwise: Block


@frozen(eq=False)
class Outcome:
    """A row of a table."""

    weight: Expr
    label: Text
    effects: Block


@frozen(eq=False)
class Outcomes(Effect):
    """A weighted table."""

    site: Site
    refs: tuple[Ref, ...]
    rows: tuple[Outcome, ...]


@frozen(eq=False)
class Each(Effect):
    """A loop over a domain."""

    var: Ref
    domain: Domain
    test: Expr | None
    body: Block


@frozen(eq=False)
class Let(Effect):
    """Binds a name."""

    var: Ref
    value: Expr
    body: Block
    otherwise: Block


@frozen(eq=False)
class Group:
    """A named effect group, with its parameters."""

    name: str
    params: tuple[Ref, ...]
    body: Block
    me: bool


@frozen(eq=False)
class Do(Effect):
    """An effect group at work."""

    group: Group
    args: tuple[Expr, ...]


@frozen(eq=False)
class Inject(Effect):
    """Schedules a card."""

    card: int
    delay: Expr
    bindings: tuple[Expr | None, ...]


@frozen(eq=False)
class Announce(Effect):
    """News for an audience (None: all)."""

    text: Text
    number: int
    audience: tuple[Expr, ...] | None
    names: tuple[Ref, ...]


@frozen(eq=False)
class Pieces(Effect):
    """Places, removes or moves pieces: never more than there are, fit, and the pool allows."""

    piece: str
    label: Text
    grid: Grid  # by area, then owner
    owner: Expr
    source: Expr | None
    goal: Expr | None
    count: Expr
    hi: int
    pool: Pool | None


@frozen(eq=False)
class Transfer(Effect):
    """Moves some of a resource from a seat to another: never more than is there and fits."""

    part: str
    rows: Rows
    giver: Expr
    taker: Expr
    amount: Expr


@frozen(eq=False)
class CallVote(Effect):
    """Puts a motion on the floor."""

    motion: int


@frozen(eq=False)
class OpenChoice(Effect):
    """Opens a choice again."""

    choice: int


@frozen(eq=False)
class EndGame(Effect):
    """Ends the game."""

    ending: int
