"""Projection: an event as operations on one viewer's mirror.

The law: folding the projections of all events gives what `wargame.engine.view` says of the state, for every viewer. An event
of which a viewer may learn nothing projects to nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from wargame.engine import events as e
from wargame.engine import expectations, msel, notes, petitions, team
from wargame.engine import view as v
from wargame.engine.knowledge import band_of, shown_value
from wargame.engine.legality import active
from wargame.engine.state import Dealt, FloorDraft, State
from wargame.engine.story import story
from wargame.rules.program import NOBODY, Family, Program, Sight

Op: TypeAlias = list[Any]


def project(program: Program, state: State, event: e.Event, viewer: int) -> tuple[Op, ...]:
    """What the event (already folded into `state`) changes in the viewer's mirror, in order."""
    ops: list[Op] = []
    effect: e.Effect = getattr(event, "effect", e.NOTHING)
    if effect is not e.NOTHING:
        _slots(program, state, effect, viewer, ops)
    handler = _HANDLERS.get(type(event))
    if handler is not None:
        handler(program, state, event, viewer, ops)
    if viewer == program.white_cell and msel.moved(event, effect):
        ops.append(["set", "msel", msel.msel(program, state, viewer)])
    if viewer == program.white_cell and isinstance(event, expectations.TOUCHING):
        ops.extend(expectations.project(program, state, viewer))
    told = story(program, state, event, viewer)
    if told is not None:
        ops.append(["push", "feed", told])
    return tuple(ops)


def project_all(program: Program, state: State, event: e.Event) -> tuple[tuple[Op, ...], ...]:
    """`project` for every viewer, in order; what all learn alike is worked out once (and is the same object for all)."""
    everybody = range(program.viewers)
    if isinstance(event, _PUBLIC) or (isinstance(event, e.Said) and event.to is None):
        return (project(program, state, event, program.public),) * len(everybody)
    return tuple(project(program, state, event, viewer) for viewer in everybody)


def _slots(program: Program, state: State, effect: e.Effect, viewer: int, ops: list[Op]) -> None:
    """Visible slots, and the agreements among them."""
    sight = state.sight[viewer]
    changed: dict[int, int] = {slot: old for slot, old, _ in effect.changes}
    shifted = {slot for member, slot, _ in effect.sight if member == viewer}
    entries: list[list[Any]] = []
    for index in sorted(changed.keys() | shifted):
        slot = program.slots[index]
        if not slot.shown:
            continue
        level = sight[index]
        if level:
            value = state.board[index]
            if level == Sight.BAND and index not in shifted and band_of(slot, changed[index]) == band_of(slot, value):
                continue
            entries.append([index, level, shown_value(slot, level, value), None])
        elif index in shifted:
            entries.append([index, *v.remembered(program, state, viewer, index)])
        if slot.family is Family.AGREEMENT and (level or index in shifted):
            _agreement(program, state, index, viewer, ops)
    if entries:
        ops.insert(0, ["slots", entries])


def _agreement(program: Program, state: State, slot: int, viewer: int, ops: list[Op]) -> None:
    agreement = next(each for each in program.agreements if each.slot == slot)
    if state.board[slot] and state.sight[viewer][slot]:
        ops.append(["put", "agreements", agreement.id, v.agreement_of(program, state, agreement.index, viewer)])
    else:
        ops.append(["drop", "agreements", agreement.id])


def _who(program: Program, state: State, ops: list[Op]) -> None:
    """Who is waited for and who is done: everybody may know."""
    ops.append(["set", "sealed", v.seat_ids(program, state.sealed)])
    ops.append(["set", "active", v.seat_ids(program, active(program, state))])


def _drafts(program: Program, state: State, viewer: int, ops: list[Op]) -> None:
    if viewer == program.white_cell:
        ops.append(["set", "drafts", v.drafts(program, state, viewer)])


def _clock(state: State, ops: list[Op]) -> None:
    ops.append(["set", "deadline", state.deadline])
    ops.append(["set", "paused", state.left])


def _game_started(program: Program, state: State, event: e.GameStarted, viewer: int, ops: list[Op]) -> None:
    del event, viewer
    ops.append(["set", "status", state.status])
    ops.append(["set", "commitment", state.commitment])
    ops.append(["set", "played", [seat for number, seat in enumerate(program.seats) if state.played[number]]])
    _clock(state, ops)
    _who(program, state, ops)


def _phase_began(program: Program, state: State, event: e.PhaseBegan, viewer: int, ops: list[Op]) -> None:
    ops.append(["set", "status", state.status])
    ops.append(["set", "turn", state.turn])
    ops.append(["set", "phase", state.phase_id(program)])
    _clock(state, ops)
    _who(program, state, ops)
    ops.append(["set", "orders", []])
    ops.append(["set", "floor", v.floor_of(FloorDraft())])
    ops.append(["set", "proposals", {}])
    ops.append(["set", "motion", None])
    _outcome(program, state, viewer, ops)
    _drafts(program, state, viewer, ops)
    team.project_all(program, state, viewer, ops)
    if event.phase == 0:
        ops.append(["push", "history", {"turn": state.turn, "slots": _tracks(program, state, viewer)}])


def _tracks(program: Program, state: State, viewer: int) -> dict[int, int]:
    """Tracks and resources as the viewer sees them now, for trends."""
    sight = state.sight[viewer]
    return {
        slot.index: shown_value(slot, sight[slot.index], state.board[slot.index])
        for slot in program.slots
        if slot.family in (Family.TRACK, Family.RESOURCE) and sight[slot.index]
    }


def _choice_made(program: Program, state: State, event: e.ChoiceMade, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        ops.append(["set", "setup", v.setup_of(program, state, viewer)])


def _setup_closed(program: Program, state: State, event: e.SetupClosed, viewer: int, ops: list[Op]) -> None:
    del event
    ops.append(["set", "setup", v.setup_of(program, state, viewer)])


def _card_dealt(program: Program, state: State, event: e.CardDealt, viewer: int, ops: list[Op]) -> None:
    card = _dealt(state, event.number)
    if v.reads(program, card, viewer):
        ops.append(["put", "cards", str(card.number), v.card_of(program, card, viewer)])
    if event.to:
        _who(program, state, ops)


def _card_recalled(program: Program, state: State, event: e.CardRecalled, viewer: int, ops: list[Op]) -> None:
    if v.reads(program, Dealt(event.number, event.card, event.bindings, event.to, state.turn), viewer):
        ops.append(["drop", "cards", str(event.number)])
        ops.append(["drop", "responses", str(event.number)])
    if event.to:
        _who(program, state, ops)
    _drafts(program, state, viewer, ops)


def _card_corrected(program: Program, state: State, event: e.CardCorrected, viewer: int, ops: list[Op]) -> None:
    card = _dealt(state, event.number)
    if v.reads(program, card, viewer):
        ops.append(["put", "cards", str(card.number), v.card_of(program, card, viewer)])


def _outcome(program: Program, state: State, viewer: int, ops: list[Op]) -> None:
    if viewer == program.white_cell:
        ops.append(["set", "outcome", v.outcome(program, state, viewer)])


def _outcome_set(program: Program, state: State, event: e.OutcomeSet, viewer: int, ops: list[Op]) -> None:
    del event
    _outcome(program, state, viewer, ops)


def _dealt(state: State, number: int) -> Dealt:
    return next(each for each in state.hand if each.number == number)


def _answer_drafted(program: Program, state: State, event: e.AnswerDrafted, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        answer = v.answer_of(program, state, event.number, event.seat, event.answer)
        ops.append(["put", "responses", str(event.number), answer])
    _drafts(program, state, viewer, ops)


def _answer_revealed(program: Program, state: State, event: e.AnswerRevealed, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        ops.append(["drop", "responses", str(event.number)])
    _who(program, state, ops)
    _drafts(program, state, viewer, ops)


def _cards_closed(program: Program, state: State, event: e.CardsClosed, viewer: int, ops: list[Op]) -> None:
    del program, state, event, viewer
    ops.append(["set", "cards", {}])
    ops.append(["set", "responses", {}])


def _orders_drafted(program: Program, state: State, event: e.OrdersDrafted, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        ops.append(["set", "orders", [v.order_of(program, order) for order in event.orders]])
    _drafts(program, state, viewer, ops)


def _order_done(program: Program, state: State, event: e.OrderDone, viewer: int, ops: list[Op]) -> None:
    del event, viewer
    if program.phases[state.phase].model.kind.value == "turns":
        _who(program, state, ops)


def _floor_drafted(program: Program, state: State, event: e.FloorDrafted, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        ops.append(["set", "floor", v.floor_of(event.draft)])
    _drafts(program, state, viewer, ops)


def _placement_drafted(program: Program, state: State, event: e.PlacementDrafted, viewer: int, ops: list[Op]) -> None:
    if viewer == event.seat:
        ops.append(["set", "setup", v.setup_of(program, state, viewer)])


def _motion_changed(program: Program, state: State, event: Any, viewer: int, ops: list[Op]) -> None:
    del event
    ops.append(["set", "motion", v.motion_of(program, state)])
    _outcome(program, state, viewer, ops)
    _who(program, state, ops)


def _proposal_changed(program: Program, state: State, event: Any, viewer: int, ops: list[Op]) -> None:
    index = event.agreement
    if not v.party_to(program, index, viewer):
        return
    agreement = program.agreements[index].id
    if index in state.proposals:
        ops.append(["put", "proposals", agreement, v.proposal_of(program, state, index)])
    else:
        ops.append(["drop", "proposals", agreement])


def _overridden(program: Program, state: State, event: e.Overridden, viewer: int, ops: list[Op]) -> None:
    changed = {index for index, _, _ in event.effect.changes}
    for agreement in program.agreements:
        if agreement.slot in changed and v.party_to(program, agreement.index, viewer):
            ops.append(["drop", "proposals", agreement.id])
    if any(choice.slot in changed and choice.seat == viewer for choice in program.choices):
        ops.append(["set", "setup", v.setup_of(program, state, viewer)])


def _done_changed(program: Program, state: State, event: Any, viewer: int, ops: list[Op]) -> None:
    del event, viewer
    _who(program, state, ops)


def _clock_changed(program: Program, state: State, event: Any, viewer: int, ops: list[Op]) -> None:
    del program, event, viewer
    _clock(state, ops)


def _said(program: Program, state: State, event: e.Said, viewer: int, ops: list[Op]) -> None:
    if event.to is not None and viewer not in (*event.to, event.seat, program.white_cell):
        return
    message = {
        "from": program.seats[event.seat] if event.seat != NOBODY else None,
        "to": v.seat_ids(program, event.to) if event.to is not None else None,
        "text": event.text,
        "turn": state.turn,
        "phase": state.phase_id(program),
    }
    ops.append(["push", "messages", message])


def _game_ended(program: Program, state: State, event: e.GameEnded, viewer: int, ops: list[Op]) -> None:
    seen = v.slots(program, state, viewer)
    ops.append(["set", "slots", {}])
    ops.append(["slots", [[index, *entry] for index, entry in seen.items()]])
    agreements = {
        agreement.id: v.agreement_of(program, state, agreement.index, viewer)
        for agreement in program.agreements
        if state.board[agreement.slot]
    }
    for key, value in (
        ("status", state.status),
        ("cards", {}),
        ("responses", {}),
        ("orders", []),
        ("floor", v.floor_of(FloorDraft())),
        ("proposals", {}),
        ("motion", None),
        ("outcome", None),
        ("agreements", agreements),
        ("petitions", petitions.petitions(program, state, viewer)),
        ("board", notes.notes(program, state, viewer)),
        ("result", v.result_of(program, state, event.result)),
    ):
        ops.append(["set", key, value])
    _clock(state, ops)
    _who(program, state, ops)
    _drafts(program, state, viewer, ops)
    team.project_all(program, state, viewer, ops)


_HANDLERS: dict[type[Any], Callable[[Program, State, Any, int, list[Op]], None]] = {
    e.GameStarted: _game_started,
    e.PhaseBegan: _phase_began,
    e.ChoiceMade: _choice_made,
    e.PlacementDrafted: _placement_drafted,
    e.SetupClosed: _setup_closed,
    e.CardDealt: _card_dealt,
    e.CardRecalled: _card_recalled,
    e.CardCorrected: _card_corrected,
    e.AnswerDrafted: _answer_drafted,
    e.AnswerRevealed: _answer_revealed,
    e.CardsClosed: _cards_closed,
    e.OrdersDrafted: _orders_drafted,
    e.OrderDone: _order_done,
    e.FloorDrafted: _floor_drafted,
    e.MotionTabled: _motion_changed,
    e.MotionVoted: _motion_changed,
    e.AgreementProposed: _proposal_changed,
    e.AgreementSigned: _proposal_changed,
    e.AgreementDeclined: _proposal_changed,
    e.AgreementEntered: _proposal_changed,
    e.Overridden: _overridden,
    e.OutcomeSet: _outcome_set,
    **dict.fromkeys(petitions.FOLDS, petitions.project),
    **dict.fromkeys(notes.FOLDS, notes.project),
    **dict.fromkeys(team.FOLDS, team.project),
    e.Sealed: _done_changed,
    e.Reopened: _done_changed,
    e.Said: _said,
    e.Paused: _clock_changed,
    e.Resumed: _clock_changed,
    e.Extended: _clock_changed,
    e.Rewound: _clock_changed,
    e.Forked: _clock_changed,
    e.GameEnded: _game_ended,
}

# Everybody learns the same of these.
_PUBLIC = (e.Sealed, e.Reopened, e.Paused, e.Resumed, e.Extended)
