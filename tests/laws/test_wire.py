"""Over real connections: what is offered is taken and nothing else is, and lost frames leave no trace in a mirror."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from attrs import define, field
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.support.play import body_of, program_of, seed_of
from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import decode, encode
from wargame_server import table as table_module
from wargame_server.listener import Limits

SCENARIOS = ("everything", "bridge_week")
FAST = Limits(burst=1_000_000)


def _offers(peer: Any) -> list[dict[str, Any]]:
    """The offers as the peer heard them last."""
    for message in reversed(peer.heard):
        if isinstance(message, wire.Welcome | wire.Update) and message.offers is not None:
            return list(message.offers)
    return []


async def _players(bench: Any, name: str, number: int) -> tuple[Any, Any, list[Any], Any]:
    server = await bench.server(limits=FAST)
    program = program_of(name)
    handle = await server.create_table(program.scenario.sources, seed=seed_of(number), played=program.seats, timed=False)
    peers = [await bench.join(server, f"P{seat}", token=handle.seat_token(seat)) for seat in program.seats]
    boss = await bench.join(server, "Boss", secret=handle.secret)
    assert isinstance(await boss.do(do="start"), wire.Ack)
    return server, handle, peers, boss


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_client_that_keeps_to_its_offers_is_never_refused(bench: Any, name: str, number: int) -> None:
    """Random clients that know nothing but their frames: every open offer is acknowledged, every closed one and everything
    that is not offered is refused and leaves no trace."""
    _, handle, peers, boss = await _players(bench, name, number)
    rng = Random(number)
    taken = refused = 0
    for step in range(220):
        seat = rng.randrange(len(peers))
        peer = peers[seat]
        await peer.ask(what="score")  # an answer comes behind everything that was sent before
        if peer.mirror.data["status"] == "over":
            break
        made = _offers(peer)
        draft = list(peer.mirror.data["orders"])
        open_ = [offer for offer in made if offer["ok"]]
        weights = [{"seal": 3, "say": 0.3, "leave": 0.2, "reopen": 0.2}.get(offer["do"], 1) for offer in open_]
        body = body_of(rng.choices(open_, weights)[0], rng, draft)
        assert body is not None
        if body["do"] == "orders" and _by_turns(handle):
            body = {"do": "order", **body["orders"][-1]}
        answer = await peer.do(**body)
        assert isinstance(answer, wire.Ack), (body, answer)
        taken += 1
        await peer.ask(what="score")
        head = handle.table.head
        for bad in _not_offered(handle, peer, seat, rng):
            answer = await peer.do(**bad)
            assert isinstance(answer, wire.Refused), bad
            assert answer.reason
            refused += 1
        assert handle.table.head == head
        if step % 40 == 39:
            await boss.do(do="advance")
    assert taken > 30
    assert refused > 50


def _by_turns(handle: Any) -> bool:
    state = handle.table.game.state
    return bool(state.phase >= 0) and bool(handle.table.game.program.phases[state.phase].kind.value == "turns")


def _not_offered(handle: Any, peer: Any, seat: int, rng: Random) -> list[dict[str, Any]]:
    """Bodies that no open offer of the peer's covers."""
    made = _offers(peer)
    program = handle.table.game.program
    open_ = {(offer["do"], offer.get("agreement") or offer.get("card")) for offer in made if offer["ok"]}
    bodies: list[dict[str, Any]] = []
    for agreement in program.agreements:
        bodies += [
            {"do": do, "agreement": agreement.id}
            for do in ("propose", "sign", "decline", "leave")
            if (do, agreement.id) not in open_
        ]
    foreign = [action.id for action in program.actions if seat not in action.seats]
    if foreign:
        targets = [program.areas[0]] * len(program.actions[program.action_index[foreign[0]]].variables)
        bodies.append({"do": "orders", "orders": [{"action": rng.choice(foreign), "targets": targets, "rationale": ""}]})
    bodies += [{"do": do} for do in ("seal", "reopen") if (do, None) not in open_]
    bodies += [{"do": "respond", "card": str(number), "option": "x", "rationale": "", "belief": None} for number in (0, 77)]
    bodies += [{"do": do} for do in ("advance", "pause", "start")]
    bodies.append({"do": "transfer", "to": program.seats[seat], "amount": 1})
    return rng.sample(bodies, min(3, len(bodies)))


@define
class Lossy:
    """A client whose frames get lost, and who says hello again whenever it notices (or its connection breaks)."""

    bench: Any
    server: Any
    token: str
    rng: Random
    mirror: Mirror = field(factory=lambda: Mirror({}))
    seq: int = 0
    socket: ClientConnection | None = None
    resumed: int = 0
    whole: int = 0
    lost: int = 0

    async def connect(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        self.socket = await self.bench.socket(self.server)
        have = self.seq if self.rng.random() < 0.8 else 0
        await self.socket.send(encode(wire.Hello(name="Lossy", client="test", token=self.token, have=have)))

    async def listen(self, until: int, *, losing: bool) -> None:
        """Takes frames until its mirror has the number; some are lost on the way if `losing`."""
        while self.seq < until:
            if self.socket is None:
                await self.connect()
                continue
            message = None
            with suppress(ConnectionClosed):
                frame = await self.socket.recv()
                assert isinstance(frame, bytes)
                message = decode(frame)
            fate = self.rng.random() if losing else 1.0
            if fate < 0.15:
                self.lost += 1
                # The next frame would show the gap; where none will come, coming back is what shows it.
                if isinstance(message, wire.Welcome) or getattr(message, "seq", 0) >= until:
                    await self.connect()
                continue
            if message is None or fate < 0.22:
                await self.connect()
            elif isinstance(message, wire.Welcome):
                self.resumed += message.view is None
                self.whole += message.view is not None
                if message.view is not None:
                    self.mirror = Mirror(message.view)
                elif message.seq != self.seq:  # not the answer to what it asked: a welcome before was lost
                    await self.connect()
                    continue
                self.seq = message.seq
            elif isinstance(message, wire.Update) and message.seq > self.seq:
                if message.seq != self.seq + 1:
                    await self.connect()
                    continue
                self.mirror.fold(message.ops)
                self.seq = message.seq


@pytest.mark.parametrize("number", [1, 2, 3, 4])
async def test_a_client_that_lost_frames_ends_with_the_same_mirror(
    bench: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_module, "KEPT", 6)
    server, handle, peers, boss = await _players(bench, "everything", number)
    rng = Random(number)
    seat = rng.randrange(len(peers))
    name = handle.seats[seat]
    monkeypatch.setattr("wargame_server.door.RETURNS", 10_000)
    lossy = Lossy(bench, server, await handle.new_seat_token(name), rng)
    for step in range(120):
        peer = rng.choice(peers)
        await peer.ask(what="score")
        open_ = [offer for offer in _offers(peer) if offer["ok"]]
        weights = [4 if offer["do"] == "seal" else 1 for offer in open_]
        body = body_of(rng.choices(open_, weights)[0], rng, list(peer.mirror.data["orders"])) if open_ else None
        if body is not None:
            await peer.do(**body)
        if step % 30 == 29:
            await boss.do(do="advance")
        if rng.random() < 0.4:
            await peers[seat].ask(what="score")
            await lossy.listen(peers[seat].seq, losing=True)
    await peers[seat].ask(what="score")
    await lossy.listen(peers[seat].seq, losing=False)
    assert lossy.lost > 5
    assert lossy.resumed > 0
    assert lossy.whole > 1
    assert lossy.mirror.data == peers[seat].mirror.data
    assert lossy.mirror.data == handle.table.game.mirrors[seat].data
