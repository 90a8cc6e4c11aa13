"""What a viewer knows of the board, and the words for slots."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wargame.engine.state import State
from wargame.rules.program import NOBODY, Family, Kind, Program, Sight, Slot, Variable
from wargame.words import later


def band_of(slot: Slot, value: int) -> int:
    """The number of the band that the value lies in (thirds of the range where no bands are declared)."""
    for index, band in enumerate(slot.bands):
        if band.lo <= value <= band.hi:
            return index
    third = (slot.hi - slot.lo + 1) / 3
    return min(2, int((value - slot.lo) / third)) if third > 0 else 0


def band_range(slot: Slot, index: int) -> tuple[int, int]:
    """The values of a band."""
    if index < len(slot.bands):
        return slot.bands[index].lo, slot.bands[index].hi
    values = [value for value in range(slot.lo, slot.hi + 1) if band_of(slot, value) == index]
    return values[0], values[-1]


def band_name(slot: Slot, index: int) -> str:
    """The name of a band."""
    if index < len(slot.bands):
        return str(slot.bands[index].name)
    return (later("low"), later("medium"), later("high"))[index]


def shown_value(slot: Slot, level: int, value: int) -> int:
    """What a viewer at this level is shown: the value, or the number of its band."""
    return value if level == Sight.EXACT else band_of(slot, value)


def knowing(program: Program, state: State, viewer: int) -> Callable[[int], tuple[int, int]]:
    """What the viewer knows of each slot, as a closed interval."""
    sight = state.sight[viewer]
    board = state.board

    def known(index: int) -> tuple[int, int]:
        slot = program.slots[index]
        value = board[index]
        if slot.family in (Family.VOID, Family.TURN, Family.PLAYED):
            return value, value
        if sight[index] == Sight.EXACT or (slot.family is Family.GIVEN and slot.owner == viewer):
            return value, value
        if sight[index] == Sight.BAND:
            return band_range(slot, band_of(slot, value))
        return slot.lo, slot.hi

    return known


def sees_all(state: State, viewer: int, slots: Iterable[int]) -> bool:
    """Whether the viewer sees every one of the slots exactly."""
    sight = state.sight[viewer]
    return all(sight[slot] == Sight.EXACT for slot in slots)


def owner_label(program: Program, owner: int) -> str:
    """A seat's or faction's name."""
    return str(program.owner_labels[owner]) if owner != NOBODY else ""


def area_label(program: Program, area: int) -> str:
    """An area's name."""
    return str(program.scenario.areas[program.areas[area]].label) if area != NOBODY else ""


def member_label(program: Program, variable: Variable, member: int) -> str:
    """The name of a bound seat, area or agreement."""
    if variable.kind is Kind.OWNER:
        return owner_label(program, member)
    if variable.kind is Kind.AREA:
        return area_label(program, member)
    if variable.kind is Kind.AGREEMENT:
        return str(program.agreements[member].model.label) if member != NOBODY else ""
    return str(member)


def filled(program: Program, words: str, variables: tuple[Variable, ...], bindings: tuple[int | None, ...]) -> str:
    """A text with `{name}` replaced by what the name is bound to; as it is where that is not known yet (None)."""
    for variable, member in zip(variables, bindings, strict=False):
        if member is not None:
            words = words.replace("{" + variable.name + "}", member_label(program, variable, member))
    return words


def slot_label(program: Program, slot: Slot) -> str:
    """A slot's full name: whose, where, what."""
    parts = [area_label(program, slot.area), owner_label(program, slot.owner), str(slot.label) or slot.part or slot.name]
    return " · ".join(part for part in parts if part)
