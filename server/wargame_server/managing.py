"""The facilitator's hand on seats, people and tables: the bodies of `manage`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from wargame.engine.commands import Refused
from wargame.wire import messages as wire
from wargame.wire.codec import encode
from wargame.wire.plain import clean_name, is_name
from wargame.wire.rights import ALLOWED, not_managed
from wargame_server import history
from wargame_server.access import digest, new_secret
from wargame_server.bots import levels
from wargame_server.classroom import NO_TABLE, TABLES, Classroom, NotDoneError
from wargame_server.game import WHITE_CELL
from wargame_server.journal.contract import JournalError
from wargame_server.journal.keeping import FencedError
from wargame_server.names import fitting
from wargame_server.roster import Guest, Person
from wargame_server.settings import SETTINGS
from wargame_server.table import Table

MOST_INVITED = 100  # secrets of one class
LONGEST_EXTENSION, MOST_EXTENSIONS = 3_600, 20
# Commands that go to every table of the class at once.
EVERYWHERE = ("start", "pause", "resume", "advance", "extend", "announce")

Body = Mapping[str, Any]


@frozen
class Request:
    """A request: who asks, the table it is about, and what is asked."""

    guest: Guest
    table: Table
    body: Body


Verb = Callable[[Request], Awaitable[Body]]


class Manager:
    """Carries `manage` out in a class, one request after the other."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom = classroom
        # Name -> (what does it, the keys it has, the keys it may have beside `table`).
        self.verbs: dict[str, tuple[Verb, tuple[str, ...], tuple[str, ...]]] = {
            "room": (self._room, (), ()),
            "codes": (self._codes, (), ()),
            "approve": (self._approve, ("request", "seat"), ()),
            "refuse": (self._refuse, ("request",), ()),
            "lock": (self._lock, ("locked",), ("waiting",)),
            "kick": (self._kick, ("person",), ()),
            "mute": (self._mute, ("person", "muted"), ()),
            "rename": (self._rename, ("person", "name"), ()),
            "assign": (self._assign, ("person", "seat"), ()),
            "captain": (self._captain, ("person",), ()),
            "bot": (self._bot, ("seat", "level"), ()),
            "human": (self._human, ("seat",), ()),
            "invite": (self._invite, ("right",), ()),
            "all": (self._all, ("body",), ()),
            "new_table": (self._new_table, (), ()),
            "auto_extend": (self._auto_extend, ("seconds", "times"), ()),
            "stop_clear": (self._stop_clear, (), ()),
            "boundaries": (self._boundaries, (), ()),
            "rewind": (self._rewind, ("to", "reason"), ()),
            "fork": (self._fork, ("at", "people"), ()),
            "compare": (self._compare, ("tables",), ()),
        }

    def manage(self, guest: Guest, message: wire.Manage) -> None:
        """Takes a request in; the answer or refusal follows."""
        refused = not_managed(guest.right, message.body.get("what"))
        if refused is not None:
            self.classroom.refuse(guest, message.id, refused)
            return

        async def task() -> None:
            try:
                reply = await self._take(guest, message.body)
            except NotDoneError as fault:
                self.classroom.refuse(guest, message.id, fault.refused)
            except JournalError:
                words = "It could not be stored, so it was not done; try again in a moment."
                self.classroom.refuse(guest, message.id, Refused("unavailable", words))
            except FencedError:
                raise
            except Exception:
                self.classroom.log.exception("request failed", classroom=self.classroom.id)
                self.classroom.refuse(guest, message.id, Refused("unknown", "That could not be done."))
            else:
                guest.line.send(encode(wire.Answer(id=message.id, body=reply)))

        self.classroom.do(task)

    async def _take(self, guest: Guest, body: Body) -> Body:
        what = body.get("what")
        verb = self.verbs.get(what) if isinstance(what, str) else None
        if verb is None:
            raise NotDoneError("unknown", f"`what` is one of {', '.join(self.verbs)}.")
        run, keys, more = verb
        if not {"what", *keys} <= set(body) <= {"what", "table", *keys, *more}:
            raise NotDoneError("malformed", f"{what} has exactly: {', '.join(keys) or 'nothing more'}.")
        return await run(Request(guest, self._table(guest, body), body))

    # -- people -------------------------------------------------------------------------------------------------------

    async def _room(self, request: Request) -> Body:
        roster = request.table.roster
        mirror = request.table.game.mirrors[request.table.game.program.white_cell].data
        return {"people": roster.listed(mirror), "locked": roster.commons.locked, "requests": roster.requests()}

    async def _codes(self, _: Request) -> Body:
        return {"code": self.classroom.settings.code}

    async def _approve(self, request: Request) -> Body:
        guest = self._waiting(request.body)
        person = await self.classroom.admit(guest, request.table, _seat(request))
        return {"person": person.id}

    async def _refuse(self, request: Request) -> Body:
        guest = self._waiting(request.body)
        self.classroom.commons.waiting.remove(guest)
        guest.line.close("refused", "The facilitator has not let you in.")
        self.classroom.tell_lobby()
        return {}

    async def _lock(self, request: Request) -> Body:
        locked, waiting = _flag(request.body, "locked"), request.body.get("waiting", False)
        if not isinstance(waiting, bool):
            raise NotDoneError("malformed", "waiting is true or false.")
        await self.classroom.set(locked=locked, waiting=waiting)
        return {}

    async def _kick(self, request: Request) -> Body:
        await self.classroom.forget(self._person(request.body))
        return {}

    async def _mute(self, request: Request) -> Body:
        await self.classroom.put(self._person(request.body), muted=_flag(request.body, "muted"))
        return {}

    async def _rename(self, request: Request) -> Body:
        person, wanted = self._person(request.body), request.body["name"]
        if not isinstance(wanted, str) or not is_name(clean_name(wanted)):
            raise NotDoneError("malformed", "A name has 1 to 32 characters.")
        name = fitting(wanted, self.classroom.names(person))
        assert name is not None, "a name that is one stays one"
        await self.classroom.put(person, name=name, named=True)
        return {"name": name}

    async def _assign(self, request: Request) -> Body:
        person = self._person(request.body)
        # Without a table that is named a person stays where it is.
        table = request.table if "table" in request.body else self.classroom.table_of(person)
        seat = _seat(evolve(request, table=table))
        if person.level:
            raise NotDoneError("not_allowed", "A computer seat stays where it is; hand it back and take another.")
        await self.classroom.move(person, table, seat, "The facilitator has given you another place.")
        return {}

    async def _captain(self, request: Request) -> Body:
        person = self._person(request.body)
        table = self.classroom.table_of(person)
        if person.id not in table.roster.people or person.seat not in table.game.program.seats:
            raise NotDoneError("not_allowed", "Only somebody with a seat can be its captain.")
        others = [each for each in table.roster.people.values() if each.seat == person.seat and each.captain]
        await self.classroom.put(person, captain=True)
        try:
            for other in others:
                if other is not person:
                    await self.classroom.put(other, captain=False)
        except JournalError:
            if person not in others:
                await self.classroom.put(person, captain=False)
            raise
        return {}

    async def _bot(self, request: Request) -> Body:
        seat, level = _seat(request), request.body["level"]
        if level not in levels():
            raise NotDoneError("unknown", f"A level is one of {', '.join(levels())}.")
        person = await self.classroom.add_bot(request.table, seat, level)
        return {"person": person.id}

    async def _human(self, request: Request) -> Body:
        seat, table = _seat(request), request.table
        bots = [person for person in table.roster.people.values() if person.seat == seat and person.level]
        if not bots:
            raise NotDoneError("not_allowed", "No computer plays that seat.")
        self.classroom.make_room(table, seat)
        table.tell()
        return {}

    # -- the class ----------------------------------------------------------------------------------------------------

    async def _invite(self, request: Request) -> Body:
        right = request.body["right"]
        if not isinstance(right, str) or right not in ALLOWED:
            raise NotDoneError("unknown", f"A right is one of {', '.join(ALLOWED)}.")
        return {"secret": await invite(self.classroom, right)}

    async def _all(self, request: Request) -> Body:
        body = request.body["body"]
        if not isinstance(body, dict) or body.get("do") not in EVERYWHERE:
            raise NotDoneError("unknown", f"What goes to all tables is one of {', '.join(EVERYWHERE)}.")
        tables = self.classroom.open_tables
        answers = await asyncio.gather(*(table.facilitate(request.guest, body) for table in tables))
        refused = {table.id: answer.reason for table, answer in zip(tables, answers, strict=True) if answer is not None}
        return {"done": len(tables) - len(refused), "refused": refused}

    async def _new_table(self, _: Request) -> Body:
        self._room_for_one_more()
        table = await self.classroom.open_table(self.classroom)
        return {"table": table.id}

    def _room_for_one_more(self) -> None:
        if len(self.classroom.tables) >= TABLES:
            raise NotDoneError("not_allowed", f"A class has at most {TABLES} tables.")

    async def _auto_extend(self, request: Request) -> Body:
        seconds, times = request.body["seconds"], request.body["times"]
        for value, most in ((seconds, LONGEST_EXTENSION), (times, MOST_EXTENSIONS)):
            if type(value) is not int or not 0 <= value <= most:
                words = f"seconds is from 0 to {LONGEST_EXTENSION}, times from 0 to {MOST_EXTENSIONS}."
                raise NotDoneError("malformed", words)
        await self.classroom.set(auto_extend=(seconds, times) if seconds and times else (0, 0))
        return {}

    async def _stop_clear(self, request: Request) -> Body:
        table, before = request.table, request.table.settings
        # At once: a signal that is given while this is stored is one of its own, and stands.
        table.settings = cleared = evolve(before, stopped=False)
        try:
            await table.keep(SETTINGS, "", cleared.encode())
        except JournalError:
            table.settings = before if table.settings is cleared else table.settings
            raise
        table.tell()
        return {}

    # -- the course of a game -----------------------------------------------------------------------------------------

    async def _boundaries(self, request: Request) -> Body:
        return await history.boundaries(request.table)

    async def _rewind(self, request: Request) -> Body:
        return await history.rewind(request.table, request.guest, request.body["to"], request.body["reason"])

    async def _fork(self, request: Request) -> Body:
        self._room_for_one_more()
        body = request.body
        return await history.fork(self.classroom, request.table, request.guest, body["at"], body["people"])

    async def _compare(self, request: Request) -> Body:
        wanted = request.body["tables"]
        if not isinstance(wanted, list) or len(wanted) != 2:
            raise NotDoneError("malformed", "tables is a list of two tables.")
        return await history.compare([self._table(request.guest, {"table": each}) for each in wanted])

    # -- reading a body -----------------------------------------------------------------------------------------------

    def _table(self, guest: Guest, body: Body) -> Table:
        wanted = body.get("table")
        if wanted is None:
            table = self.classroom.tables.get(guest.person.table) if guest.person is not None else None
            table = table if table is not None and not table.closed else self.classroom.pick(None)
            if table is None:
                raise NotDoneError("unavailable", NO_TABLE)
            return table
        table = self.classroom.tables.get(wanted) if isinstance(wanted, str) else None
        if table is None or table.closed:
            raise NotDoneError("unknown", "There is no such table in the class.")
        return table

    def _waiting(self, body: Body) -> Guest:
        for guest in self.classroom.commons.waiting:
            if guest.request == body["request"]:
                return guest
        raise NotDoneError("unknown", "Nobody of that number waits in the lobby.")

    def _person(self, body: Body) -> Person:
        number = body["person"]
        person = self.classroom.find(number) if isinstance(number, str) else None
        if person is None:
            raise NotDoneError("unknown", "Nobody of that number is in the class.")
        if person.seat == WHITE_CELL:
            raise NotDoneError("not_allowed", "Facilitators come and go with their secret.")
        return person


async def invite(classroom: Classroom, right: str) -> str:
    """A new secret that lets a facilitator in with a right. Raises NotDoneError, JournalError."""
    kept = classroom.settings.secrets
    if len(kept) >= MOST_INVITED:
        # The oldest ones go, as those of earlier runs of the server.
        kept = dict(list(kept.items())[1 - MOST_INVITED :])
    secret = new_secret()
    await classroom.set(secrets={**kept, digest(secret): right})
    return secret


def _seat(request: Request) -> str:
    seat, table = request.body["seat"], request.table
    if not isinstance(seat, str) or not table.roster.is_seat(seat, table.game.program.seats):
        raise NotDoneError("unknown", "There is no such seat.")
    return seat


def _flag(body: Body, key: str) -> bool:
    value = body[key]
    if not isinstance(value, bool):
        raise NotDoneError("malformed", f"{key} is true or false.")
    return value
