"""Adjudication: how the facilitator rules on what seats propose beyond the rules (`wargame.engine.petitions`).

The facilitator sets odds (observers may estimate them first), the engine rolls, and the effects set down for that outcome are
carried out; or a petition is held back while everything else goes on, or turned down. Others may put a line of dissent to a
ruling that they heard. Form: the matrix game of the field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.adhoc import typed_effects
from wargame.engine.commands import Refused
from wargame.engine.petitions import HELD, OPEN, dissent_block, numbered, petition_block
from wargame.engine.state import Petition, State
from wargame.engine.work import Work
from wargame.rules.dice import draw
from wargame.words import later

SUCCESS, FAILURE = later("What happens if it succeeds: {reason}"), later("What happens if it fails: {reason}")
SPREAD = 1 << 30  # numbers are drawn from so many: they tell petitions apart and do not count them


def petition(work: Work, seat: int, body: c.Petition) -> Refused | None:
    """A seat proposes something that no order stands for."""
    state = work.state
    block = petition_block(state, seat)
    if block is not None:
        return block
    made = sum(each.seat == seat for each in state.petitions)
    number = draw(state.seed, f"petition|{work.program.seats[seat]}|{made}", SPREAD)
    while numbered(state, number) is not None:
        number += 1
    work.emit(e.Petitioned(seat, number, work.person, body.what, body.because, body.against))
    return None


def dissent(work: Work, seat: int, body: c.Dissent) -> Refused | None:
    """A seat puts one line against a ruling."""
    block = dissent_block(work.program, work.state, numbered(work.state, body.number), seat)
    if block is None:
        work.emit(e.Dissented(body.number, seat, body.text))
    return block


# What the facilitator may do


def _open(state: State, number: int) -> Petition | Refused:
    found = numbered(state, number)
    if found is None:
        return Refused("unknown", "There is no such proposal.")
    if found.status not in OPEN:
        return Refused("not_allowed", "It has been settled already.")
    return found


def estimate(work: Work, body: c.Estimate) -> Refused | None:
    """An observer or facilitator says how likely it is to come off."""
    found = _open(work.state, body.number)
    if isinstance(found, Refused):
        return found
    work.emit(e.Estimated(body.number, work.person, body.percent))
    return None


def defer(work: Work, body: c.Defer) -> Refused | None:
    """Holds one proposal back while the rest goes on."""
    found = _open(work.state, body.number)
    if isinstance(found, Refused):
        return found
    if found.status == HELD:
        return Refused("not_allowed", "It is held back already.")
    work.emit(e.PetitionHeld(body.number, body.reason))
    return None


def ruling_purpose(number: int) -> str:
    """What the die of a ruling is for, within the turn."""
    return f"ruling|{number}"


def rule(work: Work, body: c.Rule) -> Refused | None:
    """Rules on a proposal: the engine rolls against the odds, and what was set down for that outcome is carried out."""
    state = work.state
    found = _open(state, body.number)
    if isinstance(found, Refused):
        return found
    if state.status != "running":
        return Refused("over", "The game is over.")
    # Both are checked before the die is cast: a slip in the one that does not come about must not wait for another day.
    success = typed_effects(work.program, body.success, found.seat)
    failure = typed_effects(work.program, body.failure, found.seat)
    for outcome, words in ((success, SUCCESS), (failure, FAILURE)):
        if isinstance(outcome, Refused):
            return Refused(outcome.code, words, {"reason": outcome})
    purpose = ruling_purpose(body.number)
    roll = work.percent("ruling", purpose)
    came_off = roll <= body.odds
    source = body.success if came_off else body.failure
    run = success if came_off else failure
    assert not isinstance(run, Refused), "refusals were answered above"
    effect = work.run(run, found.seat, (), purpose, "effects")
    words = body.ruling if came_off else body.ruling_fails
    work.emit(e.Ruled(found.seat, body.number, body.odds, roll, came_off, words, body.public, source, effect))
    return None


def turn_down(work: Work, body: c.TurnDown) -> Refused | None:
    """Settles a proposal without a roll: it does not happen."""
    found = _open(work.state, body.number)
    if isinstance(found, Refused):
        return found
    work.emit(e.PetitionTurnedDown(found.seat, body.number, body.ruling))
    return None


PLAYER: dict[type[Any], Callable[[Work, int, Any], Refused | None]] = {c.Petition: petition, c.Dissent: dissent}
HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {
    c.Estimate: estimate,
    c.Defer: defer,
    c.Rule: rule,
    c.TurnDown: turn_down,
}
