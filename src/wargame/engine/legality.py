"""What a seat may do, said once: offers are made from these tests and commands are checked by them.

Each test answers None (allowed) or a `Refused` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wargame.engine.commands import Refused
from wargame.engine.state import Dealt, Order, State
from wargame.rules.program import NOBODY, Action, Addressee, Agreement, Board, Body, Card, OptionCode, Phase, Program, Reason
from wargame.scenario.model import PhaseKind


def phase_of(program: Program, state: State) -> Phase | None:
    """The phase that the game is in, if it has begun and is not over."""
    return program.phases[state.phase] if state.phase >= 0 and state.status == "running" else None


def kind_of(program: Program, state: State) -> PhaseKind | None:
    """The kind of the phase that the game is in."""
    phase = phase_of(program, state)
    return phase.kind if phase is not None else None


def active(program: Program, state: State) -> tuple[int, ...]:
    """The seats that have something to decide before the phase can end by itself, in order."""
    seats = state.seats
    if state.status == "setup":
        return tuple(seat for seat in seats if has_setup(program, seat))
    if state.status != "running":
        return ()
    kind = program.phases[state.phase].kind
    if kind is PhaseKind.ORDERS:
        return seats
    addressed = {seat for card in state.hand if not card.resolved for seat, _ in card.to}
    if kind is PhaseKind.FLOOR and state.motion is not None:
        addressed |= set(floor_seats(program, state))
    if kind is PhaseKind.TURNS:
        mover = mover_of(program, state)
        if mover != NOBODY:
            addressed.add(mover)
    return tuple([seat for seat in seats if seat in addressed]) if addressed else ()


def has_setup(program: Program, seat: int) -> bool:
    """Whether the seat has something to decide before turn 1."""
    return any(choice.seat == seat for choice in program.choices) or any(
        seat in placement.seats for placement in program.placements
    )


def mover_of(program: Program, state: State) -> int:
    """In a phase of kind `turns`: the seat whose order it is, or NOBODY when all have moved (and in other phases)."""
    if state.phase < 0 or state.status != "running":
        return NOBODY
    phase = program.phases[state.phase]
    if phase.kind is not PhaseKind.TURNS:
        return NOBODY
    place = state.mover // max(1, phase.model.orders)
    return state.seats[place] if place < len(state.seats) else NOBODY


def held_back(
    reasons: Iterable[Reason], board: Board, seat: int, refs: tuple[int, ...], code: str, otherwise: str
) -> Refused | None:
    """The first reason that holds the seat back, as a refusal; `otherwise` where the scenario has no words for it."""
    for reason in reasons:
        if not reason.test(board, seat, *refs):
            return Refused(code, str(reason.words) or otherwise)
    return None


# Cards


def card_of(state: State, number: int) -> Dealt | None:
    """The card on the table with this number."""
    return next((each for each in state.hand if each.number == number), None)


def spent(state: State, card: Card) -> bool:
    """Whether a card that comes once has come."""
    return card.once and state.board[card.fired] > 0


def addressee_of(program: Program, card: Dealt, seat: int) -> Addressee | None:
    """What the seat has to answer on this card."""
    for member, index in card.to:
        if member == seat:
            return program.cards[card.card].addressees[index]
    return None


def readers(card: Card, bindings: tuple[int, ...]) -> frozenset[int]:
    """The seats that the card is addressed to, whether they have to answer or only read; not all may be in the game."""
    named = {seat for each in card.addressees for seat in each.seats}
    return frozenset(named | {bindings[each.variable] for each in card.addressees if each.variable >= 0}) - {NOBODY}


def option_block(state: State, card: Dealt, seat: int, option: OptionCode) -> Refused | None:
    """Why the seat may not take this option."""
    return held_back(option.reasons, state.board, seat, card.bindings, "not_allowed", "That is not open now.")


# Orders


_NOTHING: dict[int, int] = {}


def committed(program: Program, state: State, seat: int, draft: Sequence[Order]) -> dict[int, int]:
    """What the seat has pledged, by resource slot: its drafted orders and its keys on open proposals."""
    if not draft and not state.proposals:
        return _NOTHING
    pledged: dict[int, int] = {}
    for order in draft:
        for slot, amount in program.actions[order.action].costs.get(seat, ()):
            pledged[slot] = pledged.get(slot, 0) + amount
    for index, proposal in state.proposals.items():
        if seat in proposal.signed:
            for slot, amount in program.agreements[index].costs.get(seat, ()):
                pledged[slot] = pledged.get(slot, 0) + amount
    return pledged


def unaffordable(program: Program, state: State, cost: Sequence[tuple[int, int]], pledged: dict[int, int]) -> Refused | None:
    """Why the seat cannot pay this on top of what it has pledged."""
    for slot, amount in cost:
        left = state.board[slot] - pledged.get(slot, 0)
        if amount > left:
            label = str(program.slots[slot].label) or program.slots[slot].part
            return Refused(
                "not_affordable",
                "It costs {amount} {label}; you have {left} left.",
                {"amount": amount, "label": label, "left": max(0, left)},
            )
    return None


def action_block(program: Program, state: State, seat: int, action: Action, draft: Sequence[Order]) -> Refused | None:
    """Why the seat may not add this action, whatever its target, to the draft."""
    if seat not in action.seats:
        return Refused("not_offered", "That is not on your menu.")
    board = state.board
    if action.model.once and board[action.given[seat]] > 0:
        return Refused("not_allowed", "It can be done once a game, and it has been.")
    if action.model.once and any(each.action == action.index for each in draft):
        return Refused("not_allowed", "It can be done once a game, and it is in your draft.")
    if not action.variables:
        menu = str(action.model.menu)
        for other in draft:
            entry = program.actions[other.action]
            if not entry.variables and menu and str(entry.model.menu) == menu:
                return Refused(
                    "not_allowed",
                    "One order of {menu} a turn; {label} is in your draft.",
                    {"menu": menu, "label": entry.model.label},
                )
    block = held_back(action.reasons, board, seat, (), "not_allowed", "It is not possible now.")
    if block is not None:
        return block
    cost = action.costs.get(seat)
    return unaffordable(program, state, cost, committed(program, state, seat, draft)) if cost else None


def target_block(state: State, seat: int, action: Action, targets: tuple[int, ...]) -> Refused | None:
    """Why the action may not be aimed at these targets."""
    if not action.variables:
        return None
    if targets not in action.candidates(state.board, seat):
        return Refused("bad_target", "That is no target of this order.")
    return target_held(state, seat, action, targets)


def target_held(state: State, seat: int, action: Action, targets: tuple[int, ...]) -> Refused | None:
    """Why the action may not be aimed at these targets, which are of the right kind."""
    return held_back(action.target_reasons, state.board, seat, targets, "bad_target", "That target is not open now.")


def draft_block(program: Program, state: State, seat: int, orders: Sequence[Order]) -> Refused | None:
    """Why these orders may not stand together as the seat's draft.

    What stands in the draft already is not asked again: an agreement signed since may have closed it, and it must not then
    close the rest of the draft. It is refunded when its time comes, if nothing has opened it again.
    """
    phase = phase_of(program, state)
    if phase is None or phase.kind is not PhaseKind.ORDERS:
        return Refused("not_offered", "Orders are not being taken now.")
    if len(orders) > phase.model.orders:
        return Refused("not_allowed", "At most {orders} orders a turn.", {"orders": phase.model.orders})
    standing = [(order.action, order.targets) for order in state.orders.get(seat, ())]
    for count, order in enumerate(orders):
        if (order.action, order.targets) in standing:
            standing.remove((order.action, order.targets))
            continue
        action = program.actions[order.action]
        block = action_block(program, state, seat, action, orders[:count]) or target_block(state, seat, action, order.targets)
        if block is not None:
            return block
    return None


# Agreements


def agreement_block(program: Program, state: State, seat: int, agreement: Agreement) -> Refused | None:
    """Why the seat may not turn its key on this agreement (proposing or signing)."""
    phase = phase_of(program, state)
    if phase is None or phase.kind is not PhaseKind.ORDERS or phase.model.agreements < 1:
        return Refused("not_offered", "Agreements are made in another phase.")
    if seat not in agreement.parties:
        return Refused("not_offered", "You are no party to that.")
    if not all(state.played[party] for party in agreement.parties):
        return Refused("not_offered", "One of its parties is not in this game.")
    if state.board[agreement.slot]:
        return Refused("not_allowed", "It is already in force.")
    if state.entered.get(seat, 0) >= phase.model.agreements:
        return Refused(
            "not_allowed", "At most {agreements} new agreement a turn for each seat.", {"agreements": phase.model.agreements}
        )
    own = [reason for reason in agreement.reasons if reason.seat in (NOBODY, seat)]
    block = held_back(own, state.board, seat, (), "not_allowed", "It cannot be signed now.")
    if block is not None:
        return block
    pledged = committed(program, state, seat, state.orders.get(seat, ()))
    proposal = state.proposals.get(agreement.index)
    if proposal is not None and seat in proposal.signed:
        for slot, amount in agreement.costs.get(seat, ()):
            pledged[slot] = pledged.get(slot, 0) - amount
    return unaffordable(program, state, agreement.costs.get(seat, ()), pledged)


def transfer_room(program: Program, state: State, seat: int, to: int) -> int:
    """How many points the seat may still give to the other this turn (0: none)."""
    phase = phase_of(program, state)
    if phase is None or phase.kind is not PhaseKind.ORDERS or seat == to:
        return 0
    if not state.played[to] or not any(seat in group and to in group for group in program.transfer_groups):
        return 0
    source = program.main_resource[seat]
    if source == 0 or program.main_resource[to] == 0:
        return 0
    left = state.board[source] - committed(program, state, seat, state.orders.get(seat, ())).get(source, 0)
    return max(0, min(program.transfer_limit - state.transferred.get((seat, to), 0), left))


# Floor


def floor_body(program: Program, state: State) -> Body | None:
    """The body that is voting now."""
    return program.motions[state.motion[0]].body if state.motion is not None else None


def floor_seats(program: Program, state: State) -> tuple[int, ...]:
    """The seats that have a say on the motion on the floor."""
    body = floor_body(program, state)
    if body is None or state.motion is None:
        return ()
    motion = program.motions[state.motion[0]]
    voters = {bloc.seat for bloc in body.blocs}
    seats = voters | set(body.lobbyists) | {motion.veto_by}
    return tuple(seat for seat in sorted(seats) if seat != NOBODY and state.played[seat])


def lobby_room(program: Program, state: State, seat: int) -> int:
    """The most points the seat can spend on the motion."""
    body = floor_body(program, state)
    if body is None or seat not in body.lobbyists:
        return 0
    return min(body.limit, state.board[program.main_resource[seat]])


# Being done


def seal_block(program: Program, state: State, seat: int) -> Refused | None:
    """Why the seat cannot be done with the phase yet."""
    if seat not in active(program, state):
        return Refused("not_offered", "Nothing is wanted from you in this phase.")
    if seat in state.sealed:
        return Refused("sealed", "You are done already.")
    for card in state.hand:
        if not card.resolved and any(member == seat for member, _ in card.to) and (card.number, seat) not in state.answers:
            title = card.title or program.cards[card.card].model.title
            return Refused("not_allowed", "Answer the card first: {title}", {"title": title})
    return None
