"""What checking a path means: which scenarios it names, and everything that is wrong with each."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wargame.scenario.load import Loaded
    from wargame.scenario.render import Checked
    from wargame.scenario.strict_yaml import Memory

MAIN_FILES = ("scenario.yaml", "rulebook.yaml")


def targets(path: Path) -> list[Path]:
    """The scenarios and rulebooks that a path given by the user names. Raises `click.UsageError` if there is none."""
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario

    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError:  # longer than a name can be
        is_file = is_folder = False
    if is_file:
        if path.name in MAIN_FILES:
            return [path.parent]
        # A card file or a briefing: the scenario whose folder it lies in is meant.
        above = [folder for folder in path.resolve().parents for name in MAIN_FILES if (folder / name).is_file()]
        return above[:1] or [path]
    if is_folder:
        found = [path / name for name in MAIN_FILES if (path / name).is_file()]
        # A folder of folders: `scenarios`, `rulebooks`, or the one that holds both.
        found = found or sorted(file for depth in ("*", "*/*") for name in MAIN_FILES for file in path.glob(f"{depth}/{name}"))
        if found:
            return [file.parent for file in found]
    try:
        return [find_scenario(path)]
    except UnknownScenarioError as error:
        raise click.UsageError(str(error)) from None


def check_path(path: Path, *, tests: bool = False, memory: Memory | None = None) -> Checked:
    """All problems of the scenario or rulebook at a path: its files, its names, its rules, and its tests if they are to run.

    `memory`: what is kept of its files from one check of them to the next.
    """
    with without_collecting():
        loaded = examined(path, memory=memory)
    if not tests:
        return checked(loaded)
    from attrs import evolve

    from wargame.analysis.trials import run_tests

    ran = run_tests(loaded)
    return evolve(checked(loaded), tests=ran)


def checked(loaded: Loaded) -> Checked:
    """The problems of a scenario as they are shown, with paths as short as they can be said from here."""
    from wargame.scenario.render import Checked

    paths = {file: _shown(place) for file, place in loaded.paths.items()}
    return Checked(loaded.report, loaded.sources, paths, complete=loaded.scenario is not None)


def examined(path: Path, edits: Mapping[str, bytes] | None = None, memory: Memory | None = None) -> Loaded:
    """The scenario or rulebook at a path with all its problems.

    `edits`: by path within its folder, what to take a file to hold instead of what is on disk.
    """
    from wargame.scenario.load import load

    loaded = load(path, edits=edits or {}, memory=memory)
    understand(loaded)
    return loaded


def understand(loaded: Loaded) -> None:
    """Adds what the rules find wrong with a loaded scenario, except in entries that are known to be broken; then sets the
    warnings aside that the scenario allows."""
    from wargame.rules.compile import examine
    from wargame.scenario.allow import set_aside
    from wargame.scenario.files import RULEBOOK_FILE
    from wargame.scenario.problem import Report, Severity

    if loaded.scenario is None:
        return
    report = Report()
    try:
        examine(loaded.scenario, report, partial=loaded.main == RULEBOOK_FILE, structure=not loaded.report.failed)
    except (LookupError, TypeError, ValueError, AttributeError):
        # Over a scenario that is known to be faulty the rules may stumble; what they say then would help nobody.
        if not loaded.report.failed:
            raise
    # What seems unused may be so only because of a fault, so warnings wait until the files themselves are in order.
    faulty = loaded.report.failed
    loaded.report.problems.extend(
        problem
        for problem in report.problems
        if not loaded.covers(problem.mark) and not (faulty and problem.severity is Severity.WARNING)
    )
    if loaded.root is not None and not loaded.report.failed:
        set_aside(loaded.scenario.allow, loaded.root, loaded.report)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Without looking for garbage: a check makes some 100,000 small objects and hardly a cycle, so that looking for cycles is
    a fifth of its time and finds nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            # What was made counts as old, or the next small object would have all of it looked through after all.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _shown(path: str) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except ValueError:
        return path
