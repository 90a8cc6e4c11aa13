"""What facilitators see of all tables of their class: the rows of the message `class`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wargame.wire import messages as wire
from wargame_server.game import PUBLIC
from wargame_server.roster import Guest, Person
from wargame_server.settings import ClassSettings
from wargame_server.table import Table


def overview(settings: ClassSettings, tables: Iterable[Table], waiting: Sequence[Guest]) -> wire.Classroom:
    """The message as of now."""
    tables = list(tables)
    return wire.Classroom(
        code=settings.code,
        locked=settings.locked,
        waiting=settings.waiting,
        auto_extend=list(settings.auto_extend),
        tables=[_table(table) for table in tables],
        lobby=[{"request": guest.request, "name": guest.name, "seat": guest.wish, "since": guest.since} for guest in waiting],
        people=[row for table in tables for row in _people(table)],
    )


def _table(table: Table) -> dict[str, Any]:
    program = table.game.program
    view = table.game.mirrors[program.white_cell].data
    forked = table.settings.forked
    lines = [line["status"] for line in view.get("msel", ())]
    return {
        "table": table.id,
        "title": str(program.scenario.title),
        "name": table.settings.name,
        "status": view["status"],
        "turn": view["turn"],
        "turns": program.scenario.turns.count,
        "phase": view["phase"],
        "phase_label": _phase_label(table),
        "deadline": view["deadline"],
        "paused": view["paused"],
        "over_since": table.over_since,
        "seats": _seats(table, view),
        "spectators": len(table.roster.at(PUBLIC)),
        "petitions": sum(each["status"] == "waiting" for each in view.get("petitions", ())),
        "armed": lines.count("armed"),
        "held": lines.count("held"),
        "stop": table.settings.stopped,
        "forked_from": None if forked is None else forked[0],
    }


def _phase_label(table: Table) -> str:
    state, program = table.game.state, table.game.program
    return str(program.phases[state.phase].model.label) if state.phase >= 0 else ""


def _seats(table: Table, view: Mapping[str, Any]) -> list[dict[str, Any]]:
    roster, program = table.roster, table.game.program
    here = {guest.person for guest in roster.guests}
    people: dict[str, list[Person]] = {seat: [] for seat in program.seats}
    for person in roster.people.values():
        if person.seat in people and (person.claimed or person in here):
            people[person.seat].append(person)
    sealed, active = set(view["sealed"]), set(view["active"])
    return [
        {
            "seat": seat,
            "title": str(program.scenario.seats[seat].title),
            "people": [person.name for person in members if not person.level],
            "connected": sum(person in here for person in members if not person.level),
            "bot": next((person.level for person in members if person.level), ""),
            "sealed": seat in sealed,
            "active": seat in active,
            "blocking_since": table.waits.since.get(seat),
        }
        for seat, members in people.items()
    ]


def _people(table: Table) -> list[dict[str, Any]]:
    rights = {guest.person: guest.right for guest in table.roster.guests if guest.person is not None}
    everybody = [person for person in table.roster.people.values() if person.claimed or person in rights]
    everybody += [person for person in rights if person.id not in table.roster.people]
    return [
        {
            "person": person.id,
            "name": person.name,
            "table": table.id,
            "seat": person.seat,
            "connected": person in rights,
            "muted": person.muted,
            "right": rights.get(person, ""),
            "bot": bool(person.level),
            "captain": person.captain,
        }
        for person in everybody
    ]
