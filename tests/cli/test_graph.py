"""`wargame graph` prints what leads to what, writes it as a picture, or says in a sentence why not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from wargame.cli.graph import graph


def test_text_and_picture(tmp_path: Path) -> None:
    """Text on the screen; a picture in the file named."""
    told = CliRunner().invoke(graph, ["skirmish"])
    assert told.exit_code == 0
    assert "The Bridge Is Out (bridge_out)" in told.output
    drawn = CliRunner().invoke(graph, ["skirmish", "-o", str(tmp_path / "picture.svg")])
    assert drawn.exit_code == 0
    assert (tmp_path / "picture.svg").read_text("utf-8").startswith("<svg")


def test_one_thing() -> None:
    """Only what belongs to the thing named; a name that is nearly one gets a hint."""
    assert "The Bridge Is Out" in CliRunner().invoke(graph, ["skirmish", "--about", "bridge_out"]).output
    unknown = CliRunner().invoke(graph, ["skirmish", "--about", "bridge_oyt"])
    assert unknown.exit_code == 2
    assert "did you mean `bridge_out`?" in unknown.output


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A sentence and status 1."""
    result = CliRunner().invoke(graph, ["skirmish", "-o", str(tmp_path / "nowhere" / "picture.svg")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
