"""Questions at a table: those that the engine answers from what a viewer knows, and those about people and time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from attrs import asdict

from wargame.analysis.chronicle import Member
from wargame.analysis.meters import coverage, minutes_left, quiet
from wargame.engine.commands import Refused
from wargame.engine.questions import answer
from wargame.wire import messages as wire
from wargame.wire.codec import encode
from wargame_server.journal.contract import JournalError
from wargame_server.journal.rows import read_record
from wargame_server.missed import due, missed
from wargame_server.roster import Guest

if TYPE_CHECKING:
    from wargame_server.table import Table

# Questions that may take long, or read the journal: one at a time for each who asks, and the table goes on meanwhile.
SLOW = ("missed", "check_card", "check_effects")  # no set: what is asked for may be no text at all


def ask(table: Table, guest: Guest, message: wire.Ask) -> None:
    """Answers a question, or refuses it."""
    if message.body.get("what") not in SLOW:
        _reply(table, guest, message, _answered(table, guest, message))
        return
    if guest.asking:
        table.refuse(guest, message.id, Refused("busy", "Your last question is not answered yet."))
        return
    guest.asking = True

    async def work() -> None:
        try:
            _reply(table, guest, message, await _worked_out(table, guest, message))
        finally:
            guest.asking = False

    table.aside(work())


def _reply(table: Table, guest: Guest, message: wire.Ask, reply: dict[str, Any] | Refused) -> None:
    try:
        frame = None if isinstance(reply, Refused) else encode(wire.Answer(id=message.id, body=reply))
    except Exception:
        table.log.exception("answer failed", table=table.id)
        reply, frame = Refused("unknown", "That cannot be answered."), None
    if frame is not None:
        guest.line.send(frame)
    elif isinstance(reply, Refused):
        table.refuse(guest, message.id, reply)


def _answered(table: Table, guest: Guest, message: wire.Ask) -> dict[str, Any] | Refused:
    try:
        if message.body.get("what") == "meters":
            return _meters(table, guest)
        return answer(table.game.program, table.game.state, guest.viewer, dict(message.body))
    except Exception:
        table.log.exception("question failed", table=table.id)
        return Refused("unknown", "That cannot be answered.")


async def _worked_out(table: Table, guest: Guest, message: wire.Ask) -> dict[str, Any] | Refused:
    try:
        if message.body.get("what") == "missed":
            return await _missed(table, guest)
        program, state, viewer = table.game.program, table.game.state, guest.viewer
        return await asyncio.to_thread(answer, program, state, viewer, dict(message.body))
    except JournalError:
        return Refused("unavailable", "The record cannot be read now; try again in a moment.")
    except Exception:
        table.log.exception("question failed", table=table.id)
        return Refused("unknown", "That cannot be answered.")


def _meters(table: Table, guest: Guest) -> dict[str, Any] | Refused:
    game = table.game
    if guest.viewer != game.program.white_cell:
        return Refused("forbidden", "That is the facilitator's to ask.")
    members = [
        Member(person.id, person.name, person.seat, person.level) for person in table.roster.people.values() if person.claimed
    ]
    airtime = table.meters.airtime(members)
    return {
        "objectives": coverage(game.program, game.state),
        "minutes_left": minutes_left(game.program, game.state, table.clock.now()),
        "airtime": [asdict(each) for each in airtime],
        "quiet": quiet(airtime),
    }


async def _missed(table: Table, guest: Guest) -> dict[str, Any] | Refused:
    person = guest.person
    since = table.since.get(person.id) if person is not None else None
    if since is None:
        return Refused("forbidden", "Only somebody with a place at the table has missed anything.")
    viewer, until = guest.viewer, since.until if since.until is not None else table.head
    rows = await table.journal.read(table.id, since.seq + 1)

    def read() -> tuple[list[Any], int]:
        return missed(since, [(row.seq, read_record(row).events) for row in rows if row.seq <= until], viewer)

    feed, messages = await asyncio.to_thread(read)
    game = table.game
    view = game.mirrors[viewer].data
    return {
        "turn": view["turn"],
        "phase": view["phase"],
        "feed": feed,
        "messages": messages,
        "due": due(game.program, game.state, viewer, view),
    }
