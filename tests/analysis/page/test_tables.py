"""A cell says what it is sorted by; turns are told together where they are many, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.paper import Page
from wargame.analysis.html import Node
from wargame.analysis.page.tables import MOST_COLUMNS, Cell, bar, by_turn, data_table, heat, number


def test_cells_carry_what_they_are_sorted_by() -> None:
    table = data_table(("Who", "Share", "Turn 1", ""), [["<North>", bar("50 %", 0.5), heat("3", 3, 6), "picture"]])
    page = Page(table.text)
    cells = [attributes for tag, attributes in page.elements if tag == "td"][1:]
    assert [cell.get("data-v") for cell in cells] == ["0.5", "3", None]
    assert [cell.get("style") for cell in cells] == ["--v:50%", "--v:50%", None]
    assert [cell.get("data-l") for cell in cells] == ["Share", "Turn 1", None]
    assert "<North>" in page.text


def test_columns_without_a_name_are_no_headings() -> None:
    page = Page(data_table(("Who", ""), [["a", "b"]]).text)
    assert [attributes.get("scope") for tag, attributes in page.elements if tag == "th"] == ["col", "row"]


def test_only_tables_worth_sorting_are_sorted() -> None:
    rows: list[list[Node | Cell]] = [[str(at), number(str(at), at)] for at in range(3)]
    assert "sortable" in data_table(("A", "B"), rows).text
    assert "sortable" not in data_table(("A", "B"), rows[:2]).text
    assert not data_table(("A", "B"), [])


@given(st.lists(st.integers(0, 1000), max_size=200))
def test_turns_told_together_lose_none(values: list[int]) -> None:
    heads, sums = by_turn(values)
    assert len(heads) == len(sums) <= MOST_COLUMNS
    assert sum(sums) == sum(values)
    if heads:
        assert heads[0].split("-")[0] == "1"
        assert heads[-1].split("-")[-1] == str(len(values))
