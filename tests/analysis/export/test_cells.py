"""No text that somebody typed becomes a formula in a spreadsheet, and every text reads back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.export.cells import csv_text, guarded, plain
from wargame.wire.plain import clean

TEXTS = st.text(max_size=30) | st.builds(
    str.__add__, st.sampled_from(["=", "+", "-", "@", "'", "'=", "\t=", "＝", " -"]), st.text(max_size=10)
)


@given(TEXTS)
def test_a_cell_reads_back_as_the_clean_text(text: str) -> None:
    assert plain(guarded(text)) == clean(text, newlines=True)


@given(TEXTS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert guarded(text).lstrip()[:1] not in tuple("=+-@|%＝＋－＠")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1", '=HYPERLINK("x")', "|calc", "−1"]
)
def test_what_might_run_is_guarded(text: str) -> None:
    assert guarded(text).startswith("'")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=6))
def test_a_file_reads_back_cell_by_cell(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(("a", "b"), rows), newline="")))
    assert [[plain(cell) for cell in row] for row in read[1:]] == [[clean(cell, newlines=True) for cell in row] for row in rows]


def test_numbers_stay_numbers() -> None:
    assert csv_text(("n", "m"), [(-3, 2.5), (True, None)]).splitlines()[1:] == ["-3,2.5", "true,"]
