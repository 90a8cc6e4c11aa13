"""The steps of automatic phases: income, clocks, agreements, expiries, endings and rules."""

from __future__ import annotations

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.scores import result
from wargame.engine.work import Work
from wargame.rules.execution import round_half_away
from wargame.rules.program import NOBODY, Agreement, Phase, Sight


def take(work: Work, phase: Phase) -> None:
    """Takes the phase's steps in order, until the game is over."""
    for count, step in enumerate(phase.steps):
        if work.state.status == "over":
            return
        if step.name == "effects":
            effect = work.run(step.run, NOBODY, (), f"phase|{phase.index}|{count}")
            work.emit_if(e.Upkeep("effects", str(phase.model.label), effect), effect)
        else:
            STEPS[step.name](work)


def _income(work: Work) -> None:
    state = work.state
    # The first turn starts with the resources as set.
    if state.turn <= 1:
        return
    writes = [
        (income.slot, state.board[income.slot] + round_half_away(income.amount(state.board, income.seat)))
        for income in work.program.incomes
        if state.played[income.seat]
    ]
    effect = work.write(writes)
    work.emit_if(e.Upkeep("income", "", effect), effect)


def _clocks(work: Work) -> None:
    for clock in work.program.clocks:
        left = work.state.board[clock.slot]
        if left <= 0:
            continue
        effect = work.write([(clock.slot, left - clock.tick)])
        work.emit_if(e.Upkeep("clock", clock.id, effect), effect)
        if work.state.board[clock.slot] == 0:
            done = work.run(clock.at_zero, NOBODY, (), f"clock|{clock.id}")
            work.emit_if(e.Upkeep("clock", clock.id, done), done)


def _agreements(work: Work) -> None:
    for agreement in work.program.agreements:
        if not work.state.board[agreement.slot]:
            continue
        held = work.run(agreement.each_turn, agreement.parties[0], (), f"agreement|{agreement.id}|turn")
        work.emit_if(e.AgreementHeld(agreement.index, held), held)
        _leak(work, agreement)
        if agreement.ends_when is not None and agreement.ends_when(work.state.board, NOBODY):
            end_agreement(work, agreement, NOBODY)


def _leak(work: Work, agreement: Agreement) -> None:
    state = work.state
    signed = state.signed.get(agreement.index)
    if agreement.leak <= 0 or signed is None or signed.leaked:
        return
    if work.percent(agreement.id, "leak", agreement.id) > agreement.leak:
        return
    effect = work.run(agreement.on_leak, NOBODY, (), f"agreement|{agreement.id}|leak")
    known = tuple(
        (viewer, agreement.slot, int(Sight.EXACT))
        for viewer in range(work.program.viewers)
        if state.sight[viewer][agreement.slot] != Sight.EXACT
    )
    work.emit(e.AgreementLeaked(agreement.index, evolve(effect, sight=effect.sight + known)))


def secret_again(work: Work) -> tuple[tuple[int, int, int], ...]:
    """Sight to take back from those who knew of a secret agreement that had come out and is over: a new one is secret."""
    state = work.state
    taken: list[tuple[int, int, int]] = []
    for agreement in work.program.agreements:
        if agreement.leak <= 0:
            continue
        signed = state.signed.get(agreement.index)
        if state.board[agreement.slot] and signed is not None and signed.leaked:
            continue
        slot = agreement.slot
        for viewer in range(work.program.viewers):
            usual = work.program.sight[viewer][slot]
            if state.sight[viewer][slot] != usual:
                taken.append((viewer, slot, usual))
    return tuple(taken)


def end_agreement(work: Work, agreement: Agreement, seat: int) -> None:
    """Ends an agreement with its leaving effects; `seat` NOBODY: it lapsed."""
    first = work.write([(agreement.slot, 0)])
    me = seat if seat != NOBODY else agreement.parties[0]
    after = work.run(agreement.on_leave, me, (), f"agreement|{agreement.id}|leave")
    work.emit(e.AgreementEnded(seat, agreement.index, work.merged(first, after)))


def _expiries(work: Work) -> None:
    effect = work.write([(slot, 0) for slot in work.program.expiring])
    work.emit_if(e.Upkeep("expiries", "", effect), effect)


def check_endings(work: Work, *, called_only: bool = False) -> None:
    """Ends the game when an effect called for it or an ending's condition holds."""
    state = work.state
    if state.status != "running":
        return
    if state.doom >= 0:
        work.emit(e.GameEnded(result(work.program, state, state.doom)))
        return
    if called_only:
        return
    for ending in work.program.endings:
        if ending.when is not None and ending.when(state.board, NOBODY):
            work.emit(e.GameEnded(result(work.program, state, ending.index)))
            return


STEPS = {
    "income": _income,
    "clocks": _clocks,
    "agreements": _agreements,
    "expiries": _expiries,
    "endings": check_endings,
}
