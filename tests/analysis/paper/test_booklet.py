"""The booklet tells every player all that is public: tracks, orders, agreements, motions, endings and scores, in words."""

from __future__ import annotations

import pytest

from tests.support.paper import Page, program
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.booklet import booklet

NAMES = ("five_questions", "bridge_week", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_everything_public_is_there(name: str) -> None:
    """Every seat, order, open agreement, motion, ending, area and part of a score appears."""
    game = program(name)
    text = Page(booklet(Book(game)).text).text
    scenario = game.scenario
    wanted = [str(seat.title) for seat in scenario.seats.values()]
    wanted += [str(action.model.label) for action in game.actions if action.seats and not action.model.names]
    wanted += [str(each.model.label) for each in game.agreements if not each.secret]
    wanted += [str(each.model.label) for each in game.motions]
    wanted += [str(each.model.title) for each in game.endings]
    wanted += [str(area.label) for area in scenario.areas.values()]
    wanted += [str(track.label) for track in scenario.tracks.values()]
    wanted += [str(part.model.label) for parts in game.scores for part in parts]
    missing = [each for each in wanted if " ".join(each.split()) not in text]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_secret_is_there(name: str) -> None:
    """No card, agenda or secret agreement is told, and no number that the public does not see."""
    game = program(name)
    text = Page(booklet(Book(game)).text).text
    told = [str(card.model.text).strip() for card in game.cards if card.model.text]
    told += [str(agenda.text) for deck in game.agendas for _, agenda, _ in deck.agendas if agenda.text]
    told += [str(each.model.terms).strip() for each in game.agreements if each.secret and each.model.terms]
    assert [each for each in told if " ".join(each.split()) in text] == []


def test_what_is_told_by_name_is_explained() -> None:
    """Every effect group and named value that the booklet speaks of has its entry at the end."""
    book = Book(program("five_questions"))
    html = booklet(book).text
    assert book.glossary.groups
    for group in book.glossary.groups.values():
        assert f"<h4>{group.name.replace('_', ' ').capitalize()}" in html


def test_a_scenario_without_map_votes_or_agreements_has_no_such_parts() -> None:
    """Empty parts are left out."""
    text = Page(booklet(Book(program("bridge_week"))).text).text
    assert ("Votes" in text) == bool(program("bridge_week").motions)
    assert "The map" not in text or program("bridge_week").areas
