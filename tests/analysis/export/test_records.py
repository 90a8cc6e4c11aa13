"""Tables hold the whole game: one row an event, every figure from the journal, every column explained."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.chronicles import BOSS, boundary_rows, played_chronicle, replayed
from tests.support.kept import Kept, agreed_and_noted
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.export.cells import Cell
from wargame.analysis.export.manual import page
from wargame.analysis.export.records import tables
from wargame.analysis.export.shapes import SHAPES
from wargame.analysis.export.tables import Shape, Table, as_json, described
from wargame.engine import events as e
from wargame.engine.history import set_back

DOCS = Path(__file__).parents[3] / "docs" / "export.md"


@pytest.fixture(scope="module", params=["everything", "odd"])
def game(request: pytest.FixtureRequest) -> Chronicle:
    return played_chronicle(request.param, 1)


def made(game: Chronicle, *, anonymous: bool = False) -> dict[str, list[dict[str, Cell]]]:
    found = tables([(read(game), names_of(game, anonymous=anonymous))])
    return {table.shape.name: table.plain() for table in found}


def test_every_event_has_its_row(game: Chronicle) -> None:
    rows = made(game)["events"]
    told = [(entry.seq, number) for entry in game.entries for number, _ in enumerate(entry.events, 1)]
    assert [(row["row"], row["event"]) for row in rows] == told
    assert {row["row"] for row in rows if not row["counts"]} == {
        entry.seq for entry in game.entries if not entry.live and entry.events
    }
    assert all(row["turn"] is not None and row["phase"] for row in rows)


def test_decisions_are_the_answers_that_were_revealed(game: Chronicle) -> None:
    revealed = [event for entry in game.live for event in entry.events if isinstance(event, e.AnswerRevealed)]
    rows = made(game)["decisions"]
    assert [row["seat"] for row in rows] == [game.program.seats[event.seat] for event in revealed]
    assert [row["rationale"] for row in rows] == [event.answer.rationale for event in revealed]
    assert [row["belief"] for row in rows] == [event.answer.belief for event in revealed]
    assert [row["in_time"] for row in rows] == [not event.defaulted for event in revealed]


def test_orders_and_messages_are_complete(game: Chronicle) -> None:
    events = [event for entry in game.live for event in entry.events]
    rows = made(game)
    assert len(rows["orders"]) == sum(isinstance(event, e.OrderDone) for event in events)
    said = [
        event.text
        for entry in game.live
        for event in entry.events
        if isinstance(event, e.Said) and (event.seat >= 0 or entry.person)
    ]
    assert [row["text"] for row in rows["messages"]] == said


def test_the_last_numbers_are_those_of_the_board(game: Chronicle) -> None:
    rows = made(game)["slots"]
    last = max(int(str(row["turn"])) for row in rows)
    shown = {slot.name: game.state.board[slot.index] for slot in game.program.shown if not slot.fixed}
    assert {row["slot"]: row["value"] for row in rows if row["turn"] == last} == shown


def test_csv_and_json_hold_the_same(game: Chronicle) -> None:
    found = tables([(read(game), names_of(game))])
    plain = json.loads(as_json(found))
    for table in found:
        rows = list(csv.reader(io.StringIO(table.csv(), newline="")))
        assert rows[0] == list(table.shape.columns)
        assert len(rows) - 1 == len(plain[table.shape.name]) == len(table.rows)


def test_anonymous_tables_name_nobody(game: Chronicle) -> None:
    names = {member.name for member in game.people.values()}
    for rows in made(game, anonymous=True).values():
        assert not {row["name"] for row in rows if "name" in row} & names


def test_anonymous_tables_name_nobody_of_a_team_and_no_table_says_whose_an_anonymous_note_is() -> None:
    game = agreed_and_noted()
    names = {member.name for member in game.people.values()}
    for rows in made(game, anonymous=True).values():
        assert not [cell for row in rows for cell in row.values() if any(name in str(cell) for name in names)]
    named = made(game)
    assert any("For it: Carla, Dmitri" in str(row["words"]) for row in named["events"])
    (note,) = named["notes"]
    assert (note["person"], note["seat"], note["name"]) == ("", None, "")
    (written,) = [row for row in named["events"] if row["what"] == "noted"]
    assert (written["by"], written["seat"]) == (None, "")


def test_a_note_stays_its_authors_where_the_game_was_set_back() -> None:
    game = Kept()
    game.to("rooms")
    game.done("white_cell", "board", open=True)
    game.done("south", "note", fact="Nobody asked.", so_what="", change="", objective="")
    entries = game.log.entries
    where = boundary_rows(game.chronicle)[-1]
    back = replayed(game.program, entries[:where])
    taken = [event for entry in entries[where:] for event in entry.events]
    again = set_back(game.program, back.state, entries[-1].at, e.Rewound(where, 0, "Again."), taken)
    game.log.row(game.program.white_cell, again, *BOSS)
    rows = made(game.chronicle)
    assert {row["person"]: row["notes"] for row in rows["people"] if row["notes"]} == {"p2": 1}
    noted = [(row["counts"], row["person"], row["by"]) for row in rows["events"] if row["what"] == "noted"]
    assert noted == [(False, "p2", "south"), (True, "p2", "south")]


def test_tables_of_a_class_stand_in_one_file() -> None:
    games = [(read(each), names_of(each)) for each in (played_chronicle("everything", 1), played_chronicle("everything", 2))]
    for table in tables(games):
        assert {row["game"] for row in table.plain()} <= {"everything-1", "everything-2"}
    people = next(table for table in tables(games) if table.shape.name == "people")
    assert {row["game"] for row in people.plain()} == {"everything-1", "everything-2"}


def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="no column"):
        Table.of(Shape("x", "A row.", {"a": "one"}), [{"b": 1}])


def test_the_page_explains_every_column() -> None:
    assert page() == DOCS.read_text(encoding="utf-8"), "run `python tools/reference.py`"
    assert described(SHAPES) in page()
