"""Options about the person at the terminal, for every command that opens the client: their language, their keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from wargame.client.keyboard import Keys

F = TypeVar("F", bound=Callable[..., Any])
USUAL = "none"


def person_options(command: F) -> F:
    """Adds --interface and --keys. What they choose holds for the whole process, which has one terminal and one person."""
    interface = click.option(
        "--interface",
        metavar="LANGUAGE",
        expose_value=False,
        callback=_speak,
        help="Language of the screens, en or es (also: WARGAME_LANGUAGE); else your system's, else the table's.",
    )
    keys = click.option(
        "--keys",
        metavar="FILE",
        expose_value=False,
        callback=_choose_keys,
        help=f"Your own keys; `wargame keys` prints a file to begin with. {USUAL}: the usual ones.",
    )
    return interface(keys(command))


def plain_option(command: F) -> F:
    """Adds --plain."""
    words = "Lines of text instead of screens: for screen readers, pipes and scripts. Type help there for the commands."
    return click.option("--plain", is_flag=True, help=words)(command)


def _speak(ctx: click.Context, _: click.Parameter, wanted: str | None) -> None:
    if wanted is None or ctx.resilient_parsing:
        return  # the client finds the language out itself when it starts
    from wargame.client.speech import speak
    from wargame.words import base, languages

    if base(wanted) not in languages():
        raise click.UsageError(f"The screens do not speak {wanted!r}, only: {', '.join(languages())}.")
    speak(base(wanted), by_choice=True)


def _choose_keys(ctx: click.Context, _: click.Parameter, file: str | None) -> None:
    if file is None or ctx.resilient_parsing:
        return  # the client reads the person's own file, if there is one, when it starts
    from wargame.client.keyboard import use_keys

    use_keys({} if file == USUAL else read_keys(Path(file)))


def read_keys(file: Path) -> Keys:
    """The keys of a file; ends the command (exit 2) with everything that is wrong with it."""
    from wargame.client.tui.keys import read

    try:
        keys, problems = read(file)
    except OSError as problem:
        raise click.UsageError(f"{file} cannot be read: {problem.strerror or problem}.") from problem
    if problems:
        told = "\n".join(f"{each.mark}: {each.message}{f' ({each.hint})' if each.hint else ''}" for each in problems)
        raise click.UsageError(f"These keys cannot be used:\n{told}")
    return keys
