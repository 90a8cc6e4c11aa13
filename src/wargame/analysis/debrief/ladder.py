"""The escalation strip: what each seat chose in each turn, where the ladder stood, and what others could make of it."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.debrief.naming import Names, counted, row, signed, stance
from wargame.analysis.debrief.parts import act_link, known_to
from wargame.analysis.debrief.record import Act, Record, ladder_of
from wargame.analysis.html import Html, Node, el, join, p, section, span
from wargame.analysis.page.document import folded
from wargame.analysis.page.tables import Cell, data_table, number, words
from wargame.analysis.story import STANCES
from wargame.engine.knowledge import band_name, band_of, slot_label
from wargame.rules.program import Sight, Slot

WEIGHTS = {"escalate": 1, "hold": 0, "deescalate": -1}


def strip(record: Record, names: Names) -> Html:
    """The strip, then what was meant against what was seen, then every choice in a table."""
    acts = done(record)
    if not acts:
        return p("No seat had chosen anything yet.")
    slot = ladder_of(record.program)
    words_for = (
        f"The ladder is “{slot_label(record.program, slot)}”, {slot.lo} to {slot.hi}: the scenario's first track with named "
        "bands."
        if slot is not None
        else "This scenario has no track with named bands, so only the choices are shown."
    )
    return join(
        p(words_for, " A choice leads to where it is told in full; a dashed one not every seat knew of."),
        _grid(record, names, acts, slot),
        section("Meant and seen", _gap(record, names, acts, slot), level=3) if slot is not None else None,
        folded("Every choice, with the ladder before and after it", _table(record, names, acts, slot)),
    )


def done(record: Record) -> list[Act]:
    """The choices that took effect: answers, those by default too, and orders that were carried out."""
    return [act for act in record.acts if act.kind == "answer" or getattr(act.told.event, "status", "") == "done"]


def ladder_change(act: Act, slot: Slot | None) -> tuple[int, int] | None:
    """The ladder before and after the choice's own effects; None where they left it alone."""
    changes = act.told.event.effect.changes if slot is not None else ()
    return next(((old, new) for index, old, new in changes if slot is not None and index == slot.index), None)


def _grid(record: Record, names: Names, acts: Sequence[Act], slot: Slot | None) -> Html:
    turns = sorted({act.told.turn for act in acts})
    lines = []
    if slot is not None:
        ends = {moment.turn: moment for moment in record.moments}
        cells = []
        for turn in turns:
            before, after = ends.get(turn - 1), ends.get(turn)
            steps = [str(moment.board[slot.index]) for moment in (before, after) if moment is not None]
            name = band_name(slot, band_of(slot, after.board[slot.index])) if after is not None else ""
            where = row(after.row) if after is not None else None
            cells.append(el("td", el("b", " → ".join(steps)), " ", name, " ", where, data_l=f"Turn {turn}"))
        lines.append(el("tr", el("th", str(slot.label) or slot.name, scope="row"), *cells))
    for seat in record.seats:
        cells = []
        for turn in turns:
            mine = [act for act in acts if act.seat == seat and act.told.turn == turn]
            cells.append(el("td", *(_chip(record, names, act) for act in mine), data_l=f"Turn {turn}"))
        lines.append(el("tr", el("th", names.seat(seat), scope="row"), *cells))
    head = el("tr", el("td"), *(el("th", f"Turn {turn}", scope="col") for turn in turns))
    return el("div", el("table", el("thead", head), el("tbody", *lines), class_="strip"), class_="scroll")


def _chip(record: Record, names: Names, act: Act) -> Html:
    known = known_to(record, names, act.told)
    about = f"{act.about}: {act.label}" if act.about else act.label
    hidden = " hid" if known else ""
    default = " Nobody answered: the default." if act.defaulted else ""
    return el(
        "a",
        STANCES[act.stance],
        span("sr", f" {about}"),
        href=f"#a{act.number}",
        class_=f"chip {act.stance}{hidden}",
        title=f"{about}.{default} {known} §{act.told.row}",
    )


def _gap(record: Record, names: Names, acts: Sequence[Act], slot: Slot | None) -> Html:
    """What each seat said by its choices, against what its choices did to the ladder that another seat could put down to it."""
    rows: list[list[Node | Cell]] = []
    for seat in record.seats:
        mine = [act for act in acts if act.seat == seat]
        meant = sum(WEIGHTS[act.stance] for act in mine)
        moved = [(act, change[1] - change[0]) for act in mine if (change := ladder_change(act, slot)) is not None]
        whole = sum(step for _, step in moved)
        seen = sum(step for act, step in moved if visible(record, act, slot))
        counts = " ".join(f"{STANCES[name][0]} {sum(act.stance == name for act in mine)}" for name in WEIGHTS)
        rows.append(
            [
                names.seat(seat),
                words(counts),
                number(signed(meant), meant),
                number(signed(seen), seen),
                number(signed(whole - seen), whole - seen),
                words(verdict(meant, seen) if mine else "chose nothing"),
            ]
        )
    head = ("Seat", "Choices", "Meant", "Seen by others", "Not seen to be theirs", "")
    return join(
        data_table(head, rows),
        p(
            "Meant: escalating choices less de-escalating ones. Seen: the steps on the ladder that these choices made at "
            "once and that at "
            "least one other seat could put down to this seat, because it learned of the choice and sees the ladder. What "
            "the ladder "
            "did later, or by rules of its own, is not counted.",
            class_="muted",
        ),
    )


def visible(record: Record, act: Act, slot: Slot | None) -> bool:
    """Whether another seat learned of the choice and sees the ladder exactly."""
    if slot is None:
        return False
    moment = next((each for each in reversed(record.moments) if each.turn < act.told.turn), record.moments[0])
    return any(
        seat != act.seat and seat in act.told.knew and moment.sight[seat][slot.index] == Sight.EXACT for seat in record.seats
    )


def verdict(meant: int, seen: int) -> str:
    """The gap between what a seat meant and what others saw it do to the ladder, in words."""
    if meant <= 0 < seen:
        return "looked harder than it meant" if meant < 0 else "looked harder than it chose"
    if meant >= 0 > seen:
        return "looked softer than it meant" if meant > 0 else "looked softer than it chose"
    if meant and not seen:
        return "left no mark on the ladder that others could put down to it"
    return "looked as it meant"


def _table(record: Record, names: Names, acts: Sequence[Act], slot: Slot | None) -> Html:
    rows: list[list[Node | Cell]] = []
    for act in acts:
        change = ladder_change(act, slot)
        rows.append(
            [
                join(f"{act.told.turn} ", row(act.told.row)),
                words(names.seat(act.seat)),
                words(stance(act.stance)),
                words(act_link(act)),
                words(f"{change[0]} → {change[1]}" if change else "unchanged"),
                words(known_to(record, names, act.told) or "everybody"),
            ]
        )
    return join(
        p(counted(len(acts), "choice", "choices")),
        data_table(("Turn", "Seat", "Stance", "Choice", "Ladder", "Who knew"), rows),
    )
