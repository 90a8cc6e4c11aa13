"""Folding events into the state: the only thing that changes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine import expectations, msel, notes, petitions, team
from wargame.engine.legality import mover_of
from wargame.engine.state import SETUP, Dealt, Proposal, Scheduled, Signed, State
from wargame.rules.program import NOBODY, Family, Program, Sight
from wargame.scenario.model import PhaseKind


def apply(program: Program, state: State, event: e.Event) -> None:
    """Folds one event into the state, in place."""
    effect = getattr(event, "effect", e.NOTHING)
    board = state.board
    for slot, _, new in effect.changes:
        board[slot] = new
    apply_rest(program, state, event)


def apply_rest(program: Program, state: State, event: e.Event) -> None:
    """Folds an event whose changes the board shows already, as on the working copy that it was made on."""
    effect: e.Effect = getattr(event, "effect", e.NOTHING)
    if effect.sight or effect.deals or effect.motions or effect.opened or effect.ending >= 0:
        _fold_effect(state, effect, _caller(program, event) if effect.motions else NOBODY)
    handler = _HANDLERS.get(type(event))
    if handler is not None:
        handler(program, state, event)
    if state.expected or isinstance(event, e.CardDealt):
        expectations.fold(program, state, event)


def _caller(program: Program, event: e.Event) -> int:
    """Who brings the motions that the event calls: the seat whose public order it was."""
    public = isinstance(event, e.OrderDone) and program.actions[event.order.action].audience is None
    return event.seat if isinstance(event, e.OrderDone) and public else NOBODY


def _fold_effect(state: State, effect: e.Effect, caller: int) -> None:
    if effect.sight:
        _fold_sight(state, effect)
    if effect.deals:
        coming = tuple(
            Scheduled(state.turn + deal.delay, state.scheduled + count, deal.card, deal.bindings)
            for count, deal in enumerate(effect.deals)
        )
        msel.scheduled(state, coming, "rule")
    if effect.motions:
        waiting = {motion for motion, _ in state.motions}  # a vote on it takes up all its calls
        state.motions += tuple((motion, caller) for motion in effect.motions if motion not in waiting)
    if effect.opened:
        state.opened |= frozenset(effect.opened)
    if effect.ending >= 0:
        state.doom = effect.ending


def _fold_sight(state: State, effect: e.Effect) -> None:
    """New levels of sight; who loses sight keeps what was last seen, from before this event."""
    before = {slot: old for slot, old, _ in effect.changes}
    sight = list(state.sight)
    memory = list(state.memory)
    for viewer, slot, level in effect.sight:
        levels = bytearray(sight[viewer])
        was = levels[slot]
        levels[slot] = level
        sight[viewer] = bytes(levels)
        if level == Sight.HIDDEN:
            value = before.get(slot, state.board[slot])
            memory[viewer] = {**memory[viewer], slot: (was, value, state.turn)}
        elif was == Sight.HIDDEN:
            memory[viewer] = without(memory[viewer], slot)
    state.sight = tuple(sight)
    state.memory = tuple(memory)


def lengthen(program: Program, state: State) -> None:
    """Makes the board as long as the program's: slots were added to it (`wargame.rules.amend`)."""
    state.board += program.start[len(state.board) :]
    rows = zip(state.sight, program.sight, strict=True)
    state.sight = tuple(row + usual[len(row) :] for row, usual in rows)


def _card_written(program: Program, state: State, event: e.CardWritten) -> None:
    lengthen(program, state)


def without(mapping: Any, key: Any) -> dict[Any, Any]:
    """A copy without the key."""
    return {name: value for name, value in mapping.items() if name != key}


def _game_started(program: Program, state: State, event: e.GameStarted) -> None:
    state.played = event.played
    state.seats = tuple(seat for seat, plays in enumerate(event.played) if plays)
    state.seed = event.seed
    state.commitment = event.commitment
    state.timed = event.timed
    state.deadline = event.deadline
    state.status = "setup"
    state.phase = SETUP
    state.turn = 0


def _phase_began(program: Program, state: State, event: e.PhaseBegan) -> None:
    if event.turn != state.turn:
        state.entered = {}
        state.transferred = {}
    state.status = "running"
    state.turn = event.turn
    state.phase = event.phase
    state.deadline = event.deadline
    state.left = None
    state.sealed = frozenset()
    state.orders = {}
    state.floor = {}
    state.proposals = {}
    state.motion = None
    state.outcome = None
    state.mover = 0
    team.cleared(state)


def _choice_made(program: Program, state: State, event: e.ChoiceMade) -> None:
    state.chosen = {**state.chosen, event.choice: event.option}
    state.opened -= {event.choice}


def _placement_drafted(program: Program, state: State, event: e.PlacementDrafted) -> None:
    state.placed = {**state.placed, (event.placement, event.seat): event.areas}


def _setup_closed(program: Program, state: State, event: e.SetupClosed) -> None:
    state.placed = {}
    state.opened = frozenset()


def _card_dealt(program: Program, state: State, event: e.CardDealt) -> None:
    changes = event.effect.changes
    state.hand += (Dealt(event.number, event.card, event.bindings, event.to, state.turn, not event.to, changes),)
    if event.number == state.dealt:
        state.dealt += 1
    msel.dealt(program, state, event)
    state.sealed -= frozenset(seat for seat, _ in event.to)


def _answer_drafted(program: Program, state: State, event: e.AnswerDrafted) -> None:
    state.answers = {**state.answers, (event.number, event.seat): event.answer}


def _answer_revealed(program: Program, state: State, event: e.AnswerRevealed) -> None:
    state.answers = without(state.answers, (event.number, event.seat))
    changes = event.effect.changes
    state.hand = tuple([each.done(changes) if each.number == event.number else each for each in state.hand])


def _cards_closed(program: Program, state: State, event: e.CardsClosed) -> None:
    state.hand = ()
    state.answers = {}


def _orders_drafted(program: Program, state: State, event: e.OrdersDrafted) -> None:
    state.orders = {**state.orders, event.seat: event.orders}


def _order_done(program: Program, state: State, event: e.OrderDone) -> None:
    if _in_turns(program, state):
        _move_on(program, state, state.mover + 1)


def _move_on(program: Program, state: State, mover: int) -> None:
    """The next order of a phase of kind `turns`; whoever was done with a card is waited for again when its turn comes."""
    state.mover = mover
    state.sealed -= {mover_of(program, state)}


def _in_turns(program: Program, state: State) -> bool:
    return state.phase >= 0 and program.phases[state.phase].kind is PhaseKind.TURNS


def _floor_drafted(program: Program, state: State, event: e.FloorDrafted) -> None:
    state.floor = {**state.floor, event.seat: event.draft}


def _motion_tabled(program: Program, state: State, event: e.MotionTabled) -> None:
    state.motion = (event.motion, event.by)
    state.motions = tuple(each for each in state.motions if each[0] != event.motion)


def _motion_voted(program: Program, state: State, event: e.MotionVoted) -> None:
    state.motion = None
    state.outcome = None


def _outcome_set(program: Program, state: State, event: e.OutcomeSet) -> None:
    state.outcome = event.passed


def _agreement_proposed(program: Program, state: State, event: e.AgreementProposed) -> None:
    proposal = Proposal(event.seat, frozenset((event.seat,)), event.side_terms)
    state.proposals = {**state.proposals, event.agreement: proposal}


def _agreement_signed(program: Program, state: State, event: e.AgreementSigned) -> None:
    proposal = state.proposals[event.agreement]
    signed = evolve(proposal, signed=proposal.signed | {event.seat})
    state.proposals = {**state.proposals, event.agreement: signed}


def _agreement_declined(program: Program, state: State, event: e.AgreementDeclined) -> None:
    state.proposals = without(state.proposals, event.agreement)


def _agreement_entered(program: Program, state: State, event: e.AgreementEntered) -> None:
    state.proposals = without(state.proposals, event.agreement)
    state.signed = {**state.signed, event.agreement: Signed(event.by, state.turn, event.side_terms)}
    entered = dict(state.entered)
    for seat in program.agreements[event.agreement].parties:
        entered[seat] = entered.get(seat, 0) + 1
    state.entered = entered


def _agreement_ended(program: Program, state: State, event: e.AgreementEnded) -> None:
    state.signed = without(state.signed, event.agreement)


def _agreement_leaked(program: Program, state: State, event: e.AgreementLeaked) -> None:
    signed = state.signed.get(event.agreement)
    if signed is not None:
        state.signed = {**state.signed, event.agreement: evolve(signed, leaked=True)}


def _transferred(program: Program, state: State, event: e.Transferred) -> None:
    way = (event.seat, event.to)
    state.transferred = {**state.transferred, way: state.transferred.get(way, 0) + event.amount}


def _sealed(program: Program, state: State, event: e.Sealed) -> None:
    if _in_turns(program, state) and mover_of(program, state) == event.seat:
        # Passing: the next seat's orders begin; with cards it has answered the seat is done, too.
        state.sealed |= {event.seat}
        orders = max(1, program.phases[state.phase].model.orders)
        _move_on(program, state, (state.mover // orders + 1) * orders)
        return
    state.sealed |= {event.seat}


def _reopened(program: Program, state: State, event: e.Reopened) -> None:
    state.sealed -= {event.seat}


def _paused(program: Program, state: State, event: e.Paused) -> None:
    state.left = event.left
    state.deadline = None


def _resumed(program: Program, state: State, event: e.Resumed) -> None:
    state.left = None
    state.deadline = event.deadline


def _set_back(program: Program, state: State, event: e.Rewound | e.Forked) -> None:
    state.left = event.left
    state.deadline = None


def _extended(program: Program, state: State, event: e.Extended) -> None:
    state.deadline = event.deadline
    state.left = event.left


def _overridden(program: Program, state: State, event: e.Overridden) -> None:
    for index, _, new in event.effect.changes:
        family = program.slots[index].family
        if family is Family.AGREEMENT:
            agreement = next(each.index for each in program.agreements if each.slot == index)
            state.proposals = without(state.proposals, agreement)
            state.signed = without(state.signed, agreement)
            if new:
                state.signed = {**state.signed, agreement: Signed(NOBODY, state.turn)}
        elif family is Family.CHOICE:
            choice = next(each.index for each in program.choices if each.slot == index)
            state.chosen = {**state.chosen, choice: new}


def _game_ended(program: Program, state: State, event: e.GameEnded) -> None:
    state.status = "over"
    state.board_open = True  # the hot wash begins
    state.deadline = None
    state.left = None
    state.result = event.result
    # Nothing is secret any more: the review needs it all.
    state.sight = tuple(bytes([Sight.EXACT]) * len(program.slots) for _ in range(program.viewers))
    state.memory = tuple({} for _ in range(program.viewers))
    state.sealed = frozenset()
    state.orders = {}
    state.floor = {}
    state.proposals = {}
    state.motion = None
    state.outcome = None
    state.hand = ()
    state.answers = {}
    team.cleared(state)


_HANDLERS: dict[type[Any], Callable[[Program, State, Any], None]] = {
    e.GameStarted: _game_started,
    e.PhaseBegan: _phase_began,
    e.ChoiceMade: _choice_made,
    e.PlacementDrafted: _placement_drafted,
    e.SetupClosed: _setup_closed,
    e.CardWritten: _card_written,
    e.CardDealt: _card_dealt,
    **msel.FOLDS,
    e.AnswerDrafted: _answer_drafted,
    e.AnswerRevealed: _answer_revealed,
    e.CardsClosed: _cards_closed,
    e.OrdersDrafted: _orders_drafted,
    e.OrderDone: _order_done,
    e.FloorDrafted: _floor_drafted,
    e.MotionTabled: _motion_tabled,
    e.MotionVoted: _motion_voted,
    e.AgreementProposed: _agreement_proposed,
    e.AgreementSigned: _agreement_signed,
    e.AgreementDeclined: _agreement_declined,
    e.AgreementEntered: _agreement_entered,
    e.AgreementEnded: _agreement_ended,
    e.AgreementLeaked: _agreement_leaked,
    e.Transferred: _transferred,
    e.Sealed: _sealed,
    e.Reopened: _reopened,
    e.Paused: _paused,
    e.Resumed: _resumed,
    e.Extended: _extended,
    e.Rewound: _set_back,
    e.Forked: _set_back,
    e.Overridden: _overridden,
    e.OutcomeSet: _outcome_set,
    **petitions.FOLDS,
    **notes.FOLDS,
    **team.FOLDS,
    e.GameEnded: _game_ended,
}
