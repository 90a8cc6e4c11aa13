"""A game as the server holds it: the state, and for each viewer the mirror that its clients have.

No I/O and no waiting. A command is *prepared* on a copy first (everything that could go wrong goes wrong there), made
durable by the table, and then *committed*, which only swaps the copy in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from wargame.engine.apply import apply
from wargame.engine.catalog import catalog
from wargame.engine.events import Event
from wargame.engine.mirror import Mirror
from wargame.engine.offers import offers
from wargame.engine.project import project
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import Program
from wargame.wire.packing import pack

PUBLIC = "public"
WHITE_CELL = "white_cell"


@frozen
class Prepared:
    """A command's outcome, not yet durable: the state after it, by viewer the ops and their bytes (None: learns nothing)."""

    state: State
    ops: tuple[tuple[Any, ...], ...]
    packed: tuple[bytes | None, ...]


@define
class Game:
    """A game in progress."""

    program: Program
    state: State
    mirrors: tuple[Mirror, ...]
    _catalogs: dict[int, Mapping[str, Any]] = field(factory=dict)

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
        state = self.state.fork()
        learned: list[list[Any]] = [[] for _ in range(self.program.viewers)]
        for event in events:
            apply(self.program, state, event)
            for viewer, ops in enumerate(learned):
                ops.extend(project(self.program, state, event, viewer))
        # Most viewers learn the same: equal ops are packed once.
        known: list[tuple[list[Any], bytes]] = []
        packed: list[bytes | None] = []
        for ops in learned:
            if not ops:
                packed.append(None)
                continue
            data = next((each for other, each in known if other == ops), None)
            if data is None:
                data = pack(ops)
                known.append((ops, data))
            packed.append(data)
        return Prepared(state, tuple(tuple(ops) for ops in learned), tuple(packed))

    def commit(self, prepared: Prepared) -> None:
        """Makes it so."""
        self.state = prepared.state
        for mirror, ops in zip(self.mirrors, prepared.ops, strict=True):
            if ops:
                mirror.fold(ops)

    def catalog(self, viewer: int) -> Mapping[str, Any]:
        """What is fixed for a viewer."""
        if viewer not in self._catalogs:
            self._catalogs[viewer] = catalog(self.program, viewer)
        return self._catalogs[viewer]

    def offers(self, viewer: int) -> list[Any]:
        """What a viewer may do now."""
        return list(offers(self.program, self.state, viewer))

    @property
    def phase(self) -> str:
        """The phase's id as players know it."""
        return self.state.phase_id(self.program)
