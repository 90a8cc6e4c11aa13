"""`wargame fit` and `wargame rehearse` tell minutes, what was dropped, and how to play it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from wargame.cli.main import wargame


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(wargame, list(words))
    return result.exit_code, result.output


def test_a_plan_is_told_and_written(tmp_path: Path) -> None:
    """The file that it writes is one that `rehearse` takes."""
    out = tmp_path / "fit.yaml"
    status, words = run("fit", "practice", "--minutes", "31", "--students", "14", "-o", str(out))
    assert status == 0, words
    assert "Turns: " in words
    assert "2 tables" in words
    status, words = run("rehearse", "practice", "--games", "2", "--fit", str(out), "--json")
    assert status == 0, words
    assert json.loads(words)["minutes"]["median"] < 12.5


def test_what_cannot_be_is_said() -> None:
    """Too little time is exit 1; a wrong seat exit 2."""
    status, words = run("fit", "practice", "--minutes", "9")
    assert status == 1
    assert "not enough" in words
    status, words = run("rehearse", "practice", "--seats", "nobody")
    assert status == 2
    assert "There is no seat" in words


def test_a_rehearsal_is_told_in_figures() -> None:
    """Turns, phases, seats, and the same as JSON."""
    status, words = run("rehearse", "practice", "--games", "2", "--pace", "slow")
    assert status == 0
    assert "at a slow pace" in words
    assert "desk" in words
    status, data = run("rehearse", "practice", "--games", "2", "--json")
    found = json.loads(data)
    assert found["games"] == 2
    assert len(found["turns"]) == 5
