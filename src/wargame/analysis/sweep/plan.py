"""A plan: which games are to be played, by which bots, and the name under which its finished games are kept."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import evolve, field, frozen

from wargame.analysis.playout import Playout
from wargame.analysis.sweep.tally import Tally
from wargame.analysis.sweep.witness import Watched, Witness
from wargame.bots.levels import REST, parse_spec, seat_bot
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load_sources

CHUNK = 5  # games that are played in one go and kept in one file
MOST_GAMES = 1_000_000
# Of the program: what can change what a game comes to, or how it is counted.
_PARTS = ("scenario", "rules", "engine", "bots", "analysis/playout.py", "analysis/sweep")


@frozen
class Plan:
    """Games `seed` to `seed + games - 1`, each a game of its own seed.

    `bots`: the level of every seat in play; `people`: those of them whose mandates and scores are judged.
    """

    program: Program = field(eq=False)
    bots: Mapping[str, str]
    people: tuple[str, ...]
    seed: int
    games: int

    @classmethod
    def of(cls, program: Program, spec: str, people: tuple[str, ...], *, seed: int, games: int) -> Plan:
        """The plan for a spec as typed. Seats that no game can do without play too. Raises ValueError with a sentence."""
        seats = [seat for seat in program.seats if seat in people or not program.scenario.seats[seat].optional]
        return cls(program, parse_spec(spec, seats), people, seed, games)

    def chunks(self) -> Iterator[Chunk]:
        """The games in portions, in order."""
        for first in range(self.seed, self.seed + self.games, CHUNK):
            yield Chunk(first, min(CHUNK, self.seed + self.games - first))

    @property
    def name(self) -> str:
        """What tells these games from others but for their seeds: the scenario, the bots, the seats, this program."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        told = [self.program.digest, code_digest(), python, sorted(self.bots.items()), list(self.people)]
        return sha256(json.dumps(told).encode()).hexdigest()[:24]

    @property
    def spec(self) -> str:
        """The bots in few words: `*` stands for the seats that have the commonest level."""
        common, seats = Counter(self.bots.values()).most_common(1)[0]
        if seats == len(self.bots):
            return common
        return ",".join([*(f"{seat}={level}" for seat, level in self.bots.items() if level != common), f"{REST}={common}"])

    def with_bots(self, spec: str) -> Plan:
        """The same games by other bots. Raises ValueError with a sentence."""
        return evolve(self, bots=parse_spec(spec, list(self.bots)))

    def plain(self) -> PlainPlan:
        """The plan for another process: compiled functions cannot be sent there, so it makes its own from the sources."""
        return PlainPlan(dict(self.program.scenario.sources), dict(self.bots), self.people)


@frozen
class PlainPlan:
    """A plan without its program."""

    sources: Mapping[str, str]
    bots: Mapping[str, str]
    people: tuple[str, ...]

    def compiled(self) -> Plan:
        """The plan with a program of its own."""
        loaded = load_sources(self.sources)
        program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
        assert program is not None, "sources that compiled once compile again"
        return Plan(program, self.bots, self.people, 0, 0)


@frozen(order=True)
class Chunk:
    """Games of neighbouring seeds."""

    first: int
    games: int


class GameFailedError(RuntimeError):
    """A game that could not be played to its end. The argument is a sentence that names its seed."""


def play_chunk(plan: Plan, chunk: Chunk) -> tuple[Tally, list[tuple[int, ...]]]:
    """Plays the games: what is counted, and by game the scores in tenths of the people's seats. Raises GameFailedError."""
    tally = Tally()
    known = Watched(plan.program, plan.people)
    scores = []
    for number in range(chunk.first, chunk.first + chunk.games):
        try:
            scores.append(play_game(plan, known, str(number), tally))
        except Exception as error:  # whatever it is, a sentence with the seed helps more than a trace from another process
            words = f"{type(error).__name__}: {error}"
            raise GameFailedError(f"The game of seed {number} could not be played to its end ({words}).") from error
    return tally, scores


def play_game(plan: Plan, known: Watched, seed: str, tally: Tally) -> tuple[int, ...]:
    """Plays one game and adds it to the tally; the scores in tenths. The same seed gives the same game."""
    witness = Witness(known)
    # Nobody reads the reasons.
    players = {seat: seat_bot(level, plan.program, seat, seed, silent=True) for seat, level in plan.bots.items()}
    bots = {seat: witness.beside(bot, seat) for seat, bot in players.items()}
    game = Playout(plan.program, bots, witness.watch)
    game.start(sha256(f"wargame simulate {seed}".encode()).digest())
    return witness.tell(tally, game.play())


@cache
def code_digest() -> str:
    """A digest over the parts of this program that decide how a game goes: kept games are of no use to other rules or bots."""
    package = Path(__file__).resolve().parents[2]
    digest = sha256()
    for part in _PARTS:
        place = package / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
