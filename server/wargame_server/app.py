"""The server as a whole: a journal, the tables in it, the door and the listener."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any

from attrs import evolve

from wargame.engine.events import GameEnded
from wargame.rules.program import Program
from wargame.wire.rights import CONTROL
from wargame_server.access import digest, new_code, new_secret
from wargame_server.bots import seat_computer
from wargame_server.classroom import Classroom
from wargame_server.clock import Clock, SystemClock
from wargame_server.compiling import compiled, rebuilt
from wargame_server.door import Door
from wargame_server.game import Game
from wargame_server.handles import ClassHandle, Kept, TableHandle
from wargame_server.history import course
from wargame_server.journal.contract import Committed, Journal, JournalError, Row
from wargame_server.journal.keeping import keep
from wargame_server.journal.rows import events_of, opening_row, read_opening
from wargame_server.journal.sqlite import SqliteJournal
from wargame_server.listener import Limits, Listener
from wargame_server.log import quiet_log
from wargame_server.roster import Person, Roster
from wargame_server.settings import CLASS, PEOPLE, SETTINGS, ClassSettings, Expected, Settings
from wargame_server.table import Table

DAMAGED = "What is kept of it is damaged."


class Server:
    """A server for many classes of tables. An async context manager; on entering, those of the journal come back.

    `journal`: the file (or a journal); `host`, `port`: where to listen (loopback and any free port by default); `origins`:
    pages that may connect from browsers; `resume`: whether every class comes back by itself (else nobody is let in before
    `door.ready` is set). Raises `AddressInUseError` and `JournalError` on entering, both with one sentence.
    """

    def __init__(
        self,
        journal: Path | str | Journal,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        origins: Sequence[str] = (),
        limits: Limits | None = None,
        clock: Clock | None = None,
        log: Any = None,
        resume: bool = True,
    ) -> None:
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.log = log if log is not None else quiet_log()
        self.door = Door(self.clock, self.log)
        self.listener = Listener(self.door, self.clock, self.log, host, port, origins, limits or Limits())
        self.tables: dict[str, TableHandle] = {}  # by game
        self.classes: dict[str, ClassHandle] = {}  # by id
        self.lost: dict[str, str] = {}  # games of the journal that cannot be brought back, and why, in a sentence
        self._resume = resume
        self._where = journal
        self._journal: Journal | None = None

    @property
    def journal(self) -> Journal:
        """The journal, once started."""
        assert self._journal is not None, "the server has started"
        return self._journal

    @property
    def host(self) -> str:
        """Where it listens."""
        return self.listener.host

    @property
    def port(self) -> int:
        """Where it listens; the real port once started."""
        return self.listener.port

    @property
    def url(self) -> str:
        """The WebSocket address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"ws://{host}:{self.port}/"

    async def __aenter__(self) -> Server:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Opens the journal, listens, and brings the classes back."""
        self._journal = SqliteJournal(self._where) if isinstance(self._where, str | Path) else self._where
        try:
            # A port that is taken is found before another server's games are claimed; whoever comes meanwhile comes again.
            self.door.ready = False
            await self.listener.start()
            if self._resume:
                for each in await self.kept():
                    await self.resume(each)
                self.door.ready = True
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Says goodbye to everybody and closes the journal."""
        for handle in self.classes.values():
            await handle.classroom.stop()
        await self.listener.stop()
        if self._journal is not None:
            await self._journal.close()

    # -- classes and tables -------------------------------------------------------------------------------------------

    async def create_class(
        self,
        scenario: Path | str | Mapping[str, str],
        *,
        tables: int = 1,
        roster: Sequence[Expected] = (),
        seed: bytes | None = None,
        played: Sequence[str] | None = None,
        timed: bool = True,
        open: bool = False,  # noqa: A002
        spectators: bool = True,
    ) -> ClassHandle:
        """A new class of some tables on a scenario (a folder or main file, or its sources by path), with one join code.

        `roster`: who is expected; `seed`: 32 bytes, else random at each table's start; `played`: seats in play, else all but
        the optional ones that nobody takes; `timed`: whether phases end by the clock; `open`, `spectators`: see ClassSettings.
        The facilitator's secret is in the handle and nowhere else. Raises ScenarioError, JournalError.
        """
        program, opening = await asyncio.to_thread(compiled, scenario)
        game = _new_game(program)
        secret = new_secret()
        code = new_code()
        while self.door.code_taken(code):
            code = new_code()
        settings = ClassSettings(
            code=code, secrets={digest(secret): CONTROL}, open=open, spectators=spectators, expected=tuple(roster)
        )
        epoch = await self.journal.claim(game)
        first = Settings(classroom=game, seed=seed or b"", played=tuple(played or ()), timed=timed)
        await self._open(game, epoch, [opening_row(opening, self.clock.now())], first)
        table = Table(game, Game.fresh(program), self.journal, self.clock, self.log, epoch, 0, first)
        classroom = self._classroom(game, epoch, settings)
        await classroom.set()
        self._join(classroom, table)
        for _ in range(tables - 1):
            await self._open_next(classroom)
        handle = ClassHandle(classroom, secret)
        self._enter(handle)
        return handle

    async def create_table(
        self,
        scenario: Path | str | Mapping[str, str],
        *,
        seed: bytes | None = None,
        played: Sequence[str] | None = None,
        timed: bool = True,
        open: bool = False,  # noqa: A002
        spectators: bool = True,
    ) -> TableHandle:
        """A class of one table, with a token for each seat. See `create_class`."""
        made = await self.create_class(scenario, seed=seed, played=played, timed=timed, open=open, spectators=spectators)
        handle = self.tables[made.id]
        handle.secret = made.secret
        await handle.make_seat_tokens()
        return handle

    async def _open(self, game: str, epoch: int, rows: Sequence[Row], settings: Settings) -> None:
        """Puts a new table into the journal. Raises JournalError."""
        outcome = await self.journal.append(game, epoch, 0, rows)
        if not isinstance(outcome, Committed):
            raise JournalError("The new table could not be stored.")
        self.log.info("table opened", table=game, classroom=settings.classroom)
        await keep(self.journal, game, epoch, SETTINGS, "", settings.encode())

    async def _open_next(self, classroom: Classroom, rows: Sequence[Row] = (), forked: tuple[str, int] | None = None) -> Table:
        """One more table in a class, on what its first one was opened on; or one that goes on from `rows`, which another game
        had up to a row of its own (`forked`). Raises JournalError."""
        like = classroom.tables[forked[0]] if forked is not None else next(iter(classroom.tables.values()))
        opening = read_opening((await self.journal.read(like.id))[0])
        game = _new_game(like.game.program)
        settings = Settings(
            classroom=classroom.id,
            name=f"Table {len(classroom.tables) + 1}",
            # The same dice at every table, where the host said which: what became of the tables can be compared then.
            seed=like.settings.seed,
            played=like.settings.played,
            timed=like.settings.timed,
            forked=forked,
        )
        epoch = await self.journal.claim(game)
        await self._open(game, epoch, rows or [opening_row(opening, self.clock.now())], settings)
        table = await self._restore(game, epoch)
        self._join(classroom, table)
        return table

    def _classroom(self, number: str, epoch: int, settings: ClassSettings) -> Classroom:
        rekey = partial(self.door.rekey, number)
        return Classroom(number, self.journal, epoch, settings, self.clock, self.log, rekey, self._open_next)

    def _join(self, classroom: Classroom, table: Table) -> None:
        """A table of the class begins."""
        table.roster.commons = classroom.commons
        classroom.add(table)
        self.tables[table.id] = TableHandle(table, classroom)
        table.start()

    def _enter(self, handle: ClassHandle) -> None:
        """A class opens."""
        self.classes[handle.id] = handle
        self.door.add(handle.classroom)
        handle.classroom.start()

    # -- coming back --------------------------------------------------------------------------------------------------

    async def kept(self) -> list[Kept]:
        """The classes in the journal, the one played last coming last."""
        games: dict[str, list[str]] = {}
        for game in await self.journal.games():
            try:
                settings = (await self.journal.entries(game, SETTINGS)).get("")
                if settings is not None:  # else it was never opened to anybody
                    games.setdefault(Settings.decode(settings, game).classroom, []).append(game)
            except JournalError as fault:
                # Its sentence names rows and games, never what is in them.
                self._cannot(game, str(fault))
        found = []
        for number, members in games.items():
            ends = [await self._end(game) for game in members]
            found.append(Kept(number, tuple(members), max(at for at, _ in ends), all(over for _, over in ends)))
        return sorted(found, key=lambda each: (each.at, each.id))

    async def _end(self, game: str) -> tuple[int, bool]:
        """When the last row of a game was written, and whether it ended the game."""
        try:
            rows = await self.journal.read(game, max(0, (await self.journal.head(game)).seq))
            events = events_of(rows)
        except Exception as fault:
            # Whatever a damaged journal leads to, the other games must be found; it is logged when it is to come back.
            self.lost[game] = str(fault) if isinstance(fault, JournalError) else DAMAGED
            return 0, True
        return (rows[-1].at if rows else 0), any(isinstance(event, GameEnded) for event in events)

    def _cannot(self, game: str, why: str) -> None:
        self.log.error("table cannot be restored", table=game, why=why)
        self.lost[game] = why

    async def resume(self, kept: Kept) -> ClassHandle | None:
        """Brings back a class with its people, tokens and computers; None if it cannot be. A table that cannot is left out."""
        tables: list[Table] = []
        for game in kept.games:
            try:
                tables.append(await self._restore(game))
            except JournalError as fault:
                self._cannot(game, str(fault))
            except Exception:
                # Whatever a damaged journal leads to, the other tables must come back.
                self.log.exception("table cannot be restored", table=game)
                self.lost[game] = DAMAGED
        try:
            if not tables:
                return None
            classroom = await self._restore_class(kept.id, tables)
        except JournalError as fault:
            self.log.error("class cannot be restored", classroom=kept.id, why=str(fault))
            return None
        for table in sorted(tables, key=lambda table: (table.id != kept.id, _natural(table.settings.name), table.id)):
            self._join(classroom, table)
        handle = ClassHandle(classroom)
        self._enter(handle)
        for table in tables:
            for person in list(table.roster.people.values()):
                if person.level:
                    seat_computer(table, person)
        return handle

    async def _restore_class(self, number: str, tables: Sequence[Table]) -> Classroom:
        kept = (await self.journal.entries(number, CLASS)).get("")
        if kept is None:
            settings = ClassSettings.of_one((await self.journal.entries(number, SETTINGS)).get("", b""))
        else:
            settings = ClassSettings.decode(kept)
        if self.door.code_taken(settings.code):
            raise JournalError(f"Class {number} has the join code of another.")
        _settle_moves(tables)
        first = next((table for table in tables if table.id == number), None)
        return self._classroom(number, first.epoch if first is not None else await self.journal.claim(number), settings)

    async def _restore(self, name: str, epoch: int | None = None) -> Table:
        """The table of a game in the journal. `epoch`: under which it is written, where it was claimed already."""
        settings = Settings.decode((await self.journal.entries(name, SETTINGS))[""], name)
        problems = await self.journal.verify(name)
        if problems:
            raise JournalError(problems[0])
        epoch = await self.journal.claim(name) if epoch is None else epoch
        rows = await self.journal.read(name)
        program = await asyncio.to_thread(rebuilt, read_opening(rows[0]))
        people = [Person.decode(value) for value in (await self.journal.entries(name, PEOPLE)).values()]
        # Whoever is not said to have left was there until the server stopped.
        last = rows[-1].seq
        seen = {each.id: each.seen if each.seen >= 0 else last for each in people if each.claimed and not each.level}
        past = await course(program, rows, seen.values())
        game = past.game
        if any(game.viewer(person.seat) is None for person in people):
            raise JournalError(f"Game {name} has people in seats that it does not have.")
        roster = Roster({person.id: person for person in people})
        table = Table(name, game, self.journal, self.clock, self.log, epoch, rows[-1].seq, settings, roster, past.done)
        table.meters = past.meters
        table.since = {person: evolve(past.since[row]) for person, row in seen.items()}
        table.over_since = rows[-1].at if game.state.status == "over" else None
        self.log.info("table restored", table=name, rows=len(rows))
        return table


def _new_game(program: Program) -> str:
    return f"{program.scenario.id[:40]}-{token_hex(4)}"


def _settle_moves(tables: Sequence[Table]) -> None:
    """Whoever was moving when the server went down is kept at two tables: the one moved to counts."""
    where: dict[str, tuple[Person, Table]] = {}
    for table in tables:
        for person in list(table.roster.people.values()):
            other, place = where.get(person.id, (person, table))
            if other is not person:
                left = table if other.moves >= person.moves else place
                del left.roster.people[person.id]
                left.do(partial(left.keep, PEOPLE, person.id, None))
                if left is table:
                    continue
            where[person.id] = (person, table)


def _natural(name: str) -> tuple[str, int]:
    """An order in which Table 10 comes after Table 9."""
    words, _, number = name.rpartition(" ")
    return words, int(number) if number.isdecimal() else 0
