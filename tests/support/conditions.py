"""Conditions of whole scenarios taken apart, and boards to ask them on."""

from __future__ import annotations

from functools import cache
from random import Random

from tests.support.play import program_of
from wargame.rules.aside import Aside
from wargame.rules.program import Board, Program
from wargame.rules.reasons import Reasons, reasons


@cache
def known(name: str) -> Reasons:
    """The conditions of a scenario."""
    return reasons(Aside.of(program_of(name)))


def shaken(program: Program, number: int) -> Board:
    """A board on which most numbers are anywhere in their ranges."""
    luck = Random(number)
    return [luck.randint(slot.lo, slot.hi) if luck.random() < 0.6 else slot.start for slot in program.slots]
