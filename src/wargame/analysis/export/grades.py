"""Grades by what people did, said and learned, never by how the game ended: a sheet to fill in, and sheets for two gradebooks.

Three things are graded, each from 0 to 4: taking part, reasons, reflection. The program counts what can be counted and leaves
the points to people; several graders' sheets are averaged (`wargame.analysis.export.graded`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import Factory, define, evolve, frozen

from wargame.analysis.debrief.naming import Names
from wargame.analysis.debrief.record import Record
from wargame.analysis.export.cells import Cell, csv_text
from wargame.analysis.export.records import Row, people
from wargame.analysis.export.tables import Shape, Table
from wargame.engine import events as e
from wargame.scenario.scalars import printable

Games: TypeAlias = Sequence[tuple[Record, Names]]  # at least one

FIELDS = ("participation", "rationale", "reflection")
MOST_POINTS = 4
LEVELS: Mapping[str, tuple[str, ...]] = {
    "participation": (
        "Did nothing, or was not there.",
        "Acted in few turns, and only when pushed.",
        "Acted in most turns, in their own corner.",
        "Acted in every turn and with others: suggested, negotiated, answered.",
        "Also moved others: brought in the quiet, offered ways out, kept the team together.",
    ),
    "rationale": (
        "No reasons.",
        "Says what was chosen, not why.",
        "One reason, from the seat's own interest.",
        "Weighs at least two things, or says what others will make of it.",
        "Also says what would prove it wrong, or what is given up for it.",
    ),
    "reflection": (
        "Nothing.",
        "Tells what happened.",
        "Says why it mattered.",
        "Says what to do otherwise, with evidence from the game.",
        "Also carries it over: to another crisis, to a rule, to themselves.",
    ),
}
NEVER = "Never by score, mandate or ending: the dice and the others have their part in those."

SHEET = Shape(
    "grades",
    "One row for every person: what was counted, and empty fields to fill in.",
    {
        "person": "what the program knows them by; leave it as it is",
        "name": "the person's name",
        "seat": "the seat they had last",
        "turns": "turns in which they did anything",
        "of_turns": "turns that were played, the set-up counted",
        "answers": "answers to cards that they wrote and that stood",
        "orders": "orders that they wrote and that came up",
        "agreements": "agreements they proposed or signed",
        "suggestions": "what they suggested to their team",
        "endorsements": "suggestions of others that they endorsed or objected to",
        "messages": "messages they sent",
        "reasons": "answers and orders of theirs with a reason",
        "reason_words": "words in a reason of theirs, on average",
        "notes": "their notes for the review, not counting anonymous ones",
        "note_words": "words in them together",
        "participation": "points, 0 to 4: fill in",
        "rationale": "points, 0 to 4: fill in",
        "reflection": "points, 0 to 4: fill in",
        "comment": "what you would tell them",
    },
)


@frozen
class Graded:
    """The points of one person, averaged over those who graded: field -> (mean, how many graded it); their comments."""

    points: Mapping[str, tuple[float, int]]
    comments: tuple[str, ...] = ()


@define
class _Student:
    """Somebody who played, at however many tables of a class: what they did at all of them."""

    row: dict[str, Cell]  # as on the sheet, without what is worked out below; seat and name are the last ones
    table: str
    seen: int = 0  # when they did anything last, in ms
    turns: set[int] = Factory(set)
    of_turns: int = 0
    reasons: list[str] = Factory(list)
    notes: list[str] = Factory(list)


def sheet(games: Games) -> Table:
    """The sheet to fill in. Computers and facilitators are not on it; who played at several tables stands on it once."""
    rows: list[Row] = []
    for key, student in _students(games).items():
        reasons = sum(len(each.split()) for each in student.reasons) / len(student.reasons) if student.reasons else 0
        rows.append(
            {
                **student.row,
                "person": key,
                "turns": len(student.turns),
                "of_turns": student.of_turns,
                "reason_words": round(reasons, 1),
                "note_words": sum(len(each.split()) for each in student.notes),
            }
        )
    return Table.of(SHEET, rows)


def known(games: Games) -> dict[str, str]:
    """The people who can be graded: what the sheet knows each by -> name."""
    return {key: str(student.row["name"]) for key, student in _students(games).items()}


def _students(games: Games) -> dict[str, _Student]:
    """Everybody who can be graded, by what the sheet knows them by: ids of people are told apart within a class only."""
    found: dict[str, _Student] = {}
    there = {record.chronicle.game for record, _ in games}
    for record, names in games:
        chronicle = record.chronicle
        own = _own(record) if chronicle.forked is not None and chronicle.forked[0] in there else record
        spoken, played = _words(own), len({turn for _, _, turn in record.happened})
        seen = {entry.person: entry.at for entry, _, _ in own.happened}
        for row in people(own, names):
            person = str(row["person"])
            if row["bot"] or row["seat"] not in record.program.seats:
                continue
            counts = {column: row[column] for column in SHEET.columns if column in row and column not in ("person", "turns")}
            key = f"{chronicle.group or chronicle.game}/{person}"
            student = found.setdefault(key, _Student(dict.fromkeys(counts, 0), chronicle.name))
            for column in set(counts) - {"name", "seat"}:
                student.row[column] = _number(student.row[column]) + _number(counts[column])
            if seen.get(person, 0) >= student.seen:
                student.row |= {"name": counts["name"], "seat": counts["seat"]}
                student.table, student.seen = chronicle.name, seen.get(person, 0)
            student.turns |= {turn for entry, _, turn in own.happened if entry.person == person}
            student.of_turns = max(student.of_turns, played)
            student.reasons += spoken[person][0]
            student.notes += spoken[person][1]
    return found


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _own(record: Record) -> Record:
    """What was done at the table itself, where its first rows were copied from another table that is graded too."""
    copied = record.chronicle.copied
    return evolve(
        record,
        acts=[act for act in record.acts if act.told.row > copied],
        happened=[each for each in record.happened if each[0].seq > copied],
    )


def _words(record: Record) -> dict[str, tuple[list[str], list[str]]]:
    """By person: the reasons they gave for what stood, and what they wrote for the review."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for act in record.acts:
        if act.drafts and not act.defaulted and act.rationale.strip():
            found[act.drafts[-1].person][0].append(act.rationale)
    for _, event, _ in record.happened:
        if isinstance(event, e.Noted) and event.person:
            found[event.person][1].append(" ".join(each for each in (event.fact, event.so_what, event.change) if each))
    return found


def guide(games: Games) -> str:
    """For graders only, as Markdown: what the points mean, and everybody's own words. Nothing about who won."""
    lines = [
        f"# For graders: {_assignment(games)}",
        "",
        "Do not hand this out. Fill in `participation`, `rationale` and `reflection` in your copy of the sheet, each 0 to "
        f"{MOST_POINTS}; leave a field empty where you cannot judge. {NEVER}",
        "",
        "Each grader fills in a copy of their own, without looking at the others'. "
        "`wargame export --grades canvas --graded A.csv --graded B.csv` averages them and says where you are far apart.",
        "",
    ]
    for field, levels in LEVELS.items():
        lines += [f"## {field.capitalize()}", "", *(f"{points}. {words}" for points, words in enumerate(levels)), ""]
    lines += ["## What they wrote", ""]
    for student in _students(games).values():
        lines += [f"### {_line(str(student.row['name']))} ({student.row['seat']}, {_line(student.table)})", ""]
        lines += [f"- {_line(words)}" for words in student.reasons] or ["- no reasons"]
        lines += [f"- for the review: {_line(words)}" for words in student.notes]
        lines += [""]
    return "\n".join(lines)


def _line(text: str) -> str:
    """What somebody typed on one line of Markdown, its marks shown as they are."""
    line = printable(" ".join(text.split()))
    return "".join("\\" + sign if sign in "\\`*_{}[]<>()#+-.!|&" else sign for sign in line)


def canvas(games: Games, graded: Mapping[str, Graded]) -> str:
    """A gradebook for Canvas: its five columns of who, one column for each field, and its row of points possible.

    Canvas knows students by `ID`, `SIS User ID` or `SIS Login ID`, which a game does not: fill one of them in.
    """
    title = _assignment(games)
    head = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(f"{title}: {field.capitalize()}" for field in FIELDS))
    rows: list[tuple[Cell, ...]] = [("    Points Possible", "", "", "", "", *(MOST_POINTS for _ in FIELDS))]
    for key, called in known(games).items():
        first, last = _parts(called)
        name = f"{last}, {first}" if first and last else first or last
        rows.append((name, "", "", "", "", *_points(graded.get(key))))
    return csv_text(head, rows)


def moodle(games: Games, graded: Mapping[str, Graded]) -> str:
    """A grade sheet for Moodle's import from CSV: names, two empty columns to tell users by, a column for each field and one
    of feedback."""
    title = _assignment(games)
    head = ("First name", "Last name", "ID number", "Email address", *(f"{title}: {field.capitalize()}" for field in FIELDS))
    rows: list[tuple[Cell, ...]] = []
    for key, called in known(games).items():
        mine = graded.get(key)
        comment = " / ".join(mine.comments) if mine is not None else ""
        rows.append((*_parts(called), "", "", *_points(mine), comment))
    return csv_text((*head, "Feedback"), rows)


def _assignment(games: Games) -> str:
    return str(games[0][0].program.scenario.title)


def _points(graded: Graded | None) -> tuple[Cell, ...]:
    points = graded.points if graded is not None else {}
    return tuple(round(points[field][0], 2) if field in points else None for field in FIELDS)


def _parts(name: str) -> tuple[str, str]:
    """First names and the last name, as well as a name tells."""
    first, _, last = name.strip().rpartition(" ")
    return (first, last) if first else (last, "")
