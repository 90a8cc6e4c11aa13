"""Hostile, broken, slow and silent connections hurt only themselves."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from wargame.wire import messages as wire
from wargame.wire.codec import encode
from wargame.wire.packing import CLIENT_FRAME
from wargame_server.app import Server
from wargame_server.listener import AddressInUseError, Limits

HELLO = encode(wire.Hello(name="A", client="c"))
SEAL = encode(wire.Command(id="1", turn=1, phase="rooms", body={"do": "seal"}))


@pytest.mark.parametrize(
    "frame",
    [b"", b"\xc1", b"\xff" * 40, HELLO[:-2], HELLO + b"\x00", SEAL, b"\x81\xa1t\xa5hello", b"\x91" * 3000, "text"],
    ids=["empty", "reserved", "noise", "truncated", "left over", "no hello first", "short", "deep", "text frame"],
)
async def test_a_first_frame_that_is_no_hello_ends_the_connection(bench: Any, frame: bytes | str) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    socket = await bench.socket(server)
    await socket.send(frame)
    peer = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    assert await bench.end_of(socket) == 1008
    assert isinstance(await peer.do(do="say", to=None, text="unhurt"), wire.Ack)


@pytest.mark.parametrize(
    "frame",
    [b"\xc1", HELLO, encode(wire.Ack(id="1", seq=1)), b"\x80", "text"],
    ids=["noise", "hello", "ack", "empty map", "text"],
)
async def test_a_frame_that_is_no_message_ends_only_its_connection(bench: Any, frame: bytes | str) -> None:
    server = await bench.server()
    _, _, red, blue = await bench.started(server)
    await red.send(frame)
    assert await red.closed() == ("malformed", 1008)
    assert isinstance(await blue.do(do="say", to=None, text="unhurt"), wire.Ack)


async def test_an_oversized_frame_closes_with_its_own_code(bench: Any) -> None:
    server = await bench.server()
    _, _, red, blue = await bench.started(server)
    await red.send(b"\x00" * (CLIENT_FRAME + 1))
    assert await red.closed() == ("", 1009)
    assert isinstance(await blue.do(do="say", to=None, text="unhurt"), wire.Ack)


async def test_any_frames_leave_the_table_alone(bench: Any) -> None:
    server = await bench.server()
    handle, _, _, blue = await bench.started(server)
    head = handle.table.head
    loop = asyncio.get_running_loop()

    async def throw(frames: list[bytes]) -> None:
        async with asyncio.timeout(20):
            socket = await bench.socket(server)
            try:
                await socket.send(encode(wire.Hello(name="M", client="c", token=handle.seat_token("red"))))
                for frame in frames:
                    await socket.send(frame)
                await socket.close()
            except ConnectionClosed:
                pass

    seeds = st.binary(max_size=64) | st.sampled_from([HELLO, SEAL]).flatmap(
        lambda frame: st.integers(0, len(frame)).map(lambda end: frame[:end])
    )

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(seeds.filter(lambda frame: frame != SEAL), max_size=4))
    def attack(frames: list[bytes]) -> None:
        asyncio.run_coroutine_threadsafe(throw(frames), loop).result(30)

    await asyncio.to_thread(attack)
    assert handle.table.head == head
    assert isinstance(await blue.do(do="say", to=None, text="unhurt"), wire.Ack)


async def test_a_silent_connection_is_closed(bench: Any) -> None:
    server = await bench.server()
    await server.create_table(bench.tiny)
    socket = await bench.socket(server)
    # The server's end must have begun to wait before time passes.
    while server.listener._count == 0 or not bench.clock._waiting:
        await asyncio.sleep(0)
    bench.clock.advance(5_000)
    assert b"timeout" in await socket.recv()
    assert await bench.end_of(socket) == 1008


async def test_a_flood_is_refused_and_then_cut_off_while_others_go_on(bench: Any) -> None:
    server = await bench.server(limits=Limits(burst=10, every=1_000, strikes=30))
    handle, _, red, blue = await bench.started(server)
    head = handle.table.head
    for number in range(60):
        await red.send(wire.Command(id=f"f{number}", turn=1, phase="rooms", body={"do": "say", "to": None, "text": "x"}))
    assert await red.closed() == ("too_fast", 1008)
    refused = [message for message in red.heard if isinstance(message, wire.Refused)]
    assert {message.code for message in refused} == {"too_fast"}
    assert len(refused) == 30
    assert handle.table.head <= head + 10
    assert isinstance(await blue.do(do="say", to=None, text="unhurt"), wire.Ack)


async def test_a_reader_too_slow_is_cut_off_while_others_go_on(bench: Any) -> None:
    server = await bench.server(limits=Limits(outbound=64 * 1024, burst=10_000))
    handle, _, red, blue = await bench.started(server)
    # Blue stops reading: its socket takes no more from the network.
    blue.socket.transport.pause_reading()
    text = "x" * 2_000
    for _ in range(3_000):
        assert isinstance(await red.do(do="say", to=None, text=text), wire.Ack)
        if not handle.table.roster.at("blue"):
            break
    assert not handle.table.roster.at("blue")
    assert isinstance(await red.do(do="say", to=None, text="unhurt"), wire.Ack)
    blue.socket.transport.resume_reading()
    assert await blue.closed() == ("", 1006)
    # It comes back and catches up.
    back = await bench.say_hello(server, "Bela", token=handle.seat_token("blue"), have=blue.seq)
    back.mirror = blue.mirror
    await back.next(wire.Welcome)
    await back.do(do="say", to=None, text="back")
    await red.until(lambda view: view["messages"][-1]["text"] == "back")
    assert back.mirror.data["messages"] == red.mirror.data["messages"]


async def test_connections_have_an_end(bench: Any) -> None:
    server = await bench.server(limits=Limits(connections=2))
    handle = await server.create_table(bench.tiny)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    await bench.join(server, "Bela", token=handle.seat_token("blue"))
    with pytest.raises(InvalidStatus) as caught:
        await bench.socket(server)
    assert caught.value.response.status_code == 503
    await red.close()
    while server.listener._count == 2:
        await asyncio.sleep(0)
    await bench.join(server, "Rosa", token=handle.seat_token("red"))


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"subprotocols": ["wargame.v9"]}, 400),
        ({"subprotocols": None}, 400),
    ],
)
async def test_strangers_pages_and_other_protocols_do_not_get_in(bench: Any, options: dict[str, Any], status: int) -> None:
    server = await bench.server(origins=["http://good.example"])
    with pytest.raises(InvalidStatus) as caught:
        await bench.socket(server, **options)
    assert caught.value.response.status_code == status


async def test_a_page_on_the_list_gets_in_and_another_path_does_not(bench: Any) -> None:
    server = await bench.server(origins=["http://good.example"])
    socket = await bench.socket(server, origin="http://good.example")
    assert socket.subprotocol == wire.SUBPROTOCOL
    with pytest.raises(InvalidStatus) as caught:
        await connect(server.url + "admin", subprotocols=[wire.SUBPROTOCOL], proxy=None)  # type: ignore[list-item]
    assert caught.value.response.status_code == 404


async def test_a_port_in_use_is_one_clear_sentence(bench: Any) -> None:
    server = await bench.server()
    other = Server(type(bench.journal)(), port=server.port)
    with pytest.raises(AddressInUseError, match=f"Port {server.port} on 127.0.0.1 is in use"):
        await other.start()
