"""A reel: a game on record to be wound back and forth, as any viewer knew it at any moment.

A position is how many events came before: 0 is before everything, `len(reel)` the end. Going to a position costs the same
wherever one comes from: states and mirrors are kept at marks, and from the last mark at most `EVERY` events are done again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from wargame.analysis.chronicle import Chronicle, Entry, Step
from wargame.engine import events as e
from wargame.engine.apply import apply
from wargame.engine.catalog import catalog
from wargame.engine.mirror import Mirror
from wargame.engine.project import Op, project
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import NOBODY, Program
from wargame.scenario.model import PhaseKind

EVERY = 32  # events between two marks
# What somebody in a seat decides, and how that is told; `seat` of the event says whose it is.
DECISIONS: Mapping[type[e.Event], str] = {
    e.ChoiceMade: "makes a secret choice",
    e.PlacementDrafted: "places its pieces",
    e.AnswerDrafted: "answers a card",
    e.OrdersDrafted: "drafts its orders",
    e.OrderDone: "gives an order",
    e.FloorDrafted: "takes a position on the vote",
    e.AgreementProposed: "proposes an agreement",
    e.AgreementSigned: "signs an agreement",
    e.AgreementDeclined: "declines an agreement",
    e.Transferred: "gives from its means",
}
FURTHER: Mapping[type[e.Event], str] = {e.Said: "writes a message", e.Sealed: "is done", e.Reopened: "is not done after all"}


@frozen
class Moment:
    """What an event led to: the row it stands in and when that was in the game."""

    entry: Entry
    event: e.Event
    turn: int
    phase: int
    status: str
    program: Program = field(repr=False)

    @property
    def when(self) -> tuple[int, int]:
        """Turn and phase."""
        return self.turn, self.phase


@define
class _Course:
    """What one viewer learned: the operations of every event, the mirror at the marks, where there was something to learn."""

    ops: list[Sequence[Op]]
    marks: dict[int, Mapping[str, Any]]
    learned: list[int]


class Reel:
    """A chronicle as moments. `removed`: also what was taken back, where it happened; else only what counts."""

    def __init__(self, chronicle: Chronicle, *, removed: bool = False) -> None:
        self.chronicle, self.removed = chronicle, removed
        self.moments: list[Moment] = []
        self._marks: dict[int, tuple[Program, State]] = {0: (chronicle.base, State.fresh(chronicle.base))}
        self._courses: dict[int, _Course] = {}
        self._catalogs: dict[tuple[int, int], Mapping[str, Any]] = {}
        for step in self._walk():
            after = step.after
            self.moments.append(Moment(step.entry, step.event, after.turn, after.phase, after.status, step.program))
            if self._marked(step.event):
                self._marks[len(self.moments)] = (step.program, after)
        self._where = sorted(self._marks)

    def __len__(self) -> int:
        return len(self.moments)

    def _walk(self) -> Iterator[Step]:
        return self.chronicle.walk(removed=self.removed)

    def _marked(self, event: e.Event) -> bool:
        return len(self.moments) % EVERY == 0 or isinstance(event, e.Rewound)

    # -- how things stood ---------------------------------------------------------------------------------------------

    def moment(self, at: int) -> Moment | None:
        """What led to a position; None before everything."""
        return self.moments[at - 1] if at else None

    def state(self, at: int) -> tuple[Program, State]:
        """The game at a position. The state is yours."""
        mark = self._where[bisect_right(self._where, at) - 1]
        program, state = self._marks[mark]
        state = state.fork()
        for moment in self.moments[mark:at]:
            program = moment.program
            apply(program, state, moment.event)
        return program, state

    def view(self, viewer: int, at: int) -> dict[str, Any]:
        """What a viewer's mirror held at a position."""
        course = self._course(viewer)
        mark = self._where[bisect_right(self._where, at) - 1]
        mirror = Mirror(course.marks[mark])
        for ops in course.ops[mark:at]:
            mirror.fold(ops)
        return mirror.data

    def catalog(self, viewer: int, at: int) -> Mapping[str, Any]:
        """What was fixed for a viewer; a card written during the game makes another one."""
        moment = self.moment(at)
        program = moment.program if moment is not None else self.chronicle.base
        if (id(program), viewer) not in self._catalogs:
            self._catalogs[id(program), viewer] = catalog(program, viewer)
        return self._catalogs[id(program), viewer]

    def stories(self, viewer: int, start: int = 0, end: int | None = None) -> list[Any]:
        """Everything a viewer was told between two positions, in order."""
        return [op[2] for ops in self._course(viewer).ops[start:end] for op in ops if op[:2] == ["push", "feed"]]

    def _course(self, viewer: int) -> _Course:
        if viewer not in self._courses:
            self._courses[viewer] = self._played(viewer)
        return self._courses[viewer]

    def _played(self, viewer: int) -> _Course:
        base = self.chronicle.base
        mirror = Mirror(view(base, State.fresh(base), viewer))
        course = _Course([], {0: mirror.data}, [])
        mirror = Mirror(mirror.data)
        back = {moment.event.to for moment in self.moments if isinstance(moment.event, e.Rewound)} if self.removed else set()
        kept: dict[int, Mapping[str, Any]] = {}
        for at, step in enumerate(self._walk(), 1):
            if isinstance(step.event, e.Rewound) and step.event.to in kept:
                mirror = Mirror(kept[step.event.to])
            ops = project(step.program, step.after, step.event, viewer)
            mirror.fold(ops)
            course.ops.append(ops)
            if ops:
                course.learned.append(at)
            if at in self._marks:
                course.marks[at] = Mirror(mirror.data).data
            if step.entry.seq in back:
                kept[step.entry.seq] = Mirror(mirror.data).data  # the last event of the row leaves what it was gone back to
        return course

    def end_of(self, row: int) -> int:
        """The position after the last event of a row; where the row is not shown, after the last one before it."""
        return bisect_right(self._rows, row)

    @cached_property
    def _rows(self) -> list[int]:
        return [moment.entry.seq for moment in self.moments]

    # -- where to go --------------------------------------------------------------------------------------------------

    @cached_property
    def start(self) -> int:
        """Where the game has begun: the first position that is not before everything."""
        return next((at for at, moment in enumerate(self.moments, 1) if moment.status != "lobby"), 0)

    @cached_property
    def phases(self) -> list[int]:
        """The positions at which a phase began, the set-up first; also those to which the game was set back."""
        begins = (e.GameStarted, e.PhaseBegan, e.Rewound)
        return [at for at, moment in enumerate(self.moments, 1) if isinstance(moment.event, begins)]

    @cached_property
    def turns(self) -> list[int]:
        """The positions at which a turn began."""
        found: list[int] = []
        turn = -1
        for at in self.phases:
            if self.moments[at - 1].turn != turn:
                turn = self.moments[at - 1].turn
                found.append(at)
        return found

    def learned(self, viewer: int) -> list[int]:
        """The positions at which a viewer learned something."""
        return self._course(viewer).learned

    def decisions(self, seat: int) -> list[int]:
        """The positions at which a seat had just decided something; NOBODY for any seat."""
        return [at for at, moment in enumerate(self.moments, 1) if seat in (NOBODY, decider(moment)) and decider(moment) >= 0]

    def words(self, viewer: int, at: int) -> str:
        """What happened last, as far as a viewer knows it; empty where there is nothing to tell."""
        moment = self.moment(at)
        if moment is None:
            return ""
        told = self.stories(viewer, at - 1, at)
        if told:
            return str(told[-1]["head"])
        program = moment.program
        seat = getattr(moment.event, "seat", moment.entry.who)
        words = DECISIONS.get(type(moment.event)) or FURTHER.get(type(moment.event), "")
        if not words or viewer not in (seat, program.white_cell) or not 0 <= seat < len(program.seats):
            return ""
        who = program.scenario.seats[program.seats[seat]].title
        return f"{who}{f' ({moment.entry.name})' if moment.entry.name else ''} {words}."


def decider(moment: Moment) -> int:
    """The seat that has just decided something; NOBODY where none has."""
    event = moment.event
    if type(event) not in DECISIONS:
        return NOBODY
    if isinstance(event, e.OrderDone) and moment.program.phases[moment.phase].kind is not PhaseKind.TURNS:
        return NOBODY  # carried out only now, and decided before
    return int(getattr(event, "seat", NOBODY))


def after(found: Sequence[int], at: int) -> int | None:
    """The next of some positions after one; None where there is none."""
    place = bisect_right(found, at)
    return found[place] if place < len(found) else None


def before(found: Sequence[int], at: int) -> int | None:
    """The last of some positions before one; None where there is none."""
    place = bisect_left(found, at)
    return found[place - 1] if place else None
