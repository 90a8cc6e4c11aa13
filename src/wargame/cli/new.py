"""`wargame new`: a small scenario to begin with, which plays at once and explains itself."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click

TEMPLATE = Path(__file__).parent / "template"
# The lines of the template that every new scenario has in its own words.
ID_LINE = "id: new_scenario\n"
TITLE_LINE = 'title: "A River and a Dam"\n'
MOST_LETTERS = 40
MOST_TITLE = 80


@click.command("new")
@click.argument("name")
@click.option("--title", help="The title that players see.  [default: made from NAME]")
@click.option(
    "--in",
    "where",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder to put it into.  [default: here]",
)
def new(name: str, title: str | None, where: Path) -> None:
    """Write a new scenario into the folder NAME: small, playable at once, and commented as a lesson.

    NAME is small letters, digits and `_`, beginning with a letter. Nothing that is there already is touched.
    """
    require_name(name)
    words = title_of(name) if title is None else clean_title(title)
    folder = write_scenario(where / name, _template(name, words))
    click.echo(f"""{words} is in {folder}. It plays as it is: three seats, four turns, half an hour.

Read {folder / "scenario.yaml"} from the top; it explains itself. While you change it:

  wargame check {folder} --watch    every problem, each time you save
  wargame preview {folder}          play any seat, and see what each card needs
  wargame demo {folder}             play it against bots

An editor with a YAML language server completes names and explains keys by {folder / "schema.json"}. `check --watch` keeps that
up to date; so does: wargame schema {folder} -o {folder / "schema.json"}""")


def require_name(name: str) -> None:
    """Raises `click.UsageError` for what is no name, or is one that is taken."""
    from wargame.scenario.scalars import NAME, name_hint, shown
    from wargame.scenario.shipped import shipped_scenarios

    if "/" in name or "\\" in name:
        raise click.UsageError(f"{shown(name)} is a path. Write the name alone, and the folder behind `--in`.")
    if not NAME.match(name) or len(name) > MOST_LETTERS:
        raise click.UsageError(f"{shown(name)} is no name for a scenario. A name is at most {MOST_LETTERS} {name_hint(name)}.")
    if name in shipped_scenarios():
        raise click.UsageError(f"{shown(name)} is the name of a scenario that comes with wargame. Choose another.")


def title_of(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def clean_title(title: str) -> str:
    """A title as typed, on one line, without what could move a cursor.

    Raises `click.UsageError` if nothing is left or it is too long.
    """
    from wargame.scenario.scalars import printable

    words = " ".join(printable(title).replace("�", " ").split())
    if not words or len(words) > MOST_TITLE:
        raise click.UsageError(f"A title has 1 to {MOST_TITLE} characters; this has {len(words)}.")
    return words


def write_scenario(folder: Path, files: Mapping[str, str], accept: Callable[[Path], None] | None = None) -> Path:
    """Writes a new scenario with its schema, whole or not at all; the folder. `files`: by path within; `accept` looks at what
    would be there and ends the command if it must not be.

    Ends the command where something is there already (exit 2), or nothing can be written (exit 1).
    """
    from wargame.cli.schema import SCHEMA_FILE, scenario_schema

    if folder.exists() or folder.is_symlink():
        raise click.UsageError(f"{folder} is there already. Choose another name, or move it away.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Nobody finds half a scenario when the disk is full.
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made:
            draft = Path(made) / folder.name
            for path, text in files.items():
                (draft / path).parent.mkdir(parents=True, exist_ok=True)
                (draft / path).write_text(text, encoding="utf-8")
            if accept is not None:
                accept(draft)
            (draft / SCHEMA_FILE).write_text(scenario_schema(draft), encoding="utf-8")
            draft.rename(folder)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written ({(error.strerror or 'unknown reason').lower()}).") from None
    return folder


def _template(name: str, title: str) -> dict[str, str]:
    """The files of the template as a scenario of its own."""
    files = {
        file.relative_to(TEMPLATE).as_posix(): file.read_text(encoding="utf-8")
        for file in TEMPLATE.rglob("*.*")
        if file.suffix in {".yaml", ".md"}
    }
    text = files["scenario.yaml"]
    # In JSON quotes a text is the same text in YAML.
    for line, own in ((ID_LINE, f"id: {name}\n"), (TITLE_LINE, f"title: {json.dumps(title, ensure_ascii=False)}\n")):
        assert text.count(line) == 1, f"the template has the line {line!r} once"
        text = text.replace(line, own)
    return {**files, "scenario.yaml": text}
