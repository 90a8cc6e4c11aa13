"""Each player at a page has a process that knows nothing of this machine and waits for its page; no other page gets in."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.pond import POND
from wargame.client.address import Address
from wargame.web.server import ASSETS, WebServer
from wargame_server.app import Server
from wargame_server.clock import ManualClock
from wargame_server.journal.memory import MemoryJournal

HANG = 30.0
NOWHERE = Address("127.0.0.1", 9, "KZQM-3WPA")  # no table is there; the client says so on its screen


@asynccontextmanager
async def page(address: Address = NOWHERE, **more: Any) -> AsyncIterator[WebServer]:
    async with WebServer(address, host="127.0.0.1", **more) as server:
        yield server


def line(server: WebServer, **headers: str) -> connect:
    return connect(
        f"ws://127.0.0.1:{server.port}/line",
        origin=headers.get("origin", f"http://127.0.0.1:{server.port}"),  # type: ignore[arg-type]
        additional_headers={"Host": headers["host"]} if "host" in headers else None,
    )


async def hello(socket: ClientConnection, server: WebServer, **more: Any) -> list[Any]:
    """Says hello; the first word that comes back."""
    said = {"code": server.address.code, "name": "Ana", "token": "", "sitting": "", "columns": 80, "rows": 24, **more}
    await socket.send(json.dumps(said))
    return await word(socket)


async def word(socket: ClientConnection) -> list[Any]:
    """The next message that is not a picture."""
    async with asyncio.timeout(HANG):
        while isinstance(said := await socket.recv(), bytes):
            pass
    found = json.loads(said)
    assert isinstance(found, list)
    return found


async def picture(socket: ClientConnection, words: str) -> str:
    """What is drawn until these words are."""
    drawn = ""
    async with asyncio.timeout(HANG):
        while words not in drawn:
            said = await socket.recv()
            drawn += said.decode() if isinstance(said, bytes) else ""
    return drawn


async def get(server: WebServer, path: str, host: str = "") -> tuple[str, bytes]:
    """Status line with headers, and content."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{server.port}'}\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return head.decode(), body


async def test_the_page_asks_nothing_of_anybody_else_and_holds_no_secret() -> None:
    async with page(shown='"><b>x') as server:
        head, body = await get(server, f"/{NOWHERE.code}?name=x")
        assert " 200 " in head.splitlines()[0]
        assert "default-src 'none'" in head
        assert "frame-ancestors 'none'" in head
        assert b"http:" not in body
        assert b"https:" not in body
        assert NOWHERE.code.encode() not in body
        assert b'data-server="&quot;&gt;&lt;b&gt;x"' in body
        for path in ASSETS:
            head, body = await get(server, path)
            assert " 200 " in head.splitlines()[0]
            assert body
        for path in ("/page/../../server.py", "/..%2f", "/page.js/", "/a/b", "//etc/passwd"):
            assert " 404 " in (await get(server, path))[0].splitlines()[0]


async def test_a_page_of_another_name_or_origin_is_turned_away() -> None:
    async with page() as server:
        head, _ = await get(server, "/", "evil.example")
        assert " 421 " in head.splitlines()[0]
        for headers in ({"origin": "http://evil.example"}, {"origin": "null"}):
            with pytest.raises(InvalidStatus) as refused:
                async with line(server, **headers):
                    pass
            assert refused.value.response.status_code == 403
        assert server.sittings == {}


async def test_a_process_inherits_nothing_and_its_folder_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_SECRET_OF_MINE", "do not tell")
    async with page() as server, line(server) as socket:
        kind, key = await hello(socket, server, name="Ana", token="tok-en")
        assert kind == "sitting"
        await picture(socket, "try now")
        sitting = server.sittings[key]
        environment = Path(f"/proc/{sitting.number}/environ")
        if environment.exists():
            assert b"do not tell" not in environment.read_bytes()
            assert b"tok-en" not in environment.read_bytes() + Path(f"/proc/{sitting.number}/cmdline").read_bytes()
        assert os.path.isdir(sitting.folder.name)
    assert sitting.reader.at_eof()
    assert not os.path.exists(sitting.folder.name)


async def test_a_page_that_comes_back_finds_its_process_and_another_page_takes_it_over() -> None:
    async with page() as server:
        async with line(server) as first:
            _, key = await hello(first, server)
            await picture(first, "try now")
        async with line(server) as second:
            assert await hello(second, server, sitting=key, columns=100) == ["sitting", key]
            await picture(second, "try now")
            async with line(server) as third:
                assert await hello(third, server, sitting=key) == ["sitting", key]
                assert await word(second) == ["over", "This game was opened on another page.", False]
                assert len(server.sittings) == 1


async def test_the_cap_is_told_in_words_and_a_place_that_was_left_is_free() -> None:
    async with page(most=1) as server:
        async with line(server) as first:
            _, key = await hello(first, server)
            async with line(server) as second:
                kind, words, again = await hello(second, server, name="Bo")
                assert (kind, again) == ("over", False)
                assert words.startswith("All 1 places in the browser are taken.")
        async with asyncio.timeout(HANG):
            while server.sittings[key].socket is not None:
                await asyncio.sleep(0)
        async with line(server) as third:
            kind, other = await hello(third, server, name="Cy")
            assert kind == "sitting"
            assert other != key
            assert list(server.sittings) == [other]


async def test_wrong_codes_are_counted_where_they_come_from() -> None:
    async with page(clock=ManualClock()) as server:
        said = []
        for _ in range(25):
            async with line(server) as socket:
                said.append((await hello(socket, server, code="AAAA-AAAA"))[1])
        assert "not the join code" in said[0]
        assert "Too many wrong codes" in said[-1]
        assert server.sittings == {}


@pytest.mark.parametrize("sent", ["", "{", '["stdin", 5]', b"bytes", '{"code": 5}', "x" * 40_000])
async def test_nonsense_ends_the_connection_and_nothing_else(sent: str | bytes) -> None:
    async with page() as server:
        async with line(server) as socket:
            await socket.send(sent)
            with pytest.raises(ConnectionClosed):
                await word(socket)
        assert server.sittings == {}


async def test_whoever_leaves_the_game_is_told_and_the_token_is_the_browsers() -> None:
    async with Server(MemoryJournal(), host="127.0.0.1", port=0) as game:
        handle = await game.create_class(POND, played=["red"], timed=False, open=True)
        async with page(Address("127.0.0.1", game.port, handle.code)) as server, line(server) as socket:
            said = [await hello(socket, server), await word(socket)]
            (token,) = [rest for kind, rest in said if kind == "keep"]
            await picture(socket, "The Red Shore")
            await socket.send(json.dumps(["stdin", "\x11"]))
            await picture(socket, "leave")
            await socket.send(json.dumps(["stdin", "\x11"]))
            kind, words, _ = await word(socket)
            assert kind == "over"
            assert "Your seat is kept" in words
            assert server.sittings == {}
            async with line(server) as again:
                await hello(again, server, token=token)
                await picture(again, "The Red Shore")
        assert handle.tables[0].table.roster.names() == ["Ana"]


async def test_a_nursery_that_died_is_missed_once() -> None:
    async with page() as server:
        async with line(server) as first:
            assert (await hello(first, server))[0] == "sitting"
            process = server._nursery._process
            assert process is not None
            process.kill()
            await process.wait()
            async with line(server) as second:
                kind, words, again = await hello(second, server, name="Bo")
                assert (kind, again) == ("over", True), "its page tries again by itself"
                assert "Tell your teacher" in words
            async with line(server) as third:
                assert (await hello(third, server, name="Bo"))[0] == "sitting"
        assert len(server.sittings) == 2, "who plays already plays on"
