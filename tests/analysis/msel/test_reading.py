"""A list is read from anybody's sheet: columns by their headings, times as turns, and every problem with its row and column."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from wargame.analysis.msel.columns import COLUMNS, HEADINGS, Column, column_of
from wargame.analysis.msel.reading import EventsList, ListError, letter, read_list
from wargame.analysis.msel.sheets import SheetError, as_csv, as_xlsx, read_grids
from wargame.scenario.model import InjectKind, Pool

HEAD = "Inject No.,Time,Type,Inject Description,Recipient,Objective\r\n"


def listed(text: str, encoding: str = "utf-8") -> EventsList:
    return read_list(read_grids(text.encode(encoding)))


def workbook(rows: list[list[object]], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = (HEAD + "1,Turn 2,,Señales de niebla,Capitán,\r\n").replace(",", delimiter)
    (event,) = listed(text, encoding).events
    assert (event.text, event.to, event.turns) == ("Señales de niebla", ("capitan",), (2, 2))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_every_name_of_a_column_finds_it(column: Column) -> None:
    for name in (column.heading, *column.others):
        found = column_of(f" {name.upper()}: ")
        assert found is not None, name


def test_a_title_above_empty_rows_and_merged_cells() -> None:
    rows: list[list[object]] = [
        ["Exercise Harbour", None, None, None],
        [],
        ["Inject No.", "Time", "Title", "To"],
        ["DAY ONE", None, None, None],
        [1, "Turn 1", "Fog", "Port"],
        [2, None, "A ship aground", "Port"],
        [3, None, "Oil", "Coast guard"],
        [],
    ]
    read = read_list(read_grids(workbook(rows, ("A1:D1", "A4:D4", "B5:B7"))))
    assert [(event.title, event.turns) for event in read.events] == [
        ("Fog", (1, 1)),
        ("A ship aground", (1, 1)),
        ("Oil", (1, 1)),
    ]


def test_dates_and_clock_times_become_turns_in_order() -> None:
    rows: list[list[object]] = [["No", "Time", "Title"]]
    rows += [[n, datetime(2026, 3, 1 + n // 2, 9, 30 * (n % 2)), f"Event {n}"] for n in (3, 0, 1, 2)]
    read = read_list(read_grids(workbook(rows)))
    assert {event.title: event.turns for event in read.events} == {f"Event {n}": (n + 1, n + 1) for n in range(4)}
    assert {event.story_time for event in read.events} == {
        f"2026-03-0{day} 09:{half}" for day in (1, 2) for half in ("00", "30")
    }
    assert any("goes by the clock" in remark for remark in read.remarks)


@pytest.mark.parametrize(
    ("written", "pool", "turns"),
    [
        ("3", Pool.TRIGGER, (3, 3)),
        ("Turn 3", Pool.TRIGGER, (3, 3)),
        ("Turns 3-7", Pool.TRIGGER, (3, 7)),
        ("Turns 3-7 by chance", Pool.RANDOM, (3, 7)),
        ("Turn 2 if needed", Pool.CONTINGENCY, (2, 2)),
        ("on call", Pool.SHELF, None),
        ("When it follows", Pool.CHAINED, None),
        ("When drawn", Pool.DECK, None),
        ("T+1h30", Pool.TRIGGER, (1, 1)),
        ("9:30 pm", Pool.TRIGGER, (1, 1)),
        ("some day", Pool.SHELF, None),
        ("", Pool.SHELF, None),
    ],
)
def test_times(written: str, pool: Pool, turns: tuple[int, int] | None) -> None:
    (event,) = listed(HEAD + f"1,{written},,Fog,Port,\r\n").events
    assert (event.pool, event.turns) == (pool, turns)


def test_an_expected_action_in_other_words_is_kept_for_the_evaluator() -> None:
    (event,) = listed("Title,To,Expected Player Action,Contingency\r\nFog,Port,Close the port,Call the mayor\r\n").events
    assert event.evaluator == "Expected: Close the port\nIf that does not happen: Call the mayor"


def test_expected_actions_in_the_words_of_the_language() -> None:
    read = listed(
        "No,Title,To,Expected action,Contingency\r\n"
        'a,Fog,Port,"port: order close within 2\nport: option wait within 1","b\n-"\r\n'
        "b,Later,Port,,\r\n"
    )
    first, second = read.events[0].expects
    assert (first.who, first.what, first.id, first.within, first.if_missed) == ("port", "order", "close", 2, "b")
    assert (second.what, second.if_missed) == ("option", "")


def test_all_is_every_seat_of_the_list() -> None:
    read = listed(HEAD + "1,1,,Fog,Port and Mayor,\r\n2,1,,Rain,ALL,\r\n")
    assert read.events[1].to == ("port", "mayor")


def test_every_problem_is_told_with_its_row_and_column() -> None:
    with pytest.raises(ListError) as caught:
        listed(
            "No,Time,Title,Expected action,Contingency\r\n1,Turn 0,Fog,,\r\n2,Turns 5-3,Rain,,\r\n"
            "3,Turn 1,Ice,port: order close within 2,nowhere\r\n"
        )
    told = caught.value.problems
    assert len(told) == 3
    assert told[0].startswith("Row 2, column B: `Turn 0`")
    assert told[1].startswith("Row 3, column B: `Turns 5-3`")
    assert told[2].startswith("Row 4, column E: there is no event `nowhere`")


@pytest.mark.parametrize("missing", range(len(HEAD.split(","))))
def test_a_list_without_a_column_is_read_or_says_which_is_needed(missing: int) -> None:
    rows = [line.split(",") for line in f"{HEAD}1,Turn 1,,Fog,Port,\r\n2,Turn 2,,Rain,Mayor,".splitlines()]
    lost = rows[0][missing]
    text = "\r\n".join(",".join(cell for column, cell in enumerate(row) if column != missing) for row in rows)
    if lost == "Inject Description":
        with pytest.raises(ListError, match="neither a column"):
            listed(text)
        return
    read = listed(text)
    assert len(read.events) == 2
    (told,) = [each for each in read.remarks if each.startswith("There is no column for:")]
    column = column_of(lost)
    assert column is not None
    assert column.heading in told


def test_what_was_made_of_odd_things_is_remarked() -> None:
    read = listed("No,Titel,Title,Foo,Type\r\n1,x,Fog,y,Weird\r\n1,x,Rain,y,Contingncy\r\n")
    told = "\n".join(read.remarks)
    for words in (
        "column D: `Foo`",
        "column A: `1` is the number of row 2 too",
        "column E: `Weird`",
        "There is no column for:",
    ):
        assert words in told
    assert [event.kind for event in read.events] == [InjectKind.CONTEXTUAL, InjectKind.CONTINGENCY]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel file"),
        (b"PK\x03\x04nonsense", "cannot be read as an Excel file"),
        (b"\x7fELF\0\1\2", "neither CSV nor XLSX"),
        (b"Title,To\r\n" * 5_001, "larger than"),
        (b"one,two\r\n1,2\r\n", "names the columns"),
        (b"No,Time,Controller\r\n1,2,3\r\n", "neither a column"),
        (b"No,Title\r\n", "no event below"),
    ],
)
def test_what_is_no_list_ends_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises((SheetError, ListError), match=words):
        read_list(read_grids(data))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_whatever_bytes_come_end_in_a_list_or_a_sentence(data: bytes) -> None:
    with suppress(SheetError, ListError):
        assert read_list(read_grids(HEAD.encode() + data)).events


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Turn 2", "All", "=1+1", "T+40m", "a; b", "[x] y"]
)


@given(st.lists(st.lists(CELLS, min_size=18, max_size=18), max_size=5))
@settings(deadline=None, max_examples=60)
def test_whatever_cells_come_end_in_a_list_or_a_sentence(rows: list[list[str]]) -> None:
    for data in (as_csv(HEADINGS, rows), as_xlsx("x", HEADINGS, rows, [10])):
        with suppress(SheetError, ListError):
            assert read_list(read_grids(data)).events


def test_columns_are_called_as_spreadsheets_do() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
