"""`--plain` plays over a pipe: the same commands, told in lines, on every command that opens the client."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wargame.cli.main import wargame

HANG = 60  # seconds after which a command that waits for ever is ended


def piped(typed: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with lines on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "wargame.cli.main", *words],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG,
        check=False,
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "LANG": "C.UTF-8", "WARGAME_LANGUAGE": "en"},
    )


def test_a_whole_turn_over_a_pipe(tmp_path: Path) -> None:
    typed = "answer 1 3\nBorders stay open.\n40\nyes\ndone\nyes\nwait\norder outreach\n\nyes\ndone\nyes\nwait\n"
    ran = piped(typed, tmp_path, "demo", "bridge_week", "--plain", "--seed", "7", "--bots", "random")
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.splitlines()
    for line in (
        "You are The White House. Bridge Week. Type help for the commands.",
        "Answered. You can change it until you are done.",
        "Sealed.",
        "Turn 1 of 3: February. Rooms and orders.",
        "In your draft. When you are done, type done.",
        "Turn 2 of 3: March. Crisis desk.",
    ):
        assert line in told, ran.stdout
    assert "\x1b" not in ran.stdout


def test_a_facilitator_hosts_over_a_pipe_and_nothing_is_drawn(tmp_path: Path) -> None:
    typed = "desk\nstart 2\npause\nannounce Good morning.\nquit\n"
    journal = str(tmp_path / "game.sqlite3")
    ran = piped(typed, tmp_path, "host", "bridge_week", "--plain", "--host", "127.0.0.1", "--port", "0", "--journal", journal)
    assert ran.returncode == 0, ran.stderr
    for line in ("Started.", "Everything stands still.", "Said to everyone."):
        assert line in ran.stdout.splitlines(), ran.stdout
    assert "█" not in ran.stdout


def test_ascii_draws_no_other_signs(tmp_path: Path) -> None:
    ran = piped("briefing\nread 1\n", tmp_path, "demo", "bridge_week", "--plain", "--seed", "7")
    assert ran.returncode == 0
    assert "−" in ran.stdout  # a sign of the scenario's previews
    here = {**os.environ, "WARGAME_ASCII": "1"}
    again = subprocess.run(
        [sys.executable, "-m", "wargame.cli.main", "demo", "bridge_week", "--plain", "--seed", "7"],
        input="briefing\nread 1\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG,
        check=True,
        env={**here, "HOME": str(tmp_path), "WARGAME_LANGUAGE": "en"},
    )
    assert "−" not in again.stdout


@pytest.mark.parametrize("command", ["demo", "host", "join", "watch"])
def test_every_command_that_opens_the_client_has_it(command: str) -> None:
    assert "--plain" in CliRunner().invoke(wargame, [command, "--help"]).output


def test_a_table_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    ran = piped("Ana\n", tmp_path, "join", "--plain", "not an address")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
