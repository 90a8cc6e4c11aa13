"""What the rows of a game hold: row 0 the scenario's sources, every later row a command's events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgpack
from attrs import frozen

from wargame.engine.coding import decode, encode
from wargame.engine.events import Event
from wargame_server.journal.contract import JournalError, Row

FORMAT = 1
OPENING = "/0"  # the command id of row 0


@frozen
class Opening:
    """Row 0: every file of the scenario by path, and the path that is loaded."""

    sources: Mapping[str, str]
    entry: str


@frozen
class Record:
    """A later row: the viewer number of who commanded it, the events, and which of the people there it was: the id of a person
    of the table and the name they had, both empty for the house."""

    who: int
    events: tuple[Event, ...]
    person: str = ""
    name: str = ""


def opening_row(opening: Opening, at: int) -> Row:
    """Row 0 of a game."""
    payload: bytes = msgpack.packb({"format": FORMAT, "entry": opening.entry, "sources": dict(opening.sources)})
    return Row(0, at, OPENING, sha256(payload).digest(), payload)


def read_opening(row: Row) -> Opening:
    """What row 0 holds. Raises JournalError when it was written by another version."""
    plain = _unpack(row)
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise JournalError("The game was kept by another version of the server.")
    return Opening(plain["sources"], plain["entry"])


def record_row(seq: int, at: int, command: str, digest: bytes, record: Record) -> Row:
    """The row of a command."""
    payload: bytes = msgpack.packb([record.who, [encode(event) for event in record.events], record.person, record.name])
    return Row(seq, at, command, digest, payload)


def read_record(row: Row) -> Record:
    """What a later row holds. Raises JournalError when it cannot be understood."""
    plain = _unpack(row)
    try:
        # Rows of before people were told apart have the first two alone.
        who, events, person, name = plain if len(plain) == 4 else (*plain, "", "")
        if not (isinstance(who, int) and isinstance(person, str) and isinstance(name, str)):
            raise TypeError("not a record")
        return Record(who, tuple(decode(event) for event in events), person, name)
    except (TypeError, ValueError) as fault:
        raise JournalError(f"Row {row.seq} cannot be understood.") from fault


def body_digest(turn: int, phase: str, body: Mapping[str, Any]) -> bytes:
    """What tells a command sent again from another one under the same id."""
    return sha256(json.dumps([turn, phase, body], sort_keys=True).encode()).digest()


def events_of(rows: Sequence[Row]) -> list[Event]:
    """All events of a game, in order, from its rows (row 0 among them or not)."""
    return [event for row in rows if row.seq > 0 for event in read_record(row).events]


def _unpack(row: Row) -> Any:
    try:
        return msgpack.unpackb(row.payload, strict_map_key=True)
    except (ValueError, TypeError) as fault:
        raise JournalError(f"Row {row.seq} cannot be read.") from fault
