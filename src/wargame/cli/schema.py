"""`wargame schema`: JSON Schema of the language for editors, with a scenario's own names."""

from __future__ import annotations

from pathlib import Path

import click

SCHEMA_FILE = "schema.json"  # beside the files that it describes
MADE = "Made by `wargame schema "
MOST_HEAD = 300  # characters from its beginning within which a schema says how it was made


@click.command("schema")
@click.argument("scenario", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def schema(scenario: str | None, output: Path | None) -> None:
    """Print what an editor needs to complete keys and names, explain them, and underline mistakes.

    SCENARIO is the folder of a scenario or rulebook, or the name of a shipped scenario; its own names are then offered too.
    Without it the schema knows the language alone. It is JSON Schema 2020-12. Editors find it by the first line of a file:

    \b
        # yaml-language-server: $schema=schema.json

    Make it again when you have added names: `wargame schema FOLDER -o FOLDER/schema.json`. While `wargame check FOLDER --watch`
    runs, it does that for you.
    """
    text = general_schema() if scenario is None else scenario_schema(scenario, note=True)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written ({(error.strerror or 'unknown reason').lower()}).") from None


def general_schema() -> str:
    """The schema of the language alone."""
    from wargame.scenario.known import known_to_all
    from wargame.scenario.schema import schema_of, written

    return written(schema_of(known_to_all(), "Made by `wargame schema`."))


def scenario_schema(scenario: str | Path, *, note: bool = False) -> str:
    """The schema of a scenario or rulebook, by name or path, with its own names. `note`: says on stderr if it has problems.

    Raises `click.UsageError` where there is none.
    """
    from wargame.scenario.known import known_at
    from wargame.scenario.scalars import shown
    from wargame.scenario.schema import schema_of, written
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario

    try:
        path = find_scenario(scenario)
    except UnknownScenarioError as error:
        raise click.UsageError(str(error)) from None
    known, loaded = known_at(path)
    folder = path if path.is_dir() else path.parent
    if note and loaded.report.failed:
        offered = "it offers the names that could be read" if loaded.root is not None else "it offers no names of its own"
        click.echo(f"{shown(str(scenario))} has problems; {offered}. `wargame check` lists them.", err=True)
    return written(schema_of(known, _comment(folder)))


def _comment(folder: Path) -> str:
    return f"{MADE}{folder.resolve().name}`. Make it again when you have added names."


def refresh_schema(folder: Path) -> None:
    """Makes the schema in a scenario's folder again, if there is one that was made here and the scenario can be read."""
    from wargame.scenario.known import known_at
    from wargame.scenario.schema import schema_of, written

    file = folder / SCHEMA_FILE
    try:
        before = file.read_text(encoding="utf-8")
        if MADE not in before[:MOST_HEAD]:
            return
        known, loaded = known_at(folder)
        text = written(schema_of(known, _comment(folder)))
        if loaded.scenario is not None and text != before:
            file.write_text(text, encoding="utf-8")
    except (OSError, UnicodeError):
        return  # it only helps an editor
