"""The class as a facilitator knows it: its tables, who waits at the door, who is there. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from wargame.client.door import PUBLIC, WHITE_CELL, Body, Glance
from wargame.client.speech import later, phrase
from wargame.wire.rights import TELLING, not_by_right

RIGHT_WORDS: Mapping[str, str] = {
    "control": later("may do everything"),
    "adjudicator": later("rules on proposals, talks to the players, takes notes"),
    "evaluator": later("takes notes and estimates odds"),
    "observer": later("sees everything and estimates odds"),
}


def barred(right: str, verb: str) -> str:
    """Why a facilitator with this right may not send that command or manage that; empty where it may be done."""
    refused = not_by_right(right, {"do": verb}) if verb not in TELLING else None
    return refused.reason if refused is not None else ""


@frozen
class Hall:
    """The class around the table on the screen.

    `tables`, `lobby`, `people`: as in the message `class` of `docs/protocol.md`.
    """

    table: str = ""
    tables: Sequence[Body] = ()
    lobby: Sequence[Body] = ()
    people: Sequence[Body] = ()
    locked: bool = False
    code: str = ""

    @classmethod
    def of(cls, glance: Glance) -> Hall:
        """What the server has told; where it tells of no class, the people of the one table."""
        told = glance.classroom
        if told.tables:
            return cls(glance.table, told.tables, told.lobby, told.people, told.locked, told.code)
        people = tuple({**person, "table": glance.table} for person in glance.room.people)
        return cls(glance.table, (), tuple(glance.room.requests), people, glance.room.locked)

    @property
    def here(self) -> Body:
        """The table on the screen; empty where nothing is told of it."""
        return self.entry(self.table)

    def entry(self, table: str) -> Body:
        """What is told of a table."""
        return next((each for each in self.tables if each.get("table") == table), {})

    def name(self, table: object) -> str:
        """What a table is called."""
        return str(self.entry(str(table)).get("name") or phrase("this table"))

    def seat(self, seat: str, table: str = "") -> Body:
        """What is told of a seat."""
        return next((each for each in self.entry(table or self.table).get("seats") or () if each.get("seat") == seat), {})

    def at(self, seat: str, table: str = "") -> list[Body]:
        """The people in a seat."""
        return [each for each in self.people if each.get("seat") == seat and each.get("table") == (table or self.table)]

    def person(self, person: object) -> Body:
        """Somebody by id."""
        return next((each for each in self.people if str(each.get("person")) == str(person)), {})

    @property
    def watching(self) -> list[Body]:
        """Those who watch, and the facilitators, of all tables."""
        return [each for each in self.people if each.get("seat") in (PUBLIC, WHITE_CELL)]

    @property
    def stopped(self) -> list[Body]:
        """The tables where somebody has asked to stop."""
        return [each for each in self.tables if each.get("stop")]


@frozen
class Given:
    """A place for somebody at the door."""

    request: str
    name: str
    table: str
    seat: str


def spread(hall: Hall, seats: Sequence[str]) -> tuple[list[Given], list[str]]:
    """Places for everybody at the door, spread evenly, and the names of those who stay there.

    `seats` in the order in which they are to be filled. A wish is met while nobody has that seat at some table. Who came
    under a name that somebody else has stays: the facilitator has to look at who that is.
    """
    tables = [str(each["table"]) for each in hall.tables if each.get("status") != "over"] or [hall.table]
    taken = {(table, seat): sum(not each.get("bot") for each in hall.at(seat, table)) for table in tables for seat in seats}
    known = {_plain_name(str(each["name"])) for each in (*hall.people, *hall.lobby)}
    given: list[Given] = []
    left: list[str] = []
    for each in hall.lobby:
        name, wish = str(each["name"]), str(each.get("seat") or "")
        if _NUMBERED.sub("", name) != name and _plain_name(_NUMBERED.sub("", name)) in known | {"facilitator"}:
            left.append(name)
            continue

        def full(place: tuple[str, str], wish: str = wish) -> tuple[int, ...]:
            table, seat = place
            there = sum(count for (other, _), count in taken.items() if other == table)
            wished = seat == wish and not taken[place]
            return (not wished, there, taken[place], seats.index(seat), tables.index(table))

        table, seat = min(taken, key=full)
        taken[table, seat] += 1
        given.append(Given(str(each["request"]), name, table, seat))
    return given, left


_NUMBERED = re.compile(r" \(?\d+\)?$")  # what the server puts behind a name that somebody has already


def _plain_name(name: str) -> str:
    return " ".join(name.split()).casefold()


def waited(since: object, now: int) -> str:
    """How long ago a moment in ms was: `20 s`, `3 min`; empty where it is not known."""
    if not isinstance(since, int) or isinstance(since, bool):
        return ""
    seconds = max(0, now - since) // 1000
    return f"{seconds} s" if seconds < 90 else phrase("{seconds} min", seconds=seconds // 60)


def average(estimates: Sequence[Mapping[str, Any]]) -> int | None:
    """The mean of estimates in per cent; None without any."""
    values = [int(each["percent"]) for each in estimates if isinstance(each.get("percent"), int)]
    return round(sum(values) / len(values)) if values else None
