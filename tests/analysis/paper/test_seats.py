"""A packet holds all that its seat needs and nothing that it may not know."""

from __future__ import annotations

import pytest
from attrs import evolve

from tests.support.paper import Page, program
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.seats import packet
from wargame.rules.program import Program, Sight

NAMES = ("five_questions", "bridge_week", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_a_packet_has_its_seats_orders_agreements_and_turns(name: str) -> None:
    """Its orders, what it may sign, its choices, and a sheet for every turn."""
    game = program(name)
    for seat in range(len(game.seats)):
        book = Book(game)
        text = Page(packet(book, seat).text).text
        wanted = [book.action(game.actions[index], seat) for index in game.menus[seat]]
        wanted += [str(each.model.label) for each in game.agreements if seat in each.parties]
        wanted += [str(each.model.label) for each in game.choices if each.seat == seat]
        wanted += [book.turn(turn) for turn in range(1, game.scenario.turns.count + 1)]
        assert [each for each in wanted if " ".join(each.split()) not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_of_another_seat(name: str) -> None:
    """No agenda, no card, no agreement between others that is secret."""
    game = program(name)
    for seat in range(len(game.seats)):
        text = Page(packet(Book(game), seat).text).text
        told = [str(agenda.text) for deck in game.agendas for _, agenda, _ in deck.agendas if agenda.text]
        told += [str(card.model.text).strip() for card in game.cards if card.model.text]
        told += [str(card.model.title) for card in game.cards if len(str(card.model.title)) > 12]
        told += [str(each.model.label) for each in game.agreements if each.secret and seat not in each.parties]
        assert [each for each in told if " ".join(each.split()) in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_seat_does_not_see_makes_no_difference(name: str) -> None:
    """With every hidden number at another value, and every rough one elsewhere in its band, a packet is the same."""
    game = program(name)
    for seat in range(len(game.seats)):
        assert packet(Book(game), seat) == packet(Book(_elsewhere(game, seat)), seat)


def _elsewhere(game: Program, seat: int) -> Program:
    slots = []
    for slot in game.slots:
        level = game.sight[seat][slot.index]
        start = slot.start
        if slot.shown and level == Sight.HIDDEN:
            start = slot.lo if slot.start == slot.hi else slot.hi
        elif slot.shown and level == Sight.BAND:
            start = next(
                (band.lo if start == band.hi else band.hi for band in slot.bands if band.lo <= start <= band.hi), start
            )
        slots.append(evolve(slot, start=start))
    return evolve(game, slots=tuple(slots), start=tuple(slot.start for slot in slots))


def test_a_briefing_does_not_repeat_the_title() -> None:
    """The seat's title stands once at the head, though its briefing begins with it."""
    html = packet(Book(program("five_questions")), 0).text
    assert html.count("<h1>The White House</h1>") == 1
    assert "<h2>The White House</h2>" not in html
