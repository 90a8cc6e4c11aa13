"""An account says what holds and what does not, with the values behind it, and its verdict is the engine's."""

from __future__ import annotations

import pytest

from tests.support.play import ALL, program_of
from tests.support.rules import BASE, compiled
from wargame.analysis.workshop.accounts import Account, Line
from wargame.analysis.workshop.workshop import Workshop
from wargame.engine.cards import comes
from wargame.engine.legality import action_block
from wargame.engine.work import Work
from wargame.rules.program import VOID
from wargame.scenario.model import Pool

TEXT = (
    BASE[: BASE.index("\nphases:")]
    + """
phases:
  - {id: desk, label: Desk, kind: cards}
  - {id: rooms, label: Rooms, kind: orders, seconds: 60}
values: {alarmed: escalation > 3 or mood < 0}
locks:
  kinetic: {when: ban and not tariffs, otherwise: Force is off the table.}
injects:
  flare:
    title: A flare
    pool: trigger
    trigger: {turns: 2-4, when: alarmed and support >= 50, chance: 10 * escalation, once: true}
  chained_one: {title: Later, pool: chained}
  kept: {title: Kept, pool: contingency, trigger: {when: escalation > 8}}
actions:
  raid:
    seat: washington
    label: Raid
    cost: 3
    locks: [kinetic]
    targets: {target: {of: cartel, where: target.strength > 6}}
    effects: [target.strength -1, inject chained_one in 2]
"""
)


@pytest.fixture
def shop() -> Workshop:
    made = Workshop(compiled(TEXT), bytes(32), "random")
    made.jump(1, 0)
    return made


def account(shop: Workshop, kind: str, name: str, seat: int = 0) -> Account:
    return next(each for each in shop.accounts(seat) if (each.kind, each.id) == (kind, name))


def test_a_card_tells_what_keeps_it(shop: Workshop) -> None:
    """Window, once, condition part by part, chance."""
    found = account(shop, "card", "flare")
    assert (found.open, found.verdict) == (False, "no")
    assert found.lines[1:] == (
        Line(0, False, "turns 2-4", "it is turn 1"),
        Line(0, True, "comes once", "it has not come yet"),
        Line(0, False, "alarmed"),
        Line(1, False, "escalation > 3 or mood < 0"),
        Line(2, False, "escalation > 3", "`escalation` is 2"),
        Line(2, False, "mood < 0", "`mood` is 0"),
        Line(0, True, "support >= 50", "`support` is 55"),
        Line(0, True, "chance 10 * escalation", "is 20 % a turn"),
    )
    shop.set_value("escalation", "7")
    shop.jump(2, 1)
    assert account(shop, "card", "flare").verdict in ("70 %", "no")


def test_a_card_on_the_schedule_says_for_when(shop: Workshop) -> None:
    """And one that waits for an effect says so."""
    assert account(shop, "card", "chained_one").verdict == "chained"
    shop.apply_effects("inject chained_one in 2", 0)
    assert account(shop, "card", "chained_one").lines[1] == Line(0, True, "is on the schedule", "for turn 3")


def test_an_order_tells_its_lock_its_price_and_its_targets(shop: Workshop) -> None:
    """In the words that the seat is told, and the condition as written."""
    found = account(shop, "order", "raid")
    assert found.verdict == "held back"
    assert found.lines[0] == Line(0, None, "what the seat is told", "Force is off the table.")
    assert Line(0, True, "costs 3 Capital") in found.lines
    assert Line(0, False, "lock kinetic", "closed while this holds:") in found.lines
    assert Line(1, True, "ban") in found.lines
    assert Line(0, False, "at chapitos", "needs target.strength > 6; `target.strength` is 5") in found.lines
    assert Line(0, True, "at mayiza") in found.lines
    shop.set_value("ban", "false")
    assert account(shop, "order", "raid").verdict == "open"
    shop.set_value("mayiza.strength", "2")
    assert account(shop, "order", "raid").verdict == "no target"
    shop.set_value("washington.capital", "1")
    assert Line(0, False, "costs 3 Capital", "It costs 3 Capital; you have 1 left.") in account(shop, "order", "raid").lines


def test_agreements_and_endings(shop: Workshop) -> None:
    """Those of the seat; the public sees all agreements and no orders."""
    assert [each.id for each in shop.accounts(0) if each.kind == "agreement"] == ["dialogue"]
    everything = shop.accounts(shop.program.public)
    assert {each.kind for each in everything} == {"card", "agreement", "ending"}
    assert account(shop, "agreement", "dialogue").verdict == "open"
    shop.set_value("dialogue", "true")
    assert account(shop, "agreement", "dialogue").verdict == "in force"
    assert account(shop, "ending", "war").lines == (Line(0, False, "escalation >= 10", "`escalation` is 2"),)
    shop.set_value("escalation", "10")
    assert account(shop, "ending", "war").verdict == "reached"


@pytest.mark.parametrize("name", ALL)
def test_verdicts_are_the_engine_s(name: str) -> None:
    """Through a game by bots: a card that cannot come does not, a sure one does; an order is open when it may be given."""
    shop = Workshop(program_of(name), bytes(32), "random")
    while shop.state.status != "over":
        program, state = shop.program, shop.state
        for seat in state.seats[:2] if state.status == "running" else ():
            found = {(each.kind, each.id): each for each in shop.accounts(seat)}
            for card in program.cards:
                told = found["card", card.id]
                if card.pool in (Pool.TRIGGER, Pool.RANDOM) and not any(each.card == card.index for each in state.schedule):
                    come = comes(Work(program, state.fork()), card)
                    assert told.open or not come, card.id
                    assert come or told.verdict != "comes", card.id
                if card.armed != VOID and state.board[card.armed]:
                    assert told.verdict == "armed"
            for index in program.menus[seat]:
                action = program.actions[index]
                block = action_block(program, state, seat, action, state.orders.get(seat, ()))
                open_ = block is None and (not action.variables or bool(action.targets(state.board, seat)))
                assert found["order", action.id].open == open_, action.id
        shop.next_phase()
