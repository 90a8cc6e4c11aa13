"""A list of a class is read as teachers save it, every mistake is named with its line, and a name on it leads to its seat."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.server.conftest import TINY
from wargame.rules.program import Program
from wargame.wire import messages as wire
from wargame_server.compiling import compiled
from wargame_server.rosters import MOST_IN_A_SEAT, RosterError, key, read_roster
from wargame_server.settings import Expected

TABLES = ("Table 1", "Table 2")
ANA = Expected("Ana Núñez", "red", "Table 2", True)
BO = Expected("Bo", "", "", False)


@pytest.fixture(scope="module")
def program() -> Program:
    return compiled(TINY)[0]


def problems(data: bytes, program: Program) -> list[str]:
    with pytest.raises(RosterError) as caught:
        read_roster(data, program, TABLES)
    return list(caught.value.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "headings",
    ["name,seat,table,captain", "NOMBRE,Asiento,MESA,Capitán", "Student,Team,Group,Leader", "estudiante,equipo,grupo,capitana"],
)
def test_a_list_is_read_in_every_usual_encoding_and_language(
    encoding: str, delimiter: str, headings: str, program: Program
) -> None:
    text = f"{headings}\r\n Ana  Núñez ,RED,2,sí\r\n\r\nBo,,,no\r\n".replace(",", delimiter)
    assert read_roster(text.encode(encoding), program, TABLES) == (ANA, BO)


def test_names_in_two_columns_and_what_a_spreadsheet_adds_are_read(program: Program) -> None:
    data = b'sep=;\n"First name";"Last name";"Other"\n"Ana";"N\xfa\xf1ez";"x;y"\n'
    assert [each.name for each in read_roster(data, program, TABLES)] == ["Ana Núñez"]


def test_seats_are_known_by_title_and_who_watches_by_many_words(program: Program) -> None:
    data = b"name,seat\nAna,Blue\nBo,espectador\nCy,PUBLIC\n"
    assert [each.seat for each in read_roster(data, program, TABLES)] == ["blue", "public", "public"]


def test_every_mistake_is_told_at_once_with_its_line(program: Program) -> None:
    data = "name,seat,table,captain\nAna,moon,1,yes\n,red,1,\nana,red,9,perhaps\n" + "x" * 40 + ",red,1,\n"
    told = problems(data.encode(), program)
    assert [line.split(":")[0] for line in told] == ["Line 2", "Line 3", "Line 4", "Line 4", "Line 4", "Line 5"]
    for words in ("no seat “moon”", "name is missing", "no table “9”", "neither yes nor no", "line 2 already", "32 characters"):
        assert any(words in line for line in told), words


def test_more_people_than_a_seat_holds_are_told(program: Program) -> None:
    rows = "".join(f"Kid {number},red,1\n" for number in range(MOST_IN_A_SEAT + 2))
    assert problems(f"name,seat,table\n{rows}".encode(), program) == [
        f"Line {MOST_IN_A_SEAT + 2}: red at Table 1 has 10 people already, and a seat has room for no more."
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name,seat\n", "Nobody is on the list"),
        (b"seat,table\nred,1\n", "no column is headed"),
        (b"x" * 1_000_001, "more than 1 MB"),
        (b"name\n" + b"a\n" * 1_001, "at most 1000"),
        (b'name\n"' + b"a" * 200_000, "cannot be read as a table"),
    ],
)
def test_what_is_no_list_ends_in_a_sentence(data: bytes, words: str, program: Program) -> None:
    assert words in problems(data, program)[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_sentences(data: bytes) -> None:
    told: tuple[str, ...] = ()
    try:
        assert read_roster(b"name,seat\n" + data, compiled_once(), TABLES)
    except RosterError as fault:
        told = fault.problems
    assert all(line.endswith(".") for line in told)


_compiled: list[Program] = []


def compiled_once() -> Program:
    if not _compiled:
        _compiled.append(compiled(TINY)[0])
    return _compiled[0]


@pytest.mark.parametrize("name", ["ANA NÚÑEZ", " Ana   Núñez", "Ana Nu\u0301n\u0303ez"])
def test_the_same_name_in_other_letters_is_the_same(name: str) -> None:
    assert key(name) == key("Ana Núñez")


# -- at the door


async def class_of(bench: Any, people: list[Expected], **options: Any) -> tuple[Any, Any, Any]:
    server = await bench.server()
    made = await server.create_class(bench.tiny, roster=people, **options)
    boss = await bench.join(server, "Boss", secret=made.secret)
    return server, made, boss


async def test_a_name_on_the_list_leads_to_its_seat_at_once_and_others_wait(bench: Any) -> None:
    server, made, _ = await class_of(bench, [ANA, BO], tables=2)
    ana = await bench.join(server, "ana  núñez", code=made.code)
    welcome = next(message for message in ana.heard if isinstance(message, wire.Welcome))
    assert (welcome.you, welcome.table) == ("red", made.tables[1].game)
    person = made.classroom.find(welcome.person)
    assert (person.name, person.captain) == ("Ana Núñez", True)
    assert (await (await bench.say_hello(server, "Zed", code=made.code)).next(wire.Lobby)).note == ""


async def test_who_comes_back_without_a_token_has_their_seat_again(bench: Any) -> None:
    server, made, boss = await class_of(bench, [BO])
    first = await bench.join(server, "Bo", code=made.code)
    token, person = first.heard[-1].token, first.heard[-1].person
    await boss.manage(what="assign", person=person, seat="blue")
    await first.next(wire.Welcome)
    await first.close()
    await boss.room(lambda room: any(each["name"] == "Bo" and not each["connected"] for each in room.people))
    again = await bench.join(server, "Bo", code=made.code)
    assert (again.heard[-1].person, again.heard[-1].you) == (person, "blue")
    assert await (await bench.say_hello(server, "Bo", token=token)).closed() == ("token", 1008)


async def test_who_comes_under_a_name_that_is_here_waits_and_is_told_why(bench: Any) -> None:
    server, made, _ = await class_of(bench, [BO])
    bo = await bench.join(server, "Bo", code=made.code)
    lobby = await (await bench.say_hello(server, "BO", code=made.code)).next(wire.Lobby)
    assert "Somebody of your name is here already" in lobby.note
    assert isinstance(await bo.do(do="say", to=None, text="still me"), wire.Ack)


async def test_a_locked_class_lets_nobody_in_and_keeps_who_is_expected_waiting(bench: Any) -> None:
    server, made, boss = await class_of(bench, [BO])
    await boss.manage(what="lock", locked=True)
    assert await (await bench.say_hello(server, "Eve", code=made.code)).closed() == ("locked", 1008)
    assert "the table is locked" in (await (await bench.say_hello(server, "Bo", code=made.code)).next(wire.Lobby)).note
    await boss.manage(what="lock", locked=True, waiting=True)
    await (await bench.say_hello(server, "Eve", code=made.code)).next(wire.Lobby)


async def test_who_was_sent_away_does_not_come_back_by_the_list(bench: Any) -> None:
    server, made, boss = await class_of(bench, [BO])
    bo = await bench.join(server, "Bo", code=made.code)
    await boss.manage(what="kick", person=bo.heard[-1].person)
    assert await bo.closed() == ("kicked", 1000)
    assert (await (await bench.say_hello(server, "Bo", code=made.code)).next(wire.Lobby)).note == ""


async def test_people_without_a_place_on_the_list_fill_seats_evenly(bench: Any) -> None:
    people = [Expected(f"Kid {number}") for number in range(8)]
    server, made, _ = await class_of(bench, people, tables=2)
    for each in people:
        await bench.join(server, each.name, code=made.code)
    for handle in made.tables:
        seats = [person.seat for person in handle.table.roster.people.values()]
        assert sorted(seats) == ["blue", "blue", "red", "red"], "optional seats stay empty"
