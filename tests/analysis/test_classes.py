"""The page of a class counts what its tables chose, names nobody, and can be read and traced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from tests.support.browser import CONTRASTS, OUTSIDE, UNFOLD, Browser, chromium
from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.classes import class_page
from wargame.analysis.debrief.record import read


@pytest.fixture(scope="module")
def tables() -> list[Chronicle]:
    return [evolve(bots_chronicle("bridge_week", number), name=f"Table {number}") for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as driver:
        yield driver


def test_choices_are_counted_over_the_tables(tables: list[Chronicle]) -> None:
    acts = [act for table in tables for act in read(table).acts if act.kind == "answer"]
    first = acts[0]
    same = [act for act in acts if (act.about, act.seat) == (first.about, first.seat)]
    count = sum(act.label == first.label for act in same)
    page = class_page(tables, "0")
    assert f"{count} of {len(same)}" in page
    assert "0 of 3" in page, "an answer that nobody gave is shown too"


def test_nobody_is_named(tables: list[Chronicle]) -> None:
    page = class_page(tables, "0")
    assert not [member.name for table in tables for member in table.people.values() if member.name in page]


def test_anonymous_reasons_do_not_name_their_table(tables: list[Chronicle]) -> None:
    named, not_named = (class_page(tables, "0", anonymous) for anonymous in (False, True))
    assert "Table 2: <q>" in named
    assert "Table 2: <q>" not in not_named


def test_it_is_the_same_every_time_and_tables_of_one_name_are_told_apart(tables: list[Chronicle]) -> None:
    assert class_page(tables, "0") == class_page(tables, "0")
    assert "Table 1 (2)" in class_page([evolve(table, name="Table 1") for table in tables], "0")


def test_games_of_other_scenarios_are_not_compared(tables: list[Chronicle]) -> None:
    with pytest.raises(ValueError, match="different scenarios"):
        class_page([tables[0], bots_chronicle("skirmish")], "0")


def test_words_of_people_are_no_markup() -> None:
    page = class_page([played_chronicle("everything", number) for number in (1, 2)], "0")
    assert "<worse>" not in page
    assert "<b>Not</b>" not in page


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_it_can_be_read(tables: list[Chronicle], browser: Browser, tmp_path: Path, width: int, dark: bool) -> None:
    place = tmp_path / "class.html"
    place.write_text(class_page(tables, "0"), encoding="utf-8")
    browser.open(place, width=width, dark=dark)
    browser.run(UNFOLD)
    assert browser.run(OUTSIDE) == []
    assert browser.run(CONTRASTS)["text"][0][0] >= 4.5
    assert len(browser.requests()) == 1
    assert browser.complaints() == []
