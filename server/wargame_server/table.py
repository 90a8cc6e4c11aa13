"""A table: one task that takes commands one after the other, and everybody who sits around it.

Order of things for a command: decide, prepare on a copy, append to the journal and wait until that is durable, commit,
send each viewer what it learned, acknowledge. Nothing is acknowledged or sent before it is durable; whatever fails before
that leaves the table as it was.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from secrets import token_bytes
from typing import Any

from attrs import define, field

from wargame.engine import commands
from wargame.engine.commands import Refused
from wargame.engine.decide import decide
from wargame.engine.parse import parse
from wargame.engine.questions import answer
from wargame.rules.dice import SEED_BYTES
from wargame.wire import messages as wire
from wargame.wire.codec import encode, encode_update
from wargame.wire.packing import pack
from wargame.wire.plain import clean
from wargame_server.clock import Clock
from wargame_server.game import Game, Prepared
from wargame_server.journal.contract import Committed, Conflict, Fenced, Journal, JournalError, Row, Unknown
from wargame_server.journal.rows import Record, body_digest, record_row
from wargame_server.roster import WAITING, Guest, Person, Roster
from wargame_server.settings import Settings

MAILBOX = 256  # commands that may wait at a table
KEPT = 512  # updates kept for each viewer to resume from
EPOCH_BITS = 32  # updates of one epoch: the numbers of different epochs never meet
FIRST_WAIT, LONGEST_WAIT = 200, 5_000  # ms between two tries to settle what is unknown
TICK_PAUSE = 1_000  # ms before a tick that failed is tried again
GRACE = 30_000  # ms that a phase still has when its table comes back from a restart
NOTHING_LEARNED = pack([])

Task = Callable[[], Awaitable[None]]


class FencedError(Exception):
    """Another server has the game now."""


@define(eq=False)
class Table:
    """A game, its people and its journal. Made by `wargame_server.tables`; `start` sets it going."""

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
    closed: bool = False
    _mailbox: asyncio.Queue[Task] = field(factory=asyncio.Queue)
    _crowd: int = 0  # commands in the mailbox
    _seq: list[int] = field(init=False)
    _recent: list[deque[tuple[int, bytes]]] = field(init=False)
    _offers: list[bytes | None] = field(init=False)  # as last sent, by viewer
    _known: tuple[Any, ...] = ()  # what the two frames below say
    _room: bytes = b""
    _full_room: bytes = b""  # the facilitator's, with requests
    _lobbies: dict[Guest, bytes] = field(factory=dict)
    _tasks: list[asyncio.Task[None]] = field(factory=list)
    _rearm: asyncio.Event = field(factory=asyncio.Event)
    _not_before: int = 0

    def __attrs_post_init__(self) -> None:
        viewers = self.game.program.viewers
        self._seq = [(self.epoch - 1) << EPOCH_BITS] * viewers
        self._recent = [deque(maxlen=KEPT) for _ in range(viewers)]
        self._offers = [None] * viewers

    # -- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Sets the table going."""
        if self.game.state.status == "over":
            self.over.set()
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._watch_deadline())]
        self._allow_grace()

    async def stop(self, code: str = "restart", reason: str = "The server is stopping.") -> None:
        """Ends the table's tasks (a command whose answer is out stands; one without is not promised) and says goodbye."""
        self.closed = True
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        for guest in [*self.roster.guests, *self.roster.waiting]:
            guest.line.close(code, reason)

    async def _work(self) -> None:
        while True:
            task = await self._mailbox.get()
            try:
                await task()
            except FencedError:
                self.log.error("fenced", table=self.id)
                self.closed = True
                for guest in [*self.roster.guests, *self.roster.waiting]:
                    guest.line.close("restart", "The table has moved to another server.")
                return
            except Exception:
                # Whatever a task did not foresee must not take the table with it.
                self.log.exception("task failed", table=self.id)

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
        if guest in self.roster.waiting:
            self.roster.waiting.remove(guest)
            self._lobbies.pop(guest, None)
        if guest not in self.roster.guests:
            self.roster.guests.append(guest)
        guest.person, guest.viewer = person, viewer
        self._welcome(guest)
        self.tell()

    def _welcome(self, guest: Guest) -> None:
        viewer = guest.viewer
        missed = self._missed(viewer, guest.have)
        seq = self._seq[viewer] if missed is None else guest.have
        offers = self._offers_now(viewer)
        message = wire.Welcome(
            table=self.id,
            you=self.game.name(viewer),
            token=guest.token,
            now=self.clock.now(),
            catalog=self.game.catalog(viewer),
            seq=seq,
            view=self.game.mirrors[viewer].data if missed is None else None,
            offers=offers,
        )
        guest.line.send(encode(message), free=True)
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

    def _offers_now(self, viewer: int) -> list[Any]:
        try:
            offers = self.game.offers(viewer)
            self._offers[viewer] = pack(offers)
        except Exception:
            self.log.exception("offers failed", table=self.id)
            offers = []
            self._offers[viewer] = NOTHING_LEARNED
        return offers

    def leave(self, guest: Guest) -> None:
        """A connection is gone."""
        if guest in self.roster.guests:
            self.roster.guests.remove(guest)
        if guest in self.roster.waiting:
            self.roster.waiting.remove(guest)
        self._lobbies.pop(guest, None)
        self.tell()

    def tell(self) -> None:
        """Tells everybody who is here, where that differs from what they were told last."""
        # Who is waited for and who is done is public: every mirror knows the same.
        white_cell = self.game.program.white_cell
        people = self.roster.listed(self.game.mirrors[white_cell].data)
        known = (people, self.settings.locked, self.roster.requests())
        if self._known != known:
            self._known = known
            self._room = encode(wire.Room(people=people, locked=known[1], requests=[]))
            self._full_room = encode(wire.Room(people=people, locked=known[1], requests=known[2]))
        for guest in self.roster.guests:
            frame = self._full_room if guest.viewer == white_cell else self._room
            if guest.room != frame:
                guest.room = frame
                guest.line.send(frame, latest=True)
        if not self.roster.waiting:
            return
        program = self.game.program
        seats = [
            {"seat": seat, "title": str(program.scenario.seats[seat].title), "taken": self.roster.taken(seat)}
            for seat in program.seats
        ]
        for place, guest in enumerate(self.roster.waiting, 1):
            frame = encode(wire.Lobby(table=self.id, title=str(program.scenario.title), seats=seats, place=place))
            if self._lobbies.get(guest) != frame:
                self._lobbies[guest] = frame
                guest.line.send(frame)

    async def keep(self, kind: str, key: str, value: bytes | None) -> None:
        """Makes a value beside the journal durable. Raises JournalError when that cannot be done now."""
        outcome = await self.journal.put(self.id, self.epoch, kind, key, value)
        if isinstance(outcome, Unknown):
            outcome = await self.journal.put(self.id, self.epoch, kind, key, value)
        if isinstance(outcome, Fenced):
            raise FencedError
        if isinstance(outcome, Unknown):
            raise JournalError(f"It could not be kept: {outcome.reason}.")

    # -- what clients send --------------------------------------------------------------------------------------------

    def refuse(self, guest: Guest, number: str, refused: Refused) -> None:
        """Answers that nothing has changed, and why."""
        state = self.game.state
        reason = clean(refused.reason)[:1000]
        message = wire.Refused(id=number, code=refused.code, reason=reason, turn=state.turn, phase=self.game.phase)
        guest.line.send(encode(message))

    def command(self, guest: Guest, message: wire.Command) -> None:
        """Takes a command in, or says that too many wait."""
        if self.closed:
            return
        if self._crowd >= MAILBOX:
            self.refuse(guest, message.id, Refused("busy", "The table has too much to do; try again in a moment."))
            return
        self._crowd += 1
        viewer = guest.viewer

        async def take() -> None:
            self._crowd -= 1
            if guest.viewer not in (viewer, WAITING):
                # Moved to another seat meanwhile: what was meant for one seat is not done by another.
                self.refuse(guest, message.id, Refused("stale_phase", "You had another seat when you sent that."))
                return
            await self._command(guest, message)

        self.do(take)

    def ask(self, guest: Guest, message: wire.Ask) -> None:
        """Answers a question."""
        try:
            reply = answer(self.game.program, self.game.state, guest.viewer, dict(message.body))
            frame = None if isinstance(reply, Refused) else encode(wire.Answer(id=message.id, body=reply))
        except Exception:
            self.log.exception("question failed", table=self.id)
            reply, frame = Refused("unknown", "That cannot be answered."), None
        if frame is None:
            assert isinstance(reply, Refused), "a reply without a frame is a refusal"
            self.refuse(guest, message.id, reply)
        else:
            guest.line.send(frame)

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
        command = self._parse(viewer, message)
        refused = command if isinstance(command, Refused) else await self._carry_out(command, command_id, digest)
        if refused is not None:
            self.refuse(guest, message.id, refused)
        elif guest.viewer == viewer:
            guest.line.send(encode(wire.Ack(id=message.id, seq=self._seq[viewer])))

    def _parse(self, viewer: int, message: wire.Command) -> commands.Command | Refused:
        program = self.game.program
        body = cleaned(message.body)
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
        told: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
        if self.closed:
            told.set_result(Refused("unavailable", "The table is closed."))
            return told

        async def task() -> None:
            refused = await self._house(make())
            if not told.done():
                told.set_result(refused)

        self.do(task)
        return told

    async def _house(self, body: commands.HouseBody) -> Refused | None:
        command = commands.house(self.game.program, body, self.clock.now())
        # The number of the row to come is in no other command's id, for those have a name before the stroke.
        return await self._carry_out(command, f"/{self.head + 1}", body_digest(0, "", {"do": type(body).__name__}))

    # -- one command --------------------------------------------------------------------------------------------------

    async def _carry_out(self, command: commands.Command, command_id: str, digest: bytes) -> Refused | None:
        try:
            events = decide(self.game.program, self.game.state, command)
            if isinstance(events, Refused):
                return events
            prepared = self.game.prepare(events)
        except Exception:
            self.log.exception("engine failed", table=self.id, body=type(command.body).__name__)
            return Refused("unknown", "That could not be carried out; nothing has changed.")
        row = record_row(self.head + 1, command.at, command_id, digest, Record(command.who, events))
        refused = await self._append(row)
        if refused is None:
            self.head = row.seq
            self.done[command_id] = digest
            self.game.commit(prepared)
            self._publish(prepared)
        return refused

    async def _append(self, row: Row) -> Refused | None:
        outcome = await self.journal.append(self.id, self.epoch, row.seq, [row])
        if isinstance(outcome, Unknown):
            self.log.error("journal in doubt", table=self.id, row=row.seq)
            if await self._was_committed(row):
                return None
            return Refused("unavailable", "It could not be stored, so it was not done; try again in a moment.")
        if isinstance(outcome, Committed):
            return None
        if isinstance(outcome, Conflict) and outcome.reason == "command":
            return Refused("duplicate", "Another command has this id already.")
        raise FencedError

    async def _was_committed(self, row: Row) -> bool:
        """Settles an Unknown by the head, however long that takes: until then nothing may be added."""
        wait = FIRST_WAIT
        while True:
            try:
                head = await self.journal.head(self.id)
            except JournalError:
                await self.clock.until(self.clock.now() + wait)
                wait = min(LONGEST_WAIT, 2 * wait)
                continue
            if head.seq == row.seq and head.command == row.command:
                return True
            if head.seq == row.seq - 1:
                return False
            raise FencedError

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
        if self.game.state.status == "over":
            self.over.set()
        self._rearm.set()
        self.tell()

    def _new_offers(self, viewer: int) -> bytes | None:
        """The offers where they differ from those sent last."""
        before = self._offers[viewer]
        self._offers_now(viewer)
        return None if self._offers[viewer] == before else self._offers[viewer]

    # -- time ---------------------------------------------------------------------------------------------------------

    async def _watch_deadline(self) -> None:
        while True:
            self._rearm.clear()
            deadline = self.game.state.deadline
            if deadline is None or self.game.state.status == "over":
                await self._rearm.wait()
                continue
            moment = max(deadline, self._not_before)
            waits = [asyncio.ensure_future(self.clock.until(moment)), asyncio.ensure_future(self._rearm.wait())]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
                await asyncio.gather(*waits, return_exceptions=True)
            if self.game.state.deadline == deadline and self.clock.now() >= moment:
                refused = await self.house(commands.Tick)
                if refused is not None:
                    self._not_before = self.clock.now() + TICK_PAUSE

    def _allow_grace(self) -> None:
        """After a restart nobody shall find that the phase ended while the server was away."""
        deadline = self.game.state.deadline
        if deadline is None or self.game.state.status == "over" or self.epoch == 1:
            return
        short = self.clock.now() + GRACE - deadline
        if short > 0:
            self._not_before = self.clock.now() + TICK_PAUSE
            self.house(lambda: commands.Extend(-(-short // 1000)))


def cleaned(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with every text in it cleaned (line breaks stay)."""
    return {key: _cleaned(value) for key, value in body.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, newlines=True)
    if isinstance(value, dict):
        return cleaned(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    return value
