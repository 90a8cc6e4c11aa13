"""Petitions: what seats propose beyond the rules, as the state keeps them and as each viewer knows of them.

A petition is "we do X, because A, B and C; against it speaks D". It waits until `wargame.engine.rulings` settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.state import Petition, State
from wargame.rules.program import Program

WAITING, HELD, RULED, TURNED_DOWN = "waiting", "held", "ruled", "turned_down"
OPEN = (WAITING, HELD)
MOST_OPEN = 3  # of a seat
MOST_MADE = 20  # by a seat in a game


def petition_block(state: State, seat: int) -> Refused | None:
    """Why the seat cannot put something to the facilitator now."""
    if state.status != "running":
        return Refused("not_started", "There is nothing to rule on before turn 1 or after the end.")
    if state.paused:
        return Refused("paused", "The facilitator has paused the game.")
    own = [each for each in state.petitions if each.seat == seat]
    if sum(each.status in OPEN for each in own) >= MOST_OPEN:
        return Refused(
            "not_allowed", "{most} proposals of yours wait for a ruling; no more until one is settled.", {"most": MOST_OPEN}
        )
    if len(own) >= MOST_MADE:
        return Refused("not_allowed", "You have made {most} proposals; that is the most.", {"most": MOST_MADE})
    return None


def hears(program: Program, state: State, petition: Petition, viewer: int) -> bool:
    """Whether a viewer knows of the petition: its seat and the white cell always, everybody once it is ruled on in public or
    the game is over."""
    if viewer in (petition.seat, program.white_cell) or state.status == "over":
        return True
    return petition.status == RULED and petition.public


def dissent_block(program: Program, state: State, petition: Petition | None, seat: int) -> Refused | None:
    """Why the seat cannot dissent."""
    if petition is None or not hears(program, state, petition, seat):
        return Refused("unknown", "There is no such ruling.")
    if petition.status not in (RULED, TURNED_DOWN):
        return Refused("not_allowed", "There is no ruling on it yet.")
    if any(who == seat for who, _ in petition.dissents):
        return Refused("not_allowed", "You have put your dissent to it.")
    return None


def numbered(state: State, number: int) -> Petition | None:
    """The petition of this number."""
    return next((each for each in state.petitions if each.number == number), None)


# Folding


def _changed(state: State, number: int, **fields: Any) -> None:
    state.petitions = tuple(evolve(each, **fields) if each.number == number else each for each in state.petitions)


def _petitioned(program: Program, state: State, event: e.Petitioned) -> None:
    made = Petition(
        event.number, event.seat, event.person, event.what, event.because, event.against, state.turn, state.phase_id(program)
    )
    state.petitions += (made,)


def _estimated(program: Program, state: State, event: e.Estimated) -> None:
    found = numbered(state, event.number)
    assert found is not None, "an estimate is of a petition"
    others = tuple(each for each in found.estimates if each[0] != event.person)
    _changed(state, event.number, estimates=(*others, (event.person, event.percent)))


def _ruled(program: Program, state: State, event: e.Ruled) -> None:
    _changed(
        state,
        event.number,
        status=RULED,
        odds=event.odds,
        roll=event.roll,
        success=event.success,
        ruling=event.ruling,
        public=event.public,
        settled=_settled(state),
    )


def _settled(state: State) -> int:
    """The place of the next ruling among all: what others hear is listed in this order."""
    return 1 + max((each.settled for each in state.petitions), default=0)


def _dissented(program: Program, state: State, event: e.Dissented) -> None:
    found = numbered(state, event.number)
    assert found is not None, "a dissent is to a ruling"
    _changed(state, event.number, dissents=(*found.dissents, (event.seat, event.text)))


FOLDS: dict[type[Any], Callable[[Program, State, Any], None]] = {
    e.Petitioned: _petitioned,
    e.PetitionHeld: lambda program, state, event: _changed(state, event.number, status=HELD, held=event.reason),
    e.Estimated: _estimated,
    e.Ruled: _ruled,
    e.PetitionTurnedDown: lambda program, state, event: _changed(
        state, event.number, status=TURNED_DOWN, ruling=event.ruling, settled=_settled(state)
    ),
    e.Dissented: _dissented,
}


# What is known of it


def petitions(program: Program, state: State, viewer: int) -> list[dict[str, Any]]:
    """The petitions that the viewer knows of: its own as made, then those of others as ruled on."""
    known = [each for each in state.petitions if hears(program, state, each, viewer)]
    if viewer != program.white_cell:
        known.sort(key=lambda each: (each.seat != viewer, each.settled if each.seat != viewer else 0))
    return [_petition_of(program, each, viewer) for each in known]


def _petition_of(program: Program, made: Petition, viewer: int) -> dict[str, Any]:
    white_cell = viewer == program.white_cell
    own = white_cell or viewer == made.seat
    ruled = made.status == RULED
    plain: dict[str, Any] = {
        "number": made.number,
        "seat": program.seats[made.seat],
        "person": made.person if own else "",
        "what": made.what,
        "because": list(made.because),
        "against": made.against,
        "status": made.status,
        "turn": made.turn,
        "phase": made.phase,
        "odds": made.odds if ruled else None,
        "roll": made.roll if ruled else None,
        "success": made.success if ruled else None,
        "public": made.public,
        "ruling": made.ruling,
        "dissents": [{"seat": program.seats[seat], "text": text} for seat, text in made.dissents],
    }
    if own:
        plain["held"] = made.held
    if white_cell:
        plain["estimates"] = [{"person": person, "percent": percent} for person, percent in made.estimates]
    return plain


def project(program: Program, state: State, event: Any, viewer: int, ops: list[list[Any]]) -> None:
    """The petitions anew for those who know of this one; estimates are the white cell's alone."""
    made = numbered(state, event.number)
    assert made is not None, "the event is of a petition"
    if isinstance(event, e.Estimated) and viewer != program.white_cell:
        return
    if hears(program, state, made, viewer):
        ops.append(["set", "petitions", petitions(program, state, viewer)])
