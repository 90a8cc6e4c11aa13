"""Journals for tests: chronicles written to a file as a server would have kept them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from wargame.analysis.chronicle import Chronicle
from wargame_server.journal.contract import Committed, Row
from wargame_server.journal.rows import Opening, Record, opening_row, record_row
from wargame_server.journal.sqlite import SqliteJournal
from wargame_server.roster import Person
from wargame_server.settings import PEOPLE, SETTINGS, Settings


def write_journal(path: Path, *chronicles: Chronicle, classroom: str = "") -> Path:
    """Writes the games to a new journal; with `classroom` they are the tables of a class."""
    asyncio.run(_write(path, chronicles, classroom))
    return path


async def _write(path: Path, chronicles: tuple[Chronicle, ...], classroom: str) -> None:
    journal = SqliteJournal(path)
    try:
        for number, chronicle in enumerate(chronicles, 1):
            epoch = await journal.claim(chronicle.game)
            rows = rows_of(chronicle)
            assert isinstance(await journal.append(chronicle.game, epoch, 0, rows), Committed)
            settings = Settings(classroom=classroom or chronicle.game, name=f"Table {number}")
            await journal.put(chronicle.game, epoch, SETTINGS, "", settings.encode())
            for member in chronicle.people.values():
                person = Person(member.id, member.name, member.seat, claimed=True, level=member.bot)
                await journal.put(chronicle.game, epoch, PEOPLE, member.id, person.encode())
    finally:
        await journal.close()


def rows_of(chronicle: Chronicle, sources: Mapping[str, str] | None = None) -> list[Row]:
    """The rows of a chronicle, row 0 with its scenario's sources among them."""
    files = dict(sources or chronicle.base.scenario.sources)
    entry = "scenario.yaml" if "scenario.yaml" in files else next(name for name in files if name.endswith("scenario.yaml"))
    rows = [opening_row(Opening(files, entry), chronicle.entries[0].at if chronicle.entries else 0)]
    for each in chronicle.entries:
        record = Record(each.who, each.events, each.person, each.name)
        rows.append(record_row(each.seq, each.at, f"{each.person or 'house'}/{each.seq}", b"", record))
    return rows
