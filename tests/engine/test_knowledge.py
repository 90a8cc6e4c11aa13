"""Bands cover their range, and what a viewer knows of a slot is no narrower than what it is shown."""

from __future__ import annotations

import pytest

from tests.support.play import ALL, RandomPlay, program_of
from wargame.engine.knowledge import band_name, band_of, band_range, knowing
from wargame.rules.program import Sight


@pytest.mark.parametrize("name", ALL)
def test_every_value_lies_in_the_band_whose_range_holds_it(name: str) -> None:
    """With declared bands and with thirds."""
    for slot in program_of(name).slots:
        if slot.shown and slot.hi - slot.lo <= 200:
            for value in range(slot.lo, slot.hi + 1):
                lo, hi = band_range(slot, band_of(slot, value))
                assert lo <= value <= hi, slot.name
                assert band_name(slot, band_of(slot, value))


@pytest.mark.parametrize("name", ALL)
def test_what_is_known_holds_the_truth_and_is_exact_only_where_seen_exactly(name: str) -> None:
    """The interval of a slot always holds its value; it is a point only for those who see it (or where a band is one)."""
    play = RandomPlay(name, 7)
    for _ in range(80):
        play.step()
    program, state = play.game.program, play.game.state
    for viewer in range(program.viewers):
        known = knowing(program, state, viewer)
        for slot in program.slots:
            if not slot.shown:
                continue
            lo, hi = known(slot.index)
            assert lo <= state.board[slot.index] <= hi
            if state.sight[viewer][slot.index] == Sight.HIDDEN:
                assert (lo, hi) == (slot.lo, slot.hi)
