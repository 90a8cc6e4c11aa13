"""The course of a game on the server: carried on from its rows, set back to a phase's beginning, or gone on with elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field

from wargame.analysis.chronicle import Entry
from wargame.analysis.compare import compare as side_by_side
from wargame.analysis.meters import Meters
from wargame.engine import commands
from wargame.engine.amended import fold
from wargame.engine.commands import Refused
from wargame.engine.events import Event, Forked, Rewound
from wargame.engine.history import Row as Happened
from wargame.engine.history import boundaries as phases_begun
from wargame.engine.history import live, live_rows, set_back, time_left
from wargame.engine.state import State
from wargame.rules.program import Program
from wargame.wire.plain import clean
from wargame_server.classroom import Classroom, NotDoneError
from wargame_server.game import Game
from wargame_server.journal.chronicle import chronicle_of
from wargame_server.journal.contract import JournalError, Row
from wargame_server.journal.rows import Record, body_digest, read_record, record_row
from wargame_server.missed import Since
from wargame_server.roster import Guest
from wargame_server.table import Table

LONGEST_REASON = 500
NO_BOUNDARY = "No phase began there, or it has been taken back."

Body = Mapping[str, Any]


@define(repr=False)
class Course:
    """A game carried on by rows that are durable already. `since`: how it stood after rows that were asked for."""

    game: Game
    meters: Meters
    done: dict[str, bytes] = field(factory=dict)  # command id -> digest of its body
    since: dict[int, Since] = field(factory=dict)


async def course(base: Program, rows: Sequence[Row], wanted: Iterable[int] = ()) -> Course:
    """The game that rows tell (row 0 among them). What was taken back was done all the same: its command ids are in use, and
    it counts as what people did. Raises JournalError for a row that cannot be understood."""
    made = Course(Game.fresh(base), Meters(base))
    records = [read_record(row) for row in rows[1:]]
    counting = set(live(_happened(rows[1:], records)))
    asked = sorted(set(wanted))
    for row, record in zip(rows[1:], records, strict=True):
        made.done[row.command] = row.digest
        made.meters.hear(Entry(row.seq, row.at, record.who, record.person, record.name, record.events))
        if row.seq in counting:
            # How things stood at a row that was taken back: as at the last one before it that counts.
            while asked and asked[0] < row.seq:
                number = asked.pop(0)
                made.since[number] = Since(number, made.game.program, made.game.state)
            made.game.replay(record.events)
        await asyncio.sleep(0)
    for number in asked:
        made.since[number] = Since(number, made.game.program, made.game.state)
    return made


def _happened(rows: Iterable[Row], records: Iterable[Record]) -> list[Happened]:
    return [(row.seq, record.events) for row, record in zip(rows, records, strict=True)]


async def boundaries(table: Table) -> Body:
    """Where the phases of the game began, for those who may go back there."""
    rows = (await table.journal.read(table.id))[1:]
    at = {row.seq: row.at for row in rows}
    program = table.game.program

    def work() -> list[dict[str, Any]]:
        found = phases_begun(live_rows(_happened(rows, map(read_record, rows))))
        return [
            {"seq": each.seq, "turn": each.turn, "phase": each.id(program), "label": each.label(program), "at": at[each.seq]}
            for each in found
        ]

    return {"boundaries": await asyncio.to_thread(work)}


# Going back


async def rewind(table: Table, guest: Guest, to: object, reason: object) -> Body:
    """Sets the game back to the end of row `to`, where a phase began. Raises NotDoneError, JournalError."""
    seq, words = _number(to), _reason(reason)
    refused = await table.promise(lambda: _rewind(table, guest, seq, words))
    if refused is not None:
        raise NotDoneError(refused.code, refused.reason)
    return {"turn": table.game.state.turn, "phase": table.game.phase}


async def _rewind(table: Table, guest: Guest, to: int, reason: str) -> Refused | None:
    rows = await table.journal.read(table.id)
    back = await asyncio.to_thread(_gone_back, table.game.base, rows, to, reason)
    if back is None:
        return Refused("unknown", NO_BOUNDARY)
    game, since, events = back
    refused = await table.replace(game, _own_row(table, guest, events, table.head + 1))
    if refused is None:
        for each in table.since.values():
            each.cut(to, since.program, since.state)
        table.log.info("set back", table=table.id, row=to)
    return refused


def _gone_back(base: Program, rows: Sequence[Row], to: int, reason: str) -> tuple[Game, Since, tuple[Event, ...]] | None:
    """The game as it goes on after it was set back, how it stood there, and the events that set it back; None where no phase
    began at the row."""
    happened = list(live_rows(_happened(rows[1:], map(read_record, rows[1:]))))
    if not any(each.seq == to for each in phases_begun(happened)):
        return None
    game = Game.fresh(base)
    for seq, events in happened:
        if seq <= to:
            game.replay(events)
    since = Since(to, game.program, game.state)
    how = Rewound(to, time_left(game.state, rows[to].at), reason)
    taken = [event for seq, events in happened if seq > to for event in events]
    made = set_back(game.program, game.state, rows[to].at, how, taken)
    game.replay(made)
    return game, since, made


def _own_row(table: Table, guest: Guest, events: tuple[Event, ...], seq: int) -> Row:
    """A row of the facilitator's that no command of theirs made."""
    person = guest.person
    record = Record(
        table.game.program.white_cell,
        events,
        person.id if person is not None else "",
        person.name if person is not None else "",
    )
    digest = body_digest(0, "", {"do": type(events[0]).__name__})
    return record_row(seq, table.clock.now(), f"/{seq}", digest, record)


# Going on elsewhere


async def fork(classroom: Classroom, table: Table, guest: Guest, at: object, people: object) -> Body:
    """A new table of the class that goes on from the end of row `at`, where a phase began; the old one stays as it is, paused.

    `people`: whether everybody moves there, to the seats they have. Raises NotDoneError, JournalError.
    """
    seq = _number(at)
    if not isinstance(people, bool):
        raise NotDoneError("malformed", "people is true or false.")
    rows = await table.journal.read(table.id)
    copied = await asyncio.to_thread(_copied, table.game.base, rows, seq)
    if copied is None:
        raise NotDoneError("unknown", NO_BOUNDARY)
    kept, stood = copied
    how = Forked(table.id, seq, table.settings.name, time_left(stood.state, rows[seq].at))
    events = set_back(stood.program, stood.state, rows[seq].at, how)
    await table.house(commands.Pause)  # refused where it stands already
    new = await classroom.open_table(classroom, [*kept, _own_row(table, guest, events, len(kept))], (table.id, seq))
    if people:
        try:
            await _all_move(classroom, table, new)
        except JournalError as fault:
            words = f"{new.settings.name} is there, but not everybody could be moved to it; move those who are left by hand."
            raise NotDoneError("unavailable", words) from fault
    return {"table": new.id}


def _copied(base: Program, rows: Sequence[Row], at: int) -> tuple[list[Row], Since] | None:
    """The rows that count up to row `at`, numbered anew, and how the game stood there; None where no phase began at it."""
    records = [read_record(row) for row in rows[1:]]
    happened = list(live_rows(_happened(rows[1:], records)))
    if not any(each.seq == at for each in phases_begun(happened)):
        return None
    program, state = base, State.fresh(base)
    copies = [rows[0]]
    for seq, events in happened:
        if seq > at:
            break
        row, number = rows[seq], len(copies)
        # The house's ids hold the row's number; what was gone back to is the row before, for all others are left out.
        command = f"/{number}" if row.command.startswith("/") else row.command
        record = records[seq - 1]
        if any(isinstance(event, Rewound) for event in events):
            moved = tuple(evolve(event, to=number - 1) if isinstance(event, Rewound) else event for event in events)
            record = evolve(record, events=moved)
        copies.append(record_row(number, row.at, command, row.digest, record))
        for event in events:
            program = fold(program, state, event)
    return copies, Since(at, program, state)


async def _all_move(classroom: Classroom, table: Table, new: Table) -> None:
    for person in list(table.roster.people.values()):
        if person.level:
            await classroom.add_bot(new, person.seat, person.level)
        elif person.claimed:
            captain = person.captain
            words = f"The game goes on at {new.settings.name}, from an earlier moment."
            # Whatever led to where the new table begins, they have seen.
            new.since[person.id] = Since(new.head, new.game.program, new.game.state)
            await classroom.move(person, new, person.seat, words)
            if captain:
                await classroom.put(person, captain=True)


# Side by side


async def compare(tables: Sequence[Table]) -> Body:
    """Tables of a class side by side (`wargame.analysis.compare`). Raises JournalError."""
    chronicles = []
    for table in tables:
        rows = await table.journal.read(table.id)
        people = list(table.roster.people.values())
        chronicles.append(await asyncio.to_thread(chronicle_of, table.id, table.game.base, rows, people, table.settings))
    return await asyncio.to_thread(side_by_side, *chronicles)


# Reading a body


def _number(value: object) -> int:
    if type(value) is not int or value < 1:
        raise NotDoneError("malformed", "The row to go to is a number.")
    return value


def _reason(value: object) -> str:
    words = clean(value, newlines=True).strip() if isinstance(value, str) else ""
    if not words:
        raise NotDoneError("malformed", "Say why: the reason is kept with the game.")
    return words[:LONGEST_REASON]
