"""An events list read back: a sheet of anybody's, with its columns found by their headings and every problem told at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, evolve, field, frozen

from wargame.analysis.msel.columns import COLUMNS, Key, column_of, folded
from wargame.analysis.msel.planned import KINDS, UNTIMED, WAITING
from wargame.analysis.msel.sheets import Grid
from wargame.scenario.check import RESERVED
from wargame.scenario.model import InjectKind, Pool
from wargame.scenario.problem import guess
from wargame.scenario.scalars import shown

HEAD_WITHIN = 30  # rows within which the headings stand
MOST_EVENTS = 500
MOST_TURNS = 60
MOST_TITLE = 100
MOST_TOLD = 60  # problems, and remarks
NEEDED: tuple[Key, ...] = ("title", "text")  # one of them must be there
USUAL_TURNS = 8  # a list that goes by the clock is dealt out over so many turns at most

EVERYBODY = frozenset(("all", "everybody", "everyone", "all players", "all seats", "all participants", "all teams"))
ALL = "*"  # every seat of the list, until all of them are known

_TURNS = re.compile(r"(?:turns?|moves?|rounds?|days?)?\s*(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?\Z", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T]?)?(?:(\d{1,2})[:.h](\d\d)(?::\d\d)?)?\s*([ap]m)?\Z", re.IGNORECASE)
_OFFSET = re.compile(r"[TH]?\s*\+\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*(?:m|min)?)?(?::(\d\d))?\Z", re.IGNORECASE)
_SEAT = re.compile(r"(.*)\[([^\[\]]*)\]\s*\Z", re.DOTALL)
_BOUND = re.compile(r"\{(\w+)\}\Z")
_EXPECTED = re.compile(r"([a-z][a-z0-9_]*): (order|agreement|option) ([a-z][a-z0-9_]*) within (\d{1,2})\Z")
_SPLIT = re.compile(r"\s*(?:;|,|\n|/|&| and )\s*")


class ListError(ValueError):
    """A sheet that cannot be taken. `problems`: a sentence each, with row and column where there are any."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems[:MOST_TOLD])


@frozen
class Expected:
    """What is expected of a seat: `what` is order, agreement or option, `if_missed` the id of a card or empty."""

    who: str
    what: str
    id: str
    within: int
    if_missed: str = ""


@frozen
class Event:
    """A row that is an event. Times that are not turns have become turns; seats and objectives are ids with their titles."""

    row: int
    id: str
    kind: InjectKind
    pool: Pool
    turns: tuple[int, int] | None
    title: str
    text: str = ""
    texts: tuple[tuple[str, str], ...] = ()  # by addressee
    to: tuple[str, ...] = ()  # ids; `{name}` for one that is bound when the card comes
    story_time: str = ""
    channel: str = ""
    sender: str = ""
    controller: str = ""
    capability: str = ""
    evaluator: str = ""
    objective: str = ""  # path
    expects: tuple[Expected, ...] = ()


@frozen
class EventsList:
    """A list as read. `seats`: id -> title, `objectives`: path -> title; `remarks`: what was made of it, a sentence each."""

    events: tuple[Event, ...]
    seats: Mapping[str, str]
    objectives: Mapping[str, str]
    turns: int
    remarks: tuple[str, ...]


def letter(column: int) -> str:
    """What a spreadsheet calls a column (0: A)."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_list(grids: Sequence[Grid]) -> EventsList:
    """The events of the sheet that looks most like a list. Raises ListError with everything that is wrong."""
    best: tuple[int, Grid, int] | None = None
    for grid in grids:
        for number, row in enumerate(grid[:HEAD_WITHIN]):
            known = len({column.key for cell in row if (column := column_of(cell)) is not None})
            if best is None or known > best[0]:
                best = (known, grid, number)
    if best is None or best[0] < 2:
        headings = ", ".join(column.heading for column in COLUMNS if column.planning)
        raise ListError([f"No row within the first {HEAD_WITHIN} names the columns of an events list. They are: {headings}."])
    return _Reader(best[1], best[2]).read()


@define
class _Reader:
    grid: Grid
    head: int  # place of the row of headings
    problems: list[str] = field(factory=list)
    remarks: list[str] = field(factory=list)
    places: dict[Key, int] = field(factory=dict)
    seats: dict[str, str] = field(factory=dict)
    objectives: dict[str, str] = field(factory=dict)
    ids: dict[str, int] = field(factory=dict)  # id -> row
    named: dict[str, str] = field(factory=dict)  # an event's number as the sheet writes it -> id

    def read(self) -> EventsList:
        self._columns()
        if self.problems:
            raise ListError(self.problems)
        rows = [(number, row) for number, row in enumerate(self.grid[self.head + 1 :], self.head + 2) if self._is_event(row)]
        if not rows:
            raise ListError([f"There is no event below the headings in row {self.head + 1}."])
        if len(rows) > MOST_EVENTS:
            raise ListError([f"There are {len(rows)} events; the most is {MOST_EVENTS}."])
        for number, row in rows:
            self._name(number, row)
        times = self._times(rows)
        events = [self._event(number, row, times[number]) for number, row in rows]
        events = [self._checked(event) for event in events]
        if self.problems:
            raise ListError(self.problems)
        turns = max([last for event in events if event.turns for last in event.turns], default=1)
        return EventsList(tuple(events), self.seats, self.objectives, max(turns, 1), tuple(self.remarks[:MOST_TOLD]))

    # Columns

    def _columns(self) -> None:
        for place, cell in enumerate(self.grid[self.head]):
            if not cell:
                continue
            column = column_of(cell)
            where = f"Row {self.head + 1}, column {letter(place)}"
            if column is None:
                close = guess(folded(cell), [folded(each.heading) for each in COLUMNS])
                self.remarks.append(f"{where}: {shown(cell)} is no column of an events list, and is left out.{close}")
            elif column.key in self.places:
                first = letter(self.places[column.key])
                self.remarks.append(
                    f"{where}: {shown(cell)} is taken for `{column.heading}`, which column {first} has; left out."
                )
            else:
                self.places[column.key] = place
        if not any(key in self.places for key in NEEDED):
            self.problems.append(
                f"Row {self.head + 1} has neither a column `Event synopsis` nor `Inject text`: without them there are no cards."
            )
        missing = [column.heading for column in COLUMNS if column.planning and column.key not in self.places]
        if missing:
            self.remarks.append(f"There is no column for: {', '.join(missing)}. These stay empty.")

    def _cell(self, row: list[str], key: Key) -> str:
        place = self.places.get(key, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    def _is_event(self, row: list[str]) -> bool:
        """A row with a title or a text of its own; a heading over all columns (merged) and a repeated heading are none."""
        filled = {cell for cell in row if cell}
        repeated = sum(column_of(cell) is not None for cell in row if cell) >= 4
        return (
            bool(self._cell(row, "title") or self._cell(row, "text"))
            and not repeated
            and (len(filled) > 1 or len(self.places) < 3)
        )

    def _where(self, number: int, key: Key) -> str:
        return f"Row {number}, column {letter(self.places.get(key, 0))}"

    # Names

    def _name(self, number: int, row: list[str]) -> None:
        written = self._cell(row, "number")
        wanted = slug(written, "event") if written else slug(self._title(row), "event")
        name, again = wanted, 2
        while name in self.ids:
            name, again = f"{wanted}_{again}", again + 1
        if name != wanted and written:
            first = self.ids[wanted]
            self.remarks.append(
                f"{self._where(number, 'number')}: {shown(written)} is the number of row {first} too; this is `{name}`."
            )
        self.ids[name] = number
        self.named.setdefault(written, name)
        self.named.setdefault(name, name)

    def _title(self, row: list[str]) -> str:
        title = " ".join((self._cell(row, "title") or self._cell(row, "text")).split())
        return title if len(title) <= MOST_TITLE else title[: MOST_TITLE - 1].rstrip() + "…"

    # Times

    def _times(self, rows: list[tuple[int, list[str]]]) -> dict[int, tuple[Pool, tuple[int, int] | None, str]]:
        """By row: the pool, the turns, and the time as it stood where it was no turn."""
        found: dict[int, tuple[Pool, tuple[int, int] | None, str]] = {}
        clocks: dict[int, tuple[bool, float]] = {}
        for number, row in rows:
            written = self._cell(row, "at")
            place = timed(written)
            if place is None:
                minutes = _minutes(written)
                if minutes is not None:
                    clocks[number] = minutes
                elif written:
                    self.remarks.append(f"{self._where(number, 'at')}: {shown(written)} is no time; the card is fired by hand.")
                found[number] = (Pool.SHELF, None, written)
            else:
                pool, turns = place
                if turns is not None and not 1 <= turns[0] <= turns[1] <= MOST_TURNS:
                    where = self._where(number, "at")
                    self.problems.append(f"{where}: {shown(written)} are no turns; they go from 1 to {MOST_TURNS}, low first.")
                found[number] = (pool, turns, "")
        if clocks:
            self._dealt_out(clocks, found, dict(rows))
        return found

    def _dealt_out(
        self,
        clocks: Mapping[int, tuple[bool, float]],
        found: dict[int, tuple[Pool, tuple[int, int] | None, str]],
        rows: Mapping[int, list[str]],
    ) -> None:
        """Gives rows that go by the clock their turns: the same number of different times to each."""
        mixed = len({relative for relative, _ in clocks.values()}) > 1
        times = {number: float(number) if mixed else minutes for number, (_, minutes) in clocks.items()}
        moments = sorted(set(times.values()))
        turn_of = {moment: 1 + place * min(len(moments), USUAL_TURNS) // len(moments) for place, moment in enumerate(moments)}
        for number, moment in times.items():
            # What is planned for a case that may not come waits for the facilitator's key.
            waits = self._kind(number, rows[number], told=False) is InjectKind.CONTINGENCY
            found[number] = (Pool.CONTINGENCY if waits else Pool.TRIGGER, (turn_of[moment],) * 2, found[number][2])
        last = max(turn_of.values())
        how = "in the order of the rows, since some count from the start and some do not" if mixed else "in order"
        self.remarks.append(f"The list goes by the clock: its {len(moments)} times were dealt out over {last} turns, {how}.")

    # Events

    def _event(self, number: int, row: list[str], time: tuple[Pool, tuple[int, int] | None, str]) -> Event:
        pool, turns, clock = time
        text, texts = self._texts(row)
        expects, evaluator = self._expects(number, row)
        written = self._cell(row, "number")
        own = self.named[written] if written and self.ids[self.named[written]] == number else ""
        return Event(
            row=number,
            id=own or next(name for name, at in self.ids.items() if at == number),
            kind=self._kind(number, row),
            pool=pool,
            turns=turns,
            title=self._title(row),
            text=text,
            texts=texts,
            to=self._to(row),
            story_time=self._cell(row, "story_time") or clock,
            channel=" ".join(self._cell(row, "channel").split()),
            sender=self._cell(row, "from"),
            controller=self._cell(row, "controller"),
            capability=self._cell(row, "capability"),
            evaluator=evaluator,
            objective=self._objective(row),
            expects=expects,
        )

    def _kind(self, number: int, row: list[str], *, told: bool = True) -> InjectKind:
        written = self._cell(row, "kind")
        for kind, words in KINDS.items():
            if folded(written) in (folded(words), kind.value) or (written and folded(written)[:6] == kind.value[:6]):
                return kind
        if told and written and folded(written) not in ("inject", "event", "key event"):
            kinds = ", ".join(KINDS.values())
            self.remarks.append(f"{self._where(number, 'kind')}: {shown(written)} is none of {kinds}; taken for contextual.")
        return InjectKind.CONTEXTUAL

    def _texts(self, row: list[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text for all, and those of single addressees, which begin with `[seat]` on a line."""
        shared: list[str] = []
        own: list[tuple[str, list[str]]] = []
        for line in self._cell(row, "text").splitlines():
            marked = re.match(r"\[([a-z][a-z0-9_]*)\] (.*)", line)
            if marked:
                own.append((marked[1], [marked[2]]))
            else:
                (own[-1][1] if own else shared).append(line)
        return "\n".join(shared).strip(), tuple((key, "\n".join(lines).strip()) for key, lines in own)

    def _to(self, row: list[str]) -> tuple[str, ...]:
        """The seats, each noted under its id. What has an id in brackets is split at `;` alone: titles may hold commas."""
        written = self._cell(row, "to")
        parts = re.split(r"\s*;\s*", written) if "[" in written or "{" in written else _SPLIT.split(written)
        found = []
        for part in filter(None, parts):
            bound = _BOUND.match(part)
            if bound:
                found.append(part)
                continue
            marked = _SEAT.match(part)
            title = " ".join((marked[1] if marked else part).split())
            if folded(title) in EVERYBODY:
                found.append(ALL)
                continue
            name = slug(marked[2] if marked else part, "seat")
            self.seats.setdefault(name, title or name)
            found.append(name)
        return tuple(dict.fromkeys(found))

    def _objective(self, row: list[str]) -> str:
        written = " ".join(self._cell(row, "objective").split())
        if not written:
            return ""
        path, colon, words = written.partition(": ")
        if colon and re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", path):
            names, titles = path.split("."), words.split(" > ")
            for depth in range(1, len(names) + 1):
                title = titles[depth - 1] if len(titles) == len(names) else words if depth == len(names) else names[depth - 1]
                self.objectives.setdefault(".".join(names[:depth]), title)
            return path
        name = slug(written, "objective")
        self.objectives.setdefault(name, written[:MOST_TITLE])
        return name

    def _expects(self, number: int, row: list[str]) -> tuple[tuple[Expected, ...], str]:
        """What is expected in the words of the language; other words go to the evaluator."""
        found: list[Expected] = []
        rest: list[str] = []
        missed = [line.strip() for line in re.split(r"[\n;]", self._cell(row, "if_missed")) if line.strip()]
        for line in self._cell(row, "expects").splitlines():
            wanted = _EXPECTED.match(line.strip())
            if wanted:
                other = missed[len(found)] if len(found) < len(missed) else ""
                card = "" if other in ("", "-") else self.named.get(other) or self.named.get(slug(other, "event"), "")
                if other not in ("", "-") and not card:
                    names = [name for name in self.named if name]
                    self.problems.append(
                        f"{self._where(number, 'if_missed')}: there is no event {shown(other)}.{guess(other, names)}"
                    )
                found.append(Expected(wanted[1], wanted[2], wanted[3], max(1, int(wanted[4])), card))
            elif line.strip():
                rest.append(line.strip())
        evaluator = self._cell(row, "evaluator")
        if rest:
            evaluator = "\n".join([*([evaluator] if evaluator else []), f"Expected: {' '.join(rest)}"])
        if missed and not found:
            evaluator = "\n".join([*([evaluator] if evaluator else []), f"If that does not happen: {', '.join(missed)}"])
        return tuple(found), evaluator

    def _checked(self, event: Event) -> Event:
        """The event with everybody it goes to by id, and with a text for each of them that it has."""
        for expected in event.expects:
            self.seats.setdefault(expected.who, expected.who)
        named = [each for name in event.to for each in (self.seats if name == ALL else (name,))]
        to = tuple(dict.fromkeys(named))
        return evolve(event, to=to, texts=tuple((key, text) for key, text in event.texts if key in to or "{" + key + "}" in to))


def timed(written: str) -> tuple[Pool, tuple[int, int] | None] | None:
    """The pool and turns that a time means as `scheduled` writes it, or as a plain turn; None for any other time."""
    for pool, words in UNTIMED.items():
        if folded(written) == folded(words):
            return pool, None
    for pool, words in sorted(WAITING.items(), key=lambda each: -len(each[1])):
        bare = written.removesuffix(words) if words else written
        if words and bare == written:
            continue
        turns = _TURNS.match(bare.strip()) if bare.strip() else None
        if turns:
            first = int(turns[1])
            return pool, (first, int(turns[2]) if turns[2] else first)
    return None


def _minutes(written: str) -> tuple[bool, float] | None:
    """A clock time or date, or an offset (T+1h30, +45m, T+0:40), in minutes, and whether it is an offset; None for neither."""
    offset = _OFFSET.match(written.strip())
    if offset and any(offset.groups()):
        days, hours, minutes, tail = (int(each) if each else 0 for each in offset.groups())
        return True, days * 1440 + hours * 60 + (minutes * 60 + tail if offset[4] else minutes)
    clock = _CLOCK.match(written.strip())
    if not clock or not (clock[1] or clock[2]):
        return None
    hours, minutes = int(clock[2] or 0), int(clock[3] or 0)
    if hours > 24 or minutes > 59:
        return None
    if clock[4]:
        hours = hours % 12 + (12 if clock[4].lower() == "pm" else 0)
    try:
        day = date.fromisoformat(clock[1]).toordinal() if clock[1] else 0
    except ValueError:
        return None
    return False, day * 1440 + hours * 60 + minutes


def slug(words: str, what: str) -> str:
    """Words as a name of the language: small letters, digits and `_`; `what` where nothing is left, or before a digit."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(sign))
    name = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40].strip("_")
    return name if name[:1].isalpha() and name not in RESERVED else f"{what}_{name}".strip("_")
