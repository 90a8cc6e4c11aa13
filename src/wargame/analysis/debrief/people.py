"""People: who took part how much, and how their proposals were ruled on."""

from __future__ import annotations

from wargame.analysis.debrief.naming import Names, counted, listed, row
from wargame.analysis.debrief.parts import definition, lines_of
from wargame.analysis.debrief.record import Record
from wargame.analysis.html import Html, Node, bullets, el, join, p, span
from wargame.analysis.meters import meters_of
from wargame.analysis.page.tables import Cell, bar, data_table, number
from wargame.engine import events as e


def airtime(record: Record, names: Names) -> Html:
    """A table of the people in seats, who did most first. Rows that were taken back count too: they did it."""
    chronicle = record.chronicle
    counted_by = reversed(meters_of(chronicle).airtime(chronicle.people.values()))
    last = {entry.person: entry.seq for entry in chronicle.entries}
    shares = [share for share in counted_by if share.seat in record.program.seats]
    if not shares:
        return p("Who sat where is not on record.")
    total = sum(share.deeds for share in shares) or 1
    rows: list[list[Node | Cell]] = []
    for share in shares:
        seat = names.seat(record.program.seats.index(share.seat))
        figures = (
            share.answers,
            share.orders,
            share.messages,
            share.words,
            share.suggestions,
            share.endorsements,
            share.petitions,
            share.notes,
        )
        rows.append(
            [
                join(names.person(share.person, share.name), span("muted", f" {seat}")),
                bar(f"{100 * share.deeds / total:.0f} %", share.deeds / total),
                *(number(str(figure), figure) for figure in figures),
                number(row(last[share.person]) if share.person in last else "never", last.get(share.person, 0)),
            ]
        )
    head = ("Person", "Share", "Answers", "Orders", "Messages", "Words", "Suggested", "Endorsed", "Proposals", "Notes", "Last")
    return join(
        p(
            "How much each has done that is on record; the share is of all deeds of the table. Words are those of messages "
            "and reasons. In a "
            "team, suggestions and endorsements count, and what is adopted is nobody's own. It says who took part in "
            "writing, not "
            "who spoke in the room, and nothing of how well."
        ),
        data_table(head, rows),
    )


def rulings(record: Record, names: Names) -> Html:
    """What seats proposed beyond the rules, the rulings and the dissent."""
    petitions = record.final.petitions
    if not petitions:
        return Html("")
    parts = []
    for made in petitions:
        person = names.person(made.person)
        rows = [(entry.seq, event) for entry, event, _ in record.happened if getattr(event, "number", None) == made.number]
        asked = next((seq for seq, event in rows if isinstance(event, e.Petitioned)), 0)
        ruled = next((seq for seq, event in rows if isinstance(event, (e.Ruled, e.PetitionTurnedDown))), 0)
        told = next((each for each in record.told if each.row == ruled and isinstance(each.event, e.Ruled)), None)
        outcome: Node = None
        if told is not None:
            outcome = f"{made.roll} against {made.odds} %: it {'came off' if made.success else 'did not come off'}"
        estimates = listed([f"{names.person(who) or 'somebody'} {percent} %" for who, percent in made.estimates])
        body = definition(
            [
                (
                    "Proposed by",
                    join(names.seat(made.seat), f" ({person})" if person else None, f", turn {made.turn} ", row(asked)),
                ),
                ("Because", bullets(made.because)),
                ("Against it", made.against or None),
                ("Held back", made.held or None),
                ("Estimates", estimates or None),
                ("Roll", outcome),
                ("Ruling", join(made.ruling or "without words", " ", row(ruled)) if ruled else "none: it was still open"),
                ("What followed", lines_of(names, told) if told is not None else None),
                ("Dissent", bullets(join(el("b", names.seat(seat)), ": ", el("q", words)) for seat, words in made.dissents)),
            ]
        )
        parts.append(el("article", el("h4", made.what), body, class_="act"))
    return join(p(f"{counted(len(petitions), 'proposal', 'proposals')} beyond the rules."), *parts)


def board(record: Record, names: Names) -> Html:
    """The hot-wash board, most votes first; evaluators' private notes apart."""
    notes = sorted(record.final.notes, key=lambda note: (note.private, -len(note.votes), abs(note.number)))
    if not notes:
        return Html("")
    where = {event.number: entry.seq for entry, event, _ in record.happened if isinstance(event, e.Noted)}
    titles = {name: str(each.title) for name, each in record.program.scenario.objectives.items()}
    rows: list[list[Node | Cell]] = []
    for note in notes:
        who = names.person(note.person) or ("anonymous" if not note.private else "an evaluator")
        rows.append(
            [
                join(note.fact, " ", row(where.get(note.number, 0))),
                Cell(note.so_what, "w"),
                Cell(note.change, "w"),
                Cell(titles.get(note.objective, ""), "w"),
                number(str(len(note.votes)), len(note.votes)),
                Cell(who + (" (private)" if note.private else ""), "w"),
            ]
        )
    return data_table(("Fact", "So what", "Change", "Objective", "Votes", "By"), rows)
