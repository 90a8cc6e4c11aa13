"""What a seat expects of a decision: it is tried on a copy of the board as the seat pictures it, with throw-away dice.

A worth is in points of the seat's own score, so differences between worths are gains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import itemgetter, ne
from typing import Any

from attrs import define, field

from wargame.rules.execution import Execution
from wargame.rules.program import Board, Family, Program, Sight
from wargame.rules.thought import Thought, think

DRIFTS = 2  # turns looked ahead
SAVING = 0.08  # what an unspent point of the main resource is worth for each turn still to come
DREAD = 12.0  # points that an ending in sight is feared for
NEAR = (1.0, 0.25, 0.05)  # its share when it comes at once, and if the same is done once more, twice
CLOSE = 5.0  # points within which of the best a deed is worth more throws of the dice

_MASK = (1 << 64) - 1

Deed = Callable[[Board, Execution], None]


@define(eq=False)
class Throw(Execution):
    """Throw-away dice: as even as those of the game and much cheaper. `number` is the seed; `turned` shows their undersides,
    so that a throw and its turned twin together have average luck."""

    number: int = 0
    turned: bool = False

    def _draw(self, site: int, sides: int, need: int, reads: tuple[int, ...], refs: tuple[int, ...]) -> int:
        index = self._index(site, sides, refs)
        return sides - index if self.turned else index + 1

    def _index(self, site: int, count: int, refs: tuple[int, ...]) -> int:
        key = (site, refs)
        again = self.used[key] = self.used.get(key, -1) + 1
        mixed = self.number ^ (site * 0x9E3779B97F4A7C15) ^ (again << 32)
        for ref in refs:
            mixed = ((mixed ^ ref) * 0xD6E8FEB86659FD93) & _MASK
        mixed &= _MASK
        mixed = ((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93) & _MASK
        mixed = ((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93) & _MASK
        return ((mixed ^ (mixed >> 32)) * count) >> 64


@define
class Foresight:
    """Tries deeds for one seat. `caution` scales how much it fears endings; `seed` (0 to 2**64 - 1) is that of its dice.

    All deeds are tried with the same dice, so that luck does not decide between them. What a board leads to is worked out once
    for all boards that do not differ in anything that the seat's score depends on.
    """

    program: Program
    seat: int
    caution: float
    seed: int
    _thought: Thought = field(init=False)
    _key: Callable[[Board], Any] = field(init=False)
    _fearsome: Callable[[Board], Any] = field(init=False)
    _known: dict[Any, float] = field(init=False, factory=dict)
    _dreaded: dict[Any, float] = field(init=False, factory=dict)
    _tries: tuple[Throw, ...] = field(init=False)
    _drifting: Throw = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._thought = think(self.program, self.seat)
        self._key = itemgetter(*self._thought.reads)
        # Two at least, so that what it gives is a tuple.
        self._fearsome = itemgetter(0, 0, *sorted(self._thought.fears))
        straight, turned, drifting = (Throw(b"", "", recording=False, number=self.seed) for _ in range(3))
        turned.turned = True
        self._tries = (straight, turned)
        self._drifting = drifting

    def expect(self, board: Board, deed: Deed | None) -> float:
        """What a deed (None: nothing at all) is worth on average."""
        return self.compare(board, (deed,))[0]

    def compare(self, board: Board, deeds: Sequence[Deed | None]) -> list[float]:
        """What each deed is worth on average. Dice are thrown again only for those that luck can bring near the best."""
        worths: list[float] = []
        lucky: list[int] = []
        for number, deed in enumerate(deeds):
            worth, rolled = self._try(board, deed, self._tries[0])
            worths.append(worth)
            if rolled:
                lucky.append(number)
        bar = max(worths) - CLOSE
        for number in lucky:
            if worths[number] >= bar:
                worths[number] = (worths[number] + self._try(board, deeds[number], self._tries[1])[0]) / 2
        return worths

    def changes(self, board: Board, deed: Deed) -> list[tuple[int, float]]:
        """The mean change of each slot that a deed changes, before anything else happens."""
        moved: dict[int, int] = {}
        for execution in self._tries:
            after = self._done(board, deed, execution)
            for slot, step in differences(board, after):
                moved[slot] = moved.get(slot, 0) + step
        return [(slot, change / len(self._tries)) for slot, change in moved.items()]

    def purpose(self, board: Board, deed: Deed) -> tuple[str, float] | None:
        """What a deed is for, as far as everybody may hear it: of the changes that all can see, the one that by itself does the
        seat the most good, as (label of the slot, change); None where none does."""
        everybody = self.program.sight[self.program.public]
        before = self._thought.worth(board)
        best: tuple[float, str, float] | None = None
        for index, change in self.changes(board, deed):
            slot = self.program.slots[index]
            if slot.family not in (Family.TRACK, Family.RESOURCE, Family.AREA) or everybody[index] == Sight.HIDDEN:
                continue
            after = board.copy()
            after[index] = min(slot.hi, max(slot.lo, board[index] + (1 if change > 0 else -1) * max(1, round(abs(change)))))
            gain = self._thought.worth(after) - before
            if gain > 0 and (best is None or gain > best[0]):
                best = (gain, slot.label.get(), change)
        return None if best is None else (best[1], best[2])

    def _done(self, board: Board, deed: Deed, execution: Throw) -> Board:
        """The board after a deed; what else came of it stands in the execution."""
        after = board.copy()
        execution.clear()
        deed(after, execution)
        return after

    def _try(self, board: Board, deed: Deed | None, execution: Throw) -> tuple[float, bool]:
        """What a deed is worth with these dice, and whether it threw any."""
        if deed is None:
            return self.ahead(board.copy()), False
        after = self._done(board, deed, execution)
        worth, rolled = 0.0, bool(execution.used)
        if execution.deals:
            worth += self._hints(after, execution)
        if self.caution:
            worth -= self.dread(board, after)
        return worth + self.ahead(after), rolled

    def ahead(self, board: Board) -> float:
        """What a board is worth: own score with the agenda, after what runs by itself for the turns looked ahead, with a little
        for what is saved. Uses the board up."""
        key = self._key(board)
        found = self._known.get(key)
        program, thought = self.program, self._thought
        now, purse = board[program.turn_slot], program.main_resource[self.seat]
        saved = SAVING * max(0, program.scenario.turns.count - now) * board[purse]
        if found is None:
            last = program.slots[program.turn_slot].hi
            drifting = self._drifting
            if drifting.used:
                drifting.used = {}
            for ahead in range(DRIFTS):
                thought.drift(board, drifting)
                board[program.turn_slot] = min(now + ahead + 1, last)
            board[program.turn_slot] = now
            # What drift does to the purse is part of what is known; what stands in it before is not.
            gained = SAVING * max(0, program.scenario.turns.count - now) * board[purse] - saved
            found = self._known[key] = thought.worth(board) + gained
        return found + saved

    def _hints(self, board: Board, execution: Execution) -> float:
        """What the cards that were set in motion are worth to the seat, as the designer hints."""
        worth = 0.0
        for deal in execution.deals:
            for seat, value in self.program.cards[deal.card].hints:
                if seat == self.seat:
                    worth += float(value(board, self.seat))
        return worth

    def dread(self, board: Board, after: Board) -> float:
        """How near an ending that spares nobody has come: now, or if others go on in the same way."""
        key = self._fearsome(board), self._fearsome(after)
        if key[0] == key[1]:
            return 0.0
        found = self._dreaded.get(key)
        if found is None:
            found = self._dreaded[key] = self.caution * DREAD * self._nearness(board, after)
        return found

    def _nearness(self, board: Board, after: Board) -> float:
        steps = [(slot, after[slot] - board[slot]) for slot in self._thought.fears if after[slot] != board[slot]]
        ahead = after.copy()
        for near in NEAR:
            if self._thought.feared(ahead):
                return near
            for slot, step in steps:
                bounds = self.program.slots[slot]
                ahead[slot] = min(bounds.hi, max(bounds.lo, ahead[slot] + step))
        return 0.0


def differences(before: Board, after: Board) -> list[tuple[int, int]]:
    """The slots that differ, each with by how much."""
    # `map` and `compress` look at every slot without a line of Python for each: boards are long, changes few.
    return [(slot, after[slot] - before[slot]) for slot in compress(range(len(before)), map(ne, before, after))]
