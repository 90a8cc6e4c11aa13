"""`wargame check`: every problem in scenarios and rulebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wargame.scenario.load import Loaded
    from wargame.scenario.render import Checked

MAIN_FILES = ("scenario.yaml", "rulebook.yaml")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to write problems.",
)
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], style: str) -> None:
    """List every problem in scenarios and rulebooks.

    PATH is the folder of a scenario or rulebook, a file in it, a folder that holds several, or the name of a shipped scenario.
    The exit status is 0 if there is no error, 1 if there is one, 2 on wrong usage.
    """
    from wargame.scenario import render

    found = [target for path in paths for target in targets(path)]
    checked = [check_path(path) for path in dict.fromkeys(found)]
    if style == "json":
        text = render.render_json(checked)
    elif style == "github":
        text = render.render_github(checked)
    else:
        text = render.render_text(checked, len(checked))
    click.echo(text, nl=False)
    context.exit(1 if any(one.report.failed for one in checked) else 0)


def targets(path: Path) -> list[Path]:
    """The scenarios and rulebooks that a path given by the user names. Raises `click.UsageError` if there is none."""
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario

    if path.is_file():
        if path.name in MAIN_FILES:
            return [path.parent]
        # A card file or a briefing: the scenario whose folder it lies in is meant.
        above = [folder for folder in path.resolve().parents for name in MAIN_FILES if (folder / name).is_file()]
        return above[:1] or [path]
    if path.is_dir():
        found = [path / name for name in MAIN_FILES if (path / name).is_file()]
        # A folder of folders: `scenarios`, `rulebooks`, or the one that holds both.
        found = found or sorted(file for depth in ("*", "*/*") for name in MAIN_FILES for file in path.glob(f"{depth}/{name}"))
        if found:
            return [file.parent for file in found]
    try:
        return [find_scenario(path)]
    except UnknownScenarioError as error:
        raise click.UsageError(str(error)) from None


def check_path(path: Path) -> Checked:
    """All problems of the scenario or rulebook at a path: its files, its names, its rules."""
    from wargame.scenario.load import load
    from wargame.scenario.render import Checked

    loaded = load(path)
    understand(loaded)
    return Checked(loaded.report, loaded.sources, {file: _shown(place) for file, place in loaded.paths.items()})


def understand(loaded: Loaded) -> None:
    """Adds what the rules find wrong with a loaded scenario, except in entries that are known to be broken."""
    from wargame.rules.compile import build
    from wargame.scenario.files import RULEBOOK_FILE
    from wargame.scenario.problem import Report, Severity

    if loaded.scenario is None:
        return
    report = Report()
    try:
        build(loaded.scenario, report, partial=loaded.main == RULEBOOK_FILE, structure=not loaded.report.failed)
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


def _shown(path: str) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except ValueError:
        return path
