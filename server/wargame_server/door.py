"""The door: what a `hello` leads to. It knows every table's code and every key."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from wargame.wire import messages as wire
from wargame_server.access import Bucket, Failures, Keys, tidy_code
from wargame_server.clock import Clock
from wargame_server.game import PUBLIC, WHITE_CELL
from wargame_server.line import Line
from wargame_server.managing import PEOPLE, Manager, NotDoneError
from wargame_server.names import fitting
from wargame_server.roster import LOBBY, Guest, Person
from wargame_server.table import Table

SPECTATORS = 100  # who may watch a table
# How often somebody may come back: each time costs a whole view. At once, and ms until once more.
RETURNS, RETURN_EVERY = 60, 1_000


@define(eq=False)
class Seated:
    """A connection that was let through the door: its table, and who it is there."""

    table: Table
    manager: Manager
    guest: Guest


@define
class Door:
    """Lets connections to tables."""

    clock: Clock
    log: Any
    failures: Failures = field(init=False)
    tables: dict[str, tuple[Table, Manager]] = field(factory=dict)  # by game
    _codes: dict[str, str] = field(factory=dict)  # code -> game
    _secrets: Keys[str] = field(factory=Keys)  # game
    _tokens: Keys[tuple[str, Person]] = field(factory=Keys)  # game, person
    _returns: dict[str, Bucket] = field(factory=dict)  # by person and table

    def __attrs_post_init__(self) -> None:
        self.failures = Failures(self.clock)

    def add(self, table: Table) -> Manager:
        """Opens the door to a table."""
        manager = Manager(table, self._rekey)
        self.tables[table.id] = (table, manager)
        self._codes[table.settings.code] = table.id
        self._secrets.put(table.settings.secret, table.id)
        for person in table.roster.people.values():
            self._rekey(table, person, b"")
        return manager

    def code_taken(self, code: str) -> bool:
        """Whether another table has the code."""
        return code in self._codes

    def _rekey(self, table: Table, person: Person, old: bytes) -> None:
        if old:
            self._tokens.revoke(old)
        elif person.kept:
            self._tokens.put(person.kept, (table.id, person))

    def hello(self, line: Line, hello: wire.Hello, address: str) -> Seated | None:
        """Who a connection is; None after a goodbye."""
        if hello.version != wire.VERSION:
            line.close("version", f"This server speaks version {wire.VERSION} of the protocol.")
            return None
        if hello.token is not None:
            return self._with_token(line, hello, hello.token)
        if hello.secret is not None:
            return self._with_secret(line, hello, hello.secret)
        # Only codes are short enough to guess. Counting wrong tokens and secrets too would let one person with a drawer
        # full of old ones shut out a class (or its facilitator) that shares the address.
        if hello.code is not None and self.failures.blocked(address):
            line.close("busy", "Too many wrong codes came from your address; wait a minute, then try again.")
            return None
        return self._with_code(line, hello, address)

    def _with_token(self, line: Line, hello: wire.Hello, token: str) -> Seated | None:
        found = self._tokens.holder(token)
        if found is None:
            line.close("token", "This seat token is not known here.")
            return None
        table, manager = self.tables[found[0]]
        person = found[1]
        if self._moved(line, table):
            return None
        if not self._returns.setdefault(person.id + table.id, Bucket(self.clock, RETURNS, RETURN_EVERY)).take():
            line.close("too_fast", "You came back too often; wait a minute, then try again.")
            return None
        name = fitting(hello.name, table.roster.names(person)) or person.name
        if name != person.name or not person.claimed:
            person.name, person.claimed = name, True
            self._keep_later(table, person)
        guest = Guest(line, person.name, token=token, have=hello.have)
        manager.make_room(person.seat)
        table.attach(guest, person)
        return Seated(table, manager, guest)

    @staticmethod
    def _moved(line: Line, table: Table) -> bool:
        """Says goodbye at a table that another server has now."""
        if table.closed:
            line.close("restart", "The table has moved to another server.")
        return table.closed

    @staticmethod
    def _keep_later(table: Table, person: Person) -> None:
        async def keep() -> None:
            if person.id in table.roster.people:
                await table.keep(PEOPLE, person.id, person.encode())

        table.do(keep)

    def _with_secret(self, line: Line, hello: wire.Hello, secret: str) -> Seated | None:
        game = self._secrets.holder(secret)
        if game is None:
            line.close("secret", "This facilitator secret is not known here.")
            return None
        if self._moved(line, self.tables[game][0]):
            return None
        return self._come_in(line, hello, game, WHITE_CELL)

    def _come_in(self, line: Line, hello: wire.Hello, game: str, place: str) -> Seated | None:
        """Lets in somebody who has no seat of their own."""
        table, manager = self.tables[game]
        name = fitting(hello.name, table.roster.names())
        if name is None:
            line.close("malformed", "A name has 1 to 32 characters.")
            return None
        guest = Guest(line, name, have=hello.have)
        table.attach(guest, Person(table.roster.number("g" if place == WHITE_CELL else "s"), name, place, claimed=True))
        return Seated(table, manager, guest)

    def _with_code(self, line: Line, hello: wire.Hello, address: str) -> Seated | None:
        game = self._codes.get(tidy_code(hello.code)) if hello.code is not None else self._only_table()
        if game is None:
            if hello.code is not None:
                self.failures.note(address)
            line.close("code", "No table has this join code.")
            return None
        table, manager = self.tables[game]
        if self._moved(line, table):
            return None
        if hello.code is None or hello.seat == PUBLIC:
            if not table.settings.spectators:
                line.close("forbidden", "Nobody may watch this table.")
                return None
            if table.settings.locked or len(table.roster.at(PUBLIC)) >= SPECTATORS:
                line.close("locked" if table.settings.locked else "full", "The table takes nobody new at the moment.")
                return None
            return self._come_in(line, hello, game, PUBLIC)
        return self._queue(line, hello, table, manager)

    def _only_table(self) -> str | None:
        """Without any key one can watch, where it is clear what: at a server with a single table."""
        return next(iter(self.tables)) if len(self.tables) == 1 else None

    def _queue(self, line: Line, hello: wire.Hello, table: Table, manager: Manager) -> Seated | None:
        if table.settings.locked:
            line.close("locked", "The table takes nobody new at the moment.")
            return None
        if len(table.roster.waiting) >= LOBBY:
            line.close("full", "Too many wait for this table already.")
            return None
        name = fitting(hello.name, table.roster.names())
        if name is None:
            line.close("malformed", "A name has 1 to 32 characters.")
            return None
        seats = table.game.program.seats
        wish = hello.seat if hello.seat in seats else None
        guest = Guest(line, name, wish, request=table.roster.number("r"))
        table.roster.waiting.append(guest)
        table.tell()
        if table.settings.open:
            table.do(lambda: self._seat_at_once(table, manager, guest))
        return Seated(table, manager, guest)

    @staticmethod
    async def _seat_at_once(table: Table, manager: Manager, guest: Guest) -> None:
        """Open admission: the wished seat if it is free, else the first that is; the lobby when there is none."""
        seats = table.game.program.seats
        free = [seat for seat in seats if not table.roster.taken(seat)]
        if guest in table.roster.waiting and free:
            try:
                await manager.admit(guest, guest.wish if guest.wish in free else free[0])
            except NotDoneError:
                return
