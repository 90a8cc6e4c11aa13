"""The messages of the protocol as values; `docs/protocol.md` tells what each means.

Nothing here knows bytes: `wargame.wire.codec` does. Catalogs, views, ops, offers, bodies and answers stay plain data
(maps, lists, texts, whole numbers, floats, booleans, None).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

VERSION = 1
SUBPROTOCOL = "wargame.v1"

Plain: TypeAlias = Any  # None, bool, int, float, str, or lists and text-keyed maps of these


@frozen(kw_only=True)
class Hello:
    """The first message of a connection. At most one of `token`, `code` and `secret` is there; `have`: last `seq` seen."""

    version: int = VERSION
    name: str
    client: str
    token: str | None = None
    code: str | None = None
    secret: str | None = None
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
    """You wait for approval. `seats`: maps of `seat`, `title`, `taken`; `place`: 1 is next."""

    table: str
    title: str
    seats: Sequence[Mapping[str, Plain]]
    place: int


@frozen(kw_only=True)
class Welcome:
    """You are in. `view` is the mirror as of `seq`; None: go on from `seq`, the missing updates follow."""

    version: int = VERSION
    table: str
    you: str
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
    `requests`: maps of `request`, `name`, `seat` (the wish or None), empty but for the white cell.
    """

    people: Sequence[Mapping[str, Plain]]
    locked: bool
    requests: Sequence[Mapping[str, Plain]]


@frozen(kw_only=True)
class Bye:
    """The server closes the connection after it."""

    code: str
    reason: str


ClientMessage: TypeAlias = Hello | Command | Ask | Manage
ServerMessage: TypeAlias = Lobby | Welcome | Update | Ack | Refused | Answer | Room | Bye
