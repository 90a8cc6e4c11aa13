"""The events list of a scenario, or of a game: what was planned, and what became of it."""

from __future__ import annotations

from collections import defaultdict

from wargame.analysis.debrief.naming import Names
from wargame.analysis.debrief.record import Act, Record
from wargame.analysis.msel.columns import COLUMNS, HEADINGS
from wargame.analysis.msel.planned import Row, planned_rows
from wargame.analysis.msel.sheets import as_csv, as_xlsx
from wargame.engine.msel import ARMED, HELD, PLANNED, RECALLED, RELEASED, SKIPPED, msel
from wargame.rules.program import Program

WIDTHS = {"title": 28, "text": 60, "to": 24, "expects": 30, "objective": 34, "evaluator": 34, "response": 50}
USUAL_WIDTH = 15


def planned_list(program: Program) -> list[Row]:
    """A row for every card of the scenario, in order; what a game would tell is empty."""
    return [row for _, row in planned_rows(program)]


def played_list(record: Record, names: Names) -> list[Row]:
    """The same after a game. A card that came several times tells of all of them; one that never came says so."""
    chronicle = record.chronicle
    lines = defaultdict(list)
    for line in msel(chronicle.program, chronicle.state, chronicle.program.white_cell):
        lines[str(line["card"])].append(line)
    answers: dict[str, list[Act]] = defaultdict(list)
    for act in record.acts:
        if act.kind == "answer":
            answers[str(act.told.story["card"])].append(act)
    rows = []
    for card, row in planned_rows(chronicle.program):
        mine = lines[card.id]
        released = [line for line in mine if line["released"] is not None]
        row["status"] = _status([str(line["status"]) for line in mine], chronicle.complete)
        row["released"] = "\n".join(
            f"Turn {line['released']}"
            + (f" (planned for {line['planned']})" if line["planned"] not in (None, line["released"]) else "")
            for line in released
        )
        row["response"] = "\n".join(_response(act, names) for act in answers[card.id])
        rows.append(row)
    return rows


def _status(found: list[str], over: bool) -> str:
    """What became of a card whose lines ended in these states: the state that says most. What is still to come when the game
    is over will not come."""
    for state in (RELEASED, RECALLED, ARMED, HELD):
        if state in found:
            return state.capitalize()
    return (SKIPPED if over or (found and set(found) == {SKIPPED}) else PLANNED).capitalize()


def _response(act: Act, names: Names) -> str:
    """An answer, its reason, and who decided."""
    who = "nobody in time, the default stood" if act.defaulted else ""
    if act.drafts and not act.defaulted:
        who = names.person(act.drafts[-1].person, act.drafts[-1].name)
    reason = f". {act.rationale}" if act.rationale else ""
    return f"Turn {act.told.turn}, {names.seat(act.seat)}: {act.label} [{act.stance}]{reason}" + (f" ({who})" if who else "")


def cells(rows: list[Row]) -> list[list[str]]:
    """The rows with their cells in the order of the columns."""
    return [[row.get(column.key, "") for column in COLUMNS] for row in rows]


def csv_file(rows: list[Row]) -> bytes:
    """The list as a CSV file."""
    return as_csv(HEADINGS, cells(rows))


def xlsx_file(rows: list[Row], title: str) -> bytes:
    """The list as an Excel file."""
    return as_xlsx(title, HEADINGS, cells(rows), [WIDTHS.get(column.key, USUAL_WIDTH) for column in COLUMNS])
