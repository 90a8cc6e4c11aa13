"""A compiled scenario and games of it for testing bots: the shipped skirmish and Bridge Week."""

from __future__ import annotations

from functools import cache

import pytest
from wargame.rules.compile import build

from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario


@cache
def compiled(name: str) -> Program:
    loaded = load(find_scenario(name))
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None, loaded.report.sorted()
    return program


@pytest.fixture(params=["skirmish", "bridge_week"])
def program(request: pytest.FixtureRequest) -> Program:
    return compiled(request.param)


@pytest.fixture
def bridge_week() -> Program:
    return compiled("bridge_week")
