"""What the host and the facilitator may do: the clock, the cards, and the values of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import cards, flow, setup
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.legality import phase_of
from wargame.engine.work import Work
from wargame.rules.dice import SEED_BYTES
from wargame.rules.program import NOBODY


def _start(work: Work, body: c.Start) -> Refused | None:
    if work.state.status != "lobby":
        return Refused("not_allowed", "The game has started.")
    if len(body.seed) != SEED_BYTES:
        return Refused("malformed", f"A seed is {SEED_BYTES} bytes.")
    unknown = [seat for seat in body.played if seat not in work.program.seats]
    if unknown:
        return Refused("unknown", f"There is no seat {unknown[0]!r}.")
    missing = [
        seat
        for seat in work.program.seats
        if body.played and seat not in body.played and not work.program.scenario.seats[seat].optional
    ]
    if missing:
        return Refused("not_allowed", f"The game cannot do without {missing[0]}.")
    setup.start(work, body.seed, body.played, body.timed)
    return None


def _running(work: Work) -> Refused | None:
    if work.state.status == "over":
        return Refused("over", "The game is over.")
    if work.state.status == "lobby":
        return Refused("not_started", "The game has not started.")
    return None


def _tick(work: Work, body: c.Tick) -> Refused | None:
    deadline = work.state.deadline
    if deadline is None or work.at < deadline or _running(work) is not None:
        return Refused("not_allowed", "No deadline has passed.")
    flow.finish(work)
    return None


def _advance(work: Work, body: c.Advance) -> Refused | None:
    block = _running(work)
    if block is None and work.state.paused:
        return Refused("paused", "Resume the game first.")
    if block is None:
        flow.finish(work)
    return block


def _pause(work: Work, body: c.Pause) -> Refused | None:
    block = _running(work)
    if block is None and work.state.paused:
        return Refused("not_allowed", "It is paused already.")
    if block is None:
        deadline = work.state.deadline
        work.emit(e.Paused(max(0, deadline - work.at) if deadline is not None else 0))
    return block


def _clocked(work: Work) -> bool:
    """Whether the phase is one that ends by the clock in this game."""
    phase = phase_of(work.program, work.state)
    return work.state.timed and phase is not None and phase.model.seconds > 0


def _resume(work: Work, body: c.Resume) -> Refused | None:
    state = work.state
    if state.left is None:
        return Refused("not_allowed", "It is not paused.")
    work.emit(e.Resumed(work.at + state.left if _clocked(work) else None))
    return None


def _extend(work: Work, body: c.Extend) -> Refused | None:
    state = work.state
    if state.left is not None and _clocked(work):
        work.emit(e.Extended(None, max(0, state.left + body.seconds * 1000)))
        return None
    if state.deadline is None:
        return Refused("not_allowed", "This phase has no clock.")
    work.emit(e.Extended(max(work.at, state.deadline + body.seconds * 1000), None))
    return None


def _fire(work: Work, body: c.Fire) -> Refused | None:
    if work.state.status != "running":
        return _running(work) or Refused("not_started", "Turn 1 has not begun.")
    card = work.program.cards[body.card]
    given: list[int | None] = [None] * len(card.variables)
    for index, member in body.bound:
        variable = card.variables[index]
        if variable.members and member not in variable.members:
            return Refused("bad_target", f"That cannot be the {variable.name.replace('_', ' ')} of this card.")
        given[index] = member
    if not cards.deal(work, card, tuple(given), "fired", None):
        return Refused("bad_target", "Nobody whom the card is addressed to is in the game.")
    return None


def _cancel(work: Work, body: c.Cancel) -> Refused | None:
    numbers = [each.number for each in work.state.schedule if each.card == body.card]
    if not numbers:
        return Refused("not_allowed", "That card is not on the schedule.")
    for number in numbers:
        work.emit(e.CardDropped(number, body.reason or "the facilitator took it off"))
    return None


def _override(work: Work, body: c.Override) -> Refused | None:
    block = _running(work)
    if block is not None:
        return block
    effect = work.write([(body.slot, body.value)])
    work.emit(e.Overridden(body.reason, effect))
    return None


def _announce(work: Work, body: c.Announce) -> Refused | None:
    work.emit(e.Said(NOBODY, None, body.text))
    return None


HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {
    c.Start: _start,
    c.Tick: _tick,
    c.Advance: _advance,
    c.Pause: _pause,
    c.Resume: _resume,
    c.Extend: _extend,
    c.Fire: _fire,
    c.Cancel: _cancel,
    c.Override: _override,
    c.Announce: _announce,
}
