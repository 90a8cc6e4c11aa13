"""Tables of a class share a code, a lobby and facilitators; people move between them and lose nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from wargame.wire import messages as wire
from wargame_server.classroom import PACE
from wargame_server.journal.contract import Committed, Fenced, Unknown
from wargame_server.journal.memory import MemoryJournal
from wargame_server.journal.rows import read_record
from wargame_server.settings import Expected
from wargame_server.table import Table


class FullJournal(MemoryJournal):
    """A journal on a disk that can be full."""

    full = False

    async def put(self, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> Committed | Fenced | Unknown:
        return Unknown("the disk is full") if self.full else await super().put(game, epoch, kind, key, value)


PUSH = [{"action": "push", "targets": [], "rationale": "mine"}]


async def class_of(bench: Any, tables: int = 2, **options: Any) -> tuple[Any, Any, Any]:
    server = await bench.server()
    made = await server.create_class(bench.tiny, tables=tables, seed=bytes(32), **options)
    boss = await bench.join(server, "Boss", secret=made.secret)
    return server, made, boss


async def seated(bench: Any, server: Any, made: Any, boss: Any, name: str, seat: str, table: int = 0) -> Any:
    """Somebody who came by the code and was approved."""
    peer = await bench.say_hello(server, name, code=made.code)
    await peer.next(wire.Lobby)
    request = made.classroom.commons.waiting[-1].request
    answer = await boss.manage(what="approve", request=request, seat=seat, table=made.tables[table].game)
    assert isinstance(answer, wire.Answer), answer
    await peer.next(wire.Welcome)
    return peer


async def told(bench: Any, peer: Any, holds: Any) -> wire.Classroom:
    """The newest frame about the class, once it is as wanted."""
    async with asyncio.timeout(20):
        while True:
            heard = [message for message in peer.heard if isinstance(message, wire.Classroom)]
            if heard and holds(heard[-1]):
                return heard[-1]
            bench.clock.advance(PACE)
            await peer.ask(what="score")  # whatever was sent before its answer has come


async def test_one_code_and_lobby_lead_to_every_table(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red", 0)
    bo = await seated(bench, server, made, boss, "Bo", "red", 1)
    assert [peer.heard[-1].table if isinstance(peer.heard[-1], wire.Welcome) else None for peer in (ana, bo)] != [None, None]
    assert made.tables[0].table.roster.at("red")[0].name == "Ana"
    assert made.tables[1].table.roster.at("red")[0].name == "Bo"


async def test_facilitators_see_all_tables_and_nobody_else_does(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red", 1)
    await (await bench.say_hello(server, "Zed", code=made.code, seat="blue")).next(wire.Lobby)
    frame = await told(bench, boss, lambda frame: bool(frame.lobby) and len(frame.people) == 2)
    assert (frame.code, frame.locked) == (made.code, False)
    assert [(table["name"], table["status"], table["turns"]) for table in frame.tables] == [
        ("Table 1", "lobby", 40),
        ("Table 2", "lobby", 40),
    ]
    red = frame.tables[1]["seats"][0]
    assert (red["seat"], red["people"], red["connected"], red["bot"]) == ("red", ["Ana"], 1, "")
    assert [(each["name"], each["seat"]) for each in frame.lobby] == [("Zed", "blue")]
    assert {(each["name"], each["right"]) for each in frame.people} == {("Boss", "control"), ("Ana", "")}
    await ana.ask(what="score")
    assert not any(isinstance(message, wire.Classroom) for message in ana.heard)


async def test_the_class_is_told_at_most_twice_a_second(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    await told(bench, boss, lambda frame: True)
    before = sum(isinstance(message, wire.Classroom) for message in boss.heard)
    since = bench.clock.now()
    for number in range(10):
        await (await bench.say_hello(server, f"Kid {number}", code=made.code)).next(wire.Lobby)
    await boss.manage(what="codes")
    assert sum(isinstance(message, wire.Classroom) for message in boss.heard) <= before + 1
    frame = await told(bench, boss, lambda frame: len(frame.lobby) == 10)
    assert frame.lobby[0]["since"] == since


async def test_who_keeps_a_table_waiting_is_told_with_since_when(bench: Any) -> None:
    server, made, boss = await class_of(bench, 1)
    red = await seated(bench, server, made, boss, "Ana", "red")
    await boss.do(do="start")
    began = bench.clock.now()
    bench.clock.advance(7_000)
    await red.until(lambda view: view["status"] == "running")
    await red.do(do="seal")
    frame = await told(bench, boss, lambda frame: bool(frame.tables[0]["seats"][0]["sealed"]))
    since = {seat["seat"]: seat["blocking_since"] for seat in frame.tables[0]["seats"]}
    assert since == {"red": None, "blue": began, "green": None}


async def test_a_person_moves_to_another_table_with_the_token_and_keeps_it_over_a_restart(bench: Any, tmp_path: Path) -> None:
    server = await bench.server(tmp_path / "games.sqlite3")
    made = await server.create_class(bench.tiny, tables=2)
    boss = await bench.join(server, "Boss", secret=made.secret)
    ana = await seated(bench, server, made, boss, "Ana", "red", 0)
    welcome = next(message for message in ana.heard if isinstance(message, wire.Welcome))
    one, two = (handle.game for handle in made.tables)
    assert (await boss.manage(what="assign", person=welcome.person, table=two, seat="blue")).body == {}
    moved = await ana.next(wire.Moved)
    assert (moved.table, moved.token) == (two, welcome.token)
    assert await ana.closed() == ("moved", 1000)
    back = await bench.join(server, "Ana", token=moved.token)
    assert (back.heard[0].table, back.heard[0].you, back.heard[0].person) == (two, "blue", welcome.person)
    await server.stop()
    again = await bench.server(tmp_path / "games.sqlite3")
    back = await bench.join(again, "Ana", token=moved.token)
    assert (back.heard[0].table, back.heard[0].you) == (two, "blue")
    assert list(again.classes) == [one]
    assert [table.table.settings.name for table in again.classes[one].tables] == ["Table 1", "Table 2"]
    assert again.classes[one].code == made.code
    assert (await bench.join(again, "Boss", secret=made.secret, table="2")).heard[0].table == two


async def test_what_a_seat_had_drafted_stays_when_its_person_moves(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red")
    assert (await boss.manage(what="all", body={"do": "start"})).body == {"done": 2, "refused": {}}
    await ana.until(lambda view: view["status"] == "running")
    await ana.do(do="orders", orders=PUSH)
    person = made.classroom.find(next(message.person for message in ana.heard if isinstance(message, wire.Welcome)))
    await boss.manage(what="assign", person=person.id, table=made.tables[1].game, seat="blue")
    token = (await ana.next(wire.Moved)).token
    await boss.manage(what="assign", person=person.id, table=made.tables[0].game, seat="red")
    back = await bench.join(server, "Ana", token=token)
    assert back.mirror.data["orders"] == PUSH


async def test_a_move_cut_short_leaves_a_person_at_one_table(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red")
    person = next(message.person for message in ana.heard if isinstance(message, wire.Welcome))
    token = next(message.token for message in ana.heard if isinstance(message, wire.Welcome))
    two = made.tables[1].table
    keep = Table.keep

    async def crash(table: Table, kind: str, key: str, value: bytes | None) -> None:
        if value is None:
            raise RuntimeError("the machine went down here")
        await keep(table, kind, key, value)

    monkeypatch.setattr(Table, "keep", crash)
    await boss.send(wire.Manage(id="m", body={"what": "assign", "person": person, "table": two.id, "seat": "blue"}))
    await boss.manage(what="codes")
    await server.stop()
    again = await bench.server()
    places = [
        (table.id, person) for table in again.classes[made.id].classroom.tables.values() for person in table.roster.people
    ]
    assert places == [(two.id, person)]
    assert (await bench.join(again, "Ana", token=token)).heard[0].you == "blue"


async def test_a_facilitator_looks_at_any_table_and_one_more_can_be_opened(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    number = (await boss.manage(what="new_table")).body["table"]
    assert made.classroom.tables[number].settings.name == "Table 3"
    for wanted in (number, "Table 3", "3"):
        assert (await bench.join(server, "Helper", secret=made.secret, table=wanted)).heard[0].table == number
    assert (await bench.join(server, "Beamer", code=made.code, seat="public", table="Table 2")).heard[0].table == made.tables[
        1
    ].game


async def test_a_command_goes_to_every_table_and_says_where_it_could_not(bench: Any) -> None:
    _, made, boss = await class_of(bench)
    one, two = (handle.game for handle in made.tables)
    await boss.manage(what="all", body={"do": "start"})
    assert isinstance(await boss.do(do="pause"), wire.Ack)
    answer = (await boss.manage(what="all", body={"do": "pause"})).body
    assert answer == {"done": 1, "refused": {one: "The game is paused already."}}
    assert made.classroom.tables[two].game.state.paused
    assert (await boss.manage(what="all", body={"do": "fire", "card": "x", "bound": {}})).code == "unknown"


async def test_what_goes_to_every_table_is_kept_with_who_sent_it_at_tables_they_do_not_look_at_too(bench: Any) -> None:
    _, made, boss = await class_of(bench)
    await boss.manage(what="all", body={"do": "announce", "text": "Five more minutes."})
    for handle in made.tables:
        last = read_record((await handle.table.journal.read(handle.game))[-1])
        assert (last.name, [type(event).__name__ for event in last.events]) == ("Boss", ["Said"])


async def test_names_are_told_apart_in_the_whole_class_and_facilitators_keep_theirs(bench: Any) -> None:
    server, made, boss = await class_of(bench)
    await seated(bench, server, made, boss, "Ana", "red", 0)
    await seated(bench, server, made, boss, "Аna", "red", 1)  # with a Cyrillic letter
    assert sorted(person.name for person in made.classroom.everybody()) == ["Ana", "Boss", "Аna (2)"]
    await boss.close()
    await told_gone(made)
    await seated_name(bench, server, made, "Boss", "Boss (2)")
    again = await bench.join(server, "Boss", secret=made.secret)
    assert again.heard[0].person == boss.heard[0].person, "who comes back is who they were"
    for name in ("Facilitator", "FACILITADORA", "whitecell"):
        peer = await bench.say_hello(server, name, code=made.code)
        assert "stands for the facilitator" in (await peer.next(wire.Bye)).reason


async def told_gone(made: Any) -> None:
    async with asyncio.timeout(20):
        while made.tables[0].table.roster.at("white_cell"):
            await asyncio.sleep(0)


async def seated_name(bench: Any, server: Any, made: Any, name: str, shown: str) -> None:
    await (await bench.say_hello(server, name, code=made.code)).next(wire.Lobby)
    assert made.classroom.commons.waiting[-1].name == shown


async def test_everybody_comes_back_at_once_after_a_restart(bench: Any) -> None:
    people = [Expected(f"Kid {number}") for number in range(40)]
    server, made, _ = await class_of(bench, 5, roster=people)
    peers = await asyncio.gather(*(bench.join(server, each.name, code=made.code) for each in people))
    tokens = [next(message.token for message in peer.heard if isinstance(message, wire.Welcome)) for peer in peers]
    await server.stop()
    again = await bench.server()
    back = await asyncio.gather(
        *(bench.join(again, each.name, token=token) for each, token in zip(people, tokens, strict=True))
    )
    assert {peer.heard[0].table for peer in back} == {handle.game for handle in made.tables}
    assert sum(len(table.table.roster.guests) for table in again.classes[made.id].tables) == 40


async def test_a_seat_whose_people_are_away_gets_more_time_so_many_times(bench: Any) -> None:
    server, made, boss = await class_of(bench, 1)
    ana = await seated(bench, server, made, boss, "Ana", "red")
    await boss.manage(what="auto_extend", seconds=30, times=2)
    await boss.do(do="start")
    await ana.close()
    for _ in range(2):
        deadline = made.tables[0].table.game.state.deadline
        bench.clock.advance(max(0, deadline - bench.clock.now()))
        await boss.until(lambda view, before=deadline: view["deadline"] != before)
        assert (boss.mirror.data["turn"], boss.mirror.data["deadline"]) == (1, deadline + 30_000)
    bench.clock.advance(30_000)
    await boss.until(lambda view: view["turn"] == 2)


async def test_settings_that_cannot_be_kept_are_as_they_were(bench: Any) -> None:
    bench.journal = FullJournal()
    _, made, boss = await class_of(bench)
    bench.journal.full = True
    assert (await boss.manage(what="lock", locked=True)).code == "unavailable"
    assert not made.classroom.settings.locked
    bench.journal.full = False
    assert (await boss.manage(what="lock", locked=True)).body == {}


@pytest.mark.parametrize("table", ["nowhere", 7, ["a"]])
async def test_a_table_that_is_not_in_the_class_is_refused(bench: Any, table: Any) -> None:
    server, _, boss = await class_of(bench)
    other = await server.create_class(bench.tiny)
    for wanted in (table, other.tables[0].game):
        assert (await boss.manage(what="room", table=wanted)).code == "unknown"


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_who_got_another_place_while_away_gets_all_of_it(bench: Any, elsewhere: bool) -> None:
    """The number they come back with is of the place they had: updates of the new one would be folded into another mirror."""
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red")
    assert isinstance(await boss.manage(what="all", body={"do": "start"}), wire.Answer)
    await ana.until(lambda view: view["status"] == "running")
    for _ in range(5):
        await boss.manage(what="all", body={"do": "announce", "text": "Listen."})
    await ana.ask(what="score")
    welcome = next(each for each in ana.heard if isinstance(each, wire.Welcome))
    await ana.close()
    await boss.room(lambda room: not any(each["person"] == welcome.person and each["connected"] for each in room.people))
    body = {"person": welcome.person, "seat": "blue", **({"table": made.tables[1].game} if elsewhere else {})}
    assert isinstance(await boss.manage(what="assign", **body), wire.Answer)
    for _ in range(5):
        await boss.manage(what="all", body={"do": "announce", "text": "Listen."})
    again = await bench.join(server, "Ana", token=welcome.token, have=ana.seq)
    back = next(each for each in again.heard if isinstance(each, wire.Welcome))
    assert (back.you, back.table) == ("blue", made.tables[elsewhere].game)
    assert back.view is not None
    # What was missed in one and the same place is still made up by updates alone.
    await again.ask(what="score")
    await again.close()
    await boss.manage(what="all", body={"do": "announce", "text": "Listen."})
    once_more = await bench.join(server, "Ana", token=welcome.token, have=again.seq)
    assert next(each for each in once_more.heard if isinstance(each, wire.Welcome)).view is None
