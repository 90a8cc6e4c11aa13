"""Stories of the facilitator's hand: what happens on the time-line of cards, what is done for a seat, what is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import events as e
from wargame.engine import msel
from wargame.engine.knowledge import filled, owner_label
from wargame.engine.legality import readers
from wargame.engine.state import State
from wargame.engine.telling import Line, effect_lines, told, unexplained
from wargame.engine.view import title_of
from wargame.rules.program import Program


def _desk(program: Program, state: State, viewer: int, head: str, lines: list[Line]) -> dict[str, Any] | None:
    """What the facilitator does that nobody else hears of."""
    return told(state, program, "override", head, lines=lines) if viewer == program.white_cell else None


def _line_title(program: Program, state: State, name: str) -> str:
    line = msel.line_of(program, state, name)
    return str(program.cards[line.card].model.title) if line is not None else name


def _why(reason: str) -> list[Line]:
    return [["why", reason]] if reason else []


def _card_planned(program: Program, state: State, event: e.CardPlanned, viewer: int) -> dict[str, Any] | None:
    return _desk(
        program,
        state,
        viewer,
        program.phrase("Planned for turn {turn}: {title}", turn=event.turn, title=program.cards[event.card].model.title),
        [],
    )


def _card_armed(program: Program, state: State, event: e.CardArmed, viewer: int) -> dict[str, Any] | None:
    return _desk(
        program, state, viewer, program.phrase("Armed, waits for you: {title}", title=program.cards[event.card].model.title), []
    )


def _card_held(program: Program, state: State, event: e.CardHeld, viewer: int) -> dict[str, Any] | None:
    words = program.phrase("Held") if event.held else program.phrase("Held no longer")
    return _desk(program, state, viewer, f"{words}: {_line_title(program, state, event.line)}", _why(event.reason))


def _cards_moved(program: Program, state: State, event: e.CardsMoved, viewer: int) -> dict[str, Any] | None:
    moves: list[Line] = [
        ["note", program.phrase("{title}: turn {was} → {due}", title=_line_title(program, state, name), was=was, due=due)]
        for name, was, due, _ in event.moves
    ]
    head = moves[0][1] if len(moves) == 1 else program.phrase("{count} cards moved on the time-line", count=len(moves))
    return _desk(
        program,
        state,
        viewer,
        program.phrase("Moved: {head}", head=head) if len(moves) == 1 else head,
        moves if len(moves) > 1 else [],
    )


def _card_skipped(program: Program, state: State, event: e.CardSkipped, viewer: int) -> dict[str, Any] | None:
    return _desk(
        program,
        state,
        viewer,
        program.phrase("Skipped: {title}", title=_line_title(program, state, event.line)),
        _why(event.reason),
    )


def _card_recalled(program: Program, state: State, event: e.CardRecalled, viewer: int) -> dict[str, Any] | None:
    card = program.cards[event.card]
    if card.private and viewer != program.white_cell and viewer not in readers(card, event.bindings):
        return unexplained(program, state, event.effect, viewer)
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if event.to:
        lines.insert(0, ["note", program.phrase("Answers to it do not count.")])
    lines.insert(
        0,
        ["note", program.phrase("What it changed is set back.") if event.undone else program.phrase("What it changed stays.")],
    )
    if viewer == program.white_cell:
        lines = [*_why(event.reason), *lines]
    head = program.phrase("Taken back: {title}", title=filled(program, str(card.model.title), card.variables, event.bindings))
    return told(state, program, "card", head, lines=lines, slots=slots, card=card.id)


def _card_corrected(program: Program, state: State, event: e.CardCorrected, viewer: int) -> dict[str, Any] | None:
    dealt = next(each for each in state.hand if each.number == event.number)
    card = program.cards[dealt.card]
    if card.private and viewer != program.white_cell and viewer not in readers(card, dealt.bindings):
        return None
    lines: list[Line] = _why(event.reason) if viewer == program.white_cell else []
    lines += [["note", event.text]] if event.text else []
    return told(
        state, program, "card", program.phrase("Corrected: {title}", title=title_of(program, dealt)), lines=lines, card=card.id
    )


def _on_behalf(program: Program, state: State, event: e.OnBehalf, viewer: int) -> dict[str, Any] | None:
    if event.to is not None and viewer != program.white_cell and viewer not in event.to:
        return None
    lines = _why(event.reason) if viewer == program.white_cell else []
    head = program.phrase("The facilitator acted for {seat}: {what}", seat=owner_label(program, event.seat), what=event.what)
    return told(state, program, "override", head, actor=event.seat, lines=lines)


def _outcome_set(program: Program, state: State, event: e.OutcomeSet, viewer: int) -> dict[str, Any] | None:
    words = program.phrase("will pass") if event.passed else program.phrase("will fail")
    head = program.phrase("Decided by hand: {label} {words}", label=program.motions[event.motion].model.label, words=words)
    return _desk(program, state, viewer, head, _why(event.reason))


def _end_called(program: Program, state: State, event: e.EndCalled, viewer: int) -> dict[str, Any] | None:
    lines = _why(event.reason) if viewer == program.white_cell else []
    return told(state, program, "override", program.phrase("The facilitator ends the game"), lines=lines)


TELLERS: dict[type[Any], Callable[[Program, State, Any, int], dict[str, Any] | None]] = {
    e.CardArmed: _card_armed,
    e.CardPlanned: _card_planned,
    e.CardHeld: _card_held,
    e.CardsMoved: _cards_moved,
    e.CardSkipped: _card_skipped,
    e.CardRecalled: _card_recalled,
    e.CardCorrected: _card_corrected,
    e.OnBehalf: _on_behalf,
    e.OutcomeSet: _outcome_set,
    e.EndCalled: _end_called,
}
