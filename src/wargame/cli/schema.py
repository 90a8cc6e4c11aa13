"""`wargame schema`: JSON Schema of the language for editors, with a scenario's own names."""

from __future__ import annotations

from pathlib import Path

import click

SCHEMA_FILE = "schema.json"  # beside the files that it describes


@click.command("schema")
@click.argument("scenario", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def schema(scenario: str | None, output: Path | None) -> None:
    """Print what an editor needs to complete keys and names, explain them, and underline mistakes.

    SCENARIO is the folder of a scenario or rulebook, or the name of a shipped scenario; its own names are then offered too. Without
    it the schema knows the language alone. It is JSON Schema 2020-12. Editors find it by the first line of a file:

    \b
        # yaml-language-server: $schema=schema.json

    Make it again when you have added names: `wargame schema FOLDER -o FOLDER/schema.json`.
    """
    text = general_schema() if scenario is None else scenario_schema(scenario, note=True)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written ({(error.strerror or 'unknown reason').lower()}).") from None


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
        click.echo(f"{scenario} has problems; {offered}. `wargame check {scenario}` lists them.", err=True)
    name = folder.resolve().name
    return written(schema_of(known, f"Made by `wargame schema {name}`. Make it again when you have added names."))
