"""The door: what a `hello` leads to. It knows every class's code and every key."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from wargame.wire import messages as wire
from wargame_server.access import Bucket, Failures, Keys, tidy_code
from wargame_server.classroom import Classroom, NotDoneError
from wargame_server.clock import Clock
from wargame_server.game import PUBLIC, WHITE_CELL
from wargame_server.line import Line
from wargame_server.managing import Manager
from wargame_server.names import fitting, skeleton
from wargame_server.roster import LOBBY, Guest, Person
from wargame_server.rosters import admit_expected, waits_because
from wargame_server.table import Table

SPECTATORS = 100  # who may watch a table
# How often somebody may come back: each time costs a whole view. At once, and ms until once more.
RETURNS, RETURN_EVERY = 60, 1_000
# What only a facilitator is called: a player of that name would be taken for one.
RESERVED = frozenset(map(skeleton, ("Facilitator", "Facilitador", "Facilitadora", "White cell", "Célula blanca", "Host")))


@define(eq=False)
class Seated:
    """A connection that was let through the door: its class, and who it is there."""

    classroom: Classroom
    manager: Manager
    guest: Guest

    @property
    def table(self) -> Table:
        """The table it is at; not for somebody who waits in the lobby."""
        assert self.guest.person is not None, "it is at a table"
        return self.classroom.table_of(self.guest.person)


@define
class Door:
    """Lets connections to tables."""

    clock: Clock
    log: Any
    failures: Failures = field(init=False)
    classes: dict[str, tuple[Classroom, Manager]] = field(factory=dict)  # by id
    ready: bool = True  # while it is not, everybody is asked to come again
    _codes: dict[str, str] = field(factory=dict)  # code -> class
    _tokens: Keys[tuple[str, Person]] = field(factory=Keys)  # class, person
    _returns: dict[tuple[str, str], Bucket] = field(factory=dict)  # by class and person

    def __attrs_post_init__(self) -> None:
        self.failures = Failures(self.clock)

    def add(self, classroom: Classroom) -> Manager:
        """Opens the door to a class."""
        manager = Manager(classroom)
        self.classes[classroom.id] = (classroom, manager)
        self._codes[classroom.settings.code] = classroom.id
        return manager

    def code_taken(self, code: str) -> bool:
        """Whether a class has the code."""
        return code in self._codes

    def rekey(self, classroom: str, person: Person, old: bytes) -> None:
        """A person's token counts from now on, or (by its digest) no longer."""
        if old:
            self._tokens.revoke(old)
        elif person.kept:
            self._tokens.put(person.kept, (classroom, person))

    def hello(self, line: Line, hello: wire.Hello, address: str) -> Seated | None:
        """Who a connection is; None after a goodbye."""
        if hello.version != wire.VERSION:
            line.close("version", f"This server speaks version {wire.VERSION} of the protocol.")
            return None
        if not self.ready:
            line.close("restart", "The server is starting; come again in a moment.")
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
        classroom, manager = self.classes[found[0]]
        person = found[1]
        table = self._open(line, classroom.table_of(person))
        if table is None:
            return None
        back = self._returns.setdefault((classroom.id, person.id), Bucket(self.clock, RETURNS, RETURN_EVERY))
        if not back.take():
            line.close("too_fast", "You came back too often; wait a minute, then try again.")
            return None
        # A name is fitted only where it is another: a whole class may come back at once.
        another = hello.name != person.name and not person.named and not classroom.expected(person)
        if not person.claimed or another:
            name = self._name(hello, classroom.names(person)) or person.name
            if name != person.name or not person.claimed:
                person.name, person.claimed = name, True
                self._keep_later(classroom, person)
        guest = Guest(line, person.name, token=token, have=hello.have)
        classroom.make_room(table, person.seat)
        table.attach(guest, person)
        return Seated(classroom, manager, guest)

    @staticmethod
    def _open(line: Line, table: Table | None) -> Table | None:
        """The table; None after a goodbye where another server has it now."""
        if table is None or table.closed:
            line.close("restart", "The table has moved to another server.")
            return None
        return table

    @staticmethod
    def _keep_later(classroom: Classroom, person: Person) -> None:
        async def keep() -> None:
            await classroom.put(person)

        classroom.do(keep)

    @staticmethod
    def _name(hello: wire.Hello, taken: list[str]) -> str | None:
        """The name as others see it; None when it is none, or a facilitator's."""
        name = fitting(hello.name, taken)
        return None if name is None or skeleton(name) in RESERVED else name

    def _with_secret(self, line: Line, hello: wire.Hello, secret: str) -> Seated | None:
        found = self._right_of(secret)
        if found is None:
            line.close("secret", "This facilitator secret is not known here.")
            return None
        (classroom, manager), right = found
        table = self._open(line, classroom.pick(hello.table))
        if table is None:
            return None
        here = [name for each in classroom.open_tables for name in each.roster.names()]
        name = fitting(hello.name, [*here, *(guest.name for guest in classroom.commons.waiting)])
        if name is None:
            line.close("malformed", "A name has 1 to 32 characters.")
            return None
        if hello.seat == PUBLIC:  # a facilitator's projector: it comes in though the class is locked, and sees the public part
            guest = Guest(line, name, have=hello.have)
            table.attach(guest, Person(classroom.commons.number("s"), name, PUBLIC, claimed=True))
            return Seated(classroom, manager, guest)
        # Somebody who comes back (a laptop that slept) is who they were.
        number = classroom.settings.hosts.get(name) or classroom.commons.number("g")
        guest = Guest(line, name, have=hello.have, right=right)
        table.attach(guest, Person(number, name, WHITE_CELL, claimed=True))
        classroom.tell_facilitator(guest)
        classroom.do(lambda: classroom.know_host(name, number))
        return Seated(classroom, manager, guest)

    def _right_of(self, secret: str) -> tuple[tuple[Classroom, Manager], str] | None:
        found: tuple[tuple[Classroom, Manager], str] | None = None
        for each in self.classes.values():
            keys: Keys[str] = Keys(each[0].settings.secrets)
            right = keys.holder(secret)
            if right is not None:
                found = each, right
        return found

    def _with_code(self, line: Line, hello: wire.Hello, address: str) -> Seated | None:
        number = self._codes.get(tidy_code(hello.code)) if hello.code is not None else self._only_class()
        if number is None:
            if hello.code is not None:
                self.failures.note(address)
            line.close("code", "No table has this join code.")
            return None
        classroom, manager = self.classes[number]
        table = self._open(line, classroom.pick(hello.table))
        if table is None:
            return None
        if hello.code is None or hello.seat == PUBLIC:
            return self._watch(line, hello, classroom, manager, table)
        return self._queue(line, hello, classroom, manager)

    def _only_class(self) -> str | None:
        """Without any key one can watch, where it is clear what: at a server with a single class."""
        return next(iter(self.classes)) if len(self.classes) == 1 else None

    def _watch(self, line: Line, hello: wire.Hello, classroom: Classroom, manager: Manager, table: Table) -> Seated | None:
        settings = classroom.settings
        if not settings.spectators:
            line.close("forbidden", "Nobody may watch this table.")
            return None
        if settings.locked or len(table.roster.at(PUBLIC)) >= SPECTATORS:
            line.close("locked" if settings.locked else "full", "The table takes nobody new at the moment.")
            return None
        name = self._name_or_goodbye(line, hello, classroom)
        if name is None:
            return None
        guest = Guest(line, name, have=hello.have)
        table.attach(guest, Person(classroom.commons.number("s"), name, PUBLIC, claimed=True))
        return Seated(classroom, manager, guest)

    def _name_or_goodbye(self, line: Line, hello: wire.Hello, classroom: Classroom) -> str | None:
        if skeleton(hello.name) in RESERVED:
            line.close("malformed", "That name stands for the facilitator; join again with your own.")
            return None
        name = fitting(hello.name, classroom.names())
        if name is None:
            line.close("malformed", "A name has 1 to 32 characters.")
        return name

    def _queue(self, line: Line, hello: wire.Hello, classroom: Classroom, manager: Manager) -> Seated | None:
        settings = classroom.settings
        note = waits_because(classroom, hello.name)
        if settings.locked and not settings.waiting and note is None:
            line.close("locked", "The table takes nobody new at the moment.")
            return None
        if len(classroom.commons.waiting) >= LOBBY:
            line.close("full", "Too many wait for this table already.")
            return None
        name = self._name_or_goodbye(line, hello, classroom)
        table = classroom.pick(None)
        if name is None or table is None:
            return None
        wish = hello.seat if hello.seat in table.game.program.seats else None
        guest = Guest(line, name, wish, note=note or "")
        classroom.queue(guest)
        if note == "":
            classroom.do(lambda: admit_expected(classroom, guest, hello.name))
        elif settings.open and not settings.locked:
            classroom.do(lambda: self._seat_at_once(classroom, guest))
        return Seated(classroom, manager, guest)

    @staticmethod
    async def _seat_at_once(classroom: Classroom, guest: Guest) -> None:
        """Open admission: the wished seat if it is free, else the first that is; the lobby when there is none."""
        for table in classroom.open_tables:
            free = [seat for seat in table.game.program.seats if not table.roster.taken(seat)]
            if guest in classroom.commons.waiting and free:
                try:
                    await classroom.admit(guest, table, guest.wish if guest.wish in free else free[0])
                except NotDoneError:
                    return
