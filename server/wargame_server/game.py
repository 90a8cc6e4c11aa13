"""A game as the server holds it: the state, and for each viewer the mirror that its clients have.

No I/O and no waiting. A command is *prepared* on a copy first (everything that could go wrong goes wrong there), made
durable by the table, and then *committed*, which only swaps the copy in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import Factory, define, field, frozen

from wargame.engine.amended import fold
from wargame.engine.catalog import catalog
from wargame.engine.events import Event
from wargame.engine.mirror import Mirror
from wargame.engine.offers import concerned as whose_offers
from wargame.engine.offers import offers
from wargame.engine.project import Op, project_all
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import Program
from wargame.wire.packing import pack

PUBLIC = "public"
WHITE_CELL = "white_cell"
MOST_COMPARED = 8  # different outcomes of one command that are kept to be found equal
_NONE = object()


@frozen
class Prepared:
    """A command's outcome, not yet durable: the state after it, by viewer the ops and their bytes (None: learns nothing).

    `program`: another one than before where the command brought rules of its own."""

    program: Program
    state: State
    ops: tuple[tuple[Any, ...], ...]
    packed: tuple[bytes | None, ...]
    concerned: frozenset[int]  # viewers whose offers may have changed


@define
class Game:
    """A game in progress."""

    program: Program
    state: State
    mirrors: tuple[Mirror, ...]
    # That the game began with: cards written since are in `program` alone.
    base: Program = field(default=Factory(lambda self: self.program, takes_self=True))
    _catalogs: dict[int, bytes] = field(factory=dict)  # packed: once for all who get it, and small

    @classmethod
    def fresh(cls, program: Program) -> Game:
        """A game that has not started."""
        state = State.fresh(program)
        mirrors = tuple(Mirror(view(program, state, viewer)) for viewer in range(program.viewers))
        return cls(program, state, mirrors)

    def viewer(self, name: str) -> int | None:
        """The viewer number of a seat id, `public` or `white_cell`."""
        if name == PUBLIC:
            return self.program.public
        if name == WHITE_CELL:
            return self.program.white_cell
        return self.program.seats.index(name) if name in self.program.seats else None

    def name(self, viewer: int) -> str:
        """The seat id of a viewer, `public` or `white_cell`."""
        if viewer < len(self.program.seats):
            return self.program.seats[viewer]
        return PUBLIC if viewer == self.program.public else WHITE_CELL

    def prepare(self, events: Sequence[Event]) -> Prepared:
        """What the events do to the state and to each mirror, worked out on a copy."""
        program, state, learned = self._learned(events)
        # Most viewers learn the same: equal ops are packed once. Only the first few are looked through, for where
        # everybody learns something of their own (their incomes, say) there is nothing to be found.
        known: list[tuple[list[Op], bytes]] = []
        packed: list[bytes | None] = []
        for ops in learned:
            if not ops:
                packed.append(None)
                continue
            data = next((each for other, each in known if other == ops), None)
            if data is None:
                data = pack(ops)
                if len(known) < MOST_COMPARED:
                    known.append((ops, data))
            packed.append(data)
        concerned = frozenset[int]()
        for event in events:
            whose = whose_offers(program, state, event)
            concerned |= everybody(program) if whose is None else frozenset(whose)
        return Prepared(program, state, tuple(tuple(ops) for ops in learned), tuple(packed), concerned)

    def replay(self, events: Sequence[Event]) -> None:
        """Carries on by events that are durable already."""
        program, state, learned = self._learned(events)
        self.commit(Prepared(program, state, tuple(tuple(ops) for ops in learned), (), everybody(program)))

    def _learned(self, events: Sequence[Event]) -> tuple[Program, State, list[list[Op]]]:
        program, state = self.program, self.state.fork()
        learned: list[list[Op]] = [[] for _ in range(program.viewers)]
        for event in events:
            program = fold(program, state, event)
            for ops, more in zip(learned, project_all(program, state, event), strict=True):
                ops.extend(more)
        return program, state, [lean(ops, mirror.data) for ops, mirror in zip(learned, self.mirrors, strict=True)]

    def commit(self, prepared: Prepared) -> None:
        """Makes it so."""
        if prepared.program is not self.program:
            self.program = prepared.program
            self._catalogs.clear()
        self.state = prepared.state
        for mirror, ops in zip(self.mirrors, prepared.ops, strict=True):
            if ops:
                mirror.fold(ops)

    def catalog(self, viewer: int) -> bytes:
        """What is fixed for a viewer, packed."""
        if viewer not in self._catalogs:
            self._catalogs[viewer] = pack(catalog(self.program, viewer))
        return self._catalogs[viewer]

    def offers(self, viewer: int) -> list[Any]:
        """What a viewer may do now."""
        return list(offers(self.program, self.state, viewer))

    @property
    def phase(self) -> str:
        """The phase's id as players know it."""
        return self.state.phase_id(self.program)


def everybody(program: Program) -> frozenset[int]:
    """All viewers."""
    return frozenset(range(program.viewers))


def lean(ops: list[Op], mirror: Mapping[str, Any]) -> list[Op]:
    """The same change of the mirror without what changes nothing: values set again, and those that are not the last.

    Not only to save bytes: how often something was set again would tell how much happened that nobody may know.
    """
    if all(op[0] != "set" for op in ops):
        return ops
    # A key that is also changed piece by piece keeps its operations, and their order.
    pieces = {"slots" if op[0] == "slots" else op[1] for op in ops if op[0] != "set"}
    last = {op[1]: op for op in ops if op[0] == "set" and op[1] not in pieces}
    changed = [op for key, op in last.items() if mirror.get(key, _NONE) != op[2]]
    return changed + [op for op in ops if op[0] != "set" or op[1] in pieces]
