"""A command is acknowledged once it is durable, everybody learns what they may, and nothing is done twice or by halves."""

import asyncio
from typing import Any

import pytest

from wargame.engine.view import view
from wargame.wire import messages as wire
from wargame_server import table as table_module
from wargame_server.game import Game
from wargame_server.journal.memory import Fault
from wargame_server.journal.rows import events_of
from wargame_server.listener import Limits

PUSH = [{"action": "push", "targets": [], "rationale": "because"}]
SCHEME = [{"action": "scheme", "targets": [], "rationale": ""}]


def without_past(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("feed", "messages", "history")}


async def test_a_command_goes_from_draft_to_everybody(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    ack = await red.do(do="orders", orders=PUSH)
    assert isinstance(ack, wire.Ack)
    assert ack.seq == red.seq, "the update comes before the acknowledgement"
    assert red.mirror.data["orders"] == PUSH
    assert (await red.do(do="seal")).seq == red.seq
    await blue.until(lambda view: view["sealed"] == ["red"])
    assert blue.mirror.data["orders"] == []
    await blue.do(do="seal")
    for peer in (boss, red, blue):
        await peer.until(lambda view: view["turn"] == 2)
    # What clients made of their updates is what the engine says they may know.
    for peer, viewer in ((red, 0), (blue, 1), (boss, handle.table.game.program.white_cell)):
        assert without_past(peer.mirror.data) == without_past(view(handle.table.game.program, handle.table.game.state, viewer))
        assert peer.mirror.data == handle.table.game.mirrors[viewer].data


async def test_every_row_is_in_the_journal_before_its_answer(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, _blue = await bench.started(server)
    bench.journal.gate.clear()
    command = red.command(do="orders", orders=PUSH)
    await red.send(command)
    assert isinstance(await red.ask(what="score"), wire.Answer)  # the command waits, the table does not
    assert not any(isinstance(message, wire.Ack) and message.id == command.id for message in red.heard)
    assert red.mirror.data["orders"] == []
    before = await bench.journal.head(handle.game)
    bench.journal.gate.set()
    assert isinstance(await red.answered(command.id), wire.Ack)
    after = await bench.journal.head(handle.game)
    assert (after.seq, after.command) == (before.seq + 1, f"red/{command.id}")


async def test_what_a_seat_may_not_know_changes_none_of_its_frames(bench: Any) -> None:
    heard = []
    for orders in ([], SCHEME):
        server = await bench.server(type(bench.journal)())
        _, _, red, blue = await bench.started(server)
        if orders:
            await blue.do(do="orders", orders=orders)
        await red.do("one", do="orders", orders=PUSH)
        await blue.do("two", do="seal")
        await red.do("three", do="seal")
        await red.until(lambda view: view["turn"] == 2)
        await blue.until(lambda view: view["turn"] == 2)
        heard.append([message for message in red.heard if isinstance(message, wire.Update | wire.Ack | wire.Refused)])
        if orders:
            assert any(op[0] == "slots" for message in blue.heard if isinstance(message, wire.Update) for op in message.ops)
    assert heard[0] == heard[1]


async def test_a_command_sent_again_is_acknowledged_and_not_done_again(bench: Any) -> None:
    server = await bench.server()
    _handle, _, red, blue = await bench.started(server)
    command = red.command("again", do="say", to=None, text="once")
    for _ in range(3):
        await red.send(command)
        assert isinstance(await red.answered("again"), wire.Ack)
    await blue.do(do="say", to=None, text="end")
    assert [message["text"] for message in blue.mirror.data["messages"]] == ["once", "end"]
    await red.send(
        wire.Command(id="again", turn=command.turn, phase=command.phase, body={"do": "say", "to": None, "text": "other"})
    )
    assert (await red.answered("again")).code == "duplicate"
    # Another seat has ids of its own.
    assert isinstance(await blue.do("again", do="say", to=None, text="mine"), wire.Ack)


async def test_a_command_for_another_phase_is_refused_with_where_the_table_is(bench: Any) -> None:
    server = await bench.server()
    _, _, red, _ = await bench.started(server)
    await red.send(wire.Command(id="late", turn=7, phase="rooms", body={"do": "orders", "orders": PUSH}))
    refused = await red.answered("late")
    assert (refused.code, refused.turn, refused.phase) == ("stale_phase", 1, "rooms")
    assert red.mirror.data["orders"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "malformed"),
        ({"do": 3}, "malformed"),
        ({"do": "fly"}, "unknown"),
        ({"do": "advance"}, "forbidden"),
        ({"do": "start"}, "forbidden"),
        ({"do": "override", "slot": "tension", "value": 0, "reason": "x"}, "forbidden"),
        ({"do": "orders", "orders": SCHEME}, None),
        ({"do": "orders", "orders": "push"}, "malformed"),
        ({"do": "orders", "orders": PUSH, "seat": "blue"}, "malformed"),
        ({"do": "say", "to": None, "text": "x" * 2001}, "too_long"),
        ({"do": "say", "to": ["nobody"], "text": "x"}, "unknown"),
        ({"do": "seal", "more": [[[]]]}, "malformed"),
    ],
)
async def test_what_is_not_a_seats_to_do_is_refused(bench: Any, body: dict[str, Any], code: str | None) -> None:
    server = await bench.server()
    handle, _, red, _ = await bench.started(server)
    head = handle.table.head
    refused = await red.do(**body)
    assert isinstance(refused, wire.Refused)
    assert code is None or refused.code == code
    assert refused.reason
    assert handle.table.head == head


async def test_text_is_cleaned_on_its_way_in(bench: Any) -> None:
    server = await bench.server()
    _, _, red, blue = await bench.started(server)
    await red.do(do="say", to=None, text="hi\x1b[2J\u202e there\r\nyou")
    await blue.until(lambda view: view["messages"])
    assert blue.mirror.data["messages"][0]["text"] == "hi[2J there\nyou"


async def test_a_spectator_sees_and_does_nothing(bench: Any) -> None:
    server = await bench.server()
    handle, *_ = await bench.started(server)
    eve = await bench.join(server, "Eve", code=handle.code, seat="public")
    welcome = eve.heard[0]
    assert (welcome.you, welcome.token, welcome.offers) == ("public", "", [])
    assert (await eve.do(do="say", to=None, text="boo")).code == "forbidden"
    assert (await eve.ask(what="score")).code == "forbidden"
    assert (await eve.manage(what="room")).code == "forbidden"
    plot = handle.table.game.program.slot_of["plot"]
    assert plot not in eve.mirror.data["slots"]


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DONE])
async def test_a_write_in_doubt_is_settled_by_the_head(bench: Any, fault: Fault) -> None:
    server = await bench.server()
    handle, _, red, _blue = await bench.started(server)
    bench.journal.faults.append(fault)
    answer = await red.do("doubt", do="say", to=None, text="one")
    if fault is Fault.LOST:
        assert answer.code == "unavailable"
        assert red.mirror.data["messages"] == []
    else:
        assert isinstance(answer, wire.Ack)
    assert isinstance(await red.do("doubt" if fault is Fault.LOST else "next", do="say", to=None, text="one"), wire.Ack)
    rows = await bench.journal.read(handle.game)
    assert len(rows) == handle.table.head + 1
    assert len(red.mirror.data["messages"]) == (1 if fault is Fault.LOST else 2)


async def test_doubt_lasts_as_long_as_the_journal_cannot_be_read(bench: Any) -> None:
    server = await bench.server()
    _, _, red, _ = await bench.started(server)
    bench.journal.faults.append(Fault.DONE)
    bench.journal.blind = 3
    command = red.command("doubt", do="say", to=None, text="one")
    await red.send(command)
    answer = asyncio.ensure_future(red.answered("doubt"))
    while bench.journal.blind or not answer.done():
        bench.clock.advance(5_000)
        await asyncio.sleep(0)
    assert isinstance(await answer, wire.Ack)


async def test_a_table_that_was_taken_over_stops(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    await bench.journal.claim(handle.game)
    await red.send(red.command(do="say", to=None, text="one"))
    assert await red.closed() == ("restart", 1000)
    assert await blue.closed() == ("restart", 1000)
    assert not any(isinstance(message, wire.Ack) for message in red.heard)


@pytest.mark.parametrize("broken", ["decide", "prepare"])
async def test_a_crash_of_the_engine_refuses_the_command_and_nothing_else(
    bench: Any, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    head = handle.table.head

    def crash(*_: Any) -> Any:
        raise ZeroDivisionError("a rule nobody thought of")

    with monkeypatch.context() as patch:
        if broken == "decide":
            patch.setattr(table_module, "decide", crash)
        else:
            patch.setattr(Game, "prepare", crash)
        refused = await red.do("bad", do="say", to=None, text="one")
    assert refused.code == "unknown"
    assert "ZeroDivision" not in refused.reason
    assert handle.table.head == head
    assert isinstance(await red.do("bad", do="say", to=None, text="one"), wire.Ack)
    assert isinstance(await blue.do(do="say", to=None, text="two"), wire.Ack)


async def test_a_deadline_ends_the_phase(bench: Any) -> None:
    server = await bench.server()
    _, _, red, _ = await bench.started(server)
    await red.do(do="orders", orders=PUSH)
    assert red.mirror.data["deadline"] == bench.clock.now() + 60_000
    bench.clock.advance(59_999)
    assert isinstance(await red.do(do="say", to=None, text="still here"), wire.Ack)
    assert red.mirror.data["turn"] == 1
    bench.clock.advance(1)
    await red.until(lambda view: view["turn"] == 2)
    assert red.mirror.data["deadline"] == bench.clock.now() + 60_000


async def test_a_tick_that_cannot_be_stored_is_tried_again_later(bench: Any) -> None:
    server = await bench.server()
    _, _, red, _ = await bench.started(server)
    bench.journal.faults.append(Fault.LOST)
    bench.clock.advance(60_000)
    while bench.journal.faults:
        await asyncio.sleep(0)
    assert isinstance(await red.do(do="say", to=None, text="meanwhile"), wire.Ack)
    assert red.mirror.data["turn"] == 1
    bench.clock.advance(1_000)
    await red.until(lambda view: view["turn"] == 2)


async def test_pause_stops_the_clock(bench: Any) -> None:
    server = await bench.server()
    _, boss, red, _ = await bench.started(server)
    bench.clock.advance(20_000)
    await boss.do(do="pause")
    bench.clock.advance(100_000)
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    await red.until(lambda view: view["deadline"] == bench.clock.now() + 40_000)
    assert red.mirror.data["turn"] == 1


async def test_a_full_mailbox_says_busy(bench: Any) -> None:
    server = await bench.server(limits=Limits(burst=10_000))
    handle, _, red, _blue = await bench.started(server)
    bench.journal.gate.clear()
    commands = [red.command(f"c{n}", do="say", to=None, text="x") for n in range(table_module.MAILBOX + 2)]
    for command in commands:
        await red.send(command)
    refused = await red.answered(commands[-1].id)  # one is being done, the mailbox is full, the last finds no room
    assert refused.code == "busy"
    bench.journal.gate.set()
    assert isinstance(await red.answered(commands[-2].id), wire.Ack)
    assert isinstance(await red.do(commands[-1].id, do="say", to=None, text="x"), wire.Ack)
    assert sum(row.command.startswith("red/c") for row in await bench.journal.read(handle.game)) == len(commands)


async def test_offers_come_when_they_change_and_only_then(bench: Any) -> None:
    server = await bench.server()
    _, _, red, blue = await bench.started(server)
    red.heard.clear()
    await blue.do(do="say", to=None, text="nothing new to do")
    await red.until(lambda view: view["messages"])
    assert [message.offers for message in red.heard if isinstance(message, wire.Update)] == [None]
    await red.do(do="seal")
    offers = [message.offers for message in red.heard if isinstance(message, wire.Update)][-1]
    assert offers is not None
    assert "reopen" in {offer["do"] for offer in offers}


async def test_the_journal_alone_gives_the_game_back(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, blue = await bench.started(server)
    await red.do(do="orders", orders=PUSH)
    await red.do(do="seal")
    await blue.do(do="seal")
    await red.until(lambda view: view["turn"] == 2)
    again = Game.fresh(handle.table.game.program)
    for event in events_of(await bench.journal.read(handle.game)):
        again.commit(again.prepare([event]))
    assert again.state == handle.table.game.state
    assert [mirror.data for mirror in again.mirrors] == [mirror.data for mirror in handle.table.game.mirrors]
