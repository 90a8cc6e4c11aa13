"""Orders: paid first, then carried out band by band."""

from __future__ import annotations

from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.legality import held_back
from wargame.engine.state import Order
from wargame.engine.work import Work
from wargame.rules.dice import draw
from wargame.rules.program import Action


def resolve(work: Work) -> None:
    """Carries out all drafted orders. What arrived first plays no part: bands, then lots, decide."""
    queue = [(seat, order) for seat in sorted(work.state.orders) for order in _pay(work, seat)]
    counts: dict[tuple[int, Order], int] = {}
    placed = []
    for seat, order in queue:
        key = (seat, Order(order.action, order.targets))
        times = counts.get(key, 0)
        counts[key] = times + 1
        action = work.program.actions[order.action]
        lot = draw(work.state.seed, f"{work.state.turn}|order lot|{seat}|{order.action}|{order.targets}|{times}", 1 << 30)
        placed.append((action.model.order, lot, seat, times, order))
    for _, _, seat, times, order in sorted(placed, key=lambda each: each[:4]):
        carry_out(work, seat, order, times, paid=True)


def _pay(work: Work, seat: int) -> list[Order]:
    """Takes the costs of a seat's orders and gives those that could be paid."""
    state = work.state
    board = state.board
    writes: dict[int, int] = {}
    paid = []
    unpaid = []
    for order in state.orders[seat]:
        cost = work.program.actions[order.action].costs.get(seat, ())
        if all(writes.get(slot, board[slot]) >= amount for slot, amount in cost):
            for slot, amount in cost:
                writes[slot] = writes.get(slot, board[slot]) - amount
            paid.append(order)
        else:
            unpaid.append(order)
    effect = work.write(list(writes.items()))
    work.emit_if(e.OrdersPaid(seat, effect), effect)
    for order in unpaid:
        work.emit(
            e.OrderDone(seat, order, "unpaid", work.program.phrase("There was not enough left to pay for it."), e.NOTHING)
        )
    return paid


def carry_out(work: Work, seat: int, order: Order, times: int, *, paid: bool) -> None:
    """Carries out one order; one that was paid for and whose conditions no longer hold is given its cost back."""
    state = work.state
    board = state.board
    action = work.program.actions[order.action]
    cost = action.costs.get(seat, ())
    if paid:
        block = still_blocked(work, seat, action, order)
        if block is not None:
            back = work.write([(slot, board[slot] + amount) for slot, amount in cost])
            work.emit(e.OrderDone(seat, order, "refunded", block.said(work.program.words), back))
            return
    x = work.execution("order", seat, order.action, order.targets, times)
    if not paid:
        for slot, amount in cost:
            x.writes.append((slot, board[slot], board[slot] - amount))
            board[slot] -= amount
    given = action.given[seat]
    x.writes.append((given, board[given], board[given] + 1))
    board[given] += 1
    action.run(board, x, seat, *order.targets)
    work.emit(e.OrderDone(seat, order, "done", "", work.effect_of(x)))


def still_blocked(work: Work, seat: int, action: Action, order: Order) -> Refused | None:
    """Why a paid order cannot be carried out any more (what it is aimed at is still there; its conditions may not be)."""
    board = work.state.board
    if action.model.once and board[action.given[seat]] > 0:
        return Refused("not_allowed", "It can be done once a game.")
    return held_back(action.reasons, board, seat, (), "not_allowed", "It was no longer possible.") or held_back(
        action.target_reasons, board, seat, order.targets, "bad_target", "The target was no longer open."
    )
