"""Every journal keeps the same promises: numbers without gaps, ids once, writers fenced, nothing acknowledged and then lost."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from wargame_server.journal.contract import (
    GENESIS,
    Committed,
    Conflict,
    Fenced,
    Head,
    Journal,
    JournalError,
    Row,
    Unknown,
    faults,
)
from wargame_server.journal.memory import Fault, MemoryJournal
from wargame_server.journal.sqlite import SqliteJournal


def row(seq: int, command: str = "", payload: bytes = b"x") -> Row:
    return Row(seq, 1_000 + seq, command or f"c{seq}", bytes(32), payload)


@pytest.fixture(params=["memory", "sqlite"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    made: Journal = MemoryJournal() if request.param == "memory" else SqliteJournal(tmp_path / "games.sqlite3")
    yield made
    await made.close()


async def test_rows_come_back_as_they_were_written(journal: Journal) -> None:
    epoch = await journal.claim("g")
    assert await journal.append("g", epoch, 0, [row(0), row(1, payload=b"\x00\xff")]) == Committed(1)
    assert await journal.append("g", epoch, 2, [row(2)]) == Committed(2)
    assert await journal.read("g") == (row(0), row(1, payload=b"\x00\xff"), row(2))
    assert await journal.read("g", 2) == (row(2),)
    assert await journal.find("g", "c1") == row(1, payload=b"\x00\xff")
    assert await journal.find("g", "c9") is None
    head = await journal.head("g")
    assert (head.seq, head.command) == (2, "c2")
    assert await journal.verify("g") == ()


async def test_a_game_that_is_not_there_is_empty(journal: Journal) -> None:
    assert await journal.head("g") == Head(-1, "", GENESIS)
    assert await journal.read("g") == ()
    assert await journal.find("g", "c") is None
    assert await journal.games() == ()
    assert await journal.entries("g", "k") == {}
    assert await journal.verify("g") == ()
    assert await journal.append("g", 1, 0, [row(0)]) == Fenced(0)
    assert await journal.put("g", 1, "k", "a", b"") == Fenced(0)


@pytest.mark.parametrize(
    ("expected", "rows"),
    [(0, [row(0, "n")]), (2, [row(2)]), (1, [row(2)]), (1, [row(1), row(3)]), (1, [row(1, "a"), row(2, "a")])],
)
async def test_numbers_have_no_gaps(journal: Journal, expected: int, rows: list[Row]) -> None:
    epoch = await journal.claim("g")
    await journal.append("g", epoch, 0, [row(0)])
    assert await journal.append("g", epoch, expected, rows) == Conflict("seq", 0)
    assert await journal.read("g") == (row(0),)


async def test_a_command_id_stands_once_in_a_game(journal: Journal) -> None:
    epoch = await journal.claim("g")
    other = await journal.claim("h")
    await journal.append("g", epoch, 0, [row(0, "same")])
    assert await journal.append("g", epoch, 1, [row(1), row(2, "same")]) == Conflict("command", 0)
    assert await journal.read("g") == (row(0, "same"),)
    assert await journal.append("h", other, 0, [row(0, "same")]) == Committed(0)


async def test_a_later_claim_fences_the_earlier_writer_off(journal: Journal) -> None:
    first = await journal.claim("g")
    second = await journal.claim("g")
    assert second == first + 1
    assert await journal.append("g", first, 0, [row(0)]) == Fenced(second)
    assert await journal.put("g", first, "k", "a", b"1") == Fenced(second)
    assert await journal.read("g") == ()
    assert await journal.entries("g", "k") == {}
    assert await journal.append("g", second, 0, [row(0)]) == Committed(0)


async def test_of_writers_at_once_one_wins_each_number(journal: Journal) -> None:
    epoch = await journal.claim("g")
    outcomes = await asyncio.gather(*(journal.append("g", epoch, 0, [row(0, f"w{n}")]) for n in range(20)))
    assert sum(isinstance(outcome, Committed) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 19
    assert len(await journal.read("g")) == 1


async def test_a_refused_append_does_not_undo_its_neighbours(journal: Journal) -> None:
    epochs = [await journal.claim(f"g{n}") for n in range(30)]
    outcomes = await asyncio.gather(*(journal.append(f"g{n}", epochs[n], n % 2, [row(n % 2)]) for n in range(30)))
    for n, outcome in enumerate(outcomes):
        assert isinstance(outcome, Conflict if n % 2 else Committed)
        assert len(await journal.read(f"g{n}")) == 1 - n % 2


async def test_entries_are_kept_by_kind_and_key(journal: Journal) -> None:
    epoch = await journal.claim("g")
    for key, value in (("a", b"1"), ("b", b"2"), ("a", b"3")):
        assert isinstance(await journal.put("g", epoch, "person", key, value), Committed)
    await journal.put("g", epoch, "settings", "a", b"4")
    assert await journal.entries("g", "person") == {"a": b"3", "b": b"2"}
    await journal.put("g", epoch, "person", "a", None)
    assert await journal.entries("g", "person") == {"b": b"2"}
    assert await journal.games() == ("g",)


def test_the_chain_tells_what_was_changed_moved_or_taken() -> None:
    chained = []
    chain = GENESIS
    for seq in range(4):
        chain = row(seq).chained("g", chain)
        chained.append((row(seq), chain))
    head = Head(3, "c3", chain)
    assert faults("g", chained, head) == ()
    changed = [*chained[:1], (row(1, payload=b"y"), chained[1][1]), *chained[2:]]
    assert any("Row 1" in fault for fault in faults("g", changed, head))
    assert faults("g", [chained[0], chained[2], chained[3]], head)
    assert faults("g", chained[:3], head)
    assert faults("g", [chained[0], chained[2], chained[1], chained[3]], head)
    assert faults("h", chained, head)


async def test_an_unknown_write_may_or_may_not_be_there() -> None:
    journal = MemoryJournal()
    epoch = await journal.claim("g")
    journal.faults.extend([Fault.LOST, Fault.DONE])
    assert isinstance(await journal.append("g", epoch, 0, [row(0)]), Unknown)
    assert (await journal.head("g")).seq == -1
    assert isinstance(await journal.append("g", epoch, 0, [row(0)]), Unknown)
    assert (await journal.head("g")).seq == 0


async def test_what_was_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    first = SqliteJournal(path)
    epoch = await first.claim("g")
    await first.append("g", epoch, 0, [row(0)])
    await first.close()
    second = SqliteJournal(path)
    assert await second.read("g") == (row(0),)
    assert await second.claim("g") == epoch + 1
    assert isinstance(await second.append("g", epoch, 1, [row(1)]), Fenced)
    await second.close()


async def test_a_full_disk_is_unknown_and_nothing_is_there(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "games.sqlite3", most_pages=20)
    epoch = await journal.claim("g")
    seq = 0
    while isinstance(outcome := await journal.append("g", epoch, seq, [row(seq, payload=bytes(4_000))]), Committed):
        seq += 1
        assert seq < 100
    assert isinstance(outcome, Unknown)
    assert (await journal.head("g")).seq == seq - 1
    assert len(await journal.read("g")) == seq
    assert await journal.verify("g") == ()
    await journal.close()


async def test_tampering_with_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    journal = SqliteJournal(path)
    epoch = await journal.claim("g")
    await journal.append("g", epoch, 0, [row(0), row(1), row(2)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE rows SET payload = ? WHERE seq = 1", (b"y",))
        connection.commit()
    assert any("Row 1" in fault for fault in await journal.verify("g"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE rows SET payload = ? WHERE seq = 1", (b"x",))
        connection.execute("DELETE FROM rows WHERE seq = 2")
        connection.commit()
    assert any("ends at row 1" in fault for fault in await journal.verify("g"))
    await journal.close()


async def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    journal = SqliteJournal(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    await journal.close()


async def test_a_closed_journal_takes_nothing(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "games.sqlite3")
    epoch = await journal.claim("g")
    await journal.close()
    assert isinstance(await journal.append("g", epoch, 0, [row(0)]), Unknown)
    with pytest.raises(JournalError):
        await journal.claim("g")


def test_a_file_that_is_no_journal_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, just some words that are long enough to be looked at")
    with pytest.raises(JournalError, match="cannot be opened"):
        SqliteJournal(path)
    with pytest.raises(JournalError, match="cannot be opened"):
        SqliteJournal(tmp_path / "missing" / "games.sqlite3")
