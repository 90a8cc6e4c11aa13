"""Keeping rows in a journal, and values beside it: durable when it returns."""

from __future__ import annotations

from typing import Any

from wargame.engine.commands import Refused
from wargame_server.clock import Clock
from wargame_server.journal.contract import Committed, Conflict, Fenced, Journal, JournalError, Row, Unknown

FIRST_WAIT, LONGEST_WAIT = 200, 5_000  # ms between two tries to settle what is unknown


class FencedError(Exception):
    """Another server has the game now."""


async def keep(journal: Journal, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> None:
    """Keeps a value (None: forgets it). Raises FencedError, and JournalError when it cannot be done now."""
    outcome = await journal.put(game, epoch, kind, key, value)
    if isinstance(outcome, Unknown):
        outcome = await journal.put(game, epoch, kind, key, value)
    if isinstance(outcome, Fenced):
        raise FencedError
    # What is still in doubt is settled by looking: nobody is told that something was not done which is there after a restart.
    if isinstance(outcome, Unknown) and (await journal.entries(game, kind)).get(key) != value:
        raise JournalError(f"It could not be kept: {outcome.reason}.")


async def append(journal: Journal, game: str, epoch: int, row: Row, clock: Clock, log: Any) -> Refused | None:
    """Adds a row to a game, or tells why that was not done. Raises FencedError."""
    outcome = await journal.append(game, epoch, row.seq, [row])
    if isinstance(outcome, Unknown):
        log.error("journal in doubt", table=game, row=row.seq)
        if await _was_committed(journal, game, row, clock):
            return None
        return Refused("unavailable", "It could not be stored, so it was not done; try again in a moment.")
    if isinstance(outcome, Committed):
        return None
    if isinstance(outcome, Conflict) and outcome.reason == "command":
        return Refused("duplicate", "Another command has this id already.")
    raise FencedError


async def _was_committed(journal: Journal, game: str, row: Row, clock: Clock) -> bool:
    """Settles an Unknown by the head, however long that takes: until then nothing may be added."""
    wait = FIRST_WAIT
    while True:
        try:
            head = await journal.head(game)
        except JournalError:
            await clock.until(clock.now() + wait)
            wait = min(LONGEST_WAIT, 2 * wait)
            continue
        if head.seq == row.seq and head.command == row.command:
            return True
        if head.seq == row.seq - 1:
            return False
        raise FencedError
