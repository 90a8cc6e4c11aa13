"""`wargame rules` writes the sheets asked for into a folder, and says in a sentence why it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.analysis.paper.sheets import KINDS
from wargame.cli import rules as command
from wargame.cli.rules import rules


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(rules, [str(argument) for argument in arguments])


def test_the_kinds_of_the_help_are_those_there_are() -> None:
    """The command names the kinds itself, so that its help need not import them."""
    assert command.KINDS == KINDS


def test_all_sheets(tmp_path: Path) -> None:
    """Every document and the list of them."""
    result = run("skirmish", "--out", tmp_path / "new" / "folder")
    assert result.exit_code == 0
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    seats = {f"seat-{seat}.html" for seat in ("republic", "federation", "heron", "otter")}
    assert names == {"index.html", "rules.html", "cards.html", "white-cell.html"} | seats
    assert "7 documents" in result.output


def test_some_sheets_as_pdf(tmp_path: Path) -> None:
    """What is named, with its PDF."""
    result = run("skirmish", "--out", tmp_path, "--what", "cards", "--paper", "letter", "--pdf")
    assert result.exit_code == 0, result.output
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "cards.html", "cards.pdf"}
    assert "size: letter" in (tmp_path / "cards.html").read_text("utf-8")


def test_without_weasyprint_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The HTML is there all the same."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = run("skirmish", "--out", tmp_path, "--what", "cards", "--pdf")
    assert result.exit_code == 1
    assert "wargame[pdf]" in result.output
    assert (tmp_path / "cards.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("no_such_scenario",), 2, "no_such_scenario"),
        (("skirmish", "--what", "posters"), 2, "Choose from: rules, seats, agendas, cards, white-cell."),
        (("skirmish", "--what", ","), 2, "Choose from"),
        (("skirmish", "--paper", "a3"), 2, "a4"),
        (("skirmish", "--language", "xx"), 2, "xx"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], status: int, words: str) -> None:
    """A sentence and the status for wrong usage."""
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.output


def test_a_file_in_the_way(tmp_path: Path) -> None:
    """A folder that cannot be made is a sentence."""
    (tmp_path / "taken").write_text("x")
    result = run("skirmish", "--out", tmp_path / "taken" / "below")
    assert result.exit_code == 1
    assert "Cannot write to" in result.output
