"""Each facilitator may do what their right allows, people can be muted and renamed, and any player may stop the game unseen."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest

from wargame.engine.dump import dump
from wargame.engine.parse import HOUSE, PLAYER
from wargame.wire import messages as wire
from wargame.wire.rights import ALLOWED, CONTROL, TELLING, not_by_right, not_managed
from wargame_server.managing import Manager


async def helper(bench: Any, server: Any, boss: Any, handle: Any, right: str) -> Any:
    secret = (await boss.manage(what="invite", right=right)).body["secret"]
    return await bench.join(server, f"The {right}", secret=secret)


@pytest.mark.parametrize("right", [right for right in ALLOWED if right != "control"])
async def test_a_helper_sees_all_and_does_only_what_the_right_allows(bench: Any, right: str) -> None:
    server = await bench.server()
    handle, boss, _, _ = await bench.started(server)
    peer = await helper(bench, server, boss, handle, right)
    assert (peer.heard[0].you, peer.heard[0].right) == ("white_cell", right)
    assert peer.mirror.data["slots"] == boss.mirror.data["slots"]
    for body in ({"do": "pause"}, {"do": "advance"}, {"do": "override", "slot": "tension", "value": 9, "reason": "x"}):
        refused = await peer.do(**body)
        assert refused.code == "forbidden"
        assert right in refused.reason
    assert (await peer.manage(what="kick", person="p1")).code == "forbidden"
    assert (await peer.manage(what="invite", right="control")).code == "forbidden"
    assert isinstance(await peer.manage(what="room"), wire.Answer)
    announced = await peer.do(do="announce", text="Ten minutes.")
    assert isinstance(announced, wire.Ack) is (right == "adjudicator")
    assert not handle.table.game.state.paused


@pytest.mark.parametrize("right", ["", "public", *(right for right in ALLOWED if right != CONTROL)])
async def test_nobody_else_does_anything_that_is_the_facilitators(bench: Any, right: str) -> None:
    """Every command and every request, as a player, somebody who watches, and each helper: refused, and nothing has changed."""
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    peer = red if not right else await bench.join(server, "Eve") if right == "public" else None
    peer = peer or await helper(bench, server, boss, handle, right)
    allowed = ALLOWED.get(right, frozenset(PLAYER) if not right else frozenset())
    before = dump(handle.table.game.state)
    for do in sorted({*HOUSE, "start", "tick", "set_team"} - allowed):
        refused = await peer.do(do=do)
        assert isinstance(refused, wire.Refused), do
        assert refused.code in ("forbidden", "unknown"), do
        assert refused.reason
    for what in sorted(set(Manager(handle.classroom).verbs) - (TELLING if right in ALLOWED else frozenset())):
        assert (await peer.manage(what=what)).code == "forbidden", what
    assert dump(handle.table.game.state) == before


@pytest.mark.parametrize("odd", [None, -7, ["room"], {"a": 1}, "", "x" * 500])
async def test_what_is_no_request_is_refused_with_a_reason_whatever_it_is(bench: Any, odd: Any) -> None:
    server = await bench.server()
    handle, boss, _, _ = await bench.started(server)
    observer = await helper(bench, server, boss, handle, "observer")
    bodies: list[dict[str, Any]] = [
        {"what": odd},
        {"what": "invite", "right": odd},
        {"what": "all", "body": odd},
        {"what": "all", "body": {"do": odd}},
        {"what": "mute", "person": odd, "muted": odd},
        {"what": "rename", "person": "p1", "name": odd},
        {"what": "assign", "person": odd, "seat": odd, "table": odd or "x"},
        {"what": "approve", "request": odd, "seat": odd},
        {"what": "bot", "seat": odd, "level": odd},
        {"what": "lock", "locked": True, "waiting": odd},
        {"what": "auto_extend", "seconds": odd, "times": odd},
        {"what": "rewind", "to": odd, "reason": odd},
        {"what": "fork", "at": odd, "people": odd},
        {"what": "compare", "tables": odd},
    ]
    for peer in (boss, observer):
        for body in bodies:
            refused = await peer.manage(**body)
            assert isinstance(refused, wire.Refused), body
            assert refused.reason
    assert (await observer.do(do=odd)).reason


def test_a_right_that_nobody_knows_allows_nothing() -> None:
    assert not_by_right("control", {"do": "end"}) is None
    assert not_by_right("", {"do": "orders"}) is None
    assert not_managed("", "room") is not None
    assert not_managed("control", "kick") is None


async def test_a_secret_outlives_a_restart_with_its_right(bench: Any) -> None:
    server = await bench.server()
    _, boss, _, _ = await bench.started(server)
    secret = (await boss.manage(what="invite", right="observer")).body["secret"]
    await server.stop()
    again = await bench.server()
    peer = await bench.join(again, "Obs", secret=secret)
    assert peer.heard[0].right == "observer"
    assert (await peer.do(do="pause")).code == "forbidden"


async def test_who_is_muted_can_do_everything_but_write(bench: Any) -> None:
    server = await bench.server()
    _, boss, red, blue = await bench.started(server)
    person = red.heard[0].person
    assert (await boss.manage(what="mute", person=person, muted=True)).body == {}
    refused = await red.do(do="say", to=None, text="psst")
    assert (refused.code, "muted" in refused.reason) == ("muted", True)
    told = [[each.muted for each in client.heard if isinstance(each, wire.Room)][-1] for client in (red, blue)]
    assert told == [True, None]  # nobody else is told
    # Characters that do not show are taken out before anything else is asked of a command.
    assert (await red.do(do="say\u200b", to=None, text="psst")).reason == refused.reason
    assert isinstance(await red.do(do="seal"), wire.Ack)
    assert blue.mirror.data["messages"] == []
    await boss.manage(what="mute", person=person, muted=False)
    assert isinstance(await red.do(do="say", to=None, text="psst"), wire.Ack)


async def test_a_new_name_is_fitted_and_stays(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    person = red.heard[0].person
    assert (await boss.manage(what="rename", person=person, name=" Bela\u202e ")).body == {"name": "Bela (2)"}
    await red.room(lambda room: any(each["name"] == "Bela (2)" for each in room.people))
    assert (await boss.manage(what="rename", person=person, name="\u200b")).code == "malformed"
    assert handle.table.roster.people[person].name == "Bela (2)"
    # Coming back under the old name does not undo it, nor does a restart of the server.
    await red.close()
    await bench.join(server, "Rosa", token=handle.seat_token("red"))
    assert handle.table.roster.people[person].name == "Bela (2)"
    await server.stop()
    again = await bench.server()
    await bench.join(again, "Rosa", token=handle.seat_token("red"))
    assert again.tables[handle.game].table.roster.people[person].name == "Bela (2)"


async def test_a_seat_has_one_captain(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    mate = await bench.join(server, "Rita", token=await handle.new_seat_token("red"))
    for peer in (red, mate):
        assert (await boss.manage(what="captain", person=peer.heard[0].person)).body == {}
        captains = [each.id for each in handle.table.roster.people.values() if each.captain]
        assert captains == [peer.heard[0].person]
    watcher = await bench.join(server, "Eve")
    assert (await boss.manage(what="captain", person=watcher.heard[0].person)).code == "not_allowed"


async def test_two_facilitators_who_press_opposite_keys_each_learn_how_it_is(bench: Any) -> None:
    server = await bench.server()
    handle, boss, _, _ = await bench.started(server)
    other = await bench.join(server, "Deputy", secret=handle.secret)
    assert isinstance(await boss.do(do="pause"), wire.Ack)
    assert (await other.do(do="pause")).reason == "The game is paused already."
    assert isinstance(await other.do(do="resume"), wire.Ack)
    assert (await boss.do(do="resume")).reason == "The game is not paused: it goes on already."


async def test_anybody_may_stop_the_game_and_nobody_learns_who_it_was(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    assert isinstance(await red.do("stop-1", do="stop"), wire.Ack)
    await blue.until(lambda view: view["paused"] is not None)
    assert handle.table.settings.stopped
    rows = await bench.journal.read(handle.game)
    last = rows[-1]
    assert "red" not in last.command
    assert "stop-1" not in str([row.command for row in rows])
    payload = str(msgpack.unpackb(last.payload))
    assert "Rosa" not in payload
    assert red.heard[0].person not in payload
    for peer in (boss, red, blue):
        for message in peer.heard:
            if isinstance(message, wire.Update):
                assert "Rosa" not in str(message.ops)
    # While it stands it is taken, and changes nothing.
    head = handle.table.head
    assert isinstance(await blue.do(do="stop"), wire.Ack)
    assert handle.table.head == head


async def test_the_stop_signal_is_taken_off_by_the_facilitator_and_given_once_a_minute(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    await red.do(do="stop")
    assert (await boss.manage(what="stop_clear")).body == {}
    assert not handle.table.settings.stopped
    assert handle.table.game.state.paused, "going on is a key of its own"
    assert isinstance(await boss.do(do="resume"), wire.Ack)
    refused = await red.do(do="stop")
    assert (refused.code, "a minute" in refused.reason) == ("too_fast", True)
    bench.clock.advance(55_000)
    assert (await red.do(do="stop")).code == "too_fast"
    bench.clock.advance(5_000)
    assert isinstance(await red.do(do="stop"), wire.Ack)
    await boss.until(lambda view: view["paused"] is not None)


async def test_a_signal_given_while_another_is_taken_off_is_not_lost(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await red.do(do="stop")
    await boss.until(lambda view: view["paused"] is not None)
    bench.journal.gate.clear()
    await boss.send(wire.Manage(id="clear", body={"what": "stop_clear"}))
    await boss.ask(what="meters")  # it is being stored now
    assert isinstance(await blue.do(do="stop"), wire.Ack)
    bench.journal.gate.set()
    assert isinstance(await boss.answered("clear"), wire.Answer)
    await boss.ask(what="meters")
    assert handle.table.settings.stopped
    await server.stop()
    assert (await bench.server()).tables[handle.game].table.settings.stopped


async def test_only_who_plays_gives_the_stop_signal(bench: Any) -> None:
    server = await bench.server()
    handle, boss, _, _ = await bench.started(server)
    watcher = await bench.join(server, "Eve")
    for peer in (boss, watcher):
        assert (await peer.do(do="stop")).code == "forbidden"
    assert not handle.table.game.state.paused
