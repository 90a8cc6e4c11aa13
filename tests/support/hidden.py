"""Games that differ only in what a viewer may not know, and what it may try to find out."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support.play import seed_of
from wargame.engine.state import State
from wargame.rules.program import Family, Program, Sight


def with_hidden_changed(program: Program, state: State, viewer: int, rng: Random) -> State:
    """A state with other values where the viewer cannot tell: hidden slots, other drafts, the schedule."""
    twin = state.fork()
    sight = state.sight[viewer]
    watched = program.sight_reads
    for slot in program.slots:
        # What somebody's sight hangs on cannot change without their sight changing too.
        if not slot.shown or slot.index in watched or slot.family is Family.AGREEMENT:
            continue
        if sight[slot.index] == Sight.HIDDEN:
            twin.board[slot.index] = rng.randint(slot.lo, slot.hi)
        elif sight[slot.index] == Sight.BAND and slot.bands:
            band = next(each for each in slot.bands if each.lo <= state.board[slot.index] <= each.hi)
            twin.board[slot.index] = rng.randint(max(slot.lo, band.lo), min(slot.hi, band.hi))
    twin.orders = {seat: orders for seat, orders in state.orders.items() if seat == viewer}
    twin.answers = {key: value for key, value in state.answers.items() if key[1] == viewer}
    twin.floor = {seat: draft for seat, draft in state.floor.items() if seat == viewer}
    twin.schedule = ()
    twin.teams = {seat: team for seat, team in state.teams.items() if seat == viewer}
    twin.lines = {}
    twin.seed = seed_of(rng.randrange(2**64))
    return twin


def questions(program: Program, state: State, viewer: int) -> list[dict[str, Any]]:
    """Everything the viewer could ask now (with the first targets of each order)."""
    asked: list[dict[str, Any]] = [{"what": "score"}]
    asked += [{"what": "preview", "card": str(card.number)} for card in state.hand]
    asked += [{"what": "preview", "agreement": agreement.id} for agreement in program.agreements]
    asked += [{"what": "preview", "motion": motion.id} for motion in program.motions]
    if viewer < len(program.seats):
        for index in program.menus[viewer]:
            action = program.actions[index]
            for targets in action.candidates(state.board, viewer)[:2]:
                names = [
                    (program.areas if variable.kind == 1 else program.owners)[member]
                    for variable, member in zip(action.variables, targets, strict=True)
                ]
                asked.append({"what": "preview", "action": action.id, "targets": names})
    return asked


def tries(program: Program, state: State, viewer: int, rng: Random) -> list[dict[str, Any]]:
    """Commands that a seat may try, legal or not."""
    if viewer >= len(program.seats):
        return []
    tried: list[dict[str, Any]] = [{"do": "seal"}]
    for index in program.menus[viewer]:
        action = program.actions[index]
        targets = [rng.choice(program.areas if variable.kind == 1 else program.owners) for variable in action.variables]
        tried.append({"do": "orders", "orders": [{"action": action.id, "targets": targets, "rationale": ""}]})
    tried += [{"do": "propose", "agreement": agreement.id} for agreement in program.agreements]
    return tried
