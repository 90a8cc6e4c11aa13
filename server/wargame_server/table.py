"""A table: one task that takes commands one after the other, and everybody who sits around it.

Order of things for a command: decide, prepare on a copy, append to the journal and wait until that is durable, commit,
send each viewer what it learned, acknowledge. Nothing is acknowledged or sent before it is durable; whatever fails before
that leaves the table as it was.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from secrets import token_bytes
from typing import Any

from attrs import Factory, define, evolve, field

from wargame.analysis.chronicle import Entry
from wargame.analysis.meters import Meters
from wargame.engine import commands
from wargame.engine.commands import Refused
from wargame.engine.decide import decide
from wargame.engine.events import Event, Noted
from wargame.engine.parse import parse
from wargame.rules.dice import SEED_BYTES
from wargame.wire import messages as wire
from wargame.wire.codec import encode, encode_update, encode_welcome
from wargame.wire.packing import pack
from wargame.wire.plain import clean, clean_all
from wargame.wire.rights import not_by_right
from wargame_server.asking import ask
from wargame_server.clock import Clock
from wargame_server.game import Game, Prepared
from wargame_server.journal.contract import Journal, JournalError, Row
from wargame_server.journal.keeping import FencedError, append, keep
from wargame_server.journal.rows import Record, body_digest, read_record, record_row
from wargame_server.missed import Since
from wargame_server.roster import WAITING, Guest, Person, Roster
from wargame_server.settings import PEOPLE, SETTINGS, Settings
from wargame_server.stopping import StopSignals
from wargame_server.teams import Teams
from wargame_server.waits import Waits

MAILBOX = 256  # commands that may wait at a table
KEPT = 512  # updates kept for each viewer to resume from
EPOCH_BITS = 32  # updates of one epoch: the numbers of different epochs never meet
TICK_PAUSE = 1_000  # ms before a tick that failed is tried again
GRACE = 30_000  # ms that a phase still has when its table comes back from a restart, or its machine from sleep
ASLEEP = 60_000  # ms after which a moment that was missed was slept through
NOTHING_LEARNED = pack([])
COMPILED = (commands.Write, commands.Happen, commands.Rule)

Task = Callable[[], Awaitable[None]]


@define(eq=False)
class Table:
    """A game, its people and its journal. Made by `wargame_server.app`; `start` sets it going."""

    id: str
    game: Game
    journal: Journal
    clock: Clock
    log: Any
    epoch: int
    head: int  # number of the last row
    settings: Settings
    roster: Roster = field(factory=Roster)
    done: dict[str, bytes] = field(factory=dict)  # command id -> digest of its body
    over: asyncio.Event = field(factory=asyncio.Event)
    over_since: int | None = None  # ms
    waits: Waits = field(factory=Waits)
    meters: Meters = field(default=Factory(lambda self: Meters(self.game.base), takes_self=True))
    since: dict[str, Since] = field(factory=dict)  # by person, how things stood when they were connected last
    closed: bool = False
    _mailbox: asyncio.Queue[Task] = field(factory=asyncio.Queue)
    _crowd: int = 0  # commands in the mailbox
    _era: int = 0  # how often the game was set back
    _seq: list[int] = field(init=False)
    _recent: list[deque[tuple[int, bytes]]] = field(init=False)
    _offers: list[bytes | None] = field(init=False)  # as last sent, by viewer
    _known: tuple[Any, ...] = ()  # what the two frames below say
    _room: bytes = b""
    _full_room: bytes = b""  # the facilitator's, with requests
    _muted_room: bytes = b""  # of somebody who is muted: only they are told
    _stops: StopSignals = field(init=False)
    _promises: set[asyncio.Future[Refused | None]] = field(factory=set)
    _tasks: list[asyncio.Task[None]] = field(factory=list)
    _rearm: asyncio.Event = field(factory=asyncio.Event)
    _not_before: int = 0
    _teams: Teams = field(default=Factory(lambda self: Teams(self.roster, self.clock), takes_self=True))
    _seating: bool = False

    def __attrs_post_init__(self) -> None:
        self._stops = StopSignals(self.clock)
        viewers = self.game.program.viewers
        self._seq = [(self.epoch - 1) << EPOCH_BITS] * viewers
        self._recent = [deque(maxlen=KEPT) for _ in range(viewers)]
        self._offers = [None] * viewers

    # -- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Sets the table going."""
        self._note_over()
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._watch_deadline())]
        if self.epoch > 1:
            self._allow_grace()

    async def stop(self, code: str = "restart", reason: str = "The server is stopping.") -> None:
        """Ends the table's tasks (a command whose answer is out stands; one without is not promised) and says goodbye."""
        self.closed = True
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._close(code, reason)

    def _close(self, code: str, reason: str) -> None:
        self.closed = True
        for guest in self.roster.guests:
            guest.line.close(code, reason)
        for promise in self._promises:
            if not promise.done():
                promise.set_result(Refused("unavailable", "The table is closed."))

    async def _work(self) -> None:
        while True:
            task = await self._mailbox.get()
            try:
                await task()
            except FencedError:
                self.fenced()
                return
            except Exception:
                # Whatever a task did not foresee must not take the table with it.
                self.log.exception("task failed", table=self.id)

    def fenced(self) -> None:
        """Another server has the game now."""
        self.log.error("fenced", table=self.id)
        self._close("restart", "The table has moved to another server.")

    def do(self, task: Task) -> None:
        """Puts a task of the table's own behind what waits."""
        self._mailbox.put_nowait(task)

    # -- people -------------------------------------------------------------------------------------------------------

    def attach(self, guest: Guest, person: Person) -> None:
        """Lets a guest in as a person: a welcome, and what it missed."""
        viewer = self.game.viewer(person.seat)
        assert viewer is not None, f"{person.seat} is a seat of this game"
        before = self.roster.guest_of(person)
        if before is not None and before is not guest:
            self.roster.guests.remove(before)
            before.viewer = WAITING
            before.line.close("replaced", "Your seat was opened on another machine.")
            self.log.info("login replaced another", table=self.id, person=person.id)
        if guest in self.roster.commons.waiting:
            self.roster.commons.waiting.remove(guest)
        if guest not in self.roster.guests:
            self.roster.guests.append(guest)
        guest.person, guest.viewer, person.table = person, viewer, self.id
        if person.id in self.roster.people and person.shown != (self.id, person.seat):
            # Whoever got another place while away has numbers of the one before: they count nothing here.
            guest.have, person.shown = 0, (self.id, person.seat)
        self._welcome(guest)
        self._note_seen(person, -1)
        self.tell()

    def _welcome(self, guest: Guest) -> None:
        viewer = guest.viewer
        missed = self._missed(viewer, guest.have)
        seq = self._seq[viewer] if missed is None else guest.have
        message = wire.Welcome(
            table=self.id,
            you=self.game.name(viewer),
            person=guest.person.id if guest.person is not None else "",
            right=guest.right,
            token=guest.token,
            now=self.clock.now(),
            catalog={},
            seq=seq,
            view=self.game.mirrors[viewer].data if missed is None else None,
            offers=[],
        )
        guest.line.send(encode_welcome(message, self.game.catalog(viewer), self._offers_now(viewer)), free=True)
        for number, ops in missed or ():
            guest.line.send(encode_update(number, ops, None, self.clock.now()), free=True)
        guest.have = 0
        guest.room = b""

    def _missed(self, viewer: int, have: int) -> list[tuple[int, bytes]] | None:
        """The updates after number `have`; None when they are not all kept (or the number is of another epoch)."""
        now = self._seq[viewer]
        recent = self._recent[viewer]
        least = recent[0][0] - 1 if recent else now
        if have == 0 or not least <= have <= now:
            return None
        return [entry for entry in recent if entry[0] > have]

    def _offers_now(self, viewer: int) -> bytes:
        try:
            offers = pack(self.game.offers(viewer))
        except Exception:
            self.log.exception("offers failed", table=self.id)
            offers = NOTHING_LEARNED
        self._offers[viewer] = offers
        return offers

    def leave(self, guest: Guest) -> None:
        """A connection is gone."""
        if guest in self.roster.guests:
            self.roster.guests.remove(guest)
            if guest.person is not None:
                self._note_seen(guest.person, self.head)
        self.tell()

    def _note_seen(self, person: Person, seen: int) -> None:
        """Remembers until when somebody with a seat was connected (-1: they are), over restarts of the server too."""

        async def note() -> None:
            if self.roster.people.get(person.id) is person:
                with suppress(JournalError):
                    await self.keep(PEOPLE, person.id, person.encode())

        if self.roster.people.get(person.id) is not person or person.level:
            self.since.pop(person.id, None)
            return
        if seen >= 0:
            self.since[person.id] = Since(seen, self.game.program, self.game.state)
        else:
            since = self.since.setdefault(person.id, Since.beginning(self.game.base))
            since.until = self.head if since.until is None else since.until
        if person.seen != seen:
            person.seen = seen
            self.roster.commons.do(note)

    def tell(self) -> None:
        """Tells everybody who is here, where that differs from what they were told last."""
        # Who is waited for and who is done is public: every mirror knows the same.
        white_cell = self.game.program.white_cell
        people = self.roster.listed(self.game.mirrors[white_cell].data)
        known = (people, self.roster.commons.locked, self.roster.requests())
        if self._known != known:
            self._known = known
            self._room = encode(wire.Room(people=people, locked=known[1], requests=[]))
            self._full_room = encode(wire.Room(people=people, locked=known[1], requests=known[2]))
            self._muted_room = encode(wire.Room(people=people, locked=known[1], requests=[], muted=True))
        for guest in self.roster.guests:
            muted = guest.person is not None and guest.person.muted
            frame = self._full_room if guest.viewer == white_cell else self._muted_room if muted else self._room
            if guest.room != frame:
                guest.room = frame
                guest.line.send(frame, latest="room")
        self.waits.note(self.game.program.seats, self.game.mirrors[white_cell].data, self.clock.now())
        if self._teams.note(self):
            self._rearm.set()
        self.roster.commons.noticed()

    async def keep(self, kind: str, key: str, value: bytes | None) -> None:
        """Makes a value beside the journal durable. Raises JournalError when that cannot be done now."""
        await keep(self.journal, self.id, self.epoch, kind, key, value)

    # -- what clients send --------------------------------------------------------------------------------------------

    def refuse(self, guest: Guest, number: str, refused: Refused) -> None:
        """Answers that nothing has changed, and why."""
        state = self.game.state
        reason = clean(refused.said(self.game.program.words))[:1000]
        message = wire.Refused(id=number, code=refused.code, reason=reason, turn=state.turn, phase=self.game.phase)
        guest.line.send(encode(message))

    def command(self, guest: Guest, message: wire.Command) -> None:
        """Takes a command in, or says that too many wait."""
        if self.closed:
            return
        if self._crowd >= MAILBOX:
            self.refuse(guest, message.id, Refused("busy", "The table has too much to do; try again in a moment."))
            return
        if message.body.get("do") == "stop":
            self._stop_signal(guest, message)
            return
        self._crowd += 1
        viewer, era = guest.viewer, self._era

        async def take() -> None:
            self._crowd -= 1
            if guest.viewer not in (viewer, WAITING):
                # Moved to another seat meanwhile: what was meant for one seat is not done by another.
                self.refuse(guest, message.id, Refused("stale_phase", "You had another seat when you sent that."))
                return
            if era != self._era:
                self.refuse(guest, message.id, Refused("stale_phase", "The facilitator has gone back since you sent that."))
                return
            await self._command(guest, message)

        self.do(take)

    def ask(self, guest: Guest, message: wire.Ask) -> None:
        """Answers a question."""
        ask(self, guest, message)

    def aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Work that the table does not wait for."""
        task = asyncio.create_task(work)
        self._tasks.append(task)
        task.add_done_callback(lambda done: self._tasks.remove(done) if done in self._tasks else None)

    async def _command(self, guest: Guest, message: wire.Command) -> None:
        viewer = guest.viewer
        if viewer == WAITING or guest not in self.roster.guests:
            return  # let out since: the goodbye was the answer
        command_id = f"{self.game.name(viewer)}/{message.id}"
        digest = body_digest(message.turn, message.phase, message.body)
        known = self.done.get(command_id)
        if known is not None:
            if known == digest:
                guest.line.send(encode(wire.Ack(id=message.id, seq=self._seq[viewer])))
            else:
                self.refuse(guest, message.id, Refused("duplicate", "Another command has this id already."))
            return
        command = self._read(guest, viewer, message)
        refused = command if isinstance(command, Refused) else await self._carry_out(command, command_id, digest)
        if refused is not None:
            self.refuse(guest, message.id, refused)
        elif guest.viewer == viewer:
            guest.line.send(encode(wire.Ack(id=message.id, seq=self._seq[viewer])))

    @staticmethod
    def _not_allowed(guest: Guest, body: Mapping[str, Any]) -> Refused | None:
        if guest.person is not None and guest.person.muted and body.get("do") == "say":
            return Refused("muted", "The facilitator has muted you: you can do everything but write messages.")
        return not_by_right(guest.right, body)

    def _stop_signal(self, guest: Guest, message: wire.Command) -> None:
        playing = guest.viewer < len(self.game.program.seats)
        # While it stands it is taken, and changes nothing.
        if not (playing and self.settings.stopped and self.game.state.paused):
            refused = self._stops.refused(guest.person, playing)
            if refused is not None:
                self.refuse(guest, message.id, refused)
                return
            self.do(self._stop)
        guest.line.send(encode(wire.Ack(id=message.id, seq=self._seq[guest.viewer])))

    async def _stop(self) -> None:
        self.settings = evolve(self.settings, stopped=True)
        await self._house(commands.Pause())  # refused where it stands already, or nothing runs
        self.tell()
        await self.keep(SETTINGS, "", self.settings.encode())

    def _read(self, guest: Guest, viewer: int, message: wire.Command) -> commands.Command | Refused:
        """What a guest wants done as a viewer, or why that cannot be."""
        # Made plain first: what is allowed is asked of the words that are carried out.
        body = clean_all(message.body)
        command = self._not_allowed(guest, body) or self._parse(viewer, message, body)
        if isinstance(command, Refused) or guest.person is None:
            return command
        return evolve(command, person=guest.person.id)

    def _parse(self, viewer: int, message: wire.Command, body: dict[str, Any]) -> commands.Command | Refused:
        program = self.game.program
        now = self.clock.now()
        if body.get("do") == "start":
            # The engine's start holds the seed: it is never what somebody sent.
            if viewer != program.white_cell:
                return Refused("forbidden", "That is the facilitator's to do.")
            if len(body) > 1:
                return Refused("malformed", "start has nothing beside it.")
            return commands.house(program, self._start_body(), now)
        try:
            return parse(program, viewer, body, turn=message.turn, phase=message.phase, at=now)
        except Exception:
            self.log.exception("parse failed", table=self.id)
            return Refused("unknown", "That cannot be understood.")

    def _start_body(self) -> commands.Start:
        seats = self.game.program.scenario.seats
        bots = {person.seat for person in self.roster.people.values() if person.level}
        played = self.settings.played or tuple(
            seat for seat in self.game.program.seats if not seats[seat].optional or seat in bots or self.roster.taken(seat)
        )
        return commands.Start(self.settings.seed or token_bytes(SEED_BYTES), played, self.settings.timed)

    def start_game(self) -> asyncio.Future[Refused | None]:
        """Starts the game for the host; the future tells whether it was refused."""
        return self.house(self._start_body)

    def house(self, make: Callable[[], commands.HouseBody]) -> asyncio.Future[Refused | None]:
        """A command of the host's own; the future tells whether it was refused."""
        return self.promise(lambda: self._house(make()))

    def facilitate(self, guest: Guest, body: Mapping[str, Any]) -> asyncio.Future[Refused | None]:
        """A facilitator's command from elsewhere in the class; the future tells whether it was refused."""

        async def work() -> Refused | None:
            white_cell, state = self.game.program.white_cell, self.game.state
            message = wire.Command(id="-", turn=state.turn, phase=self.game.phase, body=body)
            command = self._read(guest, white_cell, message)
            if isinstance(command, Refused):
                return command
            # They may be looking at another table.
            return await self._carry_out(command, f"/{self.head + 1}", body_digest(0, "", message.body), guest.person)

        return self.promise(work)

    def promise(self, work: Callable[[], Awaitable[Refused | None]]) -> asyncio.Future[Refused | None]:
        """Work put behind what waits at the table; the future tells whether it was refused (also when the table closes)."""
        told: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
        if self.closed:
            told.set_result(Refused("unavailable", "The table is closed."))
            return told
        self._promises.add(told)
        told.add_done_callback(self._promises.discard)

        async def task() -> None:
            refused: Refused | None = Refused("unknown", "That could not be carried out.")
            try:
                refused = await work()
            finally:
                if not told.done():
                    told.set_result(refused)

        self.do(task)
        return told

    async def _house(self, body: commands.HouseBody) -> Refused | None:
        command = commands.house(self.game.program, body, self.clock.now())
        # The number of the row to come is in no other command's id, for those have a name before the stroke.
        return await self._carry_out(command, f"/{self.head + 1}", body_digest(0, "", {"do": type(body).__name__}))

    # -- one command --------------------------------------------------------------------------------------------------

    async def _carry_out(
        self, command: commands.Command, command_id: str, digest: bytes, by: Person | None = None
    ) -> Refused | None:
        try:
            # What brings rules of its own has them compiled, which takes long: the other tables go on meanwhile.
            worked_out = (
                await asyncio.to_thread(self._worked_out, command)
                if isinstance(command.body, COMPILED)
                else self._worked_out(command)
            )
        except Exception:
            self.log.exception("engine failed", table=self.id, body=type(command.body).__name__)
            return Refused("unknown", "That could not be carried out; nothing has changed.")
        if isinstance(worked_out, Refused):
            return worked_out
        events, prepared = worked_out
        record = self._record(command, events, by)
        row = record_row(self.head + 1, command.at, command_id, digest, record)
        refused = await append(self.journal, self.id, self.epoch, row, self.clock, self.log)
        if refused is None:
            amended = prepared.program is not self.game.program
            self._note_row(row, record)
            self.game.commit(prepared)
            self._publish(prepared)
            if amended:
                # Facilitators' catalogs list every card, and computers play by the program.
                self._renew([each for each in self.roster.guests if each.line.bot or self.roster.facilitates(each)])
        return refused

    def _worked_out(self, command: commands.Command) -> tuple[tuple[Event, ...], Prepared] | Refused:
        events = decide(self.game.program, self.game.state, command)
        return events if isinstance(events, Refused) else (events, self.game.prepare(events))

    def _record(self, command: commands.Command, events: tuple[Event, ...], by: Person | None) -> Record:
        """A command for the journal, with who did it (`by`: who is not at the table), but for notes that are nobody's."""
        person = by or (self.roster.find(command.person) if command.person else None)
        if person is None or any(isinstance(event, Noted) and not event.person for event in events):
            return Record(command.who, events)
        return Record(command.who, events, person.id, person.name)

    def _note_row(self, row: Row, record: Record) -> None:
        self.head = row.seq
        self.done[row.command] = row.digest
        self.meters.hear(Entry(row.seq, row.at, record.who, record.person, record.name, record.events))

    async def replace(self, game: Game, row: Row) -> Refused | None:
        """Puts another course of the game in place, which ends with this row: everybody begins anew with what they know."""
        refused = await append(self.journal, self.id, self.epoch, row, self.clock, self.log)
        if refused is None:
            self._note_row(row, read_record(row))
            self.game = game
            self._era += 1
            for viewer, recent in enumerate(self._recent):
                recent.clear()
                self._seq[viewer] += 1  # nobody goes on from what was taken back
            self._renew(self.roster.guests)
            self._note_over()
            self._rearm.set()
            self.tell()
        return refused

    def _renew(self, guests: Sequence[Guest]) -> None:
        """Fresh welcomes with all that there is to know."""
        for guest in guests:
            guest.have = 0
            self._welcome(guest)

    def _publish(self, prepared: Prepared) -> None:
        now = self.clock.now()
        here: dict[int, list[Guest]] = {}
        for guest in self.roster.guests:
            here.setdefault(guest.viewer, []).append(guest)
        for viewer, ops in enumerate(prepared.packed):
            guests = here.get(viewer, ())
            offers = self._new_offers(viewer) if guests and viewer in prepared.concerned else None
            if not guests:
                self._offers[viewer] = None
            if ops is None and offers is None:
                continue
            self._seq[viewer] += 1
            learned = NOTHING_LEARNED if ops is None else ops
            self._recent[viewer].append((self._seq[viewer], learned))
            if guests:
                frame = encode_update(self._seq[viewer], learned, offers, now)
                for guest in guests:
                    guest.line.send(frame)
        self._note_over()
        self._rearm.set()
        self.tell()

    def _note_over(self) -> None:
        if self.game.state.status != "over":
            self.over.clear()
            self.over_since = None
        elif not self.over.is_set():
            self.over.set()
            self.over_since = self.clock.now() if self.over_since is None else self.over_since

    def _new_offers(self, viewer: int) -> bytes | None:
        """The offers where they differ from those sent last."""
        before = self._offers[viewer]
        offers = self._offers_now(viewer)
        return None if offers == before else offers

    # -- time ---------------------------------------------------------------------------------------------------------

    async def _watch_deadline(self) -> None:
        while True:
            self._rearm.clear()
            wake, away = self.game.state.wake, self._teams.due
            moments = [] if wake is None else [max(wake, self._not_before)]
            moments += [] if away is None else [away]
            if not moments or self.game.state.status == "over":
                await self._rearm.wait()
                continue
            moment = min(moments)
            waits = [asyncio.ensure_future(self.clock.until(moment)), asyncio.ensure_future(self._rearm.wait())]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
                await asyncio.gather(*waits, return_exceptions=True)
            now = self.clock.now()
            if away is not None and now >= away:
                self._teams.note(self)
            if wake is not None and self.game.state.wake == wake and now >= max(wake, self._not_before):
                if now - max(wake, self._not_before) > ASLEEP:
                    self.log.warning("slept through a deadline", table=self.id)
                    self._allow_grace()
                    continue
                refused = await self.house(self._when_due)
                if refused is not None:
                    self._not_before = self.clock.now() + TICK_PAUSE

    def _when_due(self) -> commands.HouseBody:
        return self.waits.due(self.game.state, self.roster, self.clock.now())

    def _allow_grace(self) -> None:
        """Nobody shall find that the phase ended while the server was away, or the laptop it runs on shut."""
        state = self.game.state
        if state.wake is None or state.status == "over":
            return
        self._not_before = self.clock.now() + GRACE
        short = 0 if state.deadline is None else self._not_before - state.deadline
        if short > 0:
            self.house(lambda: commands.Extend(-(-short // 1000)))
