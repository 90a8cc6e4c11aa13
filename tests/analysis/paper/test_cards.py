"""Every card and every agenda is on a face to cut out; a card's answers show their stance by sign and word."""

from __future__ import annotations

import pytest

from tests.support.paper import Page, program
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.cards import agendas, cards, filled

NAMES = ("five_questions", "bridge_week", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_and_option_is_there(name: str) -> None:
    """Title, text and options as the players see them."""
    game = program(name)
    text = Page(cards(Book(game)).text).text
    wanted = []
    for card in game.cards:
        wanted += [filled(card, str(card.model.title)), filled(card, str(card.model.text))]
        wanted += [filled(card, str(option.model.label)) for each in card.addressees for option in each.options]
    assert [each for each in wanted if " ".join(each.split()) not in text] == []
    assert text.count("▲ escalate") == sum(
        option.model.stance.value == "escalate" for card in game.cards for each in card.addressees for option in each.options
    )


def test_effects_are_not_on_the_faces() -> None:
    """What an answer does is for the facilitators."""
    text = Page(cards(Book(program("skirmish"))).text).text
    assert "Rebuild it and say nothing" in text
    assert "Public order" not in text


def test_agendas_by_deck() -> None:
    """Every agenda has a face, once for all the seats of its deck."""
    game = program("five_questions")
    html = agendas(Book(game)).text
    decks = {deck.deck: deck.agendas for deck in game.agendas}
    assert html.count('class="card"') == sum(map(len, decks.values()))
