"""Inject cards: which come this turn, and what the answers do."""

from __future__ import annotations

from wargame.engine import events as e
from wargame.engine import msel
from wargame.engine.expectations import OPEN, wanted
from wargame.engine.legality import option_block, readers, spent
from wargame.engine.state import Answer, Dealt, State
from wargame.engine.work import Work
from wargame.rules.dice import draw, shuffled
from wargame.rules.execution import Execution, round_half_away
from wargame.rules.program import NOBODY, VOID, Card, Phase
from wargame.scenario.model import Pool

PRIVATE = 1 << 30  # numbers of cards that not everybody reads begin here


def deal_turn(work: Work, phase: Phase) -> None:
    """Deals this turn's cards: scheduled ones (oldest first), then those of the pools, then from the decks."""
    arm(work)
    most = phase.model.cards
    with_chained = phase.model.cards_with_chained
    dealt = _deal_scheduled(work, most if with_chained is None else with_chained)
    for pool in (Pool.TRIGGER, Pool.RANDOM):
        dealt += _deal_pool(work, pool, most - dealt)
    _deal_deck(work, phase.model.draw)


def _deal_scheduled(work: Work, most: int) -> int:
    state = work.state
    dealt = 0
    cards: set[int] = set()
    due = sorted((each for each in state.schedule if each.due <= state.turn), key=lambda each: (each.due, each.number))
    for entry in due:
        card = work.program.cards[entry.card]
        if entry.card in cards:
            continue
        if spent(work.state, card) or turns_since(work.state, card) < card.cooldown:
            work.emit(e.CardDropped(entry.number, "it came too soon after the last time"))
            continue
        if dealt >= most:
            break
        if deal(work, card, entry.bindings, "scheduled", msel.planned_line(entry.number)):
            dealt += 1
            cards.add(entry.card)
        else:
            work.emit(e.CardDropped(entry.number, "nobody it is addressed to is in the game"))
    return dealt


def _deal_pool(work: Work, pool: Pool, room: int) -> int:
    if room <= 0:
        return 0
    state = work.state
    ready = [card for card in work.program.drawn_from[pool] if comes(work, card)]
    dealt = 0
    for card in shuffled(state.seed, f"{state.turn}|card order|{pool.value}", ready):
        if dealt >= room:
            break
        dealt += deal(work, card, (), pool.value)
    return dealt


def comes(work: Work, card: Card) -> bool:
    """Whether a card of the pools `trigger` and `random` comes this turn: its window, its condition and its chance."""
    board = work.state.board
    turns = msel.window_of(work.state, card)
    if turns is None or not turns[0] <= work.state.turn <= turns[1]:
        return False
    if spent(work.state, card) or turns_since(work.state, card) < max(1, card.cooldown) or on_table(work.state, card):
        return False
    if not card.when(board, NOBODY):
        return False
    chance = round_half_away(card.chance(board, NOBODY))
    return chance >= 100 or (chance > 0 and work.percent(card.id, "card chance", card.id) <= chance)


def _deal_deck(work: Work, count: int) -> None:
    if count <= 0:
        return
    state = work.state
    # Drawing at random from what was never drawn is dealing from a shuffled deck, without keeping one.
    rest = [card for card in work.program.drawn_from[Pool.DECK] if not state.board[card.fired]]
    for card in shuffled(state.seed, f"{state.turn}|deck", rest, count):
        deal(work, card, (), "deck")


def arm(work: Work) -> None:
    """Arms contingency cards whose condition holds; they wait for the facilitator."""
    state = work.state
    for card in work.program.drawn_from[Pool.CONTINGENCY]:
        if card.index in work.program.on_missed:
            continue
        if card.turns[0] <= state.turn <= card.turns[1] and may_arm(state, card) and card.when(state.board, NOBODY):
            _arm(work, card)


def may_arm(state: State, card: Card) -> bool:
    """Whether a contingency card neither waits already nor is spent, and the facilitator has not taken it off the time-line."""
    return not state.board[card.armed] and not spent(state, card) and not msel.kept_from_arming(state, card)


def _arm(work: Work, card: Card) -> None:
    work.emit(e.CardArmed(card.index, work.write([(card.armed, 1)])))


def miss(work: Work) -> None:
    """As a turn ends: what was expected of seats by now and did not come is missed, and a contingency card named for the case
    is armed, while there is a turn left for it to come in."""
    state, program = work.state, work.program
    for each in state.expected:
        if each.status == OPEN and each.due <= state.turn:
            card = program.cards[index] if (index := wanted(program, each).missed) >= 0 else None
            arms = card is not None and may_arm(state, card) and state.turn < program.scenario.turns.count
            work.emit(
                e.ExpectationMissed(each.number, each.card, each.place, each.seat, card.index if card and arms else NOBODY)
            )
            if card is not None and arms:
                _arm(work, card)


def deal(work: Work, card: Card, given: tuple[int | None, ...], reason: str, line: str = "") -> bool:
    """Deals a card, of a line of the MSEL or without one; false when it is addressed to somebody and none of them is in the
    game."""
    state = work.state
    number = _number(work, card)
    # Told apart from others of the same card this turn, not by a running number: what else is dealt shifts no luck here.
    x = work.execution("deal", card.id, _copies(state.hand, card.index))
    bindings: list[int] = []
    for index in range(len(card.variables)):
        value = given[index] if index < len(given) else None
        bind = card.binds[index]
        if value is None:
            value = bind(state.board, x, NOBODY, *bindings) if bind is not None else NOBODY
        bindings.append(value)
    bound = tuple(bindings)
    if card.addressees and not any(state.played[seat] for seat in readers(card, bound) if seat < len(state.played)):
        return False
    to = card.answered_by(bound, state.played)
    board = state.board
    if card.on_trigger is not None and (reason not in ("scheduled", "fired", "released") or line[:1] == "t"):
        card.on_trigger(board, x, NOBODY, *bound)
    if card.on_deal is not None:
        card.on_deal(board, x, NOBODY, *bound)
    _mark(work, x, card.fired, board[card.fired] + 1)
    _mark(work, x, card.dealt_on, state.turn)
    if card.armed != VOID:
        _mark(work, x, card.armed, 0)
    effect = work.effect_of(x)
    schedule = int(line[1:]) if line[:1] == "s" else -1
    name = line or msel.line_when_dealt(state, card, reason)
    work.emit(e.CardDealt(number, card.index, bound, to, reason, schedule, effect, name))
    return True


def _number(work: Work, card: Card) -> int:
    """The number that a card now dealt gets. Those that everybody reads are counted; a gap would tell of the others,
    so those get a number from far above that tells nothing."""
    state = work.state
    if not card.private:
        return state.dealt
    number = PRIVATE + draw(state.seed, f"{state.turn}|card number|{card.id}|{state.board[card.fired]}", PRIVATE)
    while any(line.number == number for line in state.lines.values()):
        number += 1
    return number


def _mark(work: Work, x: Execution, slot: int, value: int) -> None:
    board = work.state.board
    value = min(value, work.program.slots[slot].hi)
    if board[slot] != value:
        x.writes.append((slot, board[slot], value))
        board[slot] = value


def _copies(hand: tuple[Dealt, ...], card: int) -> int:
    return sum(each.card == card for each in hand)


def resolve(work: Work) -> None:
    """Reveals all answers together and carries them out: card by card, seats in declared order."""
    hand = work.state.hand
    for place, card in enumerate(hand):
        if card.resolved:
            continue
        for seat, index in card.to:
            _reveal(work, card, seat, index, _copies(hand[:place], card.card))


def _reveal(work: Work, card: Dealt, seat: int, index: int, copy: int) -> None:
    state = work.state
    addressee = work.program.cards[card.card].addressees[index]
    answer = state.answers.get((card.number, seat))
    defaulted = answer is None
    if answer is None or option_block(state, card, seat, addressee.options[answer.option]) is not None:
        answer, defaulted = Answer(addressee.default), True
    option = addressee.options[answer.option]
    effect = work.run(option.run, seat, card.bindings, "answer", work.program.cards[card.card].id, copy, seat)
    work.emit(e.AnswerRevealed(seat, card.number, answer, defaulted, effect))


def turns_since(state: State, card: Card) -> int:
    """Turns since a card was last dealt; very many if never."""
    return state.turn - state.board[card.dealt_on] if state.board[card.fired] else 1_000_000


def on_table(state: State, card: Card) -> bool:
    """Whether a card lies on the table."""
    return any(each.card == card.index for each in state.hand)
