"""The white cell's sheets hold what it takes to run the game by hand: every step, card, effect, question and number."""

from __future__ import annotations

import pytest

from tests.support.paper import Page, program
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.white_cell import NUMBERS_ACROSS, NUMBERS_DOWN, white_cell

NAMES = ("five_questions", "bridge_week", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_there(name: str) -> None:
    """Phases, every card with its question and answers, every agreement, motion, agenda, and every number of the board."""
    game = program(name)
    book = Book(game, white_cell=True)
    text = Page(white_cell(book).text).text
    wanted = [str(phase.model.label) for phase in game.phases]
    for card in game.cards:
        wanted += [str(card.model.title), str(card.model.debrief), str(card.model.cue), str(card.model.lesson)]
    wanted += [str(each.model.label) for each in game.agreements] + [str(each.model.label) for each in game.motions]
    wanted += [str(agenda.label) for deck in game.agendas for _, agenda, _ in deck.agendas]
    wanted += [str(track.label) for track in game.scenario.tracks.values()]
    wanted += [f"“{card.model.title}”" for card in game.cards if card.pool.value == "chained" and name == "five_questions"]
    assert [each for each in wanted if " ".join(each.split()) not in text] == []


def test_effects_are_told_in_full() -> None:
    """An answer's effects, the odds of its rolls, and the rules of a turn stand there as they are worked out."""
    text = Page(white_cell(Book(program("skirmish"), white_cell=True)).text).text
    assert "Your Public order −1; Calm in the valley +1" in text
    assert "Roll at or under 70: The sortie" in text
    assert "The Tern Republic: Public order + (2)" in text


def test_numbers_are_fair_and_repeat() -> None:
    """The page of numbers is the same for the same scenario, and every number is from 1 to 100."""
    game = program("skirmish")
    first, second = (white_cell(Book(game, white_cell=True)).text for _ in range(2))
    assert first == second
    page = Page(first[first.index('class="numbers"') - len("<table ") :].removesuffix("</section>"))
    numbers = [int(word) for word in page.words if word.strip().isdigit()]
    assert len(numbers) == NUMBERS_ACROSS * NUMBERS_DOWN
    assert all(1 <= number <= 100 for number in numbers)
