"""`wargame check --watch`: checks again whenever a file is saved, and shows what is new and what is mended."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import click
from attrs import define, field, frozen

from wargame.cli.checking import check_path, targets
from wargame.cli.saves import LOOK_EVERY, Saves
from wargame.cli.schema import refresh_schema
from wargame.scenario.problem import Problem, Severity
from wargame.scenario.render import Checked, block, summary
from wargame.scenario.scalars import printable
from wargame.scenario.strict_yaml import Memory

MOST_SHOWN = 20  # problems on the screen

Key: TypeAlias = tuple[Severity, str, str, str]  # a problem without its place, which moves while a file is being written


@frozen
class Round:
    """What one look at the scenarios found. `trouble`: why there is nothing to check, else empty."""

    checked: tuple[Checked, ...] = ()
    folders: tuple[Path, ...] = ()
    trouble: str = ""

    @property
    def failed(self) -> bool:
        """Whether the check would end with status 1."""
        return bool(self.trouble) or any(one.report.failed for one in self.checked)

    def problems(self) -> list[tuple[Checked, Problem]]:
        """All problems, in order."""
        return [(one, problem) for one in self.checked for problem in one.report.sorted()]


def watch(paths: Sequence[Path]) -> int:
    """Checks and shows until ctrl+C is pressed; the exit status of the last check. Raises `click.UsageError` at the start."""
    for path in paths:
        targets(path)  # a wrong path is told at once, not waited for
    watcher = Watcher(tuple(paths), Saves(tuple(paths)))
    try:
        while True:
            watcher.look()
            while not watcher.saves.changed():
                time.sleep(LOOK_EVERY)
    except KeyboardInterrupt:
        click.echo()
    return 1 if watcher.last is None or watcher.last.failed else 0


@define
class Watcher:
    """The files looked at, and the problems known from the last look."""

    paths: tuple[Path, ...]
    saves: Saves
    last: Round | None = None
    known: Counter[Key] = field(factory=Counter)
    memories: dict[Path, Memory] = field(
        factory=dict
    )  # of the files, by folder: those that stayed the same are not parsed again

    def look(self) -> None:
        """Checks everything and shows what came of it."""
        self.saves.mark()
        started = time.perf_counter()
        found = self.check()
        seconds = time.perf_counter() - started
        self.saves.follow(file for one in found.checked for file in one.paths.values())
        now = Counter(_key(*each) for each in found.problems())
        mended = self.known - now
        if found.trouble or not all(one.complete for one in found.checked):
            mended.clear()  # it may only be out of sight
        elif found.failed:  # warnings only wait until there is no error
            mended = Counter({key: number for key, number in mended.items() if key[0] is Severity.ERROR})
        fresh = now - self.known if self.last is not None else Counter[Key]()
        self.known = (self.known | now) - mended
        self.last = found
        click.clear()
        click.echo(shown(found, fresh, mended, seconds), nl=False)
        for folder in found.folders:
            refresh_schema(folder)  # after the screen, so that nobody waits for it
        gc.collect()  # for the same reason here

    def check(self) -> Round:
        """One check of all there is."""
        try:
            found = dict.fromkeys(target for path in self.paths for target in targets(path))
            return Round(tuple(self.check_one(target) for target in found), tuple(found))
        except (click.UsageError, OSError) as error:
            return Round(trouble=printable(str(error)))

    def check_one(self, folder: Path) -> Checked:
        """The check of one scenario or rulebook."""
        return check_path(folder, memory=self.memories.setdefault(folder, Memory()))


def shown(found: Round, fresh: Counter[Key], mended: Counter[Key], seconds: float) -> str:
    """The screen after a check: problems, new ones last and said to be so, what was mended, and a line that sums up."""
    left = Counter(fresh)
    old, new = [], []
    for one, problem in found.problems():
        key = _key(one, problem)
        if left[key] > 0:
            left[key] -= 1
            new.append(f"new: {block(one, problem)}")
        else:
            old.append(block(one, problem))
    blocks = [*old, *new]
    if len(blocks) > MOST_SHOWN:
        blocks = [f"{len(blocks) - MOST_SHOWN} problems more, then:", *blocks[-MOST_SHOWN:]]
    if mended:
        lines = [f"mended: {file}: {printable(message)}" for _, _, file, message in mended.elements()]
        blocks.append("\n".join(lines[:MOST_SHOWN]))
    counts = [f"{mended.total()} mended" if mended else "", f"{fresh.total()} new" if fresh else ""]
    news = f" {', '.join(part for part in counts if part)}." if any(counts) else ""
    said = found.trouble or summary(found.checked, len(found.checked))
    blocks.append(f"{time.strftime('%H:%M:%S')}  {said}{news}")
    blocks.append(f"Checked in {seconds:.2f} s. Waiting for a file to be saved; ctrl+C ends.")
    return "\n\n".join(blocks) + "\n"


def _key(one: Checked, problem: Problem) -> Key:
    return problem.severity, problem.code, one.path(problem), problem.message
