"""What a viewer knows of a slot is an interval that holds its value and no more than the viewer's sight of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.play import RandomPlay, program_of
from wargame.engine.knowledge import band_name, band_of, band_range, knowing, shown_value, slot_label
from wargame.rules.program import Family, Sight, Slot
from wargame.scenario.text import text

PROGRAM = program_of("everything")


def bare(lo: int, hi: int) -> Slot:
    return Slot(1, "x", Family.TRACK, text("X"), lo, hi, lo)


@given(lo=st.integers(-50, 50), size=st.integers(2, 200), at=st.integers(0, 199))
def test_a_range_without_bands_falls_into_thirds(lo: int, size: int, at: int) -> None:
    """Every value lies in exactly one third, and a third's range holds just the values of it."""
    slot = bare(lo, lo + size)
    value = lo + at % (size + 1)
    index = band_of(slot, value)
    first, last = band_range(slot, index)
    assert first <= value <= last
    assert all(band_of(slot, each) == index for each in range(first, last + 1))
    assert band_name(slot, index) == ("low", "medium", "high")[index]


def test_declared_bands_count() -> None:
    """Bands of the scenario come before thirds."""
    tension = PROGRAM.slots[PROGRAM.slot_of["tension"]]
    assert [band_of(tension, value) for value in (0, 2, 3, 9, 10)] == [0, 0, 1, 2, 3]
    assert band_range(tension, 2) == (6, 9)
    assert band_name(tension, 3) == "War"
    assert shown_value(tension, Sight.BAND, 7) == 2
    assert shown_value(tension, Sight.EXACT, 7) == 7


def test_the_interval_follows_sight() -> None:
    """Exact is a point, a band its range, hidden the whole range."""
    state = RandomPlay("everything", 1).game.state
    intel = PROGRAM.slot_of["intel"]
    muscle = PROGRAM.slot_of["reds.muscle"]
    state.board[intel], state.board[muscle] = 5, 5
    north, south, reds = (PROGRAM.seats.index(name) for name in ("north", "south", "reds"))
    assert knowing(PROGRAM, state, north)(intel) == (5, 5)
    assert knowing(PROGRAM, state, south)(intel) == (0, 10)
    assert knowing(PROGRAM, state, north)(muscle) == (4, 6)
    assert knowing(PROGRAM, state, south)(muscle) == (0, 10)
    assert knowing(PROGRAM, state, reds)(muscle) == (5, 5)


def test_labels_say_whose_and_where() -> None:
    """A slot's full name has the area, the owner and what it is."""
    assert slot_label(PROGRAM, PROGRAM.slots[PROGRAM.slot_of["hills.reds.presence"]]) == "The Hills · The Reds · Presence"
    assert slot_label(PROGRAM, PROGRAM.slots[PROGRAM.slot_of["tension"]]) == "Tension"
