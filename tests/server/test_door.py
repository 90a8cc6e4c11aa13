"""A key opens what it is for and nothing else; a code opens a request, never a seat; the facilitator decides."""

from typing import Any

import pytest

from wargame.wire import messages as wire
from wargame_server import door as door_module
from wargame_server.roster import LOBBY


async def test_a_code_leads_to_the_lobby_and_approval_to_a_seat(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    ana = await bench.say_hello(server, "Ana", code=handle.code.lower().replace("-", " "), seat="blue")
    lobby = await ana.next(wire.Lobby)
    assert (lobby.table, lobby.title, lobby.place) == (handle.game, "Tiny", 1)
    assert [(each["seat"], each["taken"]) for each in lobby.seats] == [("red", False), ("blue", False), ("green", False)]
    room = await boss.room(lambda room: bool(room.requests))
    assert [(each["name"], each["seat"]) for each in room.requests] == [("Ana", "blue")]

    await ana.send(wire.Command(id="early", turn=0, phase="setup", body={"do": "seal"}))
    assert (await ana.answered("early")).code == "forbidden"

    answer = await boss.manage(what="approve", request=room.requests[0]["request"], seat="red")
    welcome = await ana.next(wire.Welcome)
    assert welcome.you == "red"
    assert len(welcome.token) >= 22
    room = await boss.room(lambda room: not room.requests)
    person = next(each for each in room.people if each["person"] == answer.body["person"])
    assert (person["name"], person["seat"], person["connected"], person["bot"]) == ("Ana", "red", True, False)

    # The token brings her back; the code would not.
    await ana.close()
    again = await bench.join(server, "Ana", token=welcome.token)
    assert again.heard[0].you == "red"


async def test_a_facilitators_projector_comes_into_a_locked_class_and_sees_the_public_part(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    await boss.manage(what="lock", locked=True)
    assert await (await bench.say_hello(server, "Wall", code=handle.code, seat="public")).closed() == ("locked", 1008)
    wall = await bench.join(server, "Wall", secret=handle.secret, seat="public")
    welcome = next(each for each in wall.heard if isinstance(each, wire.Welcome))
    assert (welcome.you, welcome.right, welcome.token) == ("public", "", "")
    assert (await wall.manage(what="codes")).code == "forbidden"
    await wall.send(wire.Command(id="go", turn=0, phase="setup", body={"do": "start"}))
    assert (await wall.answered("go")).code == "forbidden"


async def test_requests_are_the_white_cells_alone(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    boss = await bench.join(server, "Boss", secret=handle.secret)
    await bench.say_hello(server, "Ana", code=handle.code)
    await boss.room(lambda room: bool(room.requests))
    await bench.join(server, "Bela", token=handle.seat_token("blue"))
    room = await red.room(lambda room: any(each["seat"] == "blue" for each in room.people))
    assert room.requests == []


async def test_the_facilitator_can_refuse_lock_kick_and_assign(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    ana = await bench.say_hello(server, "Ana", code=handle.code)
    room = await boss.room(lambda room: bool(room.requests))
    await boss.manage(what="refuse", request=room.requests[0]["request"])
    assert await ana.closed() == ("refused", 1000)

    await boss.manage(what="lock", locked=True)
    assert await (await bench.say_hello(server, "Ana", code=handle.code)).closed() == ("locked", 1008)
    assert await (await bench.say_hello(server, "Eve", code=handle.code, seat="public")).closed() == ("locked", 1008)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))  # who has a seat is not locked out

    room = await boss.room(lambda room: any(each["name"] == "Rosa" for each in room.people))
    rosa = next(each["person"] for each in room.people if each["name"] == "Rosa")
    assert (await boss.manage(what="assign", person=rosa, seat="blue")).body == {}
    assert (await red.next(wire.Welcome)).you == "blue"
    assert isinstance(await red.do(do="say", to=None, text="I am blue"), wire.Ack)
    await boss.manage(what="kick", person=rosa)
    assert await red.closed() == ("kicked", 1000)
    assert await (await bench.say_hello(server, "Rosa", token=handle.seat_token("red"))).closed() == ("token", 1008)


async def test_a_spectator_can_be_given_a_seat(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    eve = await bench.join(server, "Eve")  # no key at all: there is one table
    room = await boss.room(lambda room: any(each["name"] == "Eve" for each in room.people))
    number = next(each["person"] for each in room.people if each["name"] == "Eve")
    await boss.manage(what="assign", person=number, seat="green")
    welcome = await eve.next(wire.Welcome)
    assert welcome.you == "green"
    await eve.close()
    assert (await bench.join(server, "Eve", token=welcome.token)).heard[0].you == "green"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "unknown"),
        ({"what": "explode"}, "unknown"),
        ({"what": ["room"]}, "unknown"),
        ({"what": "room", "more": 1}, "malformed"),
        ({"what": "approve", "request": "r9", "seat": "red"}, "unknown"),
        ({"what": "lock", "locked": 1}, "malformed"),
        ({"what": "kick", "person": "p99"}, "unknown"),
        ({"what": "kick", "person": {"a": 1}}, "unknown"),
        ({"what": "assign", "person": "p1", "seat": "moon"}, "unknown"),
        ({"what": "bot", "seat": "public", "level": "random"}, "unknown"),
        ({"what": "bot", "seat": "red", "level": "genius"}, "unknown"),
        ({"what": "human", "seat": "red"}, "not_allowed"),
    ],
)
async def test_what_cannot_be_managed_is_refused_with_a_reason(bench: Any, body: dict[str, Any], code: str) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    refused = await boss.manage(**body)
    assert isinstance(refused, wire.Refused)
    assert refused.code == code
    assert refused.reason


async def test_only_the_facilitator_manages(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    red = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    for body in ({"what": "room"}, {"what": "codes"}, {"what": "lock", "locked": True}, {"what": "kick", "person": "p1"}):
        assert (await red.manage(**body)).code == "forbidden"
    assert not handle.classroom.settings.locked
    boss = await bench.join(server, "Boss", secret=handle.secret)
    assert (await boss.manage(what="codes")).body == {"code": handle.code}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("token", "x" * 22, "token"),
        ("secret", "x" * 43, "secret"),
        ("code", "ABCD-EFGH", "code"),
    ],
)
async def test_a_wrong_key_opens_nothing(bench: Any, key: str, value: str, code: str) -> None:
    server = await bench.server()
    await server.create_table(bench.tiny)
    assert await (await bench.say_hello(server, **{key: value})).closed() == (code, 1008)


async def test_keys_of_one_kind_are_none_of_another(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    other = await server.create_table(bench.tiny)
    for wrong in (
        {"secret": handle.seat_token("red")},
        {"token": handle.secret},
        {"token": handle.code},
        {"secret": handle.code},
    ):
        assert (await (await bench.say_hello(server, **wrong)).closed())[0] in {"secret", "token"}
    assert (await bench.join(server, secret=other.secret)).heard[0].table == other.game
    # With two tables it is not clear which one to watch.
    assert await (await bench.say_hello(server)).closed() == ("code", 1008)


async def test_too_many_wrong_codes_close_the_door_for_codes_of_that_address(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    for _ in range(20):
        assert (await (await bench.say_hello(server, code="ABCD-EFGH")).closed())[0] == "code"
    assert (await (await bench.say_hello(server, code=handle.code)).closed())[0] == "busy"
    # Who has a seat comes back all the same, and the facilitator is not shut out.
    await bench.join(server, "Boss", secret=handle.secret)
    await bench.join(server, "Rosa", token=handle.seat_token("red"))
    bench.clock.advance(3_000)
    await (await bench.say_hello(server, "Ana", code=handle.code)).next(wire.Lobby)


async def test_old_tokens_of_a_class_do_not_close_the_door(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    for _ in range(30):
        assert (await (await bench.say_hello(server, token="x" * 22)).closed())[0] == "token"
    await (await bench.say_hello(server, "Ana", code=handle.code)).next(wire.Lobby)


async def test_joins_are_not_failures(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    for number in range(40):
        await (await bench.say_hello(server, f"Kid {number}", code=handle.code)).next(wire.Lobby)


async def test_the_lobby_has_an_end(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    first = await bench.say_hello(server, "Kid", code=handle.code)
    await first.next(wire.Lobby)
    for number in range(LOBBY - 1):
        await (await bench.say_hello(server, f"Kid {number}", code=handle.code)).next(wire.Lobby)
    assert (await (await bench.say_hello(server, "Late", code=handle.code)).closed())[0] == "full"
    boss = await bench.join(server, "Boss", secret=handle.secret)
    await boss.room(lambda room: len(room.requests) == LOBBY)
    await first.close()
    await boss.room(lambda room: len(room.requests) == LOBBY - 1)
    await (await bench.say_hello(server, "Late", code=handle.code)).next(wire.Lobby)


async def test_spectators_have_an_end_or_are_not_wanted(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    monkeypatch.setattr(door_module, "SPECTATORS", 1)
    await bench.join(server, "Eve", code=handle.code, seat="public")
    assert (await (await bench.say_hello(server, "Eve", code=handle.code, seat="public")).closed())[0] == "full"
    await handle.classroom.set(spectators=False)
    assert (await (await bench.say_hello(server, "Eve", code=handle.code, seat="public")).closed())[0] == "forbidden"


async def test_open_admission_seats_people_until_the_seats_are_gone(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny, open=True)
    assert (await bench.join(server, "Ana", code=handle.code, seat="blue")).heard[-1].you == "blue"
    assert (await bench.join(server, "Bo", code=handle.code, seat="blue")).heard[-1].you == "red"
    assert (await bench.join(server, "Cy", code=handle.code)).heard[-1].you == "green"
    await (await bench.say_hello(server, "Di", code=handle.code)).next(wire.Lobby)


async def test_a_second_login_takes_the_seat_and_the_first_is_told(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    first = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    second = await bench.join(server, "Rosa", token=handle.seat_token("red"))
    assert await first.closed() == ("replaced", 1000)
    assert isinstance(await second.do(do="say", to=None, text="here"), wire.Ack)
    assert len(handle.table.roster.guests) == 1


async def test_a_team_shares_a_seat_with_a_token_each(bench: Any) -> None:
    server = await bench.server()
    handle, _, red, _blue = await bench.started(server)
    mate = await bench.join(server, "Rita", token=await handle.new_seat_token("red"))
    await mate.do(do="orders", orders=[{"action": "push", "targets": [], "rationale": ""}])
    await red.until(lambda view: bool(view["team"].get("suggestions")))
    assert red.mirror.data == mate.mirror.data


@pytest.mark.parametrize("name", ["", "\u200b", "x" * 33])
async def test_a_name_that_is_none_is_not_let_in(bench: Any, name: str) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    assert await (await bench.say_hello(server, name, code=handle.code)).closed() == ("malformed", 1008)


async def test_names_are_told_apart(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Ana", secret=handle.secret)
    for _ in range(2):
        await bench.say_hello(server, "Ana\u202e", code=handle.code)
    room = await boss.room(lambda room: len(room.requests) == 2)
    assert [each["name"] for each in room.requests] == ["Ana (2)", "Ana (3)"]


async def test_another_version_is_turned_away(bench: Any) -> None:
    server = await bench.server()
    await server.create_table(bench.tiny)
    assert await (await bench.say_hello(server, version=1)).closed() == ("version", 1008)


async def test_a_computer_takes_an_empty_seat_and_hands_it_back(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    assert (await boss.manage(what="bot", seat="blue", level="random")).code == "not_allowed"
    await blue.close()
    await boss.room(lambda room: any(each["seat"] == "blue" and not each["connected"] for each in room.people))
    assert isinstance(await boss.manage(what="bot", seat="blue", level="random"), wire.Answer)
    room = await boss.room(lambda room: any(each["bot"] for each in room.people))
    assert [each["seat"] for each in room.people if each["bot"]] == ["blue"]
    await red.do(do="seal")
    await red.until(lambda view: view["turn"] == 2)  # the computer sealed too

    bela = await bench.join(server, "Bela", token=handle.seat_token("blue"))
    room = await boss.room(lambda room: not any(each["bot"] for each in room.people))
    assert any(each["name"] == "Bela" and each["connected"] for each in room.people)
    turn = bela.mirror.data["turn"]
    if "blue" in bela.mirror.data["sealed"]:  # the computer was quick; what it did can be taken back
        assert isinstance(await bela.do(do="reopen"), wire.Ack)
    await red.do(do="seal")
    assert isinstance(await bela.do(do="say", to=None, text="back"), wire.Ack)
    assert bela.mirror.data["turn"] == turn, "nobody seals for a person"


async def test_a_computer_leaves_when_the_facilitator_says_so(bench: Any) -> None:
    server = await bench.server()
    handle = await server.create_table(bench.tiny)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    await handle.add_bot("green", "random")
    await boss.room(lambda room: any(each["bot"] for each in room.people))
    assert (await boss.manage(what="human", seat="green")).body == {}
    await boss.room(lambda room: not any(each["bot"] for each in room.people))
