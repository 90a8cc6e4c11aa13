"""The messages of the protocol as values; `docs/protocol.md` tells what each means.

Nothing here knows bytes: `wargame.wire.codec` does. Catalogs, views, ops, offers, bodies and answers stay plain data
(maps, lists, texts, whole numbers, floats, booleans, None).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

VERSION = 2
SUBPROTOCOL = "wargame.v2"
# Of earlier versions: taken and offered too, so that a client and a server that differ can say so to each other.
OLD_SUBPROTOCOLS = ("wargame.v1",)

Plain: TypeAlias = Any  # None, bool, int, float, str, or lists and text-keyed maps of these


@frozen(kw_only=True)
class Hello:
    """The first message of a connection. At most one of `token`, `code` and `secret` is there; `have`: last `seq` seen.

    `table`: which table of the class a facilitator wants to see (None: the first).
    """

    version: int = VERSION
    name: str
    client: str
    token: str | None = None
    code: str | None = None
    secret: str | None = None
    table: str | None = None
    seat: str | None = None
    have: int = 0


@frozen(kw_only=True)
class Command:
    """Something to do, as of the turn and phase that its sender saw."""

    id: str
    turn: int
    phase: str
    body: Mapping[str, Plain]


@frozen(kw_only=True)
class Ask:
    """Something to know."""

    id: str
    body: Mapping[str, Plain]


@frozen(kw_only=True)
class Manage:
    """The facilitator's hand on seats and table."""

    id: str
    body: Mapping[str, Plain]


@frozen(kw_only=True)
class Lobby:
    """You wait for approval. `seats`: maps of `seat`, `title`, `taken`; `place`: 1 is next; `note`: why you wait, or empty."""

    table: str
    title: str
    seats: Sequence[Mapping[str, Plain]]
    place: int
    note: str = ""


@frozen(kw_only=True)
class Welcome:
    """You are in. `view` is the mirror as of `seq`; None: go on from `seq`, the missing updates follow.

    `you`: a seat id, `public` or `white_cell`; `person`: your id among the people; `right`: of a facilitator, else empty.
    """

    version: int = VERSION
    table: str
    you: str
    person: str
    right: str
    token: str
    now: int
    catalog: Mapping[str, Plain]
    seq: int
    view: Mapping[str, Plain] | None
    offers: Sequence[Plain]


@frozen(kw_only=True)
class Update:
    """The next change of your mirror; `offers` replaces the list when not None."""

    seq: int
    ops: Sequence[Plain]
    offers: Sequence[Plain] | None
    now: int


@frozen(kw_only=True)
class Ack:
    """The command is applied and durable; `seq` is your mirror's number after it."""

    id: str
    seq: int


@frozen(kw_only=True)
class Refused:
    """Nothing has changed. `reason` is for people; `turn` and `phase` are those of the table now."""

    id: str
    code: str
    reason: str
    turn: int
    phase: str


@frozen(kw_only=True)
class Answer:
    """The answer to an ask or a manage."""

    id: str
    body: Mapping[str, Plain]


@frozen(kw_only=True)
class Room:
    """Who is at the table.

    `people`: maps of `person`, `name`, `seat` (a seat id, `public` or `white_cell`), `connected`, `bot`, `sealed`, `active`;
    `requests`: maps of `request`, `name`, `seat` (the wish or None), empty but for the white cell; `muted`: you are to write
    no messages.
    """

    people: Sequence[Mapping[str, Plain]]
    locked: bool
    requests: Sequence[Mapping[str, Plain]]
    muted: bool | None = None


@frozen(kw_only=True)
class Moved:
    """Your place is at another table (or anew at the same): say hello again with this token and nothing in `have`."""

    table: str
    token: str
    reason: str


@frozen(kw_only=True)
class Classroom:
    """All tables of the class, for its facilitators; what each map holds is told in `docs/protocol.md`, under *The class*.

    `waiting`: whether newcomers may wait in the lobby though it is `locked`; `auto_extend`: seconds, and times a phase.
    """

    code: str
    locked: bool
    waiting: bool
    auto_extend: Sequence[int]
    tables: Sequence[Mapping[str, Plain]]
    lobby: Sequence[Mapping[str, Plain]]
    people: Sequence[Mapping[str, Plain]]


@frozen(kw_only=True)
class Bye:
    """The server closes the connection after it."""

    code: str
    reason: str


ClientMessage: TypeAlias = Hello | Command | Ask | Manage
ServerMessage: TypeAlias = Lobby | Welcome | Update | Ack | Refused | Answer | Room | Moved | Classroom | Bye
