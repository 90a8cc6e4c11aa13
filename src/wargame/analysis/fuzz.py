"""Random play that looks for faults. A fault found is a file: the scenario, the seed and every command, to be played again.

    python -m wargame.analysis.fuzz run SCENARIO --games 100 --seed 1 --out faults
    python -m wargame.analysis.fuzz replay faults/SCENARIO-17.json

After every command it is checked that the board keeps its bounds, that every viewer's mirror is what the viewer may see, and
that nothing offered was refused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from attrs import define, field, frozen

from wargame.analysis.playout import Playout, Sent
from wargame.bots.levels import seat_bot
from wargame.engine.coding import decode, encode
from wargame.engine.events import Event
from wargame.engine.mirror import Mirror
from wargame.engine.project import project
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load, load_sources
from wargame.scenario.shipped import UnknownScenarioError, find_scenario

FORMAT = 1
# Somebody else was faster, or this seat's own earlier command closed the door: no fault of the offer.
EXCUSED = {"stale_phase", "sealed"}


class FaultError(AssertionError):
    """Something that must always hold does not."""


@frozen
class Fault:
    """A game that went wrong: what it was and how far it got."""

    scenario: str
    sources: Mapping[str, str]
    seed: str
    seats: tuple[str, ...]
    sent: tuple[Sent, ...]
    error: str

    def save(self, path: Path) -> None:
        """Writes the file."""
        plain = {
            "format": FORMAT,
            "scenario": self.scenario,
            "error": self.error,
            "seed": self.seed,
            "seats": list(self.seats),
            "commands": [[sent.seat, sent.turn, sent.phase, sent.body] for sent in self.sent],
            "sources": dict(self.sources),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Fault:
        """Reads the file. Raises ValueError for one that is none."""
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
            if plain["format"] != FORMAT:
                raise ValueError(f"{path} is of another format.")
            sent = tuple(Sent(*entry) for entry in plain["commands"])
            return cls(plain["scenario"], plain["sources"], plain["seed"], tuple(plain["seats"]), sent, plain["error"])
        except (KeyError, TypeError, json.JSONDecodeError) as wrong:
            raise ValueError(f"{path} is not a fault that this program saved.") from wrong


@define
class Inspector:
    """Checks a game while it is played: give `watch` to the playout and call `inspect` after every command."""

    program: Program
    mirrors: list[Mirror] = field(init=False)

    def __attrs_post_init__(self) -> None:
        fresh = State.fresh(self.program)
        self.mirrors = [Mirror(view(self.program, fresh, viewer)) for viewer in range(self.program.viewers)]

    def watch(self, state: State, event: Event) -> None:
        """Folds what each viewer is shown of an event."""
        if decode(encode(event)) != event:
            raise FaultError(f"{type(event).__name__} does not survive being written down.")
        for viewer, mirror in enumerate(self.mirrors):
            mirror.fold(project(self.program, state, event, viewer))

    def inspect(self, state: State) -> None:
        """Raises FaultError for the first thing that does not hold."""
        for slot in self.program.slots:
            if not slot.lo <= state.board[slot.index] <= slot.hi:
                raise FaultError(f"{slot.name} is {state.board[slot.index]}, outside {slot.lo}-{slot.hi}.")
        for viewer, mirror in enumerate(self.mirrors):
            for key, value in view(self.program, state, viewer).items():
                if mirror.data.get(key) != value:
                    who = [*self.program.seats, "public", "white_cell"][viewer]
                    raise FaultError(f"The mirror of {who} differs in `{key}`: {_difference(mirror.data.get(key), value)}.")


def _difference(have: object, want: object) -> str:
    if isinstance(have, Mapping) and isinstance(want, Mapping):
        for key in [*want, *have]:
            if have.get(key) != want.get(key):
                return f"{key}: {have.get(key)!r} for {want.get(key)!r}"
    return f"{have!r} for {want!r}"[:400]


class _Inspected(Playout):
    """A playout that is looked at after every command."""

    inspector: Inspector

    def send(self, sent: Sent) -> Any:
        refused = super().send(sent)
        if refused is not None and sent.seat is not None and refused.code not in EXCUSED:
            raise FaultError(f"{sent.seat} was offered {sent.body}, and refused: {refused.reason} ({refused.code})")
        self.inspector.inspect(self.state)
        return refused


def play(program: Program, seed: str, level: str = "random") -> Fault | None:
    """Plays one game with a bot in every seat; the fault, if one was found."""
    bots = {seat: seat_bot(level, program, seat, seed) for seat in program.seats}
    game = _prepared(program, bots)
    try:
        game.start(_dice(seed))
        game.play()
    except Exception as error:  # whatever it is, it is what the fuzzer is for
        return _fault(program, seed, game.sent, error)
    return None


def replay(fault: Fault, program: Program) -> str | None:
    """Plays the commands of a fault again: what goes wrong now, or None when all is well."""
    game = _prepared(program, {seat: seat_bot("random", program, seat, fault.seed) for seat in fault.seats})
    try:
        game.start(_dice(fault.seed))
        for sent in fault.sent:
            game.send(sent)
    except Exception as error:  # as above
        return _words(error)
    return None


def _prepared(program: Program, bots: Mapping[str, Any]) -> _Inspected:
    game = _Inspected(program, bots)
    game.inspector = Inspector(program)
    game.watch = game.inspector.watch
    return game


def _fault(program: Program, seed: str, sent: Iterable[Sent], error: Exception) -> Fault:
    return Fault(program.scenario.id, program.scenario.sources, seed, program.seats, tuple(sent), _words(error))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _dice(seed: str) -> bytes:
    return sha256(f"wargame fuzz {seed}".encode()).digest()


@click.group()
def main() -> None:
    """Looks for faults by random play."""


@main.command()
@click.argument("scenario")
@click.option("--games", default=20, show_default=True, type=click.IntRange(1), help="How many games to play.")
@click.option("--seed", default=1, show_default=True, help="The first game's seed; the next one's is one more.")
@click.option("--bots", default="random", show_default=True, type=click.Choice(["random", "one-ply"]), help="Who plays.")
@click.option("--out", default="faults", show_default=True, type=click.Path(path_type=Path), help="Where faults are saved.")
def run(scenario: str, games: int, seed: int, bots: str, out: Path) -> None:
    """Plays games; saves the first fault and exits with 1 if there is one."""
    try:
        loaded = load(find_scenario(scenario))
    except UnknownScenarioError as unknown:
        raise click.UsageError(str(unknown)) from unknown
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    if program is None or loaded.report.failed:
        raise click.ClickException(f"{scenario} has problems; `wargame check` lists them.")
    for number in range(seed, seed + games):
        fault = play(program, str(number), bots)
        if fault is not None:
            path = out / f"{program.scenario.id}-{number}.json"
            fault.save(path)
            raise click.ClickException(f"Game {number}: {fault.error}\nSaved as {path}; `replay {path}` plays it again.")
    click.echo(f"{games} games of {program.scenario.id}: no fault found.")


@main.command(name="replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay_file(file: Path) -> None:
    """Plays a saved fault again, over the scenario as it was; exits with 1 if it still goes wrong."""
    try:
        fault = Fault.read(file)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    loaded = load_sources(fault.sources)
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    if program is None:
        raise click.ClickException("The scenario in the file no longer compiles.")
    error = replay(fault, program)
    click.echo(f"When found: {fault.error}")
    if error is not None:
        raise click.ClickException(f"Still so after {len(fault.sent)} commands: {error}")
    click.echo("All is well now.")


if __name__ == "__main__":
    sys.exit(main())
