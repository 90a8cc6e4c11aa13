"""What a hostile student tried: each hurts only whoever does it, and is answered in a sentence where there is somebody to
answer."""

import asyncio
import json
import logging
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Opcode

from wargame.engine.dump import dump
from wargame.wire import messages as wire
from wargame.wire.plain import clean
from wargame_server.app import Server
from wargame_server.clock import ManualClock
from wargame_server.door import RETURNS
from wargame_server.journal.contract import JournalError
from wargame_server.listener import Limits
from wargame_server.log import NAME
from wargame_server.socket_line import SocketLine

PUSH = [{"action": "push", "targets": [], "rationale": ""}]


def test_a_mountain_of_marks_is_cut_before_it_is_sorted() -> None:
    """Normalizing takes time with the square of the marks on one letter: the text is cut to a bounded number first."""
    mountain = "a" + "\u0301\u0316" * 8_000
    assert len(clean(mountain)) <= 6
    assert clean("e\u0301") == "é"
    assert clean("ᾧ\u0323") == clean(clean("ω\u0314\u0342\u0345\u0323"))


async def test_a_flood_of_pings_ends_the_connection(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    with suppress(ConnectionClosed, ConnectionError):
        for _ in range(500):
            red.socket.protocol.send_ping(b"x" * 125)
            red.socket.send_data()
    assert (await red.closed())[0] == ""
    while handle.table.roster.at("red"):
        await asyncio.sleep(0)
    assert isinstance(await blue.do(do="say", to=None, text="unhurt"), wire.Ack)


async def test_a_few_pings_are_answered(bench: Any) -> None:
    server = await bench.server()
    _, _, red, _ = await bench.started(server)
    assert Opcode.PING.value == 9
    for _ in range(5):
        await (await red.socket.ping())


async def test_whoever_holds_connections_without_a_word_does_not_keep_others_out(bench: Any) -> None:
    server = await bench.server(limits=Limits(connections=4))
    handle = await server.create_table(bench.tiny)
    silent = [await bench.socket(server) for _ in range(4)]
    while server.listener._count < 4:
        await asyncio.sleep(0)
    rosa = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    bela = await bench.join(server, "Bela", token=handle.seat_token("blue"))
    assert await bench.end_of(silent[0]) == 1006, "the one that was silent longest"
    assert isinstance(await rosa.ask(what="score"), wire.Answer)
    assert isinstance(await bela.ask(what="score"), wire.Answer)


async def test_coming_back_without_end_is_slowed_down(bench: Any) -> None:
    """A whole view each time is the dearest thing that one message can ask for."""
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    token = handle.seat_token("red")
    for _ in range(RETURNS):
        peer = await bench.join(server, "Rosa", token=token)
        await peer.close()
    assert await (await bench.say_hello(server, "Rosa", token=token)).closed() == ("too_fast", 1008)
    await bench.join(server, "Bela", token=handle.seat_token("blue"))
    bench.clock.advance(1_000)
    await bench.join(server, "Rosa", token=token)


async def test_a_table_that_moved_lets_nobody_in(bench: Any) -> None:
    """Two servers on one journal: the later one has the games, the earlier says so and keeps nobody in an empty room."""
    first = await bench.server()
    handle, boss, red, _ = await bench.started(first)
    second = await bench.server(bench.journal)
    assert list(second.tables) == [handle.game]
    await red.send(red.command(do="say", to=None, text="to whom?"))
    assert await red.closed() == ("restart", 1000)
    await boss.closed()
    for hello in ({"token": handle.seat_token("red")}, {"secret": handle.secret}, {"code": handle.code, "seat": "public"}):
        assert (await (await bench.say_hello(first, "Rosa", **hello)).closed())[0] == "restart"
        await bench.join(second, "Rosa", **hello)


async def test_what_was_sent_from_one_seat_is_not_done_by_another(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _blue = await bench.started(server)
    room = await boss.room(lambda room: any(each["name"] == "Rosa" for each in room.people))
    rosa = next(each["person"] for each in room.people if each["name"] == "Rosa")
    guest = handle.table.roster.at("red")[0]
    bench.journal.gate.clear()
    await boss.send(wire.Manage(id="move", body={"what": "assign", "person": rosa, "seat": "blue"}))
    while not handle.table._mailbox.empty() or not handle.table.roster.at("red"):
        await asyncio.sleep(0)
    command = red.command("mine", do="orders", orders=PUSH)
    await red.send(command)
    while handle.table._crowd == 0:
        await asyncio.sleep(0)
    bench.journal.gate.set()
    assert (await red.answered("mine")).code == "stale_phase"
    assert guest.viewer == 1
    assert handle.table.game.state.orders == {}


async def test_of_rooms_that_wait_only_the_latest_is_sent() -> None:
    """Presence of a large class must not pile up in front of whoever reads slowly."""

    class Transport:
        def get_write_buffer_size(self) -> int:
            return 1

    class Socket:
        transport = Transport()

        def __init__(self) -> None:
            self.sent: list[bytes] = []

        async def send(self, frame: bytes) -> None:
            self.sent.append(frame)

        async def close(self, code: int) -> None:
            self.sent.append(f"close {code}".encode())

    socket: Any = Socket()
    line = SocketLine(socket, 100)
    line.send(b"update 1")
    for number in range(1000):
        line.send(f"room {number}".encode() * 5, latest="room")
    line.send(b"update 2")
    assert line.open
    line.close("kicked", "")
    await line.run()
    assert socket.sent[:3] == [b"update 1", b"room 999" * 5, b"update 2"]
    assert socket.sent[-1] == b"close 1000"


@pytest.fixture
def spoken() -> Any:
    """What the server logs, as maps."""
    lines: list[dict[str, Any]] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(record.getMessage()))

    logger = logging.getLogger(NAME)
    keeper, level = Keeper(), logger.level
    logger.addHandler(keeper)
    logger.setLevel(logging.INFO)
    yield lines
    logger.removeHandler(keeper)
    logger.setLevel(level)


async def test_a_damaged_journal_is_never_played_wrong(bench: Any, tmp_path: Path, spoken: list[dict[str, Any]]) -> None:
    """Bytes anywhere in the file: the game comes back exactly as it was, or is left alone with a sentence in the log."""
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, _, red, blue = await bench.started(server)
    for turn in (1, 2):
        await red.do(do="orders", orders=PUSH)
        await red.do(do="seal")
        await blue.do(do="seal")
        await red.until(lambda view, turn=turn: view["turn"] > turn)
    want = dump(handle.table.game.state)
    people = sorted(person.seat for person in handle.table.roster.people.values())
    await server.stop()
    whole = path.read_bytes()
    luck = Random(5)
    left_alone = as_it_was = refused = 0
    for number in range(60):
        damaged = bytearray(whole)
        for _ in range(luck.choice((1, 1, 8, 200))):
            damaged[luck.randrange(len(damaged))] ^= 1 << luck.randrange(8)
        other = tmp_path / f"{number}.sqlite3"
        other.write_bytes(damaged)
        spoken.clear()
        server = Server(other, clock=ManualClock())
        try:
            async with asyncio.timeout(30):
                await server.start()
        except JournalError:
            refused += 1
            continue
        try:
            if handle.game not in server.tables:
                left_alone += 1
                continue
            as_it_was += 1
            table = server.tables[handle.game].table
            assert dump(table.game.state) == want
            assert sorted(person.seat for person in table.roster.people.values()) == people
        finally:
            await server.stop()
    assert min(left_alone, as_it_was, refused) > 0, (left_alone, as_it_was, refused)


async def test_a_changed_row_and_a_changed_key_are_named_in_the_log(
    bench: Any, tmp_path: Path, spoken: list[dict[str, Any]]
) -> None:
    import sqlite3
    from contextlib import closing

    for change, words in (
        ("UPDATE rows SET payload = x'00' WHERE seq = 1", "Row 1 of game"),
        ("UPDATE rows SET seq = 'one' WHERE seq = 1", "is not what was written"),
        ("UPDATE entries SET value = x'00' WHERE kind = 'person'", "beside its rows is not what was written"),
        ("UPDATE entries SET kind = 'persona' WHERE kind = 'person'", "beside its rows is not what was written"),
    ):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
        server = await bench.server(path)
        handle = await server.create_table(bench.tiny)
        await handle.start()
        await server.stop()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(change)
            connection.commit()
        spoken.clear()
        again = await bench.server(path)
        assert again.tables == {}
        (said,) = [line for line in spoken if line["event"] == "table cannot be restored"]
        assert words in said["why"]
        await again.stop()


async def test_texts_and_ids_of_every_kind_stay_texts(bench: Any) -> None:
    """Markup, escapes, reversals, zeros and strokes in texts, names and ids: taken as they are or refused, never more."""
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    texts = [
        "[red]bold[/]",
        "\x1b]0;title\x07",
        "\u202egnp.exe",
        "a\x00b",
        "'; DROP TABLE rows; --",
        "{north}",
        "%s%n",
        "🧑‍🚀" * 50,
    ]
    for number, text in enumerate(texts):
        for name in (f"{number}\x00", f"blue/{number}", f"/{handle.table.head + 1}"):
            assert isinstance(await red.do(name, do="say", to=None, text=text), wire.Ack)
        await blue.until(
            lambda view, text=text: view["messages"] and view["messages"][-1]["text"] == clean(text, newlines=True)
        )
    assert (await red.do(do="say", to=None, text="x" * 10_000)).code == "too_long"
    assert (await red.do(do="say", to=None, text="\u200b\u202e")).code == "malformed"
    assert await (await bench.say_hello(server, "\u200b" * 80, code=handle.code)).closed() == (
        "malformed",
        1008,
    )
    assert await bench.journal.verify(handle.game) == ()


async def test_a_server_may_open_as_many_files_as_it_takes_connections(bench: Any) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, limits[1]))
    try:
        await bench.server(limits=Limits(connections=500))
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= min(1_000, limits[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
