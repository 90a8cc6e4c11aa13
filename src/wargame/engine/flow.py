"""The flow of a game: phases end, resolve, and the next one begins, until somebody has to decide."""

from __future__ import annotations

from attrs import evolve

from wargame.engine import cards, deliberation, floor, orders, setup, steps
from wargame.engine import events as e
from wargame.engine.legality import active, mover_of, phase_of
from wargame.engine.scores import result
from wargame.engine.work import Work
from wargame.rules.program import NOBODY, Phase
from wargame.scenario.model import PhaseKind

MOST_UNASKED = 200  # phases in a row that pass by themselves
STOPPED = (
    f"{MOST_UNASKED} phases have passed with nothing for anybody to decide, so the game waits here. End the phase to go on."
)


def settle(work: Work) -> None:
    """Ends the game if it was called to an end, else the phase if nobody is waited for, and goes on to where somebody is.

    It stops after `MOST_UNASKED` phases in which nobody had anything to decide: other tables wait meanwhile.
    """
    for _ in range(MOST_UNASKED):
        steps.check_endings(work, called_only=True)
        if work.state.status not in ("setup", "running") or not _complete(work):
            return
        finish(work)
    steps.check_endings(work, called_only=True)
    if work.state.status == "running" and _complete(work):
        work.emit(e.Said(NOBODY, (), STOPPED))


def _complete(work: Work) -> bool:
    state = work.state
    if mover_of(work.program, state) != NOBODY:
        return False
    return state.sealed.issuperset(active(work.program, state))


def finish(work: Work) -> None:
    """Ends the phase as things stand, resolves it, and begins the next."""
    state = work.state
    deliberation.stand(work)
    if state.status == "setup":
        setup.close(work)
        begin(work, 1, 0)
        return
    phase = phase_of(work.program, state)
    if phase is None:
        return
    cards.resolve(work)
    if phase.kind is PhaseKind.ORDERS:
        for agreement in sorted(state.proposals):
            work.emit(e.AgreementDeclined(NOBODY, agreement))
        orders.resolve(work)
    elif phase.kind is PhaseKind.FLOOR:
        floor.resolve(work)
    steps.take(work, phase)
    steps.check_endings(work, called_only=True)
    if state.status == "running":
        _next(work, phase.index)


def _next(work: Work, index: int) -> None:
    """Begins what comes after phase `index`: the next phase, the next turn, or the end."""
    state = work.state
    phases = work.program.phases
    for phase in phases[index + 1 :]:
        if phase.kind is not PhaseKind.FLOOR or state.motions:
            begin(work, state.turn, phase.index)
            return
        # A floor with nothing to vote on is passed over, its steps taken all the same.
        steps.take(work, phase)
        steps.check_endings(work, called_only=True)
        if state.status != "running":
            return
    cards.miss(work)
    if state.hand:
        work.emit(e.CardsClosed())
    if state.turn >= work.program.scenario.turns.count:
        work.emit(e.GameEnded(result(work.program, state, -1)))
        return
    begin(work, state.turn + 1, 0)


def begin(work: Work, turn: int, index: int) -> None:
    """Begins a phase."""
    phase = work.program.phases[index]
    work.emit(_began(work, turn, index, phase))
    if phase.kind is PhaseKind.CARDS:
        cards.deal_turn(work, phase)
    elif phase.kind is PhaseKind.FLOOR:
        floor.table_motion(work)


def _began(work: Work, turn: int, index: int, phase: Phase) -> e.PhaseBegan:
    state = work.state
    effect = work.write([(work.program.turn_slot, turn)])
    again = steps.secret_again(work)
    if again:
        effect = evolve(effect, sight=effect.sight + again)
    seconds = phase.model.seconds
    deadline = work.at + seconds * 1000 if state.timed and seconds > 0 else None
    return e.PhaseBegan(turn, index, deadline, effect)
