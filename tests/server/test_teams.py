"""Several people at one seat decide together on a real server: over lost connections, kicks, moves and restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import TINY, Peer
from wargame.engine import commands
from wargame.engine import events as e
from wargame.engine.state import State
from wargame.rules.compile import build
from wargame.scenario.load import load_sources
from wargame.wire import messages as wire
from wargame_server.clock import ManualClock
from wargame_server.journal.rows import read_record
from wargame_server.roster import Person, Roster
from wargame_server.teams import ABSENCE, Teams

PUSH = [{"action": "push", "targets": [], "rationale": ""}]
NAMES = ("Rosa", "Rita", "Raul", "Rene")


def by_rule(bench: Any, rule: str) -> None:
    """Lets the red seat decide by a rule."""
    text = bench.tiny["scenario.yaml"].replace("red: {title: Red,", f"red: {{title: Red, team: {rule},")
    assert text != bench.tiny["scenario.yaml"]
    bench.tiny["scenario.yaml"] = text


async def team(bench: Any, server: Any, size: int = 3) -> tuple[Any, Peer, list[Peer], Peer]:
    """A running game with several people in red: its handle, the facilitator, the members, blue."""
    handle, boss, red, blue = await bench.started(server)
    members = [red]
    for name in NAMES[1:size]:
        members.append(await bench.join(server, name, token=await handle.new_seat_token("red")))
    await here(members, size)
    return handle, boss, members, blue


async def here(members: list[Peer], count: int) -> None:
    """Waits until the members know that so many of them are there."""
    for peer in members:
        await peer.until(lambda view: sum(each["present"] for each in view["team"].get("members", ())) == count)


def seen(peer: Peer) -> dict[str, Any]:
    """What somebody knows."""
    assert peer.mirror is not None
    return peer.mirror.data


async def told(handle: Any) -> list[e.Event]:
    """Every event of the game so far, as the journal has it."""
    rows = await handle.table.journal.read(handle.game)
    return [event for row in rows[1:] for event in read_record(row).events]


def person_of(peer: Peer) -> str:
    """The id that the server gave somebody."""
    return str(next(message.person for message in peer.heard if isinstance(message, wire.Welcome)))


async def test_one_of_three_suggests_and_a_second_decides(bench: Any) -> None:
    """All members see it at once; the order is drafted when the majority is there; the journal knows who."""
    handle, boss, (rosa, rita, raul), _ = await team(bench, await bench.server())
    assert isinstance(await rosa.do(do="orders", orders=PUSH), wire.Ack)
    for peer in (rosa, rita, raul):
        await peer.until(lambda view: bool(view["team"]["suggestions"]))
        assert seen(peer)["orders"] == []
    assert isinstance(await raul.do(do="endorse", number=1), wire.Ack)
    for peer in (rosa, rita, raul):
        await peer.until(lambda view: bool(view["orders"]))
    await boss.until(lambda view: "red" in view["team"] and not view["team"]["red"]["suggestions"])
    events = await told(handle)
    assert [event.person for event in events if isinstance(event, e.Suggested | e.Endorsed)] == [
        person_of(rosa),
        person_of(raul),
    ]
    assert [event.endorsers for event in events if isinstance(event, e.Adopted)] == [("Rosa", "Raul")]


async def test_two_members_click_at_once(bench: Any) -> None:
    """Both want the same at the same moment: one suggestion, adopted once."""
    handle, _, (rosa, rita), _ = await team(bench, await bench.server(), 2)
    answers = await asyncio.gather(rosa.do(do="seal"), rita.do(do="seal"))
    assert all(isinstance(answer, wire.Ack) for answer in answers)
    events = await told(handle)
    assert sum(isinstance(event, e.Suggested) for event in events) == 1
    assert sum(isinstance(event, e.Sealed) for event in events) == 1


async def test_nobody_else_hears_of_it(bench: Any) -> None:
    """What a team says to itself makes no frame for anybody outside it."""
    server = await bench.server()
    _, _, (rosa, rita, _), blue = await team(bench, server)
    await blue.do(do="say", text="before")
    heard, seq = len(blue.heard), blue.seq
    await rosa.do(do="orders", orders=PUSH)
    await rita.do(do="object", number=1, why="Not yet.")
    await rita.do(do="endorse", number=1)
    await blue.do(do="say", text="after")
    assert [type(message) for message in blue.heard[heard:]] == [wire.Update, wire.Ack]
    assert blue.seq == seq + 1
    assert seen(blue)["team"] == {}


async def test_a_member_who_is_gone_for_good_does_not_hold_the_others_up(bench: Any) -> None:
    """Two of four wait for a third; when one of the others has been away long enough, two of three are a majority."""
    _, _, (rosa, rita, raul, rene), _ = await team(bench, await bench.server(), 4)
    await rosa.do(do="orders", orders=PUSH)
    await rita.do(do="endorse", number=1)
    await rene.close()
    await raul.room(lambda room: any(each["name"] == "Rene" and not each["connected"] for each in room.people))
    assert seen(rosa)["orders"] == []
    assert len([each for each in seen(raul)["team"]["members"] if each["present"]]) == 4
    bench.clock.advance(ABSENCE)
    await rosa.until(lambda view: bool(view["orders"]))


async def test_a_network_that_stumbles_changes_nothing(bench: Any) -> None:
    """Everybody is thrown out and back within seconds: nobody was away, and the journal has not grown for it."""
    server = await bench.server()
    handle, _, members, _ = await team(bench, server)
    before = await told(handle)
    tokens = [message.token for peer in members for message in peer.heard if isinstance(message, wire.Welcome)]
    for peer in members:
        await peer.close()
    bench.clock.advance(ABSENCE - 1)
    back = [await bench.join(server, name, token=token) for name, token in zip(NAMES, tokens, strict=False)]
    await here(back, 3)
    bench.clock.advance(ABSENCE)
    await back[0].do(do="say", text="here")
    assert [event for event in (await told(handle))[len(before) :] if not isinstance(event, e.Said)] == []


async def test_who_is_sent_away_is_gone_at_once(bench: Any) -> None:
    """A kick or a move changes who decides in that moment; what was suggested by who left falls."""
    _, boss, (rosa, rita, raul), _ = await team(bench, await bench.server())
    await raul.do(do="orders", orders=PUSH)
    await boss.manage(what="kick", person=person_of(raul))
    for peer in (rosa, rita):
        await peer.until(lambda view: [each["name"] for each in view["team"]["members"]] == ["Rosa", "Rita"])
        assert seen(peer)["team"]["suggestions"] == []
    await boss.manage(what="assign", person=person_of(rita), seat="green")
    await rosa.until(lambda view: not view["team"]["together"])
    assert isinstance(await rosa.do(do="orders", orders=PUSH), wire.Ack)
    await rosa.until(lambda view: bool(view["orders"]))


async def test_a_restart_in_the_middle_of_a_vote(bench: Any, tmp_path: Path) -> None:
    """What lay on the table lies there again, with who was for it; who comes back decides."""
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, _, members, _ = await team(bench, server)
    tokens = [message.token for peer in members for message in peer.heard if isinstance(message, wire.Welcome)]
    await members[0].do(do="orders", orders=PUSH)
    state = handle.table.game.state
    await server.stop()
    again = await bench.server(path)
    assert again.tables[handle.game].table.game.state == state
    rosa, rita = [await bench.join(again, name, token=token) for name, token in zip(NAMES, tokens[:2], strict=False)]
    assert seen(rita)["team"]["suggestions"][0]["endorsed"] == ["Rosa"]
    await rita.do(do="endorse", number=1)
    await rosa.until(lambda view: bool(view["orders"]))


async def test_the_captain(bench: Any) -> None:
    """The first to take the seat, until the facilitator names another."""
    by_rule(bench, "captain")
    _, boss, (rosa, rita, raul), _ = await team(bench, await bench.server())
    assert seen(rosa)["team"]["captain"] == person_of(rosa)
    await boss.manage(what="captain", person=person_of(raul))
    await rosa.until(lambda view: view["team"]["captain"] == person_of(raul))
    await rosa.do(do="orders", orders=PUSH)
    await rita.do(do="endorse", number=1)
    assert seen(rosa)["orders"] == []
    await raul.do(do="endorse", number=1)
    await rosa.until(lambda view: bool(view["orders"]))


async def test_the_time_to_object(bench: Any) -> None:
    """The table wakes by itself when nobody has objected in time; a pause stops that too."""
    by_rule(bench, "{rule: objection, delay: 20}")
    handle, boss, (rosa, rita), _ = await team(bench, await bench.server(), 2)
    await rosa.do(do="orders", orders=PUSH)
    await rita.until(lambda view: bool(view["team"]["suggestions"]))
    bench.clock.advance(5_000)
    await boss.do(do="pause")
    bench.clock.advance(60_000)
    await boss.do(do="resume")
    assert seen(rosa)["orders"] == []
    bench.clock.advance(14_999)
    await boss.do(do="announce", text="Almost.")
    assert handle.table.game.state.orders == {}
    bench.clock.advance(1)
    await rosa.until(lambda view: bool(view["orders"]))


async def test_after_a_restart_there_is_time_to_object_again(bench: Any, tmp_path: Path) -> None:
    """Nobody finds that something was decided while the server was away."""
    by_rule(bench, "{rule: objection, delay: 20}")
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, _, members, _ = await team(bench, server, 2)
    tokens = [message.token for peer in members for message in peer.heard if isinstance(message, wire.Welcome)]
    await members[0].do(do="orders", orders=PUSH)
    await server.stop()
    bench.clock.advance(3_600_000)
    again = await bench.server(path)
    rita = await bench.join(again, "Rita", token=tokens[1])
    await rita.do(do="object", number=1, why="I was away.")
    assert seen(rita)["orders"] == []
    assert again.tables[handle.game].table.game.state.orders == {}


async def test_seats_of_one_and_computers_are_no_teams(bench: Any) -> None:
    """Games in which nobody shares a seat have no word of teams in their journal."""
    server = await bench.server()
    handle, _, red, _ = await bench.started(server, played=("red", "blue", "green"))
    await handle.add_bot("green", "random")
    await red.do(do="orders", orders=PUSH)
    await red.until(lambda view: bool(view["orders"]))
    assert not any(isinstance(event, e.TeamSet) for event in await told(handle))
    assert seen(red)["team"] == {}


async def test_a_member_who_asks_for_too_much_hears_why(bench: Any) -> None:
    """Bodies of any size and shape end in a sentence, for that member alone."""
    _, _, (rosa, rita), _ = await team(bench, await bench.server(), 2)
    for body in (
        {"do": "endorse", "number": "all"},
        {"do": "object", "number": 1, "why": "x" * 20_000},
        {"do": "withdraw"},
        {"do": "orders", "orders": [{"action": "push", "targets": [], "rationale": "y" * 1_900}] * 16},
    ):
        answer = await rosa.do(**body)
        assert isinstance(answer, wire.Refused)
        assert answer.reason
    assert seen(rita)["team"]["suggestions"] == []


@pytest.mark.parametrize("level", ["", "random"])
def test_only_people_who_came_are_members(level: str) -> None:
    """A token that nobody has used yet makes no member, and a computer is none."""
    loaded = load_sources(TINY)
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None
    people = [Person("p1", "Rosa", "red", claimed=True), Person("p2", "Rita", "red", claimed=bool(level), level=level)]
    teams = Teams(Roster({person.id: person for person in people}), ManualClock())
    assert teams.changes(program, State.fresh(program)) == []
    people[1].claimed, people[1].level = True, ""
    (body,) = teams.changes(program, State.fresh(program))
    assert (body.members, body.present) == ((("p1", "Rosa"), ("p2", "Rita")), ())


async def test_going_back_takes_nobody_from_the_table(bench: Any) -> None:
    """After a rewind to before somebody came they are still there, and what was suggested since is gone."""
    server = await bench.server()
    _, boss, (rosa, rita), _ = await team(bench, server, 2)
    first = (await boss.manage(what="boundaries")).body["boundaries"][0]["seq"]
    await rosa.do(do="orders", orders=PUSH)
    assert isinstance(await boss.manage(what="rewind", to=first, reason="Once more."), wire.Answer)
    for peer in (rosa, rita):
        await peer.next(wire.Welcome)
    await here([rosa, rita], 2)
    assert seen(rosa)["team"]["suggestions"] == []
    await boss.do(do="resume")
    await rosa.until(lambda view: view["paused"] is None)
    assert isinstance(await rosa.do(do="orders", orders=PUSH), wire.Ack)
    await rosa.until(lambda view: bool(view["team"]["suggestions"]))


async def test_a_fork_begins_without_the_people_of_the_other_table(bench: Any) -> None:
    """Who stays where they are is no member there: the first to come plays alone."""
    server = await bench.server()
    handle, boss, _, _ = await team(bench, server, 3)
    await boss.do(do="advance")
    last = (await boss.manage(what="boundaries")).body["boundaries"][-1]["seq"]
    answer = await boss.manage(what="fork", at=last, people=False)
    assert isinstance(answer, wire.Answer), answer
    table = server.tables[answer.body["table"]].table
    await bench.join(server, "Second", secret=handle.secret, table=table.id)
    await table.house(lambda: commands.Announce("A new table."))
    assert [each.members for each in table.game.state.teams.values()] == [()]
