"""The card that one begins with can be played as it stands, in every scenario that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.play import program_of
from wargame.client.door import Glance
from wargame.client.look import Look
from wargame.client.tui.panes.console.write_card import alike, scaffold
from wargame.engine.catalog import catalog
from wargame.rules.amend import amend

SCENARIOS = sorted(path.parent.name for path in (Path(__file__).parents[4] / "scenarios").glob("*/scenario.yaml"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_scaffold_is_a_good_card(name: str) -> None:
    program = program_of(name)
    look = Look(Glance(catalog=catalog(program, program.white_cell), you="white_cell"))
    made = amend(program, scaffold(look))
    assert made.card == "my_card"
    assert made.report.sorted() == []


def test_seats_that_read_the_same_stand_together() -> None:
    one, other = {"text": "a"}, {"text": "b"}
    assert alike({"public": one, "x": other, "y": one}) == [(["public", "y"], one), (["x"], other)]
