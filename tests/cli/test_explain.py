"""`wargame check --explain CODE` tells what a code means, without anything to check."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from wargame.cli.check import check
from wargame.scenario.codes import explain

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_a_code_is_explained() -> None:
    """The explanation alone, status 0."""
    result = run("--explain", "unmoved")
    assert (result.exit_code, result.output) == (0, explain("unmoved"))


def test_nothing_is_checked() -> None:
    """Paths beside it change nothing."""
    assert run(BROKEN / "tab", "--explain", "unmoved").output == explain("unmoved")


def test_an_unknown_code_is_wrong_usage() -> None:
    """A misspelt code gets the closest one there is, and status 2."""
    result = run("--explain", "unmovd")
    assert result.exit_code == 2
    assert "Did you mean `unmoved`?" in result.output


def test_problems_point_to_the_explanation() -> None:
    """Below the problems stands once how to read more, with a code that was reported; not where there is none."""
    assert run(BROKEN / "unaffordable").output.count("`wargame check --explain unaffordable` says more") == 1
    assert "--explain" not in run(BROKEN / "_base").output
    assert "--explain" not in run("--format", "json", BROKEN / "tab").output
