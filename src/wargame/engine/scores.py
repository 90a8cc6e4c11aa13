"""Scores: components with words, agendas, mandates, the top seat and the ledger."""

from __future__ import annotations

from wargame.engine.state import PartScore, Result, SeatScore, State
from wargame.rules.program import NOBODY, Program


def tenths(value: float) -> float:
    """A number as it is shown: to one decimal, and never minus nothing."""
    return round(float(value), 1) + 0.0


def seat_score(program: Program, state: State, seat: int, ending: int) -> SeatScore:
    """A seat's score with its breakdown; a catastrophe caps it and no mandate is met."""
    board = state.board
    parts = [
        PartScore(str(part.model.label), tenths(part.value(board, seat)), part.model.max, str(part.model.words))
        for part in program.scores[seat]
    ]
    agenda = ""
    for deck in program.agendas:
        if deck.seat == seat and 0 <= board[deck.slot] < len(deck.agendas):
            agenda, model, score = deck.agendas[board[deck.slot]]
            value = tenths(score(board, seat))
            parts.append(PartScore(f"Agenda: {model.label}", value, model.max, str(model.text)))
    total = round(min(100.0, max(0.0, sum(part.value for part in parts))), 1)
    scoring = program.scenario.scoring
    cut_short = ending >= 0 and program.endings[ending].model.catastrophe
    if cut_short:
        total = min(total, float(scoring.ending_cap))
    choices = tuple((choice.id, choice.options[board[choice.slot]]) for choice in program.choices if choice.seat == seat)
    return SeatScore(seat, total, total >= scoring.mandate and not cut_short, tuple(parts), agenda, choices)


def result(program: Program, state: State, ending: int) -> Result:
    """The result of the game as it stands; `ending` -1: the last turn is over."""
    scores = tuple(seat_score(program, state, seat, ending) for seat in range(len(program.seats)) if state.played[seat])
    best = max((score.total for score in scores), default=0.0)
    top = tuple(score.seat for score in scores if score.total == best)
    ledger = tuple((str(line.model.label), tenths(line.value(state.board, NOBODY))) for line in program.ledger)
    return Result(ending, scores, top, ledger)
