"""Words to read: what a seat has in front of it, on cards, in its briefing and on its menus."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.program import Addressee, Card, Program
from wargame.scenario.text import Text


def words(*texts: Text | str) -> int:
    """How many words the texts have."""
    return sum(len(str(text).split()) for text in texts)


def card_words(program: Program) -> Sequence[Sequence[int]]:
    """By card and addressee: the words of its title, text and options."""
    return tuple(tuple(_card(card, addressee) for addressee in card.addressees) for card in program.cards)


def _card(card: Card, addressee: Addressee) -> int:
    text = card.model.texts.get(addressee.key) or card.model.texts.get("others") or card.model.text
    options = [part for option in addressee.options for part in (option.model.label, option.model.text)]
    return words(card.model.title, text, *options)


def briefing_words(program: Program, seat: str) -> int:
    """The words of a seat's briefing."""
    return words(program.scenario.seats[seat].briefing)


def menu_words(program: Program, seat: str) -> int:
    """The words of everything else a seat can look up before the first turn: orders, agreements, secret choices, agenda."""
    number = program.seats.index(seat)
    texts: list[Text | str] = []
    for index in program.menus[number]:
        action = program.actions[index].model
        texts += [action.names.get(seat, action.label), action.text]
    for agreement in program.agreements:
        if number in agreement.parties:
            texts += [agreement.model.label, agreement.model.terms]
    for choice in program.choices:
        if choice.seat == number:
            texts += [part for option in choice.model.options.values() for part in (option.label, option.text)]
    agendas = [
        words(model.label, model.text) for deck in program.agendas if deck.seat == number for _, model, _ in deck.agendas
    ]
    return words(*texts) + (sum(agendas) // len(agendas) if agendas else 0)
