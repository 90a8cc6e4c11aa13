"""A board as a seat may picture it: what it sees exactly, the middle of what it sees as a band, else what was last known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, cast

from attrs import field, frozen

from wargame.bots.bot import View
from wargame.rules.program import Board, Program, Slot


class Boarded(Protocol):
    """A view that gives its slots as a board at once."""

    def board(self, otherwise: Sequence[int], within: Callable[[int, int], int]) -> Board:
        """What is seen exactly as it is; of what is known as a band `within(slot, band)`; the rest as in `otherwise`."""
        ...


@frozen
class Middle:
    """The middle of a band of a slot. Those of one program are equal, so that a view knows when it is asked the same again."""

    program: Program = field(eq=id, repr=False)

    def __call__(self, index: int, band: int) -> int:
        return _value(self.program.slots[index], 1, band)


def picture(program: Program, view: View) -> Board:
    """A full board from a view; what the seat never saw stands at its public start value."""
    if hasattr(view, "board"):
        board = cast(Boarded, view).board(program.start, Middle(program))
    else:
        board = list(program.start)
        for index, (level, value, _) in view["slots"].items():
            slot = program.slots[index]
            board[slot.index] = _value(slot, *value) if level == 0 else _value(slot, level, value)
    board[program.turn_slot] = max(1, view["turn"])
    for agreement in view["agreements"]:
        board[program.agreements[program.agreement_index[agreement]].slot] = 1
    return board


def bound(program: Program, card: int, labels: dict[str, str]) -> tuple[int, ...]:
    """The members that a card on the table is about, from the labels shown; NOBODY (-1) where a label is not shown.

    Kinds are those of `Variable.kind`: owners and areas by index, numbers as they are.
    """
    owners = _numbered(label.get() for label in program.owner_labels)
    areas = _numbered(program.scenario.areas[area].label.get() for area in program.areas)
    agreements = _numbered(agreement.model.label.get() for agreement in program.agreements)
    members: list[int] = []
    for variable in program.cards[card].variables:
        label = labels.get(variable.name, "")
        where = (owners, areas, None, agreements)[variable.kind]
        if where is not None:
            members.append(where.get(label, -1))
        else:
            members.append(int(label) if label.lstrip("-").isdigit() else 0)
    return tuple(members)


def _numbered(labels: Iterable[str]) -> dict[str, int]:
    return {label: number for number, label in enumerate(labels)}


def _value(slot: Slot, level: int, value: int) -> int:
    if level != 1:
        return min(slot.hi, max(slot.lo, value))
    if value < len(slot.bands):
        band = slot.bands[value]
        return (band.lo + band.hi) // 2
    # Without names of its own a range is seen in thirds: the middle of the third.
    return slot.lo + (slot.hi - slot.lo) * (2 * value + 1) // 6
