"""The hot wash: writing notes for the review, voting on them, opening the board (`wargame.engine.notes`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.notes import board_block, note_block
from wargame.engine.state import State
from wargame.engine.work import Work


def _take(work: Work, viewer: int, body: c.TakeNote, private: bool) -> Refused | None:
    state = work.state
    if body.objective and body.objective not in work.program.scenario.objectives:
        return Refused("unknown", "There is no such objective.")
    person = "" if body.anonymous else work.person
    block = note_block(state, viewer, person, private)
    if block is not None:
        return block
    work.emit(e.Noted(_number(state, private), viewer, person, body.fact, body.so_what, body.change, body.objective, private))
    return None


def _number(state: State, private: bool) -> int:
    """Public and private notes are counted apart: a gap would tell of the others. Private ones go down from -1."""
    count = sum(each.private == private for each in state.notes) + 1
    return -count if private else count


def _vote(work: Work, viewer: int, body: c.VoteNote) -> Refused | None:
    state: State = work.state
    note = next((each for each in state.notes if each.number == body.number and not each.private), None)
    if note is None:
        return Refused("unknown", "There is no such note on the board.")
    voter = work.person or f"viewer {viewer}"
    work.emit(e.NoteVoted(note.number, voter, voter not in note.votes))
    return None


def note(work: Work, seat: int, body: c.TakeNote) -> Refused | None:
    """A player's note on the open board."""
    return board_block(work.state) or _take(work, seat, body, private=False)


def vote(work: Work, seat: int, body: c.VoteNote) -> Refused | None:
    """A player's vote for a note; a second one takes it back."""
    return board_block(work.state) or _vote(work, seat, body)


def house_note(work: Work, body: c.TakeNote) -> Refused | None:
    """A facilitator's note, private unless it is meant for the board."""
    return _take(work, work.program.white_cell, body, private=body.private)


def house_vote(work: Work, body: c.VoteNote) -> Refused | None:
    """A facilitator's vote."""
    return _vote(work, work.program.white_cell, body)


def open_board(work: Work, body: c.OpenBoard) -> Refused | None:
    """Opens or closes the board for players."""
    if work.state.board_open == body.open:
        return Refused("not_allowed", "It is open already." if body.open else "It is not open.")
    work.emit(e.BoardOpened(body.open))
    return None


PLAYER: dict[type[Any], Callable[[Work, int, Any], Refused | None]] = {c.TakeNote: note, c.VoteNote: vote}
HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {
    c.TakeNote: house_note,
    c.VoteNote: house_vote,
    c.OpenBoard: open_board,
}
