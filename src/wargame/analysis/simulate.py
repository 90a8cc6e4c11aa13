"""Many games by bots and what came of them: the one call behind `wargame simulate` and the pages made of it.

The parts are in `wargame.analysis.sweep`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import define, field

from wargame.analysis.sweep.compare import against
from wargame.analysis.sweep.health import health
from wargame.analysis.sweep.plan import Plan, play_game
from wargame.analysis.sweep.run import Progress, Sweep
from wargame.analysis.sweep.summary import Plain, summary
from wargame.analysis.sweep.tally import Tally
from wargame.analysis.sweep.targets import FILE, Balance, read_balance
from wargame.analysis.sweep.witness import Watched
from wargame.bots.levels import parse_spec
from wargame.rules.program import Program
from wargame.scenario.files import DiskFolder, UnreadableError
from wargame.scenario.problem import Report, guess
from wargame.scenario.strict_yaml import MOST_BYTES


@define
class Simulation:
    """A sweep that was asked for. Raises ValueError with a sentence where the bots make no sense.

    `against`: a second spec, whose bots play the same seeds. `root`: where finished chunks are kept, None: nowhere.
    """

    plan: Plan
    against: str | None = None
    root: Path | None = None
    jobs: int = 1
    sweep: Sweep = field(init=False)

    def __attrs_post_init__(self) -> None:
        plans = [self.plan] if self.against is None else [self.plan, self.plan.with_bots(self.against)]
        self.sweep = Sweep(plans, self.root, self.jobs)

    def run(self, told: Callable[[Progress], None] = lambda _: None) -> Plain:
        """Plays what has not been played, and gives the numbers (docs/simulate.md). Raises GameFailedError with a sentence."""
        self.sweep.run(told)
        first, *rest = [summary(plan, tally) for plan, tally in zip(self.sweep.plans, self.sweep.tallies, strict=True)]
        return {**first, "against": against(first, rest[0], self.sweep.pairs)} if rest else first


def judged(numbers: Plain, balance: Balance, *, quick: bool = False) -> Plain:
    """The numbers with `health`."""
    return {**numbers, "health": health(numbers, balance, quick=quick)}


def required_seats(program: Program) -> tuple[str, ...]:
    """The seats that no game can do without."""
    return tuple(seat for seat in program.seats if not program.scenario.seats[seat].optional)


def people_of(program: Program, wanted: str, balance: Balance) -> tuple[str, ...]:
    """The seats that people take: `required`, `all`, a list of seats, or how many there are. Raises ValueError with a sentence.

    For a number the scenario's balance file says who they are; else they are the first required ones, then the optional.
    """
    seats = program.seats
    if wanted == "all":
        return seats
    if wanted == "required":
        return required_seats(program) or seats
    if wanted.isdecimal():
        number = int(wanted) if len(wanted) < 4 else len(seats) + 1
        if not 1 <= number <= len(seats):
            raise ValueError(f"{program.scenario.id} has {len(seats)} seats, so --seats takes 1 to {len(seats)}.")
        first = sorted(seats, key=lambda seat: program.scenario.seats[seat].optional)[:number]
        return balance.tables.get(number) or tuple(seat for seat in seats if seat in first)
    named = [name.strip() for name in wanted.split(",")]
    for name in named:
        if name not in seats:
            listed = f"The seats are {', '.join(seats)}; or say a number, all or required."
            raise ValueError(f"There is no seat `{name}`.{guess(name, seats)} {listed}")
    return tuple(seat for seat in seats if seat in named)


def balance_of(path: Path, seats: Sequence[str], report: Report) -> Balance:
    """The balance file beside a scenario's main file; the usual targets where there is none. Problems go to the report."""
    folder = path if path.is_dir() else path.parent
    if not (folder / FILE).exists():
        return Balance()
    try:
        data = DiskFolder(folder).read(FILE, MOST_BYTES)
    except UnreadableError as error:
        raise ValueError(f"{folder / FILE}: {error.sentence}") from error
    return read_balance(data, str(folder / FILE), seats, report)


def play_one(program: Program, spec: str, seed: str, seats: Sequence[str]) -> Plain:
    """The numbers of one game. The same seed gives the same game."""
    plan = Plan(program, parse_spec(spec, seats), tuple(seats), 0, 1)
    tally = Tally()
    play_game(plan, Watched(program, plan.people), seed, tally)
    return summary(plan, tally)
