"""Accounts of why a card comes or not, an order or agreement is open or not, an ending is reached or not: plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from wargame.engine.cards import on_table, turns_since
from wargame.engine.legality import action_block, committed, spent, unaffordable
from wargame.engine.state import State
from wargame.rules.execution import round_half_away
from wargame.rules.program import NOBODY, Action, Agreement, Board, Card, Ending, Kind, Program
from wargame.rules.reasons import Hold, Reasons
from wargame.rules.why import Part
from wargame.scenario.model import Pool

MOST_TARGETS = 16  # of an order that are told one by one

POOLS = {
    Pool.TRIGGER: "comes by itself when all of this holds",
    Pool.RANDOM: "comes at random, after the cards with a trigger, when all of this holds",
    Pool.CHAINED: "comes only when an effect or a clock schedules it",
    Pool.DECK: "is drawn from the deck",
    Pool.SHELF: "is dealt by the facilitator only",
    Pool.CONTINGENCY: "arms itself when all of this holds, and waits for the facilitator",
}


@frozen
class Line:
    """A line of an account. `holds`: whether it is so, None where that is no question; `saw`: the values behind it."""

    indent: int
    holds: bool | None
    words: str
    saw: str = ""


@frozen
class Account:
    """Why something can happen now or cannot. `kind`: card, order, agreement, ending."""

    kind: str
    id: str
    title: str
    open: bool
    verdict: str
    lines: tuple[Line, ...]


def accounts(program: Program, state: State, reasons: Reasons, seat: int) -> list[Account]:
    """Accounts of all cards, the seat's orders and agreements (NOBODY: all agreements, no orders), and all endings."""
    found = [card_account(state, reasons, card) for card in program.cards]
    if seat != NOBODY:
        found += [order_account(program, state, reasons, program.actions[index], seat) for index in program.menus[seat]]
    found += [
        agreement_account(program, state, reasons, each)
        for each in program.agreements
        if seat == NOBODY or seat in each.parties
    ]
    return found + [ending_account(state, reasons, ending) for ending in program.endings]


def part_lines(part: Part, board: Board, me: int, refs: Sequence[int] = (), indent: int = 0) -> Iterator[Line]:
    """A condition part by part. What is joined by `and` stands in lines of its own, without a line for the whole."""
    if part.joined == "and":
        for each in part.parts:
            yield from part_lines(each, board, me, refs, indent)
        return
    inner = part.parts[0] if part.joined == "not" and not part.parts[0].parts else part  # `not x` needs no line for `x`
    yield Line(indent, bool(part.test(board, me, *refs)), part.words, _saw(inner, board, me, refs))
    if inner is part:
        for each in part.parts:
            yield from part_lines(each, board, me, refs, indent + 1)


def _saw(part: Part, board: Board, me: int, refs: Sequence[int]) -> str:
    return ", ".join(term.told(term.value(board, me, *refs)) for term in part.terms)


# ------------------------------------------------------------ cards


def card_account(state: State, reasons: Reasons, card: Card) -> Account:
    """When a card comes, and why it does not now."""
    lines = [Line(0, None, POOLS[card.pool])]
    due = sorted(each.due for each in state.schedule if each.card == card.index)
    if due:
        lines.append(Line(0, True, "is on the schedule", f"for turn {', '.join(map(str, due))}"))
    times = state.board[card.fired]
    if times:
        lines.append(Line(0, None, f"dealt {_times(times)} so far", f"last in turn {state.board[card.dealt_on]}"))
    if on_table(state, card):
        lines.append(Line(0, None, "lies on the table"))
    may = True
    if card.pool.waits:
        needs = list(_needs(state, reasons, card))
        may = all(line.holds is not False for line in needs if not line.indent)
        lines += needs
    open_, verdict = _card_verdict(state, card, due, may)
    return Account("card", card.id, str(card.model.title), open_, verdict, tuple(lines))


def _needs(state: State, reasons: Reasons, card: Card) -> Iterator[Line]:
    board = state.board
    first, last = card.turns
    span = f"turn {first}" if first == last else f"turns {first}-{last}"
    yield Line(0, first <= state.turn <= last, span, f"it is turn {state.turn}")
    if card.once:
        yield Line(0, not spent(state, card), "comes once", "it has come" if spent(state, card) else "it has not come yet")
    if card.pool is not Pool.CONTINGENCY:
        since, pause = turns_since(state, card), max(1, card.cooldown)
        if board[card.fired]:
            yield Line(0, since >= pause, f"{_times(pause, 'turn')} between two times", f"{_times(since, 'turn')} ago")
        if on_table(state, card):
            yield Line(0, False, "not while it lies on the table")
    part = reasons.cards[card.index]
    if part is not None:
        yield from part_lines(part, board, NOBODY)
    chance = reasons.chances[card.index]
    if chance is not None and card.pool is not Pool.CONTINGENCY:
        percent = chance_of(state, card)
        yield Line(0, percent > 0, f"chance {chance.words}", f"is {percent} % a turn")


def chance_of(state: State, card: Card) -> int:
    """With how many per cent a card comes in a turn in which its conditions hold."""
    return min(100, max(0, round_half_away(card.chance(state.board, NOBODY))))


def _card_verdict(state: State, card: Card, due: Sequence[int], may: bool) -> tuple[bool, str]:
    if card.armed and state.board[card.armed]:
        return True, "armed"
    if due and due[0] <= state.turn:
        return True, "scheduled"
    if card.pool in (Pool.TRIGGER, Pool.RANDOM) and may:
        percent = chance_of(state, card)
        return True, "comes" if percent >= 100 else f"{percent} %"
    if card.pool is Pool.CONTINGENCY and may:
        return True, "arms itself"
    if due:
        return False, f"turn {due[0]}"
    return False, {Pool.SHELF: "shelf", Pool.DECK: "deck", Pool.CHAINED: "chained"}.get(card.pool, "no")


# ------------------------------------------------------------ orders, agreements, endings


def order_account(program: Program, state: State, reasons: Reasons, action: Action, seat: int) -> Account:
    """Whether a seat may give an order now, at whom, and what holds it back."""
    board = state.board
    draft = state.orders.get(seat, ())
    block = action_block(program, state, seat, action, draft)
    lines = []
    costs = action.costs.get(seat, ())
    if costs:
        short = unaffordable(program, state, costs, committed(program, state, seat, draft))
        price = ", ".join(f"{amount} {program.slots[slot].label}" for slot, amount in costs)
        lines.append(Line(0, short is None, f"costs {price}", short.reason if short is not None else ""))
    if action.model.once:
        given = board[action.given[seat]]
        lines.append(Line(0, not given, "once a game", "it has been given" if given else "not given yet"))
    holds = reasons.actions[action.index]
    nobody = (NOBODY,) * len(action.variables)
    for hold in holds:
        if not hold.aimed:
            lines += _hold_lines(hold, board, seat, nobody)
    opened = 1
    if action.variables:
        candidates = action.candidates(board, seat)
        opened = len(action.targets(board, seat))
        for refs in candidates[:MOST_TARGETS]:
            lines += _target_lines(program, action, holds, board, seat, refs)
        if len(candidates) > MOST_TARGETS:
            lines.append(Line(0, None, f"and {len(candidates) - MOST_TARGETS} targets more"))
    verdict = "held back" if block is not None else "open" if opened else "no target"
    if block is not None:
        lines.insert(0, Line(0, None, "what the seat is told", block.reason))
    return Account("order", action.id, str(action.model.label), verdict == "open", verdict, tuple(lines))


def _hold_lines(hold: Hold, board: Board, seat: int, refs: tuple[int, ...]) -> Iterator[Line]:
    if not hold.closes:
        yield from part_lines(hold.part, board, seat, refs)
        return
    yield Line(0, hold.open(board, seat, refs), hold.what, "closed while this holds:")
    yield from part_lines(hold.part, board, seat, refs, 1)


def _target_lines(
    program: Program, action: Action, holds: Sequence[Hold], board: Board, seat: int, refs: tuple[int, ...]
) -> Iterator[Line]:
    names = ", ".join(_member(program, one.kind, member) for one, member in zip(action.variables, refs, strict=True))
    closed = [hold for hold in holds if hold.aimed and not hold.open(board, seat, refs)]
    lines = [line for hold in closed for line in part_lines(hold.part, board, seat, refs) if line.holds is False]
    if len(lines) > 1:
        yield Line(0, False, f"at {names}")
        for line in lines:
            yield evolve(line, indent=line.indent + 1)
    elif lines:
        yield Line(0, False, f"at {names}", f"needs {lines[0].words}; {lines[0].saw}".removesuffix("; "))
    else:
        yield Line(0, not closed, f"at {names}")


def _member(program: Program, kind: Kind, member: int) -> str:
    if kind is Kind.NUMBER or member == NOBODY:
        return str(member) if kind is Kind.NUMBER else "nobody"
    if kind is Kind.AGREEMENT:
        return program.agreements[member].id
    return (program.owners if kind is Kind.OWNER else program.areas)[member]


def agreement_account(program: Program, state: State, reasons: Reasons, agreement: Agreement) -> Account:
    """Whether an agreement is in force, what its parties need, and when it lapses."""
    board = state.board
    force = bool(board[agreement.slot])
    lines = [Line(0, force, "in force")]
    open_ = not force
    for seat in agreement.parties:
        held = [hold for hold in reasons.agreements[agreement.index] if hold.seat in (NOBODY, seat)]
        costs = agreement.costs.get(seat, ())
        short = unaffordable(program, state, costs, {}) if costs else None
        free = all(hold.open(board, seat, ()) for hold in held) and short is None
        open_ = open_ and free
        lines.append(Line(0, free, f"key of {program.seats[seat]}", short.reason if short is not None else ""))
        for hold in held:
            lines += part_lines(hold.part, board, seat, (), 1)
    lapse = reasons.lapses[agreement.index]
    if lapse is not None:
        lines.append(Line(0, bool(lapse.test(board, NOBODY)), "lapses when this holds"))
        lines += part_lines(lapse, board, NOBODY, (), 1)
    verdict = "in force" if force else "open" if open_ else "held back"
    return Account("agreement", agreement.id, str(agreement.model.label), force or open_, verdict, tuple(lines))


def ending_account(state: State, reasons: Reasons, ending: Ending) -> Account:
    """Whether an ending's condition holds."""
    part = reasons.endings[ending.index]
    if part is None:
        lines: tuple[Line, ...] = (Line(0, None, "comes only when an effect calls it"),)
        return Account("ending", ending.id, str(ending.model.title), False, "called", lines)
    reached = bool(part.test(state.board, NOBODY))
    lines = tuple(part_lines(part, state.board, NOBODY))
    return Account("ending", ending.id, str(ending.model.title), reached, "reached" if reached else "no", lines)


def _times(number: int, word: str = "time") -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
