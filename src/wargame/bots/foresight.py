"""What a seat expects of a decision: it is tried on a copy of the board as the seat pictures it, with throw-away dice.

A worth is in points of the seat's own score, so differences between worths are gains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import ne

from attrs import define, field, frozen

from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Board, Family, Program, Sight

DRIFTS = 2  # turns looked ahead
SAVING = 0.08  # what an unspent point of the main resource is worth for each turn still to come
DREAD = 12.0  # points that an ending in sight is feared for
NEAR = (1.0, 0.25, 0.05)  # its share when it comes at once, and if the same is done once more, twice

Deed = Callable[[Board, Execution], None]


@frozen
class Outlook:
    """What came of trying something: its mean worth, and the mean change of each slot before anything else happened."""

    worth: float
    changes: tuple[tuple[int, float], ...]


@define
class Foresight:
    """Tries deeds for one seat. `caution` scales how much it fears endings; `seeds` are the throw-away dice.

    All deeds are tried with the same dice, so that luck does not decide between them.
    """

    program: Program
    seat: int
    caution: float
    seeds: Sequence[bytes]
    _fears: list[Callable[..., bool]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._fears = [ending.when for ending in self.program.endings if ending.when is not None and ending.model.catastrophe]

    def expect(self, board: Board, deed: Deed | None) -> Outlook:
        """What a deed (None: nothing at all) brings on average."""
        total = 0.0
        moved: dict[int, int] = {}
        for seed in self.seeds:
            after = board.copy()
            execution = Execution(seed, "deed")
            steps: list[tuple[int, int]] = []
            if deed is not None:
                deed(after, execution)
                steps = differences(board, after)
                for slot, step in steps:
                    moved[slot] = moved.get(slot, 0) + step
            total += self._hints(after, execution) - self._dread(after, steps)
            self._drift(after, seed)
            total += self._worth(after)
        count = len(self.seeds)
        return Outlook(total / count, tuple((slot, change / count) for slot, change in moved.items()))

    def purpose(self, board: Board, outlook: Outlook) -> tuple[str, float] | None:
        """What a deed is for, as far as everybody may hear it: of the changes that all can see, the one that by itself does the
        seat the most good, as (label of the slot, change); None where none does."""
        everybody = self.program.sight[self.program.public]
        before = self._worth(board)
        best: tuple[float, str, float] | None = None
        for index, change in outlook.changes:
            slot = self.program.slots[index]
            if slot.family not in (Family.TRACK, Family.RESOURCE, Family.AREA) or everybody[index] == Sight.HIDDEN:
                continue
            after = board.copy()
            after[index] = min(slot.hi, max(slot.lo, board[index] + (1 if change > 0 else -1) * max(1, round(abs(change)))))
            gain = self._worth(after) - before
            if gain > 0 and (best is None or gain > best[0]):
                best = (gain, slot.label.get(), change)
        return None if best is None else (best[1], best[2])

    def _worth(self, board: Board) -> float:
        """Own score as the board stands, with the agenda and a little for what is saved."""
        program, seat = self.program, self.seat
        score = sum(float(part.value(board, seat)) for part in program.scores[seat])
        for deck in program.agendas:
            if deck.seat == seat and 0 <= board[deck.slot] < len(deck.agendas):
                score += float(deck.agendas[board[deck.slot]][2](board, seat))
        turns_left = max(0, program.scenario.turns.count - board[program.turn_slot])
        return score + SAVING * turns_left * board[program.main_resource[seat]]

    def _hints(self, board: Board, execution: Execution) -> float:
        """What the cards that were set in motion are worth to the seat, as the designer hints."""
        worth = 0.0
        for deal in execution.deals:
            for seat, value in self.program.cards[deal.card].hints:
                if seat == self.seat:
                    worth += float(value(board, self.seat))
        return worth

    def _drift(self, board: Board, seed: bytes) -> None:
        """The rules that run by themselves, for the turns looked ahead."""
        program = self.program
        now = board[program.turn_slot]
        for ahead in range(DRIFTS):
            execution = Execution(seed, f"drift {ahead}")
            for agreement in program.agreements:
                if agreement.each_turn is not None and board[agreement.slot]:
                    agreement.each_turn(board, execution, agreement.parties[0])
            for phase in program.phases:
                for step in phase.steps:
                    if step.run is not None:
                        step.run(board, execution, NOBODY)
            board[program.turn_slot] = min(now + ahead + 1, program.slots[program.turn_slot].hi)
        board[program.turn_slot] = now

    def _dread(self, after: Board, steps: Sequence[tuple[int, int]]) -> float:
        """How near an ending that spares nobody has come: now, or if others go on in the same way."""
        if not self._fears or self.caution == 0:
            return 0.0
        ahead = after.copy()
        for near in NEAR:
            if any(fear(ahead, NOBODY) for fear in self._fears):
                return self.caution * DREAD * near
            if not steps:
                return 0.0
            for slot, step in steps:
                bounds = self.program.slots[slot]
                ahead[slot] = min(bounds.hi, max(bounds.lo, ahead[slot] + step))
        return 0.0


def differences(before: Board, after: Board) -> list[tuple[int, int]]:
    """The slots that differ, each with by how much."""
    # `map` and `compress` look at every slot without a line of Python for each: boards are long, changes few.
    return [(slot, after[slot] - before[slot]) for slot in compress(range(len(before)), map(ne, before, after))]
