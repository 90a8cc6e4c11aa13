"""The list of a class: who is expected, from a sheet, and how whoever comes under such a name gets to their seat.

`waits_because` tells what becomes of a name at the door: None (not on the list), empty (let in at once), else why they wait.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from wargame.rules.program import Program
from wargame.scenario.problem import guess
from wargame.wire.plain import clean_name, is_name
from wargame_server.classroom import Classroom, NotDoneError
from wargame_server.game import PUBLIC
from wargame_server.roster import Guest
from wargame_server.settings import Expected
from wargame_server.table import Table

MOST_BYTES = 1_000_000
MOST_PEOPLE = 1_000
MOST_IN_A_SEAT = 10
MOST_PROBLEMS = 40  # named; the rest is counted

# What a column may be called, in any case, with or without accents.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name",
        "full name",
        "student",
        "player",
        "nombre",
        "nombre completo",
        "estudiante",
        "alumno",
        "alumna",
        "jugador",
    ),
    "surname": ("surname", "last name", "apellido", "apellidos"),
    "seat": ("seat", "team", "role", "asiento", "equipo", "rol", "puesto"),
    "table": ("table", "group", "mesa", "grupo"),
    "captain": ("captain", "leader", "capitan", "capitana"),
}
_FIRST_NAMES = ("first name", "given name")
YES = frozenset({"yes", "y", "x", "1", "true", "si", "s", "captain", "capitan", "capitana"})
NO = frozenset({"", "no", "n", "0", "false", "-"})
WATCHING = frozenset({PUBLIC, "spectator", "audience", "espectador", "espectadora", "publico"})

IS_HERE = "Somebody of your name is here already. Your facilitator sees that you wait and can let you in."
IS_LOCKED = "You are on the list, and the table is locked. Your facilitator sees that you wait and can let you in."


class RosterError(ValueError):
    """A list that cannot be used; `problems` are sentences with line numbers, all of them at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        shown = [*problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            shown.append(f"There are {len(problems) - MOST_PROBLEMS} more problems.")
        super().__init__("\n".join(shown))
        self.problems = tuple(problems)


@frozen
class Line:
    """A line of the sheet: its number, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def read_roster(data: bytes, program: Program, tables: Sequence[str]) -> tuple[Expected, ...]:
    """The people on a sheet, with seats of the program and tables by their names. Raises RosterError with every problem.

    UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; headings in English or Spanish.
    """
    if len(data) > MOST_BYTES:
        raise RosterError([f"The list has more than {MOST_BYTES // 1_000_000} MB; it should have a line a person."])
    lines = list(_lines(_text(data)))
    if not lines:
        raise RosterError(["Nobody is on the list: it has a line of headings and nothing below."])
    if len(lines) > MOST_PEOPLE:
        raise RosterError([f"The list has {len(lines)} people; a class has at most {MOST_PEOPLE}."])
    problems: list[str] = []
    seats, names = _seats_by_name(program), {key(name): name for name in tables}
    names |= {key(name).rpartition(" ")[2]: name for name in tables}
    found: list[Expected] = []
    first: dict[str, int] = {}  # by name, the line it stood in
    filled: Counter[tuple[str, str]] = Counter()
    for line in lines:
        at = f"Line {line.number}: "
        entry, faults = _entry(line, seats, names, program, tables)
        problems += [at + fault for fault in faults]
        if entry.name and key(entry.name) in first:
            problems.append(f"{at}“{entry.name}” stands in line {first[key(entry.name)]} already; tell the two apart.")
        first.setdefault(key(entry.name), line.number)
        where = (entry.table, entry.seat)
        filled[where] += 1
        if entry.seat not in ("", PUBLIC) and (entry.table or len(tables) == 1) and filled[where] == MOST_IN_A_SEAT + 1:
            place = f"{entry.seat} at {entry.table}" if entry.table else entry.seat
            problems.append(f"{at}{place} has {MOST_IN_A_SEAT} people already, and a seat has room for no more.")
        found.append(entry)
    most = MOST_IN_A_SEAT * len(program.seats) * max(1, len(tables))
    if sum(entry.seat != PUBLIC for entry in found) > most:
        problems.append(f"The list has more people than fit: at most {most} at {len(tables)} tables.")
    if problems:
        raise RosterError(problems)
    return tuple(found)


def key(name: str) -> str:
    """What names are compared by: case, blanks and ways to write an accent do not matter."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", clean_name(name)).casefold()).split())


def _bare(text: str) -> str:
    """A heading or a word as compared: small letters without accents, single blanks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in parts if not unicodedata.combining(each)).replace("_", " ").split())


def _text(data: bytes) -> str:
    """The text of a sheet, in whichever of the usual encodings it was saved."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for zeros, encoding in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if len(data) >= 4 and zeros.count(0) > len(zeros) // 2:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[Line]:
    """The lines below the headings that hold anything. Raises RosterError."""
    skipped = 0
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep="):  # what a spreadsheet writes to itself
        text, skipped = rest, 1
        first = rest.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    columns: dict[str, int] | None = None
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if columns is None:
                columns = _columns(row)
                continue
            cells = {name: row[index] if index < len(row) else "" for name, index in columns.items()}
            yield Line(reader.line_num + skipped, cells)
    except csv.Error as fault:
        raise RosterError([f"Line {reader.line_num + skipped}: this cannot be read as a table ({fault})."]) from fault
    if columns is None:
        raise RosterError(["The list is empty: its first line should be the headings name, seat, table, captain."])


def _columns(row: Sequence[str]) -> dict[str, int]:
    headings = [_bare(cell) for cell in row]
    columns: dict[str, int] = {}
    for name, words in COLUMNS.items():
        index = next((headings.index(word) for word in words if word in headings), None)
        if index is not None:
            columns[name] = index
    if "name" not in columns:
        index = next((headings.index(word) for word in _FIRST_NAMES if word in headings), None)
        if index is None:
            shown = ", ".join(cell.strip() for cell in row[:6])[:80]
            raise RosterError([f"Line 1: no column is headed “name” (or “nombre”); the headings are: {clean_name(shown)}."])
        columns["name"] = index
    return columns


def _seats_by_name(program: Program) -> dict[str, str]:
    found: dict[str, str] = {}
    for seat in program.seats:
        model = program.scenario.seats[seat]
        for word in (seat, str(model.title), str(model.short)):
            if word:
                found.setdefault(_bare(word), seat)
    return found | dict.fromkeys(WATCHING, PUBLIC)


def _entry(
    line: Line, seats: Mapping[str, str], names: Mapping[str, str], program: Program, tables: Sequence[str]
) -> tuple[Expected, list[str]]:
    cells = {name: clean_name(cell) for name, cell in line.cells.items()}
    faults: list[str] = []
    name = clean_name(f"{cells['name']} {cells.get('surname', '')}")
    if not is_name(name):
        faults.append("a name has 1 to 32 characters." if name else "the name is missing.")
    wanted = cells.get("seat", "")
    seat = seats.get(_bare(wanted), "") if wanted else ""
    if wanted and not seat:
        known = ", ".join(program.seats)
        faults.append(f"there is no seat “{wanted[:40]}”.{guess(wanted, program.seats)} The seats are {known}.")
    named = cells.get("table", "")
    table = names.get(key(named), "") if named else ""
    if named and not table:
        many = f"are {len(tables)} tables" if len(tables) > 1 else "is one table"
        faults.append(f"there is no table “{named[:40]}”; there {many}, from 1 on.")
    told = _bare(cells.get("captain", ""))
    if told not in YES | NO:
        faults.append(f"“{cells['captain'][:40]}” under captain is neither yes nor no.")
    return Expected(name, seat, table, told in YES), faults


# -- at the door --------------------------------------------------------------------------------------------------------


def _listed(classroom: Classroom, name: str) -> Expected | None:
    wanted = key(name)
    return next((entry for entry in classroom.settings.expected if key(entry.name) == wanted), None)


def waits_because(classroom: Classroom, name: str) -> str | None:
    """What becomes of somebody of this name: see the module."""
    entry = _listed(classroom, name)
    if entry is None:
        return None
    person = classroom.find(entry.person) if entry.person else None
    if person is not None and classroom.table_of(person).roster.guest_of(person) is not None:
        return IS_HERE  # somebody may be posing as them
    if any(key(guest.name) == key(entry.name) for guest in classroom.commons.waiting):
        return IS_HERE
    return IS_LOCKED if classroom.settings.locked else ""


async def admit_expected(classroom: Classroom, guest: Guest, name: str) -> None:
    """Gives somebody on the list their seat, or the one they had. Raises JournalError: then they wait in the lobby."""
    entry = _listed(classroom, name)
    if entry is None or guest not in classroom.commons.waiting:
        return
    person = classroom.find(entry.person) if entry.person else None
    try:
        if person is not None:
            if classroom.table_of(person).roster.guest_of(person) is None:
                await classroom.let_back(guest, person)
            return
        place = _place(classroom, entry)
        if place is None:
            return
        guest.name = clean_name(entry.name)
        admitted = await classroom.admit(guest, *place, captain=entry.captain)
    except NotDoneError:
        return  # gone meanwhile
    expected = (evolve(each, person=admitted.id) if each is entry else each for each in classroom.settings.expected)
    await classroom.set(expected=tuple(expected))


def _place(classroom: Classroom, entry: Expected) -> tuple[Table, str] | None:
    """Where somebody belongs; where the list leaves it open, the seat with the fewest people, at the emptiest table."""
    tables = [table for table in classroom.open_tables if entry.table in ("", table.settings.name)]
    if entry.seat == PUBLIC:
        return (tables[0], PUBLIC) if tables else None
    places = [
        (_number(table, seat), _number(table, None), order, table, seat)
        for order, table in enumerate(tables)
        for seat in ([entry.seat] if entry.seat else table.game.program.seats)
    ]
    places = [place for place in places if place[0] < MOST_IN_A_SEAT]
    if not places:
        return None
    # An optional seat is nobody's first choice.
    least = min(places, key=lambda place: (_spare(place[3], place[4]), place[0], place[1], place[2]))
    return least[3], least[4]


def _spare(table: Table, seat: str) -> bool:
    return table.game.program.scenario.seats[seat].optional


def _number(table: Table, seat: str | None) -> int:
    people = table.roster.people.values()
    return sum(person.claimed and not person.level and seat in (None, person.seat) for person in people)
