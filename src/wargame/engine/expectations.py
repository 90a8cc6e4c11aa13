"""What seats are expected to do once a card is on the table (`expects` of a card): how it is kept, and who knows of it.

Only the white cell does. A card opens its expectations as it is dealt, what a seat does meets them; as a turn ends
`wargame.engine.cards` looks for those that were missed.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.knowledge import owner_label
from wargame.engine.state import Awaited, State
from wargame.rules.program import Expected, Program

OPEN, MET, MISSED, VOID = "open", "met", "missed", "void"  # void: the card was taken back
TOUCHING = (e.CardDealt, e.CardRecalled, e.OrderDone, e.AgreementEntered, e.AnswerRevealed, e.ExpectationMissed)


def wanted(program: Program, each: Awaited) -> Expected:
    """The rule behind what is awaited."""
    return program.cards[each.card].expects[each.place]


# Folding


def fold(program: Program, state: State, event: e.Event) -> None:
    """What an event (already folded otherwise) does to what is expected."""
    match event:
        case e.CardDealt():
            if program.cards[event.card].expects:
                _dealt(program, state, event)
        case e.OrderDone(status="done"):
            _met(program, state, (event.seat,), "order", program.actions[event.order.action].id)
        case e.AgreementEntered():
            agreement = program.agreements[event.agreement]
            _met(program, state, agreement.parties, "agreement", agreement.id)
        case e.AnswerRevealed():
            card = next(each for each in state.hand if each.number == event.number)
            place = next(index for seat, index in card.to if seat == event.seat)
            option = program.cards[card.card].addressees[place].options[event.answer.option]
            _met(program, state, (event.seat,), "option", option.id, event.number)
        case e.CardRecalled():
            state.expected = tuple(
                evolve(each, status=VOID) if (each.number, each.status) == (event.number, OPEN) else each
                for each in state.expected
            )
        case e.ExpectationMissed():
            key = (event.number, event.place, event.seat, OPEN)
            state.expected = tuple(
                evolve(each, status=MISSED) if (each.number, each.place, each.seat, each.status) == key else each
                for each in state.expected
            )


def _dealt(program: Program, state: State, event: e.CardDealt) -> None:
    state.expected += tuple(
        Awaited(
            event.number, event.card, place, seat, state.turn + rule.within - 1, MET if _stands(program, state, rule) else OPEN
        )
        for place, rule in enumerate(program.cards[event.card].expects)
        for seat in rule.seats
        if state.played[seat]
    )


def _stands(program: Program, state: State, rule: Expected) -> bool:
    """Whether what is expected is an agreement that is in force already."""
    return rule.sort == "agreement" and bool(state.board[program.agreements[program.agreement_index[rule.id]].slot])


def _met(program: Program, state: State, seats: tuple[int, ...], sort: str, name: str, number: int | None = None) -> None:
    """Seats have done something; an answer counts for the card of its number alone."""

    def fits(each: Awaited) -> bool:
        rule = wanted(program, each)
        done = each.status == OPEN and each.seat in seats and (rule.sort, rule.id) == (sort, name)
        return done and number in (None, each.number)

    state.expected = tuple(evolve(each, status=MET) if fits(each) else each for each in state.expected)


# What a viewer knows


def expected(program: Program, state: State, viewer: int) -> list[dict[str, Any]]:
    """What was and is expected of seats: for the white cell."""
    return [_plain(program, each) for each in state.expected] if viewer == program.white_cell else []


def _plain(program: Program, each: Awaited) -> dict[str, Any]:
    rule = wanted(program, each)
    return {
        "card": str(each.number),
        "title": str(program.cards[each.card].model.title),
        "seat": program.seats[each.seat],
        "what": rule.sort,
        "id": rule.id,
        "words": str(rule.label),
        "due": each.due,
        "status": each.status,
        "if_missed": program.cards[rule.missed].id if rule.missed >= 0 else None,
    }


def project(program: Program, state: State, viewer: int) -> list[Any]:
    """What changes in a mirror where something may have changed in what is expected."""
    return [["set", "expected", expected(program, state, viewer)]] if viewer == program.white_cell else []


def missed_words(program: Program, event: e.ExpectationMissed) -> str:
    """What did not come, and what waits now because of it."""
    rule = program.cards[event.card].expects[event.place]
    said = program.phrase("Expected of {seat}: “{label}” did not come", seat=owner_label(program, event.seat), label=rule.label)
    return (
        program.phrase("{said}; “{title}” is armed", said=said, title=program.cards[event.armed].model.title)
        if event.armed >= 0
        else program.phrase("{said} in time", said=said)
    )
