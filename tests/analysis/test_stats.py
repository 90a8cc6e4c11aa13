"""The figures of a scenario are those of what it declares."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from wargame.analysis.stats import stats


@pytest.mark.parametrize("name", ["skirmish", "five_questions"])
def test_what_there_is(name: str) -> None:
    """Cards, answers and words add up to what the scenario holds."""
    program = program_of(name)
    numbers = stats(program)
    assert numbers["counts"]["cards"] == len(program.scenario.injects) == sum(numbers["pools"].values())
    assert set(numbers["seats"]) == set(program.seats)
    for seat in numbers["seats"].values():
        assert sum(seat["orders_by_stance"].values()) == seat["orders"]
    briefings = {str(seat.briefing) for seat in program.scenario.seats.values()}
    assert numbers["reading"]["briefings"]["words"] > 0.8 * sum(len(text.split()) for text in briefings)
    assert numbers["minutes"]["by_clocks"] > numbers["minutes"]["by_reading"] > 0


def test_cards_for_whoever_is_bound_are_counted() -> None:
    """A card to a seat found by the game counts for every seat that it can be."""
    numbers = stats(program_of("five_questions"))
    assert numbers["seats"]["cjng"]["cards"] > 1


def test_objectives_name_their_cards() -> None:
    """Every leaf of the tree has the cards that serve it."""
    program = program_of("skirmish")
    assert {"objective": "valley.blame", "title": "Who needed to know who did it?", "cards": ["bridge_out"]} in stats(program)[
        "objectives"
    ]
