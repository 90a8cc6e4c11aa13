"""What seats do: each deed of a player, checked by the tests that offers are made from, and carried out on the working copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine import orders, steps
from wargame.engine.commands import Refused
from wargame.engine.legality import (
    action_block,
    addressee_of,
    agreement_block,
    card_of,
    draft_block,
    floor_seats,
    lobby_room,
    mover_of,
    option_block,
    phase_of,
    seal_block,
    target_block,
    transfer_room,
)
from wargame.engine.state import Answer
from wargame.engine.work import Work
from wargame.rules.program import NOBODY
from wargame.scenario.model import PhaseKind


def perform(work: Work, seat: int, body: c.Body) -> Refused | None:
    """Carries out what a seat does now, or says why not. Who asks, and in which phase, has been looked at before."""
    deed = DEEDS.get(type(body))
    return deed(work, seat, body) if deed is not None else Refused("not_offered", "That is for people to do, not for a seat.")


def _sealed(work: Work, seat: int) -> Refused | None:
    if seat in work.state.sealed:
        return Refused("sealed", "You are done with this phase; reopen it first.")
    return None


def _choose(work: Work, seat: int, body: c.Choose) -> Refused | None:
    choice = work.program.choices[body.choice]
    state = work.state
    if choice.seat != seat:
        return Refused("not_offered", "That is not yours to choose.")
    if state.status != "setup" and choice.index not in state.opened:
        return Refused("not_offered", "That has been chosen.")
    if state.status == "setup" and seat in state.sealed:
        return _sealed(work, seat)
    effect = work.write([(choice.slot, body.option)])
    work.emit(e.ChoiceMade(seat, choice.index, body.option, effect))
    return None


def _place(work: Work, seat: int, body: c.Place) -> Refused | None:
    placement = work.program.placements[body.placement]
    if work.state.status != "setup" or seat not in placement.seats:
        return Refused("not_offered", "There is nothing to place now.")
    if seat in work.state.sealed:
        return _sealed(work, seat)
    legal = placement.where(work.state.board, seat)
    if len(body.areas) > placement.count or len(set(body.areas)) != len(body.areas):
        return Refused("not_allowed", "Choose up to {count} areas, none twice.", {"count": placement.count})
    if any(area not in legal for area in body.areas):
        return Refused("bad_target", "It cannot be placed there.")
    work.emit(e.PlacementDrafted(seat, placement.index, body.areas))
    return None


def _respond(work: Work, seat: int, body: c.Respond) -> Refused | None:
    card = card_of(work.state, body.number)
    if card is None or card.resolved:
        return Refused("not_offered", "That card is not on the table.")
    addressee = addressee_of(work.program, card, seat)
    if addressee is None:
        return Refused("not_your_card", "That card is not addressed to you.")
    if seat in work.state.sealed:
        return _sealed(work, seat)
    for index, option in enumerate(addressee.options):
        if option.id == body.option:
            block = option_block(work.state, card, seat, option)
            if block is None:
                work.emit(e.AnswerDrafted(seat, card.number, Answer(index, body.rationale, body.belief)))
            return block
    return Refused("unknown", "The card has no such option.")


def _give_orders(work: Work, seat: int, body: c.GiveOrders) -> Refused | None:
    block = draft_block(work.program, work.state, seat, body.orders)
    if block is None and seat in work.state.sealed:
        return _sealed(work, seat)
    if block is None:
        work.emit(e.OrdersDrafted(seat, body.orders))
    return block


def _give_order(work: Work, seat: int, body: c.GiveOrder) -> Refused | None:
    state = work.state
    program = work.program
    phase = phase_of(program, state)
    if phase is None or phase.kind is not PhaseKind.TURNS or mover_of(program, state) != seat:
        return Refused("not_offered", "It is not your turn to give an order.")
    action = program.actions[body.order.action]
    block = action_block(program, state, seat, action, ()) or target_block(state, seat, action, body.order.targets)
    if block is None:
        orders.carry_out(work, seat, body.order, state.mover, paid=False)
    return block


def _propose(work: Work, seat: int, body: c.Propose) -> Refused | None:
    agreement = work.program.agreements[body.agreement]
    if agreement.index in work.state.proposals and seat in agreement.parties:
        return Refused("not_allowed", "It is on the table already: sign it or decline it.")
    block = agreement_block(work.program, work.state, seat, agreement)
    if block is None:
        work.emit(e.AgreementProposed(seat, agreement.index, body.side_terms))
    return block


def _sign(work: Work, seat: int, body: c.Sign) -> Refused | None:
    state = work.state
    agreement = work.program.agreements[body.agreement]
    proposal = state.proposals.get(agreement.index)
    if proposal is None or seat not in agreement.parties:
        return Refused("not_offered", "That is not on the table.")
    if seat in proposal.signed:
        return Refused("not_allowed", "You have signed it.")
    block = agreement_block(work.program, state, seat, agreement)
    if block is not None:
        return block
    work.emit(e.AgreementSigned(seat, agreement.index))
    if work.state.proposals[agreement.index].signed == frozenset(agreement.parties):
        # The last key turns. It must hold for everybody now, not only when each of them signed; to refuse this
        # signature for what holds another back would tell what this seat may not know, so the proposal falls instead.
        if all(agreement_block(work.program, state, party, agreement) is None for party in agreement.parties):
            _enter(work, agreement.index)
        else:
            work.emit(e.AgreementDeclined(NOBODY, agreement.index))
    return None


def _enter(work: Work, index: int) -> None:
    agreement = work.program.agreements[index]
    board = work.state.board
    proposal = work.state.proposals[index]
    writes = [(slot, board[slot] - amount) for seat in agreement.parties for slot, amount in agreement.costs.get(seat, ())]
    paid = work.write([*writes, (agreement.slot, 1)])
    done = work.run(agreement.on_sign, proposal.by, (), f"agreement|{agreement.id}|sign")
    work.emit(e.AgreementEntered(index, proposal.by, proposal.side_terms, work.merged(paid, done)))


def _decline(work: Work, seat: int, body: c.Decline) -> Refused | None:
    agreement = work.program.agreements[body.agreement]
    if agreement.index not in work.state.proposals or seat not in agreement.parties:
        return Refused("not_offered", "That is not on the table.")
    work.emit(e.AgreementDeclined(seat, agreement.index))
    return None


def _leave(work: Work, seat: int, body: c.Leave) -> Refused | None:
    agreement = work.program.agreements[body.agreement]
    phase = phase_of(work.program, work.state)
    if seat not in agreement.parties or not work.state.board[agreement.slot]:
        return Refused("not_offered", "You are in no such agreement.")
    if phase is None or phase.kind is not PhaseKind.ORDERS:
        return Refused("not_offered", "Agreements are left in another phase.")
    steps.end_agreement(work, agreement, seat)
    return None


def _transfer(work: Work, seat: int, body: c.Transfer) -> Refused | None:
    state = work.state
    room = transfer_room(work.program, state, seat, body.to)
    if room <= 0:
        return Refused("not_offered", "You have nothing to give them now.")
    if body.amount > room:
        return Refused("not_affordable", "You can give at most {room} now.", {"room": room})
    source = work.program.main_resource[seat]
    sink = work.program.main_resource[body.to]
    effect = work.write([(source, state.board[source] - body.amount), (sink, state.board[sink] + body.amount)])
    work.emit(e.Transferred(seat, body.to, body.amount, effect))
    return None


def _take_floor(work: Work, seat: int, body: c.TakeFloor) -> Refused | None:
    state = work.state
    if seat not in floor_seats(work.program, state) or state.motion is None:
        return Refused("not_offered", "You have no say on the floor now.")
    if seat in state.sealed:
        return _sealed(work, seat)
    room = lobby_room(work.program, state, seat)
    if abs(body.draft.lobby) > room:
        return Refused("not_affordable", "You can spend at most {room} on lobbying.", {"room": room})
    motion = work.program.motions[state.motion[0]]
    if body.draft.position is not None and all(bloc.seat != seat for bloc in motion.body.blocs):
        return Refused("not_allowed", "You have no votes there.")
    if not body.draft.veto and motion.veto_by != seat:
        return Refused("not_allowed", "You have no veto to waive.")
    work.emit(e.FloorDrafted(seat, body.draft))
    return None


def say(work: Work, seat: int, body: c.Say) -> Refused | None:
    to = body.to
    if to is not None:
        to = tuple(sorted(set(to) - {seat}))
        if not to or not all(work.state.played[each] for each in to):
            return Refused("bad_target", "There is nobody to hear it.")
    work.emit(e.Said(seat, to, body.text))
    return None


def _seal(work: Work, seat: int, body: c.Seal) -> Refused | None:
    block = seal_block(work.program, work.state, seat)
    if block is None:
        work.emit(e.Sealed(seat))
    return block


def _reopen(work: Work, seat: int, body: c.Reopen) -> Refused | None:
    if seat not in work.state.sealed:
        return Refused("not_offered", "You have not said that you are done.")
    work.emit(e.Reopened(seat))
    return None


DEEDS: dict[type[Any], Callable[[Work, int, Any], Refused | None]] = {
    c.Choose: _choose,
    c.Place: _place,
    c.Respond: _respond,
    c.GiveOrders: _give_orders,
    c.GiveOrder: _give_order,
    c.Propose: _propose,
    c.Sign: _sign,
    c.Decline: _decline,
    c.Leave: _leave,
    c.Transfer: _transfer,
    c.TakeFloor: _take_floor,
    c.Say: say,
    c.Seal: _seal,
    c.Reopen: _reopen,
}
