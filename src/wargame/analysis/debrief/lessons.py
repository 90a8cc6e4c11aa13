"""The scenario's questions for the debrief, each with the evidence beside it: the cards that raised it, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from wargame.analysis.debrief.naming import Names, row, spaced, stance
from wargame.analysis.debrief.parts import act_link, quoted, told_link
from wargame.analysis.debrief.record import Act, Record, Told
from wargame.analysis.html import Html, bullets, div, el, join, p, section
from wargame.engine import events as e
from wargame.engine.state import Note
from wargame.rules.program import Card
from wargame.scenario.model import Objective, each_objective


@frozen
class Evidence:
    """A card that came onto the table, and what seats answered."""

    told: Told
    card: Card
    acts: tuple[Act, ...]


def evidence(record: Record) -> dict[str, list[Evidence]]:
    """By the objective that the card names (`q4` or `q4.part`; empty: none), in order."""
    acts: dict[int, list[Act]] = {}
    for act in record.acts:
        if act.card >= 0:
            acts.setdefault(act.card, []).append(act)
    found: dict[str, list[Evidence]] = {}
    for told in record.told:
        if isinstance(told.event, e.CardDealt):
            card = record.program.cards[told.event.card]
            name = card.model.objective.text if card.model.objective is not None else ""
            found.setdefault(name, []).append(Evidence(told, card, tuple(acts.get(told.event.number, ()))))
    return found


def lessons(record: Record, names: Names) -> Html:
    """Objective by objective; then the questions of cards that name none, and what was expected and did not come."""
    found = evidence(record)
    objectives = record.program.scenario.objectives
    known = {name for name, _ in each_objective(objectives)}
    parts = [_objective(record, names, name, each, found) for name, each in objectives.items()]
    loose = [each for name, those in found.items() if name not in known for each in those]
    if loose:
        parts.append(section("Other cards" if objectives else "Cards", *_cards(names, loose), level=3))
    return join(*parts, _expected(record, names)) or p("The scenario names no objectives, and no card came.")


def _objective(record: Record, names: Names, name: str, objective: Objective, found: Mapping[str, Sequence[Evidence]]) -> Html:
    rows = [(part, found.get(full, ())) for full, part in each_objective({name: objective})]
    notes = [note for note in record.final.notes if note.objective == name]
    missing = [str(part.title) for part, those in rows[1:] if not those]
    touched = any(those for _, those in rows)
    body = [
        join(
            el("h4", str(part.title)) if part is not objective else None,
            *_cards(names, those),
        )
        for part, those in rows
        if those
    ]
    return section(
        str(objective.title),
        p(str(objective.text), class_="question") if objective.text else None,
        join(*body) if touched else p("No card of this game raised it.", class_="warn"),
        p(f"Not raised: {'; '.join(missing)}", class_="muted") if touched and missing else None,
        _notes(names, notes),
        level=3,
    )


def _notes(names: Names, notes: Iterable[Note]) -> Html:
    lines = [
        join(el("q", note.fact), f" {note.so_what} " if note.so_what else " ", f"({len(note.votes)} votes)") for note in notes
    ]
    return join(p("From the board:"), bullets(lines)) if lines else Html("")


def _cards(names: Names, those: Iterable[Evidence]) -> list[Html]:
    return [_card(names, each) for each in those]


def _card(names: Names, each: Evidence) -> Html:
    answers = bullets(
        spaced(
            f"{names.seat(act.seat)}:",
            act_link(act),
            stance(act.stance),
            "(nobody answered: the default)" if act.defaulted else None,
            quoted(act.rationale) if act.rationale else None,
            row(act.told.row),
        )
        for act in each.acts
    )
    model = each.card.model
    return div(
        "evidence",
        p(f"Turn {each.told.turn}: ", told_link(each.told), " ", row(each.told.row)),
        p(el("b", "To discuss: "), str(model.debrief), class_="question") if model.debrief else None,
        answers or p("Nobody had to answer it.", class_="muted"),
        p(el("b", "Lesson: "), str(model.lesson)) if model.lesson else None,
    )


def _expected(record: Record, names: Names) -> Html:
    """What cards expected of seats, and whether it came."""
    states = {"met": "✓ done", "missed": "✗ not done in time", "open": "still open", "void": "the card was taken back"}
    dealt = {told.event.number: told for told in record.told if isinstance(told.event, e.CardDealt)}
    lines = []
    for each in record.final.expected:
        rule = record.program.cards[each.card].expects[each.place]
        card = dealt.get(each.number)
        link = told_link(card) if card is not None else str(record.program.cards[each.card].model.title)
        where = row(card.row) if card is not None else None
        lines.append(
            spaced(
                f"{names.seat(each.seat)}: {rule.label}, by turn {each.due}:",
                el("b", states[each.status]),
                "after",
                link,
                where,
            )
        )
    return section("What was expected", bullets(lines), level=3)
