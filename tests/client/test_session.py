"""A session stays in step with its table over lost connections, and every command is carried out exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from wargame.client.address import Address
from wargame.client.door import Stage
from wargame.client.session import Session
from wargame.client.tokens import Tokens
from wargame.wire import messages as wire
from wargame.wire.codec import decode_client, encode

Visit = Callable[["Peer"], Awaitable[None]]
VIEW = {"status": "running", "turn": 3, "phase": "desk", "slots": {1: [2, 5, None]}, "feed": [], "messages": []}


class Peer:
    """The server's end of one connection."""

    def __init__(self, socket: ServerConnection, hello: wire.Hello) -> None:
        self.socket, self.hello = socket, hello

    async def say(self, message: Any) -> None:
        await self.socket.send(encode(message))

    async def hear(self) -> Any:
        frame = await self.socket.recv()
        assert isinstance(frame, bytes)
        return decode_client(frame)

    async def welcome(
        self, seq: int = 10, view: Any = VIEW, you: str = "washington", token: str = "tok", right: str = ""
    ) -> None:
        await self.say(
            wire.Welcome(
                table="KT7M-P2QX",
                you=you,
                person="p1",
                right=right,
                token=token,
                now=5_000,
                catalog={"you": you},
                seq=seq,
                view=view,
                offers=[],
            )
        )

    async def update(self, seq: int, value: int, offers: Any = None) -> None:
        await self.say(wire.Update(seq=seq, ops=[["slots", [[1, 2, value, None]]]], offers=offers, now=6_000))


@asynccontextmanager
async def table(*visits: Visit) -> AsyncIterator[tuple[Address, list[wire.Hello]]]:
    """A server that plays one scripted visit a connection."""
    hellos: list[wire.Hello] = []

    async def handle(socket: ServerConnection) -> None:
        frame = await socket.recv()
        assert isinstance(frame, bytes)
        hello = decode_client(frame)
        assert isinstance(hello, wire.Hello)
        hellos.append(hello)
        await visits[min(len(hellos), len(visits)) - 1](Peer(socket, hello))

    async with serve(handle, "127.0.0.1", 0, subprotocols=[Subprotocol(wire.SUBPROTOCOL)], compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield Address("127.0.0.1", port, "KT7M-P2QX"), hellos


class Waits:
    """Notes how long a session wants to wait, and does not."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def running(session: Session) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(session.run())
    try:
        yield task
    finally:
        await session.close()
        await asyncio.wait_for(task, 10)


async def until(session: Session, true: Callable[[], bool]) -> None:
    """Waits for a state by listening, not by sleeping."""
    changed = asyncio.Event()
    end = session.listen(lambda names: changed.set())
    try:
        async with asyncio.timeout(10):
            while not true():
                await changed.wait()
                changed.clear()
    finally:
        end()


async def live(session: Session) -> None:
    await until(session, lambda: session.connection.stage is Stage.LIVE)


def made(address: Address, **more: Any) -> Session:
    return Session(address, name="Ana", sleep=Waits(), random=lambda: 1.0, batch=0.0, **more)


async def stay(peer: Peer) -> None:
    await peer.socket.wait_closed()


async def test_welcome_and_updates_make_the_mirror() -> None:
    async def visit(peer: Peer) -> None:
        await peer.welcome()
        await peer.update(11, 6, [{"do": "seal", "ok": True}])
        await stay(peer)

    async with table(visit) as (address, hellos):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.seq == 11)
            glance = session.glance()
            assert glance.connection.stage is Stage.LIVE
            assert glance.data["slots"][1] == [2, 6, None]
            assert glance.offers == [{"do": "seal", "ok": True}]
            assert hellos[0].code == "KT7M-P2QX"
            assert hellos[0].have == 0


async def test_a_lost_connection_is_resumed_where_it_was() -> None:
    async def first(peer: Peer) -> None:
        await peer.welcome()
        await peer.update(11, 6)
        await peer.socket.close()

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=peer.hello.have, view=None)
        await peer.update(12, 7)
        await stay(peer)

    async with table(first, second) as (address, hellos):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.seq == 12)
        assert (hellos[1].have, hellos[1].token, hellos[1].code) == (11, "tok", None)
        assert session.glance().data["slots"][1] == [2, 7, None]


async def test_a_gap_is_asked_for_again() -> None:
    async def first(peer: Peer) -> None:
        await peer.welcome()
        await peer.update(13, 9)
        await stay(peer)

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=peer.hello.have, view=None)
        for seq in (11, 12, 13):
            await peer.update(seq, seq - 4)
        await stay(peer)

    async with table(first, second) as (address, hellos):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.seq == 13)
        assert hellos[1].have == 10
        assert session.glance().data["slots"][1] == [2, 9, None]


async def test_an_update_seen_already_changes_nothing() -> None:
    async def visit(peer: Peer) -> None:
        await peer.welcome()
        await peer.update(10, 99)
        await peer.update(11, 6)
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.seq == 11)
        assert session.glance().data["slots"][1] == [2, 6, None]


async def test_a_mirror_that_cannot_be_folded_is_taken_whole() -> None:
    async def first(peer: Peer) -> None:
        await peer.welcome()
        await peer.say(wire.Update(seq=11, ops=[["nonsense"]], offers=None, now=1))
        await stay(peer)

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=40)
        await stay(peer)

    async with table(first, second) as (address, hellos):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.seq == 40)
        assert hellos[1].have == 0


async def test_an_unanswered_command_goes_again_with_the_same_id_turn_and_phase() -> None:
    heard: list[Any] = []

    async def first(peer: Peer) -> None:
        await peer.welcome()
        heard.append(await peer.hear())
        await peer.socket.close()

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=peer.hello.have, view=None)
        heard.append(await peer.hear())
        await peer.say(wire.Ack(id=heard[-1].id, seq=10))
        await stay(peer)

    async with table(first, second) as (address, _):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.connection.stage is Stage.LIVE)
            outcome = await session.do({"do": "seal"}, seen=(2, "rooms"))
            assert outcome.ok
        assert heard[0] == heard[1]
        assert (heard[0].turn, heard[0].phase, heard[0].body) == (2, "rooms", {"do": "seal"})


async def test_each_command_has_an_id_of_its_own_and_a_refusal_keeps_its_reason() -> None:
    heard: list[Any] = []

    async def visit(peer: Peer) -> None:
        await peer.welcome()
        for _ in range(2):
            heard.append(await peer.hear())
            await peer.say(wire.Refused(id=heard[-1].id, code="stale_phase", reason="Too late.", turn=3, phase="rooms"))
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.connection.stage is Stage.LIVE)
            outcome = await session.do({"do": "seal"})
            await session.do({"do": "seal"})
        assert (outcome.ok, outcome.code, outcome.reason) == (False, "stale_phase", "Too late.")
        assert heard[0].id != heard[1].id
        assert (heard[0].turn, heard[0].phase) == (3, "desk")


async def test_managing_is_never_done_twice() -> None:
    heard: list[Any] = []

    async def first(peer: Peer) -> None:
        await peer.welcome()
        heard.append(await peer.hear())
        await peer.socket.close()

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=peer.hello.have, view=None)
        heard.append(await peer.hear())
        await peer.say(wire.Answer(id=heard[-1].id, body={"lines": []}))
        await stay(peer)

    async with table(first, second) as (address, _):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.connection.stage is Stage.LIVE)
            assert "lost" in (await session.manage({"what": "lock", "locked": True}))["error"]
            assert await session.ask({"what": "preview", "action": "raid"}) == {"lines": []}
        assert [type(message) for message in heard] == [wire.Manage, wire.Ask]


async def test_a_welcome_in_the_midst_of_a_connection_sends_nothing_twice() -> None:
    """Setting the game back brings everybody a new welcome before the answer: it must not be done a second time for that."""
    heard: list[Any] = []

    async def visit(peer: Peer) -> None:
        await peer.welcome(you="white_cell", token="", right="control")
        for _ in range(2):
            heard.append(await peer.hear())
            await peer.welcome(seq=20, you="white_cell", token="", right="control")
            await peer.say(wire.Answer(id=heard[-1].id, body={"turn": 1}))
        await peer.socket.wait_closed()

    async with table(visit) as (address, _):
        session = Session(address, secret="s", sleep=Waits())
        async with running(session):
            await until(session, lambda: session.connection.stage is Stage.LIVE)
            async with asyncio.timeout(10):
                for what in ("rewind", "room"):
                    assert await session.manage({"what": what}) == {"turn": 1}
    assert [message.body["what"] for message in heard] == ["rewind", "room"]


async def test_replaced_by_another_login_ends_and_says_what_to_do() -> None:
    async def visit(peer: Peer) -> None:
        await peer.welcome()
        await peer.say(wire.Bye(code="replaced", reason=""))
        await stay(peer)

    async with table(visit) as (address, hellos):
        session = made(address)
        await asyncio.wait_for(session.run(), 10)
        assert session.connection.stage is Stage.CLOSED
        assert session.connection.again
        assert "press r" in session.connection.reason
        assert len(hellos) == 1
        outcome = await session.do({"do": "seal"})
        assert outcome.code == "closed"


@pytest.mark.parametrize(("code", "words"), [("version", "same version"), ("code", "join code"), ("secret", "secret")])
async def test_a_final_goodbye_is_a_sentence_that_says_what_to_do(code: str, words: str) -> None:
    async def visit(peer: Peer) -> None:
        await peer.say(wire.Bye(code=code, reason="no"))
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        await asyncio.wait_for(session.run(), 10)
        assert session.connection.stage is Stage.CLOSED
        assert words in session.connection.reason


async def test_the_lobby_is_shown_until_the_welcome() -> None:
    let_in = asyncio.Event()

    async def visit(peer: Peer) -> None:
        seats = [{"seat": "washington", "title": "The White House", "taken": False}]
        await peer.say(wire.Lobby(table="KT7M-P2QX", title="Five Questions", seats=seats, place=2))
        await let_in.wait()
        await peer.welcome()
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        async with running(session):
            await until(session, lambda: session.connection.stage is Stage.LOBBY)
            assert session.glance().place.place == 2
            assert session.glance().place.seats[0]["title"] == "The White House"
            let_in.set()
            await until(session, lambda: session.connection.stage is Stage.LIVE)


async def test_the_same_code_returns_to_the_seat_and_an_unknown_token_falls_back_to_the_code(tmp_path: Path) -> None:
    async def first(peer: Peer) -> None:
        await peer.welcome(token="seat-token")
        await stay(peer)

    async def second(peer: Peer) -> None:
        await peer.say(wire.Bye(code="token", reason=""))
        await stay(peer)

    async with table(first, second, first) as (address, hellos):
        for _ in range(2):
            session = made(address, tokens=Tokens(tmp_path))
            async with running(session):
                await live(session)
        assert [(hello.token, hello.code) for hello in hellos] == [
            (None, "KT7M-P2QX"),
            ("seat-token", None),
            (None, "KT7M-P2QX"),
        ]


async def test_moved_to_another_place_goes_there_with_the_token_and_does_nothing_of_before(tmp_path: Path) -> None:
    async def first(peer: Peer) -> None:
        await peer.welcome()
        await peer.hear()
        await peer.say(wire.Moved(table="other", token="new", reason="You play at Table 2 now."))
        await peer.say(wire.Bye(code="moved", reason=""))
        await stay(peer)

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=3, token="new", you="congress")
        await stay(peer)

    tokens = Tokens(tmp_path)
    async with table(first, second) as (address, hellos):
        waits = Waits()
        session = made(address, tokens=tokens)
        session.sleep = waits
        async with running(session):
            await live(session)
            outcome = await session.do({"do": "seal"})
            await until(session, lambda: session.seq == 3)
        assert (outcome.ok, outcome.code) == (False, "stale_phase")
        assert (hellos[1].token, hellos[1].have, hellos[1].code) == ("new", 0, None)
        assert session.glance().you == "congress"
        assert session.moved == "You play at Table 2 now."
        assert waits.asked == [], "it goes at once"
        assert tokens.get(address.server, address.code) == "new"


async def test_a_facilitator_looks_at_another_table_and_hears_of_all(tmp_path: Path) -> None:
    frame = wire.Classroom(code="KT7M-P2QX", locked=True, waiting=True, auto_extend=[60, 2], tables=[], lobby=[], people=[])

    async def first(peer: Peer) -> None:
        await peer.welcome(you="white_cell", token="", right="control")
        await peer.say(frame)
        await stay(peer)

    async def second(peer: Peer) -> None:
        await peer.welcome(seq=4, you="white_cell", token="", right="control")
        await stay(peer)

    async with table(first, second) as (address, hellos):
        session = made(address, secret="s")
        async with running(session):
            await until(session, lambda: session.classroom.locked)
            assert session.glance().classroom.auto_extend == (60, 2)
            assert (session.glance().right, session.glance().person) == ("control", "p1")
            await session.look_at("other")
            await until(session, lambda: session.seq == 4)
        assert [(hello.table, hello.have) for hello in hellos] == [(None, 0), ("other", 0)]


async def test_waits_grow_up_to_a_bound_and_are_told() -> None:
    waits = Waits()
    told: list[str] = []
    tries = 0

    def refuse(url: str) -> Any:
        nonlocal tries
        tries += 1
        if tries == 9:
            session.retry()
            session._leaving = True
        raise ConnectionRefusedError

    session = Session(Address("table.example", 8765), connect=refuse, sleep=waits, random=lambda: 1.0, batch=0.0)
    session.listen(lambda names: told.append(session.connection.reason))
    await asyncio.wait_for(session.run(), 10)
    assert waits.asked == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert any("nothing listens on port 8765" in reason for reason in told)


async def test_jitter_halves_a_wait_at_most() -> None:
    waits = Waits()

    def refuse(url: str) -> Any:
        if waits.asked:
            session._leaving = True
        raise ConnectionRefusedError

    session = Session(Address("table.example"), connect=refuse, sleep=waits, random=lambda: 0.0, batch=0.0)
    await asyncio.wait_for(session.run(), 10)
    assert waits.asked == [0.25]


async def test_listeners_are_called_in_batches() -> None:
    calls: list[frozenset[str]] = []

    async def visit(peer: Peer) -> None:
        await peer.welcome()
        for seq in range(11, 211):
            await peer.update(seq, seq % 7)
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        session.batch = 3600.0
        session.listen(calls.append)
        async with running(session):
            async with asyncio.timeout(10):
                while session.seq < 210:
                    await asyncio.sleep(0)
        assert len(calls) <= 2
        assert session.glance().data["slots"][1] == [2, 210 % 7, None]


async def test_a_glance_stays_as_it_was() -> None:
    async def visit(peer: Peer) -> None:
        await peer.welcome()
        await peer.hear()
        await peer.say(wire.Update(seq=11, ops=[["set", "phase", "rooms"]], offers=None, now=1))
        await stay(peer)

    async with table(visit) as (address, _):
        session = made(address)
        async with running(session) as task:
            await until(session, lambda: session.connection.stage is Stage.LIVE)
            before = session.glance()
            asking = asyncio.create_task(session.ask({"what": "score"}))
            await until(session, lambda: session.seq == 11)
            assert before.data["phase"] == "desk"
            assert session.glance().data["phase"] == "rooms"
            assert not task.done()
        assert "error" in await asking
