"""Whoever was away gets what is missing, from any number, over restarts too; tokens and seats last."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import decode
from wargame_server import table as table_module
from wargame_server.app import Server
from wargame_server.journal.contract import Row
from wargame_server.journal.sqlite import SqliteJournal
from wargame_server.listener import Limits

PUSH = [{"action": "push", "targets": [], "rationale": ""}]


async def play(red: Any, blue: Any, turns: int) -> None:
    for _ in range(turns):
        turn = red.mirror.data["turn"]
        await red.do(do="orders", orders=PUSH)
        await blue.do(do="say", to=["red"], text="psst")
        await red.do(do="seal")
        await blue.do(do="seal")
        for peer in (red, blue):
            await peer.until(lambda view, turn=turn: view["turn"] > turn)


async def test_resuming_from_any_number_gives_the_same_mirror(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    await play(red, blue, 2)
    # Every mirror that red ever had, by number, rebuilt from what it heard.
    welcome = next(message for message in red.heard if isinstance(message, wire.Welcome))
    updates = [message for message in red.heard if isinstance(message, wire.Update)]
    await red.close()
    for have in range(red.seq + 1):
        peer = await bench.say_hello(server, "Rosa", token=handle.seat_token("red"), have=have)
        back = await peer.hear()
        assert isinstance(back, wire.Welcome)
        if have == 0:
            assert back.view == red.mirror.data
            assert back.seq == red.seq
        else:
            assert back.view is None
            assert back.seq == have
            assert welcome.view is not None
            mirror = Mirror(welcome.view)
            for update in updates:
                if update.seq <= have:
                    mirror.fold(update.ops)
            for number in range(have + 1, red.seq + 1):
                message = decode(await peer.socket.recv())
                assert isinstance(message, wire.Update)
                assert message.seq == number
                mirror.fold(message.ops)
            assert mirror.data == red.mirror.data
        await peer.close()


async def test_a_number_from_the_future_or_long_ago_gets_the_whole_view(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "KEPT", 3)
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    await play(red, blue, 1)
    await red.close()
    for have, whole in (
        (1, True),
        (red.seq - 4, True),
        (red.seq - 3, False),
        (red.seq, False),
        (red.seq + 1, True),
        (2**50, True),
    ):
        back = await bench.join(server, "Rosa", token=handle.seat_token("red"), have=have)
        assert (back.heard[0].view is not None) is whole, have
        await back.close()


async def test_a_restart_keeps_seats_tokens_codes_and_the_game(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, blue = await bench.started(server)
    await play(red, blue, 2)
    await red.do("before", do="orders", orders=PUSH)
    ana = await bench.say_hello(server, "Ana", code=handle.code)
    room = await boss.room(lambda room: bool(room.requests))
    await boss.manage(what="approve", request=room.requests[0]["request"], seat="green")
    token = (await ana.next(wire.Welcome)).token
    await boss.manage(what="lock", locked=True)
    await blue.do(do="say", to=None, text="see you")
    await red.until(lambda view: view["messages"][-1]["text"] == "see you")
    state, data, seq = handle.table.game.state, dict(red.mirror.data), red.seq
    await server.stop()
    assert await red.closed() == ("restart", 1000)

    again = await bench.server(path)
    assert list(again.tables) == [handle.game]
    restored = again.tables[handle.game]
    assert restored.table.game.state == state
    assert restored.code == handle.code
    rosa = await bench.join(again, "Rosa", token=handle.seat_token("red"), have=seq)
    assert rosa.heard[0].view == data, "numbers of before the restart do not count"
    assert rosa.seq > seq
    assert (await bench.join(again, "Ana", token=token)).heard[0].you == "green"
    boss = await bench.join(again, "Boss", secret=handle.secret)
    room = await boss.room(lambda room: True)
    assert room.locked
    assert {"Rosa", "Ana"} <= {each["name"] for each in room.people}
    assert (await (await bench.say_hello(again, "Cy", code=handle.code)).closed())[0] == "locked"

    # A command of before the restart is known, and one more phase can be played.
    await rosa.send(wire.Command(id="before", turn=3, phase="rooms", body={"do": "orders", "orders": PUSH}))
    assert isinstance(await rosa.answered("before"), wire.Ack)
    await rosa.send(wire.Command(id="before", turn=3, phase="rooms", body={"do": "seal"}))
    assert (await rosa.answered("before")).code == "duplicate"
    bela = await bench.join(again, "Bela", token=handle.seat_token("blue"))
    await boss.do(do="advance")
    await bela.until(lambda view: view["turn"] == 4)


async def test_a_phase_that_ended_while_the_server_was_away_gets_time(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, *_ = await bench.started(server)
    await server.stop()
    bench.clock.advance(3_600_000)
    again = await bench.server(path)
    red = await bench.join(again, "Rosa", token=handle.seat_token("red"))
    await red.until(lambda view: view["deadline"] >= bench.clock.now() + 30_000)
    assert red.mirror.data["turn"] == 1


async def test_computers_come_back_with_their_seats(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle = await server.create_table(bench.tiny)
    await handle.add_bot("blue", "random")
    await server.stop()
    again = await bench.server(path)
    boss = await bench.join(again, "Boss", secret=handle.secret)
    room = await boss.room(lambda room: any(each["bot"] for each in room.people))
    assert [each["seat"] for each in room.people if each["bot"]] == ["blue"]


async def test_a_game_that_was_tampered_with_is_left_alone(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    good = await server.create_table(bench.tiny)
    bad = await server.create_table(bench.tiny)
    await server.stop()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE rows SET at = at + 1 WHERE game = ?", (bad.game,))
        connection.commit()
    again = await bench.server(path)
    assert list(again.tables) == [good.game]


async def test_a_full_disk_refuses_and_never_acknowledges(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    journal = SqliteJournal(path, most_pages=60)
    server = await bench.server(journal, limits=Limits(burst=1_000))
    handle, _, red, blue = await bench.started(server)
    kept = 0
    while isinstance(answer := await red.do(do="say", to=None, text=f"{kept}" + "x" * 1_900), wire.Ack):
        kept += 1
        assert kept < 200
    assert answer.code == "unavailable"
    assert isinstance(await blue.ask(what="score"), wire.Answer), "the table is there all the same"
    texts = [message["text"] for message in red.mirror.data["messages"]]
    assert len(texts) == kept
    await server.stop()
    again = await bench.server(path)
    said = [row for row in await again.journal.read(handle.game) if isinstance(row, Row) and row.command.startswith("red/")]
    assert len(said) == kept
    assert [message["text"] for message in again.tables[handle.game].table.game.mirrors[0].data["messages"]] == texts


async def test_all_bots_play_a_game_to_its_end(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny, seed=bytes(32), timed=False)
    for seat in handle.seats:
        await handle.add_bot(seat, "random")
    assert await handle.start() is None
    async with asyncio.timeout(60):
        await handle.finished()
    assert handle.table.game.state.status == "over"


def test_a_server_is_made_without_starting_anything(tmp_path: Path) -> None:
    Server(tmp_path / "games.sqlite3")
    assert not (tmp_path / "games.sqlite3").exists()
