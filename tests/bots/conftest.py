"""Compiled scenarios for testing bots: one with everything in it, and those that ship and are quick."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from wargame.rules.program import Program


@pytest.fixture(params=["everything", "skirmish", "bridge_week"])
def program(request: pytest.FixtureRequest) -> Program:
    return program_of(request.param)


@pytest.fixture
def bridge_week() -> Program:
    return program_of("bridge_week")
