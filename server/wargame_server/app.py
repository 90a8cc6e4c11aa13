"""The server as a whole: a journal, the tables in it, the door and the listener."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any

from attrs import define, field

from wargame.engine.commands import Refused
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load, load_sources
from wargame.scenario.problem import Report, Severity
from wargame_server.access import digest, new_code, new_secret, new_token
from wargame_server.bots import levels, seat_computer
from wargame_server.clock import Clock, SystemClock
from wargame_server.door import Door
from wargame_server.game import Game
from wargame_server.journal.contract import Committed, Journal, JournalError
from wargame_server.journal.rows import Opening, opening_row, read_opening, read_record
from wargame_server.journal.sqlite import SqliteJournal
from wargame_server.listener import Limits, Listener
from wargame_server.log import quiet_log
from wargame_server.managing import PEOPLE, SETTINGS, Manager
from wargame_server.roster import Person, Roster
from wargame_server.settings import Settings
from wargame_server.table import Table

SCENARIO_FILE = "scenario.yaml"


class ScenarioError(ValueError):
    """A scenario that cannot be played; `report` holds every problem."""

    def __init__(self, report: Report) -> None:
        problems = [f"{problem.mark}: {problem.message}" for problem in report.sorted() if problem.severity is Severity.ERROR]
        super().__init__("\n".join(problems) or "The scenario cannot be read.")
        self.report = report


@define(eq=False)
class TableHandle:
    """A table in the hands of its host. `secret` is empty for a table that was there before this server started."""

    table: Table
    manager: Manager
    secret: str = ""
    _tokens: dict[str, str] = field(factory=dict)

    @property
    def game(self) -> str:
        """The game's id."""
        return self.table.id

    @property
    def code(self) -> str:
        """The join code."""
        return self.table.settings.code

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats, by id."""
        return self.table.game.program.seats

    def seat_token(self, seat: str) -> str:
        """The token made for a seat when the table was made. Raises KeyError without one."""
        return self._tokens[seat]

    async def new_seat_token(self, seat: str) -> str:
        """One more token for a seat (a team has one for each member). Raises JournalError."""
        token = new_token()
        person = Person(self.table.roster.number("p"), "", seat, digest(token))
        person.name = str(self.table.game.program.scenario.seats[seat].title)[:32]
        await self.table.keep(PEOPLE, person.id, person.encode())
        self.table.roster.people[person.id] = person
        self.manager.rekey(self.table, person, b"")
        return token

    async def add_bot(self, seat: str, level: str = "") -> None:
        """Lets a computer play a seat; `level` as `wargame.bots.levels` names them."""
        await self.manager.add_bot(seat, level or levels()[0])

    async def start(self) -> Refused | None:
        """Starts the game as the facilitator would; tells why not if it was refused."""
        return await self.table.start_game()

    async def finished(self) -> None:
        """Returns when the game is over."""
        await self.table.over.wait()


class Server:
    """A server for many tables. An async context manager; on entering, every game of the journal comes back.

    `journal`: the file (or a journal); `host`, `port`: where to listen (loopback and any free port by default); `origins`:
    pages that may connect from browsers. Raises `AddressInUseError` and `JournalError` on entering, both with one sentence.
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
    ) -> None:
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.log = log if log is not None else quiet_log()
        self.door = Door(self.clock, self.log)
        self.listener = Listener(self.door, self.clock, self.log, host, port, origins, limits or Limits())
        self.tables: dict[str, TableHandle] = {}
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
        """Opens the journal, brings its tables back, and listens."""
        self._journal = SqliteJournal(self._where) if isinstance(self._where, str | Path) else self._where
        try:
            await self.restore()
            await self.listener.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Says goodbye to everybody and closes the journal."""
        for handle in self.tables.values():
            await handle.table.stop()
        await self.listener.stop()
        if self._journal is not None:
            await self._journal.close()

    # -- tables -------------------------------------------------------------------------------------------------------

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
        """A new table on a scenario: a folder or main file, or its sources by path.

        `seed`: 32 bytes, else random at the start; `played`: seats in play, else all but the optional ones that nobody takes;
        `timed`: whether phases end by the clock; `open`, `spectators`: see Settings. The facilitator's secret is in the handle
        and nowhere else. Raises ScenarioError, JournalError.
        """
        program, opening = await asyncio.to_thread(_compile, scenario)
        game = f"{program.scenario.id[:40]}-{token_hex(4)}"
        secret = new_secret()
        code = new_code()
        while self.door.code_taken(code):
            code = new_code()
        settings = Settings(
            code=code,
            secret=digest(secret),
            open=open,
            spectators=spectators,
            seed=seed or b"",
            played=tuple(played or ()),
            timed=timed,
        )
        epoch = await self.journal.claim(game)
        outcome = await self.journal.append(game, epoch, 0, [opening_row(opening, self.clock.now())])
        if not isinstance(outcome, Committed):
            raise JournalError("The new table could not be stored.")
        table = Table(game, Game.fresh(program), self.journal, self.clock, self.log, epoch, 0, settings)
        await table.keep(SETTINGS, "", settings.encode())
        handle = TableHandle(table, self.door.add(table), secret)
        for seat in program.seats:
            handle._tokens[seat] = await handle.new_seat_token(seat)
        self.tables[game] = handle
        table.start()
        self.log.info("table opened", table=game, scenario=program.scenario.id)
        return handle

    async def restore(self) -> None:
        """Brings back every game of the journal, with its people, tokens and computers. A game that cannot be is left alone."""
        for game in await self.journal.games():
            try:
                handle = await self._restore(game)
            except JournalError as fault:
                # Its sentence names rows and games, never what is in them.
                self.log.error("table cannot be restored", table=game, why=str(fault))
                continue
            except Exception:
                # Whatever a damaged journal leads to, the other tables must come back.
                self.log.exception("table cannot be restored", table=game)
                continue
            if handle is not None:
                self.tables[game] = handle

    async def _restore(self, name: str) -> TableHandle | None:
        settings = (await self.journal.entries(name, SETTINGS)).get("")
        if settings is None:
            return None  # it was never opened to anybody
        problems = await self.journal.verify(name)
        if problems:
            raise JournalError(problems[0])
        epoch = await self.journal.claim(name)
        rows = await self.journal.read(name)
        program = await asyncio.to_thread(_rebuild, read_opening(rows[0]))
        game = Game.fresh(program)
        done = {}
        for row in rows[1:]:
            game.replay(read_record(row).events)
            done[row.command] = row.digest
            await asyncio.sleep(0)
        people = [Person.decode(value) for value in (await self.journal.entries(name, PEOPLE)).values()]
        if any(game.viewer(person.seat) is None for person in people):
            raise JournalError(f"Game {name} has people in seats that it does not have.")
        roster = Roster({person.id: person for person in people})
        head = rows[-1].seq
        table = Table(name, game, self.journal, self.clock, self.log, epoch, head, Settings.decode(settings), roster, done)
        if self.door.code_taken(table.settings.code):
            raise JournalError(f"Game {name} has the join code of another.")
        handle = TableHandle(table, self.door.add(table))
        table.start()
        for person in people:
            if person.level:
                seat_computer(table, person)
        self.log.info("table restored", table=name, rows=len(rows))
        return handle


def _compile(scenario: Path | str | Mapping[str, str], entry: str = SCENARIO_FILE) -> tuple[Program, Opening]:
    if isinstance(scenario, Mapping):
        loaded = load_sources(scenario, entry)
    else:
        path = Path(scenario)
        entry = path.name if path.is_file() else SCENARIO_FILE
        loaded = load(path)
    if loaded.scenario is None or loaded.report.failed:
        raise ScenarioError(loaded.report)
    report = Report()
    program = build(loaded.scenario, report)
    if program is None or report.failed:
        raise ScenarioError(report)
    return program, Opening(loaded.sources, entry)


def _rebuild(opening: Opening) -> Program:
    return _compile(opening.sources, opening.entry)[0]
