"""The bots by name, each seeded so that a game's seed and a seat decide what it does."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from wargame.bots.bot import Bot
from wargame.bots.names import LEVELS
from wargame.bots.one_ply import OnePly
from wargame.bots.random_legal import RandomLegal
from wargame.bots.search import Search
from wargame.bots.styles import STYLES
from wargame.rules.program import Program
from wargame.scenario.problem import guess

REST = "*"  # in a spec: the seats not named


def seat_bot(level: str, program: Program, seat: str, seed: str, *, silent: bool = False) -> Bot:
    """The bot of a level for a seat; `silent`: without reasons. Raises ValueError for a level that is not one of `LEVELS`."""
    luck = Random(f"{seed}|{seat}")
    if level in STYLES:
        return OnePly(program, seat, luck, STYLES[level], silent=silent)
    if level == "search":
        return Search(program, seat, luck, silent=silent)
    if level == "random":
        return RandomLegal(program, seat, luck)
    raise ValueError(f"there is no bot called {level!r}; there are {', '.join(LEVELS)}")


def parse_spec(spec: str, seats: Sequence[str]) -> dict[str, str]:
    """The level of every seat: a level for all (`one-ply`), or `seat=level` pairs with `*` for the rest.

    Raises ValueError with a sentence that says what is wrong and what there is.
    """
    if "=" not in spec:
        return dict.fromkeys(seats, _level(spec.strip()))
    named: dict[str, str] = {}
    for pair in spec.split(","):
        seat, equals, level = (part.strip() for part in pair.partition("="))
        if not equals:
            raise ValueError(
                f"`{pair.strip()}` says no seat. Bots are one level for all, or pairs like `{seats[0]}=random,*=one-ply`."
            )
        if seat in named:
            raise ValueError(f"`{seat}` is given bots twice.")
        if seat != REST and seat not in seats:
            raise ValueError(f"There is no seat `{seat}` in play.{guess(seat, seats)} In play are {', '.join(seats)}.")
        named[seat] = _level(level)
    missing = [seat for seat in seats if seat not in named]
    if missing and REST not in named:
        raise ValueError(f"No bot is named for {', '.join(missing)}. `*=one-ply` says who plays the rest.")
    return {seat: named.get(seat) or named[REST] for seat in seats}


def _level(name: str) -> str:
    if name not in LEVELS:
        raise ValueError(f"There is no bot called `{name}`.{guess(name, tuple(LEVELS))} There are {', '.join(LEVELS)}.")
    return name
