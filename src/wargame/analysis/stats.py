"""A scenario in figures: what there is, how much there is to read and how hard it is, what the objectives are served by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from wargame.analysis.readability import readability
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.reading import briefing_words, card_words, menu_words
from wargame.analysis.sweep.run import Sweep
from wargame.analysis.sweep.time_needed import time_needed
from wargame.rules.program import Addressee, Card, Family, Program
from wargame.scenario.files import RULEBOOKS
from wargame.scenario.model import Pool, Stance, each_objective

GAMES = 10  # at random, to see how many cards and phases a game has
LONGEST = 5


def stats(program: Program) -> dict[str, Any]:
    """The figures as plain data: words are counts, minutes are those of `wargame simulate`, shares are left to the reader."""
    return {
        "scenario": program.scenario.id,
        "title": str(program.scenario.title),
        "languages": list(program.scenario.languages),
        "counts": _counts(program),
        "pools": {pool.value: len(program.drawn_from[pool]) for pool in Pool if program.drawn_from[pool]},
        "seats": {seat: _seat(program, seat) for seat in program.seats},
        "reading": {name: _reading("\n\n".join(texts)) for name, texts in _texts(program).items() if texts},
        "longest_cards": _longest(program),
        "objectives": _objectives(program),
        "minutes": _minutes(program),
    }


def _counts(program: Program) -> dict[str, int]:
    families = Counter(slot.family for slot in program.slots)
    return {
        "turns": program.scenario.turns.count,
        "seats": len(program.seats),
        "tracks": families[Family.TRACK],
        "facts": families[Family.FLAG],
        "clocks": families[Family.CLOCK],
        "areas": len(program.areas),
        "cards": len(program.cards),
        "answers": sum(len(addressee.options) for card in program.cards for addressee in card.addressees),
        "orders": len(program.actions),
        "agreements": len(program.agreements),
        "votes": len(program.motions),
        "secret choices": len(program.choices),
        "agendas": len({agenda[0] for deck in program.agendas for agenda in deck.agendas}),
        "endings": len(program.endings),
        "tests": len(program.scenario.tests),
    }


def _seat(program: Program, seat: str) -> dict[str, Any]:
    number = program.seats.index(seat)
    words = card_words(program)
    answered = [
        (card, addressee, words[card.index][place])
        for card in program.cards
        for place, addressee in enumerate(card.addressees)
        if addressee.options and number in _answering(card, addressee)
    ]
    orders = [program.actions[index].model.stance for index in program.menus[number]]
    return {
        "title": str(program.scenario.seats[seat].title),
        "briefing_words": briefing_words(program, seat),
        "menu_words": menu_words(program, seat),
        "cards": len(answered),
        "card_words": sum(count for _, _, count in answered),
        "orders": len(orders),
        "agreements": sum(number in agreement.parties for agreement in program.agreements),
        "answers_by_stance": _stances(option.model.stance for _, addressee, _ in answered for option in addressee.options),
        "orders_by_stance": _stances(iter(orders)),
    }


def _answering(card: Card, addressee: Addressee) -> Collection[int]:
    """The seats that an addressee can be."""
    return addressee.seats if addressee.variable < 0 else card.variables[addressee.variable].members


def _stances(stances: Iterator[Stance]) -> dict[str, int]:
    found = Counter(stances)
    return {stance.value: found[stance] for stance in Stance}


def _texts(program: Program) -> Mapping[str, list[str]]:
    scenario = program.scenario
    return {
        "briefings": list(dict.fromkeys(str(seat.briefing) for seat in scenario.seats.values() if seat.briefing)),
        "cards": [text for card in program.cards if (text := card_text(card))],
        "orders": [str(action.model.text) for action in program.actions if action.model.text],
    }


def card_text(card: Card) -> str:
    """What stands on a card, for all its readers."""
    return "\n\n".join(text for text in dict.fromkeys(map(str, (card.model.text, *card.model.texts.values()))) if text)


def _reading(text: str) -> dict[str, Any]:
    figures = readability(text)
    return {
        "words": figures.words,
        "sentences": figures.sentences,
        "lix": figures.lix,
        "level": figures.level,
        "grade": figures.grade,
    }


def _longest(program: Program) -> list[dict[str, Any]]:
    by_length = sorted(program.cards, key=lambda card: (-len(card_text(card)), card.id))
    return [
        {"card": card.id, "title": str(card.model.title), "words": len(card_text(card).split())} for card in by_length[:LONGEST]
    ]


def _objectives(program: Program) -> list[dict[str, Any]]:
    """Every leaf of the tree, with the cards that serve it; what only a rulebook speaks of, only where a card does."""
    served: dict[str, list[str]] = {}
    for card in program.cards:
        if card.model.objective is not None:
            served.setdefault(card.model.objective.text, []).append(card.id)
    return [
        {"objective": path, "title": str(leaf.title), "cards": served.get(path, [])}
        for path, leaf in each_objective(program.scenario.objectives)
        if not leaf.parts and (path in served or not leaf.mark.file.startswith(f"{RULEBOOKS}/"))
    ]


def _minutes(program: Program) -> dict[str, Any]:
    plan = Plan.of(program, "random", program.seats, seed=1, games=GAMES)
    sweep = Sweep([plan], None)
    sweep.run()
    needed = time_needed(plan, sweep.tallies[0])
    return {key: needed[key] for key in ("before_turn_1", "by_clocks", "by_reading", "assumed")}
