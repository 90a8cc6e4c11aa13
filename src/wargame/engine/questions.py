"""Questions: what a viewer may ask without doing anything. Answers come from what it knows, never from more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.engine.adhoc import check_card, check_effects
from wargame.engine.commands import Refused
from wargame.engine.knowledge import knowing
from wargame.engine.legality import addressee_of
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.engine.state import State
from wargame.engine.view import reads, view
from wargame.rules.describe import describe, number_bounds, score_bounds
from wargame.rules.program import Code, Program

PUBLIC = "public"
Known = Callable[[int], tuple[int, int]]


def describe_lines(program: Program, code: Code, known: Known, me: int, refs: tuple[int, ...]) -> list[list[Any]]:
    """What effects do, in words, as [indent, tone, text]."""
    return [[indent, tone, words] for indent, tone, words in describe(program, code, known, me, refs)]


def static_knowledge(program: Program) -> Known:
    """Knowing nothing but the ranges."""
    return lambda index: (program.slots[index].lo, program.slots[index].hi)


def answer(program: Program, state: State, viewer: int, body: object) -> dict[str, Any] | Refused:
    """The answer to a question of the viewer's (`docs/protocol.md`), or a refusal."""
    if not isinstance(body, Mapping):
        return Refused("malformed", "A question is a map with `what`.")
    match body.get("what"):
        case "score":
            return _score(program, state, viewer)
        case "preview" if "action" in body:
            return _action(program, state, viewer, body)
        case "preview" if "card" in body:
            return _card(program, state, viewer, body["card"])
        case "preview" if "agreement" in body:
            return _agreement(program, state, viewer, body["agreement"])
        case "preview" if "motion" in body:
            return _motion(program, state, viewer, body["motion"])
        case "view_as" | "check_card" | "check_effects" if viewer != program.white_cell:
            return Refused("forbidden", "That is the facilitator's to ask.")
        case "view_as":
            return _view_as(program, state, body.get("seat"))
        case "check_card":
            return check_card(program, state, body)
        case "check_effects":
            return check_effects(program, state, body)
        case _:
            return Refused("unknown", "There is no such question.")


def _view_as(program: Program, state: State, seat: object) -> dict[str, Any] | Refused:
    """What a seat, or the public, knows and may do now: the same view and offers that are sent to it."""
    if seat == PUBLIC:
        viewer = program.public
    elif isinstance(seat, str) and seat in program.seats:
        viewer = program.seats.index(seat)
    else:
        return Refused("unknown", "There is no such seat.")
    return {"view": view(program, state, viewer), "offers": offers(program, state, viewer)}


def _seat(program: Program, viewer: int) -> Refused | None:
    return None if viewer < len(program.seats) else Refused("forbidden", "Only a seat can ask that.")


def _action(program: Program, state: State, viewer: int, body: Mapping[Any, Any]) -> dict[str, Any] | Refused:
    refused = _seat(program, viewer)
    if refused is not None:
        return refused
    wanted = {"do": "order", "action": body["action"], "targets": body.get("targets", [])}
    command = parse(program, viewer, wanted, turn=state.turn, phase="")
    if isinstance(command, Refused):
        return command
    order = command.body.order  # type: ignore[union-attr]
    action = program.actions[order.action]
    if viewer not in action.seats:
        return Refused("not_offered", "That is not on your menu.")
    if action.variables and order.targets not in action.candidates(state.board, viewer):
        return Refused("bad_target", "That is no target of this order.")
    return {"lines": describe_lines(program, action.code, knowing(program, state, viewer), viewer, order.targets)}


def _card(program: Program, state: State, viewer: int, number: object) -> dict[str, Any] | Refused:
    card = next((each for each in state.hand if str(each.number) == number), None)
    if card is None or not reads(program, card, viewer):
        return Refused("unknown", "That card is not on the table.")
    addressee = addressee_of(program, card, viewer)
    known = knowing(program, state, viewer)
    options = addressee.options if addressee is not None else ()
    return {"options": {option.id: describe_lines(program, option.code, known, viewer, card.bindings) for option in options}}


def _agreement(program: Program, state: State, viewer: int, name: object) -> dict[str, Any] | Refused:
    index = program.agreement_index.get(name) if isinstance(name, str) else None
    if index is None:
        return Refused("unknown", "There is no such agreement.")
    agreement = program.agreements[index]
    if viewer != program.white_cell and viewer not in agreement.parties and agreement.secret:
        return Refused("unknown", "There is no such agreement.")
    me = viewer if viewer in agreement.parties else agreement.parties[0]
    known = knowing(program, state, viewer)
    return {
        "sign": describe_lines(program, agreement.code_sign, known, me, ()),
        "each_turn": describe_lines(program, agreement.code_turn, known, me, ()),
        "leave": describe_lines(program, agreement.code_leave, known, me, ()),
    }


def _motion(program: Program, state: State, viewer: int, name: object) -> dict[str, Any] | Refused:
    index = program.motion_index.get(name) if isinstance(name, str) else None
    if index is None:
        return Refused("unknown", "There is no such motion.")
    motion = program.motions[index]
    known = knowing(program, state, viewer)
    speaker = motion.body.speaker
    leans = {}
    for bloc, tree in zip(motion.body.blocs, motion.lean_trees, strict=True):
        if tree is not None:
            lo, hi = number_bounds(program, tree, known, speaker)
            leans[bloc.id] = [max(2, round(lo)), min(97, round(hi))]
    return {
        "passes": describe_lines(program, motion.code_pass, known, speaker, ()),
        "fails": describe_lines(program, motion.code_fail, known, speaker, ()),
        "leans": leans,
        "per_point": motion.body.per_point,
    }


def _score(program: Program, state: State, viewer: int) -> dict[str, Any] | Refused:
    refused = _seat(program, viewer)
    if refused is not None:
        return refused
    bounds = score_bounds(program, viewer, knowing(program, state, viewer))
    parts = [
        {"label": label, "value": [round(lo, 1), round(hi, 1)], "max": most, "words": words}
        for label, lo, hi, most, words in bounds
    ]
    lows = sum(lo for _, lo, _, _, _ in bounds)
    highs = sum(hi for _, _, hi, _, _ in bounds)
    total = [min(100.0, max(0.0, round(lows, 1))), min(100.0, max(0.0, round(highs, 1)))]
    return {"parts": parts, "total": total, "mandate": program.scenario.scoring.mandate}
