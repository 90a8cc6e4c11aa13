"""Deciding: a command in, events or a refusal out; the state is never touched.

Validate first, then work on a fork: `decide` gives the events whose folding (`wargame.engine.apply`) carries the command out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine import flow, hotwash, rulings
from wargame.engine.commands import Command, Refused
from wargame.engine.deliberation import take
from wargame.engine.legality import phase_of
from wargame.engine.players import say
from wargame.engine.state import State
from wargame.engine.white_cell import HOUSE
from wargame.engine.work import Work
from wargame.rules.program import Program


def decide(program: Program, state: State, command: Command) -> tuple[e.Event, ...] | Refused:
    """What comes of the command: events to fold, in order, or why nothing does. Pure."""
    work = Work(program, state.fork(), command.at, command.person)
    refused = carry(work, command)
    return refused if refused is not None else tuple(work.events)


def carry(work: Work, command: Command) -> Refused | None:
    """Carries the command out on the working copy, or says why not (then the copy is as it was)."""
    state = work.state
    program = work.program
    kind = type(command.body)
    refused: Refused | None
    if command.who == program.white_cell and kind in HOUSE:
        refused = _ended(work, command) or HOUSE[kind](work, command.body)
    elif kind in HOUSE and kind not in WORDS:
        return Refused("forbidden", "That is the facilitator's to do.")
    elif not 0 <= command.who < len(program.seats):
        return Refused("forbidden", "Only a seat can do that.")
    else:
        refused = _player(work, command)
    if refused is None and not state.paused:
        flow.settle(work)
    return refused


def _ended(work: Work, command: Command) -> Refused | None:
    """Two facilitators, or one and the clock, may end the same phase: the second time must not end the one after it."""
    state = work.state
    seen = (command.turn, command.phase)
    if not isinstance(command.body, c.Advance) or command.turn < 0 or seen == (state.turn, state.phase_id(work.program)):
        return None
    if state.status not in ("setup", "running"):
        return None  # that is what is said then
    return Refused(
        "stale_phase",
        "That phase has ended already: it is turn {turn}, {phase} now.",
        {"turn": state.turn, "phase": _phase_label(work)},
    )


def _player(work: Work, command: Command) -> Refused | None:
    state = work.state
    seat = command.who
    if not state.played[seat]:
        return Refused("forbidden", "Your seat is not in this game.")
    words = WORDS.get(type(command.body))
    if words is not None:
        return words(work, seat, command.body)
    if state.status == "over":
        return Refused("over", "The game is over.")
    if state.status == "lobby":
        return Refused("not_started", "The game has not started.")
    phase = state.phase_id(work.program)
    if command.turn != state.turn or command.phase != phase:
        return Refused(
            "stale_phase",
            "That was meant for another phase; it is turn {turn}, {phase} now.",
            {"turn": state.turn, "phase": _phase_label(work)},
        )
    if state.paused:
        return Refused("paused", "The facilitator has paused the game.")
    return take(work, seat, command.body)


# What a seat may say in any phase.
WORDS: dict[type[Any], Callable[[Work, int, Any], Refused | None]] = {c.Say: say, **rulings.PLAYER, **hotwash.PLAYER}


def _phase_label(work: Work) -> str:
    phase = phase_of(work.program, work.state)
    return str(phase.model.label) if phase is not None else "setup"
