"""The journal in one SQLite file: write-ahead log, every commit synced, all tables' writes grouped by one thread."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from attrs import define, frozen

from wargame_server.journal.contract import (
    Committed,
    Conflict,
    Fenced,
    Head,
    JournalError,
    Outcome,
    Row,
    Unknown,
    contiguous,
    entry_digest,
    faults,
)

GROUP = 64  # writes that share one sync at most

SCHEMA = """
CREATE TABLE IF NOT EXISTS games (
    game TEXT PRIMARY KEY, epoch INTEGER NOT NULL, head INTEGER NOT NULL, command TEXT NOT NULL, chain BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rows (
    game TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, command TEXT NOT NULL, digest BLOB NOT NULL,
    payload BLOB NOT NULL, chain BLOB NOT NULL, PRIMARY KEY (game, seq)
);
CREATE UNIQUE INDEX IF NOT EXISTS command_once ON rows (game, command);
CREATE TABLE IF NOT EXISTS entries (
    game TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (game, kind, key)
) WITHOUT ROWID;
"""
VERSION = 2

# A damaged schema makes sqlite3 fail to decode its own error message.
_FAULTS = (OSError, sqlite3.Error, UnicodeDecodeError)

T = TypeVar("T")


@frozen
class Kept:
    """A game of a journal as of one moment: its rows, what is kept beside them by kind and key, and what is wrong with it."""

    game: str
    rows: tuple[Row, ...]
    entries: Mapping[str, Mapping[str, bytes]]
    faults: tuple[str, ...]


Work = Callable[[sqlite3.Connection], Any]


@frozen
class _Job:
    work: Work
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]

    def settle(self, outcome: object) -> None:
        def deliver() -> None:
            if not self.future.done():
                self.future.set_result(outcome)

        # The loop may be gone when a server is torn down in the middle of a write; the write stands all the same.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(deliver)


@define(init=False)
class SqliteJournal:
    """Games in the file at `path` (made if missing, readable by its owner only).

    `most_pages` bounds the file (4 KiB a page): a write beyond is Unknown and not in the file, as on a full disk.
    Raises JournalError when the file cannot be opened or is no journal.
    """

    path: Path
    _queue: SimpleQueue[_Job | None]
    _thread: threading.Thread
    _closed: bool

    def __init__(self, path: Path | str, *, most_pages: int | None = None) -> None:
        self.path = Path(path)
        self._queue = SimpleQueue()
        self._closed = False
        try:
            # The file holds the seeds of running games: nobody else on the machine may read it.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = _open(self.path)
            try:
                _prepare(connection, most_pages)
            except BaseException:
                connection.close()
                raise
        except _FAULTS as fault:
            raise JournalError(f"The journal {self.path} cannot be opened: {fault}.") from fault
        self._thread = threading.Thread(target=self._commit_all, args=(connection,), name="journal", daemon=True)
        self._thread.start()

    # -- writing ------------------------------------------------------------------------------------------------------

    async def _write(self, work: Work) -> Any:
        if self._closed:
            return Unknown("the journal is closed")
        loop = asyncio.get_running_loop()
        job = _Job(work, loop, loop.create_future())
        self._queue.put(job)
        return await job.future

    def _commit_all(self, connection: sqlite3.Connection) -> None:
        with closing(connection):
            while True:
                job = self._queue.get()
                group: list[_Job] = []
                while job is not None:
                    group.append(job)
                    if len(group) == GROUP:
                        break
                    try:
                        job = self._queue.get_nowait()
                    except Empty:
                        break
                if group:
                    _commit(connection, group)
                if job is None:
                    return

    async def claim(self, game: str) -> int:
        """See Journal."""
        outcome = await self._write(lambda connection: _claim(connection, game))
        if not isinstance(outcome, int):
            raise JournalError(f"The game {game} cannot be claimed: {outcome.reason}.")
        return outcome

    async def append(self, game: str, epoch: int, expected_seq: int, rows: Sequence[Row]) -> Outcome:
        """See Journal."""
        outcome: Outcome = await self._write(lambda connection: _append(connection, game, epoch, expected_seq, rows))
        return outcome

    async def put(self, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> Committed | Fenced | Unknown:
        """See Journal."""
        outcome: Committed | Fenced | Unknown
        outcome = await self._write(lambda connection: _put(connection, game, epoch, (kind, key), value))
        return outcome

    async def close(self) -> None:
        """See Journal."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    # -- reading ------------------------------------------------------------------------------------------------------

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            try:
                with closing(_open(self.path)) as connection:
                    return work(connection)
            except _FAULTS as fault:
                raise JournalError(f"The journal {self.path} cannot be read: {fault}.") from fault

        return await asyncio.to_thread(run)

    async def head(self, game: str) -> Head:
        """See Journal."""
        return (await self._read(lambda connection: _game(connection, game)))[1]

    async def read(self, game: str, since: int = 0) -> tuple[Row, ...]:
        """See Journal."""
        return tuple(row for row, _ in await self._read(lambda connection: _rows(connection, game, since)))

    async def find(self, game: str, command: str) -> Row | None:
        """See Journal."""
        select = "SELECT seq, at, command, digest, payload FROM rows WHERE game = ? AND command = ?"
        found = await self._read(lambda connection: connection.execute(select, (game, command)).fetchone())
        return Row(*found) if found else None

    async def games(self) -> tuple[str, ...]:
        """See Journal."""
        found = await self._read(lambda connection: connection.execute("SELECT game FROM games ORDER BY game").fetchall())
        return tuple(game for (game,) in found)

    async def entries(self, game: str, kind: str) -> Mapping[str, bytes]:
        """See Journal."""
        # All kinds are looked at: an entry whose kind was changed would not be found at all.
        select = "SELECT kind, key, value, digest FROM entries WHERE game = ? ORDER BY kind, key"
        found = await self._read(lambda connection: connection.execute(select, (game,)).fetchall())
        for its, key, value, kept in found:
            if not isinstance(value, bytes) or kept != entry_digest(game, its, key, value):
                raise JournalError(f"What game {game} keeps beside its rows is not what was written.")
        return {key: value for its, key, value, _ in found if its == kind}

    async def verify(self, game: str) -> tuple[str, ...]:
        """See Journal."""

        def run(connection: sqlite3.Connection) -> tuple[str, ...]:
            connection.execute("BEGIN")  # rows and record as of one moment
            wrong = _mistyped(connection, game)
            return wrong or faults(game, _rows(connection, game, 0), _game(connection, game)[1])

        return await self._read(run)


def read_kept(path: Path) -> tuple[Kept, ...]:
    """Every game of a journal, without writing to it; a server may be playing on it. Raises JournalError."""
    if not path.is_file():
        raise JournalError(f"There is no journal {path}.")
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)) as source:
            version = source.execute("PRAGMA user_version").fetchone()[0]
            if version != VERSION:
                raise JournalError(f"The journal {path} is of version {version}; this program reads version {VERSION}.")
            source.execute("BEGIN")  # all of it as of one moment
            games = [game for (game,) in source.execute("SELECT game FROM games ORDER BY game").fetchall()]
            return tuple(_kept(source, game) for game in games)
    except _FAULTS as fault:
        raise JournalError(f"The journal {path} cannot be read: {fault}.") from fault


def _kept(connection: sqlite3.Connection, game: str) -> Kept:
    wrong = _mistyped(connection, game)
    chained = [] if wrong else _rows(connection, game, 0)
    found = wrong or faults(game, chained, _game(connection, game)[1])
    entries: dict[str, dict[str, bytes]] = {}
    for kind, key, value, kept in connection.execute("SELECT kind, key, value, digest FROM entries WHERE game = ?", (game,)):
        if not isinstance(value, bytes) or kept != entry_digest(game, kind, key, value):
            found = (*found, f"What game {game} keeps beside its rows is not what was written.")
        else:
            entries.setdefault(kind, {})[key] = value
    return Kept(game, tuple(row for row, _ in chained), entries, found)


def _mistyped(connection: sqlite3.Connection, game: str) -> tuple[str, ...]:
    """Rows of the game whose columns hold what no row can."""
    found = connection.execute(
        "SELECT seq FROM rows WHERE game = ? AND (typeof(seq) != 'integer' OR typeof(at) != 'integer'"
        " OR typeof(command) != 'text' OR typeof(digest) != 'blob' OR typeof(payload) != 'blob')",
        (game,),
    ).fetchall()
    return tuple(f"Row {seq} of game {game} is not what was written." for (seq,) in found)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    try:
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, most_pages: int | None) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, VERSION):
        raise sqlite3.DatabaseError(f"it is of version {version}, this program writes version {VERSION}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    if most_pages is not None:
        connection.execute(f"PRAGMA max_page_count = {int(most_pages)}")


def _commit(connection: sqlite3.Connection, group: Sequence[_Job]) -> None:
    """Does the work of the group in one transaction and answers when it is synced."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [job.work(connection) for job in group]
        connection.execute("COMMIT")
    except Exception as fault:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        outcomes = [Unknown(f"{fault}")] * len(group)
    for job, outcome in zip(group, outcomes, strict=True):
        job.settle(outcome)


def _game(connection: sqlite3.Connection, game: str) -> tuple[int, Head]:
    found = connection.execute("SELECT epoch, head, command, chain FROM games WHERE game = ?", (game,)).fetchone()
    return (found[0], Head(*found[1:])) if found else (0, Head())


def _rows(connection: sqlite3.Connection, game: str, since: int) -> list[tuple[Row, bytes]]:
    select = "SELECT seq, at, command, digest, payload, chain FROM rows WHERE game = ? AND seq >= ? ORDER BY seq"
    return [(Row(*found[:5]), found[5]) for found in connection.execute(select, (game, since))]


def _claim(connection: sqlite3.Connection, game: str) -> int:
    epoch, head = _game(connection, game)
    insert = "INSERT INTO games VALUES (?, ?, ?, ?, ?) ON CONFLICT (game) DO UPDATE SET epoch = excluded.epoch"
    connection.execute(insert, (game, epoch + 1, head.seq, head.command, head.chain))
    return epoch + 1


def _append(connection: sqlite3.Connection, game: str, epoch: int, expected_seq: int, rows: Sequence[Row]) -> Outcome:
    # Everything is checked before anything is written: a refusal must not undo the others in its group.
    claimed, head = _game(connection, game)
    if epoch != claimed:
        return Fenced(claimed)
    if expected_seq != head.seq + 1 or not contiguous(expected_seq, rows):
        return Conflict("seq", head.seq)
    for row in rows:
        if connection.execute("SELECT 1 FROM rows WHERE game = ? AND command = ?", (game, row.command)).fetchone():
            return Conflict("command", head.seq)
    for row in rows:
        chain = row.chained(game, head.chain)
        values = (game, row.seq, row.at, row.command, row.digest, row.payload, chain)
        connection.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        head = Head(row.seq, row.command, chain)
    update = "UPDATE games SET head = ?, command = ?, chain = ? WHERE game = ?"
    connection.execute(update, (head.seq, head.command, head.chain, game))
    return Committed(head.seq)


def _put(
    connection: sqlite3.Connection, game: str, epoch: int, name: tuple[str, str], value: bytes | None
) -> Committed | Fenced | Unknown:
    claimed, head = _game(connection, game)
    if epoch != claimed:
        return Fenced(claimed)
    if value is None:
        connection.execute("DELETE FROM entries WHERE game = ? AND kind = ? AND key = ?", (game, *name))
    else:
        row = (game, *name, value, entry_digest(game, *name, value))
        connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", row)
    return Committed(head.seq)
