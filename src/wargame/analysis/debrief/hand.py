"""The facilitator's hand: what was done from outside the rules, why, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.analysis.chronicle import Entry, Step
from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import told_link
from wargame.analysis.debrief.record import Record
from wargame.analysis.html import Html, Node, bullets, el, join, p, section
from wargame.analysis.page.document import folded
from wargame.analysis.page.tables import Cell, data_table, words
from wargame.engine import events as e
from wargame.engine.story import story
from wargame.rules.program import NOBODY, Program


def hand(record: Record, names: Names) -> Html:
    """Every deed of a facilitator in order, then the parts of the game that were gone back over."""
    rows: list[list[Node | Cell]] = []
    told = {id(each.event): each for each in record.told}
    for entry, event, turn in record.happened:
        what = _DEEDS.get(type(event))
        if what is None or (isinstance(event, e.CardDealt) and event.reason not in ("fired", "released")):
            continue
        if isinstance(event, e.Said) and event.seat != NOBODY:
            continue
        shown = told.get(id(event))
        person = names.person(entry.person, entry.name) or "The facilitator"
        rows.append(
            [
                join(f"{turn} ", row(entry.seq)),
                words(person),
                words(what(record.program, event)),
                words(told_link(shown) if shown is not None else ""),
                words(getattr(event, "reason", "") if not isinstance(event, e.CardDealt) else ""),
            ]
        )
    table = data_table(("Turn", "Who", "What", "In the story", "Why"), rows)
    calm = p("The facilitator let the game run: no card fired, no value set, no pause.")
    return join(table or calm, _forked(record), _removed(record, names))


def _card(program: Program, index: int) -> str:
    return str(program.cards[index].model.title)


def _changed(program: Program, event: e.Overridden) -> str:
    return ", ".join(f"{program.slots[slot].name} from {old} to {new}" for slot, old, new in event.effect.changes) or "nothing"


_DEEDS: Mapping[type[Any], Callable[[Program, Any], str]] = {
    e.CardDealt: lambda program, event: (
        f"{'Fired' if event.reason == 'fired' else 'Released'} the card “{_card(program, event.card)}”"
    ),
    e.CardPlanned: lambda program, event: f"Planned the card “{_card(program, event.card)}” for turn {event.turn}",
    e.CardHeld: lambda program, event: "Held a planned card back" if event.held else "Let a held card go",
    e.CardsMoved: lambda program, event: f"Re-timed {counted(len(event.moves), 'planned card', 'planned cards')}",
    e.CardSkipped: lambda program, event: "Took a planned card off",
    e.CardRecalled: lambda program, event: (
        f"Took back the card “{_card(program, event.card)}”" + (", with what it had changed" if event.undone else "")
    ),
    e.CardCorrected: lambda program, event: "Corrected a card on the table",
    e.CardWritten: lambda program, event: f"Wrote the card {event.card}",
    e.Happened: lambda program, event: f"Had something happen: {event.text}",
    e.Overridden: lambda program, event: f"Set a value: {_changed(program, event)}",
    e.OnBehalf: lambda program, event: f"Acted for {program.owner_labels[event.seat]}: {event.what}",
    e.OutcomeSet: lambda program, event: (
        f"Decided the vote on “{program.motions[event.motion].model.label}”: " + ("passed" if event.passed else "failed")
    ),
    e.EndCalled: lambda program, event: "Ended the game",
    e.Said: lambda program, event: f"Said: {event.text}",
    e.Paused: lambda program, event: "Paused the game",
    e.Resumed: lambda program, event: "Went on",
    e.Extended: lambda program, event: "Gave the phase another end",
    e.Rewound: lambda program, event: f"Went back to the end of row {event.to}",
}


def _forked(record: Record) -> Html:
    forked = record.chronicle.forked
    if forked is None:
        return Html("")
    game, seq = forked
    return p(
        f"This table was forked from another game ({game}) at its row {seq} ",
        row(seq),
        ". What stands before is shared with it.",
    )


def _removed(record: Record, names: Names) -> Html:
    """What was taken back by going back, told where it happened and marked as gone."""
    gone: dict[int, list[tuple[Entry, str]]] = {}
    last: Step | None = None
    order = 0
    if all(entry.live for entry in record.chronicle.entries):
        return Html("")
    for step in record.chronicle.walk(removed=True):
        if step.entry.live:
            if last is not None and not last.entry.live:
                order += 1
            last = step
            continue
        last = step
        lines = gone.setdefault(order, [])
        told = story(step.program, step.after, step.event, step.program.white_cell)
        if told is not None and told["kind"] != "phase":
            lines.append((step.entry, f"Turn {told['turn']}: {told['head']}"))
    parts = []
    dead = [entry for entry in record.chronicle.entries if not entry.live]
    for lines in gone.values():
        told_lines = bullets((join(el("s", words_of), " ", row(entry.seq)) for entry, words_of in lines), "gone")
        parts.append(folded(f"Taken back: {counted(len(lines), 'event', 'events')}", told_lines))
    return section(
        "Taken back",
        p(
            f"{counted(len(dead), 'row', 'rows')} of the journal no longer count, because the game was set back to an "
            "earlier moment. They are kept; "
            "nothing in the other parts of this page counts them."
        ),
        *parts,
        level=3,
    )
