"""A fork: another table goes on from where a phase began, with the people or without; the old one stays as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from wargame.engine.dump import dump
from wargame.engine.events import Forked, Rewound
from wargame.wire import messages as wire
from wargame_server.history import course
from wargame_server.journal.chronicle import class_of, read_chronicles
from wargame_server.journal.contract import JournalError

PUSH = {"do": "orders", "orders": [{"action": "push", "targets": [], "rationale": ""}]}


async def _turn(boss: Any, red: Any, blue: Any) -> None:
    turn = red.mirror.data["turn"]
    assert isinstance(await red.do(**PUSH), wire.Ack)
    for peer in (red, blue):
        assert isinstance(await peer.do(do="seal"), wire.Ack)
    for peer in (boss, red, blue):
        await peer.until(lambda seen: seen["turn"] == turn + 1)


async def _played(bench: Any, server: Any, turns: int = 3) -> tuple[Any, Any, Any, Any, list[dict[str, Any]]]:
    """A table after some turns, and where its phases began."""
    handle, boss, red, blue = await bench.started(server, timed=False)
    for _ in range(turns):
        await _turn(boss, red, blue)
    return handle, boss, red, blue, (await boss.manage(what="boundaries")).body["boundaries"]


async def test_the_fork_stands_where_the_game_stood_at_that_row(bench: Any) -> None:
    server = await bench.server()
    handle, boss, _, _, found = await _played(bench, server)
    before = dump(handle.table.game.state)
    answer = await boss.manage(what="fork", at=found[1]["seq"], people=False)
    new = server.tables[answer.body["table"]].table
    rows = await server.journal.read(handle.game)
    stood = (await course(handle.table.game.base, rows[: found[1]["seq"] + 1])).game.state
    copied = await server.journal.read(new.id)
    assert dump((await course(new.game.base, copied[:-1])).game.state) == dump(stood)
    assert new.game.state.paused
    assert new.settings.forked == (handle.game, found[1]["seq"])
    assert not new.roster.people
    assert await server.journal.verify(new.id) == ()
    assert {row.command for row in copied} >= {row.command for row in rows[: found[1]["seq"] + 1]}
    # The old table: as it was, and paused.
    await boss.until(lambda seen: seen["paused"] is not None)
    assert handle.table.game.state.paused
    assert dump(handle.table.game.state) != before
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    assert dump(handle.table.game.state) == before


async def test_people_find_their_seats_at_the_new_table_and_play_on(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue, found = await _played(bench, server)
    answer = await boss.manage(what="fork", at=found[0]["seq"], people=True)
    new = answer.body["table"]
    moved = [await peer.next(wire.Moved) for peer in (red, blue)]
    assert [each.table for each in moved] == [new, new]
    red, blue = [await bench.join(server, name, token=each.token) for name, each in zip(("Rosa", "Bela"), moved, strict=True)]
    assert [(peer.heard[0].table, peer.heard[0].you) for peer in (red, blue)] == [(new, "red"), (new, "blue")]
    assert "another course of Table 1" in red.mirror.data["feed"][-1]["head"]
    names = {person.name: person.seat for person in server.tables[new].table.roster.people.values()}
    assert names == {"Rosa": "red", "Bela": "blue"}
    other = await bench.join(server, "Boss", secret=handle.secret, table=new)
    assert isinstance(await other.do(do="resume"), wire.Ack)
    await red.until(lambda seen: seen["paused"] is None)
    await blue.until(lambda seen: seen["paused"] is None)
    await _turn(other, red, blue)
    told = await boss.manage(what="compare", tables=[handle.game, new])
    assert [each["name"] for each in told.body["tables"]] == ["Table 1", "Table 2"]
    (tension,) = [row for row in told.body["tracks"] if row["slot"] == "tension"]
    assert tension["values"] == ["8", "6"]


async def test_a_fork_of_a_game_that_was_set_back_folds_alike_and_can_be_set_back(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, blue, found = await _played(bench, server)
    await boss.manage(what="rewind", to=found[1]["seq"], reason="Again.")
    for peer in (red, blue):
        await peer.next(wire.Welcome)
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    await _turn(boss, red, blue)
    found = (await boss.manage(what="boundaries")).body["boundaries"]
    answer = await boss.manage(what="fork", at=found[-1]["seq"], people=False)
    new = server.tables[answer.body["table"]].table
    assert new.game.state.board == handle.table.game.state.board
    mirrors = [mirror.data["slots"] for mirror in new.game.mirrors]
    assert mirrors == [mirror.data["slots"] for mirror in handle.table.game.mirrors]
    # House commands of the copy have numbers of their own: the next ones find theirs free.
    other = await bench.join(server, "Boss", secret=handle.secret, table=new.id)
    for _ in range(3):
        assert isinstance(await other.do(do="resume"), wire.Ack)
        await other.manage(what="all", body={"do": "pause"})
    before = dump(new.game.state)
    began = (await other.manage(what="boundaries")).body["boundaries"]
    assert [(each["turn"], each["phase"]) for each in began] == [(each["turn"], each["phase"]) for each in found]
    await server.stop()
    server = await bench.server(path)
    table = server.tables[new.id].table
    assert dump(table.game.state) == before
    other = await bench.join(server, "Boss", secret=handle.secret, table=new.id)
    assert isinstance(await other.manage(what="rewind", to=began[0]["seq"], reason="To the start."), wire.Answer)
    assert table.game.state.turn == began[0]["turn"]
    await server.stop()
    old, fork = read_chronicles(path)
    assert fork.forked == (old.game, found[-1]["seq"])
    assert list(class_of([old, fork]).values()) == [[old, fork]]
    kinds = [type(event) for entry in fork.entries for event in entry.events]
    assert kinds.count(Forked) == 1
    assert kinds.count(Rewound) == 2


async def test_computers_play_on_at_the_fork(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny, seed=bytes(range(32)), timed=False)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    for seat in ("red", "blue"):
        await boss.manage(what="bot", seat=seat, level="random")
    await boss.do(do="start")
    await boss.until(lambda seen: seen["turn"] == 3)
    found = (await boss.manage(what="boundaries")).body["boundaries"]
    new = (await boss.manage(what="fork", at=found[0]["seq"], people=True)).body["table"]
    other = await bench.join(server, "Boss", secret=handle.secret, table=new)
    assert isinstance(await other.do(do="resume"), wire.Ack)
    await other.until(lambda seen: seen["turn"] == 4)


@pytest.mark.parametrize("body", [{"at": 99, "people": True}, {"at": 2, "people": "yes"}, {"at": None, "people": True}])
async def test_what_cannot_be_forked_is_refused_with_a_sentence(bench: Any, body: dict[str, Any]) -> None:
    server = await bench.server()
    _, boss, red, _ = await bench.started(server)
    refused = await boss.manage(what="fork", **body)
    assert refused.code in ("unknown", "malformed")
    assert refused.reason.endswith(".")
    assert len(server.tables) == 1
    assert (await red.manage(what="fork", at=2, people=True)).code == "forbidden"


async def test_a_journal_is_read_without_a_server_and_a_damaged_one_says_so(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, _, _, _, _ = await _played(bench, server, 1)
    (chronicle,) = read_chronicles(path)  # while the server plays on
    assert (chronicle.game, chronicle.name, chronicle.complete) == (handle.game, "Table 1", False)
    assert {"Rosa", "Bela"} <= {member.name for member in chronicle.people.values()}
    await server.stop()
    with pytest.raises(JournalError, match=r"There is no game other in .*There are: tiny-"):
        read_chronicles(path, ["other"])
    with pytest.raises(JournalError, match="There is no journal"):
        read_chronicles(tmp_path / "nothing.sqlite3")
    (tmp_path / "text.sqlite3").write_text("not a journal " * 100)
    with pytest.raises(JournalError, match="cannot be read"):
        read_chronicles(tmp_path / "text.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE rows SET at = at + 1 WHERE seq = 3")
    connection.close()
    with pytest.raises(JournalError, match=r"Row 3 of game .* is not what was written"):
        read_chronicles(path)
