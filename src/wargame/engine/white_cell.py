"""What the host and the facilitator may do: the clock, the cards, and the values of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import adhoc, bodies, deliberation, flow, hotwash, rulings, setup, timeline
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.knowledge import owner_label
from wargame.engine.legality import phase_of
from wargame.engine.players import perform, say
from wargame.engine.scores import result
from wargame.engine.work import Work
from wargame.rules.dice import SEED_BYTES
from wargame.rules.program import NOBODY


def _start(work: Work, body: c.Start) -> Refused | None:
    if work.state.status != "lobby":
        return Refused("not_allowed", "The game has started.")
    if len(body.seed) != SEED_BYTES:
        return Refused("malformed", "A seed is {count} bytes.", {"count": SEED_BYTES})
    unknown = [seat for seat in body.played if seat not in work.program.seats]
    if unknown:
        return Refused("unknown", "There is no seat {unknown!r}.", {"unknown": unknown[0]})
    missing = [
        seat
        for seat in work.program.seats
        if body.played and seat not in body.played and not work.program.scenario.seats[seat].optional
    ]
    if missing:
        return Refused("not_allowed", "The game cannot do without {missing}.", {"missing": missing[0]})
    setup.start(work, body.seed, body.played, body.timed)
    return None


def _running(work: Work) -> Refused | None:
    if work.state.status == "over":
        return Refused("over", "The game is over.")
    if work.state.status == "lobby":
        return Refused("not_started", "The game has not started.")
    return None


def _tick(work: Work, body: c.Tick) -> Refused | None:
    if _running(work) is not None:
        return Refused("not_allowed", "No deadline has passed.")
    adopted = deliberation.mature(work)
    deadline = work.state.deadline
    if deadline is not None and work.at >= deadline:
        flow.finish(work)
    elif not adopted:
        return Refused("not_allowed", "No deadline has passed.")
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
        return Refused("not_allowed", "The game is paused already.")
    if block is None:
        deadline = work.state.deadline
        work.emit(e.Paused(max(0, deadline - work.at) if deadline is not None else 0))
        deliberation.stop_delays(work)
    return block


def _clocked(work: Work) -> bool:
    """Whether the phase is one that ends by the clock in this game."""
    phase = phase_of(work.program, work.state)
    return work.state.timed and phase is not None and phase.model.seconds > 0


def _resume(work: Work, body: c.Resume) -> Refused | None:
    state = work.state
    if state.left is None:
        return Refused("not_allowed", "The game is not paused: it goes on already.")
    work.emit(e.Resumed(work.at + state.left if _clocked(work) else None))
    deliberation.resume_delays(work)
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


def _act(work: Work, body: c.Act) -> Refused | None:
    """What a seat may do now, done for it. Where the seat is done with the phase it is not any more: its people have to look
    at what stands in their name."""
    block = _running(work)
    if block is not None:
        return block
    state = work.state
    if not state.played[body.seat]:
        return Refused("bad_target", "That seat is not in this game.")
    if state.paused:
        return Refused("paused", "Resume the game first.")
    if type(body.body) not in bodies.BINDING:
        return Refused("not_allowed", "That is for the people of the seat alone; what you have to say, say in your own name.")
    # Tried out on copies, so that a refusal leaves nothing behind.
    what = bodies.words(work.program, state, body.seat, body.body)
    first = e.OnBehalf(body.seat, what, _told_to(work, body), body.reason)
    refused: Refused | None = None
    for opening in ((first,), (first, e.Reopened(body.seat))):
        refused = _carried(Work(work.program, state.fork(), work.at, work.person), opening, body)
        if refused is None:
            return _carried(work, opening, body)
        if refused.code != "sealed" or isinstance(body.body, c.Seal):
            break
    assert refused is not None
    return Refused(refused.code, "{seat}: {reason}", {"seat": owner_label(work.program, body.seat), "reason": refused})


def _carried(work: Work, opening: tuple[e.Event, ...], body: c.Act) -> Refused | None:
    for event in opening:
        work.emit(event)
    return perform(work, body.seat, body.body)


def _told_to(work: Work, body: c.Act) -> tuple[int, ...] | None:
    """The seats that hear that the facilitator did it: the seat, and who sees the deed at once; None: everybody."""
    program = work.program
    deed = body.body
    others: tuple[int, ...] = ()
    if isinstance(deed, c.Propose | c.Sign | c.Decline):
        others = program.agreements[deed.agreement].parties
    elif isinstance(deed, c.Leave):
        slot = program.agreements[deed.agreement].slot
        if work.state.sight[program.public][slot]:
            return None
        others = tuple(seat for seat in range(len(program.seats)) if work.state.sight[seat][slot])
    elif isinstance(deed, c.Transfer):
        others = (deed.to,)
    elif isinstance(deed, c.GiveOrder):
        audience = program.actions[deed.order.action].audience
        if audience is None:
            return None
        others = tuple(seat for seat in range(len(program.seats)) if audience[seat])
    elif isinstance(deed, c.Seal | c.Reopen):
        return None
    return tuple(sorted({body.seat, *others}))


def _decide(work: Work, body: c.Decide) -> Refused | None:
    motion = work.state.motion
    if motion is None:
        return _running(work) or Refused("not_allowed", "No motion is on the floor.")
    work.emit(e.OutcomeSet(motion[0], body.passed, body.reason))
    return None


def _end(work: Work, body: c.EndGame) -> Refused | None:
    block = _running(work)
    if block is None:
        work.emit(e.EndCalled(body.reason))
        work.emit(e.GameEnded(result(work.program, work.state, body.ending)))
    return block


HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {
    c.Start: _start,
    c.Tick: _tick,
    c.SetTeam: deliberation.set_team,
    c.Advance: _advance,
    c.Pause: _pause,
    c.Resume: _resume,
    c.Extend: _extend,
    c.Override: _override,
    c.Announce: _announce,
    c.Say: lambda work, body: say(work, NOBODY, body),
    c.Act: _act,
    c.Decide: _decide,
    c.EndGame: _end,
    **timeline.HOUSE,
    **adhoc.HOUSE,
    **rulings.HOUSE,
    **hotwash.HOUSE,
}
