"""A chart is a small picture with a title, well formed, with no figure that is not a number, whatever it is given."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.html import Html
from wargame.analysis.page.charts import (
    WIDTH,
    Band,
    Level,
    Row,
    bullet,
    columns,
    fan,
    histogram,
    intervals,
    lines,
    stances,
    whisker,
)

TITLE = "<b> & what it shows"
numbers = st.floats(-1e12, 1e12) | st.integers(-10, 110)
shares = st.floats(0, 1)


def parsed(chart: Html) -> ET.Element:
    """The picture as a tree; fails where it is not well formed or speaks of no number."""
    tree = ET.fromstring(chart.text)
    assert tree.tag == "svg"
    assert tree.get("role") == "img"
    assert tree[0].tag == "title"
    assert tree[0].text == TITLE
    assert not {"nan", "inf", "-inf"} & set(chart.text.replace('"', " ").replace(",", " ").lower().split())
    return tree


def words(tree: ET.Element) -> list[str]:
    return [each.text or "" for each in tree.iter("text")]


@given(st.lists(st.builds(Row, st.text(), numbers, numbers, numbers, st.text(max_size=20)), min_size=1, max_size=9), numbers)
def test_intervals(rows: list[Row], most: float) -> None:
    tree = parsed(intervals(TITLE, rows, most=most, ends=("0", "end")))
    assert len(list(tree.iter("circle"))) == len(rows)


@given(numbers, numbers, numbers, st.floats(0.1, 1e6))
def test_whiskers(value: float, low: float, high: float, reach: float) -> None:
    parsed(whisker(TITLE, value, low, high, reach))


@given(numbers, numbers, numbers, numbers, numbers, st.booleans())
def test_bullets(value: float, low: float, high: float, least: float, most: float, met: bool) -> None:
    tree = parsed(bullet(TITLE, value, low, high, least, most, met))
    assert len(list(tree.iter("circle"))) == met


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), numbers, numbers)
def test_histograms(bins: list[int], mark: float, median: float) -> None:
    parsed(histogram(TITLE, bins, 0, 5, mark=mark, mark_name="mandate", median=median))


@given(
    st.lists(st.builds(Level, numbers, numbers, numbers, numbers, numbers), min_size=1, max_size=30),
    numbers,
    numbers,
    st.lists(st.builds(Band, numbers, numbers, st.text()), max_size=6),
)
def test_fans(levels: list[Level], low: float, high: float, bands: list[Band]) -> None:
    parsed(fan(TITLE, 0, levels, low, high, bands))


@given(st.lists(numbers, max_size=20))
def test_columns(values: list[float]) -> None:
    parsed(columns(TITLE, values, [str(at) for at in range(len(values))]))


@given(shares, shares, shares)
def test_stances(escalate: float, hold: float, deescalate: float) -> None:
    parsed(stances(TITLE, escalate, hold, deescalate))


def test_a_value_stands_where_it_belongs() -> None:
    """Half of the scale is its middle; an interval reaches from its low to its high end."""
    row = Row("Half", 0.5, 0.25, 0.75, "50 %", (0.0, 1.0))
    tree = parsed(intervals(TITLE, [row], ends=("0 %", "100 %")))
    (dot,) = tree.iter("circle")
    assert float(dot.get("cx", "")) == WIDTH / 2
    assert words(tree) == ["Half", "50 %", "0 %", "100 %"]
    reach = next(each for each in tree.iter("path") if each.get("class") == "line b1")
    assert (reach.get("d") or "").startswith("M87 25H253")


def test_a_dot_is_full_where_nought_lies_outside() -> None:
    assert 'class="dot f1"' in whisker(TITLE, 2, 1, 3, 5).text
    assert 'class="dot hollow"' in whisker(TITLE, 2, -1, 5, 5).text


def test_bands_are_named_where_there_is_room() -> None:
    """Bands too low for a name stand in the table only."""
    level = Level(1, 2, 3, 4, 5)
    wide = [Band(0, 49, "Calm"), Band(50, 100, "War")]
    assert {"Calm", "War"} <= set(words(parsed(fan(TITLE, 0, [level, level], 0, 100, wide))))
    thin = [Band(at, at, f"Step {at}") for at in range(101)]
    assert "Step 50" not in words(parsed(fan(TITLE, 0, [level, level], 0, 100, thin)))


@pytest.mark.parametrize(("value", "shown"), [(25_000, "25k"), (3_000_000, "3M"), (2_000_000_000, "2G"), (12, "12")])
def test_large_values_take_few_letters(value: float, shown: str) -> None:
    level = Level(value, value, value, value, value)
    assert shown in words(parsed(fan(TITLE, 1, [level], 0, value)))


def test_a_usual_chart_is_small() -> None:
    levels = [Level(at, at + 3, at + 5, at + 8, at + 11) for at in range(9)]
    bands = [Band(20 * at, 20 * at + 19, f"Band number {at}") for at in range(5)]
    assert len(fan("Track by turn", 0, levels, 0, 100, bands).text) < 2048
    assert len(histogram("Scores", [9] * 20, 0, 5, mark=60, mark_name="mandate 60", median=50).text) < 2048


@given(
    series=st.lists(st.tuples(st.text(max_size=30), st.lists(st.integers(-5, 120), max_size=12)), min_size=1, max_size=6),
    low=st.integers(-10, 0),
    high=st.integers(1, 100),
)
def test_courses_beside_each_other(series: list[tuple[str, list[int]]], low: int, high: int) -> None:
    """One of each, told apart by more than colour; each names what it came to, where no bands are named instead."""
    svg = lines(TITLE, 0, series, low, high)
    root = parsed(svg)
    courses = [each.get("class") or "" for each in root.iter() if (each.get("class") or "").startswith("line")]
    assert len(courses) == sum(bool(values) for _, values in series)
    if len(courses) == len(series):
        assert len(set(courses)) == min(len(series), 4)


def test_bands_stand_beside_a_single_course() -> None:
    bands = [Band(0, 3, "Calm"), Band(4, 10, "War")]
    assert "Calm" in lines("t", 0, [("", [1, 5])], 0, 10, bands).text
    assert "Calm" not in lines("t", 0, [("a", [1, 5]), ("b", [2, 2])], 0, 10, bands).text
