"""What a seat knows of the board, and boards drawn at random that it cannot tell from the real one.

A band is filled with any value in it, what was last seen stands as it was. Of what was never seen, others' agendas and secret
choices are drawn from those there can be, and pieces that seats place before turn 1 by the placement's weights; the rest
stands at its public start value.
"""

from __future__ import annotations

from random import Random

from attrs import frozen

from wargame.bots.board import picture, reach
from wargame.bots.bot import View
from wargame.rules.program import VOID, Board, Program

_UNSEEN = -(1 << 40)  # no slot's value


@frozen
class Guess:
    """What a seat knows of the board."""

    program: Program
    board: Board  # what it pictures; not to be changed
    banded: tuple[tuple[int, int, int], ...]  # slot, least and greatest value
    unseen: frozenset[int]  # slots it never saw

    @classmethod
    def of(cls, program: Program, view: View) -> Guess:
        """What a view tells."""
        banded: list[tuple[int, int, int]] = []

        def within(index: int, band: int) -> int:
            low, high = reach(program.slots[index], band)
            banded.append((index, low, high))
            return (low + high) // 2

        board = picture(program, view, [_UNSEEN] * len(program.start), within)
        unseen = frozenset(index for index, value in enumerate(board) if value == _UNSEEN)
        for index in unseen:
            board[index] = program.start[index]
        for seat, slot in enumerate(program.played):
            board[slot] = int(program.seats[seat] in view["played"])
        board[VOID] = 0  # seats that are never left out have their slot there
        return cls(program, board, tuple(sorted(banded)), unseen)

    def draw(self, luck: Random) -> Board:
        """A board that looks to the seat like the real one."""
        board = self.board.copy()
        for slot, low, high in self.banded:
            board[slot] = luck.randint(low, high)
        self._agendas(board, luck)
        for choice in self.program.choices:
            if choice.slot in self.unseen:
                board[choice.slot] = luck.randrange(len(choice.options))
        self._pieces(board, luck)
        return board

    def _agendas(self, board: Board, luck: Random) -> None:
        """From each deck what no other seat is known or drawn to hold, as long as there is enough."""
        taken: dict[str, set[int]] = {}
        for deck in self.program.agendas:
            if deck.slot not in self.unseen:
                taken.setdefault(deck.deck, set()).add(board[deck.slot])
        for deck in self.program.agendas:
            if deck.slot in self.unseen:
                held = taken.setdefault(deck.deck, set())
                free = [number for number in range(len(deck.agendas)) if number not in held]
                board[deck.slot] = luck.choice(free) if free else luck.randrange(len(deck.agendas))
                held.add(board[deck.slot])

    def _pieces(self, board: Board, luck: Random) -> None:
        """What is not seen of a seat's placed pieces, in areas out of sight."""
        program = self.program
        for placement in program.placements:
            for seat in placement.seats:
                slots = [
                    program.slot_of[f"{program.areas[area]}.{program.seats[seat]}.{placement.piece}"]
                    for area in range(len(program.areas))
                ]
                hidden = [area for area in placement.where(board, seat) if slots[area] in self.unseen]
                left = placement.count - sum(board[slot] for slot in slots if slot not in self.unseen)
                while hidden and left > 0:
                    # Whole numbers: the last bit of a weight differs between machines and must not decide.
                    weights = [max(0, round(1000 * placement.weight(board, seat, area))) for area in hidden]
                    area = luck.choices(hidden, weights)[0] if sum(weights) else luck.choice(hidden)
                    hidden.remove(area)
                    board[slots[area]] += 1
                    left -= 1
