"""The view: everything a viewer knows at one moment, as a plain map (the mirror without its lists of the past).

With `wargame.engine.project` the only road by which anything of a game gets out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.engine.expectations import expected
from wargame.engine.knowledge import filled, member_label, shown_value
from wargame.engine.legality import active, readers
from wargame.engine.msel import msel
from wargame.engine.notes import notes
from wargame.engine.petitions import petitions
from wargame.engine.state import Answer, Dealt, FloorDraft, Order, Result, State
from wargame.engine.team import team
from wargame.rules.program import NOBODY, Kind, Program, Sight, Slot
from wargame.scenario.model import Inject


def view(program: Program, state: State, viewer: int) -> dict[str, Any]:
    """What the viewer knows (a seat's index, `program.public` or `program.white_cell`)."""
    return {name: part(program, state, viewer) for name, part in PARTS.items()}


def cards(program: Program, state: State, viewer: int) -> dict[str, dict[str, Any]]:
    """The cards on the table that the viewer can read, by number."""
    return {str(card.number): card_of(program, card, viewer) for card in state.hand if reads(program, card, viewer)}


def responses(program: Program, state: State, viewer: int) -> dict[str, dict[str, Any]]:
    """The viewer's drafted answers, by number of the card."""
    return {
        str(number): answer_of(program, state, number, seat, answer)
        for (number, seat), answer in state.answers.items()
        if seat == viewer
    }


def agreements(program: Program, state: State, viewer: int) -> dict[str, dict[str, Any]]:
    """The agreements in force that the viewer knows of."""
    return {
        agreement.id: agreement_of(program, state, agreement.index, viewer)
        for agreement in program.agreements
        if state.board[agreement.slot] and state.sight[viewer][agreement.slot]
    }


def proposals(program: Program, state: State, viewer: int) -> dict[str, dict[str, Any]]:
    """The proposals on the table that the viewer knows of."""
    return {
        program.agreements[index].id: proposal_of(program, state, index)
        for index in state.proposals
        if party_to(program, index, viewer)
    }


def slots(program: Program, state: State, viewer: int) -> dict[int, list[Any]]:
    """Slot -> [level, value or band, turn]; what is remembered has level 0 and a pair for value."""
    entries = ((slot.index, entry_of(program, state, viewer, slot)) for slot in program.shown)
    return {index: entry for index, entry in entries if entry is not None}


def entry_of(program: Program, state: State, viewer: int, slot: Slot) -> list[Any] | None:
    """The entry of a slot that players may hear of; None where the viewer never saw it."""
    level = state.sight[viewer][slot.index]
    if level:
        return [level, shown_value(slot, level, state.board[slot.index]), None]
    return remembered(program, state, viewer, slot.index) if slot.index in state.memory[viewer] else None


def remembered(program: Program, state: State, viewer: int, index: int) -> list[Any]:
    """The entry of a slot that is no longer seen."""
    level, value, turn = state.memory[viewer][index]
    return [int(Sight.HIDDEN), [level, shown_value(program.slots[index], level, value)], turn]


def seat_ids(program: Program, seats: Any) -> list[str]:
    """Ids of seats, in declared order."""
    return [program.seats[seat] for seat in sorted(seats)]


def member_id(program: Program, kind: Kind, member: int) -> Any:
    """The id of a bound seat, area or agreement; a number as it is; None for nobody."""
    if kind is Kind.NUMBER:
        return member
    if member == NOBODY:
        return None
    names = {Kind.OWNER: program.owners, Kind.AREA: program.areas}.get(kind)
    return names[member] if names is not None else program.agreements[member].id


# Cards


def reads(program: Program, card: Dealt, viewer: int) -> bool:
    """Whether the viewer can read the card."""
    entry = program.cards[card.card]
    return viewer == program.white_cell or not entry.private or viewer in readers(entry, card.bindings)


def title_of(program: Program, card: Dealt) -> str:
    """The title of a card on the table, as corrected."""
    entry = program.cards[card.card]
    return card.title or filled(program, str(entry.model.title), entry.variables, card.bindings)


def card_of(program: Program, card: Dealt, viewer: int) -> dict[str, Any]:
    """The card as the viewer sees it."""
    entry = program.cards[card.card]
    model = entry.model
    place = next((index for seat, index in card.to if seat == viewer), None)
    addressee = entry.addressees[place] if place is not None else None

    def words(text: object) -> str:
        return filled(program, str(text), entry.variables, card.bindings)

    options = addressee.options if addressee is not None else ()
    return {
        "id": entry.id,
        "title": title_of(program, card),
        "text": card.text or words(_text_for(program, card, viewer)),
        "corrected": bool(card.title or card.text),
        "to": [program.seats[seat] for seat, _ in card.to],
        "bound": {
            variable.name: member_label(program, variable, member)
            for variable, member in zip(entry.variables, card.bindings, strict=True)
        },
        "answer": addressee.key if addressee is not None else None,
        "options": [
            {
                "id": option.id,
                "stance": option.model.stance.value,
                "label": words(option.model.label),
                "text": words(option.model.text),
            }
            for option in options
        ],
        "default": options[addressee.default].id if addressee is not None and options else None,
        "objective": model.objective.text if model.objective is not None else "",
        "lesson": str(model.lesson),
        "tags": list(model.tags),
        "turn": card.turn,
        **_setting(program, model, words),
    }


def _setting(program: Program, model: Inject, words: Callable[[object], str]) -> dict[str, Any]:
    """How the card reaches its readers, and what to say to those who may want to be spared it; what it has none of is left
    out, for most cards have little of it."""
    content = program.scenario.content
    warnings = [str(content[tag].warning) for tag in model.tags if tag in content and content[tag].warning]
    spared = {"title": words(model.alternate.title or model.title), "text": words(model.alternate.text)}
    found = {
        "channel": model.channel,
        "from": words(model.from_),
        "story_time": words(model.story_time),
        "warning": " ".join(dict.fromkeys(warnings)),
        "alternate": spared if model.alternate.text or model.alternate.title else None,
    }
    return {key: value for key, value in found.items() if value}


def _text_for(program: Program, card: Dealt, viewer: int) -> object:
    entry = program.cards[card.card]
    texts = entry.model.texts
    if texts and viewer < len(program.seats):
        # The text of the part it answers before that of another part it only reads.
        answered = next((index for seat, index in card.to if seat == viewer), None)
        parts = [each for index, each in enumerate(entry.addressees) if index == answered]
        parts += [each for each in entry.addressees if viewer in each.seats]
        parts += [each for each in entry.addressees if each.variable >= 0 and card.bindings[each.variable] == viewer]
        for key in (program.seats[viewer], *(part.key for part in parts)):
            if key in texts:
                return texts[key]
    return entry.model.text or texts.get("others", "")


def answer_of(program: Program, state: State, number: int, seat: int, answer: Answer) -> dict[str, Any]:
    """A drafted answer."""
    card = next(each for each in state.hand if each.number == number)
    place = next(index for member, index in card.to if member == seat)
    option = program.cards[card.card].addressees[place].options[answer.option]
    return {"option": option.id, "rationale": answer.rationale, "belief": answer.belief}


# Orders, floor, setup


def order_of(program: Program, order: Order) -> dict[str, Any]:
    """A drafted order."""
    action = program.actions[order.action]
    targets = [
        member_id(program, variable.kind, member) for variable, member in zip(action.variables, order.targets, strict=True)
    ]
    return {"action": action.id, "targets": targets, "rationale": order.rationale}


def floor_of(draft: FloorDraft) -> dict[str, Any]:
    """A draft on the motion."""
    position = None if draft.position is None else "aye" if draft.position else "nay"
    return {"lobby": draft.lobby, "position": position, "veto": draft.veto}


def setup_of(program: Program, state: State, viewer: int) -> dict[str, Any]:
    """A seat's draft before turn 1."""
    return {
        "choices": {
            choice.id: choice.options[state.chosen[choice.index]]
            for choice in program.choices
            if choice.seat == viewer and choice.index in state.chosen
        },
        "placements": {
            program.placements[index].id: [program.areas[area] for area in areas]
            for (index, seat), areas in state.placed.items()
            if seat == viewer
        },
    }


# Agreements and motions


def party_to(program: Program, index: int, viewer: int) -> bool:
    """Whether the viewer knows of proposals of this agreement."""
    return viewer == program.white_cell or viewer in program.agreements[index].parties


def agreement_of(program: Program, state: State, index: int, viewer: int) -> dict[str, Any]:
    """An agreement in force; side terms are the parties' own."""
    signed = state.signed.get(index)
    if signed is None:
        return {"by": None, "since": None, "side_terms": ""}
    by = program.seats[signed.by] if signed.by != NOBODY else None
    terms = signed.side_terms if party_to(program, index, viewer) else ""
    return {"by": by, "since": signed.since, "side_terms": terms}


def proposal_of(program: Program, state: State, index: int) -> dict[str, Any]:
    """A proposal on the table."""
    proposal = state.proposals[index]
    return {
        "by": program.seats[proposal.by],
        "signed": seat_ids(program, proposal.signed),
        "side_terms": proposal.side_terms,
    }


def motion_of(program: Program, state: State) -> dict[str, Any] | None:
    """The motion on the floor."""
    if state.motion is None:
        return None
    index, by = state.motion
    motion = program.motions[index]
    return {
        "id": motion.id,
        "label": str(motion.model.label),
        "text": str(motion.model.text),
        "body": str(motion.body.model.label),
        "by": program.seats[by] if by != NOBODY else None,
        "ayes": motion.ayes,
        "veto": {"by": program.seats[motion.veto_by], "ayes": motion.veto_ayes} if motion.veto_by != NOBODY else None,
        "blocs": [
            {
                "id": bloc.id,
                "label": str(bloc.label) or bloc.id,
                "votes": bloc.votes,
                "seat": program.seats[bloc.seat] if bloc.seat != NOBODY else None,
            }
            for bloc in motion.body.blocs
        ],
    }


# The white cell


def outcome(program: Program, state: State, viewer: int) -> bool | None:
    """How the facilitator decides the motion on the floor, if so; players learn it with the vote."""
    return state.outcome if viewer == program.white_cell else None


def drafts(program: Program, state: State, viewer: int) -> dict[str, Any]:
    """What every seat has drafted."""
    if viewer != program.white_cell:
        return {}
    result: dict[str, Any] = {}
    for seat, name in enumerate(program.seats):
        mine = {
            "orders": [order_of(program, order) for order in state.orders.get(seat, ())],
            "responses": {
                str(number): answer_of(program, state, number, seat, answer)
                for (number, member), answer in state.answers.items()
                if member == seat
            },
        }
        if seat in state.floor:
            mine["floor"] = floor_of(state.floor[seat])
        if mine["orders"] or mine["responses"] or "floor" in mine:
            result[name] = mine
    return result


# The end


def _agenda_of(program: Program, seat: int, name: str) -> dict[str, str] | None:
    """A seat's agenda as it is shown when the game is over."""
    for deck in program.agendas:
        if deck.seat == seat:
            for each, model, _ in deck.agendas:
                if each == name:
                    return {"id": name, "label": str(model.label), "text": str(model.text)}
    return None


def result_of(program: Program, state: State, result: Result) -> dict[str, Any]:
    """The result, with what was secret."""
    ending = program.endings[result.ending] if result.ending >= 0 else None
    seats: dict[str, Any] = {}
    for score in result.scores:
        seats[program.seats[score.seat]] = {
            "score": score.total,
            "met": score.met,
            "parts": [{"label": part.label, "value": part.value, "max": part.max, "words": part.words} for part in score.parts],
            "agenda": _agenda_of(program, score.seat, score.agenda),
            "choices": dict(score.choices),
        }
    return {
        "ending": None
        if ending is None
        else {
            "id": ending.id,
            "title": str(ending.model.title),
            "text": str(ending.model.text),
            "catastrophe": ending.model.catastrophe,
        },
        "seats": seats,
        "top": seat_ids(program, result.top),
        "ledger": [[label, value] for label, value in result.ledger],
        "seed": state.seed.hex(),
    }


# What a view is made of, each part by itself: (program, state, viewer) -> plain data.
PARTS: Mapping[str, Callable[[Program, State, int], Any]] = {
    "status": lambda program, state, viewer: state.status,
    "turn": lambda program, state, viewer: state.turn,
    "phase": lambda program, state, viewer: state.phase_id(program),
    "deadline": lambda program, state, viewer: state.deadline,
    "paused": lambda program, state, viewer: state.left,
    "commitment": lambda program, state, viewer: state.commitment,
    "played": lambda program, state, viewer: [seat for number, seat in enumerate(program.seats) if state.played[number]],
    "slots": slots,
    "sealed": lambda program, state, viewer: seat_ids(program, state.sealed),
    "active": lambda program, state, viewer: seat_ids(program, active(program, state)),
    "cards": cards,
    "responses": responses,
    "orders": lambda program, state, viewer: [order_of(program, order) for order in state.orders.get(viewer, ())],
    "floor": lambda program, state, viewer: floor_of(state.floor.get(viewer, FloorDraft())),
    "setup": setup_of,
    "agreements": agreements,
    "proposals": proposals,
    "motion": lambda program, state, viewer: motion_of(program, state),
    "msel": msel,
    "outcome": outcome,
    "drafts": drafts,
    "expected": expected,
    "petitions": petitions,
    "board": notes,
    "team": team,
    "result": lambda program, state, viewer: None if state.result is None else result_of(program, state, state.result),
}
