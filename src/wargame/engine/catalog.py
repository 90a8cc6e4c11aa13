"""The catalog: what does not change in a game, as one viewer may know it."""

from __future__ import annotations

from typing import Any

from wargame.engine.offers import action_label
from wargame.engine.questions import describe_lines, static_knowledge
from wargame.engine.view import member_id
from wargame.rules.program import NOBODY, Agreement, Family, Program, Slot
from wargame.scenario.model import Objective


def catalog(program: Program, viewer: int) -> dict[str, Any]:
    """The catalog of a viewer, as a plain map (`docs/protocol.md`)."""
    scenario = program.scenario

    say = str
    seated = viewer < len(program.seats)
    white_cell = viewer == program.white_cell
    return {
        "you": program.seats[viewer] if seated else "white_cell" if white_cell else "public",
        "scenario": {
            "id": scenario.id,
            "title": say(scenario.title),
            "summary": say(scenario.summary),
            "content_note": say(scenario.content_note),
            "version": scenario.version,
            "language": scenario.languages[0],
            "digest": program.digest,
        },
        "turns": {
            "count": scenario.turns.count,
            "length": scenario.turns.length,
            "labels": [say(label) for label in scenario.turns.labels],
        },
        "mandate": scenario.scoring.mandate,
        "seats": [
            {
                "id": name,
                "title": say(seat.title),
                "short": seat.short or name[:2].upper(),
                "kind": seat.kind.text if seat.kind is not None else None,
                "color": seat.color,
                "optional": seat.optional,
                "main": program.slots[program.main_resource[number]].name if program.main_resource[number] else None,
            }
            for number, (name, seat) in enumerate(scenario.seats.items())
        ],
        "factions": [{"id": name, "label": say(faction.label)} for name, faction in scenario.factions.items()],
        "areas": [
            {
                "id": name,
                "label": say(area.label),
                "at": list(area.at),
                "adjacent": [program.areas[other] for other in program.neighbours[number]],
                "values": dict(area.values),
            }
            for number, (name, area) in enumerate(scenario.areas.items())
        ],
        "area_values": [{"id": name, "label": say(value.label)} for name, value in scenario.area_values.items()],
        "pieces": [
            {"id": name, "label": say(piece.label), "glyph": piece.glyph, "owners": _owners(program, name)}
            for name, piece in scenario.pieces.items()
        ],
        "slots": [_slot(program, slot, say) for slot in program.slots if slot.shown and _ever_seen(program, viewer, slot)],
        "phases": [
            {
                "id": phase.id,
                "label": say(phase.model.label),
                "kind": phase.kind.value,
                "text": say(phase.model.text),
                "orders": phase.model.orders,
            }
            for phase in program.phases
        ],
        "actions": [_action(program, index, seat, say) for index, seat in _actions(program, viewer)],
        "agreements": [
            _agreement(program, agreement, viewer, say)
            for agreement in program.agreements
            if viewer in agreement.parties or white_cell or not agreement.secret
        ],
        "motions": [
            {"id": motion.id, "label": say(motion.model.label), "text": say(motion.model.text)} for motion in program.motions
        ],
        "agendas": [
            {
                "id": name,
                "label": say(agenda.label),
                "text": say(agenda.text),
                "max": agenda.max,
                "seat": program.seats[deck.seat],
            }
            for deck in program.agendas
            if deck.seat == viewer or white_cell
            for name, agenda, _ in deck.agendas
        ],
        "choices": [
            {
                "id": choice.id,
                "label": say(choice.model.label),
                "seat": program.seats[choice.seat],
                "options": [{"id": name, "label": say(option.label)} for name, option in choice.model.options.items()],
            }
            for choice in program.choices
        ],
        "objectives": {name: _objective(each, say) for name, each in scenario.objectives.items()},
        "content": [
            {"id": name, "label": say(each.label), "warning": say(each.warning), "text": say(each.text)}
            for name, each in scenario.content.items()
            if each.warning
        ],
        "briefing": say(scenario.seats[program.seats[viewer]].briefing) if seated else "",
        "cards": [_card(program, index, say) for index in range(len(program.cards))] if white_cell else [],
        "endings": [{"id": each.id, "title": say(each.model.title)} for each in program.endings] if white_cell else [],
    }


def _actions(program: Program, viewer: int) -> list[tuple[int, int]]:
    """The actions that the viewer reads of, each with the seat that takes it: its own; all of them for the white cell."""
    if viewer == program.white_cell:
        return [(action.index, action.seats[0]) for action in program.actions if action.seats]
    return [(index, viewer) for index in program.menus[viewer]] if viewer < len(program.seats) else []


def _ever_seen(program: Program, viewer: int, slot: Slot) -> bool:
    if program.sight[viewer][slot.index]:
        return True
    if any(rule.viewer == viewer and rule.slot == slot.index for rule in program.dynamic_sight):
        return True
    # What no rule shows in the game is still shown at its end; a label is no secret.
    return slot.family in (Family.TRACK, Family.RESOURCE, Family.AGREEMENT, Family.CHOICE, Family.AGENDA, Family.PIECE)


def _slot(program: Program, slot: Slot, say: Any) -> dict[str, Any]:
    return {
        "index": slot.index,
        "name": slot.name,
        "family": slot.family.name.lower(),
        "label": say(slot.label) or slot.part or slot.name,
        "lo": slot.lo,
        "hi": slot.hi,
        "bands": [[band.lo, band.hi, say(band.name)] for band in slot.bands],
        "owner": program.owners[slot.owner] if slot.owner != NOBODY else None,
        "area": program.areas[slot.area] if slot.area != NOBODY else None,
        "part": slot.part,
        "help": say(slot.help),
        "unit": say(slot.unit),
        "group": slot.group,
    }


def _owners(program: Program, piece: str) -> list[str]:
    owners = {slot.owner for slot in program.slots if slot.family is Family.PIECE and slot.part == piece}
    return [program.owners[owner] for owner in sorted(owners)]


def _action(program: Program, index: int, seat: int, say: Any) -> dict[str, Any]:
    action = program.actions[index]
    return {
        "id": action.id,
        "label": action_label(program, action, seat),
        "menu": say(action.model.menu),
        "text": say(action.model.text),
        "stance": action.model.stance.value,
        "cost": {program.slots[slot].name: amount for slot, amount in action.costs.get(seat, ())},
        "order": action.model.order,
        "cite": action.model.cite,
    }


def _agreement(program: Program, agreement: Agreement, viewer: int, say: Any) -> dict[str, Any]:
    known = static_knowledge(program)
    me = viewer if viewer < len(program.seats) else agreement.parties[0]
    return {
        "id": agreement.id,
        "label": say(agreement.model.label),
        "parties": [program.seats[seat] for seat in agreement.parties],
        "cost": {
            program.seats[seat]: {program.slots[slot].name: amount for slot, amount in agreement.costs.get(seat, ())}
            for seat in agreement.parties
        },
        "terms": say(agreement.model.terms),
        "secret": agreement.secret,
        "sign": describe_lines(program, agreement.code_sign, known, me, ()),
        "each_turn": describe_lines(program, agreement.code_turn, known, me, ()),
        "leave": describe_lines(program, agreement.code_leave, known, me, ()),
    }


def _objective(objective: Objective, say: Any) -> dict[str, Any]:
    return {
        "title": say(objective.title),
        "text": say(objective.text),
        "parts": {name: _objective(part, say) for name, part in objective.parts.items()},
    }


def _card(program: Program, index: int, say: Any) -> dict[str, Any]:
    card = program.cards[index]
    return {
        "id": card.id,
        "title": say(card.model.title),
        "pool": card.pool.value,
        "to": [each.text for each in card.model.to],
        "text": say(card.model.text or next((text for key, text in card.model.texts.items() if key == "others"), "")),
        "options": list(
            {
                option.id: {"id": option.id, "stance": option.model.stance.value, "label": say(option.model.label)}
                for addressee in card.addressees
                for option in addressee.options
            }.values()
        ),
        "variables": [
            {
                "name": each.name,
                "of": each.kind.name.lower(),
                "members": [member_id(program, each.kind, member) for member in each.members],
            }
            for each in card.variables
        ],
        "objective": card.model.objective.text if card.model.objective is not None else "",
        "cue": say(card.model.cue),
        "kind": card.model.sort.value,
        "channel": card.model.channel,
        "from": say(card.model.from_),
        "story_time": say(card.model.story_time),
        "capability": say(card.model.capability),
        "controller": say(card.model.controller),
        "evaluator": say(card.model.evaluator),
        "tags": list(card.model.tags),
        "expects": [
            {
                "who": [program.seats[seat] for seat in each.seats],
                "what": each.sort,
                "id": each.id,
                "words": say(each.label),
                "within": each.within,
                "if_missed": program.cards[each.missed].id if each.missed >= 0 else None,
            }
            for each in card.expects
        ],
    }
