"""Sheets that graders filled in, read back: every mistake at once, averages over graders, and a log of what was changed."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.analysis.export.cells import csv_text, plain
from wargame.analysis.export.grades import FIELDS, MOST_POINTS, Graded
from wargame.analysis.msel.sheets import decoded

APART = 2  # points between two graders that they should talk about
LOG = ("time", "person", "field", "before", "after", "graders")


class GradesError(ValueError):
    """Sheets that cannot be taken. `problems`: a sentence each, with file, row and column."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@frozen
class Averaged:
    """Everybody's points, and where graders are far apart (a sentence each)."""

    graded: Mapping[str, Graded]
    apart: tuple[str, ...]


def averaged(sheets: Mapping[str, bytes], known: Mapping[str, str]) -> Averaged:
    """The sheets by file name, averaged. `known`: id -> name of the people of the game.

    Raises GradesError with every problem of every sheet.
    """
    problems: list[str] = []
    given: dict[str, dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    comments: dict[str, list[str]] = defaultdict(list)
    for file, data in sheets.items():
        _read(file, data, known, given, comments, problems)
    if problems:
        raise GradesError(problems)
    apart = [
        f"{known[person]}, {field}: " + ", ".join(f"{file} gives {points:g}" for file, points in points_of) + "."
        for person, fields in given.items()
        for field, points_of in fields.items()
        if max(points for _, points in points_of) - min(points for _, points in points_of) >= APART
    ]
    people = {
        person: Graded(
            {field: (sum(points for _, points in each) / len(each), len(each)) for field, each in given[person].items()},
            tuple(comments[person]),
        )
        for person in known
        if person in given or person in comments
    }
    return Averaged(people, tuple(apart))


def _read(
    file: str,
    data: bytes,
    known: Mapping[str, str],
    given: dict[str, dict[str, list[tuple[str, float]]]],
    comments: dict[str, list[str]],
    problems: list[str],
) -> None:
    text = decoded(data)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        problems.append(f"{file} cannot be read as CSV ({error}).")
        return
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in ("person", *FIELDS) if name not in head]
    if missing:
        problems.append(
            f"{file} has no column {', '.join(missing)}. Fill in the sheet that `wargame export --grades plain` wrote."
        )
        return
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(head, row, strict=False))
        person = plain(cells.get("person", "")).strip()
        if not any(cell.strip() for cell in row):
            continue
        if person not in known:
            problems.append(f"{file}, row {number}: there is no person `{person[:40]}` in this game.")
            continue
        if person in seen:
            problems.append(f"{file}, row {number}: {known[person]} stands here twice.")
            continue
        seen.add(person)
        for field in FIELDS:
            shown = plain(cells.get(field, "")).strip()
            points = _points(shown)
            if points is not None:
                given[person][field].append((file, points))
            elif shown:
                problems.append(f"{file}, row {number}, {field}: `{shown[:40]}` is not a number from 0 to {MOST_POINTS}.")
        comment = plain(cells.get("comment", "")).strip()
        if comment:
            comments[person].append(comment)


def _points(shown: str) -> float | None:
    """The number a cell holds, with a point or a comma; None for none, or one out of range."""
    try:
        points = float(shown.replace(",", "."))
    except ValueError:
        return None
    return points if 0 <= points <= MOST_POINTS else None


def logged(before: str, time: str, graded: Mapping[str, Graded]) -> str:
    """The log with what these grades change, a row for every point that is new or other than it was last. `before`: the log so
    far (empty for none), `time`: now, as it is to stand there."""
    rows = [tuple(row) for row in csv.reader(io.StringIO(before)) if row]
    last = {(row[1], row[2]): row[4] for row in rows[1:] if len(row) == len(LOG)}
    new = []
    for person, each in graded.items():
        for field, (mean, graders) in each.points.items():
            was = last.get((person, field), "")
            if was != f"{mean:.2f}":
                new.append((time, person, field, was, f"{mean:.2f}", str(graders)))
    return csv_text(LOG, [*rows[1:], *new])
