"""`wargame stats` prints figures that fit the screen, or JSON and nothing else."""

from __future__ import annotations

import json

from click.testing import CliRunner

from wargame.cli.stats import COLUMNS, stats


def test_figures() -> None:
    """A table of seats and the minutes, no line too long."""
    result = CliRunner().invoke(stats, ["skirmish"])
    assert result.exit_code == 0
    assert "The Tern Republic" in result.output
    assert "Minutes:" in result.output
    assert max(map(len, result.output.splitlines())) <= COLUMNS


def test_json() -> None:
    """The same as data."""
    numbers = json.loads(CliRunner().invoke(stats, ["skirmish", "--json"]).output)
    assert numbers["counts"]["seats"] == 4


def test_a_language_that_is_not_there() -> None:
    """Wrong usage, in a sentence."""
    result = CliRunner().invoke(stats, ["skirmish", "--language", "eo"])
    assert result.exit_code == 2
    assert "only in: en" in result.output
