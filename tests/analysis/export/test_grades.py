"""Grades rest on what people did and wrote, never on how the game ended; several graders are averaged, changes logged."""

from __future__ import annotations

import csv
import io
import re

import pytest
from attrs import evolve

from tests.support.chronicles import bots_chronicle, fork_of, played_chronicle
from wargame.analysis.chronicle import Chronicle, made
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.export.graded import GradesError, averaged, logged
from wargame.analysis.export.grades import FIELDS, Games, canvas, guide, known, moodle, sheet
from wargame.engine import events as e


@pytest.fixture(scope="module")
def games() -> Games:
    return games_of(bots_chronicle("bridge_week"))


def games_of(chronicle: Chronicle) -> Games:
    return [(read(chronicle), names_of(chronicle))]


def filled(games: Games, points: dict[str, tuple[object, ...]]) -> bytes:
    """The sheet as a grader gives it back: participation, rationale, reflection and a comment by name."""
    rows = list(csv.reader(io.StringIO(sheet(games).csv(), newline="")))
    for row in rows[1:]:
        for place, value in enumerate(points.get(row[1], ())):
            row[len(row) - 4 + place] = str(value)
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def test_everybody_who_played_is_on_the_sheet_and_nobody_else(games: Games) -> None:
    chronicle = games[0][0].chronicle
    playing = {member.name for member in chronicle.people.values() if member.seat in chronicle.program.seats and not member.bot}
    assert {row["name"] for row in sheet(games).plain()} == playing
    assert all(row[field] is None for row in sheet(games).plain() for field in FIELDS)


def test_whoever_played_at_several_tables_of_a_class_stands_on_the_sheet_once() -> None:
    old = evolve(bots_chronicle("bridge_week"), group="class")
    alone, both = (sheet([*games_of(old), *more]).plain() for more in ((), games_of(fork_of(old, 2))))
    assert both == alone, "what the fork has copied counts where it was done"
    moved = evolve(bots_chronicle("bridge_week", 2), group="class", game="other", people=old.people)
    sums = {row["name"]: row["messages"] for row in sheet([*games_of(old), *games_of(moved)]).plain()}
    apart = [sheet(games_of(each)).plain() for each in (old, moved)]
    assert sums == {one["name"]: one["messages"] + other["messages"] for one, other in zip(*apart, strict=True)}


def test_a_computer_that_has_left_the_table_is_nobody_to_grade() -> None:
    chronicle = bots_chronicle("bridge_week")
    entries = [evolve(entry, person=entry.person and f"b{entry.who}", name="A bot") for entry in chronicle.entries]
    assert not sheet(games_of(made("g", "Table 1", chronicle.base, entries, {}))).plain()


def test_the_outcome_changes_nothing() -> None:
    """Another result for the same deeds: the same sheet and the same guide, byte for byte."""
    chronicle = bots_chronicle("bridge_week")

    def turned(event: e.Event) -> e.Event:
        if not isinstance(event, e.GameEnded):
            return event
        scores = tuple(evolve(score, total=100 - score.total, met=not score.met) for score in event.result.scores)
        return e.GameEnded(evolve(event.result, scores=scores, ending=-1 if event.result.ending >= 0 else 0))

    entries = tuple(evolve(entry, events=tuple(turned(event) for event in entry.events)) for entry in chronicle.entries)
    other = evolve(chronicle, entries=entries)
    assert other.result != chronicle.result
    assert sheet(games_of(other)) == sheet(games_of(chronicle))
    assert guide(games_of(other)) == guide(games_of(chronicle))


def test_two_graders_are_averaged_and_told_where_they_are_far_apart(games: Games) -> None:
    ana = filled(games, {"Ana": (4, 3, 2, "well done"), "Bruno": (1, 1, "")})
    ben = filled(games, {"Ana": (2, "3,5", ""), "Bruno": (1, 2, 4)})
    result = averaged({"a.csv": ana, "b.csv": ben}, known(games))
    by_name = {known(games)[person]: graded for person, graded in result.graded.items()}
    assert by_name["Ana"].points == {"participation": (3, 2), "rationale": (3.25, 2), "reflection": (2, 1)}
    assert by_name["Ana"].comments == ("well done",)
    assert by_name["Bruno"].points["reflection"] == (4, 1)
    assert result.apart == ("Ana, participation: a.csv gives 4, b.csv gives 2.",)


def test_every_mistake_of_every_sheet_is_told_at_once(games: Games) -> None:
    wrong = filled(games, {"Ana": (5, "good", "nan")}).replace(b"bridge_week-bots-1/p2", b"=nobody")
    with pytest.raises(GradesError) as caught:
        averaged({"a.csv": wrong, "b.csv": b"x,y\n1,2\n", "c.csv": b""}, known(games))
    told = "\n".join(caught.value.problems)
    for words in (
        "`5` is not a number from 0 to 4",
        "`good`",
        "`nan`",
        "no person `=nobody`",
        "b.csv has no column person",
        "c.csv",
    ):
        assert words in told


def test_gradebooks_have_the_columns_they_are_known_by(games: Games) -> None:
    result = averaged({"a.csv": filled(games, {"Ana": (4, 3, 2)})}, known(games))
    rows = list(csv.reader(io.StringIO(canvas(games, result.graded), newline="")))
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[1][0].strip() == "Points Possible"
    assert rows[1][5:] == ["4", "4", "4"]
    assert next(row for row in rows if row[0] == "Ana")[5:] == ["4", "3", "2"]
    rows = list(csv.reader(io.StringIO(moodle(games, result.graded), newline="")))
    assert rows[0][:4] == ["First name", "Last name", "ID number", "Email address"]
    assert rows[0][-1] == "Feedback"


def test_a_changed_point_is_logged_once(games: Games) -> None:
    first = averaged({"a.csv": filled(games, {"Ana": (4, 3, 2)})}, known(games)).graded
    log = logged("", "monday", first)
    assert log.count("monday") == 3
    assert logged(log, "tuesday", first) == log
    again = averaged({"a.csv": filled(games, {"Ana": (3, 3, 2)})}, known(games)).graded
    last = logged(log, "wednesday", again).splitlines()[-1]
    assert last == "wednesday,bridge_week-bots-1/p1,participation,4.00,3.00,1"


def test_formulas_in_reasons_and_names_stay_texts() -> None:
    games = games_of(played_chronicle("everything"))
    for text in (sheet(games).csv(), canvas(games, {}), moodle(games, {})):
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "@")]
    assert not re.search(r"(?<!\\)<", guide(games))
