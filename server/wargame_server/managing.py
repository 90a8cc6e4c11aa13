"""The facilitator's hand on seats and table: the bodies of `manage`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from attrs import evolve

from wargame.engine.commands import Refused
from wargame.wire import messages as wire
from wargame.wire.codec import encode
from wargame_server.access import digest, new_token
from wargame_server.bots import levels, seat_computer
from wargame_server.game import WHITE_CELL
from wargame_server.journal.contract import JournalError
from wargame_server.names import fitting
from wargame_server.roster import Guest, Person
from wargame_server.table import Table

PEOPLE = "person"  # kinds of what is kept beside a journal
SETTINGS = "settings"

KeyChange = Callable[[Table, Person, bytes], None]  # (table, person, digest that no longer counts)
Body = Mapping[str, Any]


class NotDoneError(Exception):
    """A request that cannot be met."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.refused = Refused(code, reason)


class Manager:
    """Carries `manage` out at a table. `rekey` is told when a person's token changes, so that the door knows."""

    def __init__(self, table: Table, rekey: KeyChange) -> None:
        self.table = table
        self.rekey = rekey
        self.verbs: dict[str, tuple[Callable[[Body], Awaitable[Body]], tuple[str, ...]]] = {
            "room": (self._room, ()),
            "codes": (self._codes, ()),
            "approve": (self._approve, ("request", "seat")),
            "refuse": (self._refuse, ("request",)),
            "lock": (self._lock, ("locked",)),
            "kick": (self._kick, ("person",)),
            "assign": (self._assign, ("person", "seat")),
            "bot": (self._bot, ("seat", "level")),
            "human": (self._human, ("seat",)),
        }

    def manage(self, guest: Guest, message: wire.Manage) -> None:
        """Takes a request in; the answer or refusal follows."""
        if not self.table.roster.facilitates(guest):
            self.table.refuse(guest, message.id, Refused("forbidden", "Only the facilitator manages the table."))
            return

        async def task() -> None:
            try:
                reply = await self._take(message.body)
            except NotDoneError as fault:
                self.table.refuse(guest, message.id, fault.refused)
            except JournalError:
                refused = Refused("unavailable", "It could not be stored, so it was not done; try again in a moment.")
                self.table.refuse(guest, message.id, refused)
            else:
                guest.line.send(encode(wire.Answer(id=message.id, body=reply)))

        self.table.do(task)

    async def _take(self, body: Body) -> Body:
        what = body.get("what")
        verb = self.verbs.get(what) if isinstance(what, str) else None
        if verb is None:
            raise NotDoneError("unknown", f"`what` is one of {', '.join(self.verbs)}.")
        run, keys = verb
        if set(body) != {"what", *keys}:
            raise NotDoneError("malformed", f"{what} has exactly: {', '.join(keys) or 'nothing more'}.")
        return await run(body)

    # -- what is asked for --------------------------------------------------------------------------------------------

    async def _room(self, _: Body) -> Body:
        table = self.table
        mirror = table.game.mirrors[table.game.program.white_cell].data
        return {
            "people": table.roster.listed(mirror),
            "locked": table.settings.locked,
            "requests": table.roster.requests(),
        }

    async def _codes(self, _: Body) -> Body:
        return {"code": self.table.settings.code}

    async def _approve(self, body: Body) -> Body:
        guest = self._waiting(body)
        person = await self.admit(guest, self._seat(body["seat"]))
        return {"person": person.id}

    async def _refuse(self, body: Body) -> Body:
        guest = self._waiting(body)
        self.table.roster.waiting.remove(guest)
        guest.line.close("refused", "The facilitator has not let you in.")
        self.table.tell()
        return {}

    async def _lock(self, body: Body) -> Body:
        if not isinstance(body["locked"], bool):
            raise NotDoneError("malformed", "locked is true or false.")
        settings = evolve(self.table.settings, locked=body["locked"])
        await self.table.keep(SETTINGS, "", settings.encode())
        self.table.settings = settings
        self.table.tell()
        return {}

    async def _kick(self, body: Body) -> Body:
        person = self._person(body)
        await self._forget(person)
        guest = self.table.roster.guest_of(person)
        if guest is not None:
            self.table.roster.guests.remove(guest)
            guest.line.close("kicked", "The facilitator has closed your place.")
        self.table.tell()
        return {}

    async def _assign(self, body: Body) -> Body:
        person = self._person(body)
        seat = self._seat(body["seat"])
        if person.level:
            raise NotDoneError("not_allowed", "A computer seat stays where it is; hand it back and take another.")
        guest = self.table.roster.guest_of(person)
        if person.id in self.table.roster.people:
            moved = Person(person.id, person.name, seat, person.kept, person.claimed)
            await self.table.keep(PEOPLE, person.id, moved.encode())
        elif guest is not None:
            # Somebody who watched gets a seat of their own, with a token for it.
            guest.token = new_token()
            person.kept, person.claimed = digest(guest.token), True
            moved = Person(person.id, person.name, seat, person.kept, True)
            await self.table.keep(PEOPLE, person.id, moved.encode())
            self.table.roster.people[person.id] = person
            self.rekey(self.table, person, b"")
        person.seat = seat
        if guest is not None:
            self.make_room(seat)
            self.table.attach(guest, person)
        self.table.tell()
        return {}

    async def _bot(self, body: Body) -> Body:
        seat, level = self._seat(body["seat"]), body["level"]
        if level not in levels():
            raise NotDoneError("unknown", f"A level is one of {', '.join(levels())}.")
        person = await self.add_bot(seat, level)
        return {"person": person.id}

    async def _human(self, body: Body) -> Body:
        seat = self._seat(body["seat"])
        bots = [person for person in self.table.roster.people.values() if person.seat == seat and person.level]
        if not bots:
            raise NotDoneError("not_allowed", "No computer plays that seat.")
        for person in bots:
            await self.table.keep(PEOPLE, person.id, None)
        self.make_room(seat)
        self.table.tell()
        return {}

    # -- what the door and the host use too ----------------------------------------------------------------------------

    async def admit(self, guest: Guest, seat: str) -> Person:
        """Gives somebody from the lobby a seat and a token for it. Raises NotDoneError, JournalError."""
        token = new_token()
        person = Person(self.table.roster.number("p"), guest.name, seat, digest(token), claimed=True)
        await self.table.keep(PEOPLE, person.id, person.encode())
        if guest not in self.table.roster.waiting:
            await self.table.keep(PEOPLE, person.id, None)
            raise NotDoneError("unknown", "They have left the lobby.")
        self.table.roster.people[person.id] = person
        self.rekey(self.table, person, b"")
        guest.token = token
        self.make_room(seat)
        self.table.attach(guest, person)
        self.table.log.info("admitted", table=self.table.id, person=person.id)
        return person

    async def add_bot(self, seat: str, level: str) -> Person:
        """Lets a computer play a seat where nobody is. Raises NotDoneError, JournalError."""
        if seat not in self.table.game.program.seats:
            raise NotDoneError("unknown", "There is nothing to play there.")
        if self.table.roster.at(seat):
            raise NotDoneError("not_allowed", "Somebody is in that seat.")
        title = str(self.table.game.program.scenario.seats[seat].title)
        name = fitting(f"{title[:24]} (bot)", self.table.roster.names()) or "Bot"
        person = Person(self.table.roster.number("b"), name, seat, claimed=True, level=level)
        await self.table.keep(PEOPLE, person.id, person.encode())
        self.table.roster.people[person.id] = person
        seat_computer(self.table, person)
        return person

    def make_room(self, seat: str) -> None:
        """A person comes: the computers in the seat go."""
        for person in [each for each in self.table.roster.people.values() if each.seat == seat and each.level]:
            del self.table.roster.people[person.id]
            guest = self.table.roster.guest_of(person)
            if guest is not None:
                self.table.roster.guests.remove(guest)
                guest.line.close("replaced", "")

            async def forget(number: str = person.id) -> None:
                await self.table.keep(PEOPLE, number, None)

            self.table.do(forget)

    async def _forget(self, person: Person) -> None:
        if person.id in self.table.roster.people:
            await self.table.keep(PEOPLE, person.id, None)
            del self.table.roster.people[person.id]
            self.rekey(self.table, person, person.kept)

    # -- reading a body -----------------------------------------------------------------------------------------------

    def _waiting(self, body: Body) -> Guest:
        for guest in self.table.roster.waiting:
            if guest.request == body["request"]:
                return guest
        raise NotDoneError("unknown", "Nobody of that number waits in the lobby.")

    def _person(self, body: Body) -> Person:
        number = body["person"]
        person = self.table.roster.find(number) if isinstance(number, str) else None
        if person is None:
            raise NotDoneError("unknown", "Nobody of that number is at the table.")
        if person.seat == WHITE_CELL:
            raise NotDoneError("not_allowed", "Facilitators come and go with their secret.")
        return person

    def _seat(self, seat: object) -> str:
        if not isinstance(seat, str) or not self.table.roster.is_seat(seat, self.table.game.program.seats):
            raise NotDoneError("unknown", "There is no such seat.")
        return seat
