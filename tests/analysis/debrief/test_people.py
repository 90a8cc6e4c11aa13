"""Shares count what people did in the rows that count; rulings and notes stand with who made them."""

from __future__ import annotations

from collections import Counter

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.people import airtime, board, rulings
from wargame.analysis.debrief.record import read
from wargame.engine import events as e


def test_messages_are_those_of_the_journal() -> None:
    chronicle = played_chronicle("everything", 2)
    said = Counter(
        entry.person for entry in chronicle.entries for event in entry.events if isinstance(event, e.Said) and entry.who < 6
    )
    last = {entry.person: entry.seq for entry in chronicle.entries}
    words = Page(airtime(read(chronicle), names_of(chronicle)).text).text
    assert sum(said.values()) > 0
    page = airtime(read(chronicle), names_of(chronicle)).text
    cells = {Page(f"<p>{line.split('</th>')[0]}</p>").text: line for line in page.split('<th scope="row">')[1:]}
    for person, member in chronicle.people.items():
        if member.seat in chronicle.program.seats:
            line = next(line for head, line in cells.items() if head.startswith(f"{member.name} "))
            assert f'data-l="Messages" data-v="{said[person]}"' in line
            assert f"§{last[person]}" in line if person in last else "never" in line
    assert "Ms. Ortiz" not in words  # the facilitator is no player


def test_a_ruling_stands_with_odds_roll_estimates_and_dissent() -> None:
    game = Kept()
    game.to("rooms")
    game.done("south", "petition", what="We jam their radios.", because=["We have the sets."], against="It rains.")
    number = game.state.petitions[0].number
    game.done("white_cell", "estimate", number=number, percent=60)
    game.done(
        "white_cell",
        "rule",
        number=number,
        odds=100,
        success="[tension -1]",
        failure="",
        ruling="It works.",
        ruling_fails="",
        public=True,
    )
    ruled = game.last
    game.done("reds", "dissent", number=number, text="Never.")
    record, names = game.told()
    words = Page(rulings(record, names).text).text
    made = game.state.petitions[0]
    for part in (
        "We jam their radios.",
        "Southland (Bruno)",
        "It rains.",
        "Ms. Ortiz 60 %",
        f"{made.roll} against 100 %: it came off",
        f"It works. §{ruled}",
        "The Reds",
        "Never.",
    ):
        assert part in words
    roll = next(each for each in record.rolls if each.label == "Ruling: We jam their radios.")
    assert (roll.result, roll.need, roll.row) == (made.roll, 100, ruled)


def test_the_board_is_ordered_by_votes() -> None:
    game = Kept()
    game.to("rooms")
    game.done("white_cell", "board", open=True)
    for seat, fact in (("north", "First"), ("south", "Second")):
        game.done(seat, "note", fact=fact, so_what="So", change="Then", objective="q1", anonymous=seat == "south")
    second = game.state.notes[1].number
    game.done("north", "vote", number=second)
    words = Page(board(*game.told()).text).text
    assert words.index("Second") < words.index("First")
    assert "anonymous" in words
    assert "What is the aim?" in words


def test_nobody_on_record_is_a_sentence() -> None:
    record, names = Kept().told()
    assert "Ana" in Page(airtime(record, names).text).text
