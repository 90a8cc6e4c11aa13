"""The program a game goes on by: events may bring rules of their own, cards and effects that were written while it ran.

Whoever folds events into a state folds them into the program as well:

    program = amended(program, event)
    apply(program, state, event)
"""

from __future__ import annotations

from wargame.engine import events as e
from wargame.engine.apply import apply
from wargame.engine.state import State
from wargame.rules.amend import Amended, Typed, amend, with_effects
from wargame.rules.program import NOBODY, Program

BRING_RULES = (e.CardWritten, e.Happened, e.Ruled)


def amended(program: Program, event: e.Event) -> Program:
    """The program from this event on: mostly the same. To be asked before the event is applied.

    Raises ValueError where an event brings rules that cannot be compiled: the game was played by another version.
    """
    if not isinstance(event, BRING_RULES):
        return program
    made: Amended | Typed
    if isinstance(event, e.CardWritten):
        made = amend(program, event.source)
    else:
        if not event.effect.rolls and not event.effect.news:
            return program  # nothing that happened names a place in the rules
        made = with_effects(program, event.source, event.seat if isinstance(event, e.Ruled) else NOBODY)
    if made.report.failed:
        raise ValueError(f"What was written in this game is no longer understood: {made.report.problems[0].message}")
    return made.program


def fold(program: Program, state: State, event: e.Event) -> Program:
    """Folds an event into the state, in place; gives the program that the game goes on by."""
    program = amended(program, event)
    apply(program, state, event)
    return program
