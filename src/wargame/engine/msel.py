"""The MSEL, the time-line of cards: what is planned, armed, held, released, skipped and recalled, and why.

A line keeps its name for life: `s3` for the third card scheduled, `tstorm` for a card with a window of turns (pools `trigger`
and `random`), `astorm` for a contingency card that armed itself, `d7` for a card dealt without any plan. `State.lines` holds
those about which there is something to remember; a window that nobody touched is as the scenario has it. A line's planned turn
never changes. What comes by itself is `State.schedule`: exactly the lines `s...` that are planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.knowledge import filled, member_label
from wargame.engine.legality import readers, spent
from wargame.engine.state import Line, Scheduled, State
from wargame.rules.program import NOBODY, Card, Program
from wargame.scenario.model import Pool

PLANNED, ARMED, HELD, RELEASED, SKIPPED, RECALLED = "planned", "armed", "held", "released", "skipped", "recalled"
WAITING = (PLANNED, HELD)
OVER = (RELEASED, SKIPPED, RECALLED)
MOST_LINES = 250  # beyond it the oldest that are over are forgotten: the white cell is told all of them at every card
WINDOWS = (Pool.TRIGGER, Pool.RANDOM)
HAS_COME = "It comes once, and it has come."
TOO_LATE = "Its turns passed without it."


def planned_line(number: int) -> str:
    """The name of the line of a scheduled card."""
    return f"s{number}"


def window_line(card: Card) -> str:
    """The name of the line of a card with a window of turns."""
    return f"t{card.id}"


def line_of(program: Program, state: State, name: str) -> Line | None:
    """The line of this name, also of a window that nobody touched; None if there is none."""
    found = state.lines.get(name)
    if found is None and name[:1] == "t" and name[1:] in program.card_index:
        card = program.cards[program.card_index[name[1:]]]
        return _window(card) if card.pool in WINDOWS else None
    return found


def _window(card: Card) -> Line:
    """A window as the scenario has it; `plan` where nothing but the turn decides."""
    trigger = card.model.trigger
    certain = trigger.when is None and (trigger.chance is None or trigger.chance.text.strip() == "100")
    first, last = card.turns
    return Line(card.index, first, first, PLANNED, "plan" if certain and first == last else "rule", last)


def window_of(state: State, card: Card) -> tuple[int, int] | None:
    """The turns in which a card of the pools may come by itself; None: the facilitator keeps it back."""
    line = state.lines.get(window_line(card)) if state.lines else None
    if line is None or line.status == RELEASED or line.due is None or line.until is None:
        return card.turns
    return (line.due, line.until) if line.status == PLANNED else None


def due_now(state: State, line: Line) -> int:
    """The turn in which a line that waits comes: no earlier than now."""
    return max(line.due or 0, state.turn)


def armed_line(state: State, card: int) -> str | None:
    """The line of the card where it is armed."""
    return next((name for name, line in state.lines.items() if line.card == card and line.status == ARMED), None)


def kept_from_arming(state: State, card: Card) -> bool:
    """Whether the facilitator has taken the contingency card off the time-line."""
    line = state.lines.get(f"a{card.id}")
    return line is not None and line.status == SKIPPED


def line_when_dealt(state: State, card: Card, reason: str) -> str:
    """The name of the line of a card dealt without a schedule; empty: it gets one from its number."""
    if reason in ("fired", "released"):
        return armed_line(state, card.index) or ""
    return window_line(card) if card.once and card.pool in WINDOWS else ""


# Folding


def put(state: State, name: str, line: Line) -> None:
    """Keeps the line, the last of all, and the schedule in step with it."""
    lines = {**state.lines}
    lines.pop(name, None)
    lines[name] = line
    if len(lines) > MOST_LINES:
        # Those dealt first: that a card was taken off is to be remembered as long as possible, or it would come again.
        ends = ((RELEASED,), OVER)
        oldest = next((each for end in ends for each, kept in lines.items() if kept.status in end), name)
        del lines[oldest]
    state.lines = lines
    if name[0] == "s":
        number = int(name[1:])
        others = tuple([each for each in state.schedule if each.number != number])
        comes = line.status == PLANNED and line.due is not None
        state.schedule = (*others, Scheduled(line.due or 0, number, line.card, line.bindings)) if comes else others


def scheduled(state: State, coming: tuple[Scheduled, ...], by: str) -> None:
    """Folds in cards that go on the schedule."""
    for each in coming:
        put(state, planned_line(each.number), Line(each.card, each.due, each.due, PLANNED, by, bindings=each.bindings))
    state.scheduled += len(coming)


def dealt(program: Program, state: State, event: e.CardDealt) -> None:
    """Folds in that a card came onto the table."""
    name = event.line or (planned_line(event.schedule) if event.schedule >= 0 else f"d{event.number}")
    line = line_of(program, state, name)
    was = (None, None, _BY.get(event.reason, "rule"), None) if line is None else (line.planned, line.due, line.by, line.until)
    planned, due, by, until = was
    put(state, name, Line(event.card, planned, due, RELEASED, by, until, event.bindings, "", state.turn, event.number))


_BY = {"fired": "facilitator", "released": "facilitator", "deck": "deck"}


def dropped(program: Program, state: State, event: e.CardDropped) -> None:
    """Folds in that a scheduled card will not come."""
    _change(program, state, planned_line(event.schedule), status=SKIPPED, reason=event.reason)


def armed(program: Program, state: State, event: e.CardArmed) -> None:
    """Folds in that a contingency card waits for the facilitator."""
    name = base = f"a{program.cards[event.card].id}"
    times = 1
    while name in state.lines and state.lines[name].status == RELEASED:
        times += 1
        name = f"{base}.{times}"
    put(state, name, Line(event.card, None, None, ARMED, "rule"))


def _change(program: Program, state: State, name: str, **fields: Any) -> None:
    line = line_of(program, state, name)
    if line is not None:
        put(state, name, evolve(line, **fields))


def _card_planned(program: Program, state: State, event: e.CardPlanned) -> None:
    del program
    scheduled(state, (Scheduled(event.turn, event.number, event.card, event.bindings),), "facilitator")


def _card_held(program: Program, state: State, event: e.CardHeld) -> None:
    _change(program, state, event.line, status=HELD if event.held else PLANNED, reason=event.reason)


def _cards_moved(program: Program, state: State, event: e.CardsMoved) -> None:
    for name, _, due, until in event.moves:
        line = line_of(program, state, name)
        if line is not None:
            # What was skipped or recalled is planned again; what is held stays held.
            held = line.status == HELD
            status, reason = (HELD, line.reason) if held else (PLANNED, "")
            put(state, name, evolve(line, due=due, until=until, status=status, reason=reason, released=None, number=None))


def _card_skipped(program: Program, state: State, event: e.CardSkipped) -> None:
    _change(program, state, event.line, status=SKIPPED, reason=event.reason)


def _card_recalled(program: Program, state: State, event: e.CardRecalled) -> None:
    state.hand = tuple([each for each in state.hand if each.number != event.number])
    state.answers = {key: answer for key, answer in state.answers.items() if key[0] != event.number}
    name = next((each for each, line in state.lines.items() if _released(line, event)), None)
    if name is not None:
        _change(program, state, name, status=RECALLED, reason=event.reason)


def _released(line: Line, event: e.CardRecalled) -> bool:
    return line.status == RELEASED and line.number == event.number and line.card == event.card


def _card_corrected(program: Program, state: State, event: e.CardCorrected) -> None:
    del program
    state.hand = tuple(
        [
            evolve(each, title=event.title or each.title, text=event.text or each.text) if each.number == event.number else each
            for each in state.hand
        ]
    )


FOLDS: dict[type[Any], Callable[[Program, State, Any], None]] = {
    e.CardDropped: dropped,
    e.CardArmed: armed,
    e.CardPlanned: _card_planned,
    e.CardHeld: _card_held,
    e.CardsMoved: _cards_moved,
    e.CardSkipped: _card_skipped,
    e.CardRecalled: _card_recalled,
    e.CardCorrected: _card_corrected,
}


# The view


def msel(program: Program, state: State, viewer: int) -> list[dict[str, Any]]:
    """The lines by turn, as the white cell sees them (`docs/protocol.md`); nobody else sees any."""
    if viewer != program.white_cell:
        return []
    shown = [_shown(program, state, name, line) for name, line in _all(program, state)]
    order = {RELEASED: 0, RECALLED: 0, SKIPPED: 0, ARMED: 1}
    return sorted(shown, key=lambda each: (_turn(state, each), order.get(each["status"], 2)))


def _all(program: Program, state: State) -> Iterator[tuple[str, Line]]:
    yield from state.lines.items()
    for pool in WINDOWS:
        for card in program.drawn_from[pool]:
            name = window_line(card)
            if name not in state.lines:
                yield name, _window(card)


def waiting(program: Program, state: State) -> list[tuple[str, Line]]:
    """The lines that are planned or held and can still come."""
    return [
        (name, line)
        for name, line in _all(program, state)
        if line.status in WAITING and _standing(program, state, line) == (line.status, line.reason)
    ]


def _standing(program: Program, state: State, line: Line) -> tuple[str, str]:
    """Status and reason; a window closes when its card has come by another way, or its turns are over."""
    if line.status in WAITING and line.until is not None:
        if spent(state, program.cards[line.card]):
            return SKIPPED, HAS_COME
        if line.until < state.turn:
            return SKIPPED, TOO_LATE
    return line.status, line.reason


def _turn(state: State, shown: dict[str, Any]) -> int:
    turn = state.turn if shown["status"] == ARMED else shown["released"] or shown["due"] or shown["planned"] or 0
    return int(turn)


def _shown(program: Program, state: State, name: str, line: Line) -> dict[str, Any]:
    card = program.cards[line.card]
    status, reason = _standing(program, state, line)
    bound = {
        variable.name: member_label(program, variable, member)
        for variable, member in zip(card.variables, line.bindings, strict=False)
        if member is not None
    }
    members = tuple(line.bindings[index] if index < len(line.bindings) else None for index in range(len(card.variables)))
    to = readers(card, tuple(NOBODY if member is None else member for member in members))
    return {
        "entry": name,
        "card": card.id,
        "title": filled(program, str(card.model.title), card.variables, line.bindings),
        "kind": card.model.sort.value,
        "planned": line.planned,
        "due": due_now(state, line) if status in WAITING else line.due,
        "until": line.until,
        "status": status,
        "released": line.released,
        "number": None if line.number is None else str(line.number),
        "reason": reason,
        "by": line.by,
        "bound": bound,
        "to": [program.seats[seat] for seat in sorted(to) if seat < len(state.played) and state.played[seat]],
    }


def moved(event: e.Event, effect: e.Effect) -> bool:
    """Whether the event can have changed what `msel` shows."""
    return bool(effect.deals) or isinstance(event, _MOVES) or (isinstance(event, e.PhaseBegan) and event.phase == 0)


_MOVES = (e.GameStarted, e.CardDealt, e.CardWritten, *FOLDS)
