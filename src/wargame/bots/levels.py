"""The bots by name, each seeded so that a game's seed and a seat decide what it does."""

from __future__ import annotations

from random import Random

from wargame.bots.bot import Bot
from wargame.bots.one_ply import OnePly
from wargame.bots.random_legal import RandomLegal
from wargame.rules.program import Program

LEVELS = ("one-ply", "random")


def seat_bot(level: str, program: Program, seat: str, seed: str) -> Bot:
    """The bot of a level for a seat. Raises ValueError for a level that is not one of `LEVELS`."""
    luck = Random(f"{seed}|{seat}")
    if level == "one-ply":
        return OnePly(program, seat, luck)
    if level == "random":
        return RandomLegal(program, seat, luck)
    raise ValueError(f"there is no bot called {level!r}; there are {', '.join(LEVELS)}")
