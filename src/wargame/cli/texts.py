"""`wargame texts`: the files in which a scenario is translated, begun or brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wargame.scenario.load import Loaded
    from wargame.scenario.translating import Page

MOST_LISTED = 20


@click.command()
@click.argument("scenario")
@click.option("--language", required=True, help="The language to translate into, as a code: es, pt, fr.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to.  [default: translations/LANGUAGE in the scenario's folder]",
)
def texts(scenario: str, language: str, output: Path | None) -> None:
    """Write every text of SCENARIO into files to translate it in, or bring those files up to date.

    SCENARIO is the folder of a scenario or rulebook, or the name of a shipped scenario. Each text stands below its original.
    What is translated already stays; a text whose original has changed since is marked, and what is missing is listed. When all
    is translated, add the language to the scenario's `languages`.
    """
    from wargame.cli.opening import echo_problems
    from wargame.scenario.bounds import LANGUAGE
    from wargame.scenario.load import load
    from wargame.scenario.scalars import shown
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario
    from wargame.scenario.translations import FOLDER

    if not LANGUAGE.match(language):
        raise click.UsageError(f"{shown(language)} is no code of a language. Codes are like `es` or `pt-BR`.")
    try:
        path = find_scenario(scenario)
    except UnknownScenarioError as unknown:
        raise click.UsageError(str(unknown)) from None
    loaded = load(path)
    if loaded.root is None or not loaded.languages:
        echo_problems(loaded.report)
        raise click.ClickException(f"{scenario} cannot be read. `wargame check` shows each problem in its place.")
    if language == loaded.languages[0]:
        raise click.UsageError(f"{scenario} is written in {shown(language)}; choose a language to translate it into.")
    folder = output or (path if path.is_dir() else path.parent) / FOLDER / language
    pages = _pages(loaded, folder, language)
    for name, page in pages.items():
        _write(folder / name, page.text)
    _tell(loaded, folder, language, pages)


def _pages(loaded: Loaded, folder: Path, language: str) -> dict[str, Page]:
    """The files of translations by path in the folder, as they should be. Ends the command (exit 1) if one cannot be read."""
    from wargame.cli.opening import echo_problems
    from wargame.scenario.files import RULEBOOKS
    from wargame.scenario.node import Map
    from wargame.scenario.problem import Report
    from wargame.scenario.strict_yaml import parse
    from wargame.scenario.texts import texts_of
    from wargame.scenario.translating import page
    from wargame.scenario.translations import FOLDER, Sidecar

    made = {}
    for name, text in loaded.sources.items():
        if not name.endswith((".yaml", ".yml")) or name.startswith((f"{FOLDER}/", f"{RULEBOOKS}/")):
            continue
        parsed = parse(text.encode(), name, Report())
        if parsed is None or not isinstance(parsed.root, Map):
            continue
        place = folder / name
        present = None
        if place.is_file():
            report = Report()
            read = parse(place.read_bytes(), str(place), report)
            if read is None or report.failed or not isinstance(read.root, Map | None):
                echo_problems(report)
                raise click.ClickException(f"{place} cannot be read; nothing was changed. Mend it, or move it away.")
            present = Sidecar(read.text, read.root)
        one = page(texts_of(parsed.root, loaded.main), name, loaded.languages[0], language, present)
        if one.total or present is not None:
            made[name] = one
    return made


def _write(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{place} cannot be written ({(error.strerror or 'unknown reason').lower()}).") from None


def _tell(loaded: Loaded, folder: Path, language: str, pages: dict[str, Page]) -> None:
    """What is in the files, what is missing, and what to do next."""
    briefings = [name for name in loaded.sources if name.endswith(".md") and "/translations/" not in f"/{name}"]
    unwritten = [name for name in briefings if not name.startswith("rulebooks/") and not (folder / name).is_file()]
    total = sum(page.total for page in pages.values())
    missing = [f"{name}: {'.'.join(path)}" for name, page in pages.items() for path in page.missing]
    stale = [f"{name}: {'.'.join(path)}" for name, page in pages.items() for path in page.stale]
    click.echo(f"{folder} holds {total} texts in {len(pages)} files; {total - len(missing)} are translated.")
    _list(missing, "Not translated yet:")
    _list(unwritten, "Briefings to translate, each into a file of its own there:")
    _list(stale, "Translated, but the original has changed since (compare, then delete the line `# was:`):")
    if language not in loaded.languages:
        listed = ", ".join([*loaded.languages, language])
        click.echo(f"When all is translated, write `languages: [{listed}]` in {loaded.main}.")


def _list(items: list[str], title: str) -> None:
    if items:
        click.echo(f"{title} {len(items)}")
        for item in items[:MOST_LISTED]:
            click.echo(f"  {item}")
        if len(items) > MOST_LISTED:
            click.echo(f"  and {len(items) - MOST_LISTED} more")
