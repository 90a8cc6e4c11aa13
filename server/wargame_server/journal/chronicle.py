"""Chronicles out of a journal: every game of a file with its people, for reports, replays and exports.

Reading changes nothing in the file, so it may be done while a server plays on it; what is read is as of one moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from wargame.analysis.chronicle import Chronicle, Entry, Member, made
from wargame.rules.program import Program
from wargame_server.compiling import ScenarioError, rebuilt
from wargame_server.journal.contract import JournalError, Row
from wargame_server.journal.rows import read_opening, read_record
from wargame_server.journal.sqlite import Kept, read_kept
from wargame_server.roster import Person
from wargame_server.settings import PEOPLE, SETTINGS, Settings


def read_chronicles(path: Path | str, games: Collection[str] = ()) -> list[Chronicle]:
    """The games of a journal file (all, or those named), also those that broke off or have not begun, the oldest first.

    Raises JournalError with a sentence for a file that is no journal, a game that is not in it, and one that was damaged."""
    kept = read_kept(Path(path))
    known = [each for each in kept if each.rows]
    missing = sorted(set(games) - {each.game for each in known})
    if missing:
        there = ", ".join(each.game for each in known) or "none"
        raise JournalError(f"There is no game {missing[0]} in {path}. There are: {there}.")
    programs: dict[bytes, Program] = {}  # the tables of a class have one scenario
    chronicles = [_read(each, programs) for each in known if not games or each.game in games]
    # A fork begins when the game does that it was copied from: tables of a class stand in the order of their names.
    begun = {group: min(_begun(known, each.game) for each in those) for group, those in class_of(chronicles).items()}
    return sorted(
        chronicles,
        key=lambda each: (begun[each.group or each.game], each.group or each.game, len(each.name), each.name, each.game),
    )


def class_of(chronicles: Iterable[Chronicle]) -> dict[str, list[Chronicle]]:
    """The chronicles by the class they belong to; a table alone is a class of its own."""
    classes: dict[str, list[Chronicle]] = {}
    for chronicle in chronicles:
        classes.setdefault(chronicle.group or chronicle.game, []).append(chronicle)
    return classes


def chronicle_of(
    game: str, base: Program, rows: Sequence[Row], people: Iterable[Person], settings: Settings | None = None
) -> Chronicle:
    """The chronicle of a game's rows (row 0 among them) and people. Raises JournalError for a row that cannot be understood."""
    entries = []
    for row in rows:
        if row.seq > 0:
            record = read_record(row)
            entries.append(Entry(row.seq, row.at, record.who, record.person, record.name, record.events))
    members = {each.id: Member(each.id, each.name, each.seat, each.level) for each in people if each.claimed}
    name, group = (settings.name, settings.classroom) if settings is not None else ("", "")
    try:
        return made(game, name or game, base, entries, members, group)
    except ValueError as fault:
        raise JournalError(f"Game {game} cannot be told: {fault}") from fault


def _read(kept: Kept, programs: dict[bytes, Program]) -> Chronicle:
    if kept.faults:
        raise JournalError(kept.faults[0])
    opening = kept.rows[0]
    if opening.digest not in programs:
        try:
            programs[opening.digest] = rebuilt(read_opening(opening))
        except ScenarioError as fault:
            first = str(fault).splitlines()[0]
            raise JournalError(f"The scenario of game {kept.game} is not one that this version plays: {first}") from fault
    people = [Person.decode(value) for value in kept.entries.get(PEOPLE, {}).values()]
    settings = _settings(kept)
    return chronicle_of(kept.game, programs[opening.digest], kept.rows, people, settings)


def _settings(kept: Kept) -> Settings | None:
    value = kept.entries.get(SETTINGS, {}).get("")
    return Settings.decode(value, kept.game) if value is not None else None


def _begun(kept: Sequence[Kept], game: str) -> int:
    return next(each.rows[0].at for each in kept if each.game == game)
