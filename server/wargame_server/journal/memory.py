"""A journal in memory that can be made to fail, be slow, or leave its caller in doubt; for tests and unkept play."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from enum import Enum

from attrs import define, field

from wargame_server.journal.contract import (
    START,
    Committed,
    Conflict,
    Fenced,
    Head,
    JournalError,
    Outcome,
    Row,
    Unknown,
    contiguous,
    faults,
)


class Fault(Enum):
    """What the next write meets."""

    LOST = "lost"  # Unknown, and nothing was written
    DONE = "done"  # Unknown, but it was written


@define
class _Game:
    epoch: int = 0
    rows: list[tuple[Row, bytes]] = field(factory=list)
    commands: dict[str, int] = field(factory=dict)
    entries: dict[tuple[str, str], bytes] = field(factory=dict)
    head: Head = field(factory=Head)


@define
class MemoryJournal:
    """Keeps games as long as it lives. `faults` are met by the next writes in order; `gate`, while closed, holds them up."""

    faults: deque[Fault | None] = field(factory=deque)
    blind: int = 0  # how many reads of a head fail from now on
    gate: asyncio.Event = field(factory=asyncio.Event)
    _games: dict[str, _Game] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.gate.set()

    async def claim(self, game: str) -> int:
        """See Journal."""
        kept = self._games.setdefault(game, _Game())
        kept.epoch += 1
        return kept.epoch

    async def append(self, game: str, epoch: int, expected_seq: int, rows: Sequence[Row]) -> Outcome:
        """See Journal."""
        await self.gate.wait()
        fault = self.faults.popleft() if self.faults else None
        if fault is Fault.LOST:
            return Unknown("made to fail before writing")
        outcome = self._append(game, epoch, expected_seq, rows)
        return Unknown("made to fail after writing") if fault is Fault.DONE else outcome

    def _append(self, game: str, epoch: int, expected_seq: int, rows: Sequence[Row]) -> Outcome:
        kept = self._games.get(game)
        if kept is None or epoch != kept.epoch:
            return Fenced(kept.epoch if kept else 0)
        if expected_seq != kept.head.seq + 1 or not contiguous(expected_seq, rows):
            return Conflict("seq", kept.head.seq)
        if any(row.command in kept.commands for row in rows):
            return Conflict("command", kept.head.seq)
        for row in rows:
            chain = row.chained(game, kept.head.chain)
            kept.rows.append((row, chain))
            kept.commands[row.command] = row.seq
            kept.head = Head(row.seq, row.command, chain)
        return Committed(kept.head.seq)

    async def head(self, game: str) -> Head:
        """See Journal."""
        if self.blind > 0:
            self.blind -= 1
            raise JournalError("made to fail")
        kept = self._games.get(game)
        return kept.head if kept else Head()

    async def read(self, game: str, since: int = 0) -> tuple[Row, ...]:
        """See Journal."""
        kept = self._games.get(game)
        return tuple(row for row, _ in kept.rows if row.seq >= since) if kept else ()

    async def find(self, game: str, command: str) -> Row | None:
        """See Journal."""
        kept = self._games.get(game)
        at = kept.commands.get(command, START) if kept else START
        return kept.rows[at][0] if kept and at != START else None

    async def games(self) -> tuple[str, ...]:
        """See Journal."""
        return tuple(sorted(self._games))

    async def put(self, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> Committed | Fenced | Unknown:
        """See Journal."""
        await self.gate.wait()
        kept = self._games.get(game)
        if kept is None or epoch != kept.epoch:
            return Fenced(kept.epoch if kept else 0)
        if value is None:
            kept.entries.pop((kind, key), None)
        else:
            kept.entries[(kind, key)] = value
        return Committed(kept.head.seq)

    async def entries(self, game: str, kind: str) -> Mapping[str, bytes]:
        """See Journal."""
        kept = self._games.get(game)
        return {key: value for (its, key), value in sorted(kept.entries.items()) if its == kind} if kept else {}

    async def verify(self, game: str) -> tuple[str, ...]:
        """See Journal."""
        kept = self._games.get(game)
        return faults(game, kept.rows, kept.head) if kept else ()

    async def close(self) -> None:
        """See Journal."""
