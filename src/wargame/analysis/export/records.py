"""A game as tables: everything in its chronicle, one row a thing (`shapes`)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from wargame.analysis.chronicle import Chronicle, Entry, Step, place_of
from wargame.analysis.debrief.naming import Names
from wargame.analysis.debrief.record import Act, Record
from wargame.analysis.export import shapes
from wargame.analysis.export.cells import Cell
from wargame.analysis.export.tables import Table
from wargame.engine import events as e
from wargame.engine.knowledge import band_name, band_of, slot_label
from wargame.engine.story import story
from wargame.engine.view import member_id
from wargame.rules.program import NOBODY, Family, Program

Row: TypeAlias = dict[str, Cell]

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def tables(games: Sequence[tuple[Record, Names]]) -> list[Table]:
    """Every table, of one game or of the tables of a class together; each row begins with the game it is of.

    The names: what people are called, perhaps by numbers only.
    """
    made = [(record.chronicle, _tables(record, names)) for record, names in games]
    return [
        Table.of(
            shape,
            [{"game": game.game, "table": game.name, **row} for game, rows in made for row in rows[shape.name]],
        )
        for shape in shapes.SHAPES
    ]


def _tables(record: Record, names: Names) -> dict[str, Iterator[Row]]:
    return {
        shapes.EVENTS.name: _events(record.chronicle, names),
        shapes.DECISIONS.name: _decisions(record, names),
        shapes.ORDERS.name: _orders(record, names),
        shapes.MESSAGES.name: _messages(record, names),
        shapes.SLOTS.name: _slots(record),
        shapes.ROLLS.name: _rolls(record),
        shapes.AGREEMENTS.name: _agreements(record.chronicle, names),
        shapes.NOTES.name: _notes(record, names),
        shapes.PETITIONS.name: _petitions(record, names),
        shapes.PEOPLE.name: people(record, names),
    }


def moment(at: int) -> str:
    """A time in ms since 1970 as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _events(chronicle: Chronicle, names: Names) -> Iterator[Row]:
    row, number = -1, 0
    for step in chronicle.walk(removed=True):
        number = number + 1 if step.entry.seq == row else 1
        row = step.entry.seq
        told = story(step.program, step.after, step.event, step.program.white_cell)
        effect: e.Effect = getattr(step.event, "effect", e.NOTHING)
        words = [] if told is None else [told["head"], *(words for _, words in names.lines(step.event, told))]
        yield {
            "row": row,
            "event": number,
            "time": moment(step.entry.at),
            "counts": step.entry.live,
            "turn": step.after.turn,
            "phase": step.after.phase_id(step.program),
            **_who(step, names),
            "seat": _seat_of(step),
            "what": _WORD.sub("_", type(step.event).__name__).lower(),
            "about": _about(step),
            "outcome": _outcome(step),
            "stance": told["stance"] if told is not None else None,
            "words": "; ".join(words) or None,
            "changes": "; ".join(f"{step.program.slots[slot].name}: {old} > {new}" for slot, old, new in effect.changes),
        }


def _person(entry: Entry, names: Names) -> Row:
    return {"person": entry.person, "name": names.person(entry.person, entry.name)}


def _who(step: Step, names: Names) -> Row:
    """Who did it. Whose a note is it says itself, and of an anonymous one not even the seat is told: where the game was set
    back, notes stand again in the row of whoever did that."""
    entry, event = step.entry, step.event
    if not isinstance(event, e.Noted):
        return {**_person(entry, names), "by": place_of(step.program, entry.who)}
    by = place_of(step.program, event.viewer) if event.person else None
    return {"person": event.person, "name": names.person(event.person), "by": by}


def _seat_of(step: Step) -> str:
    seat = getattr(step.event, "seat", NOBODY)
    return step.program.seats[seat] if isinstance(seat, int) and 0 <= seat < len(step.program.seats) else ""


def _about(step: Step) -> str:
    """The id of what the event is about."""
    program, event = step.program, step.event
    match event:
        case e.AnswerDrafted() | e.AnswerRevealed():
            hand = {dealt.number: dealt.card for dealt in (*step.before.hand, *step.after.hand)}
            return program.cards[hand[event.number]].id if event.number in hand else ""
        case e.OrderDone():
            return program.actions[event.order.action].id
        case e.Overridden() if event.effect.changes:
            return program.slots[event.effect.changes[0][0]].name
        case e.Upkeep():
            return event.name
        case e.PhaseBegan():
            return program.phases[event.phase].id
    for name, entries in _NAMED:
        index = getattr(event, name, None)
        if isinstance(index, int) and 0 <= index < len(entries(program)):
            return str(entries(program)[index].id)
    number = getattr(event, "number", None)
    return str(number) if number is not None else ""


_NAMED: tuple[tuple[str, Callable[[Program], Any]], ...] = (
    ("card", lambda program: program.cards),
    ("agreement", lambda program: program.agreements),
    ("motion", lambda program: program.motions),
    ("choice", lambda program: program.choices),
    ("placement", lambda program: program.placements),
)


def _outcome(step: Step) -> str:
    """What came of it, in a word."""
    program, event = step.program, step.event
    match event:
        case e.AnswerRevealed() | e.AnswerDrafted():
            dealt = next((each for each in (*step.before.hand, *step.after.hand) if each.number == event.number), None)
            if dealt is None:
                return ""
            addressee = next(index for seat, index in dealt.to if seat == event.seat)
            option = program.cards[dealt.card].addressees[addressee].options[event.answer.option].id
            return f"{option} (default)" if isinstance(event, e.AnswerRevealed) and event.defaulted else option
        case e.OrderDone():
            return event.status
        case e.MotionVoted():
            return "passed" if event.passed else "failed"
        case e.Ruled():
            return "success" if event.success else "failure"
        case e.ChoiceMade():
            return program.choices[event.choice].options[event.option]
        case e.CardDealt():
            return event.reason
        case e.GameEnded():
            return program.endings[event.result.ending].id if event.result.ending >= 0 else "last turn"
        case e.Adopted():
            return event.how
        case _:
            return _BECAME.get(type(event), "")


_BECAME: Mapping[type[Any], str] = {
    e.AgreementProposed: "proposed",
    e.AgreementSigned: "signed",
    e.AgreementDeclined: "declined",
    e.AgreementEntered: "in force",
    e.AgreementHeld: "held",
    e.AgreementLeaked: "leaked",
    e.AgreementEnded: "lapsed",
}


def _drafted(act: Act, names: Names) -> Row:
    if not act.drafts:
        return {"person": None, "name": None}
    last = act.drafts[-1]
    return {"person": last.person, "name": names.person(last.person, last.name)}


def _decisions(record: Record, names: Names) -> Iterator[Row]:
    program = record.program
    for act in record.acts:
        if act.kind != "answer":
            continue
        card = program.cards[program.card_index[str(act.told.story["card"])]]
        yield {
            "row": act.told.row,
            "turn": act.told.turn,
            "phase": act.told.phase,
            "card": card.id,
            "title": act.about,
            "objective": card.model.objective.text if card.model.objective is not None else None,
            "seat": program.seats[act.seat],
            **_drafted(act, names),
            "agreed": act.drafts[-1].how if act.drafts else None,
            "option": str(act.told.story["option"]),
            "label": act.label,
            "stance": act.stance,
            "rationale": act.rationale,
            "belief": act.belief,
            "in_time": not act.defaulted,
            "seconds": act.seconds,
            "drafts": len(act.drafts),
        }


def _orders(record: Record, names: Names) -> Iterator[Row]:
    program = record.program
    for act in record.acts:
        event = act.told.event
        if not isinstance(event, e.OrderDone):
            continue
        action = program.actions[event.order.action]
        aimed = zip(action.variables, event.order.targets, strict=True)
        yield {
            "row": act.told.row,
            "turn": act.told.turn,
            "phase": act.told.phase,
            "seat": program.seats[act.seat],
            **_drafted(act, names),
            "action": action.id,
            "label": act.label,
            "targets": " ".join(str(member_id(program, variable.kind, member)) for variable, member in aimed),
            "stance": act.stance,
            "status": event.status,
            "reason": event.reason,
            "rationale": act.rationale,
            "covert": act.hidden,
        }


def _messages(record: Record, names: Names) -> Iterator[Row]:
    program = record.program
    for step in record.chronicle.walk():
        event = step.event
        if isinstance(event, e.Said) and (event.seat != NOBODY or step.entry.person):
            to = event.to
            yield {
                "row": step.entry.seq,
                "time": moment(step.entry.at),
                "turn": step.after.turn,
                "phase": step.after.phase_id(step.program),
                "seat": _seat_of(step),
                **_person(step.entry, names),
                "to": "all" if to is None else " ".join(program.seats[seat] for seat in to),
                "words": len(event.text.split()),
                "text": event.text,
            }


def _slots(record: Record) -> Iterator[Row]:
    program = record.program
    for moment_ in record.moments:
        for slot in program.shown:
            # A card written later made the board longer: before it a slot of it stood nowhere.
            if slot.index >= len(moment_.board) or slot.fixed:
                continue
            value = moment_.board[slot.index]
            yield {
                "row": moment_.row,
                "turn": moment_.turn,
                "slot": slot.name,
                "label": slot_label(program, slot),
                "family": Family(slot.family).name.lower(),
                "owner": program.owners[slot.owner] if slot.owner != NOBODY else None,
                "area": program.areas[slot.area] if slot.area != NOBODY else None,
                "value": value,
                "band": band_name(slot, band_of(slot, value)) if slot.bands else None,
            }


def _rolls(record: Record) -> Iterator[Row]:
    for roll in record.rolls:
        yield {
            "row": roll.row,
            "turn": roll.turn,
            "label": roll.label,
            "purpose": roll.purpose,
            "sides": roll.sides,
            "need": roll.need,
            "result": roll.result,
            "success": roll.result <= roll.need if roll.need else None,
        }


def _agreements(chronicle: Chronicle, names: Names) -> Iterator[Row]:
    for step in chronicle.walk():
        event = step.event
        what = _BECAME.get(type(event))
        if what is None:
            continue
        agreement = step.program.agreements[getattr(event, "agreement")]  # noqa: B009 - of all events in `_BECAME`
        if isinstance(event, e.AgreementEnded) and event.seat != NOBODY:
            what = "left"
        elif isinstance(event, e.AgreementDeclined) and event.seat == NOBODY:
            what = "lapsed"
        yield {
            "row": step.entry.seq,
            "turn": step.after.turn,
            "phase": step.before.phase_id(step.program),
            "agreement": agreement.id,
            "label": str(agreement.model.label),
            "what": what,
            "seat": _seat_of(step),
            **(_person(step.entry, names) if getattr(event, "seat", NOBODY) != NOBODY else {}),
            "side_terms": getattr(event, "side_terms", ""),
            "secret": agreement.secret,
        }


def _notes(record: Record, names: Names) -> Iterator[Row]:
    program = record.program
    for note in record.final.notes:
        yield {
            "note": note.number,
            "turn": note.turn,
            "phase": note.phase,
            # Of an anonymous note not even the seat, in which there may be one person alone.
            "seat": place_of(program, note.viewer) if note.person else None,
            "person": note.person,
            "name": names.person(note.person),
            "fact": note.fact,
            "so_what": note.so_what,
            "change": note.change,
            "objective": note.objective,
            "private": note.private,
            "votes": len(note.votes),
        }


def _petitions(record: Record, names: Names) -> Iterator[Row]:
    program = record.program
    for petition in record.final.petitions:
        ruled, estimates = petition.status == "ruled", [percent for _, percent in petition.estimates]
        yield {
            "petition": petition.number,
            "turn": petition.turn,
            "phase": petition.phase,
            "seat": program.seats[petition.seat],
            "person": petition.person,
            "name": names.person(petition.person),
            "what": petition.what,
            "because": "; ".join(petition.because),
            "against": petition.against,
            "status": petition.status,
            "odds": petition.odds if ruled else None,
            "roll": petition.roll if ruled else None,
            "success": petition.success if ruled else None,
            "ruling": petition.ruling,
            "estimates": len(estimates),
            "estimated": sum(estimates) / len(estimates) if estimates else None,
            "dissents": "; ".join(f"{program.seats[seat]}: {words}" for seat, words in petition.dissents),
        }


def _active(record: Record) -> dict[str, set[int]]:
    """The turns in which each person did anything at all."""
    active: dict[str, set[int]] = defaultdict(set)
    for entry, _, turn in record.happened:
        active[entry.person].add(turn)
    return active


def people(record: Record, names: Names) -> Iterator[Row]:
    """What everybody did, counted; people first, in the order of their ids as numbers grow."""
    counts: dict[str, Counter[str]] = defaultdict(Counter, {person: Counter() for person in record.chronicle.people})
    for entry in record.chronicle.live:
        if entry.person:
            counts[entry.person]["rows"] += 1
    for act in record.acts:
        if act.drafts and not act.defaulted:
            mine = counts[act.drafts[-1].person]
            mine["answers" if act.kind == "answer" else "orders"] += 1
            mine["reasons"] += bool(act.rationale.strip())
            mine["words"] += len(act.rationale.split())
    for entry, event, _ in record.happened:
        mine = counts[entry.person]
        if isinstance(event, e.Said):
            mine["messages"] += 1
            mine["words"] += len(event.text.split())
        elif isinstance(event, e.AgreementProposed | e.AgreementSigned):
            mine["agreements"] += 1
        elif isinstance(event, e.Suggested):
            mine["suggestions"] += 1
        elif isinstance(event, e.Endorsed | e.Objected):
            mine["endorsements"] += 1
        elif isinstance(event, e.Petitioned):
            mine["petitions"] += 1
        elif isinstance(event, e.Noted) and event.person:
            # Whose it is the note says: where the game was set back it stands again in the row of whoever did that.
            counts[event.person]["notes"] += 1
    for person, turns in _active(record).items():
        counts[person]["turns"] = len(turns)
    counts.pop("", None)
    members = record.chronicle.people
    for person in sorted(counts, key=lambda each: (bool(members[each].bot) if each in members else False, len(each), each)):
        member = members.get(person)
        tally = counts[person]
        yield {
            "person": person,
            "name": names.person(person, member.name if member else ""),
            "seat": member.seat if member else None,
            "bot": member.bot if member else None,
            **{column: tally[column] for column in shapes.PEOPLE.columns if column not in ("person", "name", "seat", "bot")},
        }
