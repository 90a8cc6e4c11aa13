"""The values over the turns, each with the events that moved it."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.debrief.naming import Names, row, signed
from wargame.analysis.debrief.parts import told_link
from wargame.analysis.debrief.record import Move, Record
from wargame.analysis.html import Html, Node, el, join, p, section
from wargame.analysis.page.charts import Band, lines
from wargame.analysis.page.document import figures, folded
from wargame.analysis.page.tables import Cell, data_table, number, words
from wargame.engine.knowledge import slot_label
from wargame.rules.program import NOBODY, Family, Slot


def tracks(record: Record, names: Names) -> Html:
    """A chart for every track that moved, then what the seats had to spend."""
    program = record.program
    moved = {move.slot for move in record.moves}
    shown = [slot for slot in program.slots if slot.index in moved and slot.family is Family.TRACK]
    held = [
        slot for slot in program.slots if slot.index in moved and slot.family is Family.RESOURCE and slot.owner in record.seats
    ]
    still = [str(slot.label) or slot.name for slot in program.slots if slot.family is Family.TRACK and slot.index not in moved]
    if not shown and not held:
        return p("No value has moved.")
    blocks = [figures([_figure(record, names, slot) for slot in shown])]
    for seat in record.seats:
        mine = [slot for slot in held if slot.owner == seat]
        blocks.append(section(names.seat(seat), figures([_figure(record, names, slot) for slot in mine]), level=3))
    return join(
        p("The value at the end of each turn; under each chart the figures, and what moved it, with a link to the story."),
        *blocks,
        p(f"Never moved: {', '.join(still)}.", class_="muted") if still else None,
    )


def values(record: Record, slot: Slot) -> list[int]:
    """The slot when the game began and at the end of every turn, the last one so far."""
    return [moment.board[slot.index] for moment in record.moments]


def _figure(record: Record, names: Names, slot: Slot) -> Html:
    course = values(record, slot)
    label = slot_label(record.program, slot) if slot.owner == NOBODY else str(slot.label) or slot.part
    unit = f" ({slot.unit})" if slot.unit else ""
    bands = [Band(band.lo, band.hi, str(band.name)) for band in slot.bands]
    # A counter may go to thousands and reach three: its scale ends where it was.
    low, high = (slot.lo, slot.hi) if slot.bands or slot.hi - slot.lo <= 100 else (min(0, *course), max(1, *course))
    first = record.moments[0].turn
    chart = lines(f"{label}: {course[0]} to {course[-1]}", first, [("", course)], low, high, bands)
    moves = [move for move in record.moves if move.slot == slot.index]
    return el(
        "figure",
        el("figcaption", label, el("small", f"{course[0]} → {course[-1]}{unit}")),
        chart,
        folded("Figures and what moved it", join(_course(record, course), _moves(record, names, slot, moves))),
    )


def _course(record: Record, course: Sequence[int]) -> Html:
    head = ("", *(str(moment.turn) if moment.turn else "start" for moment in record.moments))
    return data_table(head, [["At the end of turn", *(number(str(value), value) for value in course)]])


def _moves(record: Record, names: Names, slot: Slot, moves: Sequence[Move]) -> Html:
    rows: list[list[Node | Cell]] = []
    for move in moves:
        told = record.told[move.told] if move.told >= 0 else None
        rows.append(
            [
                join(f"{move.turn} ", row(move.row)),
                number(signed(move.new - move.old), move.new - move.old),
                number(f"{move.old} → {move.new}", move.new),
                words(told_link(told) if told is not None else "not told to anybody"),
            ]
        )
    return data_table(("Turn", "Change", "Value", "What moved it"), rows)
