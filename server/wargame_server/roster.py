"""Who is at a table: people with seats, those who watch, and those who wait to be let in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgpack
from attrs import astuple, define, field

from wargame_server.game import PUBLIC, WHITE_CELL
from wargame_server.journal.contract import JournalError
from wargame_server.line import Line

LOBBY = 200  # who may wait to be let into a class
WAITING = -1  # the viewer number of somebody in the lobby


@define(eq=False)
class Person:
    """Somebody at the table. `kept` is the digest of the seat token (empty: none); `claimed` whether it was ever used."""

    id: str
    name: str
    seat: str
    kept: bytes = b""
    claimed: bool = False
    level: str = ""  # of a computer seat; empty for people
    muted: bool = False
    captain: bool = False
    moves: int = 0  # how often it went to another table: where a person is kept at two, the higher number counts
    seen: int = -1  # the row until which it was connected, while it is away
    named: bool = False  # the facilitator gave the name: it stays, whatever a client says
    table: str = ""  # the id of the game; not kept, for it is kept there
    shown: tuple[str, str] = ("", "")  # table and seat of the last welcome; not kept, for numbers begin anew with the server

    def encode(self) -> bytes:
        """What is kept beside the journal."""
        packed: bytes = msgpack.packb(list(astuple(self)[:-2]))
        return packed

    @classmethod
    def decode(cls, value: bytes) -> Person:
        """The person again. Raises JournalError."""
        try:
            return cls(*msgpack.unpackb(value))
        except (ValueError, TypeError) as fault:
            raise JournalError("A person of the table cannot be read.") from fault


@define(eq=False)
class Guest:
    """Somebody connected: a line, and the person it turned out to be (None while waiting in the lobby)."""

    line: Line
    name: str
    wish: str | None = None
    token: str = ""
    have: int = 0
    request: str = ""
    person: Person | None = None
    viewer: int = WAITING
    right: str = ""  # of a facilitator
    since: int = 0  # ms, when it began to wait
    note: str = ""  # why it waits
    room: bytes = b""  # the `room` it was sent last
    told: bytes = b""  # the `class` or `lobby` it was sent last
    asking: bool = False  # a question that takes long is being worked out


@define
class Commons:
    """What the tables of a class share. `noticed` is called when what is to be seen of a table has changed; `do` puts a task
    behind those that change who is where, so that no two write down the same person at once."""

    waiting: list[Guest] = field(factory=list)  # in the lobby, next first
    locked: bool = False
    auto_extend: tuple[int, int] = (0, 0)  # seconds, and times a phase
    noticed: Callable[[], None] = lambda: None
    do: Callable[[Callable[[], Awaitable[None]]], None] = lambda task: None
    _last: int = 0

    def number(self, prefix: str) -> str:
        """A fresh id, told apart in the whole class."""
        self._last += 1
        return f"{prefix}{self._last}"

    def known(self, number: str) -> None:
        """An id that is in use: fresh ones come after it."""
        digits = number.lstrip("abcdefghijklmnopqrstuvwxyz")
        if digits.isdecimal():
            self._last = max(self._last, int(digits))


@define
class Roster:
    """The people of a table."""

    people: dict[str, Person] = field(factory=dict)  # by person id, with a seat or a right to one
    guests: list[Guest] = field(factory=list)  # connected and let in
    commons: Commons = field(factory=Commons)

    def number(self, prefix: str) -> str:
        """A fresh id."""
        return self.commons.number(prefix)

    def names(self, but: Person | None = None) -> list[str]:
        """Names in use at the table."""
        here = [guest.person.name for guest in self.guests if guest.person not in (None, but) and guest.person]
        return [*(person.name for person in self.people.values() if person is not but and person.claimed), *here]

    def at(self, seat: str) -> list[Guest]:
        """Everybody connected at a seat."""
        return [guest for guest in self.guests if guest.person is not None and guest.person.seat == seat]

    def guest_of(self, person: Person) -> Guest | None:
        """The person's connection."""
        return next((guest for guest in self.guests if guest.person is person), None)

    def find(self, person: str) -> Person | None:
        """A person by id, with a seat or only connected."""
        found = self.people.get(person)
        if found is not None:
            return found
        return next((guest.person for guest in self.guests if guest.person is not None and guest.person.id == person), None)

    def taken(self, seat: str) -> bool:
        """Whether somebody (not a computer seat) has the seat."""
        return any(person.seat == seat and person.claimed and not person.level for person in self.people.values())

    def listed(self, mirror: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`people` of a `room` message, with presence as the given mirror knows it."""
        here = [guest.person for guest in self.guests if guest.person is not None]
        present = set(here)
        sealed, active = set(mirror["sealed"]), set(mirror["active"])
        # Those only connected (watching, facilitating, computer seats) come behind those with a seat of their own.
        everybody = [person for person in self.people.values() if person.claimed or person in present]
        everybody += [person for person in here if person.id not in self.people]
        return [
            {
                "person": person.id,
                "name": person.name,
                "seat": person.seat,
                "connected": person in present,
                "bot": bool(person.level),
                "sealed": person.seat in sealed,
                "active": person.seat in active,
            }
            for person in everybody
        ]

    def requests(self) -> list[dict[str, Any]]:
        """`requests` of a `room` message for the white cell."""
        return [{"request": guest.request, "name": guest.name, "seat": guest.wish} for guest in self.commons.waiting]

    def is_seat(self, seat: str, seats: Sequence[str]) -> bool:
        """Whether somebody can be put there: a seat, or among those who watch."""
        return seat in seats or seat == PUBLIC

    def facilitates(self, guest: Guest) -> bool:
        """Whether the guest came with the facilitator's secret."""
        return guest.person is not None and guest.person.seat == WHITE_CELL
