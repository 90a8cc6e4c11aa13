"""Going back: state and mirrors are as they were when the phase began, the clock stands, the record keeps everything."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgpack
import pytest

from wargame.engine.coding import encode
from wargame.engine.dump import dump
from wargame.engine.events import Rewound, Sealed
from wargame.engine.view import view
from wargame.wire import messages as wire
from wargame_server.history import course
from wargame_server.journal.chronicle import read_chronicles
from wargame_server.journal.contract import JournalError, Row
from wargame_server.journal.memory import Fault
from wargame_server.journal.rows import read_record
from wargame_server.listener import Limits

WHY = "The wrong card was read out."
PUSH = {"do": "orders", "orders": [{"action": "push", "targets": [], "rationale": "Now or never."}]}


async def _turn(boss: Any, red: Any, blue: Any) -> None:
    """A turn: red pushes, everybody is done."""
    turn = red.mirror.data["turn"]
    assert isinstance(await red.do(**PUSH), wire.Ack)
    for peer in (red, blue):
        assert isinstance(await peer.do(do="seal"), wire.Ack)
    for peer in (boss, red, blue):
        await peer.until(lambda seen: seen["turn"] == turn + 1)


async def _boundaries(boss: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await boss.manage(what="boundaries")).body["boundaries"]
    return found


async def _back(boss: Any, others: tuple[Any, ...], to: int) -> wire.Answer:
    """Goes back, and waits until everybody has heard."""
    heard = len(boss.heard)
    answer = await boss.manage(what="rewind", to=to, reason=WHY)
    assert isinstance(answer, wire.Answer), answer
    assert [message.view is not None for message in boss.heard[heard:] if isinstance(message, wire.Welcome)] == [True]
    for peer in others:
        assert (await peer.next(wire.Welcome)).view is not None
    return answer


def _tension(view_of: dict[str, Any], table: Any) -> int:
    value: int = view_of["slots"][table.game.program.slot_of["tension"]][1]
    return value


async def test_everybody_is_back_where_the_phase_began(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    table = handle.table
    for _ in range(3):
        await _turn(boss, red, blue)
    found = await _boundaries(boss)
    assert [(each["turn"], each["phase"], each["label"]) for each in found] == [
        (turn, "rooms", "Rooms") for turn in (1, 2, 3, 4)
    ]
    answer = await _back(boss, (red, blue), found[1]["seq"])
    assert answer.body == {"turn": 2, "phase": "rooms"}
    for peer, who in ((boss, "white_cell"), (red, "red"), (blue, "blue")):
        seen = peer.mirror.data
        assert (seen["turn"], seen["phase"], seen["paused"], seen["deadline"]) == (2, "rooms", 60_000, None)
        assert _tension(seen, table) == 6
        assert "gone back to turn 2, Rooms" in seen["feed"][-1]["head"]
        assert sum(story["kind"] == "order" for story in seen["feed"]) == 1, "the story is that of one turn"
        parts = {key: value for key, value in seen.items() if key not in ("feed", "messages", "history")}
        assert {**parts, "slots": {int(index): entry for index, entry in parts["slots"].items()}} == view(
            table.game.program, table.game.state, table.game.viewer(who)
        )
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    await _turn(boss, red, blue)
    assert _tension(red.mirror.data, table) == 7


async def test_the_same_commands_after_it_lead_to_the_same_state(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server, timed=False)
    await _turn(boss, red, blue)
    second = (await _boundaries(boss))[-1]
    await _turn(boss, red, blue)
    await _turn(boss, red, blue)
    before = dump(handle.table.game.state)
    await _back(boss, (red, blue), second["seq"])
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    await _turn(boss, red, blue)
    await _turn(boss, red, blue)
    assert dump(handle.table.game.state) == before


async def test_a_restart_after_it_brings_back_just_that(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, blue = await bench.started(server, timed=False)
    for _ in range(2):
        await _turn(boss, red, blue)
    first = next(each for each in await _boundaries(boss) if each["turn"] == 1)
    await _back(boss, (red, blue), first["seq"])
    await boss.do(do="resume")
    await _turn(boss, red, blue)
    # And once more, behind the first going back.
    again = next(each for each in await _boundaries(boss) if each["turn"] == 2)
    await _back(boss, (red, blue), again["seq"])
    before = dump(handle.table.game.state), [mirror.data for mirror in handle.table.game.mirrors]
    assert await server.journal.verify(handle.game) == ()
    await server.stop()
    server = await bench.server(path)
    table = server.tables[handle.game].table
    assert (dump(table.game.state), [mirror.data for mirror in table.game.mirrors]) == before
    await server.stop()
    (chronicle,) = read_chronicles(path)
    assert dump(chronicle.state) == before[0]
    gone_back = [entry for entry in chronicle.entries if any(isinstance(event, Rewound) for event in entry.events)]
    assert len(gone_back) == 2
    assert [entry.live for entry in gone_back] == [True, True]
    assert {entry.name for entry in gone_back} == {"Boss"}
    assert any(not entry.live for entry in chronicle.entries)
    assert {entry.name for entry in chronicle.entries if entry.person.startswith("p")} == {"Rosa", "Bela"}


async def test_what_waits_in_the_mailbox_is_refused_as_meant_for_what_was_taken_back(bench: Any) -> None:
    server = await bench.server()
    _, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    found = await _boundaries(boss)
    bench.journal.gate.clear()
    await boss.send(wire.Manage(id="back", body={"what": "rewind", "to": found[-1]["seq"], "reason": WHY}))
    await boss.ask(what="meters")  # the request has been read
    await red.send(wire.Command(id="late", turn=2, phase="rooms", body=PUSH))
    await red.ask(what="score")
    bench.journal.gate.set()
    refused = await red.answered("late")
    assert (refused.code, "gone back" in refused.reason) == ("stale_phase", True)
    assert isinstance(await boss.answered("back"), wire.Answer)


async def test_two_facilitators_who_go_back_at_once_both_hear_what_became_of_it(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    second = await bench.join(server, "Other", secret=handle.secret)
    for _ in range(2):
        await _turn(boss, red, blue)
    found = await _boundaries(boss)
    early, late = found[0]["seq"], found[-1]["seq"]
    await asyncio.gather(
        boss.send(wire.Manage(id="one", body={"what": "rewind", "to": early, "reason": WHY})),
        second.send(wire.Manage(id="two", body={"what": "rewind", "to": late, "reason": WHY})),
    )
    one, two = await boss.answered("one"), await second.answered("two")
    assert isinstance(one, wire.Answer)
    assert isinstance(two, wire.Answer) or "taken back" in two.reason
    assert handle.table.game.state.turn in (found[0]["turn"], found[-1]["turn"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"to": 99, "reason": WHY}, "unknown"),
        ({"to": None, "reason": WHY}, "unknown"),
        ({"to": "2", "reason": WHY}, "malformed"),
        ({"to": True, "reason": WHY}, "malformed"),
        ({"to": 2, "reason": " \u202e "}, "malformed"),
        ({"to": 2}, "malformed"),
    ],
)
async def test_what_cannot_be_gone_back_to_is_refused_and_nothing_has_changed(
    bench: Any, body: dict[str, Any], code: str
) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    assert isinstance(await red.do(**PUSH), wire.Ack)
    before = dump(handle.table.game.state)
    wanted = {**body, "to": handle.table.head if body["to"] is None else body["to"]}  # None: a row where no phase began
    refused = await boss.manage(what="rewind", **wanted)
    assert refused.code == code
    assert (await red.manage(what="rewind", to=2, reason=WHY)).code == "forbidden"
    assert dump(handle.table.game.state) == before


async def test_when_it_cannot_be_stored_nobody_is_moved(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    found = await _boundaries(boss)
    before = dump(handle.table.game.state)
    bench.journal.faults.append(Fault.LOST)
    assert (await boss.manage(what="rewind", to=found[0]["seq"], reason=WHY)).code == "unavailable"
    assert dump(handle.table.game.state) == before
    assert isinstance(await red.do(**PUSH), wire.Ack)


async def test_a_client_that_was_away_meanwhile_gets_everything_anew(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    have = red.seq
    await red.close()
    await _back(boss, (), (await _boundaries(boss))[0]["seq"])
    back = await bench.join(server, "Rosa", token=handle.seat_token("red"), have=have)
    assert back.heard[0].view is not None
    assert back.heard[0].seq > have
    assert (await back.manage(what="boundaries")).code == "forbidden"


async def test_a_computer_begins_anew_and_plays_on(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny, seed=bytes(range(32)), timed=False)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    for seat in ("red", "blue"):
        await boss.manage(what="bot", seat=seat, level="random")
    await boss.do(do="start")
    await boss.until(lambda seen: seen["turn"] == 4)
    found = await _boundaries(boss)
    await _back(boss, (), found[1]["seq"])
    assert boss.mirror.data["paused"] is not None
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    await boss.until(lambda seen: seen["turn"] == 6)


async def test_a_game_that_is_over_can_be_set_back_and_ends_once_more(bench: Any) -> None:
    server = await bench.server(limits=Limits(burst=1_000))
    handle, boss, red, blue = await bench.started(server, timed=False)
    found = await _boundaries(boss)
    for _ in range(40):
        await boss.do(do="advance")
    assert handle.table.over.is_set()
    await red.until(lambda seen: seen["status"] == "over")
    await _back(boss, (red, blue), found[0]["seq"])
    assert not handle.table.over.is_set()
    assert red.mirror.data["result"] is None
    assert handle.table.game.program.slot_of["plot"] not in red.mirror.data["slots"], (
        "what was shown at the end is hidden again"
    )
    await boss.do(do="resume")
    for _ in range(40):
        await boss.do(do="advance")
    assert handle.table.over.is_set()


async def test_whoever_is_there_now_is_the_team_after_it(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    await bench.join(server, "Rita", token=await handle.new_seat_token("red"))
    await boss.do(do="announce", text="Welcome, Rita.")
    team = handle.table.game.state.teams[0]
    assert [name for _, name, _ in team.members] == ["Rosa", "Rita"]
    await _back(boss, (red, blue), (await _boundaries(boss))[0]["seq"])
    await boss.do(do="announce", text="Once more.")
    assert handle.table.game.state.teams[0].present == team.present


async def test_reading_rows_of_before_people_were_told_apart() -> None:
    old = Row(1, 0, "red/1", b"", msgpack.packb([0, [encode(Sealed(0))]]))
    assert (read_record(old).events, read_record(old).person) == ((Sealed(0),), "")
    rows: list[Any] = [[0], [0, [], 1, ""], ["0", [], "", ""], {}]
    for wrong in rows:
        with pytest.raises(JournalError):
            read_record(Row(1, 0, "red/1", b"", msgpack.packb(wrong)))


async def test_the_course_of_rows_is_the_table(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    table = handle.table
    await _turn(boss, red, blue)
    middle = table.head
    stood = dump(table.game.state)
    await _turn(boss, red, blue)
    await _back(boss, (), (await _boundaries(boss))[0]["seq"])
    rows = await server.journal.read(handle.game)
    past = await course(table.game.base, rows, [middle, table.head])
    assert dump(past.game.state) == dump(table.game.state)
    assert [mirror.data for mirror in past.game.mirrors] == [mirror.data for mirror in table.game.mirrors]
    assert past.done == table.done
    assert past.meters.airtime() == table.meters.airtime()
    assert dump(past.since[table.head].state) == dump(table.game.state)
    assert dump(past.since[middle].state) != stood, "that was taken back: what was known then is what it was set back to"
