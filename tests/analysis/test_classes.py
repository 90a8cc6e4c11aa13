"""The page of a class counts what its tables chose, names nobody, and can be read and traced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from tests.support.browser import CONTRASTS, OUTSIDE, UNFOLD, Browser, chromium
from tests.support.chronicles import bots_chronicle, class_of_people, fork_of, played_chronicle
from tests.support.play import program_of, seed_of
from wargame.analysis.chronicle import Chronicle, Log
from wargame.analysis.classes import class_page
from wargame.analysis.debrief.record import read
from wargame.analysis.playout import Playout
from wargame.bots.levels import seat_bot
from wargame.engine.commands import Command
from wargame.engine.parse import parse

CARD = """\
injects:
  letter:
    title: A Letter Arrives
    to: [washington]
    pool: shelf
    text: Somebody asks what you would give for a quiet week.
    choices:
      washington:
        default: silence
        options:
          - {id: answer, stance: deescalate, label: Answer it, effects: []}
          - {id: silence, stance: hold, label: Say nothing, effects: []}
"""


def written_chronicle() -> Chronicle:
    """A game in which the facilitator writes a card and deals it."""
    program = program_of("bridge_week")
    log = Log(program, class_of_people(program))
    playout = Playout(program, {seat: seat_bot("random", program, seat, "1") for seat in program.seats}, record=log.take)
    playout.start(seed_of(1))
    playout.play_until(lambda: playout.state.turn == 1)
    for body in ({"do": "write", "source": CARD}, {"do": "fire", "card": "letter", "bound": {}}):
        phase = playout.state.phase_id(program)
        command = parse(playout.program, program.white_cell, body, turn=playout.state.turn, phase=phase)
        assert isinstance(command, Command), command
        playout.carry(command)
    playout.play()
    return log.chronicle("written", "Table 2")


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


def test_what_a_fork_has_copied_is_counted_once(tables: list[Chronicle]) -> None:
    old = evolve(tables[0], group="class")
    fork = fork_of(old, 2)
    copied = [act for act in read(fork).acts if act.kind == "answer"]
    assert copied, "something was answered before the fork"
    both, one = class_page([old, fork], "0"), class_page([old], "0")
    assert re.findall(r"\d+ of \d+", both) == re.findall(r"\d+ of \d+", one)
    assert f"{old.name}, turn 2" in both, "it says where the fork goes on from"


def test_a_card_that_was_written_at_a_table_is_shown_with_what_nobody_answered() -> None:
    page = class_page([bots_chronicle("bridge_week"), written_chronicle()], "0")
    assert "A Letter Arrives: " in page
    assert "Say nothing" in page


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
