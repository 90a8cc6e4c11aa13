"""A class: tables that share a join code, a lobby and their facilitators, and how people come to them and move between them.

What changes who is where is done one after the other, by a task of the class; what facilitators are told about all tables they
are told at most twice a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol

from attrs import define, evolve, field

from wargame.engine.commands import Refused
from wargame.wire import messages as wire
from wargame.wire.codec import encode
from wargame.wire.plain import clean
from wargame_server.access import digest, new_token
from wargame_server.bots import seat_computer
from wargame_server.clock import Clock
from wargame_server.game import WHITE_CELL
from wargame_server.journal.contract import Journal, JournalError, Row
from wargame_server.journal.keeping import FencedError, keep
from wargame_server.names import fitting
from wargame_server.overview import overview
from wargame_server.roster import Commons, Guest, Person
from wargame_server.settings import CLASS, PEOPLE, ClassSettings, Expected
from wargame_server.table import Table

PACE = 500  # ms between two frames about the class
TABLES = 60  # in a class
HOSTS = 50  # names of facilitators that are remembered
NO_TABLE = "None of the tables can be reached at the moment."

KeyChange = Callable[[Person, bytes], None]  # (person, digest that no longer counts or empty)


class OpenTable(Protocol):
    """Opens one more table of a class: a fresh one, or one that goes on from the rows of another."""

    def __call__(
        self, classroom: Classroom, rows: Sequence[Row] = (), forked: tuple[str, int] | None = None
    ) -> Awaitable[Table]:
        """Raises JournalError."""


class NotDoneError(Exception):
    """A request that cannot be met."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.refused = Refused(code, reason)


@define(eq=False)
class Classroom:
    """A class of tables. `epoch` is that of the writer of its settings, which lie beside the game `id`."""

    id: str
    journal: Journal
    epoch: int
    settings: ClassSettings
    clock: Clock
    log: Any
    rekey: KeyChange
    open_table: OpenTable
    commons: Commons = field(factory=Commons)
    tables: dict[str, Table] = field(factory=dict)
    _mailbox: asyncio.Queue[Callable[[], Awaitable[None]]] = field(factory=asyncio.Queue)
    _changed: asyncio.Event = field(factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.commons.noticed, self.commons.do = self._changed.set, self.do
        self._share()
        for number in self.settings.hosts.values():
            self.commons.known(number)

    # -- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Sets the class going; its tables go by themselves."""
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._announce())]

    async def stop(self) -> None:
        """Ends the class and its tables, and says goodbye to everybody."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for table in self.tables.values():
            await table.stop()
        for guest in self.commons.waiting:
            guest.line.close("restart", "The server is stopping.")

    async def _work(self) -> None:
        while True:
            task = await self._mailbox.get()
            try:
                await task()
            except FencedError:
                for table in self.tables.values():
                    if not table.closed:
                        table.fenced()
            except Exception:
                self.log.exception("task failed", classroom=self.id)

    def do(self, task: Callable[[], Awaitable[None]]) -> None:
        """Puts a task of the class behind what waits."""
        self._mailbox.put_nowait(task)

    def add(self, table: Table) -> None:
        """One more table."""
        self.tables[table.id] = table
        for person in table.roster.people.values():
            person.table = table.id
            self.commons.known(person.id)
            self.rekey(person, b"")
        self._changed.set()

    async def set(self, **changes: Any) -> None:
        """Changes settings for good. Raises JournalError."""
        settings = evolve(self.settings, **changes)
        await keep(self.journal, self.id, self.epoch, CLASS, "", settings.encode())
        before, self.settings = self.settings, settings
        self._share()
        self._changed.set()
        if before.locked != settings.locked:
            for table in self.tables.values():
                table.tell()

    def _share(self) -> None:
        self.commons.locked, self.commons.auto_extend = self.settings.locked, self.settings.auto_extend

    # -- who is where -------------------------------------------------------------------------------------------------

    @property
    def open_tables(self) -> list[Table]:
        """The tables that this server has."""
        return [table for table in self.tables.values() if not table.closed]

    def pick(self, wanted: str | None) -> Table | None:
        """The table of this id, name or number; the first one where none is wanted or there is no such."""
        tables = self.open_tables
        words = (wanted or "").strip().casefold()
        for table in tables:
            name = table.settings.name.casefold()
            if words and words in (table.id.casefold(), name, name.rpartition(" ")[2]):
                return table
        return tables[0] if tables else None

    def table_of(self, person: Person) -> Table:
        """The table that a person is at."""
        return self.tables[person.table]

    def everybody(self) -> Iterator[Person]:
        """Everybody with a seat or a right to one, and whoever is connected."""
        for table in self.tables.values():
            yield from table.roster.people.values()
            for guest in table.roster.guests:
                if guest.person is not None and guest.person.id not in table.roster.people:
                    yield guest.person

    def find(self, number: str) -> Person | None:
        """A person by id."""
        return next((found for table in self.tables.values() if (found := table.roster.find(number)) is not None), None)

    def names(self, but: Person | None = None) -> list[str]:
        """Names in use in the whole class, also of those who wait and of facilitators who are away."""
        used = [name for table in self.tables.values() for name in table.roster.names(but)]
        return [*used, *(guest.name for guest in self.commons.waiting), *self.settings.hosts]

    def expected(self, person: Person) -> Expected | None:
        """The line of the list that a person came under."""
        return next((each for each in self.settings.expected if each.person == person.id), None)

    # -- coming and going ---------------------------------------------------------------------------------------------

    def leave(self, guest: Guest) -> None:
        """A connection is gone."""
        if guest in self.commons.waiting:
            self.commons.waiting.remove(guest)
            self.tell_lobby()
        elif guest.person is not None and guest.person.table in self.tables:
            self.table_of(guest.person).leave(guest)

    def queue(self, guest: Guest) -> None:
        """Somebody new waits to be let in."""
        guest.request, guest.since = self.commons.number("r"), self.clock.now()
        self.commons.waiting.append(guest)
        self.tell_lobby()

    async def admit(self, guest: Guest, table: Table, seat: str, captain: bool = False) -> Person:
        """Gives somebody from the lobby a seat and a token for it. Raises NotDoneError, JournalError."""
        token = new_token()
        person = Person(self.commons.number("p"), guest.name, seat, digest(token), claimed=True, captain=captain)
        person.table = table.id
        await table.keep(PEOPLE, person.id, person.encode())
        if guest not in self.commons.waiting:
            await table.keep(PEOPLE, person.id, None)
            raise NotDoneError("unknown", "They have left the lobby.")
        table.roster.people[person.id] = person
        self.rekey(person, b"")
        guest.token = token
        self.make_room(table, seat)
        table.attach(guest, person)
        self.tell_lobby()
        self.log.info("admitted", table=table.id, person=person.id)
        return person

    async def let_back(self, guest: Guest, person: Person) -> None:
        """Lets somebody from the lobby back to the place of a person who is away; the old token opens nothing any more."""
        table = self.table_of(person)
        token = new_token()
        again = evolve(person, kept=digest(token))
        await table.keep(PEOPLE, person.id, again.encode())
        if guest not in self.commons.waiting:
            raise NotDoneError("unknown", "They have left the lobby.")
        self.rekey(person, person.kept)
        person.kept, guest.token, guest.name = again.kept, token, person.name
        self.rekey(person, b"")
        self.make_room(table, person.seat)
        table.attach(guest, person)
        self.tell_lobby()

    async def move(self, person: Person, table: Table, seat: str, reason: str) -> None:
        """Gives a person another seat, at another table too; the token works there. Raises JournalError."""
        source = self.table_of(person)
        guest = source.roster.guest_of(person)
        token = ""
        changes: dict[str, Any] = {"seat": seat, "captain": False}
        if person.id not in source.roster.people and guest is not None:
            # Somebody who watched gets a place of their own, with a token for it.
            token = new_token()
            changes |= {"kept": digest(token), "claimed": True}
        if table is not source:
            # Rows are counted at each table for itself.
            changes["seen"] = table.since[person.id].seq if person.id in table.since else 0
        moved = evolve(person, **changes, moves=person.moves + (table is not source))
        await table.keep(PEOPLE, person.id, moved.encode())
        if table is not source:
            # Kept at both for a moment: after a crash in between the higher number of moves counts.
            try:
                await source.keep(PEOPLE, person.id, None)
            except JournalError:
                await table.keep(PEOPLE, person.id, None)
                raise
            source.roster.people.pop(person.id, None)
        table.roster.people[person.id] = person
        for name, value in changes.items():
            setattr(person, name, value)
        person.moves, person.table = moved.moves, table.id
        self.rekey(person, b"")
        if guest is not None:
            guest.token = token or guest.token
            self.make_room(table, seat)
            if table is source:
                table.attach(guest, person)
            else:
                source.roster.guests.remove(guest)
                guest.line.send(encode(wire.Moved(table=table.id, token=guest.token, reason=clean(reason))))
                guest.line.close("moved", clean(reason))
        for each in {source.id: source, table.id: table}.values():
            each.tell()
        self.log.info("moved", table=table.id, person=person.id)

    async def put(self, person: Person, **changes: Any) -> None:
        """Changes what is kept of a person, for good. Raises JournalError."""
        table = self.table_of(person)
        if person.id in table.roster.people:
            await table.keep(PEOPLE, person.id, evolve(person, **changes).encode())
        for name, value in changes.items():
            setattr(person, name, value)
        table.tell()

    async def forget(self, person: Person) -> None:
        """Voids a person's place and token, and closes the connection. Raises JournalError."""
        table = self.table_of(person)
        entry = self.expected(person)
        if entry is not None:
            # Whoever was sent away does not come back by the list.
            await self.set(expected=tuple(each for each in self.settings.expected if each is not entry))
        if person.id in table.roster.people:
            await table.keep(PEOPLE, person.id, None)
            del table.roster.people[person.id]
            self.rekey(person, person.kept)
        guest = table.roster.guest_of(person)
        if guest is not None:
            table.roster.guests.remove(guest)
            guest.line.close("kicked", "The facilitator has closed your place.")
        table.tell()

    async def add_bot(self, table: Table, seat: str, level: str) -> Person:
        """Lets a computer play a seat where nobody is. Raises NotDoneError, JournalError."""
        if seat not in table.game.program.seats:
            raise NotDoneError("unknown", "There is nothing to play there.")
        if table.roster.at(seat):
            raise NotDoneError("not_allowed", "Somebody is in that seat.")
        title = str(table.game.program.scenario.seats[seat].title)
        name = fitting(f"{title[:24]} (bot)", table.roster.names()) or "Bot"
        person = Person(self.commons.number("b"), name, seat, claimed=True, level=level)
        await table.keep(PEOPLE, person.id, person.encode())
        table.roster.people[person.id] = person
        seat_computer(table, person)
        return person

    def make_room(self, table: Table, seat: str) -> None:
        """A person comes: the computers in the seat go."""
        for person in [each for each in table.roster.people.values() if each.seat == seat and each.level]:
            del table.roster.people[person.id]
            guest = table.roster.guest_of(person)
            if guest is not None:
                table.roster.guests.remove(guest)
                guest.line.close("replaced", "")

            async def forget(number: str = person.id) -> None:
                await table.keep(PEOPLE, number, None)

            table.do(forget)

    async def know_host(self, name: str, number: str) -> None:
        """Remembers a facilitator's name: nobody else gets it. Raises JournalError."""
        if self.settings.hosts.get(name) != number:
            latest = list(self.settings.hosts.items())[1 - HOSTS :]
            await self.set(hosts={**dict(latest), name: number})

    # -- what is said -------------------------------------------------------------------------------------------------

    def refuse(self, guest: Guest, number: str, refused: Refused) -> None:
        """Answers somebody, in the lobby or at a table, that nothing has changed, and why."""
        table = self.table_of(guest.person) if guest.person is not None else self.pick(None)
        if table is not None:
            table.refuse(guest, number, refused)

    def tell_lobby(self) -> None:
        """Tells those who wait where they stand, and facilitators who waits."""
        self._changed.set()
        for table in self.open_tables:
            if table.roster.at(WHITE_CELL):
                table.tell()
        first = self.pick(None)
        if first is None or not self.commons.waiting:
            return
        scenario = first.game.program.scenario
        seats = [
            {
                "seat": seat,
                "title": str(scenario.seats[seat].title),
                "taken": all(table.roster.taken(seat) for table in self.open_tables),
            }
            for seat in first.game.program.seats
        ]
        for place, guest in enumerate(self.commons.waiting, 1):
            known = repr((place, guest.note, seats)).encode()
            if guest.told != known:
                guest.told = known
                lobby = wire.Lobby(table=self.id, title=str(scenario.title), seats=seats, place=place, note=guest.note)
                guest.line.send(encode(lobby))

    def tell_facilitator(self, guest: Guest) -> None:
        """Tells a facilitator who has just come about the class."""
        frame = encode(overview(self.settings, self.open_tables, self.commons.waiting))
        guest.told = frame
        guest.line.send(frame, latest="class")

    async def _announce(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                self._tell_facilitators()
            except Exception:
                self.log.exception("overview failed", classroom=self.id)
            await self.clock.until(self.clock.now() + PACE)

    def _tell_facilitators(self) -> None:
        guests = [guest for table in self.open_tables for guest in table.roster.at(WHITE_CELL)]
        if not guests:
            return
        frame = encode(overview(self.settings, self.open_tables, self.commons.waiting))
        for guest in guests:
            if guest.told != frame:
                guest.told = frame
                guest.line.send(frame, latest="class")
