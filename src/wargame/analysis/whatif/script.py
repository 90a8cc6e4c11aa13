"""What was done in a game, moment by moment, so that it can be done again in a game that has gone another way.

A chronicle holds events. What people wanted is read back from those that follow a command: an answer drafted, orders drafted,
a signature. What was done is done again as a command, so it is checked anew: what is no longer legal is told as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from wargame.analysis.chronicle import Step
from wargame.engine import events as e
from wargame.engine.state import State
from wargame.engine.view import floor_of, member_id, order_of
from wargame.rules.program import NOBODY, Program
from wargame.scenario.model import PhaseKind

Moment: TypeAlias = tuple[int, int]  # turn, index of the phase
Body: TypeAlias = dict[str, Any]


@frozen
class Answered:
    """An answer by card instead of by number: numbers differ in a game that went another way. `copy`: which one, where the card
    was on the table several times."""

    seat: int
    card: int
    copy: int
    event: e.AnswerDrafted


@frozen
class Act:
    """Something a seat did (NOBODY: the facilitator). `event` tells what."""

    seat: int
    event: e.Event | Answered


@frozen
class Script:
    """What was done at each moment, in order, and which cards a seat left to their default: (moment, seat, card).

    `last`: the last moment that the record knows of.
    """

    acts: Mapping[Moment, tuple[Act, ...]]
    silent: frozenset[tuple[Moment, int, int]]
    last: Moment = field(default=(0, -1))

    @classmethod
    def of(cls, steps: Iterable[Step]) -> Script:
        """The script of a chronicle's steps (`Chronicle.walk`)."""
        acts: dict[Moment, list[Act]] = defaultdict(list)
        silent: set[tuple[Moment, int, int]] = set()
        last = (0, -1)
        before: e.Event | None = None
        for step in steps:
            moment, event = (step.before.turn, step.before.phase), step.event
            last = max(last, moment)
            if isinstance(event, e.AnswerRevealed) and event.defaulted:
                silent.add((moment, event.seat, _card_of(step.before, event.number)))
            # An end that was called is one of the endings, which the event after the call names.
            called = isinstance(event, e.GameEnded) and isinstance(before, e.EndCalled)
            seat = NOBODY if called else _doer(step.program, step.before, event)
            before = event
            if seat is not None:
                act = Act(seat, _by_card(step.before, event))
                # Drafts are replaced until the phase ends: the last of a seat is the one that counts. Where seats move in turn
                # an answer opens the way for what comes next, so each stays where it was.
                if not _in_turns(step.program, step.before):
                    acts[moment] = [each for each in acts[moment] if not _replaces(act.event, each.event)]
                acts[moment].append(act)
        return cls({moment: tuple(done) for moment, done in acts.items()}, frozenset(silent), last)


def _in_turns(program: Program, state: State) -> bool:
    return state.phase >= 0 and program.phases[state.phase].kind is PhaseKind.TURNS


def _doer(program: Program, state: State, event: e.Event) -> int | None:
    """Who did what the event tells; None for what the engine did, and for what has no effect on the board."""
    match event:
        case e.AnswerDrafted() | e.OrdersDrafted() | e.FloorDrafted() | e.AgreementProposed() | e.AgreementSigned():
            return event.seat
        case e.Transferred() | e.ChoiceMade() | e.Petitioned():
            return event.seat
        case e.AgreementDeclined() | e.AgreementEnded():
            return event.seat if event.seat != NOBODY else None
        case e.OrderDone() | e.Sealed():  # where seats give orders in turn, being done is a move too
            return event.seat if _in_turns(program, state) else None
        case e.CardDealt():
            return NOBODY if event.reason in ("fired", "released") else None
        case e.Overridden() if not event.effect.changes:
            return None
        case e.Overridden() | e.CardHeld() | e.CardSkipped() | e.CardPlanned() | e.CardRecalled() | e.CardsMoved():
            return NOBODY
        case e.CardWritten() | e.Happened() | e.OutcomeSet() | e.Ruled() | e.PetitionTurnedDown():
            return NOBODY
        case _:
            return None


def _by_card(state: State, event: e.Event) -> e.Event | Answered:
    if isinstance(event, e.AnswerDrafted):
        card = _card_of(state, event.number)
        copies = [dealt.number for dealt in state.hand if dealt.card == card]
        return Answered(event.seat, card, copies.index(event.number) if event.number in copies else 0, event)
    return event


def _replaces(new: e.Event | Answered, old: e.Event | Answered) -> bool:
    if isinstance(new, Answered):
        return isinstance(old, Answered) and (new.seat, new.event.number) == (old.seat, old.event.number)
    if isinstance(new, e.OrdersDrafted | e.FloorDrafted):
        return isinstance(old, type(new)) and new.seat == old.seat
    return False


def _card_of(state: State, number: int) -> int:
    return next((dealt.card for dealt in state.hand if dealt.number == number), -1)


def body_of(program: Program, state: State, act: Act) -> Body | None:
    """The act as a command's body in this state; None when there is nothing here that it could be about."""
    maker = _BODIES[type(act.event)]
    return maker(program, state, act.event)


def _respond(program: Program, state: State, done: Answered) -> Body | None:
    copies = [dealt for dealt in state.hand if dealt.card == done.card]
    for dealt in copies[done.copy :] or copies:
        place = next((index for seat, index in dealt.to if seat == done.seat), -1)
        if not dealt.resolved and place >= 0:
            options, answer = program.cards[dealt.card].addressees[place].options, done.event.answer
            return {
                "do": "respond",
                "card": str(dealt.number),
                "option": options[answer.option].id if answer.option < len(options) else "",
                "rationale": answer.rationale,
                "belief": answer.belief,
            }
    return None


def _orders(program: Program, state: State, event: e.OrdersDrafted) -> Body:
    return {"do": "orders", "orders": [order_of(program, order) for order in event.orders]}


def _order(program: Program, state: State, event: e.OrderDone) -> Body:
    return {"do": "order", **order_of(program, event.order)}


def _floor(program: Program, state: State, event: e.FloorDrafted) -> Body:
    return {"do": "floor", **floor_of(event.draft)}


def _propose(program: Program, state: State, event: e.AgreementProposed) -> Body:
    return {"do": "propose", "agreement": program.agreements[event.agreement].id, "side_terms": event.side_terms}


def _agreement(do: str) -> Callable[[Program, State, Any], Body]:
    return lambda program, state, event: {"do": do, "agreement": program.agreements[event.agreement].id}


def _transfer(program: Program, state: State, event: e.Transferred) -> Body:
    return {"do": "transfer", "to": program.seats[event.to], "amount": event.amount}


def _choose(program: Program, state: State, event: e.ChoiceMade) -> Body:
    choice = program.choices[event.choice]
    return {"do": "choose", "choice": choice.id, "option": choice.options[event.option]}


def _fire(program: Program, state: State, event: e.CardDealt) -> Body | None:
    if event.card >= len(program.cards):  # written by the facilitator later on
        return None
    if event.reason == "released" and event.line:
        return {"do": "release", "entry": event.line}
    card = program.cards[event.card]
    bound = zip(card.variables, event.bindings, strict=True)
    return {
        "do": "fire",
        "card": card.id,
        "bound": {each.name: member_id(program, each.kind, member) for each, member in bound},
    }


def _override(program: Program, state: State, event: e.Overridden) -> Body | None:
    if len(event.effect.changes) != 1:
        return None
    slot, _, new = event.effect.changes[0]
    return {"do": "override", "slot": program.slots[slot].name, "value": new, "reason": event.reason}


def _hold(program: Program, state: State, event: e.CardHeld) -> Body:
    return {"do": "hold" if event.held else "unhold", "entry": event.line, "reason": event.reason}


def _skip(program: Program, state: State, event: e.CardSkipped) -> Body:
    return {"do": "skip", "entry": event.line, "reason": event.reason}


def _recall(program: Program, state: State, event: e.CardRecalled) -> Body | None:
    number = next((dealt.number for dealt in state.hand if dealt.card == event.card and not dealt.resolved), None)
    number = number if number is not None else next((dealt.number for dealt in state.hand if dealt.card == event.card), None)
    return {"do": "recall", "card": str(number), "reason": event.reason, "undo": event.undone} if number is not None else None


def _move(program: Program, state: State, event: e.CardsMoved) -> Body | None:
    # One that is out of the game's turns now was moved along with those due later, of which there were none.
    if len(event.moves) == 1 and event.moves[0][2] <= program.scenario.turns.count:
        line, _, turn, _ = event.moves[0]
        return {"do": "retime", "entry": line, "turn": turn}
    line, before, turn, _ = event.moves[0] if event.moves else ("", 0, 0, None)
    return {"do": "shift", "entry": line, "turns": turn - before} if line else None


def _plan(program: Program, state: State, event: e.CardPlanned) -> Body | None:
    if event.card >= len(program.cards):
        return None
    card = program.cards[event.card]
    bound = [(each, member) for each, member in zip(card.variables, event.bindings, strict=True) if member is not None]
    names = {each.name: member_id(program, each.kind, member) for each, member in bound}
    return {"do": "plan", "card": card.id, "turn": event.turn, "bound": names}


def _write(program: Program, state: State, event: e.CardWritten) -> Body | None:
    return {"do": "write", "source": event.source} if event.card not in program.card_index else None


def _happen(program: Program, state: State, event: e.Happened) -> Body:
    return {"do": "happen", "text": event.text, "effects": event.source, "reason": event.reason}


def _outcome(program: Program, state: State, event: e.OutcomeSet) -> Body | None:
    on_floor = state.motion is not None and state.motion[0] == event.motion
    return {"do": "outcome", "passed": event.passed, "reason": event.reason} if on_floor else None


def _petition(program: Program, state: State, event: e.Petitioned) -> Body:
    return {"do": "petition", "what": event.what, "because": list(event.because), "against": event.against}


def _rule(program: Program, state: State, event: e.Ruled) -> Body:
    """Only the effects and words of what came about are on record. A petition has the same number, and with it the same die,
    where its seat has made as many."""
    outcome = "success" if event.success else "failure"
    return {
        "do": "rule",
        "number": event.number,
        "odds": event.odds,
        outcome: event.source,
        "ruling": event.ruling or "...",
        "ruling_fails": "" if event.success else event.ruling,
        "public": event.public,
    }


def _turn_down(program: Program, state: State, event: e.PetitionTurnedDown) -> Body:
    return {"do": "turn_down", "number": event.number, "ruling": event.ruling}


def _end(program: Program, state: State, event: e.GameEnded) -> Body:
    ending = event.result.ending
    return {"do": "end", "ending": program.endings[ending].id if ending >= 0 else None, "reason": "As it was."}


def _seal(program: Program, state: State, event: e.Sealed) -> Body:
    return {"do": "seal"}


_BODIES: dict[type[Any], Callable[[Program, State, Any], Body | None]] = {
    Answered: _respond,
    e.OrdersDrafted: _orders,
    e.OrderDone: _order,
    e.FloorDrafted: _floor,
    e.AgreementProposed: _propose,
    e.AgreementSigned: _agreement("sign"),
    e.AgreementDeclined: _agreement("decline"),
    e.AgreementEnded: _agreement("leave"),
    e.Transferred: _transfer,
    e.ChoiceMade: _choose,
    e.CardDealt: _fire,
    e.Sealed: _seal,
    e.CardRecalled: _recall,
    e.CardsMoved: _move,
    e.CardHeld: _hold,
    e.CardSkipped: _skip,
    e.CardPlanned: _plan,
    e.Overridden: _override,
    e.CardWritten: _write,
    e.Happened: _happen,
    e.OutcomeSet: _outcome,
    e.Petitioned: _petition,
    e.Ruled: _rule,
    e.PetitionTurnedDown: _turn_down,
    e.GameEnded: _end,
}
