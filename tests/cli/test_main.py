"""The command's face: it lists what it can do, helps with slips of the pen, and answers with the right exit status."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from wargame.cli.main import COMMANDS, wargame


def run(*words: str) -> Result:
    return CliRunner().invoke(wargame, list(words))


def test_help_names_every_subcommand() -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    for name, (_, words) in COMMANDS.items():
        assert name in shown.output
        assert words in " ".join(shown.output.split())


@pytest.mark.parametrize(("slip", "meant"), [("dmo", "demo"), ("chekc", "check"), ("sim", "simulate"), ("hots", "host")])
def test_a_name_that_is_nearly_right_is_suggested(slip: str, meant: str) -> None:
    refused = run(slip)
    assert refused.exit_code == 2
    assert f"Did you mean '{meant}'?" in refused.output


def test_a_name_that_is_like_no_other_gets_no_wild_guess() -> None:
    refused = run("qqqq")
    assert refused.exit_code == 2
    assert "There is no command 'qqqq'." in refused.output
    assert "Did you mean" not in refused.output


def test_an_unknown_option_is_wrong_usage() -> None:
    assert run("--hlep").exit_code == 2


def test_no_arguments_show_the_help() -> None:
    assert "Commands:" in run().output


def test_version_is_one_line() -> None:
    shown = run("--version")
    assert shown.exit_code == 0
    assert shown.output.startswith("wargame ")
    assert shown.output.count("\n") == 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_subcommand_can_be_loaded_and_helps(name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0, shown.output
    assert f"wargame {name}" in shown.output
