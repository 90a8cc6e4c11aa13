"""What facilitators see of the room, and what somebody missed who was away: made from the rows, at no cost to the game."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wargame.wire import messages as wire
from wargame_server.journal.rows import read_record

PUSH = {"do": "orders", "orders": [{"action": "push", "targets": [], "rationale": "Because we must."}]}
CARD = """\
injects:
  rumour: {title: A Rumour, to: [red], pool: shelf, text: They say., choices: {red: {options: [
    {id: deny, stance: hold, label: Deny, effects: [tension +1]}]}}}
"""


async def _turn(boss: Any, red: Any, blue: Any) -> None:
    turn = boss.mirror.data["turn"]
    assert isinstance(await red.do(**PUSH), wire.Ack)
    for peer in (red, blue):
        assert isinstance(await peer.do(do="seal"), wire.Ack)
    for peer in (boss, red, blue):
        await peer.until(lambda seen: seen["turn"] == turn + 1)


async def test_the_meters_count_what_people_do_also_what_was_taken_back(bench: Any) -> None:
    server = await bench.server()
    _, boss, red, blue = await bench.started(server)
    await red.do(do="say", to=None, text="Three short words.")
    await _turn(boss, red, blue)
    told = (await boss.ask(what="meters")).body
    by_name = {each["name"]: each for each in told["airtime"]}
    assert (by_name["Rosa"]["messages"], by_name["Rosa"]["orders"], by_name["Rosa"]["words"]) == (1, 1, 6)
    assert by_name["Rosa"]["last"] == bench.clock.now()
    assert by_name["Bela"]["messages"] == 0
    assert told["quiet"] == [by_name["Bela"]["person"]]
    assert told["minutes_left"] == 39  # the second of 40 turns of a minute has just begun
    assert told["objectives"] == []
    found = (await boss.manage(what="boundaries")).body["boundaries"]
    await boss.manage(what="rewind", to=found[0]["seq"], reason="Again.")
    assert (await boss.ask(what="meters")).body["airtime"] == told["airtime"]
    assert (await red.ask(what="meters")).code == "forbidden"


async def test_who_did_it_is_kept_with_every_row(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    token = await handle.new_seat_token("red")
    second = await bench.join(server, "Rita", token=token)
    await second.do(do="say", to=None, text="Hello.")
    await red.do(do="say", to=None, text="Hello too.")
    await boss.do(do="announce", text="Well.")
    rows = [read_record(row) for row in (await server.journal.read(handle.game))[-3:]]
    assert [record.name for record in rows] == ["Rita", "Rosa", "Boss"]
    assert len({record.person for record in rows}) == 3


async def test_a_note_that_is_nobodys_is_nobodys_in_the_record_too(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    await boss.do(do="board", open=True)
    note = {"do": "note", "fact": "They waited.", "so_what": "", "change": "", "objective": None}
    assert isinstance(await red.do(**note, anonymous=True), wire.Ack)
    assert isinstance(await red.do(**note, anonymous=False), wire.Ack)
    unsigned, signed = [read_record(row) for row in (await server.journal.read(handle.game))[-2:]]
    assert (unsigned.person, unsigned.name) == ("", "")
    assert signed.name == "Rosa"


async def test_somebody_who_comes_back_hears_what_happened_and_what_is_asked_of_them(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    await red.close()
    await boss.room(lambda room: not next(each for each in room.people if each["seat"] == "red")["connected"])
    await blue.do(do="say", to=["red"], text="Where are you?")
    await blue.do(do="orders", orders=[{"action": "scheme", "targets": [], "rationale": ""}])
    for _ in range(2):
        await boss.do(do="advance")
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    told = (await red.ask(what="missed")).body
    assert (told["turn"], told["messages"]) == (4, 1)
    heads = [story["head"] for story in told["feed"]]
    assert heads == ["Turn 3", "Turn 4"], "what others do in secret is not told to who was away either"
    assert told["feed"] == red.mirror.data["feed"][-2:]
    assert {"do": "order", "text": "Give your orders."} in told["due"]
    # What happens from now on was not missed.
    await boss.do(do="advance")
    assert (await red.ask(what="missed")).body["feed"] == told["feed"]
    assert [story["head"] for story in (await blue.ask(what="missed")).body["feed"]] == []


async def test_somebody_new_hears_the_story_so_far(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    late = await bench.join(server, "Late", token=await handle.new_seat_token("blue"))
    told = (await late.ask(what="missed")).body
    assert told["feed"] == late.mirror.data["feed"]
    assert told["feed"]


async def test_what_was_missed_outlives_a_restart_and_what_was_taken_back_is_not_told(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    await _turn(boss, red, blue)
    await red.close()
    await boss.room(lambda room: not next(each for each in room.people if each["seat"] == "red")["connected"])
    await boss.do(do="advance")
    found = (await boss.manage(what="boundaries")).body["boundaries"]
    await boss.manage(what="rewind", to=found[1]["seq"], reason="Again.")
    await boss.do(do="resume")
    await boss.do(do="advance")
    await server.stop()
    server = await bench.server(path)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    heads = [story["head"] for story in (await red.ask(what="missed")).body["feed"]]
    assert heads == ["The facilitator has gone back to turn 2, Rooms. What came after it is taken back.", "Turn 3"]


async def test_who_was_there_until_the_server_stopped_has_missed_nothing(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    await server.stop()
    server = await bench.server(path)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    assert (await red.ask(what="missed")).body["feed"] == []
    # Both were gone from the same row on; each has missed what came before they were back.
    assert isinstance(await boss.do(do="advance"), wire.Ack)
    blue = await bench.join(server, "Bela", token=handle.seat_token("blue"))
    assert [story["head"] for story in (await blue.ask(what="missed")).body["feed"]] == ["Turn 3"]
    assert (await red.ask(what="missed")).body["feed"] == []


async def test_at_another_table_the_story_is_new(bench: Any) -> None:
    server = await bench.server()
    _, boss, red, blue = await bench.started(server)
    await _turn(boss, red, blue)
    person = blue.heard[0].person
    await blue.close()
    await boss.room(lambda room: not next(each for each in room.people if each["seat"] == "blue")["connected"])
    table = (await boss.manage(what="new_table")).body["table"]
    await boss.manage(what="assign", person=person, seat="red", table=table)
    await server.stop()
    again = await bench.server()
    (since,) = again.tables[table].table.since.values()
    assert since.seq == 0


async def test_a_card_written_during_the_game_reaches_console_computers_and_the_next_start_of_the_server(
    bench: Any, tmp_path: Path
) -> None:
    path = tmp_path / "games.sqlite3"
    server = await bench.server(path)
    handle, boss, red, _ = await bench.started(server)
    await boss.manage(what="kick", person=next(p.id for p in handle.table.roster.people.values() if p.seat == "blue"))
    await boss.manage(what="bot", seat="blue", level="one-ply")
    checked = (await boss.ask(what="check_card", source=CARD)).body
    assert checked["card"] == "rumour", checked
    heard = len(boss.heard)
    assert isinstance(await boss.do(do="write", source=CARD), wire.Ack)
    (welcome,) = [message for message in boss.heard[heard:] if isinstance(message, wire.Welcome)]
    assert "rumour" in [card["id"] for card in welcome.catalog["cards"]]
    assert not [message for message in red.heard[1:] if isinstance(message, wire.Welcome)]
    assert isinstance(await boss.do(do="fire", card="rumour", bound={}), wire.Ack)
    await red.until(lambda seen: any(card["title"] == "A Rumour" for card in seen["cards"].values()))
    turn = red.mirror.data["turn"]
    assert isinstance(await boss.do(do="advance"), wire.Ack)
    await red.until(lambda seen: seen["turn"] == turn + 1)
    assert isinstance(await boss.do(do="pause"), wire.Ack)  # or the computer goes on
    before = [mirror.data for mirror in handle.table.game.mirrors]
    await server.stop()
    server = await bench.server(path)
    assert [mirror.data for mirror in server.tables[handle.game].table.game.mirrors] == before
    boss = await bench.join(server, "Boss", secret=handle.secret)
    assert "rumour" in [card["id"] for card in boss.heard[0].catalog["cards"]]
    # Gone back to before it was written, it is gone.
    found = (await boss.manage(what="boundaries")).body["boundaries"]
    assert isinstance(await boss.manage(what="rewind", to=found[0]["seq"], reason="Without it."), wire.Answer)
    (welcome,) = [message for message in boss.heard[1:] if isinstance(message, wire.Welcome)]
    assert "rumour" not in [card["id"] for card in welcome.catalog["cards"]]
    assert (await boss.do(do="fire", card="rumour", bound={})).code == "unknown"


async def test_one_long_question_at_a_time(bench: Any) -> None:
    server = await bench.server()
    _, boss, _, _ = await bench.started(server)
    for number in ("q1", "q2"):
        await boss.send(wire.Ask(id=number, body={"what": "check_card", "source": CARD}))
    answers = {message.id: message for message in [await boss.answered("q2"), await boss.answered("q1")]}
    assert isinstance(answers["q1"], wire.Answer)
    assert answers["q2"].code == "busy"
    assert isinstance(await boss.ask(what="check_card", source=CARD), wire.Answer)
