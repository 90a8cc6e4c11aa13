"""What the subcommands share: a scenario named on the command line, ready to run, or a sentence why not."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the help of a subcommand must not cost the engine
    from wargame.rules.program import Program
    from wargame.scenario.problem import Report

MOST_SHOWN = 12


def open_scenario(name: str, language: str | None = None, fit: str = "") -> tuple[Path | Mapping[str, str], Program]:
    """Where the scenario of a name or path lies (with a `language` or `fit`: its texts as a game keeps them), and what it
    compiles to. `fit`: what `wargame fit` changes in it.

    Ends the command where there is none, or none in that language (exit 2), or it has errors (exit 1).
    """
    from wargame.scenario.shipped import UnknownScenarioError, find_scenario

    try:
        path = find_scenario(name)
    except UnknownScenarioError as unknown:
        raise click.UsageError(str(unknown)) from unknown
    from wargame.rules.compile import build
    from wargame.scenario.load import load

    loaded = load(path, language=language or "", fit=fit)
    program = None
    if loaded.scenario is not None and not loaded.report.failed:
        program = build(loaded.scenario, loaded.report)
    if program is None or loaded.report.failed:
        number = echo_problems(loaded.report)
        count = f"{number} {'problem' if number == 1 else 'problems'}"
        raise click.ClickException(f"{name} cannot be played: {count}. `wargame check` shows each in its place.")
    if language is None and not fit:
        return path, program
    if language is not None and language not in program.scenario.languages:
        raise click.UsageError(f"{name} has no texts in {language!r}, only in: {', '.join(program.scenario.languages)}.")
    return program.scenario.sources, program


def echo_problems(report: Report) -> int:
    """Writes the first errors to stderr, one a line; how many there are."""
    problems = [problem for problem in report.sorted() if problem.severity.value == "error"]
    for problem in problems[:MOST_SHOWN]:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(f"{problem.mark}: {problem.message}{hint} [{problem.code}]", err=True)
    return len(problems)


def seat_of(program: Program, wanted: str | None) -> str:
    """The seat of this id; the first one where none is wanted. Ends the command (exit 2) where there is no such seat."""
    if wanted is None:
        return program.seats[0]
    if wanted in program.seats:
        return wanted
    from wargame.scenario.problem import guess

    raise click.UsageError(
        f"There is no seat `{wanted}`.{guess(wanted, program.seats)} The seats are {', '.join(program.seats)}."
    )


def fresh_seed() -> int:
    """A seed nobody can guess, short enough to type."""
    return secrets.randbelow(10**9)


def game_seed(seed: int | str) -> bytes:
    """The 32 bytes that a game's dice are keyed with, from a seed as typed."""
    return sha256(f"wargame game {seed}".encode()).digest()
