"""Notes: what people write down for the review, as the state keeps them and as each viewer knows of them.

A note has three columns: the fact, so what, and what to change. Facilitators and evaluators write private ones at any time;
players write on the hot-wash board, which the facilitator opens (and which stands open once the game is over) and on which
everybody votes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.state import Note, State
from wargame.rules.program import Program

MOST_NOTES = 200  # on the board of a game
MOST_OWN = 20  # by one person


def board_block(state: State) -> Refused | None:
    """Why nobody but the facilitators can write on the board now."""
    if not state.board_open:
        return Refused(
            "not_allowed", "The board for lessons is not open yet; the facilitator opens it, or the end of the game does."
        )
    return None


def note_block(state: State, viewer: int, person: str, private: bool) -> Refused | None:
    """Why this person cannot write another note. Private notes are counted apart: nobody is to learn how many there are."""
    if sum((each.viewer, each.person) == (viewer, person) for each in state.notes) >= MOST_OWN:
        return Refused("not_allowed", "You have written {most} notes; that is the most.", {"most": MOST_OWN})
    if sum(each.private is private for each in state.notes) >= MOST_NOTES:
        return Refused("not_allowed", "There are {most} notes; that is the most.", {"most": MOST_NOTES})
    return None


def reads_note(program: Program, note: Note, viewer: int) -> bool:
    """Whether a viewer reads the note."""
    return viewer == program.white_cell or not note.private


# Folding


def _noted(program: Program, state: State, event: e.Noted) -> None:
    made = Note(
        event.number,
        event.viewer,
        event.person,
        event.fact,
        event.so_what,
        event.change,
        event.objective,
        event.private,
        state.turn,
        state.phase_id(program),
    )
    state.notes += (made,)


def _voted(program: Program, state: State, event: e.NoteVoted) -> None:
    def with_vote(note: Note) -> Note:
        others = tuple(each for each in note.votes if each != event.voter)
        return evolve(note, votes=(*others, event.voter) if event.up else others)

    state.notes = tuple(with_vote(each) if each.number == event.number else each for each in state.notes)


def _board_opened(program: Program, state: State, event: e.BoardOpened) -> None:
    state.board_open = event.open


FOLDS: dict[type[Any], Callable[[Program, State, Any], None]] = {
    e.Noted: _noted,
    e.NoteVoted: _voted,
    e.BoardOpened: _board_opened,
}


# What is known of them


def notes(program: Program, state: State, viewer: int) -> dict[str, Any]:
    """The board: whether it is open, and the notes that the viewer reads, in order."""
    known = [_note_of(program, each, viewer) for each in state.notes if reads_note(program, each, viewer)]
    return {"open": state.board_open, "notes": known}


def _note_of(program: Program, note: Note, viewer: int) -> dict[str, Any]:
    seats = program.seats
    plain: dict[str, Any] = {
        "number": note.number,
        "person": note.person,
        "seat": seats[note.viewer] if note.viewer < len(seats) and note.person else None,
        "fact": note.fact,
        "so_what": note.so_what,
        "change": note.change,
        "objective": note.objective,
        "votes": len(note.votes),
        "voters": list(note.votes),
        "turn": note.turn,
        "phase": note.phase,
    }
    if viewer == program.white_cell:
        plain["private"] = note.private
    return plain


def project(program: Program, state: State, event: Any, viewer: int, ops: list[list[Any]]) -> None:
    """What changed on the board, for those who read it: one note, or whether it is open."""
    if isinstance(event, e.BoardOpened):
        ops.append(["set", "board", notes(program, state, viewer)])
        return
    note = next(each for each in state.notes if each.number == event.number)
    if reads_note(program, note, viewer):
        ops.append(["entry", "board", "notes", _note_of(program, note, viewer)])
