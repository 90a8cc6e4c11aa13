"""The rows of a game: which of them count, and where its phases began.

A row is a command's number and its events. Going back takes rows out of the game without taking them out of the record:
this module alone says which rows are live, for the server, the report and every test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from wargame.engine.deliberation import stop_delays
from wargame.engine.events import (
    BoardOpened,
    Event,
    Forked,
    GameEnded,
    GameStarted,
    Noted,
    NoteVoted,
    PhaseBegan,
    Rewound,
)
from wargame.engine.state import SETUP, State
from wargame.engine.work import Work
from wargame.rules.program import Program

Row: TypeAlias = tuple[int, Sequence[Event]]  # number, what happened

REVIEW = (Noted, NoteVoted, BoardOpened)


@frozen
class Boundary:
    """Row `seq` ends with the beginning of this phase (`SETUP`: before turn 1), so one can go back to its end."""

    seq: int
    turn: int
    phase: int

    def id(self, program: Program) -> str:
        """The phase's id as players know it."""
        return program.phases[self.phase].id if self.phase != SETUP else "setup"

    def label(self, program: Program) -> str:
        """The phase's name."""
        return str(program.phases[self.phase].model.label) if self.phase != SETUP else "Set-up"


def live(rows: Iterable[Row]) -> tuple[int, ...]:
    """The numbers of the rows that count, in order. Going back takes out every row after the one gone back to, also one that
    went back itself; the row that does it counts."""
    counting: list[int] = []
    for seq, events in rows:
        for event in events:
            if isinstance(event, Rewound):
                while counting and counting[-1] > event.to:
                    counting.pop()
        counting.append(seq)
    return tuple(counting)


def live_rows(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows that count, in order."""
    counting = set(live(rows))
    return (row for row in rows if row[0] in counting)


def boundaries(rows: Iterable[Row]) -> tuple[Boundary, ...]:
    """The beginnings of phases to which one can go back, given the rows that count. Phases that passed within one row, with
    nobody asked, have none."""
    found: list[Boundary] = []
    for seq, events in rows:
        here: Boundary | None = None
        for event in events:
            if isinstance(event, GameStarted):
                here = Boundary(seq, 0, SETUP)
            elif isinstance(event, PhaseBegan):
                here = Boundary(seq, event.turn, event.phase)
            elif isinstance(event, GameEnded):
                here = None
        if here is not None:
            found.append(here)
    return tuple(found)


def time_left(state: State, at: int) -> int:
    """The ms that the phase had left at a moment: what a game goes on with after it was set back to there."""
    if state.left is not None:
        return state.left
    return max(0, state.deadline - at) if state.deadline is not None else 0


def set_back(program: Program, state: State, at: int, how: Rewound | Forked, taken: Iterable[Event] = ()) -> tuple[Event, ...]:
    """The events of a row that sets a game back to `state`, as it was at `at` ms.

    `taken`: what is taken back by it; the notes for the review among it stay, for they are about the exercise, not its story.
    """
    work = Work(program, state.fork(), at)
    work.emit(how)
    stop_delays(work)
    for event in taken:
        if isinstance(event, REVIEW):
            work.emit(event)
    return tuple(work.events)
