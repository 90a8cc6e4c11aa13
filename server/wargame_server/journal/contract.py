"""The contract of a journal, and what every adapter does the same way.

A game's journal is a list of rows numbered 0, 1, 2, ... without gaps. Row 0 carries the scenario's sources; every later
row is one command with the events it led to. Each row is chained to the one before by a hash, so a changed, missing or moved
row is found. A command id stands at most once in a game's journal.

Whoever writes a game claims it first and gets an *epoch*; a later claim fences the earlier writer off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal, Protocol, TypeAlias

import msgpack
from attrs import frozen

GENESIS = sha256(b"wargame journal 1").digest()
START = -1  # the head of a game without rows


@frozen
class Row:
    """One row: `at` is the host's clock in ms, `digest` the SHA-256 of the command's body, `payload` msgpack."""

    seq: int
    at: int
    command: str
    digest: bytes
    payload: bytes

    def chained(self, game: str, before: bytes) -> bytes:
        """The hash of this row on top of the hash of the row before it."""
        packed: bytes = msgpack.packb([game, self.seq, self.at, self.command, self.digest, self.payload])
        return sha256(before + packed).digest()


@frozen
class Head:
    """The end of a game's journal: number, command id and hash of the last row (START, empty and GENESIS without rows)."""

    seq: int = START
    command: str = ""
    chain: bytes = GENESIS


@frozen
class Committed:
    """The rows are durable; `head` is the last row's number."""

    head: int


@frozen
class Conflict:
    """Nothing was written: another number was expected (`seq`), or a command id is there already (`command`)."""

    reason: Literal["seq", "command"]
    head: int


@frozen
class Fenced:
    """Nothing was written: another writer has claimed the game since."""

    epoch: int


@frozen
class Unknown:
    """It is not known whether anything was written: read the head and compare command ids; never just try again.

    Nothing is on its way any more: what the head does not show then will not appear later.
    """

    reason: str


Outcome: TypeAlias = Committed | Conflict | Fenced | Unknown


class JournalError(Exception):
    """The journal cannot be read or written now."""


class Journal(Protocol):
    """Games kept somewhere. Reads raise JournalError when the store fails."""

    async def claim(self, game: str) -> int:
        """Makes the caller the game's only writer (the game is created if new) and returns its epoch, from 1."""

    async def append(self, game: str, epoch: int, expected_seq: int, rows: Sequence[Row]) -> Outcome:
        """Adds rows, all or none. `expected_seq`: the number the first of them gets. Committed means durable."""

    async def head(self, game: str) -> Head:
        """The end of the game's journal."""

    async def read(self, game: str, since: int = 0) -> tuple[Row, ...]:
        """The rows from number `since` on."""

    async def find(self, game: str, command: str) -> Row | None:
        """The row of a command id."""

    async def games(self) -> tuple[str, ...]:
        """All games, in order of name."""

    async def put(self, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> Committed | Fenced | Unknown:
        """Keeps a value beside the journal (None: forgets it). Putting the same again is harmless: Unknown may be retried."""

    async def entries(self, game: str, kind: str) -> Mapping[str, bytes]:
        """What was put, by key. Raises JournalError for what was changed since."""

    async def verify(self, game: str) -> tuple[str, ...]:
        """What is wrong with the game's rows, a sentence each; empty when the chain holds."""

    async def close(self) -> None:
        """Finishes what was begun and lets go of the store."""


def contiguous(expected_seq: int, rows: Sequence[Row]) -> bool:
    """Whether the rows are numbered from `expected_seq` on without gaps, each with a command id of its own."""
    numbered = all(row.seq == expected_seq + offset for offset, row in enumerate(rows))
    return numbered and len({row.command for row in rows}) == len(rows)


def entry_digest(game: str, kind: str, key: str, value: bytes) -> bytes:
    """What is kept beside an entry, to tell one that was changed."""
    packed: bytes = msgpack.packb([game, kind, key, value])
    return sha256(packed).digest()


def faults(game: str, chained: Iterable[tuple[Row, bytes]], head: Head) -> tuple[str, ...]:
    """What is wrong with rows and their stored hashes, given the head as it was recorded beside them."""
    found: list[str] = []
    chain = GENESIS
    last = START
    for row, stored in chained:
        if row.seq != last + 1:
            found.append(f"Row {last + 1} of game {game} is missing: row {row.seq} follows row {last}.")
        chain = row.chained(game, chain)
        if chain != stored:
            found.append(f"Row {row.seq} of game {game} is not what was written, or does not belong there.")
            chain = stored  # report each break once, not every row behind it
        last = row.seq
    if (last, chain) != (head.seq, head.chain):
        found.append(f"Game {game} ends at row {last}; its record says row {head.seq}.")
    return tuple(found)
