"""Offers: everything a seat may do now, and what it may not with the reason.

Made from the tests of `wargame.engine.legality` that commands are checked by, so that what is offered is what is accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.legality import (
    action_block,
    active,
    addressee_of,
    agreement_block,
    floor_seats,
    kind_of,
    lobby_room,
    mover_of,
    option_block,
    phase_of,
    seal_block,
    target_held,
    transfer_room,
)
from wargame.engine.petitions import OPEN, dissent_block, petition_block
from wargame.engine.state import Order, State
from wargame.engine.team import BLOCKS, offered
from wargame.engine.view import member_id, title_of
from wargame.rules.program import Action, Kind, Program, Variable
from wargame.scenario.model import PhaseKind

Offer = dict[str, Any]


def offers(program: Program, state: State, viewer: int) -> list[Offer]:
    """The offers to a viewer, as plain maps (`docs/protocol.md`); none to spectators."""
    if viewer == program.white_cell:
        return _house(program, state)
    if viewer >= len(program.seats) or not state.played[viewer]:
        return []
    return [offer for _, section in SECTIONS for offer in section(program, state, viewer)]


def concerned(program: Program, state: State, event: e.Event) -> tuple[int, ...] | None:
    """Whose offers the event (already folded into `state`) can have changed; None: perhaps everybody's."""
    if isinstance(event, e.Said):
        return ()
    if isinstance(event, e.TeamSet | e.Suggested | e.Endorsed | e.Objected | e.Withdrawn | e.Dropped | e.Adopted):
        return (event.seat,)
    if isinstance(event, e.Petitioned | e.PetitionTurnedDown):
        return (event.seat, program.white_cell)
    if isinstance(event, e.Estimated | e.PetitionHeld):
        return (program.white_cell,)
    if isinstance(event, e.CardPlanned | e.CardHeld | e.CardsMoved | e.CardSkipped | e.OutcomeSet):
        return (program.white_cell,)
    if isinstance(event, e.AgreementProposed | e.AgreementSigned | e.AgreementDeclined):
        return program.agreements[event.agreement].parties
    in_turns = kind_of(program, state) is PhaseKind.TURNS
    if isinstance(event, e.AnswerDrafted | e.OrdersDrafted | e.FloorDrafted | e.PlacementDrafted):
        return (event.seat,)
    if isinstance(event, e.Sealed | e.Reopened) and not in_turns:
        return (event.seat,)
    return None


def _offer(program: Program, do: str, block: Refused | None = None, **fields: Any) -> Offer:
    return {"do": do, "ok": block is None, "why": block.said(program.words) if block is not None else "", **fields}


def _told(program: Program, offer: Offer) -> Offer:
    why, options = offer["why"], offer.get("options")
    offer["why"] = why.said(program.words) if why is not None else ""
    if options and offer["do"] == "respond":
        for option in options:
            option["why"] = option["why"].said(program.words) if option["why"] is not None else ""
    return offer


def _open(state: State) -> bool:
    return state.status in ("setup", "running") and not state.paused


def _setup(program: Program, state: State, seat: int) -> list[Offer]:
    made: list[Offer] = []
    if not _open(state):
        return made
    setting_up = state.status == "setup"
    sealed = Refused("sealed", "You are done; reopen first.") if seat in state.sealed and setting_up else None
    for choice in program.choices:
        if choice.seat == seat and (setting_up or choice.index in state.opened):
            options = [
                {"id": name, "label": str(option.label), "text": str(option.text)}
                for name, option in choice.model.options.items()
            ]
            label, text = str(choice.model.label), str(choice.model.text)
            made.append(_offer(program, "choose", sealed, choice=choice.id, label=label, text=text, options=options))
    if setting_up:
        for placement in program.placements:
            if seat in placement.seats:
                areas = [program.areas[area] for area in placement.where(state.board, seat)]
                label = str(program.scenario.pieces[placement.piece].label)
                made.append(
                    _offer(
                        program,
                        "place",
                        sealed,
                        placement=placement.id,
                        piece=placement.piece,
                        label=label,
                        count=placement.count,
                        areas=areas,
                    )
                )
    return made


def _cards(program: Program, state: State, seat: int) -> list[Offer]:
    made: list[Offer] = []
    if state.status != "running" or state.paused:
        return made
    for card in state.hand:
        addressee = addressee_of(program, card, seat)
        if card.resolved or addressee is None:
            continue
        block = Refused("sealed", "You are done with this phase; reopen it first.") if seat in state.sealed else None
        options = []
        for option in addressee.options:
            closed = option_block(state, card, seat, option)
            options.append(
                {"id": option.id, "ok": closed is None, "why": closed.said(program.words) if closed is not None else ""}
            )
        made.append(_offer(program, "respond", block, card=str(card.number), title=title_of(program, card), options=options))
    return made


def _orders(program: Program, state: State, seat: int) -> list[Offer]:
    phase = phase_of(program, state)
    if phase is None or phase.kind not in (PhaseKind.ORDERS, PhaseKind.TURNS) or state.paused:
        return []
    block: Refused | None = None
    draft: tuple[Order, ...] = ()
    if phase.kind is PhaseKind.TURNS:
        if mover_of(program, state) != seat:
            return []
    else:
        draft = state.orders.get(seat, ())
        if seat in state.sealed:
            block = Refused("sealed", "You are done with this phase; reopen it first.")
        elif len(draft) >= phase.model.orders:
            block = Refused("not_allowed", "Your draft holds {count} orders, the most there can be.", {"count": len(draft)})
    return [_order(program, state, seat, program.actions[index], draft, block) for index in program.menus[seat]]


def _order(program: Program, state: State, seat: int, action: Action, draft: tuple[Order, ...], block: Refused | None) -> Offer:
    choices: list[list[Any]] = []
    blocked: list[list[Any]] = []
    block = block or action_block(program, state, seat, action, draft)
    if action.variables:
        legal = action.targets(state.board, seat)
        choices = [_ids(program, action, targets) for targets in legal]
        open_ = set(legal)
        for targets in action.candidates(state.board, seat):
            if targets not in open_:
                blocked.append([_ids(program, action, targets), _why(program, state, seat, action, targets)])
        if not legal and block is None:
            block = Refused("not_allowed", blocked[0][1] if blocked else "There is nothing it could be aimed at.")
    return _offer(
        program,
        "order",
        block,
        action=action.id,
        label=action_label(program, action, seat),
        menu=str(action.model.menu),
        text=str(action.model.text),
        stance=action.model.stance.value,
        cost={program.slots[slot].name: amount for slot, amount in action.costs.get(seat, ())},
        targets=[{"name": each.name, "label": str(each.label), "of": _of(each)} for each in action.variables],
        choices=choices,
        blocked=blocked,
    )


def action_label(program: Program, action: Action, seat: int) -> str:
    """What the seat calls the action."""
    return str(action.model.names.get(program.seats[seat], action.model.label))


def _of(variable: Variable) -> str:
    return {Kind.OWNER: "owner", Kind.AREA: "area", Kind.NUMBER: "number", Kind.AGREEMENT: "agreement"}[variable.kind]


def _ids(program: Program, action: Action, targets: tuple[int, ...]) -> list[Any]:
    return [member_id(program, variable.kind, member) for variable, member in zip(action.variables, targets, strict=True)]


def _why(program: Program, state: State, seat: int, action: Action, targets: tuple[int, ...]) -> str:
    block = target_held(state, seat, action, targets)
    return block.said(program.words) if block is not None else ""


def _agreements(program: Program, state: State, seat: int) -> list[Offer]:
    if kind_of(program, state) is not PhaseKind.ORDERS or state.paused:
        return []
    made = []
    for agreement in program.agreements:
        if seat not in agreement.parties:
            continue
        if state.board[agreement.slot]:
            made.append(_offer(program, "leave", agreement=agreement.id, label=str(agreement.model.label)))
            continue
        block = agreement_block(program, state, seat, agreement)
        proposal = state.proposals.get(agreement.index)
        if proposal is None:
            made.append(
                _offer(
                    program,
                    "propose",
                    block,
                    agreement=agreement.id,
                    label=str(agreement.model.label),
                    parties=[program.seats[party] for party in agreement.parties],
                    cost={program.slots[slot].name: amount for slot, amount in agreement.costs.get(seat, ())},
                    terms=str(agreement.model.terms),
                )
            )
            continue
        if seat not in proposal.signed:
            made.append(_offer(program, "sign", block, agreement=agreement.id))
        made.append(_offer(program, "decline", agreement=agreement.id))
    return made


def _transfers(program: Program, state: State, seat: int) -> list[Offer]:
    if kind_of(program, state) is not PhaseKind.ORDERS or state.paused:
        return []
    partners = sorted({other for group in program.transfer_groups if seat in group for other in group})
    room = {other: transfer_room(program, state, seat, other) for other in partners}
    limits = {program.seats[other]: most for other, most in room.items() if most > 0}
    return [_offer(program, "transfer", to=list(limits), limit=max(limits.values()), limits=limits)] if limits else []


def _floor(program: Program, state: State, seat: int) -> list[Offer]:
    if state.motion is None or state.paused or state.status != "running" or seat not in floor_seats(program, state):
        return []
    motion = program.motions[state.motion[0]]
    room = lobby_room(program, state, seat)
    block = Refused("sealed", "You are done with this phase; reopen it first.") if seat in state.sealed else None
    return [
        _offer(
            program,
            "floor",
            block,
            motion=motion.id,
            lobby=[-room, room],
            position=any(bloc.seat == seat for bloc in motion.body.blocs),
            veto=motion.veto_by == seat,
        )
    ]


def _done(program: Program, state: State, seat: int) -> list[Offer]:
    if not _open(state):
        return []
    if seat in state.sealed:
        return [_offer(program, "reopen")]
    if seat in active(program, state):
        return [_offer(program, "seal", seal_block(program, state, seat))]
    return []


def _talk(program: Program, state: State, seat: int) -> list[Offer]:
    return [
        _offer(
            program, "say", to=[name for number, name in enumerate(program.seats) if number != seat and state.played[number]]
        )
    ]


def _team(program: Program, state: State, seat: int) -> list[Offer]:
    """What lies on the team's table, with the members who can do that with it."""
    if not _open(state):
        return []
    return [
        _offer(
            program,
            do,
            None if people else Refused("not_allowed", "Everybody who could has."),
            number=made.number,
            words=made.words,
            people=people,
        )
        for do in BLOCKS
        for made, people in offered(state, seat, do)
    ]


# What a seat is offered, in this order: what it is about, and (program, state, seat) -> offers.
def _review(program: Program, state: State, seat: int) -> list[Offer]:
    made = [_offer(program, "petition", petition_block(state, seat))]
    made += [
        _offer(program, "dissent", number=each.number)
        for each in state.petitions
        if dissent_block(program, state, each, seat) is None
    ]
    if state.board_open:
        made.append(_offer(program, "note"))
        made += [_offer(program, "vote", number=each.number) for each in state.notes if not each.private]
    return made


SECTIONS: tuple[tuple[tuple[str, ...], Callable[[Program, State, int], list[Offer]]], ...] = (
    (("choose", "place"), _setup),
    (("respond",), _cards),
    (("order",), _orders),
    (("leave", "propose", "sign", "decline"), _agreements),
    (("transfer",), _transfers),
    (("floor",), _floor),
    (("reopen", "seal"), _done),
    (tuple(BLOCKS), _team),
    (("say",), _talk),
    (("petition", "dissent", "note", "vote"), _review),
)


def _house(program: Program, state: State) -> list[Offer]:
    running = state.status in ("setup", "running")
    made = [_offer(program, "announce"), _offer(program, "say", to=list(program.seats))]
    if state.status != "over":
        made.append(_offer(program, "write"))
    if state.status == "lobby":
        made.append(_offer(program, "start"))
    if running:
        made += [_offer(program, "resume") if state.paused else _offer(program, "pause"), _offer(program, "override")]
        if not state.paused:
            made.append(_offer(program, "advance"))
        phase = phase_of(program, state)
        if state.deadline is not None or (state.paused and state.timed and phase is not None and phase.model.seconds > 0):
            made.append(_offer(program, "extend"))
    if state.status == "running":
        made += [_offer(program, "fire"), _offer(program, "happen"), _offer(program, "release")]
        if state.hand:
            made += [_offer(program, "recall"), _offer(program, "correct")]
        if state.motion is not None:
            made.append(_offer(program, "outcome"))
    if running:
        made.append(_offer(program, "end"))
        if not state.paused:
            made.append(_offer(program, "act"))
    if state.status != "over":
        made += [_offer(program, do) for do in ("hold", "unhold", "retime", "shift", "skip", "plan")]
    made += [_offer(program, "note"), _offer(program, "board", open=not state.board_open)]
    made += [_offer(program, "vote", number=each.number) for each in state.notes if not each.private]
    for each in state.petitions:
        if each.status in OPEN:
            verbs = ("estimate", "rule", "turn_down") if each.status == "held" else ("estimate", "defer", "rule", "turn_down")
            made += [_offer(program, verb, number=each.number) for verb in verbs]
    return made
