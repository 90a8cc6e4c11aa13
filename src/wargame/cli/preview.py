"""`wargame preview`: the client on a scenario as it is being written, following every save."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import define, field

from wargame.bots.names import LEVELS
from wargame.cli.saves import Saves

if TYPE_CHECKING:
    from wargame.client.preview.files import Opened


@click.command()
@click.argument("scenario")
@click.option("--seat", help="The seat you begin with; the first one if not given. S changes it.")
@click.option(
    "--without", multiple=True, metavar="SEAT", help="Leave an optional seat out of the game. May be given several times."
)
@click.option("--seed", type=click.IntRange(0), help="Seed of the game; the same seed has the same luck.")
@click.option(
    "--bots",
    "level",
    default="one-ply",
    show_default=True,
    type=click.Choice(list(LEVELS)),
    help="Who plays the seats that you do not.",
)
def preview(scenario: str, seat: str | None, without: tuple[str, ...], seed: int | None, level: str) -> None:
    """Play SCENARIO while you write it.

    SCENARIO is a folder or the name of a shipped scenario. The game is on this machine alone and follows every save: turn,
    values, cards and drafts stay where they still make sense. Save something that cannot be played, and the last good game
    goes on while the problems are shown. Capital letters are your tools: W tells why a card comes or does not, V sets a value,
    D deals a card, X evaluates an expression. Press ? for all keys.
    """
    from wargame.cli.opening import fresh_seed, game_seed, seat_of
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario

    try:
        files = ScenarioFiles(find_scenario(scenario))
    except UnknownScenarioError as unknown:
        raise click.UsageError(str(unknown)) from unknown
    opened = files.read()
    if opened.program is None:
        click.echo("\n\n".join(opened.errors), err=True)
        raise click.ClickException(f"{scenario} cannot be played yet. Mend this, then start the preview again.")
    yours = seat_of(opened.program, seat)
    for each in without:
        seat_of(opened.program, each)
    if yours in without:
        raise click.UsageError(f"`{yours}` cannot be your seat and be left out.")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("A preview needs a terminal. `wargame check` and `wargame demo --headless` work without one.")

    from wargame.analysis.workshop.workshop import Unable, Workshop
    from wargame.client.preview.app import PreviewApp
    from wargame.client.run import wants_ascii

    try:
        shop = Workshop(opened.program, game_seed(fresh_seed() if seed is None else seed), level, frozenset(without))
    except Unable as unable:
        raise click.UsageError(str(unable)) from unable
    with tempfile.TemporaryDirectory(prefix="wargame-") as folder:
        app = PreviewApp(shop, yours, files, opened, folder=Path(folder), ascii_only=wants_ascii(False))
        sys.exit(app.run() or 0)


@define
class ScenarioFiles:
    """The files of a scenario on this disk, with those of the rulebooks it builds on."""

    path: Path
    saves: Saves = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.saves = Saves((self.path,))

    def changed(self) -> bool:
        """Whether one was saved since they were last read."""
        return self.saves.changed()

    def read(self) -> Opened:
        """Reads and compiles the scenario. Never raises for what stands in the files."""
        from wargame.cli.checking import checked, understand, without_collecting
        from wargame.client.preview.files import Opened
        from wargame.rules.compile import build
        from wargame.scenario.allow import set_aside
        from wargame.scenario.load import load
        from wargame.scenario.problem import Severity
        from wargame.scenario.render import block

        self.saves.mark()
        program = None
        with without_collecting():
            try:
                loaded = load(self.path)
            except OSError as error:  # the folder itself is gone, perhaps for a moment
                return Opened(None, (f"{self.path}: {error.strerror or 'cannot be read'}.",))
            if loaded.scenario is None or loaded.report.failed:
                understand(loaded)
            else:
                program = build(loaded.scenario, loaded.report)
                if loaded.root is not None and not loaded.report.failed:
                    set_aside(loaded.scenario.allow, loaded.root, loaded.report)
        shown = checked(loaded)
        # Of a broken scenario not all files are known: those that were stay in sight.
        self.saves.follow(dict.fromkeys((*self.saves.further, *loaded.paths.values())))
        found = {
            severity: [block(shown, each) for each in loaded.report.sorted() if each.severity is severity]
            for severity in Severity
        }
        errors, warnings = tuple(found[Severity.ERROR]), tuple(found[Severity.WARNING])
        return Opened(None if errors else program, errors, warnings)
