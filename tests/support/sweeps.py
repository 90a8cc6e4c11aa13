"""Sweeps of shipped scenarios by random bots, played once for all tests that read their numbers."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from tests.support.play import program_of
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.run import Sweep
from wargame.analysis.sweep.summary import summary
from wargame.analysis.sweep.tally import Tally


@cache
def swept(name: str, games: int = 8, people: int | None = None) -> tuple[Plan, Tally]:
    """A plan and the tally of its games; `people`: how many seats are judged, None: all."""
    program = program_of(name)
    plan = Plan.of(program, "random", program.seats[:people], seed=1, games=games)
    sweep = Sweep([plan], None)
    sweep.run()
    return plan, sweep.tallies[0]


def numbers_of(name: str, games: int = 8, people: int | None = None) -> dict[str, Any]:
    """The summary of `swept`, to be changed at will."""
    return copy.deepcopy(_summed(name, games, people))


@cache
def _summed(name: str, games: int, people: int | None) -> dict[str, Any]:
    return summary(*swept(name, games, people))
