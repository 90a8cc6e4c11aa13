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
        low, high = reach(self.program.slots[index], band)
        return (low + high) // 2


def picture(
    program: Program, view: View, otherwise: Sequence[int] | None = None, within: Callable[[int, int], int] | None = None
) -> Board:
    """A full board from a view.

    What is known as a band is `within(slot, band)`, its middle unless said; what the seat never saw stands as in `otherwise`,
    at its public start value unless said.
    """
    unseen = program.start if otherwise is None else otherwise
    banded = Middle(program) if within is None else within
    if hasattr(view, "board"):
        board = cast(Boarded, view).board(unseen, banded)
    else:
        board = list(unseen)
        for index, (level, value, _) in view["slots"].items():
            known, seen = value if level == 0 else (level, value)
            board[index] = banded(index, seen) if known == 1 else seen
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


def reach(slot: Slot, band: int) -> tuple[int, int]:
    """The least and the greatest value of a band. Without names of its own a range is seen in thirds."""
    if band < len(slot.bands):
        return slot.bands[band].lo, slot.bands[band].hi
    width = slot.hi - slot.lo + 1
    first, beyond = (slot.lo + (width * part + 2) // 3 for part in (band, band + 1))
    return min(slot.hi, first), max(slot.lo, beyond - 1)
