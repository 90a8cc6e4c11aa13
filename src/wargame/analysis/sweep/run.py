"""A sweep: the games of a plan, or of two to be compared, played over processes and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import TypeAlias

from attrs import define, field, frozen

from wargame.analysis.sweep.plan import Chunk, GameFailedError, PlainPlan, Plan, play_chunk
from wargame.analysis.sweep.store import Kept, Store
from wargame.analysis.sweep.tally import Tally
from wargame.analysis.sweep.workers import TaskFailedError, WorkerDiedError, Workers

Task: TypeAlias = tuple[int, Chunk]  # which plan, which games
Scores: TypeAlias = tuple[tuple[int, ...], ...]  # by game, by seat of the people, in tenths


@frozen
class Progress:
    """How far a sweep is: games that are counted, of these found finished, games in all."""

    done: int
    found: int
    games: int


@define
class Sweep:
    """Plans of the same games, one or two, and what they come to. `tallies`: by plan; `pairs`: see `_pair`.

    `run` may be called once. Stopped at any moment, the next sweep of the same plans goes on from the chunks kept in `root`.
    """

    plans: Sequence[Plan]
    root: Path | None
    jobs: int = 1
    tallies: list[Tally] = field(init=False)
    pairs: Tally = field(init=False, factory=Tally)
    stores: list[Store] = field(init=False)
    _waiting: dict[Chunk, Scores] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.tallies = [Tally() for _ in self.plans]
        self.stores = [Store(self.root, plan.name) for plan in self.plans]

    def forget(self) -> None:
        """Throws away what is kept of these plans."""
        for store in self.stores:
            store.clear()

    def run(self, told: Callable[[Progress], None] = lambda _: None) -> None:
        """Plays what is not there yet. `told` is called whenever games have been counted.

        Raises GameFailedError with a sentence.
        """
        games = sum(plan.games for plan in self.plans)
        found = 0
        missing = bytearray()  # by task: one byte, however many games
        for task in self._tasks():
            number, chunk = task
            kept = self.stores[number].get(chunk)
            missing.append(kept is None)
            if kept is not None:
                self._count(task, kept)
                found += chunk.games
        done = found
        told(Progress(done, found, games))
        for task, packed in self._played(compress(self._tasks(), missing), sum(missing)):
            number, chunk = task
            self.stores[number].put(chunk, packed)
            self._count(task, Kept.unpack(packed))
            done += chunk.games
            told(Progress(done, found, games))

    @property
    def keeps(self) -> bool:
        """Whether finished chunks are kept, so that the next sweep can go on from them."""
        return self.root is not None and not any(store.refused for store in self.stores)

    def remarks(self) -> Iterator[str]:
        """Sentences about what was kept before and could not be used, and what cannot be kept."""
        for store in self.stores:
            if store.thrown_away:
                number = len(store.thrown_away)
                what = "1 file of finished games was" if number == 1 else f"{number} files of finished games were"
                yield f"{what} damaged and thrown away; the games were played again."
            if store.refused:
                yield f"Finished games could not be kept in {store.root}: {store.refused.lower()}."

    def _tasks(self) -> Iterator[Task]:
        """The chunks in order, plan beside plan, so that what is to be paired is never far apart."""
        for chunk in self.plans[0].chunks():
            for number in range(len(self.plans)):
                yield number, chunk

    def _played(self, tasks: Iterator[Task], number: int) -> Iterator[tuple[Task, bytes]]:
        """The tasks, `number` of them, with what they came to, as they get done."""
        jobs = min(self.jobs, number)
        if jobs <= 1:
            act = _Player(self.plans)
            yield from ((task, act(task)) for task in tasks)
            return
        with Workers(jobs, _Player.prepare, [plan.plain() for plan in self.plans]) as workers:
            try:
                yield from workers.run(tasks)
            except (TaskFailedError, WorkerDiedError) as error:
                raise GameFailedError(str(error)) from error

    def _count(self, task: Task, kept: Kept) -> None:
        number, chunk = task
        self.tallies[number].merge(kept.tally)
        if len(self.plans) == 2:
            other = self._waiting.pop(chunk, None)
            if other is None:
                self._waiting[chunk] = kept.scores
            else:
                self._pair(*((kept.scores, other) if number == 0 else (other, kept.scores)))

    def _pair(self, first: Scores, second: Scores) -> None:
        """Differences of scores of games of the same seed, in tenths: row `gain SEAT` has n, sum, sum of squares."""
        for one, other in zip(first, second, strict=True):
            for seat, mine, theirs in zip(self.plans[0].people, one, other, strict=True):
                self.pairs.add(("gain", seat), (1, mine - theirs, (mine - theirs) ** 2))


@frozen
class _Player:
    """Plays chunks of the plans in this process."""

    plans: Sequence[Plan]

    def __call__(self, task: Task) -> bytes:
        number, chunk = task
        tally, scores = play_chunk(self.plans[number], chunk)
        return Kept(tally, tuple(scores)).pack()

    @classmethod
    def prepare(cls, plans: Sequence[PlainPlan]) -> _Player:
        """In a worker: with programs of its own; plans of the same scenario share one."""
        first = plans[0].compiled()
        return cls([first, *[Plan(first.program, plan.bots, plan.people, 0, 0) for plan in plans[1:]]])
